"""How long a fresh start takes until it answers, and until it has stored a first span."""

import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.payloads import small_load
from benchmarks.sending import send
from benchmarks.server import serving

_IDLE_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Started:
    """Seconds since the process was started, and what is resident two seconds after it is ready."""

    ready_seconds: float
    first_ack_seconds: float
    idle_bytes: int


def measure_start(folder: Path) -> Started:
    """Start on an empty folder; start again to see it idle, nothing sent."""
    with serving(folder) as server:
        first = small_load(1, seed="first", now_ns=time.time_ns())
        send(first, port=server.port, connections=1)
        first_ack_seconds, ready_seconds = server.age_seconds(), server.ready_seconds
    with serving(folder.with_name("idle")) as server:
        time.sleep(_IDLE_SECONDS)
        return Started(ready_seconds, first_ack_seconds, server.memory_bytes())
