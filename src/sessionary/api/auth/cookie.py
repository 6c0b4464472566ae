"""The cookie of a browser that is signed in, and whose page may use it.

A browser sends it along with whatever asks for it. `SameSite=Strict` keeps it from other sites, but
another port of the same host is the same site: so what changes something must also say that it
comes from a page of ours.
"""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from sessionary.errors import ForbiddenError
from sessionary.services.access.sign_ins import LASTS_SECONDS

_NAME = "sessionary_sign_in"


def token_of(request: HTTPConnection) -> str:
    """The token of a request's cookie, empty without one."""
    return request.cookies.get(_NAME, "")


def insert_token(request: HTTPConnection, response: Response, token: str) -> None:
    """Set the cookie of a token; if set over TLS, it is only sent over TLS."""
    response.set_cookie(
        _NAME,
        token,
        max_age=LASTS_SECONDS,
        httponly=True,
        samesite="strict",
        secure=is_encrypted(request),
    )


def delete_token(request: HTTPConnection, response: Response) -> None:
    """Have the browser come without it."""
    response.delete_cookie(_NAME, httponly=True, samesite="strict", secure=is_encrypted(request))


def is_encrypted(request: HTTPConnection) -> bool:
    """Whether the browser uses TLS, with this server or with a trusted proxy."""
    return request.url.scheme == "https"


def refuse_cross_site(request: HTTPConnection, *, must_say: bool) -> None:
    """Refuse what a page of another origin has the browser send.

    Browsers say it with `Sec-Fetch-Site`, over plain HTTP only with `Origin`; `must_say` refuses
    what says neither.

    Raises:
        ForbiddenError: it comes from elsewhere, or may.
    """
    site, origin = (request.headers.get(name) for name in ("sec-fetch-site", "origin"))
    if site is not None:
        is_ours = site == "same-origin"
    elif origin is not None:
        is_ours = origin.partition("://")[2] == request.headers.get("host")
    else:
        is_ours = not must_say
    if not is_ours:
        raise ForbiddenError(
            "a browser that is signed in may change something only from a page of this server; "
            "others send the API key itself"
        )
