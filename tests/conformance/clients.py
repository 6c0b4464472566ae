"""Drive the clients: a call in, its result or error out.

`make conformance-clients` creates their environments. Tests check results; this module checks that
a client read the whole reply correctly.
"""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent
ENVIRONMENTS = HERE.parents[1] / ".clients"
STOP_SECONDS = 10
# Some clients truncate times to milliseconds.
EXACTNESS = timedelta(milliseconds=1)
# Sync and async modes are separate code in a client.
CLASSIC = ("orq-3.4.0 sync", "orq-3.4.0 async")
CURRENT_PYTHON = ("orq-4.17.13 sync", "orq-4.17.13 async")
NODE = "node async"
CURRENT = (*CURRENT_PYTHON, NODE)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ClientError:
    """The exception of a client, and the reply that caused it."""

    kind: str
    message: str
    status: int
    body: Json


class Driver:
    """A process that makes calls with one client."""

    def __init__(self, environment: str) -> None:
        folder = ENVIRONMENTS / environment
        assert folder.is_dir(), f"{folder} is missing: make conformance-clients"
        program = (
            ["node", str(HERE / "drive_node.mjs")]
            if environment == "node"
            else [str(folder / "bin" / "python"), str(HERE / "drive_orq.py")]
        )
        self._process = subprocess.Popen(
            program, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def make(self, step: Mapping[str, object]) -> Json:
        """Make one call and wait for its result; clients have their own timeout."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(step), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        assert line, f"the client's process ended with {self._process.wait(STOP_SECONDS)}"
        answer: Json = json.loads(line)
        return answer

    def stop(self) -> None:
        """End the process."""
        self._process.communicate(timeout=STOP_SECONDS)


@dataclass(frozen=True, slots=True)
class Client:
    """One client in one mode, with one server and one key."""

    driver: Driver
    name: str
    server: str
    key: str = "any"

    def with_key(self, key: str, *, server: str) -> Self:
        """The same client with another key and server."""
        return type(self)(self.driver, self.name, server, key)

    def call(self, call: str, **arguments: object) -> Any:
        """The client's result under wire names, after comparing it with the reply."""
        answer = self._make(call, arguments)
        assert "ok" in answer, f"{self.name} {call}: {answer['error']} for {answer['raw']}"
        result = answer["ok"]
        unlike = differences(result, answer["raw"]["body"])
        assert not unlike, f"{self.name} {call} read {result} from {answer['raw']}: {unlike}"
        return result

    def fail(self, call: str, **arguments: object) -> ClientError:
        """The error of a call, with the message of the reply."""
        answer = self._make(call, arguments)
        assert "error" in answer, f"{self.name} {call}: {answer}"
        error, raw = answer["error"], answer["raw"]
        assert raw, f"{self.name} {call}: refused before it was sent: {error}"
        assert raw["body"]["code"] == str(raw["status"])
        assert error["status"] in (None, raw["status"])
        return ClientError(error["class"], error["message"], raw["status"], raw["body"])

    def _make(self, call: str, arguments: Mapping[str, object]) -> Json:
        mode = self.name.partition(" ")[2]
        return self.driver.make(
            {
                "call": call,
                "arguments": arguments,
                "mode": mode,
                "server": self.server,
                "key": self.key,
            }
        )


def differences(read: Any, sent: Any, path: str = "") -> list[str]:
    """The paths at which a client's value differs from the reply."""
    if read is None and sent == {}:
        return []
    if isinstance(read, dict) and isinstance(sent, dict):
        return [
            unlike
            for name, value in read.items()
            for unlike in differences(value, sent.get(name), f"{path}.{name}")
        ]
    if isinstance(read, list) and isinstance(sent, list) and len(read) == len(sent):
        pairs = enumerate(zip(read, sent, strict=True))
        return [unlike for i, pair in pairs for unlike in differences(*pair, f"{path}.{i}")]
    return [] if read == sent or is_same_time(read, sent) else [f"{path}: {read!r}, not {sent!r}"]


def is_same_time(one: object, other: object) -> bool:
    """Whether both are times, and equal to the millisecond."""
    if not isinstance(one, str) or not isinstance(other, str):
        return False
    try:
        return abs(datetime.fromisoformat(one) - datetime.fromisoformat(other)) < EXACTNESS
    except (ValueError, TypeError):
        return False
