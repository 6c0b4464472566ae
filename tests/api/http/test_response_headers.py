"""The security headers of responses, and what the `Host` header may decide."""

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
    """A server behind a proxy on this machine."""
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
def test_refusals_have_the_headers_too(guarded: Server, method: str) -> None:
    """A method that is not declared, and a body that is not read."""
    response = guarded.client.request(method, "/v2/sessions", content=b"{")
    assert response.status_code in (400, 405)
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"
    unknown = guarded.client.get("/v2/me", headers=bearer("wrong"))
    assert (unknown.status_code, unknown.headers["cache-control"]) == (401, "no-store")


def test_pages_keep_their_own_caching(server: Server) -> None:
    response = server.client.get("/")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" in response.headers
    if response.status_code == 200:
        assert response.headers["cache-control"] == "no-cache"


def test_a_request_over_tls_is_answered_with_hsts(proxied: Server, server: Server) -> None:
    """Only a trusted proxy is believed that the client uses TLS."""
    forwarded = {"x-forwarded-proto": "https"}
    for path in ("/healthz", "/"):
        headers = proxied.client.get(path, headers=forwarded).headers
        assert headers["strict-transport-security"] == HSTS
        headers = server.client.get(path, headers=forwarded).headers
        assert "strict-transport-security" not in headers


def share_url(server: Server, host: str) -> tuple[str, str]:
    """The URL and the path of a new link, made by a request to `host`."""
    server.client.post("/v2/sessions", json={"external_id": "shared"})
    response = server.client.post("/v2/sessions/shared/shares", json={}, headers={"host": host})
    assert response.status_code == 201, response.text
    return response.json()["url"], f"/shared/{response.json()['token']}"


def test_a_share_url_has_no_origin_that_only_the_host_header_gives(guarded: Server) -> None:
    url, path = share_url(guarded, "evil.example")
    assert url == path
    url, path = share_url(guarded, f"localhost:{guarded.port}")
    assert url == f"http://localhost:{guarded.port}{path}"


def test_a_share_url_starts_with_the_public_url(proxied: Server) -> None:
    for host in ("evil.example", "localhost"):
        url, path = share_url(proxied, host)
        assert url == f"{ORIGIN}{path}"


def test_a_slash_at_the_end_is_not_redirected(guarded: Server) -> None:
    response = guarded.client.get("/v2/me/", headers={"host": "evil.example"})
    assert response.status_code == 404
    assert "location" not in response.headers
