"""Numbered pages are slices of the list, including late pages found by seeking."""

import random
from collections.abc import Iterator

import pytest

from sessionary.model.pagination import Paging, Sort
from sessionary.model.session_filter import EVERYTHING, Filter, Text, TextTest
from sessionary.store.clickhouse.pool import Database
from sessionary.store.sessions.queries import ListingLimits, list_sessions
from tests.support.store import Stored, opened, store

MINUTE_NS = 60 * 10**9
NEW_YEAR_NS = 1_767_225_600 * 10**9
SESSIONS = 150
NEWEST_FIRST, OLDEST_FIRST = (Sort("started_at", descending=down) for down in (True, False))
LONGEST_FIRST = Sort("duration", descending=True)
WITH_A_SEVEN = Text("external_id", TextTest.CONTAINS, "7")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Sessions of two days, some concurrent; every third got an earlier trace later."""
    rng = random.Random(5)
    begun = [NEW_YEAR_NS + rng.randrange(48 * 12) * 5 * MINUTE_NS for _ in range(SESSIONS)]
    begun[:3] = [0, 59 * MINUTE_NS, -7 * MINUTE_NS]
    earlier = [(number, max(begun[number] - 90 * MINUTE_NS, 0)) for number in range(0, SESSIONS, 3)]
    with opened(tmp_path_factory.mktemp("late") / "data") as database:
        for version, arrived in enumerate((list(enumerate(begun)), earlier), start=1):
            store(database, [span(*which, version) for which in arrived], version=version)
        yield database


def span(number: int, start_ns: int, version: int) -> Stored:
    return Stored(f"t{number}-{version}", f"s{number}", start_ns, start_ns + number)


@pytest.mark.parametrize("max_skipped", [0, 6, 1000])
@pytest.mark.parametrize("where", [EVERYTHING, WITH_A_SEVEN])
@pytest.mark.parametrize("sort", [NEWEST_FIRST, OLDEST_FIRST, LONGEST_FIRST])
def test_numbered_pages_are_slices_of_the_list(
    database: Database, sort: Sort, where: Filter, max_skipped: int
) -> None:
    """Up to the last page and after it."""
    whole = list_sessions(database, "w", Paging(limit=1000, sort=(sort,)), where=where).items
    names = {f"s{number}" for number in range(SESSIONS)}
    assert {s.external_id for s in whole} == {n for n in names if where is EVERYTHING or "7" in n}
    limits = ListingLimits(max_skipped_rows=max_skipped)
    for limit in (7, 24):
        for number in range(1, len(whole) // limit + 3):
            paging = Paging(limit=limit, page=number, sort=(sort,))
            page = list_sessions(database, "w", paging, where=where, limits=limits)
            assert page.items == whole[paging.skipped : paging.skipped + limit]
            assert page.has_more == (len(whole) > paging.skipped + limit)
