"""Wait for background work: the only poll loops and random pauses of the tests."""

import asyncio
import os
import random
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TIMEOUT_SECONDS = 30
_INTERVAL_SECONDS = 0.05


def _no_details() -> str:
    return ""


def eventually(
    condition: Callable[[], T],
    *,
    seconds: float = TIMEOUT_SECONDS,
    interval: float = _INTERVAL_SECONDS,
    details: Callable[[], str] = _no_details,
) -> T:
    """Poll until the condition is truthy and return its value.

    Raises:
        AssertionError: it was not within `seconds`; the message ends with `details()`.
    """
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {value!r}\n{details()}"
        time.sleep(interval)
    return value


async def eventually_async(
    condition: Callable[[], T],
    *,
    seconds: float = TIMEOUT_SECONDS,
    interval: float = _INTERVAL_SECONDS,
) -> T:
    """Like `eventually`, while other tasks of the event loop run."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {value!r}"
        await asyncio.sleep(interval)
    return value


def exit_status(pid: int, *, seconds: float) -> int:
    """The exit status of a child process, which remains to be waited for."""
    options = os.WEXITED | os.WNOHANG | os.WNOWAIT
    ended = eventually(lambda: os.waitid(os.P_PID, pid, options), seconds=seconds)
    assert ended is not None
    assert ended.si_code == os.CLD_EXITED
    return ended.si_status


def random_pause(shortest: float, longest: float) -> None:
    """Sleep until a random moment to interrupt work at; a failing test prints it."""
    seconds = random.uniform(shortest, longest)
    print(f"paused {seconds:.3f} s")
    time.sleep(seconds)
