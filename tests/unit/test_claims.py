"""Owners of spans that the store does not show yet, or not reliably."""

from functools import partial
from pathlib import Path

import pyarrow as pa

from sessionary.errors import RetryLaterError
from sessionary.ingest.claims import Claims, Writes
from sessionary.ingest.ownership import Ownership
from sessionary.ingest.prepare import prepare
from sessionary.ingest.submission import Submission
from sessionary.otlp.limits import Limits
from sessionary.store.rollup.watermarks import mark_rebuild
from sessionary.store.scopes.owners import find_owners
from tests.support.keys import span_of
from tests.support.store import Stored, opened, store


def writes_of(*spans: tuple[str, str, str]) -> Writes:
    """Writes of spans of the workspace `w`, given as trace, session and project."""
    columns = zip(("trace_id", "session_id", "project_id"), zip(*spans, strict=True), strict=True)
    rows = pa.table({name: pa.array(values, pa.string()) for name, values in columns})
    return Writes(pa.array(["w"] * len(spans), pa.string()), rows)


def test_spans_in_flight_have_an_owner_until_they_are_stored() -> None:
    """Including failed writes, which the store may show later."""
    claims, writes = Claims(), writes_of(("t", "s", "owner"), ("u", "", ""))

    def written() -> list[tuple[str, str]]:
        return claims.written("w", "session_id", ["s"]) + claims.written("w", "trace_id", ["u"])

    claims.add(writes)
    assert written() == [("s", "owner"), ("u", "")]
    assert claims.written("another", "session_id", ["s"]) == []
    claims.leave(writes)
    assert written() == [("s", "owner"), ("u", "")]
    claims.forget_left()
    assert written() == []
    claims.add(writes)
    claims.remove(writes)
    assert written() == []


def test_project_cannot_add_to_a_trace_in_a_session_of_another(tmp_path: Path) -> None:
    """The figures of the session are those of its traces."""
    with opened(tmp_path / "data") as database:
        store(database, [Stored("t", "s", 10**18, 10**18)], version=1)
        with database.rollup_connection() as connection:
            connection.command(
                "INSERT INTO sessions SELECT * REPLACE ('b' AS project_id, 9 AS version) "
                "FROM sessions FINAL"
            )
        with database.claim_connection() as connection:
            found = find_owners(connection, "w", ["t", "none"], ["s", "none"])
    assert found.sessions == {"s": "b"}
    assert found.traces.keys() == {"t"}
    assert found.traces["t"] not in {"", "b"}


def test_project_keys_wait_for_an_unfinished_rebuild(tmp_path: Path) -> None:
    """Owners are unknown while rows are missing; workspace keys do not wait."""
    with opened(tmp_path / "data") as database:
        with database.rollup_connection() as connection:
            mark_rebuild(connection)
        with database.claim_connection() as connection:
            prepared = prepare(
                [
                    Submission("w", span_of("s", number=1), "project"),
                    Submission("w", span_of("s", number=2)),
                ],
                Limits(),
                assign=Ownership(Claims(), partial(find_owners, connection)).assign,
            )
    refused, taken = prepared.answers
    assert isinstance(refused, RetryLaterError)
    assert not isinstance(taken, Exception)
    assert prepared.spans.column("trace_id").to_pylist() == [f"{2:032x}"]
