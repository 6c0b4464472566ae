"""The command line: tables, JSON and exit codes, with and without a server."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sessionary import __version__
from tests.support.commands import run, run_json
from tests.support.server import Json, Server

_START_NS = 1_780_000_000_000_000_000
_SECOND_NS = 1_000_000_000
_SECONDS = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli") / "data"


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Server]:
    """A server with a priced session and one with an unpriced call."""
    with Server(folder) as running:
        _send_two_sessions(running)
        yield running


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a stopped server, with the same two sessions."""
    folder = tmp_path_factory.mktemp("left") / "data"
    with Server(folder) as running:
        _send_two_sessions(running)
    return folder


def test_version_is_that_of_the_package() -> None:
    """`version` needs neither a server nor a folder."""
    assert run("version").stdout == f"sessionary {__version__}\n"


def test_list_prints_a_table(served: Server) -> None:
    """Each session has a row with its figures; unpriced calls are marked."""
    lines = run("sessions", "list", folder=served.folder).stdout.splitlines()
    rows = {line.split()[0]: line for line in lines if line}
    assert "$0.0075" in rows["priced-1"]
    assert "1,500" in rows["priced-1"]
    assert rows["unpriced"].endswith("1 unpriced")
    assert "of 2" in lines[-1]


def test_contacts_are_listed_and_shown(served: Server) -> None:
    """With the figures of their traces, filtered by id, in pages."""
    lines = run("contacts", "list", folder=served.folder).stdout.splitlines()
    rows = [line for line in lines if line.startswith("contact of")]
    assert len(rows) == 2
    assert any("priced-1" in row and "$0.0075" in row and "1,500" in row for row in rows)
    assert any("unpriced" in row and row.endswith("1 unpriced") for row in rows)
    sort = ("--sort", "external_id", "--asc", "--limit", "1")
    output = run("contacts", "list", *sort, folder=served.folder).stdout
    (contact,) = run_json("contacts", "list", *sort, folder=served.folder)["data"]
    assert contact["external_id"] == "contact of priced-1"
    assert f"--after {contact['id']}" in output
    rest = run_json("contacts", "list", *sort, "--after", contact["id"], folder=served.folder)
    assert [c["external_id"] for c in rest["data"]] == ["contact of unpriced"]
    output = run("contacts", "list", "--search", "no match", folder=served.folder).stdout
    assert output == "There are no such contacts.\n"
    shown = run("contacts", "show", contact["id"], folder=served.folder).stdout
    assert "contact of priced-1" in shown
    assert "1 session, 1 trace, 1 model call, 0 errors" in shown
    name = ("contacts", "show", "contact of priced-1")
    assert run_json(*name, folder=served.folder) == contact


def test_list_uses_the_server_of_the_folder(served: Server) -> None:
    """The JSON is the response of the API."""
    shown = run_json("sessions", "list", "--sort", "started_at", "--asc", folder=served.folder)
    assert [session["external_id"] for session in shown["data"]] == ["priced-1", "unpriced"]
    assert shown["has_more"] is False


@pytest.mark.parametrize(
    ("options", "listed"),
    [
        (("--search", "unpr"), ["unpriced"]),
        (("--min-cost", "0.0075"), ["priced-1"]),
        (("--tag", "it's", "--contact", "none", "--model", "none"), []),
        (("--since", "2000-01-01"), ["priced-1", "unpriced"]),
        (("--until", "2000-01-01T12:00:00"), []),
    ],
    ids=str,
)
def test_list_filters(served: Server, options: tuple[str, ...], listed: list[str]) -> None:
    """Only matching sessions are listed; without any there is a message."""
    shown = run_json("sessions", "list", *options, "--asc", folder=served.folder)
    assert [session["external_id"] for session in shown["data"]] == listed
    if not listed:
        output = run("sessions", "list", *options, folder=served.folder).stdout
        assert output == "No session is like that.\n"


