"""The client's address and scheme as a trusted reverse proxy reports them."""

import ipaddress
from typing import Any, cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

# How IPv4 addresses appear on a socket that accepts both kinds.
_PROTO = b"x-forwarded-proto"
_MAPPED, _MAPPED_BITS = "::ffff:", 96


class TrustedProxiesMiddleware:
    """Takes the client from `X-Forwarded-For` and `X-Forwarded-Proto` of requests by a proxy.

    The client is the rightmost address that is no trusted proxy. From any other peer these headers
    mean nothing. `proxies` are addresses and networks, separated by commas.
    """

    def __init__(self, app: ASGIApp, proxies: str) -> None:
        parts = filter(None, (part.strip() for part in proxies.split(",")))
        trusted = [form for part in parts for form in _forms(part)]
        self._app: Any = ProxyHeadersMiddleware(cast("Any", app), trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its client's address."""
        if scope["type"] != "lifespan":
            headers = [
                (name, _scheme(value) if name == _PROTO else value)
                for name, value in scope["headers"]
            ]
            scope = {**scope, "headers": headers}
        await self._app(scope, receive, send)


def _scheme(forwarded: bytes) -> bytes:
    """The client's scheme, which comes first where several proxies appended theirs."""
    return forwarded.partition(b",")[0].strip().lower()


def _forms(part: str) -> list[str]:
    network = ipaddress.ip_network(part, strict=False)
    if isinstance(network, ipaddress.IPv6Network):
        return [str(network)]
    mapped = f"{_MAPPED}{network.network_address}/{_MAPPED_BITS + network.prefixlen}"
    return [str(network), mapped]
