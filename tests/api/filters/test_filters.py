"""Filters of each type, operator and path, compared with plain Python.

Invalid filters are in test_filter_faults.py, pages in test_filter_pages.py, and the object form in
test_filter_form.py.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import filter_reference as reference
from tests.support.examples import examples
from tests.support.filter_data import HOSTILE, SESSIONS, TAGS, Filtered
from tests.support.filter_reference import DATES, LISTS, NUMBERS, SCORES, TEXTS, selects
from tests.support.server import Json

CLASSIC, CURRENT = "/v2/traces/sessions", "/v2/sessions"
TEXT_OPERATORS = ("is", "is_not", "contains", "does_not_contain", "starts_with", "ends_with")
EMPTY_OPERATORS = ("is_empty", "is_not_empty")
NUMBER_OPERATORS = (
    "equals",
    "is_not_equal",
    "is_greater_than",
    "is_less_than",
    "is_greater_than_or_equal_to",
    "is_less_than_or_equal_to",
)


def now() -> datetime:
    return datetime.now(UTC)


def of(kind: str, path: str, operator: str, value: object = None) -> Json:
    """A filter of a query, as the classic client sends it."""
    return {"type": kind, "path": path, "operator": operator, "value": value, "name": "n"}


def by_query(*filters: Json, operator: str = "and") -> Json:
    return {"query": {"operator": operator, "filters": list(filters)}}


def check(filtered: Filtered, filter_: Json, *, sent: Json | None = None) -> int:
    """Assert that the API selects the same as the reference; the number of sessions."""
    wanted = filtered.those(lambda session: selects(filter_, session, now()))
    assert filtered.found(by_query(sent or filter_)) == wanted, filter_
    return len(wanted)


def values_at(filtered: Filtered, path: str) -> list[Any]:
    """Some distinct values at a path, sorted, including the first and the last."""
    values = [reference.value_at(session, path) for session in filtered.sessions.values()]
    flat = {item for value in values for item in (value if isinstance(value, list) else [value])}
    ordered = sorted(flat)
    return ordered[:: max(1, len(ordered) // 2)] + ordered[-1:]


def text_filters(path: str, values: list[str]) -> Iterator[Json]:
    longest = max(values, key=len, default="")
    for text in sorted({*values[:2], longest, longest[1:4], longest[:3], longest[-2:], "BETA"}):
        for operator in TEXT_OPERATORS:
            yield of("string", path, operator, text)
        yield of("single-value-array", path, "is", text)
        yield of("single-value-array", path, "is_not", text)
    for some in ([], values[:2], values[-1:]):
        yield of("multi-value-array", path, "contains", some)
        yield of("multi-value-array", path, "does_not_contain", some)
    for kind in ("string", "single-value-array", "multi-value-array"):
        for operator in EMPTY_OPERATORS:
            yield of(kind, path, operator)


# Each type of filter.


def test_data_is_diverse(filtered: Filtered) -> None:
    """Every path except the workspace has several values."""
    assert len(filtered.sessions) == SESSIONS
    of_one_value = {
        "workspace_id",
        "metadata.nobody's",  # words: allow
        "cache_write_tokens",
        "unpriced_calls_count",
    }
    for path in {*TEXTS, *LISTS, *NUMBERS, *DATES} - of_one_value:
        assert len(set(values_at(filtered, path))) > 1, path


@pytest.mark.parametrize("path", [*TEXTS, *LISTS])
def test_text_filters(filtered: Filtered, path: str) -> None:
    """Every operator of the three text types, on texts and lists of texts."""
    for filter_ in text_filters(path, values_at(filtered, path)):
        check(filtered, filter_)


@pytest.mark.parametrize("path", NUMBERS)
def test_number_filters(filtered: Filtered, path: str) -> None:
    """Exactly: a session's own figure is equal, and between its neighbours."""
    numbers = [float(number) for number in values_at(filtered, path)]
    for number in {*numbers, 0.1234567890123456, 1e300}:
        for operator in NUMBER_OPERATORS:
            check(filtered, of("number", path, operator, number))
    for low, high in ((numbers[0], numbers[-1]), (numbers[-1], numbers[0]), (0.1, numbers[-1])):
        check(filtered, of("number", path, "is_between", [low, high]))
    assert check(filtered, of("number", path, "is_between", [numbers[0], numbers[-1]])) == SESSIONS
    for operator in EMPTY_OPERATORS:
        check(filtered, of("number", path, operator))


