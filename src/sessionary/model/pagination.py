"""A page of a list, and where it lies."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

Item = TypeVar("Item")

MAX_PAGE_SIZE = 1000
DEFAULT_PAGE_SIZE = 50
LAST_PAGE = 2**31
MAX_SORTS = 50


@dataclass(frozen=True, slots=True)
class Sort:
    """One key to sort by; `key` is a path of the API (`billing.total_cost`)."""

    key: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows: the `page`th of `limit`, from 1, or those after `last_id`, before `first_id`."""

    limit: int = DEFAULT_PAGE_SIZE
    page: int = 1
    last_id: str = ""
    first_id: str = ""
    cursor_path: str = ""
    """Where the request gave the cursor, to name it should it be wrong."""
    sort: tuple[Sort, ...] = field(default=(Sort("started_at", descending=True),))

    @property
    def skipped(self) -> int:
        """How many rows the pages before have."""
        return (self.page - 1) * self.limit


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Rows in order, and whether more follow in the direction of the walk."""

    items: list[Item]
    has_more: bool
