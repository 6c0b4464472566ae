"""Annotations: scores on a span that go by their key, of which a span has one each."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sessionary.model.score import Score, Target, Value, data_type_of
from sessionary.model.ulid import ulid_of
from sessionary.services.scores.create import known_target
from sessionary.store.clickhouse.pool import Database
from sessionary.store.scores.queries import delete_score, get_score, put_score


@dataclass(frozen=True, slots=True)
class Annotation:
    """A value and why it was given."""

    value: Value
    comment: str = ""


def annotate(
    database: Database, workspace_id: str, span: Target, annotations: Mapping[str, Annotation]
) -> None:
    """Write annotations by key; one that the span has already gives way.

    Raises:
        NotFoundError: there is no such trace.
    """
    span = known_target(database, workspace_id, span)
    for key, annotation in annotations.items():
        score = Score(
            id=_id(span, key),
            target=span,
            name=key,
            data_type=data_type_of(annotation.value),
            value=annotation.value,
            comment=annotation.comment,
            source="annotation",
        )
        put_score(database, workspace_id, score)


def remove_annotations(
    database: Database, workspace_id: str, span: Target, keys: Iterable[str]
) -> int:
    """Delete annotations by key; returns how many of them the span had.

    Raises:
        NotFoundError: there is no such trace.
    """
    span = known_target(database, workspace_id, span)
    ids = {_id(span, key) for key in keys}
    found = [id for id in ids if get_score(database, workspace_id, id) is not None]
    for id in found:
        delete_score(database, workspace_id, id)
    return len(found)


def _id(span: Target, key: str) -> str:
    name = f"annotation\0{span.trace_id}\0{span.span_id}\0{key}".encode()
    return ulid_of(hashlib.sha256(name).digest()[:16])
