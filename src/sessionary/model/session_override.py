"""What API calls said of a session, and the one rule that joins it with what is measured.

What you write is what you read back; what arrives later adds to it. So a written figure is kept
as its difference to what was measured then, and a written set as what it added and removed.
Source: docs/sessions.md. The sum is formed in SQL (rollup/sql/reported_sessions.sql).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

Number = int | Decimal
INTEGERS = ("duration_ns", "traces_count", "input_tokens", "output_tokens", "total_tokens")
AMOUNTS = ("input_cost", "output_cost", "total_cost")
FIGURES = (*INTEGERS, *AMOUNTS)
TEXTS = ("project_id", "title", "client", "repo", "kind")


@dataclass(frozen=True, slots=True)
class SetChange:
    """How a written set differs from the measured one."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @classmethod
    def between(cls, measured: tuple[str, ...], written: tuple[str, ...]) -> "SetChange":
        """What turns the one into the other."""
        return cls(
            tuple(sorted(set(written) - set(measured))), tuple(sorted(set(measured) - set(written)))
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """What the traces of a session measure; `figures` has each of `FIGURES`."""

    figures: Mapping[str, Number]
    tags: tuple[str, ...] = ()
    contact_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionChange:
    """What one API call writes: figures by name, texts by name; None is not written."""

    external_id: str | None = None
    started_ns: int | None = None
    figures: Mapping[str, Number] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] | None = None
    contact_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SessionOverride:
    """All that API calls said of one session. `names` are the external ids it has and had."""

    id: str
    external_id: str
    names: tuple[str, ...]
    created_ns: int
    started_ns: int | None = None
    adjustments: Mapping[str, Number] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    tags: SetChange = SetChange()
    contact_ids: SetChange = SetChange()

    def after(self, change: SessionChange, measured: Measured) -> "SessionOverride":
        """This report once `change` is written too."""
        written = {name: x - measured.figures[name] for name, x in change.figures.items()}
        report = replace(
            self,
            adjustments={**self.adjustments, **written},
            texts={**self.texts, **change.texts},
        )
        if change.external_id is not None:
            names = (*self.names, change.external_id)
            report = replace(
                report, external_id=change.external_id, names=tuple(dict.fromkeys(names))
            )
        if change.started_ns is not None:
            report = replace(report, started_ns=change.started_ns)
        if change.tags is not None:
            report = replace(report, tags=SetChange.between(measured.tags, change.tags))
        if change.contact_ids is not None:
            contact_ids = SetChange.between(measured.contact_ids, change.contact_ids)
            report = replace(report, contact_ids=contact_ids)
        return report
