"""Message search, in indexed spans and in spans that are not indexed yet."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessionary.ingest.flusher import Ingest
from sessionary.ingest.message_indexer import MessageIndexer
from sessionary.ingest.submission import Submission
from sessionary.model.pagination import Paging
from sessionary.model.session_filter import MessageSearch, Not
from sessionary.pricing.tariff import PriceBooks
from sessionary.services.maintenance.rebuild import rebuild
from sessionary.services.maintenance.recompute_result import Report
from sessionary.services.maintenance.verify import verify
from sessionary.settings import Settings
from sessionary.store.clickhouse.pool import Database
from sessionary.store.erasure.erase import erase_sessions
from sessionary.store.messages.search_index import index_messages
from sessionary.store.rollup.watermarks import advance_watermark
from sessionary.store.sessions.queries import list_sessions
from tests.support.generators import export_request
from tests.support.reference import RefSpan
from tests.support.store import Stored, opened, store
from tests.support.waiting import eventually_async

# Python's default escapes non-ASCII characters.
SPANS = {
    "plain": {"input.value": "What is the Weather in PARIS? 50% off_"},
    "json": {"gen_ai.input.messages": json.dumps([{"content": 'Äpfel "rot"\nund C:\\Birnen'}])},
    "cyrillic": {"gen_ai.prompt.0.content": "Привет МИР 你好世界"},
    "model": {"gen_ai.request.model": "parisian-4", "gen_ai.usage.input_tokens": "50"},
}
# 2026-01-01
NEW_YEAR_NS = 1_767_225_600 * 10**9
FOUND = {
    "paris": ["plain"],
    "ari": ["plain"],
    "weather in paris?": ["plain"],
    "in paris weather": [],
    "50% OFF_": ["plain"],
    "50%_off": [],
    'ÄPFEL "rot"\nund': ["json"],
    "c:\\birnen": ["json"],
    "привет мир": ["cyrillic"],
    "好世": ["cyrillic"],
    "s": ["plain"],
    "it's') OR 1=1 --": [],
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A store of sessions with one span each; nothing is indexed yet."""
    spans = [Stored(f"trace-{name}", name, 0, 0, texts) for name, texts in SPANS.items()]
    with opened(tmp_path / "data") as database:
        store(database, spans, version=len(spans))
        with database.rollup_connection() as connection:
            advance_watermark(connection, len(spans))
        yield database


def found(database: Database, text: str) -> list[str]:
    """The sessions that a search selects and its negation does not."""
    (those, others) = (
        {one.external_id for one in list_sessions(database, "w", Paging(), where=where).items}
        for where in (MessageSearch(text), Not(MessageSearch(text)))
    )
    assert those | others == set(SPANS)
    assert not those & others
    return sorted(those)


def test_any_part_of_a_text_is_found_in_any_case(database: Database) -> None:
    """Before and after indexing, merged or not, without escapes."""
    assert {text: found(database, text) for text in FOUND} == FOUND
    assert index_messages(database) == len(SPANS)
    assert index_messages(database) == 0
    assert {text: found(database, text) for text in FOUND} == FOUND
    with database.rollup_connection() as connection:
        connection.command("OPTIMIZE TABLE message_texts FINAL")
    assert {text: found(database, text) for text in FOUND} == FOUND


def test_search_for_a_word_uses_the_index(database: Database) -> None:
    """The query plan has the index of words."""
    index_messages(database)
    sql = "SELECT trace_id FROM message_texts WHERE text LIKE '%paris%'"
    with database.read_connection() as connection:
        plan = connection.rows_of(f"EXPLAIN indexes = 1 {sql}")
    assert "Name: words" in str(plan)


def differences(database: Database) -> list[str]:
    *_, report = verify(database)
    assert isinstance(report, Report)
    return [difference.kind for difference in report.differences]


def test_verify_compares_the_message_index_with_spans(database: Database) -> None:
    """Verify reports a difference; a rebuild indexes all messages again."""
    index_messages(database)
    assert differences(database) == []
    with database.rollup_connection() as connection:
        connection.command(
            "ALTER TABLE message_texts UPDATE text = 'x' WHERE trace_id = 'trace-json'"
        )
    assert differences(database) == ["messages"]
    list(rebuild(database))
    assert found(database, "äpfel") == ["json"]
    assert index_messages(database) == len(SPANS)
    assert differences(database) == []


def test_erased_session_is_removed_from_the_index(database: Database) -> None:
    """Others are still found."""
    index_messages(database)
    erase_sessions(database, "w", ["plain"])
    with database.read_connection() as connection:
        kept = connection.rows_of("SELECT trace_id FROM message_texts ORDER BY trace_id")
    assert [row["trace_id"] for row in kept] == ["trace-cyrillic", "trace-json"]
    assert differences(database) == []


def test_indexing_waits_for_ingest_up_to_a_limit(database: Database) -> None:
    """It waits while spans are being stored, unless it is too far behind."""
    asked = threading.Semaphore(0)

    def is_busy() -> bool:
        asked.release()
        return True

    patient = MessageIndexer(database, is_busy=is_busy)
    patient.start()
    assert all(asked.acquire(timeout=10) for _ in range(3))
    patient.stop()
    assert not patient.is_caught_up
    late = MessageIndexer(database, is_busy=is_busy, behind_seconds=0)
    late.start()
    for _ in range(3):
        assert asked.acquire(timeout=10)
    late.stop()
    assert late.is_caught_up
    assert index_messages(database) == 0


def spans_count(database: Database) -> int:
    with database.read_connection() as connection:
        (row,) = connection.rows_of("SELECT count() AS count FROM spans")
    return int(row["count"])


def test_ingest_is_busy_until_spans_are_visible(database: Database) -> None:
    """Not only while they wait in the buffer."""
    ingest = Ingest(database, Settings(), PriceBooks())
    ingest.start()
    span = RefSpan("0" * 31 + "1", "0" * 15 + "1", start_ns=NEW_YEAR_NS, end_ns=NEW_YEAR_NS)

    async def stored() -> list[bool]:
        with database.rollup_connection():
            submitted = asyncio.create_task(ingest.submit(Submission("w", export_request([span]))))
            await eventually_async(lambda: spans_count(database) == len(SPANS) + 1)
            busy = [ingest.is_busy()]
        await submitted
        return [*busy, ingest.is_busy()]

    try:
        assert asyncio.run(stored()) == [True, False]
    finally:
        ingest.stop()
