"""Keys of two projects, and spans with which one tries to reach the other's data."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from sessionary.model.span_kind import LLM
from tests.support.conversation_spans import spoken_request
from tests.support.generators import START_NS
from tests.support.keys import bearer, guarded_server, new_key
from tests.support.reference import RefSpan
from tests.support.server import EXTRA_FIELDS, Json, Server

SECOND_NS = 10**9
SECRET = "the owner's secret words"


@dataclass(frozen=True, slots=True)
class Projects:
    """A server, and keys of two projects of its default workspace."""

    server: Server
    grpc_address: str
    owner: str
    other: str

    def send(self, key: str, *spans: RefSpan) -> None:
        """Send spans in one request."""
        self.server.post(spoken_request(spans), headers=bearer(key))

    def get(self, key: str, path: str, **query: str) -> tuple[int, Json]:
        """The status and body of a GET request."""
        answer = self.server.client.get(path, params=query, headers=bearer(key))
        return answer.status_code, answer.json()

    def session(self, key: str, name: str) -> Json:
        """A session with all fields."""
        status, body = self.get(key, f"/v2/sessions/{name}", include=",".join(EXTRA_FIELDS))
        assert status == 200, body
        return body

    def sessions(self, key: str) -> dict[str, Json]:
        """All sessions visible to the key, by external id."""
        body = {"filters": [], "limit": 1000}
        answer = self.server.client.post("/v2/sessions/query", json=body, headers=bearer(key))
        return {session["external_id"]: session for session in answer.json()["data"]}


@contextmanager
def two_projects(folder: Path) -> Iterator[Projects]:
    """A server with the projects `owner` and `other`."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    with guarded_server(folder, options=("--grpc-port", str(port))) as server:
        keys = [
            new_key(server, "ingest", "write", project_id=project)["key"]
            for project in ("owner", "other")
        ]
        yield Projects(server, f"127.0.0.1:{port}", *keys)


def call(number: int, session: str = "", **fields: object) -> RefSpan:
    """The root span of a trace with the given number."""
    span = RefSpan(
        f"{number:032x}",
        f"{number:016x}",
        name=SECRET,
        start_ns=START_NS + SECOND_NS,
        end_ns=START_NS + 2 * SECOND_NS,
        kind=LLM,
        session_id=session,
        contact_id=f"contact-of-{session}",
        input_tokens=1000,
        output_tokens=500,
        total_cost=Decimal("1.25"),
        cost_source="client",
        reports_usage=True,
    )
    return replace(span, **fields)  # type: ignore[arg-type]


def attack(span: RefSpan, **fields: object) -> RefSpan:
    """The span as the other project sends it: earlier, and with its own messages."""
    mine = replace(
        span,
        start_ns=START_NS,
        end_ns=START_NS + 1,
        name="mine",
        contact_id="",
        input_tokens=2,
        output_tokens=0,
        total_cost=Decimal(0),
    )
    return replace(mine, **fields)  # type: ignore[arg-type]


ATTACKS: dict[str, Callable[[RefSpan], RefSpan]] = {
    "an earlier span of the session": lambda span: attack(
        span, trace_id=f"f{span.trace_id[1:]}", span_id=f"f{span.span_id[1:]}"
    ),
    "an earlier root of the trace": lambda span: attack(span, span_id=f"f{span.span_id[1:]}"),
    "the span with a later end": lambda span: attack(
        span, start_ns=span.start_ns, end_ns=span.end_ns + SECOND_NS
    ),
    "a root in another session": lambda span: attack(span, session_id="elsewhere"),
    "the owner's project by name": lambda span: attack(span, project_id="owner"),
    "a span in no session": lambda span: attack(span, session_id=""),
}
