"""The server conforms to its OpenAPI document: the short form of `make api-fuzz`."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.properties.api_fuzz import Findings, fuzzed_server, is_alive, run_round
from tests.support.keys import ADMIN_KEY, bearer
from tests.support.server import Server

DOCUMENT = json.loads((Path(__file__).parents[3] / "docs" / "openapi.json").read_text())
SEED = 1
# The boundary values of these large bodies are only tried in the long form.
RICH = (
    "otel_|^v1_(traces|logs)$|^(search|aggregate)_traces$|^classic_(query|count)_|"
    "^(query|count|add_up|export)_sessions$|^query_analytics$"
)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, as some operations change all of its data."""
    with fuzzed_server(tmp_path_factory.mktemp("fuzzed") / "data") as server:
        yield server


@pytest.mark.parametrize(
    "options",
    [
        ("--exclude-operation-id-regex", RICH),
        ("--include-operation-id-regex", RICH, "--phases", "examples,fuzzing"),
    ],
    ids=["all phases", "without edges"],
)
def test_responses_to_generated_requests_are_as_documented(
    fuzzed: Server, options: tuple[str, ...]
) -> None:
    """All checks, with a fixed seed and a few examples per operation."""
    findings = Findings()
    few = ("--max-examples", "3", "--generation-deterministic")
    run_round(fuzzed, findings, SEED, *few, *options)
    assert findings.is_clean, findings.output
    assert is_alive(fuzzed)


def test_served_document_is_that_of_the_repository(fuzzed: Server) -> None:
    """`make lint` checks that it is up to date with the code."""
    response = fuzzed.client.get("/openapi.json", headers=bearer(ADMIN_KEY))
    assert response.json() == DOCUMENT
