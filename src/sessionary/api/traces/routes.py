"""Traces and their spans, on the routes of orq's `/v3/traces`."""

import time
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import WithJsonSchema

from sessionary.api.auth.middleware import principal_of, workspace_of
from sessionary.api.http.body_types import SENT_TIME, rule
from sessionary.api.http.json import Json, instant
from sessionary.api.http.path_convertors import HexId
from sessionary.api.reads import read, read_json
from sessionary.api.routing import add
from sessionary.api.traces.aggregate_schemas import (
    FacetsBody,
    FacetValuesBody,
    GroupsBody,
    TraceFieldsBody,
    TraceFiltersBody,
)
from sessionary.api.traces.filter_schemas import names_of
from sessionary.api.traces.requests import DEFAULT_PAGE_SIZE, TracesAggregation, TracesSearch
from sessionary.api.traces.schemas import SpanAnswer, SpansBody, TraceAnswer, TracesBody
from sessionary.api.traces.serialize import field_json, span_detail, span_summary, trace_summary
from sessionary.api.traces.timeline_schemas import TraceTimelineBody, trace_timeline_json
from sessionary.api.visibility import require_trace
from sessionary.conversation.reader import span_said
from sessionary.model.access import Scope
from sessionary.model.pagination import MAX_PAGE_SIZE, Page
from sessionary.services.traces.aggregate import aggregate as aggregated
from sessionary.services.traces.aggregate import count_values
from sessionary.services.traces.metadata import list_metadata_keys
from sessionary.services.traces.search import Found, TraceQuery
from sessionary.services.traces.search import search as searched
from sessionary.services.traces.show import (
    PlacedSpan,
    list_spans,
    show_span,
    show_timeline,
    show_trace,
)
from sessionary.store.traces.fields import FIELDS, KEYED_FIELDS
from sessionary.store.traces.timelines import MAX_ROWS

_PREFIX = "/v3/traces"
_TIMELINE = TraceTimelineBody
_FACETS = [field for field in FIELDS if field.is_facet]
_TIME = WithJsonSchema(SENT_TIME)
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE)]


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    routes = APIRouter(tags=["Traces"])
    # Words first: else they would be taken for a trace's id.
    for name, method, path, endpoint, answer, errors in (
        ("search_traces", "POST", "/search", search, TracesBody, (400,)),
        ("aggregate_traces", "POST", "/aggregate", aggregate, GroupsBody, (400,)),
        ("list_trace_facets", "GET", "/facets", facets, FacetsBody, ()),
        ("count_trace_values", "GET", "/facets/{field:name}", values, FacetValuesBody, (400,)),
        ("list_trace_fields", "GET", "/fields", fields, TraceFieldsBody, ()),
        ("list_trace_filters", "GET", "/filters", filters, TraceFiltersBody, ()),
        ("get_trace", "GET", "/{trace_id}", get, TraceAnswer, (400, 404)),
        ("list_spans", "GET", "/{trace_id}/spans", spans, SpansBody, (400, 404)),
        ("get_trace_timeline", "GET", "/{trace_id}/timeline", timeline, _TIMELINE, (400, 404)),
        ("get_span", "GET", "/{trace_id}/spans/{span_id}", span, SpanAnswer, (400, 404)),
    ):
        add(
            routes,
            method,
            f"{_PREFIX}{path}",
            endpoint,
            name=name,
            answer=answer,
            errors=errors,
            scope=Scope.READ,
        )
    return routes


async def search(request: Request, body: TracesSearch | None = None) -> Response:
    """Search traces: filtered, sorted, page by page."""
    body = body or TracesSearch()
    return await read_json(
        request,
        _found_json,
        searched,
        request.app.state.database,
        workspace_of(request),
        body.asked(principal_of(request)),
        sorts=body.sorts(),
        limit=body.limit,
        token=body.page_token,
        now_ns=time.time_ns(),
    )


def _found_json(found: Found) -> Json:
    answer: Json = {
        "object": "list",
        "data": [trace_summary(trace) for trace in found.traces],
        "has_more": bool(found.next_token),
        "meta": {
            "from": instant(found.from_ns),
            "to": instant(found.to_ns),
            "row_count": len(found.traces),
        },
    }
    return answer | ({"next_page_token": found.next_token} if found.next_token else {})


