"""What may be sent about contacts, in both generations of the API."""

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from sessionary.api.http.body_types import Whole, rule
from sessionary.api.http.request_value import MAX_CHARACTERS, MAX_ITEMS
from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.contact import ContactQuery
from sessionary.model.pagination import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, MAX_SORTS, Sort
from sessionary.services.contacts.save import ProfileChange
from sessionary.store.contacts.queries import SORT_KEYS, sort_faults

MAX_METADATA_BYTES = 64 * 1024
_TAGS = 100


def _as_json(metadata: dict[str, Any]) -> dict[str, Any]:
    """Refuse what could not be written again."""
    try:
        text = json.dumps(metadata, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ValueError(f"this cannot be kept as JSON: {error}") from None
    if len(text) > MAX_METADATA_BYTES:
        raise ValueError(f"{len(text):,} bytes as JSON; the most is {MAX_METADATA_BYTES:,}")
    return metadata


ExternalId = Annotated[str, StringConstraints(min_length=1, max_length=512)]
Text = Annotated[str, StringConstraints(max_length=512)]
Url = Annotated[str, StringConstraints(max_length=4096)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Word = Annotated[str, StringConstraints(max_length=MAX_CHARACTERS)]
Metadata = Annotated[dict[str, Any], AfterValidator(_as_json)]


_CURSOR = rule("the id of a contact; lastId and firstId exclude each other")


class ContactUpdate(BaseModel):
    """What to change of a contact: what is left out stays, null and "" clear."""

    display_name: Text | None = None
    email: Text | None = None
    avatar_url: Url | None = None
    tags: Annotated[list[Tag], Field(max_length=_TAGS)] | None = None
    metadata: Metadata | None = None

    def change(self) -> ProfileChange:
        """The parts that were sent."""
        change: ProfileChange = {}
        if "display_name" in self.model_fields_set:
            change["display_name"] = self.display_name or ""
        if "email" in self.model_fields_set:
            change["email"] = self.email or ""
        if "avatar_url" in self.model_fields_set:
            change["avatar_url"] = self.avatar_url or ""
        if "tags" in self.model_fields_set:
            change["tags"] = tuple(dict.fromkeys(self.tags or ()))
        if "metadata" in self.model_fields_set:
            change["metadata"] = self.metadata or {}
        return change


class NewContact(ContactUpdate):
    """A contact to create, or to bring up to date."""

    external_id: ExternalId


class ContactsSorting(BaseModel):
    """One key to sort by."""

    key: Annotated[Text, WithJsonSchema({"enum": list(SORT_KEYS)})] = Field(
        description="A path of a contact, such as billing.total_cost."
    )
    direction: Literal["asc", "desc"] = "asc"


class ContactsPage(BaseModel):
    """Which rows: the first, or by the id of the contact before or after them."""

    model_config = ConfigDict(populate_by_name=True)

    limit: Whole = Field(default=DEFAULT_PAGE_SIZE, ge=1, le=MAX_PAGE_SIZE)
    last_id: str = Field(
        default="",
        alias="lastId",
        description="The page after this contact.",
        json_schema_extra=_CURSOR,
    )
    first_id: str = Field(
        default="",
        alias="firstId",
        description="The page before this contact.",
        json_schema_extra=_CURSOR,
    )


class ContactsQuery(BaseModel):
    """The body of a query."""

    model_config = ConfigDict(populate_by_name=True)

    search: Word = Field(
        default="",
        description="Occurs in external_id, display_name or email, without regard to case.",
    )
    tags: list[Word] = Field(
        default_factory=list,
        max_length=MAX_ITEMS,
        description="Tags that a contact must all have.",
    )
    sorting_props: list[ContactsSorting] = Field(
        default_factory=list, alias="sortingProps", max_length=MAX_SORTS
    )
    pagination: ContactsPage = Field(default_factory=ContactsPage, json_schema_extra=_CURSOR)

    def question(self) -> ContactQuery:
        """The page asked for.

        Raises:
            InvalidRequestError: both cursors, or sort keys that are not known; all at once.
        """
        page = self.pagination
        sorts = tuple(Sort(p.key, descending=p.direction == "desc") for p in self.sorting_props)
        faults = sort_faults(sorts, "sortingProps")
        if page.last_id and page.first_id:
            faults.append(Fault("pagination", "lastId and firstId exclude each other"))
        if faults:
            raise InvalidRequestError(faults[0].message, tuple(faults))
        return ContactQuery(
            limit=page.limit,
            search=self.search,
            tags=tuple(self.tags),
            sort=sorts,
            last_id=page.last_id,
            first_id=page.first_id,
            cursor_path=f"pagination.{'lastId' if page.last_id else 'firstId'}",
        )
