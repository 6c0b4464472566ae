"""What may be sent to list and count sessions, in both generations of the API."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sessionary.api.shapes import EXTRA_FIELDS
from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.page import LAST_PAGE, MOST, USUAL, Paging, Sort
from sessionary.store.sessions import sort_faults

_ALL_TIME = "SESSION_INTERVAL_ALL_TIME"


class SortingProp(BaseModel):
    """One key to sort by."""

    key: str = Field(description="A path of a session, such as billing.total_cost.")
    direction: Literal["asc", "desc"] = "asc"


class Pagination(BaseModel):
    """Which rows: by page, or by the `_id` of the session before or after them."""

    model_config = ConfigDict(populate_by_name=True)

    limit: int = Field(default=USUAL, ge=1, le=MOST)
    page: int = Field(default=1, ge=1, le=LAST_PAGE)
    last_id: str = Field(default="", alias="lastId", description="The page after this session.")
    first_id: str = Field(default="", alias="firstId", description="The page before this session.")


class SessionsQuery(BaseModel):
    """The body of a query or a count; `limit` and `page` at the top are the current client's."""

    model_config = ConfigDict(populate_by_name=True)

    filters: list[Any] | dict[str, Any] | None = Field(
        default=None, description="Not in this version: must be empty, or ask for all time."
    )
    query: dict[str, Any] | None = Field(default=None, description="Not in this version.")
    sorting_props: list[SortingProp] = Field(default_factory=list, alias="sortingProps")
    pagination: Pagination | None = None
    limit: int | None = Field(default=None, ge=1, le=MOST)
    page: int | None = Field(default=None, ge=1, le=LAST_PAGE)
    last_id: str | None = Field(default=None, alias="lastId")
    first_id: str | None = Field(default=None, alias="firstId")
    included_fields: list[str] = Field(
        default_factory=list,
        alias="includedFields",
        description=f"Further fields to return: {', '.join(EXTRA_FIELDS)}.",
    )

    def paging(self) -> Paging:
        """The page asked for.

        Raises:
            InvalidRequestError: see `check`.
        """
        self.check()
        base = self.pagination or Pagination()
        is_top = bool(self.last_id or self.first_id)
        last_id, first_id = self._cursors()
        name = "lastId" if last_id else "firstId"
        sorts = self._sorts()
        return Paging(
            limit=self.limit or base.limit,
            page=self.page or base.page,
            last_id=last_id,
            first_id=first_id,
            cursor_path=name if is_top else f"pagination.{name}",
            **({"sort": sorts} if sorts else {}),
        )

    def check(self) -> None:
        """Refuse what is wrong, and what would otherwise be left out silently; all at once.

        Raises:
            InvalidRequestError: filters, which this version does not have, both cursors, or a
                sort key or a field that is not known.
        """
        faults = []
        if not _asks_for_all(self.filters):
            faults.append(Fault("filters", "filters are not in this version: leave them empty"))
        if self.query and (self.query.get("search") or self.query.get("filters")):
            faults.append(Fault("query", "search and filters are not in this version"))
        if all(self._cursors()):
            faults.append(Fault("pagination", "lastId and firstId exclude each other"))
        faults += sort_faults(self._sorts())
        faults += check_fields(self.included_fields, "includedFields")
        if faults:
            raise InvalidRequestError(faults[0].message, tuple(faults))

    def _cursors(self) -> tuple[str, str]:
        base = self.pagination or Pagination()
        return self.last_id or base.last_id, self.first_id or base.first_id

    def _sorts(self) -> tuple[Sort, ...]:
        return tuple(Sort(p.key, descending=p.direction == "desc") for p in self.sorting_props)


def check_fields(names: list[str], path: str) -> list[Fault]:
    """A fault for each name that is not a further field."""
    return [
        Fault(f"{path}.{place}", f"{name!r} is not one of {', '.join(EXTRA_FIELDS)}")
        for place, name in enumerate(names)
        if name not in EXTRA_FIELDS
    ]


def _asks_for_all(filters: list[Any] | dict[str, Any] | None) -> bool:
    if not filters:
        return True
    if isinstance(filters, list):
        return False
    given = {name: value for name, value in filters.items() if value not in (None, "", [])}
    return set(given) <= {"interval"} and given.get("interval", _ALL_TIME) == _ALL_TIME
