"""Connections to ClickHouse, embedded or remote, and the errors of both in our words."""

import queue
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import clickhouse_connect
import pyarrow as pa
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import Error as ClickHouseError

from sessionary.errors import (
    ConfigurationError,
    QueryMemoryError,
    QueryTimeoutError,
    SessionaryError,
    StorageError,
)
from sessionary.model.event import SessionEvent, coalesce
from sessionary.store.clickhouse.damage import damage_of
from sessionary.store.clickhouse.data_folder import prepare, refuse_taken
from sessionary.store.clickhouse.query_tag import reader_settings
from sessionary.store.clickhouse.running_statements import Running
from sessionary.store.clickhouse.statements import statement
from sessionary.store.clickhouse.topology import Topology

# A deletion is a task for each part of its table: without room for them all to wait for the two
# threads, the pool sleeps for up to a second in between.
# Replaced parts are deleted within seconds: they contain erased rows, and take disk space. A merge
# is therefore synced to disk before its sources go. Only the latest mutation is kept, which
# store/disk/scrub.py makes one without literals; 0 would keep all.
_SERVER_CONFIG = """<clickhouse>
    <max_server_memory_usage>{memory}</max_server_memory_usage>
    <mark_cache_size>33554432</mark_cache_size>
    <uncompressed_cache_size>0</uncompressed_cache_size>
    <background_pool_size>2</background_pool_size>
    <background_merges_mutations_concurrency_ratio>8</background_merges_mutations_concurrency_ratio>
    <background_schedule_pool_size>4</background_schedule_pool_size>
    <merge_tree>
        <merge_max_block_size>1024</merge_max_block_size>
        <auto_statistics_types></auto_statistics_types>
        <max_bytes_to_merge_at_max_space_in_pool>10737418240</max_bytes_to_merge_at_max_space_in_pool>
        <min_compressed_bytes_to_fsync_after_merge>1</min_compressed_bytes_to_fsync_after_merge>
        <old_parts_lifetime>1</old_parts_lifetime>
        <cleanup_delay_period>2</cleanup_delay_period>
        <cleanup_delay_period_random_add>0</cleanup_delay_period_random_add>
        <max_cleanup_delay_period>10</max_cleanup_delay_period>
        <finished_mutations_to_keep>1</finished_mutations_to_keep>
        <allow_experimental_replacing_merge_with_cleanup>1</allow_experimental_replacing_merge_with_cleanup>
    </merge_tree>
</clickhouse>
"""
_SETTINGS = {
    "max_query_size": 64 * 1024 * 1024,
    "max_recursive_cte_evaluation_depth": 100,
    "max_threads": 2,
    # Else the small memory limit of an embedded engine leaves every query one thread.
    "max_threads_min_free_memory_per_thread": 0,
    "date_time_input_format": "best_effort",
    # A search for three letters asks the index on words, too (store/messages/search_index.py).
    "text_index_like_min_pattern_length": 3,
    # What would be looked up so often is quicker read in full, and takes memory kept sorted.
    "use_index_for_in_with_subqueries_max_values": 100_000,
    # Engine 26.5 compares the threshold of one key with another key where rows tie in the first.
    "use_top_k_dynamic_filtering": 0,
    # To read them takes longer than they save.
    "use_statistics": 0,
    # Engine 26.5 takes two conditions for the same where only the rows of a subquery in them
    # differ, and then skips granules that match.
    "use_query_condition_cache": 0,
    # On a cluster, what is acknowledged is on its shard, not on its way there.
    "distributed_foreground_insert": 1,
}
Rows = list[dict[str, Any]]

_TIMEOUT_EXCEEDED = 159
_MEMORY_EXCEEDED = 241
_DISK_FULL = re.compile(r"NOT_ENOUGH_SPACE|No space left|Code: 243|CANNOT_WRITE_TO_FILE|errno: 28")


