"""JSON text from clients, as values that can be stored and written as JSON again."""

import json
from math import isfinite
from typing import Any

# Far less than can be parsed: code that serializes it again may have less stack left.
_MAX_DEPTH = 200


def read_json(text: str) -> Any:
    """The value of JSON text.

    Numbers that JSON does not have (NaN, 1e999) are their text, and half of a surrogate pair is
    U+FFFD.

    Raises:
        ValueError: it is not JSON.
        RecursionError: it is nested too deeply.
    """
    value = _DECODER.decode(text)
    # Only an escape can make half of a pair, and only this many brackets can nest too deep.
    if "\\u" in text or text.count("[") + text.count("{") > _MAX_DEPTH:
        return _valid(value, _MAX_DEPTH)
    return value


def valid_text(text: str) -> str:
    """`text` with every lone surrogate replaced by U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _number(text: str) -> float | str:
    number = float(text)
    return number if isfinite(number) else text


# Made once: json.loads would make one a text.
_DECODER = json.JSONDecoder(parse_constant=str, parse_float=_number)


def _valid(value: Any, depth: int) -> Any:
    if not depth:
        raise RecursionError
    match value:
        case str():
            return valid_text(value)
        case list():
            return [_valid(item, depth - 1) for item in value]
        case dict():
            return {valid_text(name): _valid(item, depth - 1) for name, item in value.items()}
    return value
