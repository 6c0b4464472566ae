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
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from sessionary.api.filters.parse import filter_of
from sessionary.api.filters.schemas import path_schema
from sessionary.api.http.body_types import RULE, IsNumber, Whole, reference_to, rule
from sessionary.api.http.request_value import MAX_CHARACTERS
from sessionary.api.sessions.serialize import DEFAULT_FIELDS, EXTRA_FIELDS
from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.access import Principal
from sessionary.model.pagination import (
    DEFAULT_PAGE_SIZE,
    LAST_PAGE,
    MAX_PAGE_SIZE,
    MAX_SORTS,
    Paging,
    Sort,
)
from sessionary.model.session_filter import Filter, InProject
from sessionary.store.sessions.paths import PathType, find_path, unknown_path

# Keywords of a field's schema other than its values.
_ABOUT = ("title", "description", "default", RULE)
_CURSOR = rule("the `_id` of a session; lastId and firstId exclude each other")


def _sort_key(key: str) -> str:
    if find_path(key) is None or len(key) > MAX_CHARACTERS:
        raise _fault(unknown_path(key))
    return key


_FILTERS = reference_to("SessionFilters")
_QUERY = reference_to("SessionsSearch")
_KEY_SCHEMA = path_schema(tuple(PathType))
_FIELD_NAMES = {"enum": [*EXTRA_FIELDS, *DEFAULT_FIELDS]}
_FIELDS_SCHEMA = {
    "anyOf": [
        {"type": "array", "items": _FIELD_NAMES},
        {"type": "object", "propertyNames": _FIELD_NAMES},
    ]
}


def _field(name: str) -> str:
    for fault in check_fields([name], ""):
        raise _fault(fault.message)
    return name


def _fault(message: str) -> PydanticCustomError:
    return PydanticCustomError("unknown", "{message}", {"message": message})


def _keys_of(value: object) -> object:
    """The classic client sends the fields as an object of strings."""
    return list(value) if isinstance(value, dict) else value


def _choices(schema: JsonSchemaValue) -> list[JsonSchemaValue]:
    choices: list[JsonSchemaValue] = schema.get("anyOf", [])
    return choices


def _nullable(schema: JsonSchemaValue) -> JsonSchemaValue:
    about = {name: schema[name] for name in _ABOUT if name in schema}
    of = {name: value for name, value in schema.items() if name not in about}
    return {"anyOf": [*(_choices(schema) or [of]), {"type": "null"}], **about}


class _Body(BaseModel):
    """A part of the body, in which null is as good as nothing."""

    model_config = ConfigDict(populate_by_name=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        schema = handler(core_schema)
        shown = handler.resolve_ref_schema(schema)
        for name, part in shown["properties"].items():
            if name not in shown.get("required", ()) and {"type": "null"} not in _choices(part):
                shown["properties"][name] = _nullable(part)
        return schema

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, value: object) -> object:
        if isinstance(value, dict):
            return {name: part for name, part in value.items() if part is not None}
        return value


class SortingProp(_Body):
    """One key to sort by."""

    key: Annotated[str, AfterValidator(_sort_key), WithJsonSchema(_KEY_SCHEMA)] = Field(
        description="A path of a session, such as billing.total_cost."
    )
    direction: Literal["asc", "desc"] = "asc"


class Pagination(_Body):
    """Which rows: by page, or by the `_id` of the session before or after them."""

    limit: Whole = Field(default=DEFAULT_PAGE_SIZE, ge=1, le=MAX_PAGE_SIZE)
    page: Whole = Field(default=1, ge=1, le=LAST_PAGE)
    last_id: str = Field(
        default="",
        alias="lastId",
        description="The page after this session.",
        json_schema_extra=_CURSOR,
    )
    first_id: str = Field(
        default="",
        alias="firstId",
        description="The page before this session.",
        json_schema_extra=_CURSOR,
    )


class SessionsQuery(_Body):
    """The body of a query or a count; `limit` and `page` at the top are the current client's."""

    filters: Annotated[Any, _FILTERS] = Field(
        default=None,
        description="A list of filters, or an object with an interval: all have to select.",
    )
    query: Annotated[Any, _QUERY] = Field(
        default=None,
        description="A text to search for, and filters of which all (and) or any (or) select.",
    )
    sorting_props: list[SortingProp] = Field(
        default_factory=list, alias="sortingProps", max_length=MAX_SORTS
    )
    pagination: Pagination = Field(default=Pagination(), json_schema_extra=_CURSOR)
    limit: Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE), IsNumber] | None = None
    page: Annotated[int, Field(ge=1, le=LAST_PAGE), IsNumber] | None = None
    last_id: str = Field(default="", alias="lastId", json_schema_extra=_CURSOR)
    first_id: str = Field(default="", alias="firstId", json_schema_extra=_CURSOR)
    included_fields: Annotated[
        list[Annotated[str, AfterValidator(_field)]],
        BeforeValidator(_keys_of),
        WithJsonSchema(_FIELDS_SCHEMA),
    ] = Field(
        default_factory=list,
        alias="includedFields",
        description=f"Further fields to return: {', '.join(EXTRA_FIELDS)}.",
    )

    @model_validator(mode="wrap")
    @classmethod
    def _all_faults_at_once(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Report all faults together: of the shape and of the values.

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
