"""Add up traces by group, and count the values of a field."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sessionary.model.trace_filter import Field, FieldType, Group, Measure, Scope
from sessionary.services.traces.parse_request import Faults
from sessionary.services.traces.search import TraceQuery, selection_of
from sessionary.store.clickhouse.pool import Database
from sessionary.store.traces.aggregate import AGGREGATIONS, aggregate_traces
from sessionary.store.traces.fields import FIELDS, MODEL, find_field

COUNT = "count"
MAX_GROUPED_BY = 4
MAX_MEASURES = 20
_USUAL = ("count", "cost_total", "total_tokens")
_NS_PER_MS = 1_000_000
_METRIC_TYPES = {FieldType.INTEGER, FieldType.DURATION, FieldType.MONEY}


@dataclass(frozen=True, slots=True)
class AskedMeasure:
    """A figure to add up, as it was sent."""

    metric: str
    operator: str = ""


@dataclass(frozen=True, slots=True)
class AggregateRow:
    """The values and the figures of a group, by the names asked for, in the units of the API."""

    group: dict[str, str]
    metrics: dict[str, int | float]


def is_metric(field: Field) -> bool:
    """Whether figures of the field can be added up."""
    return field.scope is Scope.TRACE and field.type in _METRIC_TYPES


def aggregate(
    database: Database,
    workspace_id: str,
    asked: TraceQuery,
    *,
    group_by: Sequence[str],
    compute: Sequence[AskedMeasure],
    limit: int,
    now_ns: int,
) -> tuple[list[AggregateRow], bool]:
    """The figures of each group, and whether there are more groups than `limit`.

    Raises:
        InvalidRequestError: something asked for is not known.
    """
    faults = Faults()
    selection = selection_of(asked, now_ns, faults)
    groups = _groups(group_by, faults)
    measures = _measures(compute or [AskedMeasure(name) for name in _USUAL], groups, faults)
    faults.refuse()
    found = aggregate_traces(database, workspace_id, selection, groups, measures, limit=limit + 1)
    return [_row(group_by, measures, group) for group in found[:limit]], len(found) > limit


def count_values(
    database: Database, workspace_id: str, name: str, asked: TraceQuery, *, limit: int, now_ns: int
) -> tuple[list[tuple[str, int]], bool]:
    """How many traces have each value of a field, the most frequent first; and whether more are.

    Raises:
        InvalidRequestError: the field is no facet.
    """
    faults = Faults()
    field = find_field(name)
    if field is None or not field.is_facet:
        names = ", ".join(known.name for known in FIELDS if known.is_facet)
        faults.add("field", f"{name!r} is not one of {names}")
    selection = selection_of(asked, now_ns, faults)
    faults.refuse()
    assert field is not None
    # One more for the traces that have no value.
    groups = aggregate_traces(
        database, workspace_id, selection, [field], [Measure(COUNT)], limit=limit + 2
    )
    counts = [(g.values[0], int(g.measures[COUNT])) for g in groups if g.values[0]]
    return counts[:limit], len(counts) > limit


def _groups(names: Sequence[str], faults: Faults) -> list[Field]:
    if len(names) > MAX_GROUPED_BY:
        faults.add("group_by", f"at most {MAX_GROUPED_BY} fields can be grouped by")
    fields = list[Field]()
    for number, name in enumerate(names[:MAX_GROUPED_BY]):
        field = find_field(name)
        if field is None or not field.is_groupable:
            known = ", ".join(field.name for field in FIELDS if field.is_groupable)
            faults.add(f"group_by.{number}", f"{name!r} is not one of {known}")
        else:
            fields.append(field)
    return fields


def _measures(
    compute: Sequence[AskedMeasure], groups: Sequence[Field], faults: Faults
) -> list[Measure]:
    if len(compute) > MAX_MEASURES:
        faults.add("compute", f"at most {MAX_MEASURES} figures can be computed")
    measures = [
        _measure(asked, f"compute.{number}", groups, faults)
        for number, asked in enumerate(compute[:MAX_MEASURES])
    ]
    return [measure for measure in measures if measure is not None]


def _measure(
    asked: AskedMeasure, path: str, groups: Sequence[Field], faults: Faults
) -> Measure | None:
    if asked.metric == COUNT:
        if asked.operator not in {"", COUNT}:
            faults.add(f"{path}.op", f"{asked.operator!r} is not one of count's: count")
        return Measure(COUNT)
    operator = asked.operator or "sum"
    if operator not in AGGREGATIONS:
        faults.add(f"{path}.op", f"{operator!r} is not one of {', '.join(AGGREGATIONS)}")
    field = find_field(asked.metric)
    if field is None or not is_metric(field):
        faults.add(f"{path}.metric", f"{asked.metric!r} is not one of {_metric_names()}")
        return None
    if MODEL in groups and not _has_part_of_model(field):
        message = f"{field.name} is not known by model; what is: {_metric_names(by_model=True)}"
        faults.add(f"{path}.metric", message)
        return None
    name = asked.metric if operator == "sum" else f"{asked.metric}_{operator}"
    return Measure(name, field, operator)


def _has_part_of_model(field: Field) -> bool:
    # The duration of a trace counts for each of its models.
    return bool(field.of_model_sql) or field.type is FieldType.DURATION


def _metric_names(*, by_model: bool = False) -> str:
    known = [f for f in FIELDS if is_metric(f) and (not by_model or _has_part_of_model(f))]
    return ", ".join([COUNT, *(field.name for field in known)])


def _row(names: Sequence[str], measures: Sequence[Measure], group: Group) -> AggregateRow:
    return AggregateRow(
        dict(zip(names, group.values, strict=True)),
        {
            measure.name: _figure(measure, group.measures[measure.name])
            for measure in measures
            if measure.name in group.measures
        },
    )


def _figure(measure: Measure, value: int | float | Decimal) -> int | float:
    if measure.field is not None and measure.field.type is FieldType.DURATION:
        return float(value) / _NS_PER_MS
    return float(value) if isinstance(value, Decimal) else value
