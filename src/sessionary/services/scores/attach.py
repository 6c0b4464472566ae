"""Add scores to sessions."""

from collections.abc import Sequence
from dataclasses import replace

from sessionary.model.session import Session
from sessionary.store.clickhouse.pool import Database
from sessionary.store.scores.queries import summarise_scores


def with_scores(
    database: Database, workspace_id: str, sessions: Sequence[Session], *, project_id: str = ""
) -> list[Session]:
    """The sessions, each with what its scores and those of its traces come to, by name.

    Of the traces only those of the project where one is named.
    """
    names = [session.external_id for session in sessions]
    summaries = summarise_scores(database, workspace_id, names, project_id=project_id)
    return [replace(session, scores=summaries.get(session.external_id, {})) for session in sessions]