def test_integers_larger_than_any_column_are_valid(filtered: Filtered) -> None:
    """They compare as larger than every figure."""
    for path in ("traces_count", "duration", "billing.total_cost"):
        assert check(filtered, of("number", path, "is_less_than", 10**60)) == SESSIONS
        assert check(filtered, of("number", path, "is_greater_than", -(10**60))) == SESSIONS


@pytest.mark.parametrize("path", DATES)
def test_absolute_date_filters(filtered: Filtered, path: str) -> None:
    """To the nanosecond in mode datetime, in whole UTC days in mode date."""
    said = sorted(session[path] for session in filtered.sessions.values())
    for text in (*said[::200], "2026-02-01", "2026-02-01T06:30:00Z"):
        for mode in ("date", "datetime"):
            named = {"relativeTime": "custom_date", "customDate": text}
            for operator in ("is", "is_before", "is_on_or_before"):
                check(filtered, of("date", path, operator, {"mode": mode, "criteria": named}))
            for start, end in ((text, said[-1]), (said[0], text), (text, text), (text, None)):
                criteria = {"startDate": start, "endDate": end}
                filter_ = of("date", path, "is_between", {"mode": mode, "criteria": criteria})
                check(filtered, filter_)
    for operator in EMPTY_OPERATORS:
        check(filtered, of("date", path, operator, {"mode": "date", "criteria": None}))


def test_times_without_offset_are_utc(filtered: Filtered) -> None:
    """The same instant in four notations."""
    found = [
        filtered.found(
            by_query(
                of(
                    "date",
                    "started_at",
                    "is_before",
                    {
                        "mode": "datetime",
                        "criteria": {"relativeTime": "custom_date", "customDate": text},
                    },
                )
            )
        )
        for text in (
            "2026-01-20T12:00:00Z",
            "2026-01-20T12:00",
            "2026-01-20T14:00:00.000+02:00",
            "2026-01-20T07:00:00.000000000-0500",
        )
    ]
    assert 0 < len(found[0]) < SESSIONS
    assert found == [found[0]] * 4


def relative_dates() -> Iterator[tuple[str, Json]]:
    for mode in ("date", "datetime"):
        for name in ("today", "yesterday", "one_week_ago", "one_month_ago"):
            for operator in ("is", "is_before", "is_on_or_before"):
                yield operator, {"mode": mode, "criteria": {"relativeTime": name}}
        for unit in ("day", "week", "month", "year"):
            criteria = {"unit": unit, "direction": "present"}
            yield "is_relative_today", {"mode": mode, "criteria": criteria}
            for count in (0, 1.0, 2, 30, 50_000):
                past = {"unit": unit, "count": count, "direction": "past"}
                yield "is_relative_today", {"mode": mode, "criteria": past}
    for count in (0, 1, 4, 60, 24 * 30):
        for unit in ("hours_ago", "minutes_ago"):
            since = {"unit": unit, "count": count}
            yield "is_relative_time", {"mode": "datetime", "criteria": since}


@pytest.mark.parametrize(("operator", "value"), list(relative_dates()), ids=str)
def test_relative_date_filters(filtered: Filtered, operator: str, value: Json) -> None:
    """Relative to the time of the request, which is between two readings of the clock."""
    filter_ = of("date", "started_at", operator, value)
    before = filtered.those(lambda session: selects(filter_, session, now()))
    found = filtered.found(by_query(filter_))
    after = filtered.those(lambda session: selects(filter_, session, now()))
    assert found in (before, after)


@pytest.mark.parametrize("is_true", [True, False])
def test_boolean_filters(filtered: Filtered, is_true: bool) -> None:
    """A missing value is false, as in the classic client."""
    count = check(filtered, of("boolean", "has_errors", "is", is_true))
    assert 0 < count < SESSIONS
    left_out = {"type": "boolean", "path": "has_errors", "operator": "is", "name": "n"}
    wanted = filtered.those(lambda session: session["errors_count"] == 0)
    assert filtered.found(by_query(left_out)) == wanted


