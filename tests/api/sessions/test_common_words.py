"""Searches for common words scan the newest sessions first, with the same result."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sessionary.model.pagination import Paging
from sessionary.model.session_filter import And, Filter, MessageSearch, Not, Or
from sessionary.store.clickhouse.pool import Database
from sessionary.store.messages.search_index import index_messages
from sessionary.store.rollup.watermarks import advance_watermark
from sessionary.store.sessions.overrides import change_override
from sessionary.store.sessions.queries import ListingLimits, list_sessions
from tests.support.store import Stored, opened, store

HOUR_NS = 3600 * 10**9
NEW_YEAR_NS = 1_767_225_600 * 10**9
SESSIONS = [f"s{number:02}" for number in range(40)]
LIMITS = ListingLimits(recent_sessions=(9, 27), max_matching_spans=5)
NEVER = MessageSearch("no such message")
PARIS = MessageSearch("Paris")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A session per hour, every third about Paris. Half of the messages are indexed."""
    half = len(SESSIONS) // 2
    with opened(tmp_path / "data") as database:
        for numbers in (range(half), range(half, len(SESSIONS))):
            store(database, [span(number) for number in numbers], version=numbers.stop)
            with database.rollup_connection() as connection:
                advance_watermark(connection, numbers.stop)
            if numbers.start == 0:
                assert index_messages(database) == half
        yield database


def span(number: int) -> Stored:
    begun_ns = NEW_YEAR_NS + number * HOUR_NS
    return Stored(f"t{number}", SESSIONS[number], begun_ns, begun_ns + 1, messages_of(number))


def messages_of(number: int) -> dict[str, str]:
    return {"input.value": "in paris" if number % 3 == 0 else "in rome"}


def walk(database: Database, where: Filter, limit: int) -> list[str]:
    """All sessions that the filter selects, newest first, page by page."""
    found: list[str] = []
    paging = Paging(limit=limit)
    while True:
        page = list_sessions(database, "w", paging, where=where, limits=LIMITS)
        found += [session.external_id for session in page.items]
        if not page.has_more:
            return found
        paging = replace(paging, last_id=page.items[-1].id)


@pytest.mark.parametrize("limit", [2, 5, 50])
def test_search_finds_each_session_once(database: Database, limit: int) -> None:
    """In any combination of searches, and with pages in or beyond the recent windows."""
    about_paris = [name for name in reversed(SESSIONS) if int(name[1:]) % 3 == 0]
    others = [name for name in reversed(SESSIONS) if name not in about_paris]
    assert walk(database, PARIS, limit) == about_paris
    assert walk(database, Not(PARIS), limit) == others
    assert walk(database, And((PARIS, Not(NEVER))), limit) == about_paris
    assert walk(database, Or((PARIS, MessageSearch("rome"))), limit) == list(reversed(SESSIONS))


def test_session_with_overridden_start_is_found_by_its_old_messages(
    database: Database,
) -> None:
    """Its spans started before the recent windows."""
    newest_ns = NEW_YEAR_NS + len(SESSIONS) * HOUR_NS
    change_override(database, "w", "s00", lambda at: replace(at.report, started_ns=newest_ns))
    page = list_sessions(database, "w", Paging(limit=2), where=PARIS, limits=LIMITS)
    assert [session.external_id for session in page.items] == ["s00", "s39"]
