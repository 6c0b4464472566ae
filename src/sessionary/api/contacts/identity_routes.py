"""Contacts as identities, on the routes of orq's current API."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.middleware import principal_of, workspace_of
from sessionary.api.contacts.requests import ContactUpdate, NewContact
from sessionary.api.contacts.schemas import IdentitiesBody, IdentityAnswer
from sessionary.api.contacts.serialize import identity_json
from sessionary.api.http.body_types import rule
from sessionary.api.http.removal import removal_headers
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.api.scores.schemas import NothingBody
from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.contact import ContactQuery
from sessionary.model.pagination import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Sort
from sessionary.services.access.audit import record_audit_entry
from sessionary.services.contacts.find import find_contact
from sessionary.services.contacts.remove import remove_contact
from sessionary.services.contacts.save import create_contact, update_contact
from sessionary.store.contacts.queries import list_contacts

_ONE = "/{identity_id:name}"
SortBy = Literal[
    "IDENTITY_SORT_FIELD_UNSPECIFIED",
    "IDENTITY_SORT_FIELD_DISPLAY_NAME",
    "IDENTITY_SORT_FIELD_UPDATED",
]
_BY_NAME = (Sort("display_name"),)
_LATEST_FIRST = (Sort("updated", descending=True),)
_CURSOR = rule("the id of an identity; starting_after and ending_before exclude each other")
IncludeMetrics = Annotated[
    bool, Query(description="Add the tokens, cost, requests and error rate of the traces.")
]


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    routes = APIRouter(prefix="/v2/identities", tags=["Identities"])
    for name, method, path, endpoint, answer, errors in (
        ("list_identities", "GET", "", list_all, IdentitiesBody, (400,)),
        ("create_identity", "POST", "", create, IdentityAnswer, (400, 409)),
        ("get_identity", "GET", _ONE, retrieve, IdentityAnswer, (400, 404)),
        ("update_identity", "PATCH", _ONE, update, IdentityAnswer, (400, 404)),
        ("delete_identity", "DELETE", _ONE, delete, NothingBody, (400, 404)),
    ):
        status = 201 if endpoint is create else 200
        add(routes, method, path, endpoint, name=name, answer=answer, errors=errors, status=status)
    return routes


async def list_all(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE)] = DEFAULT_PAGE_SIZE,
    starting_after: Annotated[
        str, Query(description="The page after this `_id`.", json_schema_extra=_CURSOR)
    ] = "",
    ending_before: Annotated[
        str, Query(description="The page before this `_id`.", json_schema_extra=_CURSOR)
    ] = "",
    search: Annotated[str, Query(description="Occurs in ids, names and emails.")] = "",
    tags: Annotated[
        tuple[str, ...], Query(alias="filter_by.tags", description="All of these tags.")
    ] = (),
    include_metrics: IncludeMetrics = False,
    sort_by: SortBy = "IDENTITY_SORT_FIELD_UNSPECIFIED",
) -> dict[str, Any]:
    """List identities: searched, sorted, page by page."""
    if starting_after and ending_before:
        message = "starting_after and ending_before exclude each other"
        raise InvalidRequestError(message, (Fault("starting_after", message),))
    question = ContactQuery(
        limit=limit,
        search=search,
        tags=tags,
        sort=_BY_NAME if sort_by == "IDENTITY_SORT_FIELD_DISPLAY_NAME" else _LATEST_FIRST,
        last_id=starting_after,
        first_id=ending_before,
        cursor_path="starting_after" if starting_after else "ending_before",
    )
    database, workspace_id = request.app.state.database, workspace_of(request)
    page = await read(request, list_contacts, database, workspace_id, question)
    data = [identity_json(contact, with_metrics=include_metrics) for contact in page.items]
    return {"object": "list", "data": data, "has_more": page.has_more}


async def create(request: Request, body: NewContact) -> dict[str, Any]:
    """Create an identity; 409 if there is one with that external id."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    contact = await run_in_threadpool(
        create_contact, database, workspace_id, body.external_id, body.change()
    )
    return {"identity": identity_json(contact)}


async def retrieve(
    request: Request, identity_id: str, include_metrics: IncludeMetrics = False
) -> dict[str, Any]:
    """Get an identity by its `_id` or external id."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    contact = await read(request, find_contact, database, workspace_id, identity_id)
    return {"identity": identity_json(contact, with_metrics=include_metrics)}


async def update(request: Request, identity_id: str, body: ContactUpdate) -> dict[str, Any]:
    """Change an identity: what is left out stays."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    contact = await run_in_threadpool(
        update_contact, database, workspace_id, identity_id, body.change()
    )
    return {"identity": identity_json(contact)}


async def delete(request: Request, response: Response, identity_id: str) -> dict[str, Any]:
    """Delete an identity's record; its traces stay."""
    database, by = request.app.state.database, principal_of(request)
    id = await run_in_threadpool(remove_contact, database, by.workspace_id, identity_id)
    await run_in_threadpool(record_audit_entry, database, by, "contact.delete", id)
    response.headers.update(removal_headers(request))
    return {}