def test_list_pages(served: Server) -> None:
    """`--limit` and `--page` cover all sessions, `--desc` in reverse order."""
    seen = []
    for page in ("1", "2"):
        options = ("--limit", "1", "--page", page, "--sort", "billing.total_cost", "--desc")
        shown = run_json("sessions", "list", *options, folder=served.folder)
        seen += [session["external_id"] for session in shown["data"]]
    assert seen == ["priced-1", "unpriced"]
    after_cursor = run("sessions", "list", "--page", "9", folder=served.folder)
    assert after_cursor.stdout == "Page 9 is empty: there are 2 sessions.\n"


def test_export_writes_a_file(served: Server, tmp_path: Path) -> None:
    """In the format of its name or the flag; a refused export leaves no file."""
    for name, options in (("all.jsonl", ()), ("all.data", ("--format", "jsonl", "--asc"))):
        file = ("--output", str(tmp_path / name))
        run("sessions", "export", *file, *options, folder=served.folder)
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    assert {json.loads(line)["external_id"] for line in lines} == {"priced-1", "unpriced"}
    assert (tmp_path / "all.data").read_text().splitlines() == lines[::-1]
    file = ("--output", str(tmp_path / "none.xml"))
    assert "csv" in run("sessions", "export", *file, folder=served.folder, code=1).stderr
    assert not list(tmp_path.glob("none*"))


def test_unknown_sort_key_is_reported(served: Server) -> None:
    """With the API's message, which lists the valid keys."""
    done = run("sessions", "list", "--sort", "size", folder=served.folder, code=1)
    assert done.stderr.startswith("sessionary: ")
    assert "'size'" in done.stderr
    assert "billing.total_cost" in done.stderr
    assert done.stdout == ""


def test_show_has_models_and_traces(served: Server) -> None:
    """A session is found by its `_id` and shown with its models and traces."""
    sessions = served.sessions()
    shown = run("sessions", "show", sessions["priced-1"]["_id"], folder=served.folder).stdout
    assert "priced-1" in shown
    assert "gpt-4o" in shown
    assert f"{1:032x}" in shown
    assert "$0.0075: $0.0025 in, $0.005 out" in shown
    unpriced = run("sessions", "show", "unpriced", folder=served.folder).stdout
    assert "1 unpriced" in unpriced
    assert "$0" not in unpriced


def test_show_prints_json(served: Server) -> None:
    """Session and traces are the API's objects."""
    shown = run_json("sessions", "show", "unpriced", folder=served.folder)
    assert shown["session"]["external_id"] == "unpriced"
    assert shown["session"]["unpriced_calls_count"] == 1
    assert [trace["trace_id"] for trace in shown["traces"]] == [f"{2:032x}"]


def test_unknown_session_is_reported(served: Server) -> None:
    """The exit code is 1 and the message names the id."""
    done = run("sessions", "show", "unknown", folder=served.folder, code=1)
    assert done.stderr == "sessionary: there is no session 'unknown'\n"


def test_traces_are_listed_by_filters(served: Server) -> None:
    """Every `--where` must match; without matches there is a message."""
    days = ("traces", "list", "--days", "9000")
    shown = run_json(
        *days, "--where", "cost_total gt 0.001", "--search", "GPT", folder=served.folder
    )
    assert [trace["session_id"] for trace in shown["data"]] == ["priced-1"]
    lines = run(*days, "--sort", "cost_total", folder=served.folder).stdout.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == [f"{1:032x}", f"{2:032x}"]
    assert lines[2].endswith("1 unpriced")
    none = run("traces", "list", "--days", "1", "--where", "name eq 'a b'", folder=served.folder)
    assert none.stdout == "No such traces in the last 1 day.\n"


def test_unknown_trace_field_is_reported(served: Server) -> None:
    """With the API's message and valid fields; half a filter is a usage error."""
    done = run("traces", "list", "--where", "size gt 1", folder=served.folder, code=1)
    assert "cost_total" in done.stderr
    run("traces", "list", "--where", "size", folder=served.folder, code=2)


