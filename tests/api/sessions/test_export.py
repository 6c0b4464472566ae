"""Exports: every format is read back and compared with lists of the API."""

import csv
import io
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sessionary.model.span_kind import LLM
from tests.support.generators import MILLISECOND_NS, START_NS, export_request
from tests.support.keys import span_of
from tests.support.reference import RefSpan
from tests.support.server import EXTRA_FIELDS, Json, Server, instant_ns

SESSIONS = 5_000
EXPORT = "/v2/sessions/export"
FORMATS = ("csv", "jsonl", "parquet")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")
HOSTILE = (
    *FORMULAS,
    'a "quoted", listed; name',
    "two\nlines",
    "carriage\r\nreturn",
    "nul\0byte",
    "🦊 é \u2028 ‮",
    "'=1",
    "{}",
    "[1]",
)
SORT = {"sortingProps": [{"key": "billing.total_cost", "direction": "desc"}]}
_GROWTH_BYTES = 64 * 1024 * 1024


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with many sessions, some with names that need quoting in tables."""
    with Server(tmp_path_factory.mktemp("export") / "data") as server:
        for first in range(0, SESSIONS, 1_000):
            numbers = range(first, first + 1_000)
            server.post(export_request(call_of(number) for number in numbers))
        for name in HOSTILE:
            body = {"external_id": name, "tags": [name], "contact_ids": [name], "project_id": name}
            assert server.client.post("/v2/sessions", json=body).status_code == 200
        yield server


def call_of(number: int) -> RefSpan:
    """The only call of a session, with its own cost."""
    start_ns = START_NS + number % 997 * MILLISECOND_NS + 1
    call = RefSpan(f"{number + 1:032x}", "1" * 16, name="chat", kind=LLM, scope="app")
    return replace(
        call,
        start_ns=start_ns,
        end_ns=start_ns + number,
        session_id=f"session {number}",
        request_model="made-up",
        input_tokens=number,
        output_tokens=1,
        reports_usage=True,
        total_cost=Decimal(number) / 1_000_007,
        cost_source="client",
    )


def exported(server: Server, format: str, body: Json | None = None) -> httpx.Response:
    response = server.client.post(EXPORT, params={"format": format}, json=body or {})
    assert response.status_code == 200, response.text
    return response


def listed(server: Server, body: Json | None = None) -> list[Json]:
    """Every session of the list, page by page."""
    found: list[Json] = []
    cursor: Json = {}
    while True:
        question = (body or {}) | {"limit": 1000} | cursor
        answer = server.client.post("/v2/sessions/query", json=question).json()
        found += answer["data"]
        if not answer["has_more"]:
            return found
        cursor = {"lastId": found[-1]["_id"]}


def flat(session: Json) -> Json:
    """The session with nested fields named by their paths."""
    found: Json = {}
    for name, value in session.items():
        inner = value if isinstance(value, dict) else {}
        found |= {f"{name}.{key}": part for key, part in inner.items()} or {name: value}
    return found


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def read_cell(text: str, like: Any) -> Any:
    """The value of a cell, as in the API."""
    if isinstance(like, str):
        return text.removeprefix("'") if like.startswith(("=", "+", "-", "@", "\t", "\r")) else text
    return json.loads(text)


@pytest.mark.parametrize("body", [{}, SORT, {"includedFields": list(EXTRA_FIELDS)}], ids=str)
def test_jsonl_equals_the_list(full: Server, body: Json) -> None:
    """One line for every session of all pages, in the requested order."""
    lines = exported(full, "jsonl", body).content.decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == listed(full, body)
    assert len(lines) == SESSIONS + len(HOSTILE)


def test_export_has_scores_and_previews_on_request(fresh_server: Server) -> None:
    """As in the list, in every format."""
    fresh_server.post(span_of("spoken", message="hello"))
    score = {"session_id": "spoken", "name": "good", "value": True}
    fresh_server.client.post("/v2/scores", json=score).raise_for_status()
    body = {"includedFields": ["scores", "first_input"]}
    (line,) = exported(fresh_server, "jsonl", body).content.splitlines()
    assert [json.loads(line)] == listed(fresh_server, body)
    assert json.loads(line)["scores"]["good"]["count"] == 1
    (row,) = rows_of_csv(exported(fresh_server, "csv", body).content)
    assert (row["first_input"], row["title"]) == ("hello", "hello")
    table = pq.read_table(io.BytesIO(exported(fresh_server, "parquet", body).content))
    assert table.column("first_input").to_pylist() == ["hello"]


@pytest.mark.parametrize("body", [SORT, {"includedFields": list(EXTRA_FIELDS)}], ids=str)
def test_csv_equals_the_list(full: Server, body: Json) -> None:
    """With the same names; missing fields are empty."""
    rows = rows_of_csv(exported(full, "csv", body).content)
    sessions = [flat(session) for session in listed(full, body)]
    assert len(rows) == len(sessions)
    for row, session in zip(rows, sessions, strict=True):
        assert session.keys() <= row.keys()
        assert {name: read_cell(row[name], session[name]) for name in session} == session
        assert not any(row[name] for name in row.keys() - session.keys())


@pytest.mark.parametrize("body", [SORT, {"includedFields": list(EXTRA_FIELDS)}], ids=str)
def test_parquet_equals_the_list(full: Server, body: Json) -> None:
    """With exact amounts and times."""
    file = pq.ParquetFile(io.BytesIO(exported(full, "parquet", body).content))
    types = {field.name: field.type for field in file.schema_arrow}
    assert types["billing.total_cost"] == pa.decimal128(38, 12)
    assert types["started_at"] == pa.timestamp("ns", "UTC")
    table = file.read()
    columns = {
        name: table.column(name).cast(pa.int64()) if pa.types.is_timestamp(type) else table[name]
        for name, type in types.items()
    }
    rows = pa.table(columns).to_pylist()
    sessions = [flat(session) for session in listed(full, body)]
    assert len(rows) == len(sessions)
    for row, session in zip(rows, sessions, strict=True):
        assert {name: as_api(row[name]) for name in session} == {
            name: instant_ns(value) if pa.types.is_timestamp(types[name]) else value
            for name, value in session.items()
        }


def as_api(value: Any) -> Any:
    """An Arrow value with floats for decimals, at any depth."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return [as_api(part) for part in value]
    if isinstance(value, dict):
        return {name: as_api(part) for name, part in value.items()}
    return value


