"""Laminar. Source: lmnr-ai/lmnr app-server/src/traces/span_attributes.rs."""

from sessionary.model import span_kind as kind
from sessionary.otlp.convention import Convention, KindRule

_ASSOCIATION = "lmnr.association.properties"

LAMINAR = Convention(
    name="laminar",
    keys={
        "session_id": (f"{_ASSOCIATION}.session_id",),
        "contact_id": (f"{_ASSOCIATION}.user_id",),
    },
    tags=(f"{_ASSOCIATION}.tags", f"{_ASSOCIATION}.labels"),
    metadata=(f"{_ASSOCIATION}.metadata.",),
    kinds=(
        KindRule(
            42,
            "lmnr.span.type",
            {
                "llm": kind.LLM,
                "cached": kind.SPAN,
                "tool": kind.TOOL,
                "evaluator": kind.EVALUATOR,
                "default": kind.SPAN,
            },
        ),
    ),
)
