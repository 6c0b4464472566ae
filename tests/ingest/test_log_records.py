"""Agents that report calls as log records, with and without spans."""

import json
from pathlib import Path
from typing import Any

from tests.support.server import Server

RAW = Path(__file__).parents[1] / "fixtures" / "claude_code" / "raw"
JSON = "application/json"
FIRST = "11111111-1111-4111-8111-111111111111"
AT_NS = 1_795_301_854_397_000_000


def send(server: Server, *signals: str) -> None:
    """Post captured bodies of Claude Code, by signal."""
    for signal in signals:
        for file in sorted(RAW.glob(f"*-{signal}.json")):
            server.post(file.read_bytes(), path=f"/v1/{signal}", content_type=JSON)


def log_body(scope: str, event: str, attributes: dict[str, Any]) -> bytes:
    """One log record in OTLP/JSON."""
    pairs = {"event.name": event, **attributes}
    record = {
        "timeUnixNano": str(AT_NS),
        "attributes": [{"key": k, "value": {"stringValue": str(v)}} for k, v in pairs.items()],
    }
    scope_logs = [{"scope": {"name": scope}, "logRecords": [record]}]
    return json.dumps({"resourceLogs": [{"scopeLogs": scope_logs}]}).encode()


def figures(server: Server, session: str) -> tuple[int, int, int]:
    """Calls, tokens and failed calls of a session."""
    found = server.session(session)
    calls, failed = found["model_calls_count"], found["failed_calls_count"]
    return calls, found["usage"]["total_tokens"], failed


def test_session_from_log_records_alone(fresh_server: Server) -> None:
    """Claude Code without traces: calls, tokens including cached ones, cost."""
    send(fresh_server, "logs")
    assert figures(fresh_server, FIRST) == (2, 337, 0)
    session = fresh_server.session(FIRST)
    assert session["usage"]["prompt_tokens"] == 294
    assert session["cached_tokens"] == 64
    assert session["billing"]["total_cost"] == 0.0013542
    assert session["contact_ids"] == ["user-alice"]


def test_log_records_do_not_count_calls_of_spans_again(fresh_server: Server) -> None:
    """The figures are those of the spans, in either order of arrival."""
    send(fresh_server, "logs", "traces", "logs")
    assert figures(fresh_server, FIRST) == (2, 337, 0)
    assert fresh_server.session(FIRST)["spans_count"] == 4
    assert fresh_server.verify()["differences"] == []


def test_uncounted_log_records_are_not_in_breakdowns(fresh_server: Server) -> None:
    """Neither in costs nor in models, also under a former name of the session."""
    send(fresh_server, "logs")
    path = f"/v2/sessions/{FIRST}"
    fresh_server.client.patch(path, json={"external_id": "renamed"}).raise_for_status()
    for file in sorted(RAW.glob("*-traces.json")):
        body = file.read_bytes().replace(FIRST.encode(), b"renamed")
        fresh_server.post(body, content_type=JSON)
    assert figures(fresh_server, "renamed") == (2, 337, 0)
    costs = fresh_server.get(f"{path}/costs")["data"]
    assert sum(group["calls"] for group in costs) == 2
    counted = sum(session["model_calls_count"] for session in fresh_server.sessions().values())
    models = fresh_server.get("/v2/models")["data"]
    assert sum(model["calls"] for model in models) == counted


def test_calls_of_codex_log_records(server: Server) -> None:
    """Its counts are strings; input tokens include cached ones."""
    usage = {
        "conversation.id": "codex-1",
        "event.kind": "response.completed",
        "model": "gpt-5",
        "input_token_count": "120",
        "output_token_count": "30",
        "cached_token_count": "64",
        "reasoning_token_count": "8",
    }
    body = log_body("codex_otel.log_only", "codex.sse_event", usage)
    for _ in range(2):
        server.post(body, path="/v1/logs", content_type=JSON)
    assert figures(server, "codex-1") == (1, 150, 0)
    session = server.session("codex-1")
    assert (session["cached_tokens"], session["reasoning_tokens"]) == (64, 8)


def test_calls_of_gemini_cli_log_records(server: Server) -> None:
    """A response and an error are one call each."""
    usage = {
        "session.id": "gemini-1",
        "model": "gemini-2.5-pro",
        "input_token_count": 100,
        "output_token_count": 20,
        "duration_ms": 500,
    }
    server.post(
        log_body("gemini-cli", "gemini_cli.api_response", usage),
        path="/v1/logs",
        content_type=JSON,
    )
    error = {"session.id": "gemini-1", "model": "gemini-2.5-pro", "error": "quota"}
    server.post(
        log_body("gemini-cli", "gemini_cli.api_error", error), path="/v1/logs", content_type=JSON
    )
    assert figures(server, "gemini-1") == (2, 120, 1)
    assert server.session("gemini-1")["active_duration"] == 500
