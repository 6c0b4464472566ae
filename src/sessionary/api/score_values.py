"""The values that a score, a feedback or an annotation may have, and how they are sent back."""

from typing import Annotated

from pydantic import Field, StrictStr, StringConstraints

from sessionary.model.score import Value

_MOST_CATEGORIES = 100

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=512)]
Comment = Annotated[str, StringConstraints(max_length=10_000)]
Number = Annotated[float, Field(allow_inf_nan=False, strict=True)]
Text = Annotated[StrictStr, StringConstraints(max_length=10_000)]
Categories = Annotated[
    list[Annotated[StrictStr, StringConstraints(max_length=200)]],
    Field(max_length=_MOST_CATEGORIES),
]


def value_of(value: bool | float | str | list[str]) -> Value:
    """The value that was sent."""
    return tuple(value) if isinstance(value, list) else value


def value_json(value: Value) -> object:
    """As JSON: a list for several categories, a whole number without a fraction."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
