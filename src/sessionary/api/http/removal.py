"""Until when deleted data is removed from disk, as responses state it."""

from fastapi import Request

from sessionary.api.http.json import instant

HEADER = "Removed-From-Disk-By"


def removed_by(request: Request) -> str:
    """The time by which data that is deleted now will have been removed from disk."""
    return instant(request.app.state.scrubber.deadline_ns())


def removal_headers(request: Request) -> dict[str, str]:
    """The same, for a response without a body or with one of a fixed form."""
    return {HEADER: removed_by(request)}
