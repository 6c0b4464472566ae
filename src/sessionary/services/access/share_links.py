"""Links that show one session without a key."""

import secrets
import time
from dataclasses import dataclass

from sessionary.errors import Fault, InvalidRequestError, NotFoundError
from sessionary.model.access import Principal
from sessionary.model.session import Session
from sessionary.model.share_link import ShareLink
from sessionary.services.access.audit import record_audit_entry
from sessionary.services.access.secret import hash_of, new_token
from sessionary.store.admin.share_links import (
    delete_share_link,
    find_share_link,
    insert_share_link,
    list_share_links,
)
from sessionary.store.clickhouse.pool import Database
from sessionary.store.sessions.queries import get_session

MAX_DAYS = 366
"""How long a link may last."""

_ID_BYTES = 8
_NS_PER_DAY = 24 * 3600 * 10**9


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link shows."""

    link: ShareLink
    session: Session


def create_share_link(
    database: Database, by: Principal, name: str, *, expires_ns: int, with_messages: bool
) -> tuple[ShareLink, str]:
    """Make a link to a session; returns it and its token, which is never to be had again.

    Raises:
        InvalidRequestError: it would end in the past, or too late.
        NotFoundError: there is no such session, or none for this key.
    """
    now_ns = time.time_ns()
    if not now_ns < expires_ns <= now_ns + MAX_DAYS * _NS_PER_DAY:
        message = f"a link must end in the future, within {MAX_DAYS} days"
        raise InvalidRequestError(message, (Fault("expires_at", message),))
    session, token = _session(database, by, name), new_token()
    link = ShareLink(
        id=secrets.token_hex(_ID_BYTES),
        workspace_id=by.workspace_id,
        session_id=session.id,
        with_messages=with_messages,
        created_ns=now_ns,
        created_by=by.name,
        expires_ns=expires_ns,
    )
    insert_share_link(database, by.workspace_id, link, token_hash=hash_of(token))
    detail = f"session {session.id}, {'with' if with_messages else 'without'} messages"
    record_audit_entry(database, by, "share.create", link.id, detail=detail)
    return link, token


def share_links_of(database: Database, by: Principal, name: str) -> list[ShareLink]:
    """The links to a session, the latest first, also those whose time is over.

    Raises:
        NotFoundError: there is no such session, or none for this key.
    """
    return list_share_links(database, by.workspace_id, _session(database, by, name).id)


def revoke_share_link(database: Database, by: Principal, name: str, link_id: str) -> None:
    """Have a link show nothing from now on.

    Raises:
        NotFoundError: there is no such session or link, or none for this key.
    """
    session = _session(database, by, name)
    if delete_share_link(database, by.workspace_id, session.id, link_id) is None:
        raise NotFoundError(f"there is no link {link_id!r} to the session {name!r}")
    record_audit_entry(database, by, "share.revoke", link_id, detail=f"session {session.id}")


def open_share_link(database: Database, token: str) -> Shared:
    """The session that a share link shows.

    Raises:
        NotFoundError: the link or its session does not exist, or no longer; which is not reported.
    """
    link = find_share_link(database, hash_of(token))
    if link is not None and not link.is_expired(time.time_ns()):
        session = get_session(database, link.workspace_id, link.session_id, with_details=True)
        if session is not None:
            return Shared(link, session)
    raise NotFoundError("this link shows nothing: it was revoked, has expired, or never was")


def _session(database: Database, by: Principal, name: str) -> Session:
    session = get_session(database, by.workspace_id, name)
    if session is None or not by.sees(session.project_id):
        raise NotFoundError(f"there is no session {name!r}")
    return session