def test_trace_is_shown_with_its_spans(served: Server) -> None:
    """As a tree with figures, and as the JSON of the API."""
    shown = run("traces", "show", f"{1:032x}", folder=served.folder).stdout
    assert "priced-1" in shown
    *_, line = shown.splitlines()
    assert line.startswith("chat gpt-4o")
    assert line.split()[-2:] == ["1,500", "$0.0075"]
    found = run_json("traces", "show", f"{2:032x}", folder=served.folder)
    assert found["trace"]["name"] == found["spans"][0]["name"] == "chat no-such-model"
    assert run("traces", "show", "f" * 32, folder=served.folder, code=1).stderr.endswith(
        f"there is no trace '{'f' * 32}'\n"
    )


def test_verify_finds_no_difference(served: Server) -> None:
    """Derived data equals the spans."""
    assert _verified(served.folder) == "no difference: 2 sessions, 2 traces\n"
    shown = run_json("verify", folder=served.folder)
    assert shown == {"differences": [], "sessions": 2, "traces": 2}


def test_rebuild_changes_nothing(served: Server) -> None:
    """The rebuilt sessions are the same."""
    before = served.sessions()
    rebuilt = run("rebuild", folder=served.folder).stdout
    assert rebuilt == "rebuilt: 2 sessions, 2 traces\n"
    after = served.sessions()
    for sessions in (before, after):
        for session in sessions.values():
            del session["updated_at"]
    assert after == before


def test_url_names_a_server(served: Server, tmp_path: Path) -> None:
    """`--url` takes precedence over the folder."""
    shown = run_json("sessions", "list", "--url", served.url, folder=tmp_path / "other")
    assert len(shown["data"]) == 2
    assert not (tmp_path / "other").exists()


def test_unreachable_server_is_reported() -> None:
    """A refused connection is a one-line message."""
    done = run("sessions", "list", "--url", f"http://127.0.0.1:{_closed_port()}", code=1)
    assert done.stderr.startswith("sessionary: no answer from http://127.0.0.1:")
    assert done.stderr.count("\n") == 1


def test_commands_need_no_server(left: Path) -> None:
    """Without a server, commands open the folder themselves and release it."""
    assert [session["external_id"] for session in run_json("sessions", "list", folder=left)["data"]]
    assert "gpt-4o" in run("sessions", "show", "priced-1", folder=left).stdout
    assert _verified(left) == "no difference: 2 sessions, 2 traces\n"
    assert not (left / "server.json").exists()