@pytest.mark.parametrize("path", SCORES)
def test_score_filters(filtered: Filtered, path: str) -> None:
    """Numbers compare by their mean, texts match any; a missing score is empty."""
    for number in (0, 0.5, 0.75, 1, 1.125, 1.5, -1):
        for operator in NUMBER_OPERATORS:
            check(filtered, of("number", path, operator, number))
    check(filtered, of("number", path, "is_between", [0.5, 1]))
    for text in ("good", "it's bad", "it's", ""):
        for operator in ("is", "is_not"):
            check(filtered, of("string", path, operator, text))
    for operator in EMPTY_OPERATORS:
        check(filtered, of("number", path, operator))


def test_evaluator_filters(filtered: Filtered) -> None:
    """The option names the evaluator; its output type chooses the comparison."""
    options = [
        {"id": "a", "name": "quality", "path": "quality", "evaluatorOutputType": "number"},
        {"id": "b", "name": "x", "path": "scores.verdict's", "evaluatorOutputType": "enum"},
    ]
    evaluator: Json = {"type": "evaluator", "path": "evaluators", "name": "n", "options": options}
    for operator in ("is", *NUMBER_OPERATORS):
        filter_ = evaluator | {"selectedOptionId": "a", "operator": operator, "value": 1}
        same = of("number", "scores.quality", "equals" if operator == "is" else operator, 1)
        check(filtered, same, sent=filter_)
    filter_ = evaluator | {"selectedOptionId": "b", "operator": "is", "value": "good"}
    same = of("string", "scores.verdict's", "is", "good")
    check(filtered, same, sent=filter_)


@pytest.mark.parametrize("kind", ["object", "string"])
def test_selected_option_defines_the_filter(filtered: Filtered, kind: str) -> None:
    """By its path and type; other fields of a form are ignored."""
    options = [
        {"id": "a", "name": "Cost", "path": "billing.total_cost", "type": "number"},
        {"id": "b", "name": "Tags", "path": "tags", "type": "multi-value-array"},
    ]
    form = {"hideOperators": ["is"], "optionsMap": {"a": "b"}, "imageUrlMap": {}, "id": "f"}
    filter_: Json = {"type": kind, "path": "anything", "name": "n", "options": options, **form}
    for id, chosen in (
        ("a", of("number", "billing.total_cost", "is_greater_than", 0.000006)),
        ("b", of("multi-value-array", "tags", "contains", ["Web"])),
    ):
        sent = filter_ | {"selectedOptionId": id}
        sent |= {"operator": chosen["operator"], "value": chosen["value"]}
        assert 0 < check(filtered, chosen, sent=sent) < SESSIONS


# Combinations.

SOME_FILTERS = (
    of("string", "external_id", "contains", "1"),
    of("string", "title", "is_empty"),
    of("string", "metadata.plan", "is", "it's"),
    of("single-value-array", "kind", "is", "THREAD_KIND_CODING_AGENT"),
    of("single-value-array", "project_id", "is_not", "p1"),
    of("multi-value-array", "tags", "contains", ["beta", "Web"]),
    of("multi-value-array", "contact_ids", "does_not_contain", ["bob", "Zoë"]),
    of("multi-value-array", "models", "contains", ["made-up-small"]),
    of("number", "billing.total_cost", "is_between", [0.000003, 0.9]),
    of("number", "usage.total_tokens", "is_greater_than", 20),
    of("number", "scores.quality", "is_less_than", 1),
    of("boolean", "has_errors", "is", True),
    of(
        "date",
        "started_at",
        "is_before",
        {"mode": "date", "criteria": {"relativeTime": "custom_date", "customDate": "2026-01-20"}},
    ),
)


@examples(40)
@given(
    filters=st.lists(st.sampled_from(SOME_FILTERS), max_size=5),
    listed=st.lists(
        st.sampled_from(
            [
                {
                    "type": "string_array",
                    "operator": "in",
                    "values": ["p1", "p2"],
                    "path": "project_id",
                },
                {"type": "search", "value": "SESSION", "searchPaths": ["external_id"]},
            ]
        ),
        max_size=2,
    ),
    operator=st.sampled_from(["and", "or"]),
    prefix=st.sampled_from([CLASSIC, CURRENT]),
)
def test_filters_are_combined(
    filtered: Filtered, filters: list[Json], listed: list[Json], operator: str, prefix: str
) -> None:
    """Those of a query by its operator, a list by and, and both by and."""
    join = all if operator == "and" or not filters else any

    def passes(session: Json) -> bool:
        return join(selects(f, session, now()) for f in filters) and all(
            session["project_id"] in ("p1", "p2")
            if f["type"] == "string_array"
            else "session" in session["external_id"]
            for f in listed
        )

    body = {"filters": listed, **by_query(*filters, operator=operator)}
    assert filtered.found(body, prefix) == filtered.those(passes)


@pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
def test_list_form_selects(filtered: Filtered, prefix: str) -> None:
    """Four types of filters, which must all match."""
    session = next(iter(filtered.sessions.values()))
    wanted = session["external_id"]
    by_id = {"type": "id", "id": session["_id"], "path": "_id"}
    assert filtered.found({"filters": [by_id]}, prefix) == {wanted}
    equals = {"type": "string", "operator": "equals", "value": wanted, "path": "external_id"}
    assert filtered.found({"filters": [equals]}, prefix) == {wanted}
    contains = {"type": "string", "operator": "contains", "value": "Zo", "path": "contact_ids"}
    zoe = filtered.those(lambda s: "Zoë" in s["contact_ids"])
    assert filtered.found({"filters": [contains]}, prefix) == zoe
    some = {"type": "string_array", "operator": "in", "values": ["beta", "it's"], "path": "tags"}
    tagged = filtered.those(lambda s: bool({"beta", "it's"} & set(s["tags"])))
    assert filtered.found({"filters": [some]}, prefix) == tagged
    assert filtered.found({"filters": [contains, some]}, prefix) == zoe & tagged
    nothing = some | {"values": []}
    assert filtered.found({"filters": [nothing]}, prefix) == set()


# Search.


@pytest.mark.parametrize("text", ["BETA", "zoë", "O'BRIEN", "12", "näH", "no match", "", "😀"])
def test_search_covers_id_contacts_and_tags_in_any_case(filtered: Filtered, text: str) -> None:
    """It matches any part of them."""
    wanted = filtered.those(
        lambda s: any(
            text.lower() in place.lower()
            for place in (s["external_id"], *s["contact_ids"], *s["tags"])
        ),
    )
    assert filtered.found({"query": {"search": text}}) == wanted
    paths = ["external_id", "contact_ids", "tags"]
    search = {"type": "search", "value": text, "searchPaths": paths}
    assert filtered.found({"filters": [search]}) == wanted


def test_search_is_limited_to_given_paths(filtered: Filtered) -> None:
    """Messages are one of the paths."""
    tagged = filtered.those(lambda s: "it's" in s["tags"])
    planned = filtered.those(lambda s: s["metadata"].get("plan") == "it's")
    for paths, wanted in ((["tags"], tagged), (["tags", "metadata.plan"], tagged | planned)):
        search = {"type": "search", "value": "IT'S", "searchPaths": paths}
        assert filtered.found({"filters": [search]}) == wanted
    assert filtered.found({"query": {"search": "IT'S", "searchPaths": ["tags"]}}) == tagged


@pytest.mark.parametrize("text", ["REFUND, p", "hello world", "no such message"])
def test_search_finds_messages(filtered: Filtered, text: str) -> None:
    """In any turn of the session, in any case."""
    wanted = filtered.those(lambda s: any(text.lower() in m.lower() for m in s["messages"]))
    search = {"type": "search", "value": text, "searchPaths": ["messages"]}
    assert filtered.found({"filters": [search]}) == wanted


# Values that look like syntax.


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_values_are_never_interpreted(filtered: Filtered, text: str) -> None:
    """A value selects exactly the sessions that contain it."""
    for path in ("external_id", "tags"):
        for operator in ("is", "contains", "does_not_contain"):
            check(filtered, of("string", path, operator, text))
        check(filtered, of("multi-value-array", path, "contains", [text]))
        check(filtered, of("multi-value-array", path, "does_not_contain", [text, "beta"]))
    path = f"metadata.{text[:500]}"
    filtered.found(by_query(of("string", path, "is_not_empty")) | {"sortingProps": [{"key": path}]})
    check(filtered, of("number", f"scores.{text[:500]}", "is_empty"))
    wanted = filtered.those(
        lambda s: any(
            text.lower() in place.lower()
            for place in (s["external_id"], *s["contact_ids"], *s["tags"])
        ),
    )
    assert filtered.found({"query": {"search": text}}) == wanted


# Tags.


def test_all_tags_are_listed_once_in_order(filtered: Filtered) -> None:
    """As a plain list of the tags of all sessions."""
    response = filtered.server.client.get("/v2/sessions/tags")
    assert response.status_code == 200
    assert response.json() == sorted({tag for tags in TAGS for tag in tags})
