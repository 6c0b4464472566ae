"""Servers that require keys, and keys for them."""

from collections.abc import Mapping
from pathlib import Path

from sessionary.model.span_kind import LLM
from tests.support.conversation_spans import spoken_request
from tests.support.generators import START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import Json, Server

ADMIN_KEY = "the-operators-own-key-0123456789"
SCOPES = ("ingest", "read", "write", "admin")


def guarded_server(
    folder: Path,
    *,
    options: tuple[str, ...] = (),
    settings: Mapping[str, str] = {},
    descriptors: int = 0,
) -> Server:
    """A server that requires a key even on localhost, and has `ADMIN_KEY`."""
    bootstrap = {"SESSIONARY_BOOTSTRAP_API_KEY": ADMIN_KEY}
    return Server(
        folder,
        options=("--require-auth", *options),
        settings=bootstrap | dict(settings),
        descriptors=descriptors,
    )


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def new_key(server: Server, *scopes: str, by: str = ADMIN_KEY, **wanted: object) -> Json:
    """Make a key; its secret is `key`."""
    body = {"name": "a test's", "scopes": scopes, **wanted}
    response = server.client.post("/v2/api-keys", json=body, headers=bearer(by))
    assert response.status_code == 201, response.text
    made: Json = response.json()
    return made


def span_of(session: str, *, number: int = 1, project: str = "", message: str = "") -> bytes:
    """An export request of one call; `number` makes its ids unique in a workspace."""
    span = RefSpan(
        f"{number:032x}",
        f"{number:016x}",
        name=message or "chat",
        start_ns=START_NS,
        end_ns=START_NS,
        kind=LLM,
        session_id=session,
        project_id=project,
    )
    return spoken_request([span]) if message else export_request([span])
