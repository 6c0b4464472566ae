"""Sign-in: the permissions and the lifetime of the cookie."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.keys import ADMIN_KEY, bearer, guarded_server, new_key
from tests.support.server import Json, Server

OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with guarded_server(tmp_path_factory.mktemp("sign-in") / "data") as server:
        yield server


@contextmanager
def browser(server: Server, key: str = "") -> Iterator[httpx.Client]:
    """A client with a cookie jar, signed in if a key is given."""
    with httpx.Client(base_url=server.url) as client:
        if key:
            answer = client.post("/v2/sign-in", json={"api_key": key}, headers=OURS)
            assert answer.status_code == 200, answer.text
        yield client


def test_cookie_authenticates_as_the_key(guarded: Server) -> None:
    """With the key's scopes; scripts cannot read it, and it does not contain the key."""
    made = new_key(guarded, "read", project_id="")
    with browser(guarded) as client:
        assert client.get("/v2/me").status_code == 401
        answer = client.post("/v2/sign-in", json={"api_key": made["key"]}, headers=OURS)
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert "Secure" not in cookie
        assert made["key"] not in cookie
        me = client.get("/v2/me").json()
        assert answer.json() == me
        assert me == {
            "workspace_id": "default",
            "scopes": ["read"],
            "name": "a test's",
            "key_id": made["id"],
            "mode": "required",
            "is_key_required": True,
            "is_signed_in": True,
        }
        assert client.post("/v2/sessions/count", headers=OURS).status_code == 200
        assert client.get("/v2/api-keys").status_code == 403
    token = cookie.partition("=")[2].partition(";")[0].encode()
    files = [path for path in guarded.folder.rglob("*") if path.is_file()]
    assert not any(token in path.read_bytes() for path in files)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"sec-fetch-site": "same-origin"}, 204),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "https://evil.example"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": "http://ledger.test:4318", "host": "ledger.test:4318"}, 204),
        ({"origin": "http://ledger.test:3000", "host": "ledger.test:4318"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
    ],
)
def test_only_pages_of_the_same_origin_can_write(
    guarded: Server, headers: dict[str, str], status: int
) -> None:
    """The browser sends the cookie to another port of the host too, which is refused."""
    doomed = new_key(guarded, "read")
    with browser(guarded, ADMIN_KEY) as client:
        # As a header, since a cookie jar does not send cookies to a made-up host.
        cookie = {"cookie": "; ".join(f"{k}={v}" for k, v in client.cookies.items())}
        client.cookies.clear()
        answer = client.delete(f"/v2/api-keys/{doomed['id']}", headers=cookie | headers)
        assert answer.status_code == status, answer.text
        assert client.get("/v2/me", headers=cookie).status_code == 200


def test_other_sites_can_neither_sign_in_nor_out(guarded: Server) -> None:
    """Otherwise a site could sign its visitors in to its own workspace."""
    for path in ("/v2/sign-in", "/v2/sign-out"):
        headers = {"origin": "https://evil.example"}
        answer = guarded.client.post(path, json={"api_key": ADMIN_KEY}, headers=headers)
        assert answer.status_code == 403


def test_sign_out_invalidates_copies_of_the_cookie(guarded: Server) -> None:
    """Also after a restart; other cookies of the key stay valid."""
    with browser(guarded, ADMIN_KEY) as client, browser(guarded, ADMIN_KEY) as other:
        copy = dict(client.cookies)
        assert client.post("/v2/sign-out", headers=OURS).status_code == 204
        assert not client.cookies
        with browser(guarded) as thief:
            thief.cookies.update(copy)
            assert thief.get("/v2/me").status_code == 401
            guarded.restart()
            assert thief.get("/v2/me").status_code == 401
        assert other.get("/v2/me").status_code == 200


def test_revoking_the_key_invalidates_the_cookie(guarded: Server) -> None:
    """At once, for every browser signed in with it."""
    made = new_key(guarded, "read")
    with browser(guarded, made["key"]) as client:
        path = f"/v2/api-keys/{made['id']}"
        assert guarded.client.delete(path, headers=bearer(ADMIN_KEY)).status_code == 204
        assert client.get("/v2/me").status_code == 401
        again = client.post("/v2/sign-in", json={"api_key": made["key"]}, headers=OURS)
        assert again.status_code == 401


def test_key_without_read_scope_cannot_sign_in(guarded: Server) -> None:
    """The message names the missing scope."""
    body = {"api_key": new_key(guarded, "ingest")["key"]}
    answer = guarded.client.post("/v2/sign-in", json=body)
    assert (answer.status_code, "may not read" in answer.text) == (403, True)


def test_key_header_takes_precedence_over_the_cookie(guarded: Server) -> None:
    """Without an origin check: pages of other sites do not have the key."""
    reader = new_key(guarded, "read")["key"]
    with browser(guarded, ADMIN_KEY) as client:
        me = client.get("/v2/me", headers=bearer(reader)).json()
        assert (me["scopes"], me["is_signed_in"]) == (["read"], False)


def test_sign_ins_with_wrong_keys_are_limited(tmp_path: Path) -> None:
    """After ten wrong keys from an address, with a Retry-After header."""
    with guarded_server(tmp_path / "data") as server:
        answers = [
            server.client.post("/v2/sign-in", json={"api_key": f"wrong {n}"}) for n in range(12)
        ]
        assert [answer.status_code for answer in answers[:10]] == [401] * 10
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["retry-after"]) > 0
        assert "too many wrong keys" in answers[-1].json()["message"]


def test_wrong_cookies_and_links_are_limited(tmp_path: Path) -> None:
    """Together per address; valid cookies and keys from the address still work."""
    with guarded_server(tmp_path / "data") as server, browser(server, ADMIN_KEY) as client:
        assert client.get("/v2/me").status_code == 200
        (name,) = client.cookies
        guesses = [
            server.client.get("/v2/me", headers={"cookie": f"{name}={n}"}) for n in range(50)
        ]
        guesses += [server.client.get(f"/v2/shared/{n}") for n in range(50)]
        assert [guess.status_code for guess in guesses[:60]] == [401] * 50 + [404] * 10
        assert guesses[-1].status_code == 429
        assert int(guesses[-1].headers["retry-after"]) > 0
        assert "too many wrong cookies or links" in guesses[-1].json()["message"]
        assert client.get("/v2/me").status_code == 200


def test_no_sign_in_without_keys(server: Server) -> None:
    """The web UI shows no sign-out button."""
    me: Json = server.get("/v2/me")
    assert (me["mode"], me["is_key_required"], me["is_signed_in"]) == ("local", False, False)
    assert me["scopes"] == ["ingest", "read", "write", "admin"]
