"""Which external ids a key of one project may give to a session."""

from collections.abc import Iterator
from contextlib import contextmanager

from sessionary.errors import ConflictError
from sessionary.ingest.flusher import Ingest
from sessionary.model.access import Principal
from sessionary.model.derived_id import names_other_project


@contextmanager
def naming(ingest: Ingest, by: Principal, external_id: str | None) -> Iterator[None]:
    """Give a session this name within; None keeps the one it has.

    Raises:
        ConflictError: the name is of another project's form, or spans being stored name it.
    """
    if not by.project_id or external_id is None:
        yield
        return
    if names_other_project(by.project_id, external_id):
        raise ConflictError(
            f"{external_id!r} has the form of another project's session: use another external_id"
        )
    with ingest.naming_session(by.workspace_id, external_id, by.project_id):
        yield
