"""A part of a table that cannot be read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DamagedPart:
    """Rows of `table` that the engine set aside when it started; `path` is the part's folder."""

    table: str
    name: str
    path: str
    reason: str
    bytes: int
