"""Write what a caller says of a contact."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict

from sessionary.errors import ConflictError
from sessionary.model.contact import Contact, Profile
from sessionary.services.contacts.find import find_contact
from sessionary.store.clickhouse.pool import Database
from sessionary.store.contacts.queries import change_contact


class ProfileChange(TypedDict, total=False):
    """The parts of a profile to replace; those left out stay."""

    display_name: str
    email: str
    avatar_url: str
    tags: tuple[str, ...]
    metadata: Mapping[str, object]


def upsert_contact(
    database: Database, workspace_id: str, external_id: str, change: ProfileChange
) -> Contact:
    """Make the contact's record, or change the one it has."""

    def changed(contact: Contact | None) -> Profile:
        return replace(contact.profile if contact else Profile(), **change)

    return change_contact(database, workspace_id, external_id, changed)


def create_contact(
    database: Database, workspace_id: str, external_id: str, change: ProfileChange
) -> Contact:
    """Make a record for a contact that has none, seen in traces or not.

    Raises:
        ConflictError: it has one.
    """

    def created(contact: Contact | None) -> Profile:
        if contact and contact.is_recorded:
            raise ConflictError(f"there is a contact {external_id!r} already: update it instead")
        return Profile(**change)

    return change_contact(database, workspace_id, external_id, created)


def update_contact(
    database: Database, workspace_id: str, name: str, change: ProfileChange
) -> Contact:
    """Change the contact by its id or external id; one only seen in traces gets a record.

    Raises:
        NotFoundError: there is no such contact.
    """
    contact = find_contact(database, workspace_id, name)
    return upsert_contact(database, workspace_id, contact.external_id, change)
