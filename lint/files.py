"""The files of the repository that people read."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

_READ = {".py", ".sql", ".md", ".ts", ".tsx", ".css", ".mjs", ".toml"}
# Written by tools, or by others.
_SKIPPED = (
    "docs/openapi.json",
    "tests/fixtures/",
    "tests/conformance/package",
    "web/src/api/schema.ts",
)


def list_files(paths: list[str]) -> list[str]:
    """The names of the files under `paths`, or of all that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *paths],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return sorted(set(listed.stdout.splitlines()))


def read_files(paths: list[str]) -> Iterator[tuple[str, str]]:
    """The name and text of each file under `paths`, or of all."""
    for name in list_files(paths):
        path = ROOT / name
        if path.suffix in _READ and not name.startswith(_SKIPPED) and path.is_file():
            yield name, path.read_text(encoding="utf-8")
