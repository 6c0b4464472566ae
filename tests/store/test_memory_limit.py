"""The memory limit of a server is that of its machine or container."""

import os
from pathlib import Path

import pytest

from sessionary.memory import available_bytes
from sessionary.settings import Settings

MIB = 2**20
MACHINE = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


@pytest.mark.parametrize(
    ("groups", "files", "expected"),
    [
        ("0::/\n", {"memory.max": 800 * MIB}, 800 * MIB),
        ("0::/a/b\n", {"a/b/memory.max": "max", "a/memory.max": 700 * MIB}, 700 * MIB),
        ("0::/docker/hidden\n", {"memory.max": 600 * MIB}, 600 * MIB),
        ("0::/\n", {"memory.max": "max"}, MACHINE),
        (
            "5:cpu:/x\n4:memory:/x\n0::/\n",
            {"memory/x/memory.limit_in_bytes": 500 * MIB, "cpu/x/memory.max": 1},
            500 * MIB,
        ),
        ("4:memory:/\n", {"memory/memory.limit_in_bytes": 2**63 - 4096}, MACHINE),
        ("", {}, MACHINE),
    ],
)
def test_lowest_limit_applies(
    tmp_path: Path, groups: str, files: dict[str, int | str], expected: int
) -> None:
    """In both versions of control groups, as seen by a service or a container."""
    own = tmp_path / "own"
    own.write_text(groups)
    for name, limit in files.items():
        path = tmp_path / "mount" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{limit}\n")
    assert available_bytes(own, tmp_path / "mount") == expected


def test_engine_uses_at_most_a_quarter_by_default() -> None:
    """Unless a setting overrides it."""
    assert Settings().engine_memory_bytes == min(512 * MIB, available_bytes() // 4)
    assert Settings(max_memory_bytes=300 * MIB).engine_memory_bytes == 300 * MIB