class Database:
    """A pool of clients on one database; a client runs one query at a time.

    Errors: `StorageError` for whatever the engine refuses, `DataFolderInUseError` where another
    process has the folder, `ConfigurationError` for an address that cannot work.
    """

    def __init__(
        self,
        url: str,
        *,
        clients: int,
        memory_bytes: int,
        read_seconds: int = 30,
    ) -> None:
        self._url = url
        self._on_change: Callable[[Sequence[SessionEvent]], None] = lambda _events: None
        self._has_subscribers: Callable[[], bool] = lambda: False
        self.memory_bytes = memory_bytes
        """The most memory that the embedded engine may take."""
        parts = urlsplit(url)
        if parts.scheme not in {"chdb", "clickhouse", "clickhouses"}:
            raise ConfigurationError(
                f"SESSIONARY_DATABASE_URL={url!r}: the scheme must be chdb, clickhouse or "
                "clickhouses, as in chdb:///var/lib/sessionary"
            )
        cluster = parse_qs(parts.query).get("cluster", [""])[0]
        self.topology = Topology(is_embedded=parts.scheme == "chdb", cluster=cluster)
        if self.topology.is_embedded:
            prepare(self._folder())
            refuse_taken(self._folder())
        self._all: list[Client] = []
        # Storing shares the machine with two other threads: more would only take turns.
        connect = partial(self._connect_another, max_threads=1)
        self._writer = _LazyClient(connect, "writer", self._connect(max_threads=1))
        self._inserter, self._indexer = (
            _LazyClient(connect, "inserter"),
            _LazyClient(connect, "indexer"),
        )
        self._claimer = _LazyClient(connect, "claimer")
        # Its own, since it is wanted when all readers are busy.
        self._ender = _LazyClient(connect)
        self._prober = _LazyClient(partial(self._connect_another, max_execution_time=read_seconds))
        self._scrubber = _LazyClient(connect)
        self._version, self._version_lock = 0, threading.Lock()
        self.has_interrupted_writes = True
        """A write may have ended between two statements (store/pending_writes/complete.py)."""
        connect_reader = partial(self._connect_another, max_execution_time=read_seconds)
        # Whichever was used last is used next: those that are never needed never connect.
        self._readers: queue.LifoQueue[_LazyClient] = queue.LifoQueue()
        for _ in range(clients):
            self._readers.put(_LazyClient(connect_reader))

    def publish_to(
        self,
        on_change: Callable[[Sequence[SessionEvent]], None],
        has_subscribers: Callable[[], bool],
    ) -> None:
        """Publish changes of sessions to `on_change` while `has_subscribers`."""
        self._on_change, self._has_subscribers = on_change, has_subscribers

    def close(self) -> None:
        """Close every client; the folder is free afterwards."""
        for client in self._all:
            client.close()
        self._all.clear()

    @contextmanager
    def read_connection(self) -> Iterator["Connection"]:
        """A client for reads, waiting for one to be free."""
        reader = self._readers.get()
        try:
            with reader.acquire() as client:
                yield self._connection(client)
        finally:
            self._readers.put(reader)

    def probe(self) -> None:
        """Run a query on a client of its own, which waits for no other.

        Raises:
            StorageError: the store does not answer.
        """
        with self._prober.acquire() as client:
            self._connection(client).rows_of("SELECT 1")

    def running_writes(self, *, seconds: float) -> list[str]:
        """The statements of the lines that write which have been running for so long."""
        writers = (self._writer, self._inserter, self._indexer, self._claimer)
        return [text for line in writers if (text := line.running.described(seconds))]

    def kill_queries(self, reader: str) -> None:
        """End the queries that run for `reader`; those that wait for a client go on waiting."""
        with self.kill_connection() as connection:
            connection.rows("clickhouse/kill_queries", {"reader": reader})

    @contextmanager
    def rollup_connection(self) -> Iterator["Connection"]:
        """The one client that writes derived rows, one write at a time.

        Its events are published when it ends, before another begins, and so stay in order.
        """
        with self._writer.acquire() as client:
            connection = self._connection(client, self._writer.running)
            try:
                yield connection
            except Exception as error:
                self.has_interrupted_writes |= _may_have_written(error)
                raise
            finally:
                self._on_change(coalesce(connection.events))

    @contextmanager
    def insert_connection(self) -> Iterator["Connection"]:
        """The one client that stores what arrived, also while something is being derived."""
        with self._inserter.acquire() as client:
            yield self._connection(client, self._inserter.running)

    @contextmanager
    def index_connection(self) -> Iterator["Connection"]:
        """The one client that indexes messages, in parallel with all others.

        Hold it while deleting spans, so that the indexer cannot index them again.
        """
        with self._indexer.acquire() as client:
            yield self._connection(client, self._indexer.running)

    @contextmanager
    def claim_connection(self) -> Iterator["Connection"]:
        """The one client that looks up owners for keys of projects.

        Hold it until what was decided is known to the next holder. `writing` may be taken inside
        it, never the other way round.
        """
        with self._claimer.acquire() as client:
            yield self._connection(client, self._claimer.running)

    @contextmanager
    def scrub_connection(self) -> Iterator["Connection"]:
        """The one client for long work on table files, in parallel with all others."""
        with self._scrubber.acquire() as client:
            yield self._connection(client)

    @contextmanager
    def kill_connection(self) -> Iterator["Connection"]:
        """The one client that ends the work of others."""
        with self._ender.acquire() as client:
            yield self._connection(client)

    def next_version(self, *, after: int = 0, count: int = 1) -> int:
        """A version for derived rows: greater than any before it, and than `after`.

        Take it while writing, so that what is derived later has the greater version. Of `count`
        consecutive versions this is the first.
        """
        with self._version_lock:
            first = max(time.time_ns(), self._version + 1, after + 1)
            self._version = first + count - 1
            return first

    def _connection(self, client: Client, running: Running | None = None) -> "Connection":
        return Connection(
            client,
            self._has_subscribers,
            running or Running(),
            is_embedded=self.topology.is_embedded,
        )

    def _connect_another(self, **settings: int) -> Client:
        try:
            return self._connect(**settings)
        except ConfigurationError as error:
            # The first is connected: the address is right.
            raise StorageError(str(error)) from error

    def _connect(self, **settings: int) -> Client:
        try:
            client = clickhouse_connect.get_client(**self._address(), settings=_SETTINGS | settings)
        except (ClickHouseError, RuntimeError, OSError) as error:
            raise _connection_error(self._url, error) from error
        self._all.append(client)
        return client

    def _address(self) -> dict[str, Any]:
        parts = urlsplit(self._url)
        if self.topology.is_embedded:
            return {"interface": "chdb", "path": self._folder_with_config()}
        options = {k: v[0] for k, v in parse_qs(parts.query).items() if k != "cluster"}
        scheme = "https" if parts.scheme == "clickhouses" else "http"
        return {"dsn": urlunsplit((scheme, parts.netloc, parts.path, urlencode(options), ""))}

    def _folder(self) -> Path:
        parts = urlsplit(self._url)
        return Path(f"{parts.netloc}{parts.path}").absolute()

    def _folder_with_config(self) -> str:
        folder = self._folder()
        config = folder / "engine.xml"
        content = _SERVER_CONFIG.format(memory=self.memory_bytes)
        if not config.exists() or config.read_text() != content:
            config.write_text(content)
        return f"{folder}?config-file={config}"


