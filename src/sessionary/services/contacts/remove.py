"""Forget contacts: the record, or all that the person left here."""

from sessionary.model.contact import contact_id
from sessionary.services.contacts.find import find_contact
from sessionary.store.clickhouse.pool import Database
from sessionary.store.contacts.queries import delete_contact, get_contact
from sessionary.store.erasure.erase import erase_contact


def remove_contact(database: Database, workspace_id: str, name: str) -> str:
    """Delete the record of a contact by its id or external id; its traces stay.

    Returns the contact's id.

    Raises:
        NotFoundError: there is no such contact.
    """
    contact = find_contact(database, workspace_id, name)
    delete_contact(database, workspace_id, contact)
    return contact.id


def erase_person(database: Database, workspace_id: str, name: str) -> tuple[str, int]:
    """Delete the record and every session in which the contact takes part, for good.

    Returns the contact's id and the number of sessions. An unknown contact is no error: spans may
    name one that no trace has, and an interrupted erasure must be repeatable.
    """
    contact = get_contact(database, workspace_id, name)
    external_id = contact.external_id if contact else name
    count = erase_contact(database, workspace_id, external_id)
    return contact_id(workspace_id, external_id), count
