"""The external ids that a session has or had."""

from collections.abc import Collection, Sequence

from sessionary.store.clickhouse.pool import Connection


def renamed_ids(
    connection: Connection, workspace_id: str, names: Collection[str]
) -> dict[str, bytes]:
    """Of the sessions that were renamed and have one of the names: every name → the id."""
    given = {"workspace_id": workspace_id, "names": sorted(names)}
    named = connection.rows("scopes/session_names", given, those="name IN {names:Array(String)}")
    if not named:
        return {}
    same = {"workspace_id": workspace_id, "ids": sorted({row["id"] for row in named})}
    rows = connection.rows("scopes/session_names", same, those="id IN {ids:Array(FixedString(16))}")
    return {row["name"]: row["id"] for row in rows}


def all_names(connection: Connection, workspace_id: str, names: Collection[str]) -> list[str]:
    """The names, and all others of the sessions that have them."""
    return sorted({*names, *renamed_ids(connection, workspace_id, names)})


def names_by_session(
    connection: Connection, workspace_id: str, asked: Sequence[str]
) -> dict[str, str]:
    """Every name of the sessions asked for → the one that each was asked for by."""
    ids = renamed_ids(connection, workspace_id, asked)
    asked_by = {ids[name]: name for name in asked if name in ids}
    return {name: name for name in asked} | {name: asked_by[id] for name, id in ids.items()}


def current_names(
    connection: Connection, workspace_id: str, names: Collection[str]
) -> dict[str, str]:
    """Of the names that renamed sessions have or had: each → the external id that stands."""
    given = {"workspace_id": workspace_id, "names": sorted(names)}
    rows = connection.rows("scopes/current_names", given)
    return {row["name"]: row["external_id"] for row in rows}
