"""Without keys, pages of other sites cannot use the server."""

import socket
from collections.abc import Iterator, Mapping

import pytest

from tests.support.server import Server


@pytest.fixture(scope="module")
def open_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server without keys that listens on all addresses."""
    folder = tmp_path_factory.mktemp("open") / "data"
    settings = {"SESSIONARY_ALLOWED_HOSTS": "ledger.test"}
    options = ("--host", "0.0.0.0", "--insecure-no-auth")
    with Server(folder, options=options, settings=settings) as running:
        yield running


def status_of(server: Server, method: str, headers: Mapping[str, str]) -> int:
    """The status of a request, which is a write unless it is a GET."""
    path = "/v2/projects" if method == "GET" else "/v2/projects/none"
    return server.client.request(method, path, headers=headers).status_code


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize(
    "host", ["evil.test", "127.0.0.1.evil.test", "localhost@evil.test", "", "sessionary"]
)
def test_open_server_refuses_foreign_host_names(
    open_server: Server, method: str, host: str
) -> None:
    """Otherwise a page could let its name resolve to this server (DNS rebinding)."""
    assert status_of(open_server, method, {"host": host}) == 403


@pytest.mark.parametrize(
    "host",
    ["localhost:4318", "127.0.0.1", "192.0.2.7:80", "[2001:db8::1]:4318", "ledger.test"],
)
def test_open_server_accepts_addresses_and_allowed_hosts(open_server: Server, host: str) -> None:
    """Unlike a name, an address cannot be made to resolve to this server."""
    for name in (host, socket.gethostname()):
        assert status_of(open_server, "GET", {"host": name}) == 200
        assert status_of(open_server, "DELETE", {"host": name}) == 404


def test_refusal_names_the_setting(open_server: Server) -> None:
    """And the accepted hosts."""
    answer = open_server.client.get("/v2/projects", headers={"host": "evil.test"})
    assert "any IP address" in answer.json()["message"]
    assert "SESSIONARY_ALLOWED_HOSTS" in answer.json()["message"]


@pytest.mark.parametrize("which", ["server", "open_server"])
@pytest.mark.parametrize(
    ("headers", "is_own"),
    [
        ({}, True),
        ({"origin": "http://{host}"}, True),
        ({"origin": "http://localhost:5173"}, False),
        ({"origin": "http://127.0.0.1:1"}, False),
        ({"origin": "http://evil.test"}, False),
        ({"origin": "null"}, False),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"origin": "http://{host}", "sec-fetch-site": "same-origin"}, True),
    ],
)
def test_only_pages_of_the_same_origin_can_write(
    request: pytest.FixtureRequest, which: str, headers: Mapping[str, str], is_own: bool
) -> None:
    """Another port is another origin; clients other than browsers send no Origin."""
    server: Server = request.getfixturevalue(which)
    sent = {name: value.format(host=f"127.0.0.1:{server.port}") for name, value in headers.items()}
    assert status_of(server, "DELETE", sent) == (404 if is_own else 403)
    rebuild = server.client.post("/v2/sessions/rebuild", headers=sent, timeout=120)
    assert rebuild.status_code == (200 if is_own else 403)


def test_pages_of_an_allowed_host_can_write(open_server: Server) -> None:
    """Also behind a reverse proxy that changes the Host."""
    assert status_of(open_server, "DELETE", {"origin": "https://ledger.test"}) == 404


def test_pages_of_the_development_server_can_write(server: Server) -> None:
    """It rewrites Host and Origin (web/vite.config.ts) to those of the server."""
    headers = {"origin": server.url, "sec-fetch-site": "same-origin"}
    assert status_of(server, "DELETE", headers) == 404