def test_stale_address_in_the_folder_is_ignored(left: Path, served: Server) -> None:
    """After a kill -9 the folder names a port that another server may have now."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    address = left / "server.json"
    address.write_text(json.dumps({"url": served.url, "pid": ended.pid}))
    try:
        shown = run_json("sessions", "list", folder=left)
    finally:
        address.unlink()
    assert len(shown["data"]) == 2


def test_list_of_an_empty_folder_explains_how_to_start(tmp_path: Path) -> None:
    """The message says how to send spans."""
    output = run("sessions", "list", folder=tmp_path / "data").stdout
    assert output.startswith("There are no sessions yet.")
    assert "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318" in output


def test_sample_commands_load_once_and_remove(tmp_path: Path) -> None:
    """A second load changes nothing; removal leaves nothing."""
    folder = tmp_path / "data"
    with Server(folder):
        assert run("sample", "load", folder=folder).stdout.startswith("loaded ")
        count = len(run_json("sessions", "list", "--limit", "1000", folder=folder)["data"])
        assert count > 100
        assert "before" in run("sample", "load", folder=folder).stdout
        assert run("sample", "remove", folder=folder).stdout == f"removed {count} sample sessions\n"
        assert run_json("sessions", "list", folder=folder)["data"] == []


def test_second_server_on_a_folder_is_refused(served: Server) -> None:
    """With a one-line message and exit code 1; the first server continues."""
    done = run("serve", "--port", "0", "--grpc-port", "0", folder=served.folder, code=1)
    assert done.stderr.startswith(
        f"sessionary: another process has the data folder {served.folder} open"
    )
    assert done.stderr.count("\n") == 1
    assert served.get("/healthz")["status"] == "ok"


def test_command_on_a_folder_in_use_is_refused(served: Server) -> None:
    """If another process uses the folder and its address is unknown."""
    address = served.folder / "server.json"
    content = address.read_text()
    address.unlink()
    try:
        done = run("sessions", "list", folder=served.folder, code=1)
    finally:
        address.write_text(content)
    assert "another process has the data folder" in done.stderr


def test_port_in_use_is_reported(served: Server, tmp_path: Path) -> None:
    """The message names the port, and how to choose another."""
    port = str(served.port)
    done = run("serve", "--port", port, "--grpc-port", "0", folder=tmp_path / "data", code=1)
    assert done.stderr == (
        f"sessionary: cannot listen on 127.0.0.1:{port}: Address already in use; "
        "stop what has the port, or choose another (--port)\n"
    )


def test_grpc_port_in_use_is_reported(served: Server, tmp_path: Path) -> None:
    """With the setting for another one."""
    port = str(served.port)
    done = run("serve", "--port", "0", "--grpc-port", port, folder=tmp_path / "data", code=1)
    assert f"127.0.0.1:{port}" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "settings", "sentence"),
    [
        (("--port", "70000"), {}, "--port '70000': input should be less than or equal to 65535"),
        (
            (),
            {"SESSIONARY_PORT": "http"},
            "SESSIONARY_PORT='http': input should be a valid integer",
        ),
        (("--database-url", "mysql://x"), {}, "the scheme must be chdb, clickhouse or clickhouses"),
        (("--host", "0.0.0.0"), {}, "--host '0.0.0.0' can be reached by other machines"),
        (("--host", "no.such.host.invalid", "--insecure-no-auth"), {}, "is not an address"),
    ],
)
def test_invalid_setting_is_reported(
    options: tuple[str, ...], settings: Mapping[str, str], sentence: str, tmp_path: Path
) -> None:
    """A one-line message has the setting, its value, and what is valid."""
    common = () if "--port" in options or settings else ("--port", "0")
    done = run(
        "serve", *common, "--grpc-port", "0", *options, folder=tmp_path, settings=settings, code=1
    )
    assert done.stderr.startswith("sessionary: ")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_insecure_setting_opens_the_server_to_other_machines(tmp_path: Path) -> None:
    """By flag or environment variable."""
    settings = {"SESSIONARY_INSECURE_NO_AUTH": "1"}
    with Server(tmp_path / "data", options=("--host", "0.0.0.0"), settings=settings) as running:
        assert running.get("/healthz")["status"] == "ok"


def test_flags_take_precedence_over_the_environment(tmp_path: Path) -> None:
    """The start message says where to send traces and how to stop."""
    with Server(tmp_path / "data", settings={"SESSIONARY_PORT": "1"}) as running:
        running.get("/readyz")
        said = running.output()
    assert running.url in said
    assert f"{running.url}/docs" in said
    assert str(running.folder) in said
    assert "Ctrl+C" in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_stops_the_server_cleanly(number: signal.Signals, tmp_path: Path) -> None:
    """With exit code 0, without errors, and without a stale address."""
    server = Server(tmp_path / "data")
    server.start()
    process = server._process
    assert process is not None
    process.send_signal(number)
    assert process.wait(_SECONDS) == 0
    server._process = None
    server.client.close()
    assert not (server.folder / "server.json").exists()
    assert "Traceback" not in server.output()


def _verified(folder: Path) -> str:
    return run("verify", folder=folder).stdout


def _send_two_sessions(server: Server) -> None:
    for number, (session, model) in enumerate(
        {"priced-1": "gpt-4o", "unpriced": "no-such-model"}.items(), start=1
    ):
        body = json.dumps(_export(number, session, model)).encode()
        server.post(body, content_type="application/json")


def _export(number: int, session: str, model: str) -> Json:
    texts = {
        "session.id": session,
        "user.id": f"contact of {session}",
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": model,
    }
    tokens = {"gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 500}
    start = _START_NS + number * _SECOND_NS
    span = {
        "traceId": f"{number:032x}",
        "spanId": f"{number:016x}",
        "name": f"chat {model}",
        "startTimeUnixNano": str(start),
        "endTimeUnixNano": str(start + _SECOND_NS),
        "attributes": [
            *({"key": k, "value": {"stringValue": v}} for k, v in texts.items()),
            *({"key": k, "value": {"intValue": str(v)}} for k, v in tokens.items()),
        ],
    }
    return {"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
