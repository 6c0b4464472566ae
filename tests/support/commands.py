"""Run the command line in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.server import Json

_SECONDS = 60


def run(
    *arguments: str,
    folder: Path | None = None,
    settings: Mapping[str, str] = {},
    code: int = 0,
) -> "subprocess.CompletedProcess[str]":
    """Run a command on a folder and assert its exit code."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SESSIONARY_")}
    if folder is not None:
        environment["SESSIONARY_DATABASE_URL"] = f"chdb://{folder}"
    done = subprocess.run(
        [sys.executable, "-m", "sessionary", *arguments],
        env=environment | dict(settings),
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def run_json(*arguments: str, folder: Path, settings: Mapping[str, str] = {}) -> Json:
    """The output of a command with `--json`."""
    output: Json = json.loads(run(*arguments, "--json", folder=folder, settings=settings).stdout)
    return output
