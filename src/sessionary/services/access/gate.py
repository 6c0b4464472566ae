"""Authentication and authorization: the rules that HTTP and gRPC share."""

import ipaddress
import time
from enum import Enum

from sessionary.errors import ConfigurationError, ForbiddenError, UnauthorizedError
from sessionary.model.access import LOCAL, Principal, Scope
from sessionary.model.api_key import ApiKey
from sessionary.services.access.keyring import Keyring
from sessionary.services.access.rate_limit import RateLimit
from sessionary.services.access.wrong_secrets import WrongSecrets
from sessionary.settings import Settings

# Of an address. Far more than a browser with an old cookie sends.
_WRONG_SECRETS, _WRONG_SECRETS_PER_SECOND = 60, 1


class Mode(Enum):
    """Which requests need a key: none on localhost, none on any address, or all."""

    LOCAL = "local"
    OPEN = "open"
    REQUIRED = "required"


def mode_of(settings: Settings) -> Mode:
    """The mode that the settings ask for.

    Raises:
        ConfigurationError: they ask for keys and for none.
    """
    if settings.require_auth and settings.insecure_no_auth:
        raise ConfigurationError(
            "--require-auth (SESSIONARY_REQUIRE_AUTH) and --insecure-no-auth "
            "(SESSIONARY_INSECURE_NO_AUTH) exclude each other: set one of them"
        )
    if settings.require_auth:
        return Mode.REQUIRED
    if is_loopback(settings.host):
        return Mode.LOCAL
    return Mode.OPEN if settings.insecure_no_auth else Mode.REQUIRED


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_without_keys(keyring: Keyring, settings: Settings) -> None:
    """Refuse to start a server that would reject every request.

    Raises:
        ConfigurationError: a key is required and there is none.
    """
    if mode_of(settings) is not Mode.REQUIRED or keyring.allows_anyone():
        return
    why = (
        "--require-auth (SESSIONARY_REQUIRE_AUTH) needs an API key"
        if settings.require_auth
        else f"--host {settings.host!r} can be reached by other machines, so an API key is required"
    )
    raise ConfigurationError(
        f"{why}, and there is none yet: run `sessionary keys create`, or set "
        "SESSIONARY_BOOTSTRAP_API_KEY; or set --insecure-no-auth (SESSIONARY_INSECURE_NO_AUTH=1) "
        "if every client that can connect may read and write everything"
    )


class Gate:
    """Authenticates and authorizes requests."""

    def __init__(self, keyring: Keyring, settings: Settings) -> None:
        self.mode = mode_of(settings)
        self._keyring = keyring
        self._requests = RateLimit(settings.rate_limit)
        self._ingests = RateLimit(settings.ingest_rate_limit)
        self._wrong_keys = WrongSecrets(
            _WRONG_SECRETS_PER_SECOND,
            burst=_WRONG_SECRETS,
            rule="too many wrong API keys from this address",
        )
        self.wrong_tokens = WrongSecrets(
            _WRONG_SECRETS_PER_SECOND,
            burst=_WRONG_SECRETS,
            rule="too many wrong cookies or links from this address",
        )
        """Each of them is looked up in the store."""

    async def authenticate(self, secret: str, address: str) -> Principal:
        """The principal of a secret sent by a client with that address; an empty one is none.

        Raises:
            UnauthorizedError: the required key is missing, wrong, revoked or expired.
            RateLimitedError: the same, and the address has sent too many wrong keys.
            StorageError: the keys could not be read.
        """
        key = await self._keyring.find(secret) if secret else None
        if key is not None:
            _reject_inactive_key(key)
            return key.principal
        if self.mode is not Mode.REQUIRED:
            return LOCAL
        if secret:
            self._wrong_keys.count(address)
            raise UnauthorizedError("there is no such API key: `sessionary keys list` has those")
        raise UnauthorizedError(
            "an API key is needed: send `Authorization: Bearer <key>`, a Basic password or "
            "`x-api-key`"
        )

    def authorize(self, principal: Principal, scope: Scope) -> None:
        """Reject a request that the key may not make, or not at this rate.

        Raises:
            ForbiddenError: none of its scopes allows the request.
            RateLimitedError: it sent too many requests.
        """
        if not principal.may(scope):
            raise ForbiddenError(
                f"this needs the scope {scope.value}, and the key {principal.name!r} has only "
                f"{', '.join(sorted(principal.scopes))}"
            )
        if principal.key_id:
            limit = self._ingests if scope is Scope.INGEST else self._requests
            limit.take(principal.key_id)

    def limit_share_link(self, link_id: str) -> None:
        """Limit the requests of a share link.

        Raises:
            RateLimitedError: more than the rate of a key.
        """
        self._requests.take(link_id)


def _reject_inactive_key(key: ApiKey) -> None:
    if key.is_revoked:
        raise UnauthorizedError(f"the API key {key.name!r} ({key.prefix}…) was revoked")
    if key.is_expired(time.time_ns()):
        raise UnauthorizedError(f"the API key {key.name!r} ({key.prefix}…) has expired")
