"""What the server answers is what its OpenAPI document says: no 5xx, nothing undocumented."""

import json
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.server import Server

# Streams, and what concerns the whole store, have tests of their own.
_ELSEWHERE = r"/(verify|rebuild|sample|export|events|retention)$|/traces$|/logs$|/metrics$"


DOCUMENT = json.loads((Path(__file__).parent.parent / "docs" / "openapi.json").read_text())
operations = schemathesis.openapi.from_dict(DOCUMENT)


@operations.exclude(path_regex=_ELSEWHERE).parametrize()
@settings(
    deadline=None,
    derandomize=True,
    max_examples=20,
    suppress_health_check=list(HealthCheck),
)
def test_every_reply_is_documented(server: Server, case: "schemathesis.Case[Any]") -> None:
    """Whatever is sent, the status, the content type and the body are those of the document."""
    case.call_and_validate(
        base_url=server.url,
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ],
    )


def test_the_server_serves_the_document_in_the_repository(server: Server) -> None:
    """`make lint` checks that it is up to date with the code."""
    assert server.get("/openapi.json") == DOCUMENT
