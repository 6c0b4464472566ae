"""SQL statements, one a file, and how they are read."""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

_HEAD = re.compile(r"\A(?:--(?! shard by:| alters:).*\n)+")


@cache
def statement(name: str) -> Template:
    """The statement in `<name>.sql`; `${slot}`s take fixed fragments, never a caller's values.

    Without the comment at its head, which the client would scan at every run.
    """
    folder, _, file = name.partition("/")
    text = _folder(folder).joinpath(f"{file}.sql").read_text(encoding="utf-8")
    return Template(_HEAD.sub("", text))


def names(folder: str) -> list[str]:
    """The statements of a folder, in order."""
    entries = (entry.name for entry in _folder(folder).iterdir())
    return sorted(
        f"{folder}/{name.removesuffix('.sql')}" for name in entries if name[-4:] == ".sql"
    )


def _folder(name: str) -> Traversable:
    folder = files("sessionary.store").joinpath(name)
    return folder if name == "migrations" else folder.joinpath("sql")
