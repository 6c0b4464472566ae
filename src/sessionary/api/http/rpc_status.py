"""google.rpc.Status, the protobuf form of errors."""

from typing import Any

from sessionary.errors import SessionaryError
from sessionary.otlp import wire

# HTTP status -> google.rpc.Code, as OTLP/HTTP answers carry it; the rest is INTERNAL.
_RPC_CODES = {400: 3, 401: 16, 403: 7, 404: 5, 408: 4, 413: 3, 415: 3, 429: 8, 503: 14}


_INTERNAL = 13


def rpc_code(error: SessionaryError) -> int:
    """The google.rpc.Code that says the same as the error's HTTP status."""
    return _RPC_CODES.get(error.status, _INTERNAL)


def status_bytes(code: int, message: str) -> bytes:
    """A google.rpc.Status in protobuf."""
    status: Any = wire.MESSAGES["RpcStatus"](code=code, message=message)
    return bytes(status.SerializeToString())
