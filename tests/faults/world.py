"""The data that interrupted writes change, and the contents of a store."""

import re
from dataclasses import replace
from typing import Any

from sessionary.sample.rewrite import PROJECT_ID as SAMPLE
from sessionary.store.clickhouse.pool import Connection, Database
from tests.faults.cuts import Running
from tests.support.contacts import chat
from tests.support.generators import HOUR_NS, START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import PROTOBUF

PERSON = "lovelace"
PROJECT, OTHER_PROJECT = "doomed", "kept"
MODEL = "model-made-up-a"
# Clocks, counters, and the progress of the message index.
_PASSING = {"version", "arrived_at", "created_ns", "created_at", "applied_at"}
_NOT_COMPARED = {
    "audit_log",
    "migrations",
    "settled",
    "api_keys",
    "message_texts",
    "superseded_texts",
    "spans",
    "sessions_by_start",
}
_SPANS = "SELECT DISTINCT trace_id, span_id, session_id, contact_id, project_id FROM spans"
# Includes the versions of winning rows in the list by start.
_LISTED = (
    "SELECT external_id FROM sessions_by_start "
    "WHERE (id, version) IN (SELECT id, version FROM sessions FINAL)"
)


async def fill(running: Running) -> None:
    """Add sessions: renamed, scored, shared, of several traces and of two projects."""
    spans = [
        call("first", 1),
        call("moved", 2),
        call("first", 3, contact_id=""),
        call("shared", 4, contact_id="bob", project_id=PROJECT),
        call("renamed", 5),
        call("", 6),
        call("mixed", 7, contact_id="bob", project_id=PROJECT),
        call("mixed", 8, contact_id="bob", project_id=OTHER_PROJECT),
    ]
    spans.append(call("of the sample", 9, project_id=SAMPLE, contact_id=""))
    # A trace with spans of both projects.
    spans.append(replace(spans[7], span_id="f" * 16, parent_id=spans[7].span_id))
    spans[-1] = replace(spans[-1], project_id=PROJECT, contact_id="carl")
    await ingest(running, spans)
    for body in ({"external_id": PERSON, "email": "lovelace@example.com"}, {"external_id": "bob"}):
        await _sent(running, "POST", "/v2/contacts", json=body)
    await _sent(running, "PATCH", "/v2/sessions/first", json={"title": "Chess", "tags": ["a"]})
    await _sent(running, "PATCH", "/v2/sessions/renamed", json={"external_id": "new name"})
    for target in ({"session_id": "first"}, {"trace_id": f"{1:032x}"}, {"session_id": "mixed"}):
        score = {"name": "quality", "value": 1, "comment": "fine", **target}
        await _sent(running, "POST", "/v2/scores", json=score)
    for name in ("first", "moved", "shared", "new%20name"):
        await _sent(running, "POST", f"/v2/sessions/{name}/shares", json={"expires_in": 3600})
    price = {"model": MODEL, "input_per_million": 1, "output_per_million": 2}
    await _sent(running, "PUT", "/v2/prices", json=price)


def call(session: str, number: int, **fields: Any) -> RefSpan:
    """A call without a reported cost, in a trace of its own."""
    given: dict[str, Any] = {
        "contact_id": PERSON,
        "start_ns": START_NS + number * HOUR_NS,
        "end_ns": START_NS + number * HOUR_NS + 5_000_000,
        "request_model": MODEL,
        "response_model": MODEL,
        "input_tokens": 1000,
        "total_cost": 0,
        "cost_source": "none",
    }
    return replace(chat("", session, number), **(given | fields))


async def ingest(running: Running, spans: list[RefSpan]) -> int:
    """Send spans; the response's status."""
    content = export_request(spans)
    response = await running.send(
        "POST", "/v1/traces", content=content, headers={"content-type": PROTOBUF}
    )
    return response.status_code


async def _sent(running: Running, method: str, path: str, **options: Any) -> None:
    response = await running.send(method, path, **options)
    assert response.status_code < 300, f"{method} {path}: {response.status_code} {response.text}"


def contents(database: Database) -> dict[str, list[str]]:
    """All rows of the tables, without values that differ between runs."""
    with database.read_connection() as connection:
        found = {
            name: sorted(
                _text(row) for row in connection.rows_of(f"SELECT * FROM `{name}` {final}")
            )
            for name, final in _tables(connection)
            if name not in _NOT_COMPARED
        }
        for name, query in (("spans", _SPANS), ("sessions_by_start", _LISTED)):
            found[name] = sorted(_text(row) for row in connection.rows_of(query))
    return found


def mentioning(database: Database, text: str) -> set[str]:
    """The tables with a text in any readable row, of any version."""
    with database.read_connection() as connection:
        return {
            name
            for name, _ in _tables(connection)
            if text in str(connection.rows_of(f"SELECT * FROM `{name}`"))
        }


def _tables(connection: Connection) -> list[tuple[str, str]]:
    """Every table, and the expression to read its winning rows."""
    rows = connection.rows_of(
        "SELECT name, engine FROM system.tables WHERE database = currentDatabase() "
        "AND engine LIKE '%MergeTree' ORDER BY name"
    )
    return [(row["name"], "" if row["engine"] == "MergeTree" else "FINAL") for row in rows]


def _text(row: dict[str, Any]) -> str:
    kept = {name: value for name, value in row.items() if name not in _PASSING}
    return re.sub(r"datetime\.datetime\((.*?)\)", r"\1", str(kept))
