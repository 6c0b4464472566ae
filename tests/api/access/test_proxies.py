"""Rate limits count per client address, which only a trusted proxy can forward."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.support.keys import ADMIN_KEY, bearer, guarded_server, new_key, span_of
from tests.support.server import Server

PROXIES = {"SESSIONARY_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8"}


@pytest.fixture(scope="module")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that trusts no proxy."""
    with guarded_server(tmp_path_factory.mktemp("direct") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server behind a trusted proxy on localhost."""
    with guarded_server(tmp_path_factory.mktemp("behind") / "data", settings=PROXIES) as running:
        yield running


def guess(server: Server, number: int, forwarded: str = "") -> httpx.Response:
    """Send a wrong key."""
    headers = bearer(f"wrong {number}") | ({"x-forwarded-for": forwarded} if forwarded else {})
    return server.client.get("/v2/me", headers=headers)


def test_forwarded_header_is_ignored_without_a_trusted_proxy(direct: Server) -> None:
    """Wrong keys, sign-ins and links count by the address of the connection."""
    guesses = [guess(direct, number, f"192.0.2.{number}") for number in range(80)]
    assert {answer.status_code for answer in guesses} <= {401, 429}
    assert guesses[-1].status_code == 429
    assert int(guesses[-1].headers["retry-after"]) > 0
    assert "too many wrong API keys" in guesses[-1].json()["message"]
    for send in (sign_in, open_link):
        answers = [send(direct, number, f"192.0.2.{number}") for number in range(80)]
        assert answers[-1].status_code == 429


def test_correct_secret_is_never_refused(direct: Server) -> None:
    """Even if its address has sent too many wrong ones."""
    session = span_of("shared")
    direct.post(session, headers=bearer(ADMIN_KEY))
    shared = direct.client.post("/v2/sessions/shared/shares", json={}, headers=bearer(ADMIN_KEY))
    link = f"/v2/shared/{shared.json()['token']}"
    with ThreadPoolExecutor(8) as pool:
        guesses = [
            pool.submit(send, direct, number)
            for number in range(90)
            for send in (guess, sign_in, open_link)
        ]
        for _ in range(5):
            assert direct.client.get("/v2/me", headers=bearer(ADMIN_KEY)).status_code == 200
            assert direct.client.get(link).status_code == 200
            assert sign_in(direct, key=ADMIN_KEY).status_code == 200
    assert guesses[-1].result().status_code == 429
    assert direct.client.get(link).status_code == 200
    assert sign_in(direct, key=ADMIN_KEY).status_code == 200


def test_revoked_key_does_not_count_as_a_guess(direct: Server) -> None:
    """A program that still uses it gets 401, without a limit."""
    made = new_key(direct, "read")
    direct.client.delete(f"/v2/api-keys/{made['id']}", headers=bearer(ADMIN_KEY))
    answers = [direct.client.get("/v2/me", headers=bearer(made["key"])) for _ in range(70)]
    assert {answer.status_code for answer in answers} == {401}


def test_clients_behind_a_trusted_proxy_have_separate_limits(behind: Server) -> None:
    """By the rightmost untrusted address, as a client can prepend any others."""
    for client in ("198.51.100.1", "198.51.100.2, 10.1.2.3"):
        answers = [guess(behind, n, f"192.0.2.{n}, {client}") for n in range(80)]
        assert [answer.status_code for answer in answers[:60]] == [401] * 60
        assert answers[-1].status_code == 429
    assert guess(behind, 0, "198.51.100.3").status_code == 401


def test_ipv6_clients_are_limited_by_network(behind: Server) -> None:
    """A client controls all addresses of its /64."""
    answers = [guess(behind, number, f"2001:db8:0:1::{number:x}") for number in range(80)]
    assert answers[-1].status_code == 429
    assert guess(behind, 0, "2001:db8:0:2::1").status_code == 401


@pytest.mark.parametrize(("which", "is_trusted"), [("direct", False), ("behind", True)])
def test_only_a_trusted_proxy_reports_tls(
    request: pytest.FixtureRequest, which: str, is_trusted: bool
) -> None:
    """Over TLS the cookie is `Secure` and the response has HSTS."""
    server: Server = request.getfixturevalue(which)
    headers = {"x-forwarded-proto": "https", "x-forwarded-for": "198.51.100.9"}
    answer = server.client.post("/v2/sign-in", json={"api_key": ADMIN_KEY}, headers=headers)
    assert answer.status_code == 200
    assert ("Secure" in answer.headers["set-cookie"]) is is_trusted
    assert ("strict-transport-security" in answer.headers) is is_trusted


def test_trusted_proxies_must_be_addresses(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The server does not start with a host name, which would match nothing."""
    server = guarded_server(
        tmp_path_factory.mktemp("none") / "data", settings={"SESSIONARY_TRUSTED_PROXIES": "nginx"}
    )
    with pytest.raises(AssertionError, match="SESSIONARY_TRUSTED_PROXIES"):
        server.start()


def sign_in(
    server: Server, number: int = 0, forwarded: str = "", *, key: str = ""
) -> httpx.Response:
    """Sign in, by default with a wrong key."""
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    body = {"api_key": key or f"wrong {number}"}
    # A new client each time, so that cookies are not sent back.
    with httpx.Client(base_url=server.url, headers=headers) as client:
        return client.post("/v2/sign-in", json=body)


def open_link(server: Server, number: int = 0, forwarded: str = "") -> httpx.Response:
    """Open an unknown link."""
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return server.client.get(f"/v2/shared/wrong{number}", headers=headers)
