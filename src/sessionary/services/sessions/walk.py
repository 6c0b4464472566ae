"""Read every session of a list, however many there are."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from sessionary.errors import InvalidRequestError, StorageError
from sessionary.model.pagination import MAX_PAGE_SIZE, Page, Paging
from sessionary.model.session import Session

ReadPage = Callable[[Paging], Page[Session]]


def walk_sessions(read: ReadPage, paging: Paging) -> Iterator[list[Session]]:
    """Pages of all sessions in the order of `paging`, whatever page that asks for.

    A session that changes its place meanwhile may come twice or not at all.

    Raises:
        StorageError: a whole page of sessions was deleted while it was passed on.
    """
    first = replace(paging, limit=MAX_PAGE_SIZE, page=1, last_id="", first_id="")
    page = read(first)
    yield page.items
    while page.has_more:
        page = _page_after(read, first, page.items)
        yield page.items


def _page_after(read: ReadPage, first: Paging, sessions: list[Session]) -> Page[Session]:
    """The page after the last of the sessions that there still is."""
    for session in reversed(sessions):
        try:
            return read(replace(first, last_id=session.id))
        except InvalidRequestError:
            continue
    raise StorageError("the sessions were deleted while they were read: ask again")
