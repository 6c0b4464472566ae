"""The one table of analytics metrics, and of the fields they are split by.

A split is either the session's own (project, tag, environment, kind, client), so that its groups
have the figures of the sessions that the same filter lists, or what spent the money: the trace's
contact, the call's model and provider.
"""

from sessionary.model.analytics import Metric, Source, Split, Unit

_ALL = frozenset(Source)
_TRACES, _CALLS = frozenset({Source.TRACES}), frozenset({Source.CALLS})
_NOT_BY_MODEL = _TRACES | _CALLS
_QUANTILES = {"p50": "0.5", "p95": "0.95", "p99": "0.99"}


def _sum(
    name: str, unit: Unit = Unit.COUNT, sources: frozenset[Source] = _ALL
) -> tuple[Metric, ...]:
    return (Metric(name, unit, f"sum({name})", sources),)


def _quantiles(name: str, column: str, sources: frozenset[Source]) -> tuple[Metric, ...]:
    # Exact: a sampled one would differ from one call to the next.
    return tuple(
        Metric(
            f"{name}_{quantile}",
            Unit.MILLISECONDS,
            f"quantileExact({level})({column})",
            sources,
            is_sum=False,
        )
        for quantile, level in _QUANTILES.items()
    )


METRICS = {
    metric.name: metric
    for metric in (
        *_sum("cost", Unit.DOLLARS),
        *_sum("prompt_tokens", Unit.TOKENS),
        *_sum("completion_tokens", Unit.TOKENS),
        *_sum("total_tokens", Unit.TOKENS),
        *_sum("cached_tokens", Unit.TOKENS, _NOT_BY_MODEL),
        Metric(
            "sessions",
            Unit.COUNT,
            "uniqExactIf(session, session != '')",
            _TRACES,
            of_session=True,
        ),
        *_sum("traces", sources=_TRACES),
        *_sum("model_calls"),
        *_sum("failed_calls"),
        *_sum("unpriced_calls", sources=_NOT_BY_MODEL),
        *_sum("errors", sources=_TRACES),
        *_quantiles("trace_duration", "trace_ns / 1e6", _TRACES),
        *_quantiles("call_duration", "call_ns / 1e6", _CALLS),
        *_quantiles("time_to_first_token", "first_token_ms", _CALLS),
    )
}

_BY_TRACE = (Source.TRACES, Source.CALLS)


def _of_session(name: str, sql: str) -> Split:
    return Split(name, sql, "trace_labels", sql, _BY_TRACE, of_session=True)


UNSPLIT = Split("", "[]", "trace_labels", "[]", _BY_TRACE)
SPLITS = {
    split.name: split
    for split in (
        Split(
            "model",
            "emptyArrayToSingle(mapKeys(calls_by_model))",
            "[response_model]",
            "['']",
            (Source.MODELS, Source.CALLS, Source.TRACES),
        ),
        Split(
            "provider",
            "emptyArrayToSingle(providers)",
            "[provider]",
            "['']",
            (Source.CALLS, Source.TRACES),
        ),
        _of_session("project", "[session_project_id]"),
        _of_session("tag", "emptyArrayToSingle(session_tags)"),
        Split(
            "contact",
            "[contact_id]",
            "trace_labels",
            "if(length(session_contact_ids) = 1, session_contact_ids, [''])",
            _BY_TRACE,
        ),
        _of_session("kind", "[session_kind]"),
        _of_session("client", "[session_client]"),
        _of_session("environment", "emptyArrayToSingle(session_environments)"),
    )
}


def source_of(metric: Metric, split: Split) -> Source:
    """Where the figure is read, so split: every metric has a source in every split."""
    return next(source for source in split.sources if source in metric.sources)
