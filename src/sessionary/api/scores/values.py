"""The values that a score, a feedback or an annotation may have, and how they are sent back."""

from typing import Annotated, Any

from pydantic import (
    Field,
    StrictBool,
    StrictStr,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from sessionary.model.score import Value

_MAX_CATEGORIES = 100


def _else_say(kinds: str) -> WrapValidator:
    """One fault for a value of no kind, in place of one for each kind that it is not."""

    def check(value: object, handler: ValidatorFunctionWrapHandler) -> Any:
        try:
            return handler(value)
        except ValidationError:
            raise ValueError(f"send {kinds}") from None

    return WrapValidator(check)


Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=512)]
Comment = Annotated[str, StringConstraints(max_length=10_000)]
Number = Annotated[float, Field(allow_inf_nan=False, strict=True)]
Text = Annotated[StrictStr, StringConstraints(max_length=10_000)]
Categories = Annotated[
    list[Annotated[StrictStr, StringConstraints(max_length=200)]],
    Field(max_length=_MAX_CATEGORIES),
]
OneValue = Annotated[
    StrictBool | Number | Text,
    _else_say("a finite number, true, false, or a text of at most 10,000 characters"),
]
FeedbackValue = Annotated[
    Number | Text | Categories,
    _else_say("a finite number, a text of at most 10,000 characters, or a list of short texts"),
]
AnnotationValue = Annotated[
    StrictBool | Number | Text | Categories,
    _else_say("a finite number, true, false, a text, or a list of short texts"),
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
