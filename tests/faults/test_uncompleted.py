"""A server with an interrupted write that cannot be completed."""

import asyncio
from pathlib import Path

from tests.faults.cuts import Running, application, running
from tests.faults.world import call, ingest
from tests.support.waiting import eventually_async


def test_write_that_cannot_be_completed_blocks_only_updates(tmp_path: Path) -> None:
    """The server ingests; updates are refused with a reason until it is removed."""
    asyncio.run(_start_with_unknown_write(tmp_path / "data"))


async def _start_with_unknown_write(folder: Path) -> None:
    app = application(folder)
    async with running(app) as one:
        assert await ingest(one, [call("first", 1)]) == 200
        with one.database.rollup_connection() as connection:
            columns, row = ["id", "kind", "write"], ["later", "Later", "{}"]
            connection.insert_rows("pending_writes", columns, [row])
    async with running(app) as one:
        assert await ingest(one, [call("second", 2)]) == 200
        refused = await _update(one)
        assert refused == (503, True)
        with one.database.rollup_connection() as connection:
            connection.command("TRUNCATE TABLE pending_writes")
        await eventually_async(lambda: not one.database.has_interrupted_writes)
        assert await _update(one) == (200, False)
        assert await one.verify() == []


async def _update(one: Running) -> tuple[int, bool]:
    """The status, and whether the message names a later version."""
    response = await one.send("PATCH", "/v2/sessions/first", json={"title": "Chess"})
    return response.status_code, "a later version" in response.text
