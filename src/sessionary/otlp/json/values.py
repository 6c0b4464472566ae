"""Single values out of parsed JSON, checked for what protobuf can hold.

Which field is read where is not known here: see `json_body` and `traced`.
"""

import base64
import binascii
import json
import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from sessionary.model.json_text import valid_text

MAX_NESTING = 32
"""Lists and maps inside each other, as many as a decoded value may have."""

_INT32 = 2**31
_INT64 = 2**63
# What 64 signed bits take in decimal, with a sign; longer text is not read as a number at all.
_INT64_DIGITS = 20
_SHOWN = 60

Value = TypeVar("Value")


class MalformedError(ValueError):
    """A value that is not what its field holds; the message starts with the path to it."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.message = message
        self.path = path

    def at(self, step: str) -> "MalformedError":
        """The same error, seen from one step further out."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return MalformedError(self.message, f"{step}{joint}{self.path}")


def parse_object(body: bytes) -> Mapping[str, Any]:
    """The JSON object in `body`, an empty one for an empty body; invalid UTF-8 becomes U+FFFD.

    Raises:
        MalformedError: not JSON, or not an object.
    """
    source = body.decode("utf-8-sig", "replace")
    if not source:
        return {}
    try:
        content = json.loads(source)
    except RecursionError:
        raise MalformedError("the body is nested too deeply to be read") from None
    except ValueError as error:
        raise MalformedError(f"the body is not JSON: {error}") from None
    return as_object(content)


def as_object(value: Any) -> Mapping[str, Any]:
    """`value`, which must be an object."""
    if not isinstance(value, dict):
        raise _unexpected("an object", value)
    return value


def as_list(value: Any) -> list[Any]:
    """`value`, which must be a list."""
    if not isinstance(value, list):
        raise _unexpected("a list", value)
    return value


def member(entry: Mapping[str, Any], name: str) -> Any:
    """The member `name`, given in camelCase and found in snake_case too; None where absent."""
    value = entry.get(name)
    return entry.get(_snake(name)) if value is None else value


def read(entry: Mapping[str, Any], name: str, reader: Callable[[Any], Value]) -> Value | None:
    """The member `name` as `reader` gives it; None where it is absent or null."""
    value = member(entry, name)
    if value is None:
        return None
    try:
        return reader(value)
    except MalformedError as error:
        raise error.at(name) from None


def text(value: Any) -> str:
    """A string that protobuf takes: half of a surrogate pair becomes U+FFFD."""
    if not isinstance(value, str):
        raise _unexpected("a string", value)
    return valid_text(value)


def id_bytes(value: Any) -> bytes:
    """The bytes of a hex id; of other text none, so that only its own span is refused."""
    if not isinstance(value, str):
        raise _unexpected("a hex string", value)
    try:
        return bytes.fromhex(value)
    except ValueError:
        return b""


def boolean(value: Any) -> bool:
    """A JSON true or false."""
    if not isinstance(value, bool):
        raise _unexpected("true or false", value)
    return value


def int64(value: Any) -> int:
    """An integer of 64 signed bits, as a number or as decimal text."""
    return _integer(value, -_INT64, _INT64)


def fixed64(value: Any) -> int:
    """An integer of 64 unsigned bits; empty text is 0, a time that was not set."""
    return 0 if value == "" else _integer(value, 0, 2 * _INT64)


def enum(names: Mapping[str, int]) -> Callable[[Any], int]:
    """A reader for an enum that comes as its number or its name."""

    def read_enum(value: Any) -> int:
        if isinstance(value, str) and value.upper() in names:
            return names[value.upper()]
        return _integer(value, -_INT32, _INT32)

    return read_enum


def double(value: Any) -> float:
    """A number, or the text of one; NaN and the infinities come as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _unexpected("a number", value)
    try:
        return float(value)
    except OverflowError:
        return math.copysign(math.inf, int(value))
    except ValueError:
        raise _unexpected("a number", value) from None


def base64_bytes(value: Any) -> bytes:
    """The bytes of base64 text, of either alphabet, padded or not."""
    encoded = text(value).rstrip("=").translate(_STANDARD_ALPHABET)
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise _unexpected("base64", value) from None


_STANDARD_ALPHABET = str.maketrans("-_", "+/")


def _integer(value: Any, lowest: int, end: int) -> int:
    number = _whole(value)
    if number is None:
        raise _unexpected("an integer", value)
    if not lowest <= number < end:
        raise _unexpected(f"an integer from {lowest} to {end - 1}", value)
    return number


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if not isinstance(value, str) or not value.isascii() or len(value) > _INT64_DIGITS:
        return None
    return int(value) if value.removeprefix("-").isdecimal() else None


def _unexpected(wanted: str, value: Any) -> MalformedError:
    shown = ascii(value) if isinstance(value, str | int | float) else type(value).__name__
    cut = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    return MalformedError(f"must be {wanted}, not {cut}")


@cache
def _snake(name: str) -> str:
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in name)
