"""Sessionary's own attributes, for programs that are written with it in mind."""

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule

SIGNAL = "sessionary.signal"
"""On a span made from a log record: `log`."""

SESSIONARY = Convention(
    name="sessionary",
    keys={"project_id": ("sessionary.project",), "title": ("sessionary.title",)},
    resource_keys={"project_id": ("sessionary.project",)},
    metadata=("sessionary.metadata.",),
    kinds=(KindRule(0, "sessionary.kind", {name: name for name in kind.KINDS}),),
)
