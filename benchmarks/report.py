"""The results as text: tables for the terminal, a page for docs/."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.figures import mebibytes, table
from benchmarks.many import Many, section
from benchmarks.reading import Reading
from benchmarks.rounds import Round
from benchmarks.start import Started

_PACKAGES = ("chdb-core-lite", "clickhouse-connect", "pyarrow", "ptars", "genai-prices", "uvicorn")
# Measured on 2026-11-22 with the same load: 2.7 KB spans, 512 a request, 4 connections.
_PEERS_HEADER = ("", "Phoenix 20.26.1", "MLflow 3.17.2")
_PEERS = (
    ("spans/s durable and queryable, 20k spans", "101", "446 to 749"),
    ("spans/s durable and queryable, 110k spans", "95 (on PostgreSQL 123)", "624"),
    ("CPU a span", "9,200 to 9,900 µs", "1,500 to 2,700 µs"),
    ("peak RSS", "755 to 1,455 MB", "3.2 GB"),
    ("idle RSS", "428 MB", "3.03 GB (1 worker 2.28)"),
    ("start to first 200, warm", "9.5 s", "9.6 to 14.7 s (4 workers)"),
    ("list by start, p50, 5k → 20k sessions", "138 → 283 ms", "65 → 73 ms (no session totals)"),
    ("list by cost, p50, 5k → 20k sessions", "265 → 871 ms", "12.1 → 42 s (pages all traces)"),
    ("acknowledged spans lost by kill -9", "all", "none"),
)


@dataclass(frozen=True, slots=True)
class Results:
    """All that one run measured."""

    span_bytes: float
    start: Started
    rounds: Sequence[Round]
    readings: Sequence[Reading]
    many: Many

    @property
    def best(self) -> Round:
        """The round in which plain bodies went fastest: the least disturbed."""
        return max(self.rounds, key=lambda each: each.plain.spans_per_second)


def render(results: Results) -> str:
    """The tables that the terminal shows and the page has."""
    sections = (
        ("Ingest, by round", _rounds(results.rounds)),
        ("Ingest, the best round", _ingest(results.best)),
        ("Raw insert of the same columns, in that round", _ceilings(results.best)),
        ("Where the time goes in that round, µs a span by the wall", _steps(results.best)),
        ("Start", _start(results.start)),
        ("Reading, p50 / p99", _reading(results.readings)),
    )
    titled = [f"## {title}\n\n{content}" for title, content in sections]
    return "\n\n".join([*titled, section(results.many)])


def page(results: Results, *, command: str) -> str:
    """docs/benchmarks.md."""
    peers = table(_PEERS_HEADER, _PEERS)
    return f"""# Benchmarks

Written by `{command}` on {datetime.now(UTC):%Y-%m-%d}; `make bench` repeats the measurement.

{_machine()}

The load: sessions of 3 to 8 traces of about 4 spans, {results.span_bytes / 1000:.1f} KB a span \
(messages, retrieved documents, tokens, in OpenInference's and OpenTelemetry's attributes), 512 \
spans a request, 16 keep-alive connections from one client process on the same machine.
Every acknowledgement means durable and visible; afterwards the run counts sessions and spans \
through the API and fails if one is missing.

{render(results)}

## How it is measured

- Ingest: a server with its default settings on an empty folder, once for plain bodies and once \
for gzip; from the first request to the last acknowledgement.
- The machine is shared: "time not given" is what others had of its processors (steal). So there \
are several rounds, and the best is reported in full.
- Texts to be searched are kept once nothing more arrives (decision 10), after the last \
acknowledgement here.
- CPU is user and system time of the server's process, over the spans.
- The steps are the wall seconds of the server's three threads (`GET /v2/stats`), which work at \
the same time on three batches: `prepare` (decode, normalise, price), `insert`, `roll up`.
- The ceiling is the insert alone, fsync'ed alike, in a process that does nothing else meanwhile; \
in batches of a full flush, and of as many spans as a flush had in the round.
- Reading: sessions of one trace of two short spans, once their texts are kept to be searched and \
most of them merged; 50 sessions a page; one keep-alive connection.

