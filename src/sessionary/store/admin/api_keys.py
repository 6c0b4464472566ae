"""Store API keys. Functions take the workspace first, except those that find it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sessionary.model.access import Scope
from sessionary.model.api_key import ApiKey
from sessionary.store.clickhouse.pool import Database

Use = tuple[str, str, int]
"""A workspace, a key's id, and when it was last used."""


def insert_api_key(database: Database, key: ApiKey, *, secret_hash: str) -> None:
    """Keep a new key."""
    row = {
        "workspace_id": key.workspace_id,
        "id": key.id,
        "secret_hash": secret_hash,
        "project_id": key.project_id,
        "name": key.name,
        "prefix": key.prefix,
        "scopes": [scope.value for scope in key.scopes],
        "created_ns": key.created_ns,
        "created_by": key.created_by,
        "expires_ns": key.expires_ns,
    }
    with database.insert_connection() as connection:
        connection.insert_rows("api_keys", list(row), [list(row.values())])


def list_api_keys(database: Database, workspace_id: str) -> list[ApiKey]:
    """The keys of a workspace, also those that are of no more use, the latest first."""
    with database.read_connection() as connection:
        rows = connection.rows("admin/list_api_keys", {"workspace_id": workspace_id})
    return [_api_key(row) for row in rows]


def all_api_keys(database: Database) -> dict[str, ApiKey]:
    """Every key of every workspace, by the hash of its secret."""
    with database.read_connection() as connection:
        return {row["secret_hash"]: _api_key(row) for row in connection.rows("admin/all_api_keys")}


def mark_revoked(database: Database, workspace_id: str, key_id: str, *, at_ns: int) -> None:
    """Let the key in no more."""
    columns = ("workspace_id", "id", "revoked_ns")
    with database.insert_connection() as connection:
        connection.insert_rows("api_keys", columns, [(workspace_id, key_id, at_ns)])


def mark_used(database: Database, uses: Iterable[Use]) -> None:
    """Keep when keys were last used."""
    with database.insert_connection() as connection:
        connection.insert_rows("api_keys", ("workspace_id", "id", "last_used_ns"), list(uses))


def _api_key(row: Mapping[str, Any]) -> ApiKey:
    return ApiKey(
        id=row["id"],
        workspace_id=row["workspace_id"],
        project_id=row["project_id"],
        name=row["name"],
        prefix=row["prefix"],
        scopes=tuple(Scope(scope) for scope in row["scopes"]),
        created_ns=row["created_ns"],
        created_by=row["created_by"],
        expires_ns=row["expires_ns"],
        revoked_ns=row["revoked_ns"],
        last_used_ns=row["last_used_ns"],
    )
