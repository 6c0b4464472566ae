"""What a trace cost, as text."""

from sessionary.cli.client import Json
from sessionary.cli.output import figures


def trace_cost(trace: Json) -> str:
    """What a trace of `/v3/traces` cost, with the calls that have no price."""
    return figures.cost(
        trace["cost"]["total"],
        calls=trace["model_calls_count"],
        failed=trace["failed_calls_count"],
        unpriced=trace["unpriced_calls_count"],
    )
