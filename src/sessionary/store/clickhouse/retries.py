"""Try work again that the store failed: work that must not stop halfway."""

import logging
import time
from collections.abc import Callable, Generator
from typing import TypeVar

from sessionary.errors import StorageError

log = logging.getLogger(__name__)

_TRIES, _PAUSE_SECONDS = 5, 1.0

T = TypeVar("T")


def retried(work: Callable[[], T]) -> T:
    """The result of the work, which is tried a few times.

    Raises:
        StorageError: the store failed every time.
    """

    def steps() -> Generator[T, None, None]:
        yield work()

    return next(retried_steps(steps))


def retried_steps(begin: Callable[[], Generator[T, None, None]]) -> Generator[T, None, None]:
    """The steps of the work, which begins again where the store failed.

    Raises:
        StorageError: the store failed every time.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            yield from begin()
        except StorageError:
            if not tries_left:
                raise
            log.exception("the store failed: trying again")
            time.sleep(_PAUSE_SECONDS)
        else:
            return
