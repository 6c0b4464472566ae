"""Find which project a trace or a session belongs to; the empty one is the workspace itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sessionary.errors import RetryLaterError
from sessionary.model.session import session_id
from sessionary.store.clickhouse.pool import Connection

NO_PROJECT = "\0"
"""The owner of a trace in a session of another owner: no project may add to it."""

# The most ids of a kind in one query.
_IDS_AT_ONCE = 2_000


@dataclass(slots=True)
class Owners:
    """The project of each trace, by its id, and of each session, by its external id."""

    traces: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)


def find_owners(
    connection: Connection, workspace_id: str, trace_ids: Sequence[str], session_ids: Sequence[str]
) -> Owners:
    """The owners of those traces and sessions that exist.

    Raises:
        RetryLaterError: a rebuild is unfinished, so that rows may be missing.
    """
    found = Owners()
    for start in range(0, max(len(trace_ids), len(session_ids)), _IDS_AT_ONCE):
        part = slice(start, start + _IDS_AT_ONCE)
        _find(connection, workspace_id, trace_ids[part], session_ids[part], found)
    return found


def _find(
    connection: Connection,
    workspace_id: str,
    trace_ids: Sequence[str],
    session_ids: Sequence[str],
    found: Owners,
) -> None:
    parameters: dict[str, object] = {"workspace_id": workspace_id}
    sent = {"trace_ids": list(trace_ids), "session_ids": list(session_ids)}
    exists = connection.rows("scopes/owned_ids", parameters | sent)
    if any(row["kind"] == "rebuild" for row in exists):
        raise RetryLaterError(
            "sessions are being rebuilt, so their projects are not known: send this again later; "
            "if no rebuild is running, one was cut off: restart the server or rebuild again"
        )
    located = {row["name"]: row["other"] for row in exists if row["kind"] == "trace"}
    renamed = {row["name"]: row["other"] for row in exists if row["kind"] == "name"}
    found.traces |= {row["name"]: row["other"] for row in exists if row["kind"] == "record"}
    names = sorted(set(located.values()))
    ids = {renamed.get(name) or session_id(workspace_id, name) for name in (*session_ids, *names)}
    named = {
        "trace_ids": list(located),
        "trace_session_ids": names,
        "ids": [bytes.fromhex(id) for id in sorted(ids)],
    }
    rows = connection.rows("scopes/owners", parameters | named) if ids else []
    projects = {row["name"]: row["project"] for row in rows if row["kind"] == "session"}
    renamed |= {row["name"]: row["other"] for row in rows if row["kind"] == "name"}

    def owner(name: str) -> str | None:
        return projects.get(renamed.get(name) or session_id(workspace_id, name))

    found.sessions |= {name: who for name in session_ids if (who := owner(name)) is not None}
    for row in rows:
        if row["kind"] == "trace":
            is_elsewhere = row["other"] and owner(row["other"]) not in {None, row["project"]}
            found.traces[row["name"]] = NO_PROJECT if is_elsewhere else row["project"]