class _LazyClient:
    """A client for one at a time; connected when it is first wanted, since that takes a while."""

    def __init__(
        self, connect: Callable[[], Client], name: str = "", client: Client | None = None
    ) -> None:
        self._connect, self._client = connect, client
        self.running = Running(name)
        self._lock = threading.Lock()

    @contextmanager
    def acquire(self) -> Iterator[Client]:
        """The client, once it is free."""
        with self._lock:
            self._client = self._client or self._connect()
            yield self._client


class Connection:
    """One client, for as long as its holder needs it."""

    def __init__(
        self,
        client: Client,
        has_subscribers: Callable[[], bool],
        running: Running,
        *,
        is_embedded: bool,
    ) -> None:
        self._client = client
        self._running = running
        self._is_embedded = is_embedded
        self.has_subscribers = has_subscribers
        self.events: list[SessionEvent] = []

    def record(self, events: Iterable[SessionEvent]) -> None:
        """Record events of sessions, to be published when the write ends."""
        self.events.extend(events)

    def rows(self, name: str, parameters: Mapping[str, object] | None = None, **slots: str) -> Rows:
        """Run the query in `<name>.sql`."""
        return self.rows_of(statement(name).substitute(slots), parameters, name=name)

    def rows_of(
        self, sql: str, parameters: Mapping[str, object] | None = None, *, name: str = ""
    ) -> Rows:
        """Run a query that store/ built."""
        with self._working(name or sql):
            found = self._client.query(
                sql, parameters=dict(parameters or {}), settings=reader_settings()
            )
            return list(found.named_results())

    def columns(
        self, name: str, parameters: Mapping[str, object] | None = None
    ) -> dict[str, Sequence[Any]]:
        """Run the query in `<name>.sql`; each column as one list, which many rows need.

        Read as Arrow: the native format has no columns where there are no rows.
        """
        table = self.table(name, parameters)
        return {column: table.column(column).to_pylist() for column in table.column_names}

    def table(
        self, name: str, parameters: Mapping[str, object] | None = None, **slots: str
    ) -> pa.Table:
        """Run the query in `<name>.sql`, for whole columns."""
        sql = statement(name).substitute(slots)
        with self._working(name):
            return self._client.query_arrow(
                sql, parameters=dict(parameters or {}), settings=reader_settings()
            )

    def run(self, name: str, parameters: Mapping[str, object] | None = None, **slots: str) -> None:
        """Run the statement in `<name>.sql`."""
        self.command(statement(name).substitute(slots), parameters, name=name)

    def command(
        self, sql: str, parameters: Mapping[str, object] | None = None, *, name: str = ""
    ) -> None:
        """Run a statement that store/ built."""
        with self._working(name or sql):
            self._client.command(sql, parameters=dict(parameters or {}))

    def insert(self, table: str, rows: pa.Table) -> None:
        """Insert a whole Arrow table: durable when this returns."""
        with self._working(f"insert into {table}"):
            self._client.insert_arrow(table, rows)

    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> None:
        """Insert a few rows."""
        with self._working(f"insert into {table}"):
            self._client.insert(table, rows, column_names=list(columns))

    @contextmanager
    def _working(self, what: str) -> Iterator[None]:
        with _translated(), self._running.statement(what):
            try:
                yield
            except Exception:
                if self._is_embedded:
                    self._take_leftovers()
                raise

    def _take_leftovers(self) -> None:
        """Discard the rows of a failed query: the engine would return them to the next one."""
        with suppress(ClickHouseError, RuntimeError, OSError):
            self._client.raw_query("SELECT 1 FORMAT Null")


def _may_have_written(error: Exception) -> bool:
    """Whether a write that raised this may have executed some of its statements."""
    return isinstance(error, StorageError) or not isinstance(error, SessionaryError)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (ClickHouseError, RuntimeError, OSError) as error:
        if isinstance(error, ClickHouseError) and error.code == _TIMEOUT_EXCEEDED:
            raise QueryTimeoutError(
                "this takes longer than a read may (query_timeout_seconds): ask for less"
            ) from error
        if isinstance(error, ClickHouseError) and error.code == _MEMORY_EXCEEDED:
            raise QueryMemoryError(
                "this needs more memory than the engine has (max_memory_bytes): ask for less, or "
                f"raise that setting. {_first_line(error)}"
            ) from error
        if _DISK_FULL.search(str(error)):
            raise StorageError("the disk is full: free some space, then send this again") from error
        code = error.code if isinstance(error, ClickHouseError) else None
        if damage := damage_of(code, str(error)):
            raise damage from error
        raise StorageError(f"the database failed: {_first_line(error)}") from error


def _connection_error(url: str, error: Exception) -> ConfigurationError:
    host = urlsplit(url).hostname
    return ConfigurationError(f"cannot open the database ({host or url}): {_first_line(error)}")


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:500]
