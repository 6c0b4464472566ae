"""Take scores away."""

from sessionary.errors import NotFoundError
from sessionary.store.clickhouse.pool import Database
from sessionary.store.scores.queries import delete_score, get_score


def remove_score(
    database: Database, workspace_id: str, id: str, *, trace_id: str | None = None
) -> None:
    """Delete a score by its id, and only if it is about `trace_id`, where that is given.

    Raises:
        NotFoundError: there is no such score.
    """
    score = get_score(database, workspace_id, id)
    if score is None or (trace_id is not None and score.target.trace_id != trace_id):
        about = "" if trace_id is None else f" on trace {trace_id!r}"
        raise NotFoundError(f"there is no score {id!r}{about}")
    delete_score(database, workspace_id, id)