def test_amounts_are_exact_to_the_last_digit(full: Server) -> None:
    """In CSV and in Parquet."""
    rows = rows_of_csv(exported(full, "csv").content)
    table = pq.read_table(io.BytesIO(exported(full, "parquet").content))
    costs = table.column("billing.total_cost").to_pylist()
    assert [Decimal(row["billing.total_cost"]) for row in rows] == costs
    assert any(cost.as_tuple().digits[-1] for cost in costs)


def test_no_cell_starts_a_formula(full: Server) -> None:
    """Text that a spreadsheet would evaluate is prefixed with an apostrophe."""
    rows = rows_of_csv(exported(full, "csv").content)
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    names = {row["external_id"] for row in rows}
    assert {f"'{name}" for name in FORMULAS} | {"'=1", "two\nlines", "{}"} <= names


@pytest.mark.parametrize(
    ("format", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("jsonl", "application/x-ndjson"),
        ("parquet", "application/vnd.apache.parquet"),
    ],
)
def test_export_is_a_download(full: Server, format: str, media_type: str) -> None:
    """With a file name, whether the format is in the URL or in the body."""
    response = full.client.post(EXPORT, json={"format": format})
    assert response.headers["content-type"] == media_type
    disposition = response.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="sessions-')
    assert disposition.endswith(f'.{format}"')


def test_export_without_sessions_is_a_valid_file(fresh_server: Server) -> None:
    """With a header and no rows."""
    assert exported(fresh_server, "jsonl").content == b""
    header = exported(fresh_server, "csv").content.decode().split(",")
    table = pq.read_table(io.BytesIO(exported(fresh_server, "parquet").content))
    assert table.column_names[:2] == header[:2] == ["_id", "external_id"]
    assert table.num_rows == 0


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "format"),
        ({"format": "xml"}, "format"),
        ({"format": "csv", "sortingProps": [{"key": "cost"}]}, "sortingProps.0.key"),
        ({"format": "csv", "includedFields": ["cost"]}, "includedFields.0"),
    ],
    ids=str,
)
def test_invalid_export_is_refused_before_the_file_starts(
    full: Server, body: Json, path: str
) -> None:
    """With a 400 that names the field."""
    response = full.client.post(EXPORT, json=body)
    assert response.status_code == 400
    assert [fault["path"] for fault in response.json()["errors"]] == [path]


@pytest.mark.parametrize("format", FORMATS)
def test_exports_do_not_leak_memory(full: Server, format: str) -> None:
    """Memory of one export is reused by the next."""
    body = {"includedFields": list(EXTRA_FIELDS)}
    exported(full, format, body)
    before = resident_bytes(full.pid)
    for _ in range(3):
        exported(full, format, body)
    assert resident_bytes(full.pid) - before < _GROWTH_BYTES


def resident_bytes(pid: int) -> int:
    """The resident memory of the process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_disconnect_cancels_an_export(full: Server) -> None:
    """The rest is not read, and the next export is complete."""
    for _ in range(5):
        with full.client.stream("POST", EXPORT, json={"format": "jsonl"}) as response:
            next(response.iter_bytes(1))
    assert len(exported(full, "jsonl").content.splitlines()) == SESSIONS + len(HOSTILE)
    assert "Traceback" not in full.output()
