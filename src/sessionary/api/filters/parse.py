"""What a body asks to find: the rich form's `filters` and `query`, and the current object form."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sessionary.api.filters.activity_window import activity_filter
from sessionary.api.filters.operators import EVALUATOR_TYPES, FILTER_TYPES, FilterType
from sessionary.api.filters.paths import TEXT_TYPES, path_of
from sessionary.api.filters.schemas import MAX_FILTERS
from sessionary.api.http.request_value import BodyPart
from sessionary.errors import Fault
from sessionary.model.session_filter import And, Filter, HasAny, MessageSearch, Or, Text, TextTest
from sessionary.store.sessions.paths import MESSAGES, SCORES, PathType

_SEARCHED = ("external_id", "contact_ids", "tags")
_EVALUATOR = "evaluator"
# Their type and path are those of the option that they select.
_BY_OPTION = ("object", _EVALUATOR)


def filter_of(filters: object, query: object, now: datetime, faults: list[Fault]) -> Filter:
    """The sessions that a body's `filters` and `query` select, which both have to.

    What is wrong is added to `faults`; the filter then means nothing.
    """
    found = BodyPart(filters, "filters", faults)
    wanted = [*_filters(found, now), *_query(BodyPart(query, "query", faults), now)]
    return And(tuple(wanted))


def _filters(filters: BodyPart, now: datetime) -> list[Filter]:
    if filters.is_absent:
        return []
    if isinstance(filters.value, dict):
        return activity_filter(filters, now)
    if not isinstance(filters.value, list):
        filters.refuse("needs a list of filters, or an object with an interval")
        return []
    return [_list_filter(part) for part in filters.items(most=MAX_FILTERS)]


def _list_filter(part: BodyPart) -> Filter:
    if not part.is_object():
        return And()
    build = _LIST_TYPES.get(part["type"].choice(_LIST_TYPES))
    return build(part) if build else And()


def _id(part: BodyPart) -> Filter:
    return Text(path_of(part["path"], TEXT_TYPES), TextTest.IS, part["id"].text())


def _string(part: BodyPart) -> Filter:
    test = {"contains": TextTest.CONTAINS, "equals": TextTest.IS}
    operator = part["operator"].choice(test)
    path = path_of(part["path"], TEXT_TYPES)
    return Text(path, test.get(operator, TextTest.IS), part["value"].text())


def _string_array(part: BodyPart) -> Filter:
    part["operator"].choice(("in",))
    return HasAny(path_of(part["path"], TEXT_TYPES), part["values"].texts())


def _search(part: BodyPart) -> Filter:
    return _search_in(part["searchPaths"], part["value"].text())


_LIST_TYPES: Mapping[str, Callable[[BodyPart], Filter]] = {
    "id": _id,
    "search": _search,
    "string": _string,
    "string_array": _string_array,
}


def _search_in(paths: BodyPart, text: str) -> Filter:
    """The text anywhere in one of the paths, in whatever case; an empty one is everywhere."""
    named = [_search_path(path) for path in paths.items(most=MAX_FILTERS)]
    if not named and isinstance(paths.value, list) and not paths.value:
        paths.refuse(f"names no path; the usual ones are {', '.join(_SEARCHED)}")
    return _search_for(text, named)


def _search_for(text: str, paths: list[str] | tuple[str, ...]) -> Filter:
    if not text:
        return And()
    return Or(
        tuple(
            MessageSearch(text)
            if path == MESSAGES
            else Text(path, TextTest.CONTAINS_ANY_CASE, text)
            for path in paths
        )
    )


def _search_path(part: BodyPart) -> str:
    return MESSAGES if part.value == MESSAGES else path_of(part, TEXT_TYPES)


def _query(query: BodyPart, now: datetime) -> list[Filter]:
    """A text to search for, and filters of which all or any have to select a session."""
    if query.is_absent or not query.is_object():
        return []
    searched, paths = query["search"], query["searchPaths"]
    text = "" if searched.is_absent else searched.text()
    wanted = [_search_for(text, _SEARCHED) if paths.is_absent else _search_in(paths, text)]
    operator = query["operator"]
    join = Or if not operator.is_absent and operator.choice(("and", "or")) == "or" else And
    filters = query["filters"]
    parts = [] if filters.is_absent else filters.items(most=MAX_FILTERS)
    if parts:
        wanted.append(join(tuple(_query_filter(part, now) for part in parts)))
    return wanted


def _query_filter(part: BodyPart, now: datetime) -> Filter:
    chosen = _chosen(part) if part.is_object() else None
    if chosen is None:
        return And()
    is_evaluator = _EVALUATOR in (part["type"].value, chosen["type"].value)
    found, path = _evaluator(chosen) if is_evaluator else _type_and_path(chosen)
    if found is None:
        return And()
    build = found.operators.get(part["operator"].choice(found.operators))
    return build(path, part["value"], now) if build else And()


def _chosen(part: BodyPart) -> BodyPart | None:
    """What says the filter's type and path: the filter itself, or the option it selects."""
    name = part["type"].choice((*FILTER_TYPES, *_BY_OPTION))
    selected = part["selectedOptionId"]
    if name not in _BY_OPTION and selected.value in (None, ""):
        return part
    wanted, options = selected.text(), part["options"].items()
    found = [option for option in options if option["id"].value == wanted]
    if not found and isinstance(selected.value, str):
        ids = ", ".join(ascii(option["id"].value)[:200] for option in options)
        selected.refuse(f"is not the id of an option; those are: {ids}")
    return found[0] if found else None


def _type_and_path(chosen: BodyPart) -> tuple[FilterType | None, str]:
    found = FILTER_TYPES.get(str(chosen["type"].value))
    if found is None and chosen["type"].path.count(".options."):
        chosen["type"].choice((*FILTER_TYPES, _EVALUATOR))
    return found, path_of(chosen["path"], found.paths if found else tuple(PathType))


def _evaluator(chosen: BodyPart) -> tuple[FilterType | None, str]:
    """The scores that the option names: by its path if that is one, else by its name."""
    found = EVALUATOR_TYPES.get(chosen["evaluatorOutputType"].choice(EVALUATOR_TYPES))
    if str(chosen["path"].value).startswith(SCORES):
        return found, path_of(chosen["path"], (PathType.SCORE,))
    return found, SCORES + chosen["name"].text()
