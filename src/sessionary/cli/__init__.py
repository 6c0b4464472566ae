"""The command line: a client of the API, except `serve`, which is the server.

The embedded engine's package requires pandas, which nothing here uses, and pyarrow imports it at
its first array: a third of the time to start, and 40 MB. Where there is none, pyarrow looks for
dateutil with every array. In this process there is neither, and no search for them.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

_UNUSED = frozenset({"pandas", "dateutil"})


class _NotFound(MetaPathFinder):
    """Has these not be found: a None in `sys.modules`, which says the same, breaks pyarrow."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        if fullname in _UNUSED:
            raise ModuleNotFoundError(f"{fullname} is not used here", name=fullname)


if _UNUSED.isdisjoint(sys.modules):
    sys.meta_path.insert(0, _NotFound())
