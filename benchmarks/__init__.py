"""Speed, measured: `python -m benchmarks` (or `make bench`); docs/benchmarks.md has the results."""
