"""Deletions and changes win although the clock was set back before them."""

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from sessionary.model.price import CallScope, CustomPrice, Rates
from sessionary.model.project import Project
from sessionary.model.share_link import ShareLink
from sessionary.model.sign_in import SignIn
from sessionary.model.workspace import Workspace
from sessionary.store.admin import projects, share_links, sign_ins, workspaces
from sessionary.store.clickhouse.pool import Database
from sessionary.store.prices import queries as prices
from tests.support.store import opened

HOUR_NS = 3600 * 10**9
PRICE = CustomPrice(CallScope("m"), Rates(Decimal(1), Decimal(2)))
PROJECT = Project("p", "P", 1)
SIGN_IN = SignIn("w", "k", time.time_ns() + HOUR_NS)
LINK = ShareLink("l", "w", "s", True, 1, "me", SIGN_IN.expires_ns)
WORKSPACE = Workspace("w", "W", 1)

Step = Callable[[Database], object]
# A write while the clock is ahead, a later write, and a read that must be empty afterwards.
WRITES: dict[str, tuple[Step, Step, Step]] = {
    "price": (
        lambda db: prices.save_price(db, "w", PRICE),
        lambda db: prices.delete_price(db, "w", PRICE),
        lambda db: prices.list_prices(db, "w"),
    ),
    "project": (
        lambda db: projects.save_project(db, "w", PROJECT),
        lambda db: projects.forget_project_record(db, "w", PROJECT),
        lambda db: projects.list_projects(db, "w"),
    ),
    "sign-in": (
        lambda db: sign_ins.save_sign_in(db, "hash", SIGN_IN),
        lambda db: sign_ins.end_sign_in(db, "hash", SIGN_IN),
        lambda db: sign_ins.find_sign_in(db, "hash"),
    ),
    "share link": (
        lambda db: share_links.insert_share_link(db, "w", LINK, token_hash="hash"),
        lambda db: share_links.delete_share_link(db, "w", "s", "l"),
        lambda db: share_links.find_share_link(db, "hash"),
    ),
    "workspace": (
        lambda db: workspaces.save_workspace(db, replace(WORKSPACE, retention_days=30)),
        lambda db: workspaces.save_workspace(db, WORKSPACE),
        lambda db: workspaces.get_workspace(db, "w").retention_days,
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_writes_win_after_the_clock_moves_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Also after a restart, which loses the latest time in memory."""
    before, after, found = WRITES[name]
    with monkeypatch.context() as ahead, opened(tmp_path / "data") as database:
        now_ns = time.time_ns
        ahead.setattr(time, "time_ns", lambda: now_ns() + HOUR_NS)
        before(database)
        assert found(database)
    with opened(tmp_path / "data") as database:
        after(database)
        assert not found(database)
