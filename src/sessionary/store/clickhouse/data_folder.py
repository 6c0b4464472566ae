"""The folder of an embedded store: its permissions, its lock, and where its server listens.

Imports nothing heavy: a command asks this before it knows whether it needs the engine at all.
"""

import fcntl
import logging
import os
from pathlib import Path

from sessionary.errors import ConfigurationError, DataFolderInUseError

log = logging.getLogger(__name__)

ADDRESS_FILE = "server.json"
"""There while a server runs on the folder: its address and process id."""

_LOCK_FILE = "status"
"""Locked by the engine while a process has the folder open."""


_PRIVATE, _OTHERS = 0o700, 0o077


def create_files_privately() -> None:
    """Give no other user access to files that this process creates from now on."""
    os.umask(_OTHERS)


def prepare(folder: Path) -> None:
    """Create the folder, or check and tighten the one that is there: it contains all prompts.

    Raises:
        ConfigurationError: this process cannot create it or write to it.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=_PRIVATE, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"cannot create the data folder {folder}: {os.strerror(error.errno or 0)}; "
            "SESSIONARY_DATABASE_URL=chdb:///another/folder names another one"
        ) from error
    _refuse_unwritable(folder)
    _tighten(folder)


def _refuse_unwritable(folder: Path) -> None:
    if os.access(folder, os.W_OK | os.X_OK):
        return
    read_only = bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    reason = (
        "it is on a read-only file system: mount it with write access"
        if read_only
        else f"it is read-only for the user id {os.geteuid()}: change its owner or its mode"
    )
    raise ConfigurationError(f"cannot write to the data folder {folder}: {reason}")


def _tighten(folder: Path) -> None:
    mode = folder.stat().st_mode
    if not mode & _OTHERS:
        return
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(_PRIVATE)
        log.warning("other users had access to the data folder %s: its mode is 700 now", folder)
    else:
        log.warning(
            "other users have access to the data folder %s, whose owner is another user: "
            "its mode should be 700",
            folder,
        )


def refuse_taken(folder: Path | None) -> None:
    """Say that another process has the folder before the engine says it in its own words.

    A folder that this process may not read is left to `prepare`.

    Raises:
        DataFolderInUseError: another process has the folder.
    """
    if folder is None or not os.access(folder / _LOCK_FILE, os.R_OK):
        return
    with (folder / _LOCK_FILE).open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DataFolderInUseError(
                f"another process has the data folder {folder} open: stop it, or use another "
                "folder (SESSIONARY_DATABASE_URL=chdb:///another/folder)"
            ) from error
