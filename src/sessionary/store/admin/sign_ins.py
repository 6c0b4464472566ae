"""Keep which browsers are signed in, by the hash of their token."""

from dataclasses import asdict

from sessionary.model.sign_in import SignIn
from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.versioned_rows import write_record


def save_sign_in(database: Database, token_hash: str, sign_in: SignIn) -> None:
    """Store the sign-in of a token."""
    _write(database, token_hash, sign_in, is_deleted=False)


def end_sign_in(database: Database, token_hash: str, sign_in: SignIn) -> None:
    """End the sign-in of a token."""
    _write(database, token_hash, sign_in, is_deleted=True)


def find_sign_in(database: Database, token_hash: str) -> SignIn | None:
    """Whose token it is, also one whose time is over."""
    with database.read_connection() as connection:
        rows = connection.rows("admin/sign_in", {"token_hash": token_hash})
    return SignIn(**rows[0]) if rows else None


def _write(database: Database, token_hash: str, sign_in: SignIn, *, is_deleted: bool) -> None:
    row = asdict(sign_in) | {"token_hash": token_hash, "is_deleted": is_deleted}
    write_record(database, "sign_ins", row, key=("token_hash",))
