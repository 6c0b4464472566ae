"""Who a request comes from, as limits count it."""

from starlette.requests import HTTPConnection

from sessionary.model.access import Principal
from sessionary.services.access.wrong_secrets import network_of


def address_of(request: HTTPConnection) -> str:
    """The client's address, which identifies it where there is no API key."""
    return request.client.host if request.client else ""


def caller_of(request: HTTPConnection) -> str:
    """The id of the request's API key, else the client's network."""
    by: Principal | None = getattr(request.state, "principal", None)
    return (by and by.key_id) or network_of(address_of(request))
