"""The load of fault tests: sessions of a known size, and threads that post them."""

import base64
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue

from sessionary.model.span_kind import LLM
from tests.support.generators import MILLISECOND_NS, START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import PROTOBUF, Server

THREADS = 3
SPANS = 50
MIB = 1024 * 1024
HEADERS = {"content-type": PROTOBUF}


def body_of(session: str, spans: int = SPANS) -> bytes:
    """An export request for a session of `spans` calls, five per trace."""
    traces = [secrets.token_hex(16) for _ in range(-(-spans // 5))]
    return export_request(
        RefSpan(
            traces[number // 5],
            f"{number + 1:016x}",
            name="chat",
            start_ns=START_NS,
            end_ns=START_NS + MILLISECOND_NS,
            kind=LLM,
            scope="app",
            session_id=session,
            request_model="made-up",
            response_model="made-up",
            input_tokens=1,
            reports_usage=True,
        )
        for number in range(spans)
    )


def heavy_body(session: str) -> bytes:
    """An export request for ten calls, with 1 MiB of incompressible text."""
    request = ExportTraceServiceRequest.FromString(body_of(session, 10))
    for span in request.resource_spans[0].scope_spans[0].spans:
        text = base64.b85encode(secrets.token_bytes(MIB // 13)).decode()
        span.attributes.append(KeyValue(key="input.value", value=AnyValue(string_value=text)))
    return request.SerializeToString()


def spans_by_session(server: Server) -> dict[str, int]:
    """The number of spans of every session."""
    counts: dict[str, int] = {}
    body = {"filters": [], "limit": 1000, "includedFields": ["spans_count"]}
    while True:
        answer = server.client.post("/v2/sessions/query", json=body).raise_for_status().json()
        counts |= {session["external_id"]: session["spans_count"] for session in answer["data"]}
        if not answer["has_more"]:
            return counts
        body["lastId"] = answer["data"][-1]["_id"]


def no_differences(server: Server) -> None:
    assert server.verify()["differences"] == []


@dataclass(slots=True)
class Load:
    """Threads that post sessions, and the responses."""

    server: Server
    sent: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    unexpected: list[str] = field(default_factory=list)
    first: threading.Event = field(default_factory=threading.Event)
    stopping: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Post until the block ends and every thread has its last response."""
        self.first.clear()
        self.stopping.clear()
        threads = [threading.Thread(target=self._post) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        try:
            assert self.first.wait(30), "nothing was acknowledged"
            yield
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join(60)
        assert not any(thread.is_alive() for thread in threads)

    def _post(self) -> None:
        with httpx.Client(base_url=self.server.url, timeout=30) as client:
            while not self.stopping.is_set():
                session = f"load {secrets.token_hex(8)}"
                content = body_of(session)
                self.sent.add(session)
                try:
                    response = client.post("/v1/traces", content=content, headers=HEADERS)
                except (httpx.NetworkError, httpx.RemoteProtocolError):
                    # The server has ended or is shutting down.
                    return
                except Exception as error:  # noqa: BLE001 - asserted by the test's own thread
                    self.unexpected.append(repr(error))
                    return
                if response.status_code == 200:
                    self.acknowledged.add(session)
                    self.first.set()
                elif response.status_code != 503:
                    self.unexpected.append(f"{response.status_code} {response.text}")

    def check(self) -> None:
        """Assert that acknowledged spans are stored once, other bodies whole or not."""
        assert self.unexpected == []
        counts = spans_by_session(self.server)
        lost = {name: counts.get(name) for name in self.acknowledged if counts.get(name) != SPANS}
        assert lost == {}
        assert {name: n for name, n in counts.items() if n != SPANS or name not in self.sent} == {}
        no_differences(self.server)
