"""Bring the tables to this version: numbered files, each applied once.

Those that exist never change what there is to read, only how a new folder lays it out.
"""

import re

from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.statements import names, statement

_LEDGER = """CREATE TABLE IF NOT EXISTS ${table}
-- shard by: 1
(
    name String,
    applied_at DateTime DEFAULT now()
)
ENGINE = ${engine:ReplacingMergeTree()}
ORDER BY name
SETTINGS ${durable}"""
_CREATE = re.compile(r"(CREATE (?:TABLE|MATERIALIZED VIEW)) ")


def migrate(database: Database) -> list[str]:
    """Apply missing migrations in order; return their names."""
    with database.rollup_connection() as connection:
        if not _has_table(connection.rows_of("SHOW TABLES"), "migrations"):
            for sql in database.topology.statements("migrations", _LEDGER):
                connection.command(sql)
        done = {row["name"] for row in connection.rows_of("SELECT name FROM migrations")}
        missing = [name for name in names("migrations") if name not in done]
        for name in missing:
            table = name.partition("_")[2]
            for sql in database.topology.statements(table, statement(name).template):
                connection.command(_CREATE.sub(r"\1 IF NOT EXISTS ", sql, count=1))
        if missing:
            # Each can be applied again: where one failed, all of them are still missing.
            connection.insert_rows("migrations", ["name"], [[name] for name in missing])
    return missing


def _has_table(rows: list[dict[str, str]], table: str) -> bool:
    return any(table in row.values() for row in rows)
