"""How much memory this process may use."""

import os
from collections.abc import Iterator
from pathlib import Path

_GROUPS = Path("/proc/self/cgroup")
_MOUNT = Path("/sys/fs/cgroup")


def available_bytes(groups: Path = _GROUPS, mount: Path = _MOUNT) -> int:
    """The memory of the machine, or the least limit of a control group around this process.

    https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.max), and v1 (limit_in_bytes).
    """
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([machine, *_limits(groups, mount)])


def _limits(groups: Path, mount: Path) -> Iterator[int]:
    for path in _limit_files(groups, mount):
        try:
            yield int(path.read_text())
        except (OSError, ValueError):
            # Not visible in this container, or `max`: no limit.
            continue


def _limit_files(groups: Path, mount: Path) -> Iterator[Path]:
    lines = groups.read_text().splitlines() if groups.exists() else []
    for _, controllers, group in (line.split(":", 2) for line in lines):
        if controllers not in ("", "memory"):
            continue
        name = "memory.limit_in_bytes" if controllers else "memory.max"
        # A container sees its own group as the root.
        for folder in (Path(group.lstrip("/")), *Path(group.lstrip("/")).parents):
            yield mount / controllers / folder / name
