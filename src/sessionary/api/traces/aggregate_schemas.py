"""How sums of traces, and what can be asked of them, look for the OpenAPI document."""

from typing import Literal

from pydantic import BaseModel, Field

from sessionary.api.http.optional_field import optional_field
from sessionary.model.trace_filter import FieldType


class GroupBody(BaseModel):
    """The sums of the traces that have the same values."""

    group: dict[str, str] = Field(
        description="The value of each field of `group_by`; empty where a trace has none.",
        examples=[{"model": "gpt-4o"}],
    )
    metrics: dict[str, int | float] = Field(
        description="The figures by name: dollars, tokens, milliseconds, or how many.",
        examples=[{"count": 3, "cost_total": 0.5}],
    )


class GroupsBody(BaseModel):
    """Groups of traces; one without values where nothing was grouped by."""

    object: Literal["list"]
    data: list[GroupBody]
    has_more: bool = Field(description="Whether there are more groups than `limit`.")


class FacetBody(BaseModel):
    """A field whose values can be counted."""

    field: str = Field(examples=["model"])
    label: str = Field(description="For people.", examples=["Model"])
    type: FieldType


class FacetsBody(BaseModel):
    """The fields whose values can be counted."""

    data: list[FacetBody]


class FacetValueBody(BaseModel):
    """One value of a field."""

    value: str = Field(examples=["gpt-4o"])
    count: int = Field(description="Traces that have it.", examples=[3])


class FacetValuesBody(BaseModel):
    """The values of a field, the most frequent first."""

    field: str = Field(description="As it was asked for.", examples=["model"])
    values: list[FacetValueBody]
    has_more: bool = Field(description="Whether there are more values than `limit`.")


class TraceFieldBody(BaseModel):
    """Something that traces can be filtered, sorted, grouped or counted by."""

    name: str = Field(
        description="What to send; one that ends in a dot is followed by a key.",
        examples=["session_id"],
    )
    label: str = Field(description="For people.", examples=["Session"])
    type: FieldType = Field(description="Durations are milliseconds, money is US dollars.")
    scope: Literal["trace", "span"] = Field(description="Whether traces have it, or spans.")
    match: Literal["exact", "any"] = Field(description="any: one of several values is enough.")
    operators: list[str] = Field(examples=[["eq", "neq", "in", "not_in"]])
    facet: bool = Field(description="Whether its values can be counted.")
    sortable: bool
    groupable: bool
    aggregatable: bool = Field(description="Whether it can be added up.")
    aliases: list[str] = optional_field("Other names of it.", examples=[["thread_id"]])
    enum_values: list[str] = optional_field("All values that it can have.")


class TraceFieldsBody(BaseModel):
    """What traces can be filtered, sorted, grouped and counted by."""

    data: list[TraceFieldBody]


class MetadataKeyBody(BaseModel):
    """A key of the traces' metadata."""

    key: str = Field(examples=["plan"])
    type: Literal["string"]


class EvaluatorBody(BaseModel):
    """An evaluator of orq's."""

    id: str
    display_name: str
    type: str
    output_type: str


class AnnotationBody(BaseModel):
    """A kind of annotation of orq's."""

    id: str
    display_name: str
    type: str
    option_values: list[str]


class TraceFiltersBody(BaseModel):
    """Filter fields of this workspace's traces, in addition to the common ones."""

    evaluators: list[EvaluatorBody] = Field(description="Always empty.")
    metadata: list[MetadataKeyBody]
    annotations: list[AnnotationBody] = Field(description="Always empty.")
