"""What a caller wrote about traces, turned into what is meant; all faults at once.

Whatever has a name is looked up in the one table of fields (store/traces/fields.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal, InvalidOperation

from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.instant import parse_instant
from sessionary.model.trace_filter import Condition, Field, FieldType, Order, Value
from sessionary.store.traces.fields import (
    FIELDS,
    KEYED_FIELDS,
    OPERATORS,
    STARTED_AT,
    TRACE_ID,
    find_field,
)

MAX_FILTERS = 100
MAX_SORTS = 5
MAX_TEXT = 10_000
DEFAULT_DAYS = 30
_NS_PER_DAY = 86_400_000_000_000
_LARGEST = 10**12
_EXACT = Context(prec=200)
# How many decimals a number may have.
DECIMALS = {FieldType.INTEGER: 0, FieldType.DURATION: 6, FieldType.MONEY: 12}


@dataclass(frozen=True, slots=True)
class AskedFilter:
    """A filter as it was sent."""

    field: str
    operator: str
    values: Sequence[str]


@dataclass(slots=True)
class Faults:
    """What is wrong with a request, gathered."""

    found: list[Fault] = field(default_factory=list)

    def add(self, path: str, message: str) -> None:
        """Note one thing wrong."""
        self.found.append(Fault(path, message))

    def refuse(self) -> None:
        """Refuse the request if anything is wrong with it.

        Raises:
            InvalidRequestError: something is.
        """
        if self.found:
            raise InvalidRequestError(self.found[0].message, tuple(self.found))


def window_of(start: str, end: str, now_ns: int, faults: Faults) -> tuple[int, int]:
    """From and to; the last thirty days up to `to`, which is now, where they are not given."""
    to_ns = _instant_of("to", end, now_ns, faults)
    from_ns = _instant_of("from", start, to_ns - DEFAULT_DAYS * _NS_PER_DAY, faults)
    if from_ns > to_ns:
        faults.add("from", f"from, {start!r}, is after to, {end or 'now'!r}")
    return max(from_ns, 0), to_ns


def _instant_of(path: str, text: str, otherwise: int, faults: Faults) -> int:
    if not text:
        return otherwise
    ns = parse_instant(text)
    if ns is None:
        faults.add(path, f"{text!r} is not a time like 2026-01-31T12:00:00Z")
    return otherwise if ns is None else ns


def is_any_of(operator: str, faults: Faults) -> bool:
    """Whether one filter is enough."""
    if operator not in {"", "and", "or"}:
        faults.add("filter_operator", f"{operator!r} is not one of and, or")
    return operator == "or"


def text_of(query: str, faults: Faults) -> str:
    """The text to look for."""
    if len(query) > MAX_TEXT:
        faults.add("query", f"a text is at most {MAX_TEXT:,} characters long")
    return query.strip()


def conditions_of(filters: Sequence[AskedFilter], faults: Faults) -> tuple[Condition, ...]:
    """The filters, understood."""
    if len(filters) > MAX_FILTERS:
        faults.add("filters", f"at most {MAX_FILTERS} filters can be given")
    asked = enumerate(filters[:MAX_FILTERS])
    conditions = [_condition(item, f"filters.{number}", faults) for number, item in asked]
    return tuple(condition for condition in conditions if condition is not None)


def _condition(asked: AskedFilter, path: str, faults: Faults) -> Condition | None:
    known = find_field(asked.field)
    if known is None or not known.operators:
        faults.add(f"{path}.field", _unknown_field(asked.field))
        return None
    if asked.operator not in known.operators:
        names = ", ".join(known.operators)
        faults.add(f"{path}.op", f"{asked.operator!r} is not one of {known.name}'s: {names}")
        return None
    least, most = OPERATORS[asked.operator]
    if not least <= len(asked.values) <= most:
        wanted = f"{least}" if least == most else f"{least} to {most}"
        message = f"{asked.operator} takes {wanted} values, not {len(asked.values)}"
        faults.add(f"{path}.values", message)
        return None
    values = [
        _value(known, text, f"{path}.values.{place}", faults)
        for place, text in enumerate(asked.values)
    ]
    return Condition(known, asked.operator, tuple(value for value in values if value is not None))


def _unknown_field(name: str) -> str:
    names = [known.name for known in FIELDS if known.operators]
    names += [f"{known.name}KEY" for known in KEYED_FIELDS]
    return f"{name!r} is not one of {', '.join(names)}"


def _value(known: Field, text: str, path: str, faults: Faults) -> Value | None:
    """The value that the text means; None, and a fault, if it is none of the field's."""
    match known.type:
        case FieldType.STRING | FieldType.STRINGS:
            return _text(known, text, path, faults)
        case FieldType.BOOLEAN:
            chosen = _text(known, text, path, faults)
            return None if chosen is None else chosen == "true"
        case FieldType.DATE:
            instant = parse_instant(text)
            if instant is None:
                faults.add(path, f"{text!r} is not a time like 2026-01-31T12:00:00Z")
            return instant
        case FieldType.INTEGER | FieldType.DURATION | FieldType.MONEY:
            return _number(known, text, path, faults)


def _text(known: Field, text: str, path: str, faults: Faults) -> str | None:
    if known.choices and text not in known.choices:
        faults.add(path, f"{text!r} is not one of {', '.join(known.choices)}")
        return None
    if len(text) > MAX_TEXT:
        faults.add(path, f"a text is at most {MAX_TEXT:,} characters long")
        return None
    return text.lower() if known.is_hex else text


def _number(known: Field, text: str, path: str, faults: Faults) -> int | Decimal | None:
    decimals = DECIMALS[known.type]
    number = _decimal(text)
    if number is None or abs(number) >= _LARGEST:
        faults.add(path, f"{text!r} is not a number under {_LARGEST:,}")
        return None
    scaled = _EXACT.scaleb(number, decimals)
    if scaled != scaled.to_integral_value():
        most = f"at most {decimals} decimals" if decimals else "no decimals"
        faults.add(path, f"{text!r}: {known.name} has {most}")
        return None
    return number if known.type is FieldType.MONEY else int(scaled)


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text) if len(text) <= _EXACT.prec // 2 else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


@dataclass(frozen=True, slots=True)
class AskedSort:
    """A field to sort by, as it was sent."""

    field: str
    order: str


def orders_of(sorts: Sequence[AskedSort], faults: Faults) -> tuple[Order, ...]:
    """The order: the newest first unless another is asked for; the id breaks ties."""
    if len(sorts) > MAX_SORTS:
        faults.add("sort", f"at most {MAX_SORTS} fields can be sorted by")
    orders = [
        _order(item, f"sort.{number}", faults) for number, item in enumerate(sorts[:MAX_SORTS])
    ]
    known = [order for order in orders if order is not None]
    return (
        *(known or [Order(STARTED_AT, is_descending=True)]),
        Order(TRACE_ID, is_descending=False),
    )


def _order(asked: AskedSort, path: str, faults: Faults) -> Order | None:
    known = find_field(asked.field)
    if asked.order not in {"", "asc", "desc"}:
        faults.add(f"{path}.order", f"{asked.order!r} is not one of asc, desc")
    if known is None or not known.is_sortable:
        names = ", ".join(field.name for field in FIELDS if field.is_sortable)
        faults.add(f"{path}.field", f"{asked.field!r} is not one of {names}")
        return None
    return Order(known, is_descending=asked.order == "desc")
