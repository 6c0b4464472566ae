"""Ingest and its ceiling, round by round: a shared machine gives now more, now less."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ceiling import measure_ceiling
from benchmarks.ingest import Ingested, measure_ingest
from benchmarks.payloads import Load
from sessionary.settings import Settings


@dataclass(frozen=True, slots=True)
class Round:
    """One load sent plain, then gzipped, then inserted raw.

    `ceilings` are spans a second, by the batch's size in words; `stolen` is the share of its time
    that the machine was not given.
    """

    plain: Ingested
    zipped: Ingested
    ceilings: dict[str, float]
    stolen: float

    def share(self, ingested: Ingested) -> float:
        """Of the highest ceiling."""
        return ingested.spans_per_second / max(self.ceilings.values())


def measure_round(load: Load, folder: Path, report: Callable[[str], None]) -> Round:
    """Load fresh servers, then fresh tables, in `folder`."""
    before = _times()
    report("ingest, plain")
    plain = measure_ingest(load, folder / "plain", is_gzip=False)
    report("ingest, gzip")
    zipped = measure_ingest(load, folder / "gzip", is_gzip=True)
    report("raw insert")
    ceilings = {
        f"{name} ({size / 2**20:.0f} MiB of payload)": measure_ceiling(
            load, folder / f"ceiling-{name.replace(' ', '-')}", batch_bytes=size
        )
        for name, size in _batches(plain, load.size_bytes / load.spans).items()
    }
    passed = [now - then for now, then in zip(_times(), before, strict=True)]
    return Round(plain, zipped, ceilings, passed[7] / sum(passed))


def _batches(ingested: Ingested, span_bytes: float) -> dict[str, int]:
    """Sizes of the raw insert's batches."""
    sizes = {"a full flush": Settings.model_fields["flush_bytes"].default}
    if ingested.flush_spans:
        sizes["this round's flush"] = int(ingested.flush_spans * span_bytes)
    return sizes


def _times() -> list[int]:
    """Of all cores: user, nice, system, idle, waiting, interrupts (hard, soft), stolen."""
    line = Path("/proc/stat").read_text().partition("\n")[0]
    return [int(ticks) for ticks in line.split()[1:9]]
