"""A store that does not respond, and a process that does not stop."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.watchdog import StoreWatch
from tests.support.waiting import eventually

END_SECONDS = 10
LONG = "SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))"

# A process with a thread that never ends, or one that holds the GIL and never returns from C, so
# that no Python thread runs.
UNSTOPPABLE = """
import ctypes, logging, signal, sys, threading
from sessionary.cli.server.deadline import EndDeadline
from tests.support.waiting import eventually
logging.basicConfig()
deadline = EndDeadline(lambda: ["the writer has been running 'rollups/traces' for 9 s"])
ended = threading.Event()
def stop(number, frame):
    deadline.start()
    ended.set()
signal.signal(signal.SIGTERM, stop)
print("running", flush=True)
ended.wait()
if sys.argv[1] == "thread":
    threading.Thread(target=threading.Event().wait, name="stuck").start()
else:
    ctypes.PyDLL(None).sleep(60)
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"chdb://{tmp_path / 'data'}", clients=1, memory_bytes=512 * 1024 * 1024)
    yield opened
    opened.close()


def test_unresponsive_store_is_not_ready(database: Database) -> None:
    """The reason is the error of the store."""
    now = [0.0]
    watch = StoreWatch(database, silent_seconds=2, clock=lambda: now[0])

    def fails_later() -> bool:
        now[0] += 3
        return "the database failed" in watch.failure()

    now[0] += 3
    assert "has not answered for 3 s" in watch.failure()
    watch.start()
    try:
        eventually(lambda: watch.failure() == "")
        database.close()
        eventually(fails_later)
        assert "has not answered for" in watch.failure()
    finally:
        watch.stop()


def test_stuck_write_is_reported_with_its_statement(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """Logged once, and once when it ends; reads are not affected."""
    watch = StoreWatch(database, stuck_seconds=1)
    watch.start()

    def insert() -> None:
        with database.insert_connection() as connection:
            connection.rows_of(
                f"{LONG} SETTINGS max_execution_time = 5, timeout_overflow_mode = 'break'"
            )

    inserting = threading.Thread(target=insert)
    inserting.start()
    try:
        eventually(lambda: "the inserter has been running 'SELECT count()" in watch.failure())
        with database.read_connection() as connection:
            assert connection.rows_of("SELECT 1 AS one") == [{"one": 1}]
        inserting.join()
        eventually(lambda: watch.failure() == "")
        eventually(lambda: "answers again" in caplog.text)
        assert caplog.text.count("not ready") == 1
    finally:
        inserting.join()
        watch.stop()


@pytest.mark.parametrize(
    ("how", "status", "logged"),
    [
        ("thread", 1, "the writer has been running 'rollups/traces' for 9 s; thread stuck in "),
        ("interpreter", -signal.SIGALRM, ""),
    ],
)
def test_sigterm_ends_a_process_that_is_stuck(how: str, status: int, logged: str) -> None:
    """The log names the unfinished work, if a thread can still write it."""
    process = subprocess.Popen(
        [sys.executable, "-c", UNSTOPPABLE, how],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "running\n"
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=END_SECONDS)
    assert process.returncode == status
    assert logged in errors
