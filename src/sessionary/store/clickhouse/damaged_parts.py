"""Parts that the engine could not load when it started, and set aside."""

import logging

from sessionary.model.damage import DamagedPart
from sessionary.store.clickhouse.damage import DERIVED, how_to_repair
from sessionary.store.clickhouse.pool import Connection, Database

log = logging.getLogger(__name__)


def damaged_parts(database: Database) -> list[DamagedPart]:
    """All that were set aside; a part is no longer one when its folder has been deleted."""
    table = database.topology.system_table("detached_parts")
    with database.read_connection() as connection:
        rows = connection.rows("clickhouse/damaged_parts", detached_parts=table)
    return [DamagedPart(**row) for row in rows]


def what_to_do(part: DamagedPart) -> str:
    """How to get the rows of a part back, and how to acknowledge that they are lost."""
    repair = how_to_repair(part.table)
    if part.table in DERIVED:
        return repair
    return f"{repair}, or accept the loss and delete {part.path}"


def report_damage(database: Database) -> list[DamagedPart]:
    """Log every part that was set aside, with what to do; returns them."""
    found = damaged_parts(database)
    for part in found:
        log.error(
            "rows of the table %s are missing: the part %s is damaged (%s); %s",
            part.table,
            part.name,
            part.reason,
            what_to_do(part),
        )
    return found


def drop_damaged(database: Database, connection: Connection, table: str) -> None:
    """Delete what was set aside of a table whose rows have been restored."""
    connection.run("clickhouse/drop_damaged", table=database.topology.changed_table(table))
