"""Limits on the share of a resource that one caller can occupy."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from sessionary.api.network.body_budget import BodyBudget
from sessionary.errors import BufferFullError, RateLimitedError
from sessionary.services.access.concurrency import ConcurrencyLimit, FairSlots
from sessionary.services.access.wrong_secrets import WrongSecrets

LARGE = 30 * 1024 * 1024


def test_one_caller_cannot_take_all() -> None:
    """A refusal has a retry delay; released shares can be taken again."""
    limit = ConcurrencyLimit(3, per_caller=2, noun="event streams")
    with ExitStack() as stack:
        for caller in ("a", "a", "b"):
            stack.enter_context(limit.hold(caller))
        for caller in ("a", "c"):
            with pytest.raises(RateLimitedError, match="too many event streams") as refused:
                stack.enter_context(limit.hold(caller))
            assert refused.value.retry_after_seconds > 0
    with limit.hold("a"), limit.hold("a"):
        pass


def test_slots_of_one_caller_leave_others_free() -> None:
    """Its own work waits up to a timeout; work of other callers starts at once."""

    async def run() -> None:
        slots = FairSlots(4, per_caller=2)
        async with slots.slot("a", wait_seconds=1), slots.slot("a", wait_seconds=1):
            with pytest.raises(TimeoutError):
                async with slots.slot("a", wait_seconds=0.01):
                    pass
            async with slots.slot("b", wait_seconds=1), slots.slot("b", wait_seconds=1):
                pass
        async with slots.slot("a", wait_seconds=1):
            # The timeout only limits the wait, not the work.
            await asyncio.sleep(0)

    asyncio.run(run())


def test_timeout_for_a_slot_does_not_limit_the_work() -> None:
    """Work that takes longer than the wait is not cancelled."""

    async def run() -> str:
        async with FairSlots(1, per_caller=1).slot("a", wait_seconds=0.01):
            await asyncio.sleep(0.05)
            return "done"

    assert asyncio.run(run()) == "done"


def test_addresses_over_the_limit_wait_in_a_short_queue() -> None:
    """Other addresses do not wait; requests beyond the queue are refused."""

    async def run() -> list[BaseException | None]:
        secrets = WrongSecrets(0.001, burst=1, rule="too many")
        secrets.count("192.0.2.1")
        leave = asyncio.Event()

        async def look_up(address: str) -> None:
            async with secrets.looking_up(address):
                await leave.wait()

        lookups = [asyncio.create_task(look_up("192.0.2.1")) for _ in range(50)]
        await asyncio.sleep(0)
        async with asyncio.timeout(1), secrets.looking_up("192.0.2.2"):
            leave.set()
        return await asyncio.gather(*lookups, return_exceptions=True)

    results = asyncio.run(run())
    assert results.count(None) == 2
    assert sum(isinstance(result, RateLimitedError) for result in results) == 48


@pytest.mark.parametrize(
    ("caller", "size", "is_accepted"),
    [("a", 2 * 1024 * 1024, False), ("b", LARGE, True), ("a", 1000, True)],
    ids=["same caller", "another caller", "small"],
)
def test_incomplete_bodies_of_a_caller_take_half_of_the_budget(
    caller: str, size: int, *, is_accepted: bool
) -> None:
    """Other callers can use the other half, and small bodies always fit."""
    budget = BodyBudget(64 * 1024 * 1024)
    with budget.share("a") as first, budget.share(caller) as second:
        first.add(LARGE + 1024 * 1024)
        add: Callable[[int], None] = second.add
        if is_accepted:
            add(size)
            return
        with pytest.raises(BufferFullError):
            add(size)
        first.complete()
        add(size)


def test_completed_bodies_of_a_caller_may_take_the_whole_budget() -> None:
    """They are stored and freed regardless of the client."""
    budget = BodyBudget(64 * 1024 * 1024)
    with budget.share("a") as first, budget.share("a") as second, budget.share("a") as third:
        for share in (first, second):
            share.add(LARGE)
            share.complete()
        with pytest.raises(BufferFullError):
            third.add(LARGE)
    with budget.share("a") as only:
        only.add(100 * 1024 * 1024)
