"""The writes of several statements that tests interrupt, each as its caller makes it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sessionary.model.access import LOCAL_WORKSPACE
from sessionary.store.erasure.erase import erase_expired
from tests.faults.cuts import Running
from tests.faults.world import MODEL, PERSON, PROJECT, call, ingest

# What was deleted or created by an earlier try is no longer, or already, there.
_DONE = {"DELETE": {200, 204, 404}, "POST": {200, 409}, "PATCH": {200}}


@dataclass(frozen=True, slots=True)
class Operation:
    """A write: how to make it, which statuses say that it is done, and which text it erases."""

    name: str
    make: Callable[[Running], Awaitable[int]]
    done: frozenset[int]
    forgets: str = ""
    broke_after: str = ""
    """A statement after which an earlier version left something behind, for good or for long."""


def _request(
    name: str,
    method: str,
    path: str,
    body: Any = None,
    *,
    forgets: str = "",
    broke_after: str = "",
) -> Operation:
    async def make(running: Running) -> int:
        response = await running.send(method, path, json=body)
        return response.status_code

    return Operation(name, make, frozenset(_DONE[method]), forgets, broke_after)


async def _retention(running: Running) -> int:
    before_ns = call("", 6).end_ns + 1
    erase_expired(running.database, LOCAL_WORKSPACE, before_ns=before_ns, limit=100)
    return 200


async def _move(running: Running) -> int:
    """A correction with another session moves the only trace of a session."""
    corrected = call("first", 2, end_ns=call("", 2).end_ns + 1)
    return await ingest(running, [corrected])


OPERATIONS = (
    # The trace's row could not be found any more, and stayed.
    _request(
        "delete",
        "DELETE",
        "/v2/sessions/first",
        broke_after="DELETE FROM trace_locations",
    ),
    # The session was listed, and not found by its name.
    _request(
        "delete a renamed session",
        "DELETE",
        "/v2/sessions/new%20name",
        forgets="renamed",
        broke_after="DELETE FROM session_names",
    ),
    # The trace stayed in two sessions.
    _request(
        "detach",
        "DELETE",
        "/v2/sessions/first?keep_traces=true",
        broke_after="trace_locations",
    ),
    # What was written appeared with a later span.
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
        forgets=PERSON,
        broke_after="DELETE FROM trace_locations",
    ),
    # The texts of its spans stayed in the index of messages.
    _request(
        "erase a project",
        "DELETE",
        f"/v2/projects/{PROJECT}?erase=true",
        forgets=PROJECT,
        broke_after="DELETE FROM spans",
    ),
    # What sessions cost was not what their calls cost.
    _request(
        "re-price",
        "POST",
        "/v2/prices/apply",
        {"model": MODEL},
        broke_after="INSERT INTO spans",
    ),
    _request("rebuild", "POST", "/v2/sessions/rebuild"),
    # The sample could be neither seen nor loaded again.
    _request("remove the sample", "DELETE", "/v2/sample", broke_after="DELETE FROM spans"),
    Operation("retention", _retention, frozenset({200})),
    # The trace stayed in two sessions.
    Operation("move a trace", _move, frozenset({200}), broke_after="trace_locations"),
)
