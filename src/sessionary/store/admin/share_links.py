"""Store share links. Every function takes the workspace first, except that of a guest."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sessionary.model.share_link import ShareLink
from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.versioned_rows import write_record

_FIELDS = tuple(field.name for field in fields(ShareLink))


def insert_share_link(
    database: Database, workspace_id: str, link: ShareLink, *, token_hash: str
) -> None:
    """Keep a new link."""
    row = asdict(link) | {"workspace_id": workspace_id, "token_hash": token_hash}
    _write(database, row, is_deleted=False)


def list_share_links(database: Database, workspace_id: str, session_id: str) -> list[ShareLink]:
    """The links to a session, the latest first, also those whose time is over."""
    return [_link(row) for row in _rows(database, workspace_id, session_id)]


def delete_share_link(
    database: Database, workspace_id: str, session_id: str, link_id: str
) -> ShareLink | None:
    """Take a link to a session away; returns what it was, None where there is none."""
    rows = [row for row in _rows(database, workspace_id, session_id) if row["id"] == link_id]
    if not rows:
        return None
    _write(database, rows[0], is_deleted=True)
    return _link(rows[0])


def find_share_link(database: Database, token_hash: str) -> ShareLink | None:
    """The link with that token, also one whose time is over."""
    with database.read_connection() as connection:
        rows = connection.rows("admin/share_link", {"token_hash": token_hash})
    return _link(rows[0]) if rows else None


def _rows(database: Database, workspace_id: str, session_id: str) -> list[dict[str, Any]]:
    scope = {"workspace_id": workspace_id, "session_id": session_id}
    with database.read_connection() as connection:
        return connection.rows("admin/share_links", scope)


def _write(database: Database, known: Mapping[str, Any], *, is_deleted: bool) -> None:
    row = {**known, "is_deleted": is_deleted}
    write_record(database, "share_links", row, key=("token_hash",))


def _link(row: Mapping[str, Any]) -> ShareLink:
    return ShareLink(**{name: row[name] for name in _FIELDS})
