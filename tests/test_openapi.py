"""What the server answers is what its OpenAPI document says: no 5xx, nothing undocumented.

`OPENAPI_EXAMPLES=100 make test ARGS=tests/test_openapi.py` looks longer: so many examples of each
operation, and besides them the edges of every field.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.server import Server

EXAMPLES = int(os.environ.get("OPENAPI_EXAMPLES", "0"))
FEW = 8
# Loading the sample data on a machine with much else to do.
TIMEOUT_SECONDS = 120
# It does not end; test_events.py follows it.
STREAMS = "/v2/sessions/events"


DOCUMENT = json.loads((Path(__file__).parent.parent / "docs" / "openapi.json").read_text())
operations = schemathesis.openapi.from_dict(DOCUMENT)
operations.config.phases.coverage.enabled = EXAMPLES > 0


@schemathesis.serializer("application/x-protobuf")
def as_bytes(_context: object, value: object) -> bytes:
    """What is no protobuf at all, most often."""
    return str(value).encode("utf-8", "replace")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: some operations are about all that it has."""
    with Server(tmp_path_factory.mktemp("asked") / "data") as running:
        yield running


@operations.exclude(path=STREAMS).parametrize()
@settings(
    derandomize=True,
    max_examples=EXAMPLES or FEW,
    suppress_health_check=list(HealthCheck),
)
def test_every_reply_is_documented(asked: Server, case: "schemathesis.Case[Any]") -> None:
    """Whatever is sent, the status, the content type and the body are those of the document."""
    case.call_and_validate(
        base_url=asked.url,
        timeout=TIMEOUT_SECONDS,
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ],
    )


def test_the_server_serves_the_document_in_the_repository(asked: Server) -> None:
    """`make lint` checks that it is up to date with the code."""
    assert asked.get("/openapi.json") == DOCUMENT
