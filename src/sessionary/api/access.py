"""Whose data a request is about."""

from starlette.requests import HTTPConnection

LOCAL_WORKSPACE = "default"


def workspace_of(request: HTTPConnection) -> str:
    """The workspace of the request's key; in local mode, where any key will do, the default one."""
    del request
    return LOCAL_WORKSPACE
