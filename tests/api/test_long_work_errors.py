"""Failed long-running work reports the reason in every response format.

The store lacks a table, as after a partial restore, so that `verify` fails in its last step.
"""

import json
from collections.abc import Iterator

import pytest

from tests.support.commands import run
from tests.support.generators import export_request
from tests.support.reference import RefSpan
from tests.support.server import Server
from tests.support.store import opened

NEW_YEAR_NS = 1_767_225_600 * 10**9
VERIFY = "/v2/sessions/verify"
REASON = "superseded_texts"


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a session and a missing table."""
    folder = tmp_path_factory.mktemp("broken") / "data"
    with opened(folder) as database, database.rollup_connection() as connection:
        connection.command("DROP TABLE superseded_texts")
    with Server(folder) as server:
        server.post(export_request([RefSpan("0" * 31 + "1", "0" * 15 + "1", start_ns=NEW_YEAR_NS)]))
        yield server


def test_json_response_is_an_error(broken: Server) -> None:
    """With the reason as its message."""
    response = broken.client.post(VERIFY)
    assert response.status_code == 503
    assert REASON in response.json()["message"]


def test_ndjson_ends_with_the_reason(broken: Server) -> None:
    """After the completed steps, instead of a result."""
    response = broken.client.post(VERIFY, headers={"accept": "application/x-ndjson"})
    assert response.status_code == 200
    *steps, last = [json.loads(line) for line in response.text.splitlines()]
    assert [step["step"] for step in steps] == ["traces", "sessions"]
    assert REASON in last["message"]


def test_command_prints_the_reason(broken: Server) -> None:
    """And exits with an error."""
    assert REASON in run("verify", folder=broken.folder, code=1).stderr
