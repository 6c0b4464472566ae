"""What may be written to a session, in both generations of the API."""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from sessionary.api.http.body_types import (
    Flag,
    IsDecimal,
    IsNumber,
    IsText,
    decimal_schema,
    exclusive,
    rule,
)
from sessionary.api.sessions.serialize import KINDS
from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.instant import nanoseconds
from sessionary.model.session import Session
from sessionary.model.session_override import Number, SessionChange

_NS_PER_MS = 1_000_000
# Beyond these neither a JSON number nor the store is exact.
_MAX_COUNT, _END_OF_AMOUNTS, _MAX_MS = 2**53, 10**15, 10**12
_PICODOLLAR = Decimal("1e-12")
_KINDS = {shown: kind for kind, shown in KINDS.items()}


def _within_time(instant: datetime) -> datetime:
    if not 1970 <= instant.year <= 2200:
        raise ValueError("a time from 1970 to 2200 is needed")
    return instant


def _storable(amount: Decimal) -> Decimal:
    """The sum of floats has more digits than it means, and than the store has."""
    return amount.quantize(_PICODOLLAR, ROUND_HALF_EVEN)


Instant = Annotated[datetime, IsText, AfterValidator(_within_time)]
Count = Annotated[int, Field(ge=0, le=_MAX_COUNT), IsNumber]
Amount = Annotated[
    Decimal,
    IsDecimal,
    Field(ge=0, lt=_END_OF_AMOUNTS, allow_inf_nan=False),
    AfterValidator(_storable),
    decimal_schema(digits=15, decimals=12),
]
Label = Annotated[str, Field(min_length=1, max_length=200)]
ContactId = Annotated[str, Field(min_length=1, max_length=512)]
ExternalId = Annotated[str, Field(min_length=1, max_length=512)]
Text = Annotated[str, Field(max_length=512)]


_UNCHANGED = rule("that of the session")


def _clears(name: str) -> dict[str, Any]:
    sent: dict[str, Any] = {
        f"clear_{name}": {"const": True},
        name: {"type": "array", "minItems": 1},
    }
    return exclusive(**sent)


class BillingFields(BaseModel):
    """US dollars."""

    input_cost: Amount | None = None
    output_cost: Amount | None = None
    total_cost: Amount | None = None


class UsageFields(BaseModel):
    """Tokens."""

    prompt_tokens: Count | None = Field(default=None, description="Cached tokens included.")
    completion_tokens: Count | None = Field(default=None, description="Reasoning included.")
    total_tokens: Count | None = None


class SessionFields(BaseModel):
    """The fields of a session; one that is left out, or null, is not written."""

    model_config = ConfigDict(populate_by_name=True)

    duration: Annotated[float, Field(ge=0, le=_MAX_MS, allow_inf_nan=False), IsNumber] | None = (
        Field(default=None, description="Milliseconds from the first span to the last.")
    )
    contact_ids: Annotated[list[ContactId], Field(max_length=100)] | None = None
    billing: BillingFields | None = None
    usage: UsageFields | None = None
    traces_count: Count | None = None
    tags: Annotated[list[Label], Field(max_length=100)] | None = None
    project_id: Text | None = None
    started_at: Instant | None = Field(
        default=None,
        description="Without a zone: UTC.",
        json_schema_extra=rule("from 1970 to 2200"),
    )
    title: Annotated[str, Field(max_length=1000)] | None = None
    client: Text | None = Field(default=None, description="claude-code, codex, cursor…")
    repo: Text | None = None
    kind: Literal["THREAD_KIND_CONVERSATION", "THREAD_KIND_CODING_AGENT"] | None = None

    def change(self) -> SessionChange:
        """What this writes."""
        tags, contact_ids = self.tags, self.contact_ids
        return SessionChange(
            started_ns=None if self.started_at is None else nanoseconds(self.started_at),
            figures=self._figures(),
            texts=self._texts(),
            tags=None if tags is None else _distinct(tags),
            contact_ids=None if contact_ids is None else _distinct(contact_ids),
        )

    def _figures(self) -> dict[str, Number]:
        billing, usage = self.billing or BillingFields(), self.usage or UsageFields()
        duration_ns = None if self.duration is None else round(self.duration * _NS_PER_MS)
        figures: dict[str, Number | None] = {
            "duration_ns": duration_ns,
            "traces_count": self.traces_count,
            "input_tokens": usage.prompt_tokens,
            "output_tokens": usage.completion_tokens,
            "total_tokens": usage.total_tokens,
            "input_cost": billing.input_cost,
            "output_cost": billing.output_cost,
            "total_cost": billing.total_cost,
        }
        return {name: value for name, value in figures.items() if value is not None}

    def _texts(self) -> dict[str, str]:
        texts = {
            "project_id": self.project_id,
            "title": self.title,
            "client": self.client,
            "repo": self.repo,
            "kind": None if self.kind is None else _KINDS[self.kind],
        }
        return {name: text for name, text in texts.items() if text is not None}


class NewSession(SessionFields):
    """The body that creates a session: all but the external id may be left out."""

    external_id: ExternalId = Field(description="Your own id of the session.")


class SessionUpdate(SessionFields):
    """The body that updates a session: any of its fields."""

    model_config = ConfigDict(
        json_schema_extra={"allOf": [_clears("tags"), _clears("contact_ids")]}
    )

    id: str | None = Field(
        default=None, alias="_id", description="As it is.", json_schema_extra=_UNCHANGED
    )
    workspace_id: str | None = Field(
        default=None, description="As it is.", json_schema_extra=_UNCHANGED
    )
    external_id: ExternalId | None = Field(default=None, description="Renames the session.")
    clear_contact_ids: Flag | None = Field(default=None, description="Instead of contact_ids.")
    clear_tags: Flag | None = Field(default=None, description="Instead of tags.")

    @model_validator(mode="after")
    def _clear(self) -> "SessionUpdate":
        for name in ("tags", "contact_ids"):
            if getattr(self, f"clear_{name}"):
                if getattr(self, name):
                    raise ValueError(f"clear_{name} and {name} exclude each other")
                setattr(self, name, [])
        return self

    def check(self, session: Session) -> None:
        """Refuse what would change who the session is.

        Raises:
            InvalidRequestError: `_id` or `workspace_id` is another's.
        """
        own = {
            "_id": (self.id, session.id),
            "workspace_id": (self.workspace_id, session.workspace_id),
        }
        faults = [
            Fault(path, f"{sent!r} is not this session's: it is {stored!r} and stays so")
            for path, (sent, stored) in own.items()
            if sent is not None and sent != stored
        ]
        if faults:
            raise InvalidRequestError(faults[0].message, tuple(faults))


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))
