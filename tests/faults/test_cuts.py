"""A write interrupted after any of its statements is completed by the next start.

The ClickHouse client fails either from then on, as if the process were killed, or once, as if the
disk were full for a moment. `make faults` interrupts after every statement, else after two.
"""

import asyncio
import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI

from sessionary.errors import StorageError
from tests.faults.cuts import Cut, Running, application, cutting, running
from tests.faults.operations import OPERATIONS, Operation
from tests.faults.world import contents, fill, mentioning
from tests.support.waiting import eventually_async

IS_FULL = bool(os.environ.get("SESSIONARY_TEST_FAULTS"))
# It names deleted sessions.
KEPT = {"audit_log"}

Contents = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Uncut:
    """The contents of the store before and after a write, and its statements."""

    before: Contents
    after: Contents
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An application on a folder that is reset to the same contents for every cut."""

    app: FastAPI
    folder: Path
    filled: Path

    def reset(self) -> None:
        """Restore the contents."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.filled, self.folder, symlinks=True)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A folder that was filled once."""
    folder = tmp_path_factory.mktemp("cuts")
    made = Place(application(folder / "data"), folder / "data", folder / "filled")

    async def filling() -> None:
        async with running(made.app) as one:
            await fill(one)
            await eventually_async(lambda: one.app.state.indexer.is_caught_up)

    asyncio.run(filling())
    shutil.move(made.folder, made.filled)
    return made


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_interrupted_write_is_completed(
    place: Place, operation: Operation, record_property: Callable[[str, object], None]
) -> None:
    """`verify` finds no difference, nothing is partial, and a retry succeeds."""
    record_property(f"cuts: {operation.name}", asyncio.run(_interrupt_all(place, operation)))


async def _interrupt_all(place: Place, operation: Operation) -> int:
    """Interrupt the write repeatedly; return the number of interruptions."""
    uncut = await _uncut(place, operation)
    every = range(1, len(uncut.statements) + 1)
    crashes = every if IS_FULL else _broken_once(operation, uncut) or [random.choice(every)]
    failures = every if IS_FULL else [random.choice(every)]
    for interrupt, numbers in ((_crash, crashes), (_fail, failures)):
        for number in numbers:
            place.reset()
            await interrupt(place, operation, number, uncut)
    return len(crashes) + len(failures)


def _broken_once(operation: Operation, uncut: Uncut) -> list[int]:
    """The cuts from which an earlier version did not recover."""
    if not operation.broke_after:
        return []
    found = [one.startswith(operation.broke_after) for one in uncut.statements]
    assert any(found)
    return [found.index(True) + 1]


async def _crash(place: Place, operation: Operation, number: int, uncut: Uncut) -> None:
    """The next start completes the write."""
    cut = Cut(number)
    with cutting(cut):
        async with running(place.app) as one:
            cut.arm()
            await _attempt(operation, one)
    assert cut.has_failed
    async with running(place.app) as one:
        await eventually_async(lambda: not _pending(one))
        await _check(operation, one, uncut, cut.statements[-1])


async def _fail(place: Place, operation: Operation, number: int, uncut: Uncut) -> None:
    """The same process completes the write: soon by itself, or at once on a retry."""
    cut = Cut(number, is_crash=False)
    with cutting(cut):
        async with running(place.app) as one:
            cut.arm()
            await _attempt(operation, one)
            assert cut.has_failed
            if number % 2:
                await eventually_async(lambda: not one.database.has_interrupted_writes)
            else:
                assert await operation.make(one) in operation.done
            await _check(operation, one, uncut, cut.statements[number - 1])


async def _uncut(place: Place, operation: Operation) -> Uncut:
    place.reset()
    cut = Cut(0)
    with cutting(cut):
        async with running(place.app) as one:
            before = contents(one.database)
            cut.arm()
            assert await operation.make(one) in operation.done
            uncut = Uncut(before, contents(one.database), tuple(cut.statements))
            _assert_erased(operation, one)
            assert await one.verify() == []
    return uncut


async def _attempt(operation: Operation, one: Running) -> None:
    # A service called without HTTP raises the error of the client.
    with suppress(StorageError):
        await operation.make(one)


async def _check(operation: Operation, one: Running, uncut: Uncut, statement: str) -> None:
    assert await one.verify() == [], statement
    found = contents(one.database)
    if found != uncut.before:
        assert found == uncut.after, statement
        _assert_erased(operation, one)
    assert await operation.make(one) in operation.done, statement
    assert contents(one.database) == uncut.after, statement
    _assert_erased(operation, one)
    assert await one.verify() == [], statement


def _pending(one: Running) -> list[str]:
    return contents(one.database)["pending_writes"]


def _assert_erased(operation: Operation, one: Running) -> None:
    if operation.erases:
        assert mentioning(one.database, operation.erases) - KEPT == set()
