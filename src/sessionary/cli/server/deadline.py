"""End the process in bounded time after a signal, whatever does not finish."""

import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable

log = logging.getLogger(__name__)

END_SECONDS = 8.5
"""From the signal to the end of the process at the latest."""

# The kernel ends the process even where no thread of Python can run any more.
_KERNEL_SECONDS = 9


class EndDeadline:
    """Once started, the process exits with status 1 if it still runs after `END_SECONDS`.

    `busy` describes what the store is waiting for, for the log.
    """

    def __init__(self, busy: Callable[[], list[str]]) -> None:
        self._busy = busy
        self._thread = threading.Thread(target=self._end, name="end deadline", daemon=True)

    def start(self) -> None:
        """Start to count, from a signal handler too; nothing if it was started."""
        if self._thread.ident is not None:
            return
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_KERNEL_SECONDS)
        self._thread.start()

    def _end(self) -> None:
        # Unlike a sleep, this ends with the process.
        threading.Event().wait(END_SECONDS)
        try:
            unfinished = "; ".join([*self._busy(), *_running_threads()])
            log.error("not stopped after %g s, exiting: %s", END_SECONDS, unfinished)
            logging.shutdown()
        finally:
            os._exit(1)


def _running_threads() -> list[str]:
    """The innermost function of this project in each other thread that keeps the process alive."""
    frames = sys._current_frames()
    described = []
    for thread in threading.enumerate():
        is_main = thread is threading.main_thread()
        if thread.daemon or is_main or thread.ident not in frames:
            continue
        stack = traceback.extract_stack(frames[thread.ident])
        own = [frame for frame in stack if "sessionary" in frame.filename] or stack
        described.append(f"thread {thread.name} in {own[-1].name} (line {own[-1].lineno})")
    return described
