"""Make and revoke API keys."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass

from sessionary.errors import (
    ConfigurationError,
    ConflictError,
    Fault,
    InvalidRequestError,
    NotFoundError,
)
from sessionary.model.access import LOCAL, LOCAL_WORKSPACE, Principal, Scope
from sessionary.model.api_key import ApiKey
from sessionary.services.access.audit import record_audit_entry
from sessionary.services.access.keyring import Keyring
from sessionary.services.access.secret import hash_of, new_secret, shown_part
from sessionary.services.access.workspaces import require_default_workspace, require_workspace
from sessionary.store.admin.api_keys import insert_api_key, list_api_keys, mark_revoked
from sessionary.store.clickhouse.pool import Database

_ID_BYTES = 8
_BOOTSTRAP_NAME = "bootstrap"
_BOOTSTRAP_CHARACTERS = 16
_LATEST_NS = 2**63


@dataclass(frozen=True, slots=True)
class NewKey:
    """A request for a key; an empty workspace is that of the caller, an empty project is all."""

    name: str
    scopes: tuple[Scope, ...]
    workspace_id: str = ""
    project_id: str = ""
    expires_ns: int = 0


def create_api_key(
    database: Database, keyring: Keyring, by: Principal, wanted: NewKey
) -> tuple[ApiKey, str]:
    """Make a key; returns it and its secret, which is never to be had again.

    Raises:
        InvalidRequestError: a key like that could not be used, or could do too much.
        ForbiddenError: the workspace is another's.
        NotFoundError: there is no such workspace.
    """
    _check(wanted)
    workspace_id = wanted.workspace_id or by.workspace_id
    if workspace_id != by.workspace_id:
        require_default_workspace(by)
        require_workspace(database, workspace_id)
    secret = new_secret()
    key = _keep(database, keyring, wanted, workspace_id=workspace_id, secret=secret, by=by)
    detail = f"{key.name}: {', '.join(key.scopes)}, of workspace {workspace_id}"
    record_audit_entry(database, by, "api_key.create", key.id, detail=detail)
    return key, secret


def revoke_api_key(
    database: Database, keyring: Keyring, by: Principal, key_id: str, *, needs_admin: bool = False
) -> None:
    """Let a key in no more, in this process from now on.

    Raises:
        NotFoundError: the workspace has no such key.
        ConflictError: `needs_admin`, and no other admin key would be left.
    """
    with keyring.revoking:
        keys = list_api_keys(database, by.workspace_id)
        found = [key for key in keys if key.id == key_id]
        if not found:
            raise NotFoundError(f"there is no API key {key_id!r}")
        if found[0].is_revoked:
            return
        if needs_admin and by.workspace_id == LOCAL_WORKSPACE:
            _refuse_last_admin(found[0], keys)
        mark_revoked(database, by.workspace_id, key_id, at_ns=time.time_ns())
        keyring.load()
    record_audit_entry(database, by, "api_key.revoke", key_id, detail=found[0].name)


def _refuse_last_admin(key: ApiKey, keys: Sequence[ApiKey]) -> None:
    """Without an admin key of the default workspace, no other one could be created."""
    now_ns = time.time_ns()
    living = {
        other.id
        for other in keys
        if Scope.ADMIN in other.scopes and not other.is_revoked and not other.is_expired(now_ns)
    }
    if living == {key.id}:
        raise ConflictError(
            f"{key.name!r} is the last admin key of the workspace {LOCAL_WORKSPACE!r}: "
            "create another (`sessionary keys create NAME --scope admin`) and revoke this with it"
        )


def save_bootstrap_key(database: Database, keyring: Keyring, secret: str) -> None:
    """Make the operator's secret an admin key of the default workspace, unless it ever was a key.

    Raises:
        ConfigurationError: the secret is so short that it could be guessed.
    """
    if not secret or keyring.holds(secret):
        return
    if len(secret) < _BOOTSTRAP_CHARACTERS:
        raise ConfigurationError(
            f"SESSIONARY_BOOTSTRAP_API_KEY has {len(secret)} characters: it must have "
            f"{_BOOTSTRAP_CHARACTERS} or more, random ones"
        )
    wanted = NewKey(_BOOTSTRAP_NAME, (Scope.ADMIN,))
    key = _keep(database, keyring, wanted, workspace_id=LOCAL_WORKSPACE, secret=secret, by=LOCAL)
    record_audit_entry(
        database, LOCAL, "api_key.create", key.id, detail="SESSIONARY_BOOTSTRAP_API_KEY"
    )


def _check(wanted: NewKey) -> None:
    faults = []
    if wanted.expires_ns and not time.time_ns() < wanted.expires_ns < _LATEST_NS:
        faults.append(Fault("expires_at", "expires_at must lie in the future, before 2262"))
    if wanted.project_id and Scope.ADMIN in wanted.scopes:
        # It could make itself a key without the project.
        faults.append(Fault("scopes", "a key of one project cannot have the scope admin"))
    if faults:
        raise InvalidRequestError(faults[0].message, tuple(faults))


def _keep(
    database: Database,
    keyring: Keyring,
    wanted: NewKey,
    *,
    workspace_id: str,
    secret: str,
    by: Principal,
) -> ApiKey:
    key = ApiKey(
        id=secrets.token_hex(_ID_BYTES),
        workspace_id=workspace_id,
        project_id=wanted.project_id,
        name=wanted.name,
        prefix=shown_part(secret),
        scopes=wanted.scopes,
        created_ns=time.time_ns(),
        created_by=by.name,
        expires_ns=wanted.expires_ns,
    )
    insert_api_key(database, key, secret_hash=hash_of(secret))
    keyring.load()
    return key
