"""What the store takes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableUse:
    """A table: its rows, of which some may be superseded, and bytes on the disk."""

    name: str
    rows: int
    bytes: int
