"""Own prices: what a workspace says that calls of a model cost, from a time on."""

import hashlib
from dataclasses import dataclass, fields
from decimal import Decimal

ANY_MODEL = "*"


@dataclass(frozen=True, slots=True)
class Rates:
    """US dollars per million tokens of each sort, and per thousand requests.

    The sorts are disjoint. One that is None is charged as the sort that it is part of: what is
    read from or written to the cache and audio as `input` or `output`. Reasoning is output.
    """

    input_per_million: Decimal
    output_per_million: Decimal
    cache_read_per_million: Decimal | None = None
    cache_write_per_million: Decimal | None = None
    audio_input_per_million: Decimal | None = None
    audio_output_per_million: Decimal | None = None
    per_thousand_requests: Decimal | None = None


RATE_NAMES = tuple(field.name for field in fields(Rates))


@dataclass(frozen=True, slots=True)
class CallScope:
    """Calls of a model, by a provider where one is named, that started from a time on.

    `model` is a name in any case, `*` in it any characters; that of the response or of the
    request may match.
    """

    model: str = ANY_MODEL
    provider: str = ""
    valid_from_ns: int = 0


@dataclass(frozen=True, slots=True)
class CustomPrice:
    """What the calls of a scope cost."""

    scope: CallScope
    rates: Rates

    @property
    def id(self) -> str:
        """The same for the same scope, so that saying it again replaces it."""
        scope = self.scope
        parts = (scope.provider, scope.model.lower(), str(scope.valid_from_ns))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
