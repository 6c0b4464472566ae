"""Tables without lines, which leave columns out where the terminal is narrow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.markup import escape
from rich.table import Table

from sessionary.cli.client import Json
from sessionary.cli.output.console import out

_WIDE = 120
"""From as many columns of the terminal on, every column of a table is there."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name and the text that it has for a row."""

    name: str
    text: Callable[[Json], str]
    is_figure: bool = True
    """Figures stand to the right and are never cut or wrapped."""
    only_wide: bool = False


def table_of(rows: Sequence[Json], columns: Sequence[Column]) -> Table:
    """One line a row."""
    shown = [column for column in columns if out.width >= _WIDE or not column.only_wide]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in shown:
        if column.is_figure:
            table.add_column(column.name, justify="right", no_wrap=True)
        else:
            table.add_column(column.name, overflow="fold")
    for row in rows:
        table.add_row(*(escape(column.text(row)) for column in shown))
    return table
