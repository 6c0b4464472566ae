"""The columns of an exported table: flat, with the API's paths as names."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from sessionary.api.figures.figures import model_json
from sessionary.api.http.json import milliseconds
from sessionary.api.sessions.serialize import EXTRA_FIELDS, KINDS
from sessionary.model.session import Session

TEXT, TEXTS = pa.string(), pa.list_(pa.string())
WHOLE, REAL = pa.int64(), pa.float64()
DOLLARS = pa.decimal128(38, 12)
INSTANT = pa.timestamp("ns", "UTC")
MODELS = pa.list_(
    pa.struct(
        {
            "model": TEXT,
            "calls": WHOLE,
            "failed_calls": WHOLE,
            "prompt_tokens": WHOLE,
            "completion_tokens": WHOLE,
            "total_tokens": WHOLE,
            "cost": DOLLARS,
            "request_models": TEXTS,
        }
    )
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `read` gives a Python value that Arrow takes for the type, None for none."""

    name: str
    type: pa.DataType
    read: Callable[[Session], Any]


_DEFAULT = (
    Column("_id", TEXT, lambda s: s.id),
    Column("external_id", TEXT, lambda s: s.external_id),
    Column("workspace_id", TEXT, lambda s: s.workspace_id),
    Column("project_id", TEXT, lambda s: s.project_id or None),
    Column("title", TEXT, lambda s: s.title or None),
    Column("client", TEXT, lambda s: s.client or None),
    Column("repo", TEXT, lambda s: s.repo or None),
    Column("kind", TEXT, lambda s: KINDS.get(s.kind)),
    Column("started_at", INSTANT, lambda s: s.started_ns),
    Column("updated_at", INSTANT, lambda s: s.updated_ns),
    Column("duration", REAL, lambda s: milliseconds(s.duration_ns)),
    Column("contact_ids", TEXTS, lambda s: list(s.contact_ids)),
    Column("tags", TEXTS, lambda s: list(s.tags)),
    Column("traces_count", WHOLE, lambda s: s.traces_count),
    Column("billing.input_cost", DOLLARS, lambda s: s.billing.input_cost),
    Column("billing.output_cost", DOLLARS, lambda s: s.billing.output_cost),
    Column("billing.total_cost", DOLLARS, lambda s: s.billing.total_cost),
    Column("usage.prompt_tokens", WHOLE, lambda s: s.usage.input_tokens),
    Column("usage.completion_tokens", WHOLE, lambda s: s.usage.output_tokens),
    Column("usage.total_tokens", WHOLE, lambda s: s.usage.total_tokens),
)
# What is not as the API's JSON has it.
_EXTRA = (
    Column("ended_at", INSTANT, lambda s: s.ended_ns),
    Column(
        "models",
        MODELS,
        lambda s: [model_json(use) | {"cost": use.cost} for use in s.details.models],
    ),
)


def columns_of(fields: Collection[str]) -> list[Column]:
    """The default columns, and those of the further fields."""
    default = {column.name for column in _DEFAULT}
    known = {column.name: column for column in (*_DEFAULT, *_EXTRA)}
    further = [
        name for name in dict.fromkeys(fields) if name in EXTRA_FIELDS and name not in default
    ]
    return [*_DEFAULT, *(known.get(name) or _extra(name) for name in further)]


def _extra(name: str) -> Column:
    """A further field as the API has it: a number by its name, else text, of which JSON is one."""
    read = EXTRA_FIELDS[name]
    if name.endswith("duration"):
        return Column(name, REAL, read)
    if name.endswith(("_count", "_tokens")):
        return Column(name, WHOLE, read)
    return Column(name, TEXT, lambda session: _text(read(session)))


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
