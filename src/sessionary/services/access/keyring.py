"""The keys in memory, so that letting a request in asks the store nothing."""

import asyncio
import logging
import threading
import time

from sessionary.errors import StorageError
from sessionary.model.api_key import ApiKey
from sessionary.services.access.secret import hash_of
from sessionary.store.admin.api_keys import all_api_keys, mark_used
from sessionary.store.clickhouse.pool import Database

log = logging.getLogger(__name__)

# How long a key that another process revoked is still accepted, and its last use is not written.
_REFRESH_SECONDS = 30.0
# A key that another process made is looked for, but not for every request of a guesser.
_UNKNOWN_SECONDS = 1.0


class Keyring:
    """All keys; what this process changes of them holds at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # An embedded store has no other process to change it.
        self._is_shared = not database.topology.is_embedded
        self._keys: dict[str, ApiKey] = {}
        self._keys_by_id: dict[str, ApiKey] = {}
        self._used: dict[str, tuple[ApiKey, int]] = {}
        self._loaded_at = 0.0
        self._loading = threading.Lock()
        self.revoking = threading.Lock()
        """Held from the check of the remaining keys until a key is revoked."""

    def load(self) -> None:
        """Read all keys; one read at a time, so that the last one asked for stands."""
        with self._loading:
            self._keys = all_api_keys(self._database)
            self._keys_by_id = {key.id: key for key in self._keys.values()}
            self._loaded_at = time.monotonic()

    async def find(self, secret: str) -> ApiKey | None:
        """The key of that secret, also one that is of no more use."""
        secret_hash = hash_of(secret)
        if secret_hash not in self._keys and self._may_have_missed_one():
            await asyncio.to_thread(self.load)
        return self._noting_use(self._keys.get(secret_hash))

    async def find_by_id(self, key_id: str) -> ApiKey | None:
        """The key of that id, also one that is of no more use."""
        if key_id not in self._keys_by_id and self._may_have_missed_one():
            await asyncio.to_thread(self.load)
        return self._noting_use(self._keys_by_id.get(key_id))

    def allows_anyone(self) -> bool:
        """Whether there is a key that is neither revoked nor expired."""
        now_ns = time.time_ns()
        return any(not k.is_revoked and not k.is_expired(now_ns) for k in self._keys.values())

    def holds(self, secret: str) -> bool:
        """Whether there is, or was, a key of that secret."""
        return hash_of(secret) in self._keys

    def write_uses(self) -> None:
        """Store when each key was last used."""
        used, self._used = self._used, {}
        if not used:
            return
        uses = [(key.workspace_id, key.id, at_ns) for key, at_ns in used.values()]
        try:
            mark_used(self._database, uses)
        except StorageError:
            log.exception("when %d keys were last used could not be stored", len(uses))

    async def refresh_loop(self, every_seconds: float = _REFRESH_SECONDS) -> None:
        """Write uses and read what other processes changed, again and again."""
        while True:
            await asyncio.sleep(every_seconds)
            try:
                await asyncio.to_thread(self._catch_up)
            except Exception:
                log.exception("the keys could not be read again; those known stay")

    def _noting_use(self, key: ApiKey | None) -> ApiKey | None:
        if key is not None:
            self._used[key.id] = (key, time.time_ns())
        return key

    def _catch_up(self) -> None:
        self.write_uses()
        if self._is_shared:
            self.load()

    def _may_have_missed_one(self) -> bool:
        return self._is_shared and time.monotonic() - self._loaded_at > _UNKNOWN_SECONDS
