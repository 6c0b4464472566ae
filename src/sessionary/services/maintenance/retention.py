"""Delete sessions and traces without activity for the configured number of days."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from sessionary.model.workspace import Workspace
from sessionary.store.admin.workspaces import list_workspaces
from sessionary.store.clickhouse.pool import Database
from sessionary.store.erasure.erase import erase_expired
from sessionary.store.erasure.expired import count_expired

log = logging.getLogger(__name__)

_EVERY_SECONDS = 3600.0
# Ingest waits for one batch at most, and runs before the next.
_BATCH, _PAUSE_SECONDS = 200, 0.2
_NS_PER_DAY = 24 * 3600 * 10**9

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Expired:
    """How much had no activity for so long."""

    sessions: int
    traces: int
    """Those in no session."""


def expired(database: Database, workspace_id: str, days: int) -> Expired:
    """What a retention of `days` would delete now; nothing for 0."""
    return Expired(*count_expired(database, workspace_id, _before_ns(days)) if days else (0, 0))


class Retention:
    """Applies the retention of each workspace, else `server_days`, every hour.

    `on_deleted` is called with the workspace and what was deleted.
    """

    def __init__(
        self, database: Database, server_days: int, on_deleted: Callable[[str, Expired], None]
    ) -> None:
        self._database = database
        self._on_deleted = on_deleted
        self._changed = asyncio.Event()
        self.server_days = server_days

    def days_of(self, workspace: Workspace) -> int:
        """After how many days without activity its sessions are deleted; 0 is never."""
        own = workspace.retention_days
        return self.server_days if own is None else own

    def wake(self) -> None:
        """A workspace changed its mind: begin at once."""
        self._changed.set()

    async def keep(self) -> None:
        """Delete what is due, again and again."""
        while True:
            self._changed.clear()
            try:
                await self._delete_due()
            except Exception:
                log.exception("which workspaces have a retention could not be read")
            try:
                await asyncio.wait_for(self._changed.wait(), _EVERY_SECONDS)
            except TimeoutError:
                continue

    async def _delete_due(self) -> None:
        for workspace in await asyncio.to_thread(list_workspaces, self._database):
            if not (days := self.days_of(workspace)):
                continue
            try:
                await self._delete_of(workspace.id, _before_ns(days))
            except Exception:
                log.exception("what is older than the retention of %r stays", workspace.id)

    async def _delete_of(self, workspace_id: str, before_ns: int) -> None:
        deleted: list[Expired] = []
        batch = partial(self._delete_batch, workspace_id, before_ns, deleted)
        try:
            while await _finished(asyncio.to_thread(batch)):
                await asyncio.sleep(_PAUSE_SECONDS)
        finally:
            # Also after a batch failed or the server was stopped.
            if deleted:
                sessions, traces = sum(d.sessions for d in deleted), sum(d.traces for d in deleted)
                await asyncio.to_thread(self._on_deleted, workspace_id, Expired(sessions, traces))

    def _delete_batch(self, workspace_id: str, before_ns: int, deleted: list[Expired]) -> bool:
        """Whether there was anything to delete, which `deleted` has then."""
        counts = erase_expired(self._database, workspace_id, before_ns=before_ns, limit=_BATCH)
        if any(counts):
            deleted.append(Expired(*counts))
        return any(counts)


async def _finished(work: Coroutine[Any, Any, T]) -> T:
    """What the work returns; who is cancelled meanwhile waits for its end."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    finally:
        await asyncio.wait([task])


def _before_ns(days: int) -> int:
    return time.time_ns() - days * _NS_PER_DAY
