"""Labels of sessions: title, client, repository, kind, metadata."""

import json
from typing import Any

import pytest

from sessionary.otlp.coding_agents import repository
from sessionary.otlp.decode import decode
from sessionary.otlp.json.request import traces_to_protobuf
from sessionary.otlp.limits import Limits
from sessionary.otlp.normalise import normalise
from tests.support.server import Server

START_NS = 1_790_000_000_000_000_000


def pairs(values: dict[str, str]) -> list[dict[str, Any]]:
    return [{"key": name, "value": {"stringValue": text}} for name, text in values.items()]


def body(
    *spans: dict[str, str], trace: int = 1, scope: str = "app", service: str = "shop"
) -> bytes:
    """A trace of spans with these attributes; the first is the root."""
    made = [
        {
            "traceId": f"{trace:032x}",
            "spanId": f"{number:016x}",
            "parentSpanId": f"{1:016x}" if number > 1 else "",
            "name": "step",
            "startTimeUnixNano": str(START_NS + trace * 1000 + number),
            "endTimeUnixNano": str(START_NS + trace * 1000 + number + 1),
            "attributes": pairs(attributes),
        }
        for number, attributes in enumerate(spans, start=1)
    ]
    scope_spans = [{"scope": {"name": scope}, "spans": made}]
    resource = {"attributes": pairs({"service.name": service})}
    return json.dumps(
        {"resourceSpans": [{"resource": resource, "scopeSpans": scope_spans}]}
    ).encode()


def metadata(*spans: dict[str, str]) -> list[dict[str, str]]:
    """The stored metadata of each span."""
    rows = normalise(decode([traces_to_protobuf(body(*spans))]), Limits())
    return [dict(row) for row in rows.column("metadata").to_pylist()]


def test_keys_of_the_application_are_metadata() -> None:
    """Under any prefix of a library, without keys of other fields; the first wins."""
    langfuse = {"langfuse.trace.metadata.plan": '"gold"', "langfuse.trace.metadata.n": "2"}
    traceloop = {
        "traceloop.association.properties.session_id": "s",
        "traceloop.association.properties.plan": "silver",
    }
    objects = {"metadata": json.dumps({"plan": "gold", "user_id": "ada", "deep": {"a": 1}})}
    assert metadata(langfuse, {}, traceloop, objects, langfuse | traceloop) == [
        {"plan": "gold", "n": "2"},
        {},
        {"plan": "silver"},
        {"plan": "gold", "deep": '{"a": 1}'},
        {"plan": "gold", "n": "2"},
    ]
    assert metadata({"metadata": "[1"}, {"metadata": "[1]"}) == [{}, {}]


def test_session_has_the_labels_of_its_first_trace(server: Server) -> None:
    """Of the root, else of the earliest span; in any order of arrival."""
    name = "labels: first trace"
    late = {"session.id": name, "sessionary.title": "Later", "vcs.repository.name": "late"}
    root = {"session.id": name, "sessionary.kind": "llm"}
    child = {"vcs.repository.url.full": "https://github.com/o/r.git", "sessionary.title": "First"}
    server.post(body(late, trace=901), content_type="application/json")
    server.post(body(root, child, trace=900), content_type="application/json")
    session = server.session(name)
    assert (session["title"], session["repo"]) == ("First", "github.com/o/r")
    assert session["kind"] == "THREAD_KIND_CONVERSATION"
    assert "client" not in session


@pytest.mark.parametrize(
    ("scope", "service", "client"),
    [("com.anthropic.claude_code.tracing", "x", "claude-code"), ("any", "codex_cli_rs", "codex")],
)
def test_coding_agents_are_recognised(
    server: Server, scope: str, service: str, client: str
) -> None:
    """By scope or service name."""
    name = f"labels: {client}"
    trace = 910 + len(client)
    content = body({"session.id": name}, trace=trace, scope=scope, service=service)
    server.post(content, content_type="application/json")
    session = server.session(name)
    assert (session["client"], session["kind"]) == (client, "THREAD_KIND_CODING_AGENT")


@pytest.mark.parametrize(
    "address",
    [
        "github.com/o/r",
        "https://github.com/o/r.git",
        "https://token@github.com/o/r/",
        "git@github.com:o/r.git",
        "ssh://git@github.com/o/r.git",
    ],
)
def test_repository_addresses_are_normalised(address: str) -> None:
    """All notations of an address give one name."""
    assert repository(address) == "github.com/o/r"
