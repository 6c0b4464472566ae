"""Sign browsers in: a key is exchanged for a token that represents it."""

import asyncio
import time
from dataclasses import dataclass

from sessionary.errors import ForbiddenError, UnauthorizedError
from sessionary.model.access import Principal, Scope
from sessionary.model.api_key import ApiKey
from sessionary.model.sign_in import SignIn
from sessionary.services.access.keyring import Keyring
from sessionary.services.access.secret import hash_of, new_token
from sessionary.services.access.wrong_secrets import WrongSecrets
from sessionary.store.admin.sign_ins import end_sign_in, find_sign_in, save_sign_in
from sessionary.store.clickhouse.pool import Database

LASTS_SECONDS = 14 * 24 * 3600
"""How long a browser stays signed in."""

_NS_PER_SECOND = 1_000_000_000
# Wrong keys of one address: this many at once, then one in this many seconds.
_WRONG_KEYS, _WRONG_KEY_SECONDS = 10, 6
# How long a token is still accepted here after another process signed it out.
_KNOWN_SECONDS = 30.0
_MAX_KNOWN = 10_000


@dataclass(frozen=True, slots=True)
class _Known:
    sign_in: SignIn
    read_at: float


class SignIns:
    """Who is signed in; those of the last half minute are known without asking the store."""

    def __init__(self, database: Database, keyring: Keyring, wrong_tokens: WrongSecrets) -> None:
        self._database = database
        self._wrong_tokens = wrong_tokens
        self._keyring = keyring
        self._known: dict[str, _Known] = {}
        self._wrong_keys = WrongSecrets(
            1 / _WRONG_KEY_SECONDS, burst=_WRONG_KEYS, rule="too many wrong keys from this address"
        )

    async def sign_in(self, secret: str, address: str) -> tuple[str, Principal]:
        """Exchange a key for a token; returns the token and its principal.

        Raises:
            UnauthorizedError: there is no such key, or it is of no more use.
            ForbiddenError: the key may not read, so that it could not show anything.
            RateLimitedError: too many wrong keys came from that address.
        """
        key = await self._keyring.find(secret)
        if key is None or not _is_alive(key):
            self._wrong_keys.count(address)
            raise UnauthorizedError("this API key is wrong, revoked or expired")
        if not key.principal.may(Scope.READ):
            raise ForbiddenError(f"the key {key.name!r} may not read: sign in with one that may")
        token, ends_ns = new_token(), time.time_ns() + LASTS_SECONDS * _NS_PER_SECOND
        made = SignIn(key.workspace_id, key.id, ends_ns)
        await asyncio.to_thread(save_sign_in, self._database, hash_of(token), made)
        return token, key.principal

    async def find(self, token: str, address: str) -> Principal | None:
        """The principal of a token; None once it was signed out or expired, or its key ended.

        Raises:
            RateLimitedError: too many wrong tokens came from that address.
        """
        sign_in = await self._sign_in(hash_of(token), address)
        if sign_in is None or sign_in.expires_ns <= time.time_ns():
            return None
        key = await self._keyring.find_by_id(sign_in.key_id)
        return key.principal if key is not None and _is_alive(key) else None

    async def sign_out(self, token: str, address: str) -> None:
        """End the token: here at once, on other servers within half a minute.

        Raises:
            RateLimitedError: too many wrong tokens came from that address.
        """
        token_hash = hash_of(token)
        sign_in = await self._sign_in(token_hash, address)
        if sign_in is not None:
            await asyncio.to_thread(end_sign_in, self._database, token_hash, sign_in)
            self._known.pop(token_hash, None)

    async def _sign_in(self, token_hash: str, address: str) -> SignIn | None:
        known = self._known.get(token_hash)
        if known is not None and time.monotonic() - known.read_at < _KNOWN_SECONDS:
            return known.sign_in
        async with self._wrong_tokens.looking_up(address):
            found = await asyncio.to_thread(find_sign_in, self._database, token_hash)
        if found is None:
            self._wrong_tokens.count(address)
        self._remember(token_hash, found)
        return found

    def _remember(self, token_hash: str, found: SignIn | None) -> None:
        self._known.pop(token_hash, None)
        if found is not None:
            self._known[token_hash] = _Known(found, time.monotonic())
        if len(self._known) > _MAX_KNOWN:
            del self._known[next(iter(self._known))]


def _is_alive(key: ApiKey) -> bool:
    return not key.is_revoked and not key.is_expired(time.time_ns())
