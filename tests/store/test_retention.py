"""Retention: expired sessions and traces are deleted if a limit is set."""

import asyncio
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from sessionary.ingest.message_indexer import MessageIndexer
from sessionary.model.span_kind import LLM
from sessionary.services.maintenance.retention import Expired, Retention
from sessionary.store.clickhouse.pool import Database
from tests.support.generators import export_request
from tests.support.keys import ADMIN_KEY, bearer, guarded_server, new_key
from tests.support.reference import RefSpan
from tests.support.server import Json, Server
from tests.support.waiting import eventually, eventually_async

DAY_NS = 24 * 3600 * 10**9


def send(server: Server, session: str, *, number: int, days_ago: float, key: str = "") -> None:
    """Send a trace of one call that ended `days_ago`."""
    at_ns = time.time_ns() - int(days_ago * DAY_NS)
    span = RefSpan(
        f"{number:032x}",
        f"{number:016x}",
        name="chat",
        start_ns=at_ns,
        end_ns=at_ns,
        kind=LLM,
        session_id=session,
    )
    server.post(export_request([span]), headers=bearer(key or ADMIN_KEY))


def test_expired_sessions_are_deleted(tmp_path: Path) -> None:
    """As many as in the preview, in this workspace; active sessions stay complete."""
    with guarded_server(tmp_path / "data") as server:
        headers = bearer(ADMIN_KEY)
        server.client.post("/v2/workspaces", json={"id": "other"}, headers=headers)
        theirs = new_key(server, "ingest", "read", workspace_id="other")["key"]
        send(server, "old", number=1, days_ago=40, key=theirs)
        send(server, "old", number=2, days_ago=40)
        send(server, "resumed", number=3, days_ago=40)
        send(server, "resumed", number=4, days_ago=1)
        send(server, "", number=5, days_ago=40)
        server.client.headers.update(headers)
        assert server.get("/v2/retention") == {"days": 0, "server_days": 0}
        preview = server.get("/v2/retention/preview", days="30")
        assert preview == {"sessions_count": 1, "traces_count": 1}
        answer = server.client.put("/v2/retention", json={"days": 30})
        assert answer.json() == {"days": 30, "workspace_days": 30, "server_days": 0}
        eventually(lambda: not server.has_session("old"))
        assert len(server.traces("resumed")) == 2
        eventually(lambda: not server.sessionless_traces())
        entries: list[Json] = server.get("/v2/audit-log")["data"]
        eventually(lambda: server.get("/v2/audit-log")["data"][0]["actor"] == "retention")
        (entry, changed, *_) = server.get("/v2/audit-log")["data"]
        assert entry["detail"] == "sessions: 1, traces in none: 1", entries
        assert (changed["action"], changed["detail"]) == ("retention.change", "30 days")
        server.client.headers.update(bearer(theirs))
        assert server.has_session("old")


def test_workspace_overrides_the_server_setting(tmp_path: Path) -> None:
    """The server's setting is the default, and applies from its start."""
    folder = tmp_path / "data"
    with Server(folder) as server:
        server.client.put("/v2/retention", json={"days": 0})
        send(server, "old", number=1, days_ago=40)
    with Server(folder, settings={"SESSIONARY_RETENTION_DAYS": "30"}) as server:
        overridden = {"days": 0, "workspace_days": 0, "server_days": 30}
        assert server.get("/v2/retention") == overridden
        assert server.has_session("old")
        answer = server.client.put("/v2/retention", json={"days": None})
        assert answer.json() == {"days": 30, "server_days": 30}
        eventually(lambda: not server.has_session("old"))


def test_about_has_the_storage_of_tables(fresh_server: Server) -> None:
    """Only for admins of the default workspace."""
    send(fresh_server, "kept", number=1, days_ago=0)
    about = fresh_server.get("/v2/about")
    assert (about["topology"], about["mode"]) == ("embedded", "local")
    tables = {table["name"]: table for table in about["storage"]["tables"]}
    assert tables["spans"]["rows"] == 1
    assert about["storage"]["bytes"] == sum(table["bytes"] for table in tables.values())
    reader = new_key(fresh_server, "read")["key"]
    about = fresh_server.client.get("/v2/about", headers=bearer(reader)).json()
    assert "storage" not in about


def test_failure_in_one_workspace_does_not_stop_others(tmp_path: Path) -> None:
    """Its deletions are reported, and later workspaces follow."""
    folder = tmp_path / "data"
    with guarded_server(folder) as server:
        for number, name in enumerate(("a", "b")):
            server.client.post("/v2/workspaces", json={"id": name}, headers=bearer(ADMIN_KEY))
            key = new_key(server, "ingest", workspace_id=name)["key"]
            send(server, "old", number=number + 1, days_ago=40, key=key)
    reported: list[tuple[str, Expired]] = []

    def report(workspace_id: str, deleted: Expired) -> None:
        reported.append((workspace_id, deleted))
        if len(reported) == 1:
            raise RuntimeError("no luck")

    async def keep(database: Database) -> None:
        keeping = asyncio.create_task(Retention(database, 30, report).keep())
        await eventually_async(lambda: reported and not database_has(database, "old"))
        keeping.cancel()
        await asyncio.wait([keeping])

    with closing(opened(folder)) as database:
        asyncio.run(asyncio.wait_for(keep(database), 60))
    assert reported == [("a", Expired(1, 0)), ("b", Expired(1, 0))]


def opened(folder: Path) -> Database:
    return Database(f"chdb://{folder}", clients=1, memory_bytes=500_000_000)


def database_has(database: Database, session: str) -> bool:
    with database.read_connection() as connection:
        return bool(connection.rows_of(f"SELECT 1 FROM sessions WHERE external_id = '{session}'"))


def test_indexer_continues_after_an_error(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It logs the error and retries."""
    asked = threading.Semaphore(0)

    def is_busy() -> bool:
        asked.release()
        raise RuntimeError("no luck")

    with closing(opened(tmp_path / "data")) as database:
        indexer = MessageIndexer(database, is_busy=is_busy)
        indexer.start()
        assert all(asked.acquire(timeout=10) for _ in range(2))
        indexer.stop()
    assert "no luck" in caplog.text
