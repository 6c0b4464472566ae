"""Security headers of responses, and the influence of the `Host` header."""

from collections.abc import Iterator

import pytest

from tests.support.keys import ADMIN_KEY, bearer, guarded_server
from tests.support.server import Server

HSTS = "max-age=31536000"
ORIGIN = "https://sessionary.example.com"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with guarded_server(tmp_path_factory.mktemp("headers") / "data") as server:
        server.client.headers.update(bearer(ADMIN_KEY))
        yield server


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server behind a trusted proxy on localhost."""
    settings = {"SESSIONARY_PUBLIC_URL": f"{ORIGIN}/", "SESSIONARY_TRUSTED_PROXIES": "127.0.0.1"}
    with guarded_server(tmp_path_factory.mktemp("proxied") / "data", settings=settings) as server:
        server.client.headers.update(bearer(ADMIN_KEY))
        yield server


@pytest.mark.parametrize(
    "path",
    ["/healthz", "/openapi.json", "/v2/sessions/tags", "/v2/sessions/nothing", "/v2/nothing"],
)
def test_api_responses_are_neither_cached_nor_sniffed(server: Server, path: str) -> None:
    headers = server.client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers
    assert "strict-transport-security" not in headers


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_refusals_have_security_headers(guarded: Server, method: str) -> None:
    """For an undeclared method and for an unread body."""
    response = guarded.client.request(method, "/v2/sessions", content=b"{")
    assert response.status_code in (400, 405)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"
    unknown = guarded.client.get("/v2/me", headers=bearer("wrong"))
    assert (unknown.status_code, unknown.headers["cache-control"]) == (401, "no-store")


def test_pages_of_the_web_ui_set_their_own_caching(server: Server) -> None:
    response = server.client.get("/")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" in response.headers
    if response.status_code == 200:
        assert response.headers["cache-control"] == "no-cache"


def test_response_over_tls_has_hsts(proxied: Server, server: Server) -> None:
    """Only a trusted proxy can report that the client uses TLS."""
    forwarded = {"x-forwarded-proto": "https"}
    for path in ("/healthz", "/"):
        headers = proxied.client.get(path, headers=forwarded).headers
        assert headers["strict-transport-security"] == HSTS
        headers = server.client.get(path, headers=forwarded).headers
        assert "strict-transport-security" not in headers


def share_url(server: Server, host: str) -> tuple[str, str]:
    """The URL and path of a new link, created by a request to `host`."""
    server.client.post("/v2/sessions", json={"external_id": "shared"})
    response = server.client.post("/v2/sessions/shared/shares", json={}, headers={"host": host})
    assert response.status_code == 201, response.text
    return response.json()["url"], f"/shared/{response.json()['token']}"


def test_share_url_does_not_use_the_host_header(guarded: Server) -> None:
    url, path = share_url(guarded, "evil.example")
    assert url == path
    url, path = share_url(guarded, f"localhost:{guarded.port}")
    assert url == f"http://localhost:{guarded.port}{path}"


def test_share_url_starts_with_the_public_url(proxied: Server) -> None:
    for host in ("evil.example", "localhost"):
        url, path = share_url(proxied, host)
        assert url == f"{ORIGIN}{path}"


def test_trailing_slash_is_not_redirected(guarded: Server) -> None:
    response = guarded.client.get("/v2/me/", headers={"host": "evil.example"})
    assert response.status_code == 404
    assert "location" not in response.headers
