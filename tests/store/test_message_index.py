"""A search finds exactly the texts of winning copies, in any order of arrival.

Each example runs on the real engine: copies of spans arrive, are corrected and moved to another
hour, and the indexer runs in between. The reference is a dictionary.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessionary.model.pagination import Paging
from sessionary.model.price import CallScope, CustomPrice, Rates
from sessionary.model.session_filter import MessageSearch
from sessionary.pricing.tariff import PriceBook
from sessionary.services.maintenance.rebuild import rebuild
from sessionary.services.maintenance.recompute_result import Report
from sessionary.services.maintenance.verify import verify
from sessionary.services.prices.apply import apply
from sessionary.store.clickhouse.pool import Database
from sessionary.store.erasure.erase import erase_project, erase_sessions
from sessionary.store.messages.search_index import IndexLimits, index_messages
from sessionary.store.rollup.rollup import TouchedTraces, roll_up
from sessionary.store.rollup.watermarks import advance_watermark
from sessionary.store.sessions.queries import list_sessions
from tests.support.examples import examples
from tests.support.store import opened

HOUR_NS = 3600 * 10**9
NEW_YEAR_NS = 1_767_225_600 * 10**9
TRACES = ("t1", "t2", "t3")
WORDS = ("apple", "banana", "cherry")
# Several batches per example, and removals of superseded rows.
LIMITS = IndexLimits(max_spans=3, max_superseded=2)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a span; its session is named after its trace."""

    trace_id: str
    span_id: str
    project_id: str
    start_hour: int
    end_hour: int
    word: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase a session or a project."""

    session: str = ""
    project_id: str = ""


Step = list[Copy] | Erase | str
copies = st.builds(
    Copy,
    trace_id=st.sampled_from(TRACES),
    span_id=st.sampled_from(("a", "b")),
    project_id=st.sampled_from(("p", "q")),
    start_hour=st.sampled_from((0, 1, 30)),
    end_hour=st.sampled_from((31, 32)),
    word=st.sampled_from((*WORDS, "")),
)
steps: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(
        st.lists(copies, min_size=1, max_size=4),
        st.lists(copies, min_size=1, max_size=4),
        st.sampled_from(("index", "index", "merge", "reprice", "rebuild")),
        st.sampled_from([Erase(session=name) for name in TRACES]),
        st.sampled_from([Erase(project_id=name) for name in ("p", "q")]),
    ),
    min_size=2,
    max_size=10,
)


APPLE, BANANA = (Copy("t1", "a", "p", 0, 31, word) for word in WORDS[:2])
MOVED = replace(APPLE, start_hour=30, end_hour=32)
LATE_LOSER = replace(MOVED, end_hour=31, word="cherry")


class World:
    """A store, and the copies that searches are expected to find."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._arrived: list[Copy] = []
        self._arrival = NEW_YEAR_NS
        self._price = 0

    def apply(self, step: Step) -> None:
        """Apply a step to the store and to the reference."""
        match step:
            case list():
                self._store(step)
            case Erase(session, project_id):
                self._erase(session, project_id)
            case "index":
                index_messages(self._database, LIMITS)
            case "merge":
                with self._database.rollup_connection() as connection:
                    for table in ("spans", "message_texts"):
                        connection.command(f"OPTIMIZE TABLE {table} FINAL")
            case "reprice":
                self._price += 1
                price = CustomPrice(CallScope("m"), Rates(Decimal(self._price), Decimal(1)))
                list(apply(self._database, "w", PriceBook([price]), CallScope("m")))
            case "rebuild":
                list(rebuild(self._database))
            case str():
                raise AssertionError(step)
            case _:
                assert_never(step)

    def _store(self, copies: Sequence[Copy]) -> None:
        rows = [self._row(copy) for copy in copies]
        starts = [_ns(copy.start_hour) for copy in copies]
        trace_ids = sorted({copy.trace_id for copy in copies})
        with self._database.rollup_connection() as connection:
            connection.insert_rows("spans", _COLUMNS, rows)
            roll_up(
                connection,
                TouchedTraces("w", trace_ids, min(starts), max(starts)),
                version=self._database.next_version(),
            )
            advance_watermark(connection, self._arrival)
        self._arrived += copies

    def _row(self, copy: Copy) -> list[object]:
        self._arrival += 1
        said = {"input.value": f"a {copy.word}"} if copy.word else {}
        times = [_ns(copy.start_hour), _ns(copy.end_hour)]
        names = ["w", copy.trace_id, copy.span_id, copy.trace_id]
        return [*names, *times, self._arrival, copy.project_id, said, "llm", "m", 1]

    def _erase(self, session: str, project_id: str) -> None:
        if session:
            erase_sessions(self._database, "w", [session])
            self._arrived = [copy for copy in self._arrived if copy.trace_id != session]
        else:
            # The engine may have merged superseded copies; read which remain.
            erase_project(self._database, "w", project_id)
            remaining = self._stored()
            assert all(copy.project_id != project_id for copy in remaining)
            self._arrived = remaining

    def _stored(self) -> list[Copy]:
        with self._database.read_connection() as connection:
            rows = connection.rows_of(_STORED)
        return [
            Copy(
                row["trace_id"],
                row["span_id"],
                row["project_id"],
                (row["start_ns"] - NEW_YEAR_NS) // HOUR_NS,
                (row["end_ns"] - NEW_YEAR_NS) // HOUR_NS,
                row["said"].removeprefix("a "),
            )
            for row in rows
        ]

    def expected(self, word: str) -> list[str]:
        """The sessions with a winning copy that contains the word."""
        winning: dict[tuple[str, str], Copy] = {}
        for copy in self._arrived:
            key = (copy.trace_id, copy.span_id)
            if key not in winning or copy.end_hour >= winning[key].end_hour:
                winning[key] = copy
        return sorted({copy.trace_id for copy in winning.values() if copy.word == word})

    def check(self) -> None:
        """Assert that searches find the expected sessions."""
        for word in WORDS:
            listed = list_sessions(self._database, "w", Paging(), where=MessageSearch(word)).items
            assert sorted(one.external_id for one in listed) == self.expected(word)

    def verify(self) -> None:
        """Assert that there are no differences."""
        *_, report = verify(self._database)
        assert isinstance(report, Report)
        assert report.differences == ()


