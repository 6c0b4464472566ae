"""What may be sent to search and add up traces."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from sessionary.api.http.body_types import Whole, referred, rule
from sessionary.api.traces.filter_schemas import GROUP, NULL, TEXT, TIME
from sessionary.model.access import Principal
from sessionary.model.pagination import MAX_PAGE_SIZE
from sessionary.services.traces.aggregate import MAX_GROUPED_BY, MAX_MEASURES, AskedMeasure
from sessionary.services.traces.parse_request import (
    MAX_FILTERS,
    MAX_SORTS,
    AskedFilter,
    AskedSort,
)
from sessionary.services.traces.search import TraceQuery

DEFAULT_PAGE_SIZE = 100


def _text_of(value: Any) -> Any:
    """Clients send every value as text; who writes JSON by hand may send what it is."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case _:
            return value


def _listed(value: Any) -> Any:
    return [] if value is None else value


def _limit_of(value: Any) -> Any:
    return DEFAULT_PAGE_SIZE if value is None else value


_LIMIT = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE}, NULL]}
_TOKEN = rule("the next_page_token of the same search")
_GROUPS = {"anyOf": [{"type": "array", "items": GROUP, "maxItems": MAX_GROUPED_BY}, NULL]}
Text = Annotated[str, BeforeValidator(_text_of)]
Limit = Annotated[
    Whole, BeforeValidator(_limit_of), Field(ge=1, le=MAX_PAGE_SIZE), WithJsonSchema(_LIMIT)
]
Time = Annotated[Text, WithJsonSchema(TIME)]


def _list_of(name: str, most: int) -> WithJsonSchema:
    items = {"type": "array", "items": referred(name), "maxItems": most}
    return WithJsonSchema({"anyOf": [items, NULL]})


class TraceFilter(BaseModel):
    """One condition; `GET /v3/traces/fields` lists the fields and the operators of each."""

    field: Text = ""
    op: Text = ""
    values: Annotated[list[Text], BeforeValidator(_listed)] = []

    def asked(self) -> AskedFilter:
        """The same, free of HTTP."""
        return AskedFilter(self.field, self.op, self.values)


class TraceSort(BaseModel):
    """One field to sort by."""

    field: Text = ""
    order: Text = Field(default="", description="asc, the default, or desc.")


class TraceMeasure(BaseModel):
    """One figure of each group."""

    metric: Text = Field(default="", description="count, or a field that is a number.")
    op: Text = Field(default="", description="sum, the default, avg, min, max, p50, p90, p95, p99.")


class _Traces(BaseModel):
    """Which traces."""

    model_config = ConfigDict(populate_by_name=True)

    start: Time = Field(
        default="", alias="from", description="The first start; 30 days before `to` by default."
    )
    to: Time = Field(default="", description="What all starts are before; now by default.")
    filters: Annotated[
        list[TraceFilter], BeforeValidator(_listed), _list_of("TraceFilter", MAX_FILTERS)
    ] = []
    filter_operator: Annotated[Text, WithJsonSchema({"enum": ["and", "or", "", None]})] = Field(
        default="", description="and, the default, or or."
    )
    query: Annotated[Text, WithJsonSchema(TEXT)] = Field(
        default="",
        description="Text that has to occur in a name, id, tag or model of the trace.",
    )
    limit: Limit = DEFAULT_PAGE_SIZE

    def asked(self, by: Principal) -> TraceQuery:
        """The query without HTTP, limited to what the key may see."""
        filters = [item.asked() for item in self.filters]
        return TraceQuery(
            self.start, self.to, filters, self.filter_operator, self.query, by.project_id
        )


class TracesSearch(_Traces):
    """The body of a search."""

    sort: Annotated[
        list[TraceSort], BeforeValidator(_listed), _list_of("TraceSort", MAX_SORTS)
    ] = []
    page_token: Annotated[Text, WithJsonSchema({"type": ["string", "null"]} | _TOKEN)] = Field(
        default="", description="The next_page_token of the page before."
    )

    def sorts(self) -> list[AskedSort]:
        """The order asked for."""
        return [AskedSort(item.field, item.order) for item in self.sort]


class TracesAggregation(_Traces):
    """The body of an aggregation."""

    group_by: Annotated[list[Text], BeforeValidator(_listed), WithJsonSchema(_GROUPS)] = []
    compute: Annotated[
        list[TraceMeasure], BeforeValidator(_listed), _list_of("TraceMeasure", MAX_MEASURES)
    ] = []

    def measures(self) -> list[AskedMeasure]:
        """The figures asked for."""
        return [AskedMeasure(item.metric, item.op) for item in self.compute]
