"""Generated requests to a server: `make api-fuzz`, in short in test_openapi.py.

All checks and phases of schemathesis: examples, boundary values, random data and sequences of
requests. Rounds have different seeds and continue until there are enough cases.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.keys import ADMIN_KEY, bearer, guarded_server
from tests.support.server import Server

ROOT = Path(__file__).parents[2]
CASES = 40_000
EXAMPLES = 200
SERVER_ERROR, UNDOCUMENTED = "ServerError", "UndefinedStatusCode"
# Replaced by valid_data_acceptance of the hooks, which supports `x-rule`.
REPLACED = "positive_data_acceptance"
COMMAND = Path(sys.executable).parent / "schemathesis"


@dataclass(slots=True)
class Findings:
    """The findings of all rounds."""

    cases: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    errors: int = 0
    """Requests without a response, and requests that could not be generated."""
    output: str = ""

    @property
    def differences(self) -> int:
        """Failures other than server errors and undocumented statuses."""
        others = {SERVER_ERROR, UNDOCUMENTED}
        return sum(count for name, count in self.failures.items() if name not in others)

    @property
    def is_clean(self) -> bool:
        """Whether there are no findings."""
        return not self.failures and not self.errors

    def table(self) -> str:
        """The figures, one per line."""
        return (
            f"cases                  {self.cases:,}\n"
            f"server errors (5xx)    {self.failures[SERVER_ERROR]}\n"
            f"undocumented statuses  {self.failures[UNDOCUMENTED]}\n"
            f"other differences      {self.differences}\n"
            f"errors                 {self.errors}"
        )


def run_round(server: Server, findings: Findings, seed: int, *options: str) -> None:
    """Run schemathesis once."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            COMMAND,
            "--config-file",
            ROOT / "tests" / "properties" / "schemathesis.toml",
            "run",
        ]
        command += [f"{server.url}/openapi.json", "--header", f"Authorization: Bearer {ADMIN_KEY}"]
        command += [
            "--checks",
            "all",
            "--exclude-checks",
            REPLACED,
            "--seed",
            str(seed),
            "--no-color",
            *options,
        ]
        command += ["--report", "json", "--report-json-path", report]
        done = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "API_FUZZ_KEY_ID": key_id_of(server)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert report.exists(), done.stdout
        found = json.loads(report.read_text())
    findings.cases += found["test_cases"]["generated"]
    for failure in found["failures"]:
        findings.failures[failure["type"]] += failure["count"]
    findings.errors += sum(error["count"] for error in found["errors"])
    findings.output += done.stdout if found["exit_code"] else ""


def key_id_of(server: Server) -> str:
    """The id of the key that the requests are sent with."""
    me = server.client.get("/v2/me", headers=bearer(ADMIN_KEY)).json()
    return str(me["key_id"])


def is_alive(server: Server) -> bool:
    """Whether the server still accepts the key of the requests."""
    return server.client.get("/v2/me", headers=bearer(ADMIN_KEY)).status_code == 200


def fuzzed_server(folder: Path) -> Server:
    """A server with sample data, keys and no rate limit."""
    settings = {"SESSIONARY_RATE_LIMIT": "0"}
    return guarded_server(folder, options=("--sample",), settings=settings)


def main() -> int:
    """Run rounds and print the figures; the exit status is 1 if there are findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="Of each operation.")
    parser.add_argument("--seed", type=int, default=1, help="Of the first round.")
    asked = parser.parse_args()
    findings, seed = Findings(), asked.seed
    with tempfile.TemporaryDirectory() as folder, fuzzed_server(Path(folder) / "data") as server:
        while findings.cases < asked.cases and is_alive(server):
            run_round(server, findings, seed, "--max-examples", str(asked.examples))
            print(f"after the round of seed {seed}\n{findings.table()}\n", flush=True)
            seed += 1
        is_whole = is_alive(server)
    print(findings.output if not findings.is_clean else "", end="")
    print(findings.table() if is_whole else "the server no longer accepts its key")
    return 0 if findings.is_clean and is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
