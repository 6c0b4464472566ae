"""Keep which browsers are signed in, by the hash of their token."""

import time
from dataclasses import astuple

from sessionary.model.sign_in import SignIn
from sessionary.store.database import Database

_COLUMNS = ("workspace_id", "key_id", "expires_ns", "token_hash", "version", "is_deleted")


def keep_sign_in(database: Database, token_hash: str, sign_in: SignIn) -> None:
    """Let whoever has that token in."""
    _write(database, token_hash, sign_in, is_deleted=False)


def end_sign_in(database: Database, token_hash: str, sign_in: SignIn) -> None:
    """Let whoever has that token in no more."""
    _write(database, token_hash, sign_in, is_deleted=True)


def find_sign_in(database: Database, token_hash: str) -> SignIn | None:
    """Whose token it is, also one whose time is over."""
    with database.reading() as session:
        rows = session.rows("queries/sign_in", {"token_hash": token_hash})
    return SignIn(**rows[0]) if rows else None


def _write(database: Database, token_hash: str, sign_in: SignIn, *, is_deleted: bool) -> None:
    row = (*astuple(sign_in), token_hash, time.time_ns(), is_deleted)
    with database.inserting() as session:
        session.insert_rows("sign_ins", _COLUMNS, [row])
