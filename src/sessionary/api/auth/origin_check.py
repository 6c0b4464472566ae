"""Keep pages of other sites out of a server that needs no key.

A page can have a browser send requests to this server, under a name of its own that resolves to it
(DNS rebinding), or directly, as a form does. The `Host` shows the first, the `Origin` or
`Sec-Fetch-Site` the second. Other clients send neither of these two.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from sessionary.errors import ForbiddenError
from sessionary.services.access.gate import Mode, mode_of
from sessionary.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
"""They change nothing, and no page of another origin can read their responses."""

_ALWAYS = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class OwnPages:
    """How a server without keys may be addressed, and whose pages may do so."""

    names: frozenset[str]
    trusted: frozenset[str]
    """Names whose pages are this server's on every port: an operator listed them."""
    allows_addresses: bool
    """Any IP address will do as a name: DNS rebinding needs another kind of name."""

    def check_origin(self, method: str, headers: Headers) -> None:
        """Refuse what may come from a page of another site.

        Raises:
            ForbiddenError: the Host is not this server's, or the page is not.
        """
        host, origin = headers.get("host", ""), headers.get("origin")
        if not self._is_own(_name(f"//{host}")):
            raise self._refusal("Host", host)
        if origin is None:
            is_own = headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
            if method not in SAFE_METHODS and not is_own:
                raise self._refusal("Sec-Fetch-Site", headers["sec-fetch-site"])
        elif _name(origin) not in self.trusted:
            is_safe = method in SAFE_METHODS and self._is_own(_name(origin))
            if not is_safe and origin.partition("://")[2] != host:
                raise self._refusal("Origin", origin)

    def _is_own(self, name: str) -> bool:
        return name in self.names or (self.allows_addresses and _is_address(name))

    def _refusal(self, header: str, value: str) -> ForbiddenError:
        names = [*sorted(self.names), *(["any IP address"] if self.allows_addresses else [])]
        return ForbiddenError(
            f"{header} {value!r} is refused, because this server needs no key: it accepts requests "
            f"to {', '.join(names)}, from its own pages or from no page; "
            "SESSIONARY_ALLOWED_HOSTS adds names"
        )


def own_pages(settings: Settings) -> OwnPages | None:
    """The rules of a server without keys; None where a key is required.

    With a key, no page of another site can send requests: it does not have the key.
    """
    mode = mode_of(settings)
    if mode is Mode.REQUIRED:
        return None
    machine = {socket.gethostname().lower()} if mode is Mode.OPEN else set()
    trusted = {*_allowed_names(settings), _name(settings.public_url)} - {""}
    return OwnPages(
        allowed_hosts_of(settings) | machine | trusted, frozenset(trusted), mode is Mode.OPEN
    )


def allowed_hosts_of(settings: Settings) -> frozenset[str]:
    """The names under which this server may be addressed."""
    return frozenset({*_ALWAYS, settings.host.lower(), *_allowed_names(settings)} - {""})


def is_name_of(host: str, names: frozenset[str]) -> bool:
    """Whether a `Host` header is one of the names, with any port."""
    return _name(f"//{host}") in names


def _allowed_names(settings: Settings) -> set[str]:
    return {name.strip().lower() for name in settings.allowed_hosts.split(",")} - {""}


def _name(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
