"""What recomputing found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored figure that is not what the spans give; None where the row is missing."""

    kind: str
    id: str
    field: str
    stored: str | None
    derived: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """What was recomputed."""

    traces: int
    sessions: int
    differences: tuple[Difference, ...] = ()
