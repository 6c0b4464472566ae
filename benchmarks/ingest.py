"""How fast spans become durable and visible, and what that takes."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.payloads import Load, compressed
from benchmarks.sending import Sent, send
from benchmarks.server import Server, serving

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Ingested:
    """One load on one fresh server. `step_seconds` are the server's own, by the wall."""

    spans: int
    sent: Sent
    cpu_seconds: float
    peak_bytes: int
    flush_spans: float
    step_seconds: dict[str, float] = field(default_factory=dict)

    @property
    def spans_per_second(self) -> float:
        """Spans that were durable and visible, by the time of the last acknowledgement."""
        return self.spans / self.sent.seconds


def measure_ingest(load: Load, folder: Path, *, is_gzip: bool) -> Ingested:
    """Load a fresh server.

    Raises:
        SystemExit: a span or session that was acknowledged does not show.
    """
    wire = compressed(load) if is_gzip else load
    with serving(folder) as server:
        cpu_before = server.cpu_seconds()
        stats_before = server.stats()
        sent = send(wire, port=server.port, is_gzip=is_gzip)
        cpu_seconds = server.cpu_seconds() - cpu_before
        peak_bytes = server.peak_memory_bytes()
        steps, flushes = _steps(stats_before, server.stats())
        _check_counts(server, load.sessions, load.spans)
        return Ingested(
            spans=load.spans,
            sent=sent,
            cpu_seconds=cpu_seconds,
            peak_bytes=peak_bytes,
            flush_spans=load.spans / flushes if flushes else 0.0,
            step_seconds=steps,
        )


def _steps(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, float], int]:
    """Seconds by step, and the number of flushes, between two reports; empty without reports."""
    if not before or not after:
        return {}, 0
    earlier = before["seconds"]
    steps = {name: value - earlier.get(name, 0) for name, value in after["seconds"].items()}
    return steps, after["flushes"] - before["flushes"]


def _check_counts(server: Server, sessions: int, spans: int) -> None:
    """What was acknowledged is visible: that is what a 200 promises."""
    counted = server.ask("POST", "/v2/sessions/count", {})["count"]
    shown = page = 0
    has_more = True
    while has_more:
        page += 1
        query = {"limit": _PAGE, "page": page, "includedFields": ["spans_count"]}
        answer = server.ask("POST", "/v2/sessions/query", query)
        shown += sum(session["spans_count"] for session in answer["data"])
        has_more = answer["has_more"]
    if (counted, shown) != (sessions, spans):
        raise SystemExit(
            f"{sessions} sessions of {spans} spans were acknowledged, {counted} of {shown} show"
        )
