"""Keep pages of other sites out of a server that needs no key.

A page can have a browser ask this machine, under a name of its own that it lets point here (DNS
rebinding) or straight, as a form does. Either tells on itself: by its Host, or by its Origin.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

from sessionary.errors import ForbiddenError
from sessionary.settings import Settings

_ALWAYS = ("localhost", "127.0.0.1", "::1")


def own_names(settings: Settings) -> frozenset[str]:
    """The names under which this server may be asked."""
    more = (name.strip().lower() for name in settings.allowed_hosts.split(","))
    return frozenset({*_ALWAYS, settings.host.lower(), *more} - {""})


def refuse_foreign(headers: Headers, names: frozenset[str]) -> None:
    """Refuse what may come from a page of another site.

    Raises:
        ForbiddenError: the Host, or the Origin if there is one, is not one of the names.
    """
    origin = headers.get("origin")
    told = {"Host": f"//{headers.get('host', '')}", "Origin": origin or "//localhost"}
    for header, address in told.items():
        if _host(address) not in names:
            raise ForbiddenError(
                f"{header} {address.removeprefix('//')!r} is refused, since this server needs no "
                f"key: it may be asked as {', '.join(sorted(names))}; "
                "SESSIONARY_ALLOWED_HOSTS adds names"
            )


def is_name_of(host: str, names: frozenset[str]) -> bool:
    """Whether a `Host` header is one of the names, with any port."""
    return _host(f"//{host}") in names


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
