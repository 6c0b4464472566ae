"""Writes of several statements for tests to interrupt."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sessionary.model.access import LOCAL_WORKSPACE
from sessionary.store.erasure.erase import erase_expired
from tests.faults.cuts import Running
from tests.faults.world import MODEL, PERSON, PROJECT, call, ingest

# An earlier attempt has already deleted or created it.
_DONE = {"DELETE": {200, 204, 404}, "POST": {200, 409}, "PATCH": {200}}


@dataclass(frozen=True, slots=True)
class Operation:
    """A write, the statuses of its success, and the text that it erases."""

    name: str
    make: Callable[[Running], Awaitable[int]]
    done: frozenset[int]
    erases: str = ""
    broke_after: str = ""
    """A statement after which an earlier version left inconsistent data."""


def _request(
    name: str,
    method: str,
    path: str,
    body: Any = None,
    *,
    erases: str = "",
    broke_after: str = "",
) -> Operation:
    async def make(running: Running) -> int:
        response = await running.send(method, path, json=body)
        return response.status_code

    return Operation(name, make, frozenset(_DONE[method]), erases, broke_after)


async def _retention(running: Running) -> int:
    before_ns = call("", 6).end_ns + 1
    erase_expired(running.database, LOCAL_WORKSPACE, before_ns=before_ns, limit=100)
    return 200


async def _move(running: Running) -> int:
    """Move the only trace of a session by a correction with another session."""
    corrected = call("first", 2, end_ns=call("", 2).end_ns + 1)
    return await ingest(running, [corrected])


OPERATIONS = (
    # The trace's row could no longer be found and stayed.
    _request(
        "delete",
        "DELETE",
        "/v2/sessions/first",
        broke_after="DELETE FROM trace_locations",
    ),
    # The session was listed but not found by its name.
    _request(
        "delete a renamed session",
        "DELETE",
        "/v2/sessions/new%20name",
        erases="renamed",
        broke_after="DELETE FROM session_names",
    ),
    # The trace stayed in two sessions.
    _request(
        "detach",
        "DELETE",
        "/v2/sessions/first?keep_traces=true",
        broke_after="trace_locations",
    ),
    # The override appeared only with a later span.
    _request(
        "update",
        "PATCH",
        "/v2/sessions/first",
        {"title": "Go", "usage": {"prompt_tokens": 7}},
        broke_after="session_reports",
    ),
    _request("rename", "PATCH", "/v2/sessions/first", {"external_id": "second"}),
    _request(
        "create",
        "POST",
        "/v2/sessions",
        {"external_id": "made", "started_at": "2026-01-01T00:00:00Z"},
    ),
    # As for a deletion: the contact was listed after it had been erased.
    _request(
        "erase a contact",
        "DELETE",
        f"/v2/contacts/{PERSON}?erase=true",
        erases=PERSON,
        broke_after="DELETE FROM trace_locations",
    ),
    # The texts of its spans stayed in the message index.
    _request(
        "erase a project",
        "DELETE",
        f"/v2/projects/{PROJECT}?erase=true",
        erases=PROJECT,
        broke_after="DELETE FROM spans",
    ),
    # The cost of sessions differed from the cost of their calls.
    _request(
        "re-price",
        "POST",
        "/v2/prices/apply",
        {"model": MODEL},
        broke_after="INSERT INTO spans",
    ),
    _request("rebuild", "POST", "/v2/sessions/rebuild"),
    # The sample was not visible and could not be loaded again.
    _request("remove the sample", "DELETE", "/v2/sample", broke_after="DELETE FROM spans"),
    Operation("retention", _retention, frozenset({200})),
    # The trace stayed in two sessions.
    Operation("move a trace", _move, frozenset({200}), broke_after="trace_locations"),
)
