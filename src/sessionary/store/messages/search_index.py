"""The index of messages: the texts of the winning copies of spans, derived from `spans`.

A search must skip the rows in `superseded_texts`, and spans that arrived after the watermark
(store/messages/search.py). docs/decisions/0010-message-search.md has the reasons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sessionary.errors import QueryMemoryError
from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.clickhouse.statements import statement
from sessionary.store.clickhouse.storage_stats import span_size

INDEX_TABLES = ("message_texts", "superseded_texts")
# The watermark's row in `settled`. Up to migration 0030 it was `messages`.
MARK = "message_texts"
# With IndexLimits.max_spans the limits of a batch, for which an erasure may have to wait.
_MAX_BYTES = 128 * 2**20
_BLOCK_BYTES = 16 * 2**20
# Where the engine has not enough memory for those, as with text that is not made of words.
_FEW_SPANS, _SMALL_BLOCK_BYTES = 100, 2**20
_PURGED = "superseded_texts"
_ARRIVED = (
    "arrived_at > fromUnixTimestamp64Nano(toInt64({after_ns:UInt64}), 'UTC') "
    "AND arrived_at <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')"
)
_OF_WORKSPACE = "workspace_id = {workspace_id:String}"
_OF_TRACES = f"{_OF_WORKSPACE} AND trace_id IN {{trace_ids:Array(String)}}"
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


@dataclass(frozen=True, slots=True)
class IndexLimits:
    """The sizes of the index's work; tests lower them."""

    max_spans: int = 10_000
    """Spans in a batch."""
    max_superseded: int = 50_000
    """Superseded rows that searches skip before they are removed."""


_LIMITS = IndexLimits()


def hours_between(first: str, last: str) -> str:
    """The condition that a span starts between the two parameters, in nanoseconds."""
    return (
        f"start_time >= fromUnixTimestamp64Nano({{{first}:Int64}}, 'UTC') "
        f"AND start_time <= fromUnixTimestamp64Nano({{{last}:Int64}}, 'UTC')"
    )


_HOURS = hours_between("first_start_ns", "last_start_ns")


def index_messages(database: Database, limits: IndexLimits = _LIMITS) -> int:
    """Index the texts of the next batch of spans; return the number of spans."""
    try:
        return _keep_next(database, limits, _BLOCK_BYTES)
    except QueryMemoryError:
        return _keep_next(database, replace(limits, max_spans=_FEW_SPANS), _SMALL_BLOCK_BYTES)


def _keep_next(database: Database, limits: IndexLimits, block_bytes: int) -> int:
    with database.index_connection() as connection:
        most = min(limits.max_spans, _most_spans(database, connection))
        (row,) = connection.rows("messages/next_index_batch", {"name": MARK, "most": most})
        if row["spans"]:
            _keep_arrived(connection, row["after_ns"], row["to_ns"], block_bytes)
            connection.insert_rows("settled", ["name", "arrived_at"], [[MARK, row["to_ns"]]])
            _remove_superseded(database, connection, limits.max_superseded)
    return int(row["spans"])


def _most_spans(database: Database, connection: Connection) -> int:
    size = span_size(database, connection)
    mean_bytes = size.bytes // max(size.spans, 1)
    return _MAX_BYTES // max(mean_bytes, 1) + 1


def _keep_arrived(connection: Connection, after_ns: int, to_ns: int, block_bytes: int) -> None:
    """Until the watermark moves, searches skip what this writes about the spans."""
    arrived = {"after_ns": after_ns, "to_ns": to_ns}
    first_ns, last_ns = reach(connection, arrived)
    parameters = arrived | {"version": to_ns, "first_start_ns": first_ns, "last_start_ns": last_ns}
    _keep(connection, parameters, spans=_ARRIVED, hours=_HOURS, block_bytes=block_bytes)
    connection.run("messages/supersede", parameters, spans=_ARRIVED, hours=_HOURS)


def reach(
    connection: Connection, arrived: Mapping[str, object], *, of_workspace: bool = False
) -> tuple[int, int]:
    """The start times between which all copies lie of the spans that arrived then."""
    spans = f"{_OF_WORKSPACE} AND {_ARRIVED}" if of_workspace else _ARRIVED
    (row,) = connection.rows("messages/reach", arrived, spans=spans)
    return row["from_ns"], row["to_ns"]


def index_messages_of(connection: Connection, workspace_id: str, trace_ids: Sequence[str]) -> None:
    """Index the texts of the spans of traces of which nothing is indexed."""
    (row,) = connection.rows("messages/watermark", {"name": MARK})
    parameters = {
        "workspace_id": workspace_id,
        "trace_ids": list(trace_ids),
        "version": row["arrived_at"],
    }
    _keep(connection, parameters, spans=_OF_TRACES, hours=_OF_TRACES)


def forget_messages(database: Database) -> None:
    """Empty the index, to be filled from the first span on."""
    changed = database.topology.changed_table
    with database.index_connection() as connection:
        # First: with this watermark, searches read the spans.
        for name in (MARK, _PURGED):
            connection.run("rollup/delete_watermark", {"name": name}, table=changed("settled"))
        for table in INDEX_TABLES:
            connection.command(f"TRUNCATE TABLE {changed(table)}")


def _remove_superseded(database: Database, connection: Connection, max_rows: int) -> None:
    """Delete superseded rows of the index where there are many.

    Their entries stay until the next time, for searches that read the index from before.
    """
    (row,) = connection.rows("messages/superseded", {"name": _PURGED, "mark": MARK})
    if row["rows"] < max_rows:
        return
    changed = database.topology.changed_table
    purged = {"purged": row["purged"]}
    connection.run("messages/drop_purged", purged, table=changed("superseded_texts"))
    connection.run("messages/purge", table=changed("message_texts"))
    connection.insert_rows("settled", ["name", "arrived_at"], [[_PURGED, row["watermark"]]])


def differing_messages(
    connection: Connection, parameters: Mapping[str, object], *, scope: str
) -> list[str]:
    """The traces among `scope` of which the index has other texts than their spans."""
    rows = connection.rows(
        "messages/differing", {**parameters, "name": MARK}, scope=scope, said=said()
    )
    return [str(row["trace_id"]) for row in rows]


def _keep(
    connection: Connection,
    parameters: Mapping[str, object],
    *,
    spans: str,
    hours: str,
    block_bytes: int = _BLOCK_BYTES,
) -> None:
    slots = {"spans": spans, "hours": hours, "said": said(), "block_bytes": str(block_bytes)}
    connection.run("messages/index_batch", parameters, **slots)


def folded_text(text: str) -> str:
    """The text without regard to case, as `said` has it."""
    return text.translate(_LOWER)


def said() -> str:
    """A span's text, an expression over the columns of spans."""
    return statement("messages/message_text_expression").substitute(
        names="|".join(_NAMES),
        upper="".join(_UPPER),
        lower="".join(letter.lower() for letter in _UPPER),
    )
