"""The external ids that a session has or had."""

from collections.abc import Collection

from sessionary.store.database import Session


def renamed_ids(session: Session, workspace_id: str, names: Collection[str]) -> dict[str, bytes]:
    """Of the sessions that were renamed and have one of the names: every name → the id."""
    given = {"workspace_id": workspace_id, "names": sorted(names)}
    return {row["name"]: row["id"] for row in session.rows("queries/session_names", given)}


def all_names(session: Session, workspace_id: str, names: Collection[str]) -> list[str]:
    """The names, and all others of the sessions that have them."""
    return sorted({*names, *renamed_ids(session, workspace_id, names)})
