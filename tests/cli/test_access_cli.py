"""Commands for access and the audit log, and safe starts of servers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import run, run_json
from tests.support.keys import ADMIN_KEY, bearer, guarded_server, span_of
from tests.support.server import Server

AS_ADMIN = {"SESSIONARY_API_KEY": ADMIN_KEY}
SERVE = ("serve", "--port", "0", "--grpc-port", "0")


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that requires a key, with one trace in a project."""
    with guarded_server(tmp_path_factory.mktemp("guarded") / "data") as server:
        server.post(span_of("a session", project="seen"), headers=bearer(ADMIN_KEY))
        yield server


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--host", "0.0.0.0"), "--host '0.0.0.0' can be reached by other machines"),
        (("--require-auth",), "--require-auth (SESSIONARY_REQUIRE_AUTH) needs an API key"),
        (("--require-auth", "--insecure-no-auth"), "exclude each other"),
        (("--bootstrap-api-key", "short"), "has 5 characters"),
    ],
)
def test_unusable_or_insecure_server_does_not_start(
    options: tuple[str, ...], sentence: str, tmp_path: Path
) -> None:
    """A one-line message says what is missing."""
    done = run(*SERVE, *options, folder=tmp_path / "data", code=1)
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_key_can_be_created_before_the_server_starts(tmp_path: Path) -> None:
    """With access to the folder; the server then starts and requires the key."""
    folder = tmp_path / "data"
    made = run("keys", "create", "first", "--scope", "read", folder=folder)
    key = made.stdout.strip()
    assert key.startswith("sk-sessionary-")
    assert "not shown again" in made.stderr
    with Server(folder, options=("--host", "0.0.0.0")) as server:
        assert server.client.get("/v2/projects").status_code == 401
        assert server.client.get("/v2/projects", headers=bearer(key)).status_code == 200


def test_commands_send_a_key(guarded: Server) -> None:
    """From a flag or the environment; without one the message says what is missing."""
    refused = run("sessions", "list", folder=guarded.folder, code=1)
    assert "an API key is needed" in refused.stderr
    for options, settings in (((), AS_ADMIN), (("--api-key", ADMIN_KEY), {})):
        listed = run_json("sessions", "list", *options, folder=guarded.folder, settings=settings)
        assert [session["external_id"] for session in listed["data"]] == ["a session"]


def test_key_commands(guarded: Server) -> None:
    """Create, list with status, and revoke."""
    folder = guarded.folder
    made = run_json(
        *("keys", "create", "wiki", "--scope", "read", "--project", "seen"),
        *("--expires", "2099-01-31T00:00:00Z"),
        folder=folder,
        settings=AS_ADMIN,
    )
    assert (made["scopes"], made["project_id"]) == (["read"], "seen")
    assert "until 2099-01-31" in _line(folder, made["id"], "keys", "list")
    run("keys", "revoke", made["id"], folder=folder, settings=AS_ADMIN)
    assert "revoked" in _line(folder, made["id"], "keys", "list")
    refused = run("sessions", "list", "--api-key", made["key"], folder=folder, code=1)
    assert "was revoked" in refused.stderr


def test_project_list_has_created_and_seen_projects(guarded: Server) -> None:
    """With the contents of each."""
    folder = guarded.folder
    run("projects", "create", "made", "--name", "By hand", folder=folder, settings=AS_ADMIN)
    assert _line(folder, "made", "projects", "list").split() == ["made", "By", "hand", "0", "0"]
    assert _line(folder, "seen", "projects", "list").split() == ["seen", "seen", "1", "1"]
    again = run("projects", "create", "made", folder=folder, settings=AS_ADMIN, code=1)
    assert "there is a project 'made' already" in again.stderr


def test_share_link_commands(guarded: Server) -> None:
    """The printed link opens the session without a key until it is revoked."""
    folder = guarded.folder
    made = run_json(
        *("shares", "create", "a session", "--with-messages", "--days", "2"),
        folder=folder,
        settings=AS_ADMIN,
    )
    path = f"/v2/shared/{made['token']}"
    assert guarded.client.get(path).json()["with_messages"]
    assert "messages" in _line(folder, made["id"], "shares", "list", "a session")
    run("shares", "revoke", "a session", made["id"], folder=folder, settings=AS_ADMIN)
    assert guarded.client.get(path).status_code == 404


def test_default_workspace_creates_the_first_key_of_another(guarded: Server) -> None:
    """That key cannot read the default workspace."""
    folder = guarded.folder
    run("workspaces", "create", "acme", folder=folder, settings=AS_ADMIN)
    assert _line(folder, "acme", "workspaces", "list").split() == ["acme", "acme"]
    command = ("keys", "create", "theirs", "--workspace", "acme", "--scope", "admin")
    key = run(*command, folder=folder, settings=AS_ADMIN).stdout.strip()
    theirs = run_json("projects", "list", folder=folder, settings={"SESSIONARY_API_KEY": key})
    assert theirs["data"] == []


def test_audit_log_command(tmp_path: Path) -> None:
    """Deletions and changes of keys, latest first, in pages."""
    with guarded_server(tmp_path / "data") as server:
        server.post(span_of("a session", project="gone"), headers=bearer(ADMIN_KEY))
        client, headers = server.client, bearer(ADMIN_KEY)
        made = client.post("/v2/api-keys", json={"name": "brief"}, headers=headers).json()
        client.delete(f"/v2/api-keys/{made['id']}", headers=headers)
        erased = client.delete("/v2/projects/gone?erase=true", headers=headers)
        assert erased.status_code == 204
        client.post("/v2/sample", headers=headers)
        client.delete("/v2/sample", headers=headers)
        listing = client.post("/v2/sessions/query", json={}, headers=headers).json()
        assert listing["data"] == []
        entries = client.get("/v2/audit-log", headers=headers).json()["data"]
        assert [(entry["action"], entry["actor"]) for entry in entries] == [
            ("sample.delete", "bootstrap"),
            ("sample.load", "bootstrap"),
            ("project.delete", "bootstrap"),
            ("api_key.revoke", "bootstrap"),
            ("api_key.create", "bootstrap"),
            ("api_key.create", "local"),
        ]
        assert entries[2]["subject"] == "gone"
        assert entries[3]["subject"] == made["id"]
        after = {"limit": 2, "lastId": entries[1]["id"]}
        page = client.get("/v2/audit-log", params=after, headers=headers).json()
        assert (page["data"], page["has_more"]) == (entries[2:4], True)
        assert "project.delete" in _line(server.folder, "gone", "audit")


def _line(folder: Path, word: str, *command: str) -> str:
    """The line of a command's output that contains the word."""
    printed = run(*command, folder=folder, settings=AS_ADMIN).stdout
    (line,) = (line for line in printed.splitlines() if word in line.split())
    return line
