"""Parts that the engine could not load when it started, and set aside."""

from sessionary.model.damage import DamagedPart
from sessionary.store.database import Database

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
"""Tables that `sessionary rebuild` fills from the spans."""


def damaged_parts(database: Database) -> list[DamagedPart]:
    """All of them; a part is no longer one when its folder has been deleted."""
    table = database.topology.system_table("detached_parts")
    with database.scrubbing() as session:
        rows = session.rows("queries/damaged_parts", detached_parts=table)
    return [DamagedPart(**row) for row in rows]


def what_to_do(part: DamagedPart) -> str:
    """How to get the rows back, and how to acknowledge that they are lost."""
    repair = "run `sessionary rebuild`" if part.table in DERIVED else "restore the latest backup"
    return f"{repair}, or accept the loss; then delete {part.path}"
