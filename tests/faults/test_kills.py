"""Servers killed at a random moment during requests of one kind.

`make faults` distributes SESSIONARY_TEST_KILLS over the kinds; by default some kinds have one.
"""

import os
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.faults.actors import Actor, Ingesting, actors
from tests.faults.test_faults import command_on
from tests.support.server import Server
from tests.support.waiting import random_pause

Recorder = Callable[[str, object], None]

_KINDS = list(actors())
_ALL_KILLS = int(os.environ.get("SESSIONARY_TEST_KILLS", "0"))
# The first start counts as a kind.
KILLS = max(1, _ALL_KILLS // (len(_KINDS) + 1))
# Longer than one request of each kind.
_LONGEST_SECONDS = {"re-price": 2.5, "rebuild": 1.5, "sample": 3.0}
_SECONDS = 0.6


@pytest.mark.parametrize("kind", _KINDS if _ALL_KILLS else ["update", "erase", "re-price"])
def test_kill_9_during(kind: str, fresh_server: Server, record_property: Recorder) -> None:
    """No acknowledged write is lost, and `verify` finds no difference."""
    actor = actors()[kind]()
    for _ in range(KILLS):
        actor.prepare(fresh_server)
        _kill_while(fresh_server, actor, _LONGEST_SECONDS.get(kind, _SECONDS))
        fresh_server.start()
        assert fresh_server.verify()["differences"] == []
        actor.check(fresh_server)
        assert fresh_server.verify()["differences"] == []
    record_property(f"kills: {kind}", KILLS)


def test_kill_9_during_first_start(tmp_path: Path, record_property: Recorder) -> None:
    """The next start creates what is missing."""
    for number in range(KILLS):
        folder = tmp_path / f"data {number}"
        begun = subprocess.Popen(command_on(folder), stdout=subprocess.DEVNULL, stderr=2)
        random_pause(0.4, 2)
        begun.kill()
        begun.wait()
        with Server(folder) as server:
            actor = Ingesting()
            _kill_while(server, actor, 0.3)
            server.start()
            actor.check(server)
            assert server.verify()["differences"] == []
    record_property("kills: first start", KILLS)


def _kill_while(server: Server, actor: Actor, seconds: float) -> None:
    """Kill the server at a random moment of the first `seconds`."""
    failed: list[BaseException] = []

    def act() -> None:
        try:
            with suppress(httpx.TransportError):
                actor.act(server)
        except BaseException as error:  # noqa: BLE001 - raised by the test's own thread
            failed.append(error)

    acting = threading.Thread(target=act)
    acting.start()
    random_pause(0, seconds)
    server.kill()
    acting.join(60)
    assert not acting.is_alive()
    if failed:
        raise failed[0]
