"""The error of each client for an unknown key."""

from collections.abc import Iterator

import pytest

from tests.conformance.clients import NODE, Client, Json
from tests.support.server import Server

KEY = "the-operators-own-key-0123456789"
ALL_TIME = {"interval": "SESSION_INTERVAL_ALL_TIME"}
WINDOW = {"from_": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}
CALLS: tuple[tuple[str, Json], ...] = (
    ("sessions.list", {"filters": ALL_TIME}),
    ("sessions.get_count", {"filters": ALL_TIME}),
    ("sessions.list_tags", {}),
    ("sessions.get", {"session_id": "any"}),
    ("sessions.update", {"session_id": "any"}),
    ("sessions.delete", {"session_id": "any"}),
    ("identities.list", {}),
    ("identities.create", {"external_id": "any"}),
    ("identities.retrieve", {"id": "any"}),
    ("identities.update", {"id": "any"}),
    ("identities.delete", {"id": "any"}),
    ("traces.search", WINDOW),
    ("traces.get", {"trace_id": "a" * 32}),
    ("traces.list_spans", {"trace_id": "a" * 32}),
    ("traces.get_span", {"trace_id": "a" * 32, "span_id": "b" * 16}),
    ("traces.aggregate", {}),
    ("traces.list_facets", {}),
    ("traces.list_facet_values", {"field": "status"}),
    ("traces.list_fields", {}),
)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that requires a key."""
    with requiring_a_key(tmp_path_factory) as server:
        yield server


@pytest.fixture(scope="module")
def guarded_from_classic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Another server, as one address may only send 60 wrong keys in a burst."""
    with requiring_a_key(tmp_path_factory) as server:
        yield server


def requiring_a_key(tmp_path_factory: pytest.TempPathFactory) -> Server:
    folder = tmp_path_factory.mktemp("guarded") / "data"
    settings = {"SESSIONARY_BOOTSTRAP_API_KEY": KEY}
    return Server(folder, options=("--require-auth",), settings=settings)


def test_unknown_key_is_refused_by_every_call(current: Client, guarded: Server) -> None:
    """With 401, as the client's class for it."""
    stranger = current.with_key("an-unknown-key", server=guarded.url)
    for call, arguments in CALLS:
        error = stranger.fail(call, **arguments)
        kind = "APIError" if current.name == NODE else "ErrorResponse"
        assert (error.kind, error.status) == (kind, 401), call
        assert error.body["message"] in error.message


def test_unknown_key_is_refused_by_every_classic_call(
    classic: Client, guarded_from_classic: Server
) -> None:
    """The classic client has no class for 401."""
    stranger = classic.with_key("an-unknown-key", server=guarded_from_classic.url)
    for call, arguments in (
        ("sessions.list", {}),
        ("post_v2_traces_sessions_count", {}),
        ("sessions.get", {"session_id": "any"}),
        ("sessions.update", {"session_id": "any"}),
        ("sessions.delete", {"session_id": "any"}),
        ("contacts.create", {"external_id": "any"}),
        ("feedback.create", {"field": "rating", "value": "good", "trace_id": "a" * 32}),
    ):
        error = stranger.fail(call, **arguments)
        assert (error.kind, error.status) == ("APIError", 401), call


def test_valid_key_is_accepted(current: Client, guarded: Server) -> None:
    """The client sends it in a header that the server reads."""
    known = current.with_key(KEY, server=guarded.url)
    assert known.call("sessions.get_count", filters=ALL_TIME) == {"count": 0}


def test_valid_key_of_the_classic_client_is_accepted(
    classic: Client, guarded_from_classic: Server
) -> None:
    """The client sends it in a header that the server reads."""
    known = classic.with_key(KEY, server=guarded_from_classic.url)
    none = known.call("post_v2_traces_sessions_count", request={"filters": []})
    assert none == {"count": 0}