_COLUMNS = (
    "workspace_id",
    "trace_id",
    "span_id",
    "session_id",
    "start_time",
    "end_time",
    "arrived_at",
    "project_id",
    "attributes",
    "kind",
    "request_model",
    "input_tokens",
)
_STORED = (
    "SELECT trace_id, span_id, project_id, toUnixTimestamp64Nano(start_time) AS start_ns, "
    "toUnixTimestamp64Nano(end_time) AS end_ns, attributes['input.value'] AS said "
    "FROM spans ORDER BY arrived_at"
)


def _ns(hour: int) -> int:
    return NEW_YEAR_NS + hour * HOUR_NS


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One engine for all examples, as its start takes longer than an example."""
    folder = tmp_path_factory.mktemp("index") / "data"
    with opened(folder) as database:
        yield database
    shutil.rmtree(folder)


@examples(10)
@given(steps=steps)
@example(steps=[[APPLE], "index", [BANANA], "index", "merge"])
@example(steps=[[BANANA], "index", [APPLE], "merge", "index"])
@example(steps=[[APPLE], "index", [MOVED], "index", [BANANA], "index", "merge"])
@example(steps=[[MOVED], "index", [LATE_LOSER], "index", "reprice", "index"])
@example(steps=[[APPLE, replace(MOVED, project_id="q")], "index", Erase(project_id="q"), "index"])
def test_search_finds_winning_copies(shared: Database, steps: list[Step]) -> None:
    """In any order, split and repetition, indexed or not, merged or not."""
    empty(shared)
    world = World(shared)
    for step in steps:
        world.apply(step)
        world.check()
    world.verify()


def empty(database: Database) -> None:
    """Empty the tables for the next example."""
    with database.rollup_connection() as connection:
        for table in ("spans", "traces", "trace_locations", "sessions", "sessions_by_start"):
            connection.command(f"TRUNCATE TABLE {table}")
        for table in ("message_texts", "superseded_texts", "settled", "session_reports"):
            connection.command(f"TRUNCATE TABLE {table}")
