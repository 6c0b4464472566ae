"""The data folder: access only for its owner, and clear errors if it is unusable."""

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.support.server import Server

UNPRIVILEGED_USER = 65_534


@pytest.fixture
def usual_umask() -> None:
    """Set the usual umask, with which new files are readable by all."""
    os.umask(0o022)


@pytest.mark.usefixtures("usual_umask")
def test_other_users_have_no_access_to_a_new_folder(tmp_path: Path) -> None:
    """Neither to the folder nor to a file in it."""
    with Server(tmp_path / "data") as server:
        server.client.post("/v2/sessions", json={"external_id": "one"}).raise_for_status()
        paths = [server.folder, *server.folder.rglob("*")]
        paths = [path for path in paths if not path.is_symlink()]
        assert (server.folder / "server.json") in paths
        assert [path for path in paths if _mode(path) & 0o077] == []


@pytest.mark.usefixtures("usual_umask")
def test_start_restricts_access_to_an_open_folder(tmp_path: Path) -> None:
    """Files of an older version keep their modes but cannot be reached."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    with Server(folder) as server:
        assert _mode(folder) == 0o700
        assert f"other users had access to the data folder {folder}" in server.output()
        server.restart()
        assert server.output().count("other users had access") == 1


def test_unwritable_folder_is_refused_with_the_reason() -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent, "data")
        folder.mkdir(mode=0o555)
        Path(parent).chmod(0o755)
        refusal = _refusal(folder)
        assert f"cannot write to the data folder {folder}: it is read-only for" in refusal
        refusal = _refusal(folder / "inner")
        assert f"cannot create the data folder {folder / 'inner'}: Permission denied" in refusal


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def _refusal(folder: Path) -> str:
    """The error message for an unprivileged user."""
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from sessionary.store.clickhouse.data_folder import prepare\n"
        f"os.geteuid() or os.setuid({UNPRIVILEGED_USER})\n"
        "prepare(Path(sys.argv[1]))\n"
    )
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    return done.stderr
