"""Types of request fields that accept exactly what their JSON schema says.

Pydantic alone also converts: text to numbers and times, numbers to booleans and times.
"""

import re
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, Strict, WithJsonSchema

_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
RULE = "x-rule"
"""Marks a schema with a rule that JSON Schema cannot express; the API answers 400 to what breaks
it. Generated tests accept a refusal of valid data only there."""


def rule(text: str) -> dict[str, Any]:
    """What to add to the schema of a field, as its `json_schema_extra`."""
    return {RULE: text}


def referred(name: str) -> dict[str, Any]:
    """A reference to one of the document's schemas."""
    return {"$ref": f"#/components/schemas/{name}"}


def reference_to(name: str) -> WithJsonSchema:
    """The same as the schema of a field; pydantic would resolve a bare one."""
    return WithJsonSchema({"anyOf": [referred(name)]})


def exclusive(**sent: dict[str, Any]) -> dict[str, Any]:
    """A schema that refuses an object with several properties, each as it counts as sent."""
    return {"not": {"required": list(sent), "properties": sent}}


# A parameter of a query has no null.
SENT_TIME = {
    "anyOf": [{"type": "string", "format": "date-time"}, {"const": ""}],
    RULE: "in the years 1970 to 2261, and `from` before `to`",
}


def _number(value: object) -> object:
    if isinstance(value, bool | str):
        raise ValueError(f"needs a number, not {'text' if isinstance(value, str) else 'a boolean'}")
    return value


def _decimal(value: object) -> object:
    if isinstance(value, bool) or (isinstance(value, str) and not _DECIMAL.fullmatch(value)):
        raise ValueError("needs a number, or one as text, such as 0.15")
    return value


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("needs a time as text, such as 2026-01-31T12:00:00Z")
    return value


# After the bounds of a number, which its schema would not have otherwise.
IsNumber = BeforeValidator(_number)
Whole = Annotated[int, IsNumber]
Flag = Annotated[bool, Strict()]
IsText = BeforeValidator(_text)
Time = Annotated[AwareDatetime, IsText]


IsDecimal = BeforeValidator(_decimal)


def decimal_schema(*, digits: int, decimals: int) -> WithJsonSchema:
    """A number from 0 with at most `digits` digits before the point, or the exact text of it."""
    return WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "exclusiveMaximum": 10**digits},
                {"type": "string", "pattern": f"^[0-9]{{1,{digits}}}([.][0-9]{{1,{decimals}}})?$"},
            ],
            RULE: f"at most {decimals} decimals",
        }
    )
