"""A contact: an end user known from a record, from traces, or from both."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sessionary.model.pagination import Sort
from sessionary.model.session import Billing, Usage
from sessionary.model.ulid import ulid_of


@dataclass(frozen=True, slots=True)
class Profile:
    """The record of a contact, as written through the API. Absent texts are empty."""

    display_name: str = ""
    email: str = ""
    avatar_url: str = ""
    tags: tuple[str, ...] = ()
    metadata: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Activity:
    """What the traces of a contact add up to; seen at 0 where there are none."""

    sessions: int
    traces: int
    model_calls: int
    failed_calls: int
    unpriced_calls: int
    errors: int
    usage: Usage
    billing: Billing
    first_seen_ns: int
    last_seen_ns: int


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact of a workspace. Times are nanoseconds since 1970.

    One without a record has an empty profile, and was created when first seen.
    """

    id: str
    external_id: str
    workspace_id: str
    is_recorded: bool
    profile: Profile
    created_ns: int
    updated_ns: int
    activity: Activity


@dataclass(frozen=True, slots=True)
class ContactQuery:
    """Which contacts: those that `search` occurs in and that have all of `tags`, a page of them.

    `last_id` and `first_id` are the ULIDs after and before which the page lies.
    """

    limit: int
    search: str = ""
    tags: tuple[str, ...] = ()
    sort: tuple[Sort, ...] = ()
    last_id: str = ""
    first_id: str = ""
    cursor_path: str = ""
    """Where the request gave the cursor, to name it should it be wrong."""


def contact_id(workspace_id: str, external_id: str) -> str:
    """The contact's ULID: a pure function of the two (contacts/sql/contacts.sql says the same)."""
    name = f"{workspace_id}\0contact\0{external_id}".encode()
    return ulid_of(hashlib.sha256(name).digest()[:16])
