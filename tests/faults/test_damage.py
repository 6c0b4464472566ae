"""Damaged files: reports at start, errors of reads, and the suggested repair."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.support.contacts import chat
from tests.support.conversation_spans import spoken_request
from tests.support.server import Server
from tests.support.waiting import eventually

SESSIONS = {f"session {number}" for number in range(3)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a stopped server, with indexed messages."""
    with Server(tmp_path_factory.mktemp("whole") / "data") as server:
        for number in range(3):
            server.post(spoken_request([chat("ada", f"session {number}", number + 1)]))
        server.client.post("/v2/sessions", json={"external_id": "reported"}).raise_for_status()
        score = {"session_id": "session 0", "name": "quality", "value": 1}
        server.client.post("/v2/scores", json=score).raise_for_status()
        eventually(lambda: rows(server, "message_texts") == 3, details=server.output)
        server.terminate()
        return server.folder


def rows(server: Server, table: str) -> int:
    """The number of rows of a table."""
    found: list[int] = [
        t["rows"] for t in server.get("/v2/about")["storage"]["tables"] if t["name"] == table
    ]
    return sum(found)


def cut_short(path: Path) -> None:
    """Truncate a file, as an interrupted copy does; the engine does not load it."""
    path.write_bytes(path.read_bytes()[:10])


def flip_bits(path: Path) -> None:
    """Flip a bit in every block; the engine detects it when it reads."""
    content = bytearray(path.read_bytes())
    for place in range(40, len(content), 40):
        content[place] ^= 1
    path.write_bytes(content)


def damaged(folder: Path, copy: Path, tables: Mapping[str, Callable[[Path], None]]) -> Server:
    """A server on a copy of the folder with damaged tables."""
    shutil.copytree(folder, copy, symlinks=True)
    for table, damage in tables.items():
        # Symbolic links in the folder are absolute.
        stored = (folder / "data" / "default" / table).resolve().relative_to(folder)
        parts = list((copy / stored).glob("*/data.bin"))
        assert parts
        for part in parts:
            damage(part)
    return Server(copy)


def test_unloadable_part_is_reported_with_remedy(folder: Path, tmp_path: Path) -> None:
    """In the log, in the readiness check and to admins, until the part is deleted."""
    with damaged(folder, tmp_path / "data", {"spans": cut_short}) as server:
        ready = server.get("/readyz")
        parts = server.get("/v2/about")["damaged_parts"]
        assert ready["damaged_parts"] == len(parts) > 0
        for part in parts:
            assert part["table"] == "spans"
            assert "restore the latest backup" in part["action"]
            assert part["path"] in server.output()
            shutil.rmtree(part["path"])
        assert "damaged_parts" not in server.get("/v2/about")
        assert "damaged_parts" not in server.get("/readyz")


def test_rebuild_repairs_damaged_derived_tables(folder: Path, tmp_path: Path) -> None:
    tables = dict.fromkeys(("sessions", "traces"), cut_short)
    with damaged(folder, tmp_path / "data", tables) as server:
        assert server.get("/v2/about")["damaged_parts"]
        server.client.post("/v2/sessions/rebuild", timeout=60).raise_for_status()
        assert set(server.sessions()) == {*SESSIONS, "reported"}
        assert server.verify()["differences"] == []
        assert "damaged_parts" not in server.get("/v2/about")


@pytest.mark.parametrize(
    "tables", [{"settled": cut_short}, dict.fromkeys(("settled", "sessions_by_start"), flip_bits)]
)
def test_server_starts_without_derived_tables(
    folder: Path, tmp_path: Path, tables: Mapping[str, Callable[[Path], None]]
) -> None:
    """And rebuilds everything at once, whether or not it read the other table before."""
    with damaged(folder, tmp_path / "data", tables) as server:
        assert "the table settled is damaged: emptying it" in server.output()
        assert set(server.sessions()) == {*SESSIONS, "reported"}
        assert server.verify()["differences"] == []
        assert "damaged_parts" not in server.get("/readyz")


def test_damaged_message_index_is_rebuilt(folder: Path, tmp_path: Path) -> None:
    """While the server is running, as soon as the indexer reads it."""
    with damaged(folder, tmp_path / "data", {"message_texts": flip_bits}) as server:
        server.post(spoken_request([chat("ada", "session 0", 1)]))
        logged = "indexing the messages of all spans again"
        eventually(lambda: logged in server.output(), details=server.output)
        eventually(lambda: rows(server, "message_texts") == 3, details=server.output)
        assert server.verify()["differences"] == []


def test_error_for_damaged_data_names_the_table(folder: Path, tmp_path: Path) -> None:
    """Other requests succeed."""
    with damaged(folder, tmp_path / "data", {"scores": flip_bits}) as server:
        answer = server.client.get("/v2/scores")
        assert answer.status_code == 503
        message = answer.json()["message"]
        assert "the table scores is damaged on disk" in message
        assert "restore the latest backup" in message
        assert set(server.sessions()) == {*SESSIONS, "reported"}
