"""Interrupted migrations are completed by the next start."""

import os
import random
from pathlib import Path

import pytest

from sessionary.errors import ConfigurationError, StorageError
from sessionary.store.clickhouse.migrations import migrate
from sessionary.store.clickhouse.pool import Database
from tests.faults.cuts import Cut, cutting
from tests.support.store import Stored, opened, store

IS_FULL = bool(os.environ.get("SESSIONARY_TEST_FAULTS"))
CUTS = 3


def test_tables_are_complete_after_an_interrupted_migration(tmp_path: Path) -> None:
    """They equal those of a folder that was migrated without interruption."""
    whole = Cut(0, is_armed=True)
    with cutting(whole), opened(tmp_path / "whole") as database:
        expected = schema(database)
    every = range(1, len(whole.statements) + 1)
    for number in every if IS_FULL else random.sample(every, CUTS):
        folder = tmp_path / f"cut {number}"
        cut = Cut(number, is_armed=True)
        with cutting(cut), pytest.raises((StorageError, ConfigurationError)), opened(folder):
            pass
        assert cut.has_failed
        with opened(folder) as database:
            assert schema(database) == expected, cut.statements[-1]


def test_migrations_are_idempotent(tmp_path: Path) -> None:
    """On tables with rows, which are kept."""
    with opened(tmp_path / "data") as database:
        store(database, [Stored(f"{1:032x}", "s", 1, 2)], version=1)
        before = counts(database)
        with database.rollup_connection() as connection:
            connection.command("TRUNCATE TABLE migrations")
        assert migrate(database)
        assert counts(database) == before
        assert migrate(database) == []


def schema(database: Database) -> list[dict[str, object]]:
    with database.read_connection() as connection:
        return connection.rows_of(
            "SELECT table, name, type, default_expression FROM system.columns "
            "WHERE database = currentDatabase() AND table NOT LIKE '.inner%' "
            "ORDER BY table, position"
        )


def counts(database: Database) -> list[dict[str, object]]:
    with database.read_connection() as connection:
        return [
            connection.rows_of(f"SELECT '{name}' AS name, count() AS rows FROM {name} FINAL")[0]
            for name in ("spans", "traces", "sessions", "sessions_by_start", "trace_locations")
        ]