## Peers

Measured earlier, on the same kind of machine (2 shared cores) with the same spans \
over 4 connections; not in this run.

{peers}
"""


def _machine() -> str:
    lines = Path("/proc/meminfo").read_text().splitlines()
    memory = int(lines[0].split()[1]) * 1024
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    cores = len(os.sched_getaffinity(0))
    return (
        f"{cores} cores ({platform.machine()}), {memory / 2**30:.0f} GiB of memory, "
        f"{platform.system()} {platform.release().partition('-')[0]}, "
        f"Python {platform.python_version()}.\n"
        f"Sessionary {version('sessionary')}, {packages}."
    )


def _rounds(rounds: Sequence[Round]) -> str:
    header = ("spans/s", "plain", "gzip", "raw insert", "plain of it", "time not given")
    rows = [
        (
            f"round {number}",
            f"{each.plain.spans_per_second:,.0f}",
            f"{each.zipped.spans_per_second:,.0f}",
            f"{max(each.ceilings.values()):,.0f}",
            f"{each.share(each.plain):.0%}",
            f"{each.stolen:.0%}",
        )
        for number, each in enumerate(rounds, 1)
    ]
    return table(header, rows)


def _ingest(best: Round) -> str:
    columns = (best.plain, best.zipped)
    rows = (
        ("spans", [f"{each.spans:,}" for each in columns]),
        ("spans/s durable and visible", [f"{each.spans_per_second:,.0f}" for each in columns]),
        ("share of the raw insert", [f"{best.share(each):.0%}" for each in columns]),
        ("acknowledgement p50", [f"{each.sent.latency_ms(0.5):,.0f} ms" for each in columns]),
        ("acknowledgement p99", [f"{each.sent.latency_ms(0.99):,.0f} ms" for each in columns]),
        ("CPU a span", [f"{each.cpu_seconds / each.spans * 1e6:,.0f} µs" for each in columns]),
        ("peak RSS", [mebibytes(each.peak_bytes) for each in columns]),
        ("spans a flush", [f"{each.flush_spans:,.0f}" for each in columns]),
        ("sent again (429, 503)", [str(each.sent.retries) for each in columns]),
    )
    return table(("", "plain", "gzip"), [(name, *values) for name, values in rows])


def _ceilings(best: Round) -> str:
    rows = [
        (
            name,
            f"{spans_per_second:,.0f}",
            f"{best.plain.spans_per_second / spans_per_second:.0%}",
        )
        for name, spans_per_second in best.ceilings.items()
    ]
    return table(("batches of", "spans/s", "ingest (plain) of it"), rows)


def _steps(best: Round) -> str:
    names = list(best.plain.step_seconds)
    if not names:
        return "The server does not report it."
    columns = (best.plain, best.zipped)
    rows = [
        (name, *(f"{each.step_seconds.get(name, 0) / each.spans * 1e6:.1f}" for each in columns))
        for name in names
    ]
    return table(("step", "plain", "gzip"), rows)


def _start(start: Started) -> str:
    rows = (
        ("first 200 of /readyz, empty folder", f"{start.ready_seconds:.2f} s"),
        ("first span durable and visible", f"{start.first_ack_seconds:.2f} s"),
        ("idle RSS, 2 s after it is ready", mebibytes(start.idle_bytes)),
    )
    return table(("from the start of the process", ""), rows)


def _reading(readings: Sequence[Reading]) -> str:
    header = ("", *(f"{each.sessions:,} sessions" for each in readings))
    rows = [
        (
            question,
            *(
                f"{each.latency_ms(question, 0.5):.1f} / {each.latency_ms(question, 0.99):.1f} ms"
                for each in readings
            ),
        )
        for question in readings[0].seconds
    ]
    return table(header, rows)
