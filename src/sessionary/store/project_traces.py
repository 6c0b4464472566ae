"""Which traces a project has: the condition for what is read of sessions, but of one project."""

from sessionary.store.parameters import Parameters
from sessionary.store.sql import statement


def project_traces(project_id: str, parameters: Parameters) -> str:
    """The condition on a `trace_id`; without a project, all traces meet it."""
    if not project_id:
        return "1"
    project = parameters.bind(project_id, "String")
    return statement("filters/project_traces").substitute(project=project).strip()
