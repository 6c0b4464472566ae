"""The paths of a session that the API filters, sorts and searches by: what each is in SQL.

The one table of them; a new column that may be asked for is a line here.
"""

from dataclasses import dataclass
from enum import StrEnum

from sessionary.store.clickhouse.parameters import Parameters


class PathType(StrEnum):
    """What is at a path."""

    TEXT = "string"
    TEXTS = "list of strings"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class SessionPath:
    """One path: `sql` over the columns of sessions, in which `${key}` is replaced by `key`.

    Dates are nanoseconds; a number is in units of which `units` are one of the API's.
    """

    type: PathType
    sql: str
    units: int = 1
    key: str = ""

    @property
    def is_money(self) -> bool:
        """Whether the column is an exact decimal of dollars."""
        return self.units == _MONEY_UNITS

    @property
    def is_nearly_unique(self) -> bool:
        """Whether hardly two sessions have the same: an amount of money, or of time."""
        return self.units > 1

    def column(self, parameters: Parameters) -> str:
        """The expression, with its key bound."""
        if "${key}" not in self.sql:
            return self.sql
        return self.sql.replace("${key}", parameters.bind(self.key, "String"))


_SHOWN_CHARACTERS = 200
_MONEY_UNITS = 10**12
_NS_PER_MS = 10**6


def _text(sql: str) -> SessionPath:
    return SessionPath(PathType.TEXT, sql)


def _texts(sql: str) -> SessionPath:
    return SessionPath(PathType.TEXTS, sql)


def _count(sql: str) -> SessionPath:
    return SessionPath(PathType.NUMBER, sql)


def _money(sql: str) -> SessionPath:
    return SessionPath(PathType.NUMBER, sql, _MONEY_UNITS)


def _milliseconds(sql_ns: str) -> SessionPath:
    return SessionPath(PathType.NUMBER, sql_ns, _NS_PER_MS)


def _date(sql_ns: str) -> SessionPath:
    return SessionPath(PathType.DATE, sql_ns)


PATHS = {
    "_id": _text("lower(hex(id))"),
    "external_id": _text("external_id"),
    "workspace_id": _text("workspace_id"),
    "project_id": _text("project_id"),
    "contact_ids": _texts("contact_ids"),
    "tags": _texts("tags"),
    "environments": _texts("environments"),
    "providers": _texts("providers"),
    # By the name that was asked for as well as by the one that answered.
    "models": _texts(
        "arraySort(arrayDistinct(arrayFilter(model -> model != '', "
        "arrayConcat(mapKeys(calls_by_model), requested_models.request_model))))"
    ),
    "title": _text("title"),
    "client": _text("client"),
    "repo": _text("repo"),
    "kind": _text("if(kind = '', '', concat('THREAD_KIND_', upper(kind)))"),
    "duration": _milliseconds("duration_ns"),
    "active_duration": _milliseconds("active_ns"),
    "idle_duration": _milliseconds("greatest(toInt64(duration_ns) - toInt64(active_ns), 0)"),
    "billing.input_cost": _money("input_cost"),
    "billing.output_cost": _money("output_cost"),
    "billing.total_cost": _money("total_cost"),
    "usage.prompt_tokens": _count("input_tokens"),
    "usage.completion_tokens": _count("output_tokens"),
    "usage.total_tokens": _count("total_tokens"),
    "cached_tokens": _count("cache_read_tokens"),
    "cache_write_tokens": _count("cache_write_tokens"),
    "reasoning_tokens": _count("reasoning_tokens"),
    "traces_count": _count("traces_count"),
    "spans_count": _count("spans_count"),
    "model_calls_count": _count("model_calls_count"),
    "failed_calls_count": _count("failed_calls_count"),
    "tool_calls_count": _count("tool_calls_count"),
    "errors_count": _count("errors_count"),
    "unpriced_calls_count": _count("unpriced_calls_count"),
    "has_errors": SessionPath(PathType.BOOLEAN, "(errors_count > 0)"),
    "started_at": _date("toUnixTimestamp64Nano(started_at)"),
    "ended_at": _date("toUnixTimestamp64Nano(ended_at)"),
    "updated_at": _date("version"),
}
MESSAGES = "messages"
"""Not a path of a session: where a search looks in all of its messages."""

SCORES = "scores."
"""What the path of a score begins with; its name follows."""

_METADATA = "metadata."
# Computed from the text of spans on request: the store has no column to compare.
_ONLY_SHOWN = ("first_input", "last_output")

PREFIXES = {_METADATA: PathType.TEXT, SCORES: PathType.SCORE}
"""The paths that need a key after them."""


def find_path(path: str) -> SessionPath | None:
    """What is at the path, None where there is no such path."""
    if path.startswith(_METADATA) and path != _METADATA:
        key = path.removeprefix(_METADATA)
        return SessionPath(PathType.TEXT, "metadata[${key}]", key=key)
    if path.startswith(SCORES) and path != SCORES:
        return SessionPath(PathType.SCORE, "", key=path.removeprefix(SCORES))
    return PATHS.get(path)


def unknown_path(path: str, *types: PathType) -> str:
    """Why that is no path of these types (default: of any), and which there are."""
    if path in _ONLY_SHOWN:
        return (
            f"{path!r} is only made when it is shown, and can be neither compared nor sorted by: "
            f"search the messages, or use one of {known_paths(*types)}"
        )
    return f"{path[:_SHOWN_CHARACTERS]!r} is not one of {known_paths(*types)}"


def known_paths(*types: PathType) -> str:
    """The paths of these types (default: of all) as a message lists them."""
    names = [name for name, path in PATHS.items() if not types or path.type in types]
    names += ["metadata.<key>"] if not types or PathType.TEXT in types else []
    names += ["scores.<name>"] if not types or PathType.SCORE in types else []
    return ", ".join(names)
