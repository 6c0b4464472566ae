"""Report references to files, settings and make targets that do not exist.

`python -m lint.references [path ...]` reads comments, docstrings and docs.
A line that names a missing file on purpose ends in `references: allow`.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import PurePosixPath

from lint.files import ROOT, list_files, read_files
from sessionary.settings import Settings

ALLOWED = "references: allow"
_FOLDERS = ("", "src/", "src/sessionary/", "web/", "web/src/", "tests/", "docs/")
_FILE = re.compile(r"(?<![\w/.*<>{}$-])(?:[\w.-]+/)*[\w-]+\.(?:py|sql|md|tsx?|toml)\b(?![/*(.\w])")
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
_SETTING = re.compile(r"\bSESSIONARY_[A-Z0-9_]+\b(?!\*)")
_TARGET = re.compile(r"`make ([a-z-]+)")
_MAKEFILE = (ROOT / "Makefile").read_text()
# They name files of other projects.
_SKIPPED = (
    "lint/",
    "tests/unit/test_lint.py",
    "src/sessionary/otlp/conventions/",
    "src/sessionary/otlp/orq_traced.py",
)
# Of tests and scripts, which are no settings of the server.
_OTHER_SETTINGS = re.compile(r"SESSIONARY_(TEST_\w+|URL|API_KEY)")


def findings(name: str, text: str, files: frozenset[str]) -> Iterator[str]:
    """Each dangling reference of a file's text, as `file:line: reference`."""
    for number, line in enumerate(text.splitlines(), 1):
        if ALLOWED not in line:
            for missing in _missing(name, _prose(name, line), files):
                yield f"{name}:{number}: {missing}"


def _prose(name: str, line: str) -> str:
    """The part of a line that is text: all of a document, comments of a program."""
    if name.endswith(".md"):
        return line
    for mark in ("# ", "-- ", "// ", "/** ", "* "):
        if (start := line.find(mark)) >= 0 and not line[:start].count('"') % 2:
            return line[start:]
    is_docstring = '"""' in line or not re.search(r"[=()\[\]{}]|^ *return ", line)
    return line if is_docstring else ""


def _missing(name: str, line: str, files: frozenset[str]) -> Iterator[str]:
    for match in _LINK.finditer(line):
        if name.endswith(".md") and not _exists(match[1], _folder(name), files):
            yield match[1]
    for match in _FILE.finditer(_LINK.sub("]", line)):
        if not _is_known(match[0], _folder(name), files):
            yield match[0]
    for match in _SETTING.finditer(line):
        field = match[0].removeprefix("SESSIONARY_").lower()
        if field not in Settings.model_fields and not _OTHER_SETTINGS.fullmatch(match[0]):
            yield match[0]
    for match in _TARGET.finditer(line):
        if f"\n{match[1]}:" not in _MAKEFILE:
            yield match[0].strip("`")


def _is_known(reference: str, folder: str, files: frozenset[str]) -> bool:
    if "/" not in reference:
        return any(PurePosixPath(file).name == reference for file in files)
    return any(_exists(reference, base, files) for base in (*_FOLDERS, folder)) or any(
        file.endswith(f"/{reference}") for file in files
    )


def _exists(reference: str, base: str, files: frozenset[str]) -> bool:
    path = (ROOT / base / reference).resolve()
    if not path.is_relative_to(ROOT):
        return False
    return path.exists() or str(path.relative_to(ROOT)) in files


def _folder(name: str) -> str:
    return f"{PurePosixPath(name).parent}/"


def main(paths: list[str]) -> int:
    """Print the dangling references; the exit status."""
    files = frozenset(list_files([]))
    found = [
        finding
        for name, text in read_files(paths)
        if not name.startswith(_SKIPPED)
        for finding in findings(name, text, files)
    ]
    print("\n".join(found) or "no dangling references")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
