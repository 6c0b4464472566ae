"""The app in this process, for the commands that need it.

What takes the engine is imported inside the functions here: that takes a second or two, which a
command that only asks a running server need not wait for.
"""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sessionary.model.access import LOCAL_WORKSPACE
from sessionary.settings import Settings
from sessionary.store.clickhouse.data_folder import create_files_privately, refuse_taken

if TYPE_CHECKING:
    from fastapi import FastAPI


def make_app(settings: Settings, *, is_listening: bool = True) -> "FastAPI":
    """The whole server without listening; enter and exit its lifespan.

    The store is opened while the application is imported: each takes a second.

    Raises:
        DataFolderInUseError: another process has the data folder.
    """
    create_files_privately()
    refuse_taken(settings.data_folder)
    # Its C core would also log a port in use, in its own words.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    with _without_collecting():
        from sessionary.store.disk.open import open_meanwhile  # noqa: PLC0415

        opening = open_meanwhile(settings)
        from sessionary.app import create_app  # noqa: PLC0415

        return create_app(settings, is_listening=is_listening, opening=opening)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """What is imported stays: to look through it for garbage takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def load_sample_once(app: "FastAPI") -> int:
    """Load the sample into a running app unless it ever was; returns how many sessions."""
    from sessionary.sample.load import load_sample  # noqa: PLC0415

    state = app.state
    return await load_sample(state.ingest, state.database, LOCAL_WORKSPACE, now_ns=time.time_ns())
