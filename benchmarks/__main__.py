"""`python -m benchmarks`: measure a real server, print the figures, with --write keep them."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.many import measure_many
from benchmarks.payloads import llm_load
from benchmarks.reading import measure_reading
from benchmarks.report import Results, page, render
from benchmarks.rounds import measure_round
from benchmarks.start import measure_start

_PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
_QUICK = {
    "spans": 8000,
    "rounds": 1,
    "sessions_small": 500,
    "sessions_large": 3000,
    "sessions_many": 5000,
    "requests": 30,
}


def main(arguments: list[str]) -> None:
    """Run all measurements, on a folder that is gone afterwards."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="sessionary-bench-") as folder:
        results = _measure(options, Path(folder))
    print(f"\n{render(results)}")
    if options.write:
        command = " ".join(["python -m benchmarks", *arguments])
        _PAGE.write_text(page(results, command=command), encoding="utf-8")


def _measure(options: argparse.Namespace, folder: Path) -> Results:
    _report(f"making {options.spans:,} spans")
    load = llm_load(options.spans, seed="1", now_ns=time.time_ns())
    _report("starting")
    start = measure_start(folder / "start")
    rounds = []
    for number in range(1, options.rounds + 1):
        (folder / f"round-{number}").mkdir()
        rounds.append(measure_round(load, folder / f"round-{number}", _report))
    _report(f"reading, up to {options.sessions_large:,} sessions")
    sizes = (options.sessions_small, options.sessions_large)
    readings = measure_reading(sizes, folder / "reading", requests=options.requests)
    _report(f"reading among {options.sessions_many:,} sessions")
    many = measure_many(folder / "many", options.sessions_many, requests=options.requests)
    return Results(load.size_bytes / load.spans, start, rounds, readings, many)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--spans", type=int, default=100_000, help="to ingest (100000)")
    parser.add_argument("--rounds", type=int, default=3, help="of ingest and raw insert (3)")
    parser.add_argument("--sessions-small", type=int, default=10_000, help="to read among first")
    parser.add_argument("--sessions-large", type=int, default=100_000, help="to read among then")
    parser.add_argument("--sessions-many", type=int, default=1_000_000, help="to read among last")
    parser.add_argument("--requests", type=int, default=200, help="of each question (200)")
    parser.add_argument("--quick", action="store_true", help="a smoke run of a minute")
    parser.add_argument("--write", action="store_true", help=f"rewrite {_PAGE.name} in docs/")
    if "--quick" in arguments:
        parser.set_defaults(**_QUICK)
    return parser.parse_args(arguments)


def _report(step: str) -> None:
    print(f"… {step}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
