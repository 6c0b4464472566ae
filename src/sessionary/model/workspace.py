"""A workspace: what one tenant has, and no other sees."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workspace:
    """`created_ns` is nanoseconds since 1970, 0 for the one that is always there.

    `retention_days` is after how many days without activity sessions are deleted, 0 never, None
    when the server's setting says so.
    """

    id: str
    name: str
    created_ns: int
    retention_days: int | None = None
