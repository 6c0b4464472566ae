"""Invalid OTLP bodies are refused clearly and do not affect other requests.

Invalid queries are in test_sessions_api.py.
"""

import gzip
import json
import secrets
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.odd_input import (
    JSON,
    MIB,
    a_span,
    accepted,
    json_request,
    own,
    refused,
    request,
    send,
    still_takes,
)
from tests.support.server import PROTOBUF, Server

BODY_LIMIT = 32 * MIB
PACKERS: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}


@pytest.mark.parametrize(
    "content",
    [b"\xff" * 100, b"hello", request(a_span())[:-7], b"\x0a\xff\xff\xff\xff\x0f", b"{}"],
    ids=["ones", "text", "truncated", "length past the end", "json"],
)
def test_invalid_protobuf_is_400_in_protobuf(server: Server, content: bytes) -> None:
    """The response is a google.rpc.Status in protobuf with the reason."""
    response = send(server, content)
    assert response.headers["content-type"] == PROTOBUF
    refused(response, 400, "not an ExportTraceServiceRequest in protobuf")
    still_takes(server)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x0a\x01", "the body is not JSON"),
        (b"[]", "must be an object"),
        (b'"text"', "must be an object"),
        (b'{"resourceSpans": [', "the body is not JSON"),
        (b'{"resourceSpans": 7}', "resourceSpans: must be a list"),
        (
            b'{"resourceSpans": [{"scopeSpans": [{"spans": ["span"]}]}]}',
            "resourceSpans[0].scopeSpans[0].spans[0]: must be an object",
        ),
        (
            json.dumps(json_request("x", startTimeUnixNano="yesterday")).encode(),
            "startTimeUnixNano: must be an integer",
        ),
        (
            json.dumps(json_request("x", startTimeUnixNano=10**30)).encode(),
            "startTimeUnixNano: must be an integer",
        ),
    ],
    ids=["binary", "list", "text", "truncated", "no list", "no span", "text as time", "time"],
)
def test_invalid_json_is_400_in_json(server: Server, content: bytes, message: str) -> None:
    """The response is the same status in JSON."""
    response = send(server, content, JSON)
    assert response.headers["content-type"] == JSON
    refused(response, 400, message)


def test_truncated_bodies_are_accepted_or_400(server: Server) -> None:
    """A truncated body is a shorter request or a 400."""
    content = request(a_span(), a_span())
    for length in range(0, len(content), 7):
        assert send(server, content[:length]).status_code in (200, 400)
    text = json.dumps(json_request(own())).encode()
    for length in range(1, len(text), 17):
        refused(send(server, text[:length], JSON), 400, "the body is not JSON")


def test_invalid_requests_do_not_affect_others_in_the_batch(server: Server) -> None:
    """Each request in a batch has its own response."""
    for round_ in range(5):
        session = own("neighbour")
        bodies = [request(a_span())[: -1 - n] for n in range(7)] + [secrets.token_bytes(99)] * 7
        bodies.insert(round_, request(a_span(session)))
        with ThreadPoolExecutor(len(bodies)) as pool:
            statuses = list(pool.map(lambda body: send(server, body).status_code, bodies))
        assert statuses == [200 if place == round_ else 400 for place in range(len(bodies))]
        assert server.session(session)["spans_count"] == 1


@pytest.mark.parametrize("content_type", [PROTOBUF, JSON])
def test_empty_body_is_an_empty_request(server: Server, content_type: str) -> None:
    """It is accepted."""
    assert send(server, b"", content_type).status_code == 200
    assert send(server, b"", content_type, content_encoding="gzip").status_code == 200


# Headers.


@pytest.mark.parametrize("content_type", [None, "", "text/plain", "application/xml", "nonsense"])
def test_unsupported_content_type_is_415(server: Server, content_type: str | None) -> None:
    """So is a missing one; the message lists those supported."""
    message = refused(send(server, request(a_span()), content_type), 415, PROTOBUF)
    assert JSON in message


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_content_type_parameters_and_case_are_ignored(server: Server, content_type: str) -> None:
    """As HTTP requires."""
    session = own("charset")
    content = json.dumps(json_request(session)).encode()
    assert send(server, content, content_type).status_code == 200
    assert server.has_session(session)


