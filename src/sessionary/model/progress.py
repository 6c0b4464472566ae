"""How far a long piece of work has come."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` parts of a step."""

    step: str
    done: int
    total: int
