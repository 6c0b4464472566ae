"""Contacts, on the routes of orq's classic API and a few beyond it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.middleware import principal_of, workspace_of
from sessionary.api.contacts.requests import ContactsQuery, NewContact
from sessionary.api.contacts.schemas import (
    ActiveContactBody,
    ContactBody,
    ContactsBody,
    ErasureBody,
)
from sessionary.api.contacts.serialize import active_contact_json, contact_json
from sessionary.api.http.removal import removed_by
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.model.access import Scope
from sessionary.services.access.audit import record_audit_entry
from sessionary.services.contacts.find import find_contact
from sessionary.services.contacts.remove import erase_person, remove_contact
from sessionary.services.contacts.save import upsert_contact
from sessionary.store.contacts.queries import list_contacts

_ONE = "/{contact_id:name}"
Erase = Annotated[bool, Query(description="Erase every session the contact takes part in, too.")]


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    routes = APIRouter(prefix="/v2/contacts", tags=["Contacts"])
    for name, method, path, endpoint, answer, errors, scope in (
        ("save_contact", "POST", "", save, ContactBody, (400,), None),
        ("query_contacts", "POST", "/query", query, ContactsBody, (400,), Scope.READ),
        ("get_contact", "GET", _ONE, get, ActiveContactBody, (400, 404), None),
        ("delete_contact", "DELETE", _ONE, delete, ErasureBody, (400, 404), None),
    ):
        add(routes, method, path, endpoint, name=name, answer=answer, errors=errors, scope=scope)
    return routes


async def save(request: Request, body: NewContact) -> dict[str, Any]:
    """Create a contact, or change the one with that external id."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    contact = await run_in_threadpool(
        upsert_contact, database, workspace_id, body.external_id, body.change()
    )
    return contact_json(contact)


async def query(request: Request, body: ContactsQuery) -> dict[str, Any]:
    """List contacts with what their traces add up to: searched, sorted, page by page."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    page = await read(request, list_contacts, database, workspace_id, body.question())
    data = [active_contact_json(contact) for contact in page.items]
    return {"object": "list", "data": data, "has_more": page.has_more}


async def get(request: Request, contact_id: str) -> dict[str, Any]:
    """Get a contact by its id or external id."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    return active_contact_json(
        await read(request, find_contact, database, workspace_id, contact_id)
    )


async def delete(request: Request, contact_id: str, erase: Erase = False) -> dict[str, Any]:
    """Delete a contact's record, or with `erase` all that there is of the person.

    Answers how many sessions were erased.
    """
    database, by = request.app.state.database, principal_of(request)
    if not erase:
        id = await run_in_threadpool(remove_contact, database, by.workspace_id, contact_id)
        await run_in_threadpool(record_audit_entry, database, by, "contact.delete", id)
        return {"sessions": 0, "removed_from_disk_by": removed_by(request)}
    # By the id, since the name is to be nowhere any more.
    id, count = await run_in_threadpool(erase_person, database, by.workspace_id, contact_id)
    await run_in_threadpool(
        record_audit_entry, database, by, "contact.erase", id, detail=f"sessions: {count}"
    )
    return {"sessions": count, "removed_from_disk_by": removed_by(request)}
