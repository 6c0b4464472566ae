"""Damaged files of tables: how the engine reports them, and what to do."""

import re

from sessionary.errors import DamagedDataError

DERIVED = frozenset(
    {
        "traces",
        "trace_locations",
        "sessions",
        "sessions_by_start",
        "message_texts",
        "superseded_texts",
    }
)
"""Tables that a rebuild empties and fills from the spans."""

# ATTEMPT_TO_READ_AFTER_EOF, CANNOT_READ_ALL_DATA, CHECKSUM_DOESNT_MATCH, FILE_DOESNT_EXIST,
# CORRUPTED_DATA, CANNOT_DECOMPRESS
_CODES = frozenset({32, 33, 40, 107, 246, 271})
_PLACE = re.compile(r"while reading from part \S+?([^/\s]+)/? in table \S+?\.(\w+)")


def damage_of(code: int | None, text: str) -> DamagedDataError | None:
    """The error to raise for what the engine reports, None if it is not about damaged files."""
    if code not in _CODES or not (place := _PLACE.search(text)):
        return None
    part, table = place[1], place[2].removesuffix("_local")
    return DamagedDataError(
        f"the table {table} is damaged on disk (part {part}): {how_to_repair(table)}", table
    )


def how_to_repair(table: str) -> str:
    """What brings the rows of a damaged table back."""
    return "run `sessionary rebuild`" if table in DERIVED else "restore the latest backup"
