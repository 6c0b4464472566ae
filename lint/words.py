"""Refuse words that this project does not use: `python -m lint.words [path ...]`.

Each has a plain term in docs/glossary.md. Names of functions and files count as words too.
A line that quotes one on purpose ends in `words: allow`.
"""

import re
import sys
from collections.abc import Iterator

from lint.files import read_files

REFUSED = (
    r"told",
    r"tell(?:s|ing)?",
    r"whoever",
    r"anew",
    r"nobody",
    r"somebody",
    r"lest",
    r"dear(?:er|est)?",
    r"of what",
    r"so many",
    r"lies in",
    r"stands (?:for|out|as)",
    r"let in",
    r"hears",
)
ALLOWED = "words: allow"
# Messages and attributes that tests send are data.
_DATA = (
    "tests/conftest.py",
    "lint/words.py",
    "tests/unit/test_lint.py",
    "src/sessionary/sample/payloads/",
    # Migrations never change.
    "src/sessionary/store/migrations/",
)
_WORD = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(REFUSED)})(?![A-Za-z])", re.IGNORECASE)


def findings(name: str, text: str) -> Iterator[str]:
    """Each refused word of a text, as `file:line: word: the line`."""
    for number, line in enumerate(text.splitlines(), 1):
        plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", line.replace("_", " "))
        for match in _WORD.finditer(plain):
            if ALLOWED not in line:
                yield f"{name}:{number}: {match.group()!r}: {line.strip()}"


def main(paths: list[str]) -> int:
    """Print what is refused; the exit status."""
    found = [
        finding
        for name, text in read_files(paths)
        if not name.startswith(_DATA)
        for finding in findings(name, text)
    ]
    print("\n".join(found) or "no refused words")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
