"""What may be sent of prices."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from itertools import combinations
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from sessionary.api.http.body_types import RULE, IsDecimal, Time, decimal_schema, exclusive
from sessionary.model.instant import nanoseconds
from sessionary.model.price import ANY_MODEL, RATE_NAMES, CallScope, CustomPrice, Rates

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _midnight(value: Any) -> Any:
    is_date = isinstance(value, str) and _DATE.fullmatch(value)
    return f"{value}T00:00:00Z" if is_date else value


Model = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=512)]
Provider = Annotated[str, StringConstraints(strip_whitespace=True, max_length=512)]
_SINCE_SCHEMA = {
    "anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}],
    RULE: "from 2000 to 2099",
}
Since = Annotated[
    Time,
    BeforeValidator(_midnight),
    Field(ge=_FIRST, lt=_LAST),
    WithJsonSchema(_SINCE_SCHEMA),
]
# With six digits every token costs whole picodollars; the most expensive call still fits.
PerMillion = Annotated[
    Decimal,
    IsDecimal,
    Field(ge=0, lt=1_000, decimal_places=6),
    decimal_schema(digits=3, decimals=6),
]
PerThousand = Annotated[
    Decimal,
    IsDecimal,
    Field(ge=0, lt=1_000_000, decimal_places=9),
    decimal_schema(digits=6, decimals=9),
]

_MODEL = "A model's name in any case, `*` any characters; the response's or the request's matches."
_PROVIDER = "Only calls by this provider."
_SINCE = "Only calls that started from then on: 2026-01-31 (in UTC) or 2026-01-31T12:00:00Z."


class CallScopeBody(BaseModel):
    """Which calls."""

    model_config = ConfigDict(extra="forbid")

    model: Model = Field(default=ANY_MODEL, description=_MODEL)
    provider: Provider = Field(default="", description=_PROVIDER)
    valid_from: Since | None = Field(default=None, description=_SINCE)

    def scope(self) -> CallScope:
        """The same, free of HTTP."""
        return CallScope(
            self.model, self.provider, nanoseconds(self.valid_from) if self.valid_from else 0
        )


class PriceBody(CallScopeBody):
    """What those calls cost, in US dollars."""

    model: Model = Field(description=_MODEL, examples=["my-llama-*"])
    input_per_million: PerMillion = Field(
        description="US dollars per million prompt tokens.", examples=[0.15]
    )
    output_per_million: PerMillion = Field(
        description="US dollars per million completion tokens, reasoning included.", examples=[0.6]
    )
    cache_read_per_million: PerMillion | None = Field(
        default=None,
        description="US dollars per million prompt tokens read from a cache; else as input.",
    )
    cache_write_per_million: PerMillion | None = Field(
        default=None,
        description="US dollars per million prompt tokens written to a cache; else as input.",
    )
    audio_input_per_million: PerMillion | None = Field(
        default=None, description="US dollars per million prompt tokens of audio; else as input."
    )
    audio_output_per_million: PerMillion | None = Field(
        default=None,
        description="US dollars per million completion tokens of audio; else as output.",
    )
    per_thousand_requests: PerThousand | None = Field(
        default=None, description="US dollars per thousand calls, in addition to tokens."
    )

    def price(self) -> CustomPrice:
        """The same, free of HTTP."""
        return CustomPrice(
            self.scope(), Rates(**{name: getattr(self, name) for name in RATE_NAMES})
        )


_TRIED = {"price": "object", "without": "string", "scope": "object"}
_ONE_AT_MOST: list[Any] = [
    exclusive(**{name: {"type": type} for name, type in pair})
    for pair in combinations(_TRIED.items(), 2)
]


class PreviewBody(BaseModel):
    """What is to be tried: a price set or removed, or else the prices as they are."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"allOf": _ONE_AT_MOST})

    price: PriceBody | None = Field(default=None, description="As if this price were set.")
    without: str | None = Field(default=None, description="As if the price of this id were not.")
    scope: CallScopeBody | None = Field(
        default=None,
        description="The calls to price again where neither is tried; all calls by default.",
    )

    @model_validator(mode="after")
    def _try_one_thing(self) -> "PreviewBody":
        if sum(one is not None for one in (self.price, self.without, self.scope)) > 1:
            raise ValueError("one of price, without and scope at most")
        return self
