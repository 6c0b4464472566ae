"""Where the commands print: results to stdout, complaints and progress to stderr."""

import json
import sys
from collections.abc import Mapping

from rich.console import Console

_PIPED_WIDTH = 200
"""Columns where no terminal says how wide it is, so that ids stay on one line."""

out = Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH, highlight=False)
err = Console(width=None if sys.stderr.isatty() else _PIPED_WIDTH, highlight=False, stderr=True)


def complain(message: str) -> None:
    """Print why the command failed, on stderr."""
    err.print(f"sessionary: {message}", style="red", markup=False, soft_wrap=True)


def print_json(answer: Mapping[str, object]) -> None:
    """Print an answer for programs: JSON as the API gave it, on stdout."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
