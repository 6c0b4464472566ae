"""Long-running work and lists with large messages and little memory.

The texts take two thirds of the engine's memory; reading all at once needs several times that.
"""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from sessionary.conversation.previews import preview_sessions
from sessionary.conversation.reader import session_conversation
from sessionary.model.price import CallScope, CustomPrice, Rates
from sessionary.model.session_filter import MessageSearch
from sessionary.pricing.tariff import PriceBook
from sessionary.services.maintenance.recompute_result import Report
from sessionary.services.maintenance.verify import verify
from sessionary.services.prices.apply import Applied, apply
from sessionary.store.clickhouse.pool import Database
from sessionary.store.messages.search_index import index_messages
from sessionary.store.rollup.rollup import TouchedTraces, roll_up
from sessionary.store.rollup.watermarks import advance_watermark
from sessionary.store.sessions.queries import count_sessions
from tests.support.store import opened

NEW_YEAR_NS = 1_767_225_600 * 10**9
MEMORY_BYTES = 320 * 2**20
SESSIONS, TRACES, SPANS = 60, 3, 6
LENGTH = 200_000
WORDS = "the invoice of the customer was refunded "
PRICE = CustomPrice(CallScope("m"), Rates(Decimal(1), Decimal(1)))
# The engine generates the texts, as sending them takes longer than the tests.
INSERT = """INSERT INTO spans (workspace_id, trace_id, span_id, session_id, start_time, end_time,
    arrived_at, attributes, kind, request_model, input_tokens)
WITH number % {spans:UInt64} AS place, intDiv(number, {spans:UInt64}) AS session,
    fromUnixTimestamp64Nano({first_ns:Int64} + toInt64(number), 'UTC') AS at
SELECT 'w', concat('t', toString(session), '-', toString(intDiv(place, {of_trace:UInt64}))),
    concat('s', toString(place)), concat('c', toString(session)), at, at, at,
    map('input.value', concat('question ', toString(session), ' ', toString(place), ' ',
            repeat({words:String}, {times:UInt64})),
        'output.value', concat('answer ', toString(session), ' ', toString(place))),
    'llm', 'm', 1
FROM numbers({from:UInt64}, {count:UInt64})"""
SESSIONS_AT_ONCE = 5


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A store of 1,080 large spans, all indexed."""
    folder = tmp_path_factory.mktemp("large") / "data"
    with opened(folder, memory_bytes=MEMORY_BYTES) as database:
        for first in range(0, SESSIONS, SESSIONS_AT_ONCE):
            store_sessions(database, first)
        while index_messages(database):
            pass
        yield database


def store_sessions(database: Database, first: int) -> None:
    count = TRACES * SPANS
    numbers = {"from": first * count, "count": SESSIONS_AT_ONCE * count}
    shape = {"spans": count, "of_trace": SPANS, "first_ns": NEW_YEAR_NS}
    text = {"words": WORDS, "times": LENGTH // len(WORDS)}
    sessions = range(first, first + SESSIONS_AT_ONCE)
    trace_ids = [f"t{session}-{trace}" for session in sessions for trace in range(TRACES)]
    with database.rollup_connection() as connection:
        connection.command(INSERT, numbers | shape | text)
        last_ns = NEW_YEAR_NS + sessions.stop * count
        touched = TouchedTraces("w", trace_ids, NEW_YEAR_NS, last_ns)
        roll_up(connection, touched, version=database.next_version())
        advance_watermark(connection, last_ns)


def test_verify_compares_the_texts(database: Database) -> None:
    """Without differences, and within the memory."""
    *_, report = verify(database)
    assert report == Report(SESSIONS * TRACES, SESSIONS)


def test_all_texts_can_be_searched(database: Database) -> None:
    """Also for words that the index cannot resolve alone."""
    assert count_sessions(database, "w", MessageSearch("invoice of the customer")) == SESSIONS
    assert count_sessions(database, "w", MessageSearch("question 7 1 the")) == 1


def test_previews_of_many_sessions_are_read_in_parts(database: Database) -> None:
    """For a page of a list or export with more text than fits into memory."""
    names = [f"c{session}" for session in range(SESSIONS)]
    previews = preview_sessions(database, "w", names)
    for session, name in enumerate(names):
        last = TRACES * SPANS - 1
        assert previews[name].first_input.startswith(f"question {session} 0 the invoice")
        assert previews[name].last_output == f"answer {session} {last}"


def test_conversation_is_read_in_parts(database: Database) -> None:
    """Page by page, each turn once."""
    ids: list[str] = []
    has_more = True
    while has_more:
        page = session_conversation(database, "w", "c3", limit=10, last_id=ids[-1] if ids else "")
        ids += [turn.id for turn in page.items]
        has_more = page.has_more
    assert len(ids) == len(set(ids)) == 2 * TRACES * SPANS


def test_large_calls_are_repriced(database: Database) -> None:
    """All of them, within the memory."""
    *_, applied = apply(database, "w", PriceBook([PRICE]), CallScope("m"))
    assert applied == Applied(SESSIONS * TRACES * SPANS)
