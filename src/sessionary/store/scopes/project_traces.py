"""Which traces a project has: the condition for what is read of sessions, but of one project."""

from sessionary.store.clickhouse.parameters import Parameters
from sessionary.store.clickhouse.statements import statement


def project_traces(project_id: str, parameters: Parameters) -> str:
    """The condition on a `trace_id`; without a project, all traces meet it."""
    if not project_id:
        return "1"
    project = parameters.bind(project_id, "String")
    return statement("scopes/project_traces").substitute(project=project).strip()