@pytest.mark.parametrize("encoding", ["GZIP", "gzip", "Gzip", "deflate", "identity", ""])
def test_encodings_are_case_insensitive(server: Server, encoding: str) -> None:
    """`GZIP` is gzip."""
    session = own("encoding")
    content = request(a_span(session))
    packed = PACKERS.get(encoding.lower(), bytes)(content)
    accepted(send(server, packed, content_encoding=encoding))
    assert server.has_session(session)


def test_unsupported_encoding_is_415(server: Server) -> None:
    """The message names it and those supported."""
    message = refused(send(server, request(a_span()), content_encoding="br"), 415, "'br'")
    assert "gzip" in message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (request(a_span()), "the body is not valid gzip"),
        (gzip.compress(request(a_span()))[:-9], "the body is not valid gzip"),
        (gzip.compress(b"\xff" * 50), "not an ExportTraceServiceRequest in protobuf"),
    ],
    ids=["plain", "truncated", "invalid content"],
)
def test_invalid_gzip_is_400(server: Server, content: bytes, message: str) -> None:
    """Also truncated gzip, and gzip of an invalid body."""
    refused(send(server, content, content_encoding="gzip"), 400, message)


# Size.


def test_body_over_the_limit_is_413(server: Server) -> None:
    """With a Content-Length or chunked."""
    chunk = bytes(MIB)
    for content in (bytes(BODY_LIMIT + 1), (chunk for _ in range(BODY_LIMIT // MIB + 1))):
        refused(send(server, content), 413, str(BODY_LIMIT))
    still_takes(server)


@pytest.mark.parametrize(
    ("path", "most"), [("/v2/sessions/query", MIB), ("/v2/sign-in", 16 * 1024)]
)
def test_json_over_the_limit_is_413(server: Server, path: str, most: int) -> None:
    """With a Content-Length or chunked; a body at the limit is read."""
    chunk = bytes(1024)
    for content in (bytes(most + 1), (chunk for _ in range(most // 1024 + 1))):
        answer = server.client.post(path, content=content, headers={"content-type": JSON})
        assert (answer.status_code, answer.json()["code"]) == (413, "413")
        assert str(most) in answer.json()["message"]
    answer = server.client.post(path, content=bytes(most), headers={"content-type": JSON})
    assert answer.status_code == 400


@pytest.mark.parametrize("layout", ["one member", "many members"])
def test_gzip_bomb_is_413_without_use_of_memory(server: Server, layout: str) -> None:
    """A megabyte for a gigabyte takes no more memory than a valid body."""
    if layout == "one member":
        packer = zlib.compressobj(wbits=31)
        parts = [packer.compress(bytes(16 * MIB)) for _ in range(64)]
        bomb = b"".join([*parts, packer.flush()])
    else:
        bomb = gzip.compress(bytes(MIB)) * 1024
    still_takes(server)
    clear_peak(server.pid)
    before = memory_mib(server.pid, "VmRSS")
    for _ in range(3):
        refused(send(server, bomb, content_encoding="gzip"), 413, str(BODY_LIMIT))
    assert memory_mib(server.pid, "VmHWM") - before < 100
    still_takes(server)


@pytest.mark.parametrize("content_type", [PROTOBUF, JSON])
def test_large_invalid_bodies_do_not_leak_memory(server: Server, content_type: str) -> None:
    """Refused bodies are freed, at every stage."""
    start = b'{"' if content_type == JSON else b"\x0a\xff\xff\xff\x0f"
    content = start + b"x" * (30 * MIB)
    reason = "the body is not JSON" if content_type == JSON else "in protobuf"
    refused(send(server, content, content_type), 400, reason)
    before = memory_mib(server.pid, "VmRSS")
    for _ in range(10):
        refused(send(server, content, content_type), 400, reason)
    assert memory_mib(server.pid, "VmRSS") - before < 200


def clear_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def memory_mib(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


def test_body_with_very_many_small_spans_takes_little_memory(tmp_path: Path) -> None:
    """Spans are stored and rolled up in parts, which may split sessions."""
    sessions = 30_000
    spans = (a_span(f"tiny {number % sessions}") for number in range(2 * sessions))
    settings = {"SESSIONARY_MAX_MEMORY_BYTES": str(256 * MIB)}
    with Server(tmp_path / "data", settings=settings) as server:
        accepted(send(server, request(*spans)))
        assert server.client.post("/v2/sessions/count", json={}).json() == {"count": sessions}
        assert server.session("tiny 0")["traces_count"] == 2
        assert server.verify()["differences"] == []
