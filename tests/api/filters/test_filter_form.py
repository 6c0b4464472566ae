"""The object form of filters: a time window and names, which must all match."""

from collections.abc import Callable

import pytest

from tests.support.filter_data import RECENT_NS, SESSIONS, Filtered
from tests.support.server import Json, instant_ns

CLASSIC, CURRENT = "/v2/traces/sessions", "/v2/sessions"
ERRORS = {"type": "boolean", "path": "has_errors", "operator": "is", "value": True, "name": "n"}
HAS_ERRORS = {"query": {"operator": "and", "filters": [ERRORS]}}


def test_window_selects_sessions_active_in_it(filtered: Filtered) -> None:
    """Those that overlap with it; its start or end may be missing."""
    said = sorted(instant_ns(session["started_at"]) for session in filtered.sessions.values())
    times = [ns // 10**6 for ns in said[::130]]
    for start, end in (
        (times[1], times[2]),
        (times[1], times[1]),
        (None, times[1]),
        (times[2], None),
    ):
        window = {"start_date": str(start or ""), "end_date": str(end or "")}
        low, high = (start or 0) * 10**6, (end or 10**15) * 10**6
        wanted = {
            name
            for name, session in filtered.sessions.items()
            if instant_ns(session["started_at"]) <= high and instant_ns(session["ended_at"]) >= low
        }
        filters = {"interval": "SESSION_INTERVAL_ALL_TIME", **window}
        assert filtered.found({"filters": filters}) == wanted


@pytest.mark.parametrize(
    ("interval", "count"),
    [
        ("ALL_TIME", SESSIONS),
        ("UNSPECIFIED", SESSIONS),
        ("LAST_30_MINUTES", 1),
        ("LAST_1_HOUR", 1),
        ("LAST_6_HOURS", 2),
        ("LAST_24_HOURS", 2),
        ("LAST_3_DAYS", 3),
        ("LAST_7_DAYS", 3),
        ("LAST_14_DAYS", 3),
        ("LAST_1_MONTH", 4),
        ("LAST_3_MONTHS", 5),
    ],
)
@pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
def test_interval_ends_now(filtered: Filtered, prefix: str, interval: str, count: int) -> None:
    """RECENT_NS lists how long ago the recent sessions started."""
    assert len(RECENT_NS) == 6
    found = filtered.found({"filters": {"interval": f"SESSION_INTERVAL_{interval}"}}, prefix)
    assert len(found) == count


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        ({"project_id": "p1"}, lambda s: s["project_id"] == "p1"),
        ({"tags": ["beta", "it's"]}, lambda s: {"beta", "it's"} & set(s["tags"])),
        ({"client": "codex"}, lambda s: s["client"] == "codex"),
        ({"repo": "github.com/o/s"}, lambda s: s["repo"] == "github.com/o/s"),
        ({"kind": "THREAD_KIND_CODING_AGENT"}, lambda s: "CODING" in s["kind"]),
        ({"kind": "THREAD_KIND_UNSPECIFIED", "tags": [], "repo": ""}, lambda s: True),
        (
            {"client": "codex", "project_id": "p2"},
            lambda s: (s["client"], s["project_id"]) == ("codex", "p2"),
        ),
    ],
    ids=lambda value: "" if callable(value) else str(value),
)
@pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
def test_object_form_selects(
    filtered: Filtered, prefix: str, filters: Json, passes: Callable[[Json], bool]
) -> None:
    """Sessions that match all of its names; empty ones are ignored."""
    asked = {"interval": "SESSION_INTERVAL_ALL_TIME", **filters}
    assert filtered.found({"filters": asked}, prefix) == filtered.those(passes)
    both = filtered.those(lambda s: bool(passes(s)) and s["errors_count"] > 0)
    assert filtered.found({"filters": asked, **HAS_ERRORS}, prefix) == both
