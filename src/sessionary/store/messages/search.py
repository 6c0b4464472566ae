"""The condition of a search in messages, and whether many spans may match it.

A search finds any part of any text, without regard to case, in exactly the winning copies of the
spans, whether they are indexed or not yet. docs/decisions/0010-message-search.md has the reasons.
"""

import re

from sessionary.store.clickhouse.parameters import Parameters
from sessionary.store.clickhouse.pool import Connection
from sessionary.store.clickhouse.statements import statement
from sessionary.store.messages.search_index import MARK, folded_text, hours_between, reach, said
from sessionary.store.scopes.project_traces import project_traces

# To find more than these takes longer than to read the texts of a thousand sessions.
MAX_MATCHING_SPANS = 50_000
# Of more spans that are not indexed yet, all hours are read: to find theirs takes as long.
_MANY_LATE_SPANS = 100_000
_SINCE = "start_time >= fromUnixTimestamp64Nano({since_ns:Int64}, 'UTC')"
_LATE_HOURS = hours_between("late_first_start_ns", "late_last_start_ns")
_NOT_LATE = "cityHash64(trace_id, span_id) GLOBAL NOT IN ({late})"
# The shortest that the index on words is asked for (text_index_like_min_pattern_length).
_WORD = re.compile(r"[a-z0-9]{3,}")


def index_state(connection: Connection, workspace_id: str) -> dict[str, object]:
    """The parameters of a search: the index's watermark, and which spans are not indexed yet.

    Read before the search, so that spans which are indexed meanwhile are found either way.
    """
    (row,) = connection.rows("messages/late", {"name": MARK, "workspace_id": workspace_id})
    state = {"late_spans": row["spans"], "late_after_ns": row["after_ns"]}
    if not row["spans"]:
        return state
    state["late_to_ns"] = row["to_ns"]
    if row["spans"] <= _MANY_LATE_SPANS:
        late = {"workspace_id": workspace_id, "after_ns": row["after_ns"], "to_ns": row["to_ns"]}
        first_ns, last_ns = reach(connection, late, of_workspace=True)
        state |= {"late_first_start_ns": first_ns, "late_last_start_ns": last_ns}
    return state


def message_condition(text: str, parameters: Parameters, project_id: str = "") -> str:
    """Sessions of which a span contains the text. The statement binds `index_state`.

    With a `project_id`, only traces of that project count. Where `since_ns` is bound, only spans
    that began then or later count: few enough to read each.
    """
    folded = folded_text(text)
    needle = parameters.bind(folded, "String")
    contains = f"position(text, {needle}) > 0"
    is_near = "since_ns" in parameters.values
    since = _SINCE if is_near else "1"
    has_late = bool(parameters.values["late_spans"])
    return _part(
        "message",
        words=contains if is_near else _asking_index(folded, contains, parameters),
        current=_current(has_late=has_late),
        late=f"UNION ALL {_late_texts(needle, since, parameters)}" if has_late else "",
        within=project_traces(project_id, parameters),
        since=since,
    )


def _current(*, has_late: bool) -> str:
    current = _part("current_texts")
    return f"{current} AND {_NOT_LATE.format(late=_part('late_spans'))}" if has_late else current


def _late_texts(needle: str, since: str, parameters: Parameters) -> str:
    return _part(
        "late_texts",
        late=_part("late_spans"),
        hours=_LATE_HOURS if "late_first_start_ns" in parameters.values else "1",
        since=since,
        said=said(),
        text=needle,
    )


def _part(name: str, **slots: str) -> str:
    return statement(f"messages/{name}").substitute(slots).strip()


def _asking_index(folded: str, contains: str, parameters: Parameters) -> str:
    # A text that contains the needle has a word with each of its words in it: that is indexed.
    words = [f"text LIKE {parameters.bind(f'%{word}%', 'String')}" for word in _words(folded)]
    return " AND ".join(words if [folded] == _words(folded) else [*words, contains])


def may_match_many(
    connection: Connection, workspace_id: str, text: str, max_spans: int = MAX_MATCHING_SPANS
) -> bool:
    """Whether too many spans may contain the text to find them all quickly."""
    parameters = Parameters(workspace_id=workspace_id, most=max_spans)
    words = [
        f"hasToken(text, {parameters.bind(word, 'String')})" for word in _words(folded_text(text))
    ]
    (row,) = connection.rows(
        "messages/may_match_many", parameters.values, words=" AND ".join(words) or "1"
    )
    return bool(row["may_match_many"])


def _words(folded: str) -> list[str]:
    return sorted(set(_WORD.findall(folded)))
