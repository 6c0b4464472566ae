"""Sessions with what is read only where it is asked for: scores, how they began and ended."""

from collections.abc import Collection
from dataclasses import replace

from sessionary.api.sessions.serialize import PREVIEWS
from sessionary.conversation.previews import Preview, preview_sessions
from sessionary.model.access import Principal
from sessionary.model.pagination import Page, Paging
from sessionary.model.session import Session
from sessionary.model.session_filter import Filter
from sessionary.services.scores.attach import with_scores
from sessionary.store.clickhouse.pool import Database
from sessionary.store.sessions.queries import list_sessions

_TITLE_CHARACTERS = 80


def list_attached(
    database: Database, by: Principal, paging: Paging, fields: Collection[str], *, where: Filter
) -> Page[Session]:
    """A page of the sessions that the filter selects, with what the fields name."""
    page = list_sessions(database, by.workspace_id, paging, where=where, with_details=bool(fields))
    return Page(with_attached(database, by, page.items, fields), page.has_more)


def with_attached(
    database: Database, by: Principal, sessions: list[Session], fields: Collection[str]
) -> list[Session]:
    """The sessions with what the fields name of it, as far as the key sees their traces."""
    if PREVIEWS & set(fields):
        sessions = _with_previews(database, by, sessions)
    if "scores" in fields:
        sessions = with_scores(database, by.workspace_id, sessions, project_id=by.project_id)
    return sessions


def _with_previews(database: Database, by: Principal, sessions: list[Session]) -> list[Session]:
    """How they began and ended; it names those without a title."""
    names = [session.external_id for session in sessions]
    previews = preview_sessions(database, by.workspace_id, names, project_id=by.project_id)
    return [_previewed(s, previews.get(s.external_id, Preview())) for s in sessions]


def _previewed(session: Session, preview: Preview) -> Session:
    return replace(
        session,
        title=session.title or preview.first_input[:_TITLE_CHARACTERS],
        first_input=preview.first_input,
        last_output=preview.last_output,
    )
