"""The folder of an embedded store: who has it open, and where that process listens.

Imports nothing heavy: a command asks this before it knows whether it needs the engine at all.
"""

import fcntl
from pathlib import Path

from sessionary.errors import DataFolderInUseError

ADDRESS_FILE = "server.json"
"""There while a server runs on the folder: its address and process id."""

_LOCK_FILE = "status"
"""Locked by the engine while a process has the folder open."""


def refuse_taken(folder: Path | None) -> None:
    """Say that another process has the folder before the engine says it in its own words.

    Raises:
        DataFolderInUseError: another process has the folder.
    """
    if folder is None or not (folder / _LOCK_FILE).exists():
        return
    with (folder / _LOCK_FILE).open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DataFolderInUseError(
                f"another process has the data folder {folder} open: stop it, or use another "
                "folder (SESSIONARY_DATABASE_URL=chdb:///another/folder)"
            ) from error
