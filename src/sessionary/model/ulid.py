"""ULIDs: 16 bytes as 26 letters and digits, which sort as the bytes do."""

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_LENGTH = 26
_RANDOM_BYTES = 10
_NS_PER_MS = 1_000_000


def ulid_of(content: bytes) -> str:
    """The ULID of 16 bytes."""
    number = int.from_bytes(content)
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))


def bytes_of(ulid: str) -> bytes | None:
    """The 16 bytes of a ULID in either case; None where the text is none."""
    values = [_VALUES.get(letter) for letter in ulid.upper()]
    if len(values) != _LENGTH or None in values:
        return None
    number = 0
    for value in values:
        number = number << 5 | (value or 0)
    return number.to_bytes(16) if number < 1 << 128 else None


def new_ulid(now_ns: int) -> str:
    """A ULID that no one else makes: the milliseconds since 1970, then chance."""
    milliseconds = now_ns // _NS_PER_MS
    return ulid_of(milliseconds.to_bytes(6) + secrets.token_bytes(_RANDOM_BYTES))
