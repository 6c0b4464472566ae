"""What a key sees: for one of a project, whatever belongs to another project is not there."""

from fastapi import Request

from sessionary.api.auth.middleware import principal_of
from sessionary.api.reads import read, read_session
from sessionary.errors import ForbiddenError, NotFoundError
from sessionary.model.score import Target
from sessionary.model.session import Session
from sessionary.store.scores.queries import get_score
from sessionary.store.traces.queries import get_trace, session_within_project


async def require_whole(request: Request, session: Session) -> None:
    """Reject a view of a whole session that is partly in other projects.

    Raises:
        ForbiddenError: traces of it are of projects that the key does not see.
    """
    database, by = request.app.state.database, principal_of(request)
    if by.project_id and not await read(
        request,
        session_within_project,
        database,
        by.workspace_id,
        session.external_id,
        by.project_id,
    ):
        raise ForbiddenError(
            f"this key is for the project {by.project_id!r} alone, and the session has traces of "
            "others: use a key that is not tied to a project"
        )


async def require_trace(request: Request, trace_id: str) -> None:
    """Refuse a trace of another project; one that is not there at all is another's business.

    Raises:
        NotFoundError: the key does not see it.
    """
    database, by = request.app.state.database, principal_of(request)
    if by.project_id:
        trace = await read(request, get_trace, database, by.workspace_id, trace_id)
        if trace is None or not by.sees(trace.project_id):
            raise NotFoundError(f"there is no trace {trace_id!r}")


async def require_target(request: Request, about: Target) -> None:
    """Refuse what is about something of another project, or about everything.

    Raises:
        NotFoundError: the key does not see it.
        ForbiddenError: it names neither a session nor a trace.
    """
    by = principal_of(request)
    if not by.project_id:
        return
    if about.session_id:
        await read_session(request, about.session_id)
    if about.trace_id:
        await require_trace(request, about.trace_id)
    if not (about.session_id or about.trace_id):
        raise ForbiddenError(
            f"this key is for the project {by.project_id!r} alone: name a session or a trace of it"
        )


async def require_score(request: Request, id: str) -> None:
    """Refuse a score of another project; one that is not there at all is another's business.

    Raises:
        NotFoundError: the key does not see it.
    """
    database, by = request.app.state.database, principal_of(request)
    if by.project_id and id:
        score = await read(request, get_score, database, by.workspace_id, id)
        if score is not None:
            await require_target(request, score.target)