async def aggregate(request: Request, body: TracesAggregation | None = None) -> Json:
    """Add up traces by group."""
    body = body or TracesAggregation()
    rows, has_more = await read(
        request,
        aggregated,
        request.app.state.database,
        workspace_of(request),
        body.asked(principal_of(request)),
        group_by=body.group_by,
        compute=body.measures(),
        limit=body.limit,
        now_ns=time.time_ns(),
    )
    data = [{"group": row.group, "metrics": row.metrics} for row in rows]
    return {"object": "list", "data": data, "has_more": has_more}


async def facets() -> Json:
    """List the fields whose values can be counted."""
    return {"data": [{"field": f.name, "label": f.label, "type": f.type.value} for f in _FACETS]}


async def values(
    request: Request,
    field: Annotated[str, Path(json_schema_extra={"enum": names_of(_FACETS)})],
    start: Annotated[
        str, Query(alias="from", description="30 days before `to` by default."), _TIME
    ] = "",
    to: Annotated[str, Query(description="Now by default."), _TIME] = "",
    limit: Limit = DEFAULT_PAGE_SIZE,
    filter_operator: Annotated[
        str,
        Query(
            description="For clients that send it.", json_schema_extra={"enum": ["", "and", "or"]}
        ),
    ] = "",
) -> Json:
    """Count the traces by each value of a field."""
    counts, has_more = await read(
        request,
        count_values,
        request.app.state.database,
        workspace_of(request),
        field,
        TraceQuery(
            start,
            to,
            filter_operator=filter_operator,
            project_id=principal_of(request).project_id,
        ),
        limit=limit,
        now_ns=time.time_ns(),
    )
    counted = [{"value": value, "count": count} for value, count in counts]
    return {"field": field, "values": counted, "has_more": has_more}


async def fields() -> Json:
    """List what traces can be filtered, sorted, grouped and counted by."""
    return {"data": [field_json(field) for field in (*FIELDS, *KEYED_FIELDS)]}


async def filters(request: Request) -> Json:
    """List the metadata keys that traces have; there are no evaluators and annotations yet."""
    keys = await read(
        request,
        list_metadata_keys,
        request.app.state.database,
        workspace_of(request),
        now_ns=time.time_ns(),
        project_id=principal_of(request).project_id,
    )
    metadata = [{"key": key, "type": "string"} for key in keys]
    return {"evaluators": [], "metadata": metadata, "annotations": []}


async def get(request: Request, trace_id: HexId) -> Json:
    """Get a trace."""
    await require_trace(request, trace_id)
    trace, root_span_id = await read(
        request, show_trace, request.app.state.database, workspace_of(request), trace_id
    )
    return {"trace": trace_summary(trace) | {"root_span_id": root_span_id}}


async def spans(
    request: Request,
    trace_id: HexId,
    limit: Limit = DEFAULT_PAGE_SIZE,
    page_token: Annotated[
        HexId,
        Query(
            description="The next_page_token of the page before.",
            json_schema_extra=rule("the id of a span of the trace"),
        ),
    ] = "",
) -> Response:
    """List a trace's spans, each below its parent, siblings in order of start."""
    await require_trace(request, trace_id)

    def listed(page: Page[PlacedSpan]) -> Json:
        data = [span_summary(trace_id, placed) for placed in page.items]
        answer: Json = {"object": "list", "data": data, "has_more": page.has_more}
        return answer | ({"next_page_token": data[-1]["span_id"]} if page.has_more else {})

    return await read_json(
        request,
        listed,
        list_spans,
        request.app.state.database,
        request.app.state.trees,
        workspace_of(request),
        trace_id,
        limit=limit,
        after=page_token,
    )


async def timeline(
    request: Request,
    trace_id: HexId,
    limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = MAX_ROWS,
    page_token: Annotated[
        str,
        Query(
            description="The next_page_token of the page before.",
            json_schema_extra=rule("the next_page_token of a page of this trace"),
        ),
    ] = "",
) -> Response:
    """List a trace's spans as columns, in order of start: what it takes to draw it."""
    await require_trace(request, trace_id)
    return await read_json(
        request,
        trace_timeline_json,
        show_timeline,
        request.app.state.database,
        workspace_of(request),
        trace_id,
        limit=limit,
        page_token=page_token,
    )


async def span(request: Request, trace_id: HexId, span_id: HexId) -> JSONResponse:
    """Get a span with everything recorded for it: its messages, price and ancestors."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    await require_trace(request, trace_id)
    shown = await read(
        request, show_span, database, request.app.state.trees, workspace_id, trace_id, span_id
    )
    said = await read(request, span_said, database, workspace_id, trace_id, shown.placed.span)
    book = request.app.state.prices.of(workspace_id)
    return JSONResponse({"span": span_detail(trace_id, shown, said, book)})
