"""Let the threads of Python run before those of the embedded engine, which uses all processors.

A thread that has the interpreter's lock and no processor keeps the event loop waiting, and with it
every request.
"""

import os
import threading
from contextlib import suppress
from pathlib import Path

_TASKS = Path("/proc/self/task")
# A third of the weight of an ordinary thread. A thread may give up priority without privileges.
_NICE = 5


class EngineThreads:
    """Knows which of the process's threads were lowered; new ones appear as the engine is used."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._lowered: set[int] = set()

    def lower(self) -> None:
        """Lower each thread that is not Python's; does nothing where there is no /proc.

        Only at the second sight: Python does not know a thread that has just started.
        """
        with suppress(OSError):
            present = {int(task.name) for task in _TASKS.iterdir()}
            others = present - {thread.native_id for thread in threading.enumerate()}
            for thread in (others & self._seen) - self._lowered:
                _lower(thread)
            self._lowered = others & self._seen
            self._seen = others


def _lower(thread: int) -> None:
    # It may have ended.
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, 0) + _NICE)
