"""Where a page of traces begins, as an opaque text: the window and the keys of the trace before.

Keys and not a number of rows, so that a late page costs what the first one does and traces that
arrive in between neither repeat nor hide others.
"""

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sessionary.model.trace_filter import FieldType, Order

_KEYS = {
    FieldType.STRING: re.compile(r"(?s:.*)"),
    FieldType.MONEY: re.compile(r"-?\d{1,26}(\.\d{1,12})?", re.ASCII),
}
_WHOLE = re.compile(r"-?\d{1,18}|-?[1-8]\d{18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PageToken:
    """The window of the walk, its order, and the sort values of the last trace that was shown."""

    from_ns: int
    to_ns: int
    order: str
    keys: tuple[str, ...]

    def encode(self) -> str:
        """The text for the caller."""
        content = json.dumps([self.from_ns, self.to_ns, self.order, self.keys])
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def order_text(orders: Sequence[Order]) -> str:
    """The order as a token keeps it: its keys fit no other."""
    return ",".join(f"{o.field.name} {'desc' if o.is_descending else 'asc'}" for o in orders)


def decode(text: str, orders: Sequence[Order]) -> PageToken | None:
    """The token that `encode` made for a search in this order; None of any other text."""
    try:
        content = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        from_ns, to_ns, order, keys = content
        token = PageToken(int(from_ns), int(to_ns), str(order), tuple(map(str, keys)))
        "".join(token.keys).encode()
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        return None
    if token.order != order_text(orders) or len(token.keys) != len(orders):
        return None
    fits = all(_fits(order, key) for order, key in zip(orders, token.keys, strict=True))
    return token if fits and 0 <= token.from_ns <= token.to_ns < 2**63 else None


def _fits(order: Order, key: str) -> bool:
    return bool(_KEYS.get(order.field.type, _WHOLE).fullmatch(key))
