"""Braintrust; it has no session of its own.

Source: braintrust.dev/docs/integrations/sdk-integrations/opentelemetry/attributes.
"""

from collections.abc import Mapping
from typing import Any

from sessionary.otlp.convention import Convention


def _metrics(metrics: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "input_tokens": metrics.get("prompt_tokens"),
        "output_tokens": metrics.get("completion_tokens"),
        "total_tokens": metrics.get("tokens"),
        "cache_read_tokens": metrics.get("prompt_cached_tokens"),
        "cache_write_tokens": metrics.get("prompt_cache_creation_tokens"),
        "reasoning_tokens": metrics.get("completion_reasoning_tokens"),
    }


BRAINTRUST = Convention(
    name="braintrust",
    late_objects={"braintrust.metrics": _metrics},
    metadata_objects=("braintrust.metadata",),
    tags=("braintrust.tags",),
)
