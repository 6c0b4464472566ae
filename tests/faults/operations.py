"""The writes of several statements that tests interrupt, each as its caller makes it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sessionary.model.access import LOCAL_WORKSPACE
from sessionary.store.erase import erase_outlived
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


def _request(
    name: str, method: str, path: str, body: Any = None, *, forgets: str = ""
) -> Operation:
    async def make(running: Running) -> int:
        response = await running.send(method, path, json=body)
        return response.status_code

    return Operation(name, make, frozenset(_DONE[method]), forgets)


async def _retention(running: Running) -> int:
    before_ns = call("", 6).end_ns + 1
    erase_outlived(running.database, LOCAL_WORKSPACE, before_ns=before_ns, limit=100)
    return 200


async def _move(running: Running) -> int:
    """A correction with another session moves the only trace of a session."""
    corrected = call("first", 2, end_ns=call("", 2).end_ns + 1)
    return await ingest(running, [corrected])


OPERATIONS = (
    _request("delete", "DELETE", "/v2/sessions/first"),
    _request("delete a renamed session", "DELETE", "/v2/sessions/new%20name", forgets="renamed"),
    _request("detach", "DELETE", "/v2/sessions/first?keep_traces=true"),
    _request(
        "update", "PATCH", "/v2/sessions/first", {"title": "Go", "usage": {"prompt_tokens": 7}}
    ),
    _request("rename", "PATCH", "/v2/sessions/first", {"external_id": "second"}),
    _request(
        "create",
        "POST",
        "/v2/sessions",
        {"external_id": "made", "started_at": "2026-01-01T00:00:00Z"},
    ),
    _request("erase a contact", "DELETE", f"/v2/contacts/{PERSON}?erase=true", forgets=PERSON),
    _request("erase a project", "DELETE", f"/v2/projects/{PROJECT}?erase=true", forgets=PROJECT),
    _request("re-price", "POST", "/v2/prices/apply", {"model": MODEL}),
    _request("rebuild", "POST", "/v2/sessions/rebuild"),
    Operation("retention", _retention, frozenset({200})),
    Operation("move a trace", _move, frozenset({200})),
)
