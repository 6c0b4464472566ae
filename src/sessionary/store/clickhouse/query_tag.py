"""For whom a query reads, so that all that one reads can be ended together."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_reader: ContextVar[str] = ContextVar("reader", default="")


@contextmanager
def named_reader() -> Iterator[str]:
    """A name for what is read within, also in threads that it waits for."""
    name = uuid.uuid4().hex
    token = _reader.set(name)
    try:
        yield name
    finally:
        _reader.reset(token)


def reader_settings() -> dict[str, str]:
    """How a query says whose it is, in a setting that the engine lists and does not heed."""
    name = _reader.get()
    return {"log_comment": name} if name else {}
