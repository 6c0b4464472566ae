"""Which traces count in the figures of their sessions: the condition for all that read traces.

The roll-up has the same in rollup/sql/counted_traces.sql, by ids in a temporary table.
"""

from sessionary.store.clickhouse.statements import statement

# Else a set of all sessions, for the few from log records, by any of their names.
_OF_WORKSPACE = (
    "(session_id GLOBAL IN (SELECT session_id FROM traces "
    "WHERE workspace_id = {workspace_id:String} AND is_from_logs) "
    "OR session_id GLOBAL IN (SELECT name FROM session_names "
    "WHERE workspace_id = {workspace_id:String}))"
)


def counted_trace(scope: str = _OF_WORKSPACE) -> str:
    """The condition; `scope` holds for all traces of the sessions that are asked about."""
    return statement("scopes/counted_trace").substitute(scope=scope).strip()
