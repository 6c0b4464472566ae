"""The command line: a client of the API, but for `serve`, which is the server.

The embedded engine's package requires pandas, which nothing here uses, and pyarrow imports it at
its first array: a third of the time to start, and 40 MB. In this process there is none.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


class _NoPandas(MetaPathFinder):
    """Has pandas not be found: a None in `sys.modules`, which says the same, breaks pyarrow."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("pandas is not used here", name=fullname)


if "pandas" not in sys.modules:
    sys.meta_path.insert(0, _NoPandas())
