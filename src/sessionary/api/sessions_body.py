"""What may be sent to list and count sessions, in both generations of the API."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from sessionary.api.body_part import MOST_CHARACTERS
from sessionary.api.filter_body import filter_of
from sessionary.api.shapes import DEFAULT_FIELDS, EXTRA_FIELDS
from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.access import Principal
from sessionary.model.filter import Filter, InProject
from sessionary.model.page import LAST_PAGE, MOST, MOST_SORTS, USUAL, Paging, Sort
from sessionary.store.session_paths import find_path, no_such_path


def _sort_key(key: str) -> str:
    if find_path(key) is None or len(key) > MOST_CHARACTERS:
        raise _fault(no_such_path(key))
    return key


def _field(name: str) -> str:
    for fault in check_fields([name], ""):
        raise _fault(fault.message)
    return name


def _fault(message: str) -> PydanticCustomError:
    return PydanticCustomError("unknown", "{message}", {"message": message})


def _keys_of(value: object) -> object:
    """The classic client sends the fields as an object of strings."""
    return list(value) if isinstance(value, dict) else value


class _Body(BaseModel):
    """A part of the body, in which null is as good as nothing."""

    model_config = ConfigDict(populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: object) -> object:
        if isinstance(value, dict):
            return {name: part for name, part in value.items() if part is not None}
        return value


class SortingProp(_Body):
    """One key to sort by."""

    key: Annotated[str, AfterValidator(_sort_key)] = Field(
        description="A path of a session, such as billing.total_cost."
    )
    direction: Literal["asc", "desc"] = "asc"


class Pagination(_Body):
    """Which rows: by page, or by the `_id` of the session before or after them."""

    limit: int = Field(default=USUAL, ge=1, le=MOST)
    page: int = Field(default=1, ge=1, le=LAST_PAGE)
    last_id: str = Field(default="", alias="lastId", description="The page after this session.")
    first_id: str = Field(default="", alias="firstId", description="The page before this session.")


class SessionsQuery(_Body):
    """The body of a query or a count; `limit` and `page` at the top are the current client's."""

    filters: Any = Field(
        default=None,
        description="A list of filters, or an object with an interval: all have to select.",
    )
    query: Any = Field(
        default=None,
        description="A text to search for, and filters of which all (and) or any (or) select.",
    )
    sorting_props: list[SortingProp] = Field(
        default_factory=list, alias="sortingProps", max_length=MOST_SORTS
    )
    pagination: Pagination = Pagination()
    limit: int | None = Field(default=None, ge=1, le=MOST)
    page: int | None = Field(default=None, ge=1, le=LAST_PAGE)
    last_id: str = Field(default="", alias="lastId")
    first_id: str = Field(default="", alias="firstId")
    included_fields: Annotated[
        list[Annotated[str, AfterValidator(_field)]], BeforeValidator(_keys_of)
    ] = Field(
        default_factory=list,
        alias="includedFields",
        description=f"Further fields to return: {', '.join(EXTRA_FIELDS)}.",
    )

    @model_validator(mode="wrap")
    @classmethod
    def _all_faults_at_once(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Refuse all that is wrong together: the shape, and what is asked for.

        Raises:
            InvalidRequestError: not pydantic's, so that it goes all the way up.
        """
        faults: list[Fault] = []
        if isinstance(value, dict):
            filter_of(value.get("filters"), value.get("query"), datetime.now(UTC), faults)
        try:
            asked = handler(value)
            if all(asked._cursors()):
                faults.append(Fault("pagination", "lastId and firstId exclude each other"))
        except ValidationError as error:
            if not isinstance(value, dict):
                raise
            faults += [Fault(".".join(map(str, e["loc"])), e["msg"]) for e in error.errors()]
        if faults:
            raise InvalidRequestError(f"{faults[0].path}: {faults[0].message}", tuple(faults))
        return asked

    def where(self, now: datetime) -> Filter:
        """Which sessions are asked for, as of `now`."""
        return filter_of(self.filters, self.query, now, [])

    def paging(self) -> Paging:
        """The page asked for."""
        base = self.pagination
        last_id, first_id = self._cursors()
        name = "lastId" if last_id else "firstId"
        sorts = tuple(Sort(p.key, descending=p.direction == "desc") for p in self.sorting_props)
        return Paging(
            limit=self.limit or base.limit,
            page=self.page or base.page,
            last_id=last_id,
            first_id=first_id,
            cursor_path=name if self.last_id or self.first_id else f"pagination.{name}",
            **({"sort": sorts} if sorts else {}),
        )

    def _cursors(self) -> tuple[str, str]:
        base = self.pagination
        return self.last_id or base.last_id, self.first_id or base.first_id


def check_fields(names: Collection[str], path: str) -> list[Fault]:
    """A fault for each name that is not a field; the default ones are returned anyway."""
    return [
        Fault(f"{path}.{place}", f"{name[:200]!r} is not one of {', '.join(EXTRA_FIELDS)}")
        for place, name in enumerate(names)
        if name not in EXTRA_FIELDS and name not in DEFAULT_FIELDS
    ]


def selected(by: Principal, body: SessionsQuery) -> Filter:
    """What the body asks for, of the project that the key is for."""
    where = body.where(datetime.now(UTC))
    return InProject(by.project_id, where) if by.project_id else where
