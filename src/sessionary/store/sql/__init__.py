"""SQL statements, one a file, and how they are read."""

from functools import cache
from importlib.resources import files
from string import Template


@cache
def statement(name: str) -> Template:
    """The statement in `NAME.sql`; `${slot}`s take fixed fragments, never a caller's values."""
    path = files(__package__).joinpath(f"{name}.sql")
    return Template(path.read_text(encoding="utf-8"))


def names(folder: str) -> list[str]:
    """The statements of a folder, in order."""
    entries = (entry.name for entry in files(__package__).joinpath(folder).iterdir())
    return sorted(
        f"{folder}/{name.removesuffix('.sql')}" for name in entries if name[-4:] == ".sql"
    )
