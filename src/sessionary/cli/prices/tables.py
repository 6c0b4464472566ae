"""Own prices and what they change, as tables."""

from rich.table import Table

from sessionary.cli.client import Json
from sessionary.cli.output import figures
from sessionary.cli.output.tables import Column, table_of

_MAX_MODELS = 20


def _rate(price: Json, name: str) -> str:
    return figures.money(price[name]) if name in price else figures.ABSENT


PRICES = (
    Column("ID", lambda price: price["id"]),
    Column("MODEL", lambda price: price["model"], is_figure=False),
    Column("PROVIDER", lambda price: price.get("provider", "any"), is_figure=False),
    Column("FROM", lambda price: price.get("valid_from", "ever")[:16].replace("T", " ")),
    Column("INPUT/M", lambda price: _rate(price, "input_per_million")),
    Column("OUTPUT/M", lambda price: _rate(price, "output_per_million")),
    Column("CACHE READ/M", lambda p: _rate(p, "cache_read_per_million"), only_wide=True),
    Column("CACHE WRITE/M", lambda p: _rate(p, "cache_write_per_million"), only_wide=True),
)
_CHANGE = (
    Column("CALLS", lambda change: figures.count(change["calls"])),
    Column("BEFORE", lambda change: _cost(change, "before")),
    Column("AFTER", lambda change: _cost(change, "after")),
)
_MODELS = (Column("MODEL", lambda change: change["model"], is_figure=False), *_CHANGE)
_SESSIONS = (Column("SESSION", lambda change: change["session_id"], is_figure=False), *_CHANGE)


def _cost(change: Json, side: str) -> str:
    return figures.cost(
        change[f"cost_{side}"],
        calls=change["calls"],
        failed=0,
        unpriced=change[f"unpriced_{side}"],
    )


def changed_models(preview: Json) -> Table:
    """The models whose calls would cost something else."""
    return table_of(preview["models"][:_MAX_MODELS], _MODELS)


def changed_sessions(preview: Json) -> Table:
    """The sessions whose cost would change most."""
    return table_of(preview["sessions"], _SESSIONS)


def summary(preview: Json) -> str:
    """What would change, in a sentence."""
    if not preview["calls"]:
        return "No call would cost anything else."
    parts = (
        figures.several(preview["calls"], "call"),
        figures.several(preview["traces_count"], "trace"),
        figures.several(preview["sessions_count"], "session"),
    )
    return f"{', '.join(parts)}: {_cost(preview, 'before')} → {_cost(preview, 'after')}"
