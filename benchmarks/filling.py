"""Fill a data folder with very many sessions: through the store's insert and its real roll-up.

Not over HTTP, so that a million takes minutes. A session is a trace of one model call, in every
fourth with a tool's call inside; the same number makes the same sessions.
"""

import json
import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path
from random import Random

import pyarrow as pa

from benchmarks.words import sentences
from sessionary.store.clickhouse.migrations import migrate
from sessionary.store.clickhouse.pool import Database
from sessionary.store.messages.search_index import index_messages
from sessionary.store.rollup.insert_spans import insert_spans
from sessionary.store.rollup.rollup import TouchedTraces, roll_up
from sessionary.store.rollup.watermarks import advance_watermark

WORKSPACE = "default"

_FIRST_START_NS = 1_780_000_000_000_000_000
# Between the starts of two sessions: a million take 23 days.
_STEP_NS = 2_000_000_000
# Far more than a flush of the server, which gets by on less memory.
_SESSIONS_AT_ONCE, _MEMORY_BYTES = 20_000, 4 << 30
_TAGS = ("prod", "beta", "web", "mobile", "vip", "trial", "support", "sales")
_MODELS = (("gpt-4o", "openai"), ("gpt-4o-mini", "openai"), ("claude-sonnet-4-5", "anthropic"))
_MONEY = pa.decimal128(18, 12)
_TYPES = {"input_cost": _MONEY, "output_cost": _MONEY, "total_cost": _MONEY, "is_error": pa.bool_()}
_MERGED = ("sessions", "sessions_by_start", "traces", "trace_locations")

Row = dict[str, object]


def spans_of(sessions: int) -> int:
    """The spans of the sessions that `fill` makes."""
    return sessions + (sessions + 3) // 4


def fill(folder: Path, sessions: int) -> None:
    """Fill `folder` with sessions, merged and indexed for search."""
    # A process of its own: the engine lets go of the folder when it ends.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        pool.submit(_fill, folder, sessions).result()


def _fill(folder: Path, sessions: int) -> None:
    database = Database(f"chdb://{folder}", clients=1, memory_bytes=_MEMORY_BYTES)
    migrate(database)
    pool = sentences(Random("filling"))
    for first in range(0, sessions, _SESSIONS_AT_ONCE):
        numbers = range(first, min(first + _SESSIONS_AT_ONCE, sessions))
        _store(database, [row for number in numbers for row in _session(number, pool)])
        print(f"\r{numbers.stop:,} sessions", end="", file=sys.stderr, flush=True)
    while index_messages(database):
        pass
    with database.rollup_connection() as connection:
        for table in _MERGED:
            connection.command(f"OPTIMIZE TABLE {table} FINAL")
    database.close()


def _store(database: Database, rows: Sequence[Row]) -> None:
    spans = pa.table({name: _column(name, rows) for name in rows[0]})
    starts = spans.column("start_ns").to_pylist()
    traces = sorted(set(spans.column("trace_id").to_pylist()))
    version = database.next_version()
    with database.rollup_connection() as connection:
        workspaces = pa.array([WORKSPACE] * len(rows))
        insert_spans(connection, spans, workspace_ids=workspaces, base_ns=version)
        touched = TouchedTraces(WORKSPACE, traces, min(starts), max(starts))
        roll_up(connection, touched, version=version)
        advance_watermark(connection, version + len(rows))


def _column(name: str, rows: Sequence[Row]) -> pa.Array:
    values = [row[name] for row in rows]
    if name == "attributes":
        return pa.array(values, pa.map_(pa.string(), pa.string()))
    return pa.array(values, _TYPES.get(name))


def _session(number: int, pool: Sequence[str]) -> list[Row]:
    """The spans of a session: the model's call, at times a tool's."""
    rng = Random(number)
    call = _call(number, rng, pool)
    return [call, _tool(number, call, rng, pool)] if number % 4 == 0 else [call]


def _call(number: int, rng: Random, pool: Sequence[str]) -> Row:
    model, provider = rng.choice(_MODELS)
    prompt, completion = rng.randint(200, 4000), rng.randint(20, 900)
    input_cost, output_cost = Decimal(prompt) * 3 / 10**6, Decimal(completion) * 15 / 10**6
    # One word that no other session says.
    question = f"{rng.choice(pool)} order{number:07d}"
    attributes = {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": model,
        "gen_ai.input.messages": _message("user", question),
        "gen_ai.output.messages": _message("assistant", rng.choice(pool)),
    }
    return _span(number, rng) | {
        "span_id": f"{rng.getrandbits(64):016x}",
        "parent_span_id": "",
        "name": f"chat {model}",
        "kind": "llm",
        "is_error": rng.random() < 0.02,
        "provider": provider,
        "request_model": model,
        "response_model": model,
        "reports_usage": True,
        "input_tokens": prompt,
        "output_tokens": completion,
        "input_cost": input_cost,
        "output_cost": output_cost,
        "total_cost": input_cost + output_cost,
        "cost_source": "list",
        "attributes": attributes,
    }


def _tool(number: int, call: Row, rng: Random, pool: Sequence[str]) -> Row:
    nothing = dict.fromkeys(("input_cost", "output_cost", "total_cost"), Decimal(0))
    unused = dict.fromkeys(("provider", "request_model", "response_model"), "")
    attributes = {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.call.arguments": json.dumps({"order_id": number}),
        "gen_ai.tool.call.result": rng.choice(pool),
    }
    return (
        call
        | nothing
        | unused
        | {
            "span_id": f"{rng.getrandbits(64):016x}",
            "parent_span_id": call["span_id"],
            "name": "lookup_order",
            "kind": "tool",
            "is_error": False,
            "reports_usage": False,
            "input_tokens": 0,
            "output_tokens": 0,
            "cost_source": "none",
            "attributes": attributes,
        }
    )


def _span(number: int, rng: Random) -> Row:
    """What all spans of a session have."""
    start_ns = _FIRST_START_NS + number * _STEP_NS
    return {
        "trace_id": f"{rng.getrandbits(128):032x}",
        "start_ns": start_ns,
        "end_ns": start_ns + rng.randint(100, 60_000) * 10**6,
        "scope": "benchmarks",
        "signal": "span",
        "session_id": f"session-{number:07d}",
        "contact_id": f"user-{rng.randrange(5000):04d}",
        "environment": "production",
        "tags": sorted(rng.sample(_TAGS, rng.randint(1, 3))),
        "title": rng.choice(("Refund", "Delivery", "Invoice", "Password")) + f" {number}",
    }


def _message(role: str, content: str) -> str:
    return json.dumps([{"role": role, "parts": [{"type": "text", "content": content}]}])
