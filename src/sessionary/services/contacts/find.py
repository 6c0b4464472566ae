"""Find contacts."""

from sessionary.errors import NotFoundError
from sessionary.model.contact import Contact
from sessionary.store.clickhouse.pool import Database
from sessionary.store.contacts.queries import get_contact


def find_contact(database: Database, workspace_id: str, name: str) -> Contact:
    """The contact by its id or external id.

    Raises:
        NotFoundError: it has neither a record nor a trace.
    """
    contact = get_contact(database, workspace_id, name)
    if contact is None:
        raise NotFoundError(f"there is no contact {name!r}")
    return contact
