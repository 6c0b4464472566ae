"""Keep what spans say apart from them, to be searched, and search it.

A search finds any part of any text, without regard to case: what is kept and what is not yet kept
alike. docs/decisions/0010-message-search.md has the reasons.
"""

import re
from collections.abc import Mapping, Sequence

from sessionary.store.database import Database, Session
from sessionary.store.parameters import Parameters
from sessionary.store.project_traces import project_traces
from sessionary.store.sql import statement

_MARK = "messages"
# So many spans at a time: an erasure waits for no more.
_MOST_SPANS = 10_000
# To find more than these takes longer than to read the texts of a thousand sessions.
_MANY_SPANS = 50_000
# By their last words, as otlp/conventions and conversation/formats know them; not the tokens of a
# prompt, nor the kind of an input.
_NAMES = (
    "(in|out)puts?([.]value|_json)?$",
    "(^|[._])(content|messages?|events|text|arguments(_json)?|args|results?|instructions)$",
    "(^|ai[.]|content[.]|user_)(prompts?|completion)$",
    "(^|[._])(request|response|object|reasoning|error|toolCalls|query)$",
    "span(In|Out)puts$",
)
# The engine lowers ASCII letters only; these are the others that have one lower form of one letter:
# Latin, Greek, Cyrillic, Armenian.
_UPPER = [
    letter
    for letter in map(chr, range(0x80, 0x590))
    if letter.lower() != letter and len(letter.lower()) == 1
]
_LOWER = {ord(letter): letter.lower() for letter in _UPPER} | {
    code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)
}
_SINCE = "start_time >= fromUnixTimestamp64Nano({since_ns:Int64}, 'UTC')"
# The shortest that the index on words is asked for (text_index_like_min_pattern_length).
_WORD = re.compile(r"[a-z0-9]{3,}")


def message_condition(text: str, parameters: Parameters, project_id: str = "") -> str:
    """Sessions of which a span says the text: the one place that says how.

    With a `project_id`, only what the traces of that project say counts. Where `since_ns` is bound,
    only spans that began then or later do: few enough to read each.
    """
    folded = text.translate(_LOWER)
    needle = parameters.bind(folded, "String")
    holds = f"position(text, {needle}) > 0"
    is_near = "since_ns" in parameters.values
    return (
        statement("filters/message")
        .substitute(
            said=_said(),
            text=needle,
            words=holds if is_near else _asking_index(folded, holds, parameters),
            within=project_traces(project_id, parameters),
            since=_SINCE if is_near else "1",
        )
        .strip()
    )


def _asking_index(folded: str, holds: str, parameters: Parameters) -> str:
    # Whatever holds the text holds a word with each of its words in it: so much the index knows.
    words = [f"text LIKE {parameters.bind(f'%{word}%', 'String')}" for word in _words(folded)]
    return " AND ".join(words if [folded] == _words(folded) else [*words, holds])


def is_said_by_many(connection: Session, workspace_id: str, text: str) -> bool:
    """Whether so many spans may say the text that it takes long to find them all."""
    parameters = Parameters(workspace_id=workspace_id, most=_MANY_SPANS)
    words = [
        f"hasToken(text, {parameters.bind(word, 'String')})"
        for word in _words(text.translate(_LOWER))
    ]
    (row,) = connection.rows(
        "messages/is_said_by_many", parameters.values, words=" AND ".join(words) or "1"
    )
    return bool(row["is_said_by_many"])


def _words(folded: str) -> list[str]:
    return sorted(set(_WORD.findall(folded)))


def keep_messages(database: Database) -> int:
    """Keep the texts of the spans that come next; returns how many spans those were."""
    with database.keeping() as session:
        (row,) = session.rows("messages/next", {"name": _MARK, "most": _MOST_SPANS})
        if row["spans"]:
            spans = (
                "arrived_at > fromUnixTimestamp64Nano({after_ns:Int64}, 'UTC') "
                "AND arrived_at <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')"
            )
            _keep(session, spans, {"after_ns": row["after_ns"], "to_ns": row["to_ns"]})
            session.insert_rows("settled", ["name", "arrived_at"], [[_MARK, row["to_ns"]]])
    return int(row["spans"])


def keep_messages_of(session: Session, workspace_id: str, trace_ids: Sequence[str]) -> None:
    """Keep the texts of the spans that the traces have."""
    spans = "workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}"
    _keep(session, spans, {"workspace_id": workspace_id, "trace_ids": list(trace_ids)})


def forget_messages(database: Database) -> None:
    """Empty what is kept: it is kept anew from the first span on."""
    changed = database.topology.changed_table
    with database.keeping() as session:
        session.command(f"TRUNCATE TABLE {changed('message_texts')}")
        session.run("rollups/unmark", {"name": _MARK}, table=changed("settled"))


def differing_messages(
    session: Session, parameters: Mapping[str, object], *, scope: str
) -> list[str]:
    """The traces among `scope` of which other texts are kept than their spans say."""
    rows = session.rows(
        "messages/differing", {**parameters, "name": _MARK}, scope=scope, said=_said()
    )
    return [str(row["trace_id"]) for row in rows]


def _keep(session: Session, spans: str, parameters: Mapping[str, object]) -> None:
    session.run("messages/keep", parameters, spans=spans, said=_said())


def _said() -> str:
    return statement("messages/said").substitute(
        names="|".join(_NAMES),
        upper="".join(_UPPER),
        lower="".join(letter.lower() for letter in _UPPER),
    )
