"""Pages of filtered lists: each session once, in order, forwards and backwards."""

import pytest

from tests.support.filter_data import Filtered
from tests.support.filter_reference import (
    DATES,
    LISTS,
    NUMBERS,
    SCORES,
    TEXTS,
    mean_score,
    value_at,
)
from tests.support.server import Json

LIMIT = 60
WANTED: Json = {
    "query": {
        "operator": "or",
        "filters": [
            {
                "type": "number",
                "path": "usage.prompt_tokens",
                "operator": "is_less_than",
                "value": 15,
            },
            {"type": "multi-value-array", "path": "tags", "operator": "contains", "value": ["Web"]},
        ],
    }
}


def ids(filtered: Filtered, **body: object) -> tuple[list[str], bool]:
    answer = filtered.ask("/v2/traces/sessions/query", {**WANTED, "limit": LIMIT, **body})
    return [session["external_id"] for session in answer["data"]], answer["has_more"]


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("key", [*TEXTS, *LISTS, *NUMBERS, *DATES, "has_errors"])
def test_filtered_pages_contain_each_session_once(
    filtered: Filtered, key: str, direction: str
) -> None:
    """Forwards by lastId and backwards by firstId, sorted by key, then by `_id`."""
    known = filtered.sessions
    wanted = selected(filtered)
    wanted.sort(key=lambda name: value_at(known[name], key), reverse=direction == "desc")
    check_walks(filtered, wanted, [{"key": key, "direction": direction}])


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("key", SCORES)
def test_sessions_without_scores_are_last_when_sorted_by_score(
    filtered: Filtered, key: str, direction: str
) -> None:
    """In either direction; the others by their mean score, then by the next key."""
    known = filtered.sessions
    wanted = selected(filtered)
    wanted.sort(key=lambda name: known[name]["usage"]["prompt_tokens"], reverse=True)
    none = float("-inf" if direction == "desc" else "inf")
    means = {name: mean_score(known[name], key, none=none) for name in wanted}
    wanted.sort(key=means.__getitem__, reverse=direction == "desc")
    check_walks(
        filtered,
        wanted,
        [
            {"key": key, "direction": direction},
            {"key": "usage.prompt_tokens", "direction": "desc"},
        ],
    )


def selected(filtered: Filtered) -> list[str]:
    """The sessions that `WANTED` selects, sorted by `_id`."""
    return [
        name
        for name, session in sorted(filtered.sessions.items(), key=lambda item: item[1]["_id"])
        if session["usage"]["prompt_tokens"] < 15 or "Web" in session["tags"]
    ]


def check_walks(filtered: Filtered, wanted: list[str], sorting: list[Json]) -> None:
    """Check one large page, then small pages forwards and backwards."""
    known, sort = filtered.sessions, {"sortingProps": sorting}
    assert 3 * LIMIT < len(wanted) < len(known)
    whole, has_more = ids(filtered, limit=1000, **sort)
    assert not has_more
    assert whole == wanted
    walked, has_more = ids(filtered, **sort)
    while has_more:
        page, has_more = ids(filtered, lastId=known[walked[-1]]["_id"], **sort)
        walked += page
    assert walked == whole
    walked, has_more = whole[-1:], True
    while has_more:
        page, has_more = ids(filtered, firstId=known[walked[0]]["_id"], **sort)
        walked = page + walked
    assert walked == whole


def test_numbered_pages_are_filtered(filtered: Filtered) -> None:
    """Together they are the whole list."""
    whole, _ = ids(filtered, limit=1000)
    pages = [ids(filtered, page=number)[0] for number in range(1, len(whole) // LIMIT + 2)]
    assert [name for page in pages for name in page] == whole


def test_cursor_may_be_a_session_that_is_not_selected(filtered: Filtered) -> None:
    """The page continues with selected sessions after it."""
    whole, _ = ids(filtered, limit=1000)
    everything = filtered.ask("/v2/traces/sessions/query", {"limit": 1000})["data"]
    names = [session["external_id"] for session in everything]
    place = next(place for place in range(200, len(names)) if names[place] not in whole)
    page, _ = ids(filtered, lastId=everything[place]["_id"])
    assert page == [name for name in names[place:] if name in whole][:LIMIT]
