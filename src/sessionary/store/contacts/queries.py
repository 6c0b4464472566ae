"""Read and write contacts. Every function takes the workspace first."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.contact import Activity, Contact, ContactQuery, Profile
from sessionary.model.pagination import Page, Sort
from sessionary.model.ulid import bytes_of, ulid_of
from sessionary.store.clickhouse.keyset import Key, after_cursor, order_by
from sessionary.store.clickhouse.pool import Connection, Database, Rows
from sessionary.store.disk.scrub import mark_erasure
from sessionary.store.scopes.counted_traces import counted_trace
from sessionary.store.sessions.rows import billing_of, usage_of

# Path of the API → what to sort by, and its type.
SORT_KEYS = {
    "id": ("id", "String"),
    "external_id": ("external_id", "String"),
    "display_name": ("display_name", "String"),
    "email": ("email", "String"),
    "created": ("created_ns", "Int64"),
    "updated": ("updated_ns", "Int64"),
    "sessions_count": ("sessions_count", "UInt64"),
    "traces_count": ("traces_count", "UInt64"),
    "model_calls_count": ("model_calls_count", "UInt64"),
    "failed_calls_count": ("failed_calls_count", "UInt64"),
    "unpriced_calls_count": ("unpriced_calls_count", "UInt64"),
    "errors_count": ("errors_count", "UInt64"),
    "usage.prompt_tokens": ("input_tokens", "UInt64"),
    "usage.completion_tokens": ("output_tokens", "UInt64"),
    "usage.total_tokens": ("input_tokens + output_tokens", "UInt64"),
    "billing.input_cost": ("input_cost", "Decimal(38, 12)"),
    "billing.output_cost": ("output_cost", "Decimal(38, 12)"),
    "billing.total_cost": ("total_cost", "Decimal(38, 12)"),
    "first_seen_at": ("first_seen_ns", "Int64"),
    "last_seen_at": ("last_seen_ns", "Int64"),
}
_LATEST_FIRST = (Sort("last_seen_at", descending=True),)
_COLUMNS = (
    "workspace_id",
    "external_id",
    "display_name",
    "email",
    "avatar_url",
    "tags",
    "metadata",
    "created_ns",
    "version",
    "is_deleted",
)


def get_contact(database: Database, workspace_id: str, name: str) -> Contact | None:
    """The contact by its id or external id; the id wins over an external id that looks like one."""
    with database.read_connection() as connection:
        external_id = _external_id(connection, workspace_id, bytes_of(name)) or name
        return _one(connection, workspace_id, external_id)


def list_contacts(database: Database, workspace_id: str, question: ContactQuery) -> Page[Contact]:
    """A page of contacts, those with a record and those that only traces name.

    Raises:
        InvalidRequestError: the cursor is no contact.
    """
    is_backwards = bool(question.first_id)
    keys = _keys(question.sort or _LATEST_FIRST, is_backwards=is_backwards)
    parameters: dict[str, object] = {"search": question.search, "tags": list(question.tags)}
    after = "1"
    with database.read_connection() as connection:
        if question.last_id or question.first_id:
            parameters |= _places(_cursor_row(connection, workspace_id, question), keys)
            after = after_cursor(keys)
        rows = _rows(
            connection,
            workspace_id,
            limit=question.limit + 1,
            parameters=parameters,
            after=after,
            order=order_by(keys),
        )
    contacts = [_contact(workspace_id, row) for row in rows[: question.limit]]
    return Page(contacts[::-1] if is_backwards else contacts, len(rows) > question.limit)


def change_contact(
    database: Database,
    workspace_id: str,
    external_id: str,
    change: Callable[[Contact | None], Profile],
) -> Contact:
    """Write the profile that `change` makes of the contact as it is, with no other write between.

    What `change` raises, this raises, and nothing is written.
    """
    with database.rollup_connection() as connection:
        current = _one(connection, workspace_id, external_id)
        profile = change(current)
        version = database.next_version(after=current.updated_ns if current else 0)
        created_ns = current.created_ns if current and current.is_recorded else version
        row = [workspace_id, external_id, *_texts(profile), created_ns, version, 0]
        connection.insert_rows("contacts", _COLUMNS, [row])
        written = _one(connection, workspace_id, external_id)
    assert written is not None
    return written


def delete_contact(database: Database, workspace_id: str, contact: Contact) -> None:
    """Delete the record for good; traces still name the contact."""
    scope = {"workspace_id": workspace_id, "contact_id": contact.external_id}
    with database.rollup_connection() as connection:
        mark_erasure(database, connection)
        connection.run(
            "pending_writes/contact", scope, table=database.topology.changed_table("contacts")
        )


def sort_faults(sorts: Sequence[Sort], path: str) -> list[Fault]:
    """What is wrong with the keys; `list_contacts` takes none but those of `SORT_KEYS`."""
    return [
        Fault(f"{path}.{place}.key", f"{sort.key!r} is not one of {', '.join(SORT_KEYS)}")
        for place, sort in enumerate(sorts)
        if sort.key not in SORT_KEYS
    ]


def _keys(sorts: Sequence[Sort], *, is_backwards: bool) -> list[Key]:
    """What to sort by, the id last to break ties; the places are parameters named for the keys."""
    keys = []
    for number, sort in enumerate([*sorts, Sort("id")]):
        sql, type = SORT_KEYS[sort.key]
        keys.append(Key(sql, f"{{place_{number}:{type}}}", sort.descending != is_backwards))
    return keys


def _places(cursor: Mapping[str, Any], keys: Sequence[Key]) -> dict[str, object]:
    # The one sum among the keys is not a column.
    values = {**cursor, "input_tokens + output_tokens": usage_of(cursor).total_tokens}
    return {f"place_{number}": values[key.sql] for number, key in enumerate(keys)}


def _cursor_row(
    connection: Connection, workspace_id: str, question: ContactQuery
) -> Mapping[str, Any]:
    cursor = question.last_id or question.first_id
    external_id = _external_id(connection, workspace_id, bytes_of(cursor))
    rows = _rows_of(connection, workspace_id, external_id) if external_id else []
    if not rows:
        message = f"{cursor!r} is not the id of a contact; a cursor is the id of a listed one"
        raise InvalidRequestError(message, (Fault(question.cursor_path, message),))
    return rows[0]


def _external_id(connection: Connection, workspace_id: str, id: bytes | None) -> str:
    """The external id of the contact with that id; empty where there is none."""
    if id is None:
        return ""
    parameters = {"workspace_id": workspace_id, "id": id.hex()}
    rows = connection.rows("contacts/contact_external_id", parameters)
    return str(rows[0]["external_id"]) if rows else ""


def _one(connection: Connection, workspace_id: str, external_id: str) -> Contact | None:
    rows = _rows_of(connection, workspace_id, external_id)
    return _contact(workspace_id, rows[0]) if rows else None


def _rows_of(connection: Connection, workspace_id: str, external_id: str) -> Rows:
    return _rows(
        connection,
        workspace_id,
        limit=1,
        parameters={"external_id": external_id, "search": "", "tags": []},
        records="external_id = {external_id:String}",
        seen="contact_id = {external_id:String}",
    )


def _rows(
    connection: Connection,
    workspace_id: str,
    *,
    limit: int,
    parameters: Mapping[str, object],
    records: str = "1",
    seen: str = "1",
    after: str = "1",
    order: str = "id",
) -> Rows:
    return connection.rows(
        "contacts/contacts",
        {"workspace_id": workspace_id, "limit": limit, **parameters},
        records=records,
        seen=seen,
        counts=counted_trace(),
        after=after,
        order=order,
    )


def _texts(profile: Profile) -> tuple[str, str, str, list[str], str]:
    said = (profile.display_name, profile.email, profile.avatar_url)
    return *said, list(profile.tags), json.dumps(profile.metadata)


def _contact(workspace_id: str, row: Mapping[str, Any]) -> Contact:
    return Contact(
        id=ulid_of(bytes.fromhex(row["id"])),
        external_id=row["external_id"],
        workspace_id=workspace_id,
        is_recorded=bool(row["is_recorded"]),
        profile=Profile(
            row["display_name"],
            row["email"],
            row["avatar_url"],
            tuple(row["tags"]),
            json.loads(row["metadata"] or "{}"),
        ),
        created_ns=row["created_ns"],
        updated_ns=row["updated_ns"],
        activity=_activity(row),
    )


def _activity(row: Mapping[str, Any]) -> Activity:
    return Activity(
        sessions=row["sessions_count"],
        traces=row["traces_count"],
        model_calls=row["model_calls_count"],
        failed_calls=row["failed_calls_count"],
        unpriced_calls=row["unpriced_calls_count"],
        errors=row["errors_count"],
        usage=usage_of(row),
        billing=billing_of(row),
        first_seen_ns=row["first_seen_ns"],
        last_seen_ns=row["last_seen_ns"],
    )
