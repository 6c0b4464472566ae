"""Give scores."""

from dataclasses import replace

from sessionary.errors import NotFoundError
from sessionary.model.score import Score, Target
from sessionary.store.clickhouse.pool import Database
from sessionary.store.scores.queries import put_score
from sessionary.store.sessions.queries import get_session
from sessionary.store.traces.queries import has_trace


def create_score(database: Database, workspace_id: str, score: Score) -> Score:
    """Write a score on what its target names; one with its id gives way to it.

    Raises:
        NotFoundError: there is no such session or trace.
    """
    target = known_target(database, workspace_id, score.target)
    return put_score(database, workspace_id, replace(score, target=target))


def known_target(database: Database, workspace_id: str, target: Target) -> Target:
    """The target as it is stored: a session, here by any of its ids, by its external id.

    Raises:
        NotFoundError: there is no such session or trace.
    """
    if target.trace_id and not has_trace(database, workspace_id, target.trace_id):
        raise NotFoundError(f"there is no trace {target.trace_id!r}")
    if target.session_id:
        session = get_session(database, workspace_id, target.session_id)
        if session is None:
            raise NotFoundError(f"there is no session {target.session_id!r}")
        target = replace(target, session_id=session.external_id)
    return target
