"""Keyset paging: where a page goes on, whatever is sorted by."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One expression to sort by, and the one for its value in the row that a page goes on from."""

    sql: str
    place: str
    is_descending: bool


def order_by(keys: Sequence[Key]) -> str:
    """What to put after ORDER BY."""
    return ", ".join(f"{key.sql} {'DESC' if key.is_descending else 'ASC'}" for key in keys)


def after_cursor(keys: Sequence[Key]) -> str:
    """The condition for rows after the one at the place; the last key must be unique."""
    choices = []
    for number, key in enumerate(keys):
        equal = [f"({before.sql}) = {before.place}" for before in keys[:number]]
        choices.append(" AND ".join([*equal, f"({key.sql}) {_sign(key)} {key.place}"]))
    # The first key alone bounds what is read.
    bound = f"({keys[0].sql}) {_sign(keys[0])}= {keys[0].place}"
    return f"({bound} AND ({' OR '.join(f'({choice})' for choice in choices)}))"


def _sign(key: Key) -> str:
    return "<" if key.is_descending else ">"
