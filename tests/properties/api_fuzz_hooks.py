"""Hooks for schemathesis, loaded by its command (see api_fuzz.py).

`x-rule` marks a schema with a rule that JSON Schema cannot express. Only there may the server
refuse valid data.
"""

import os
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import schemathesis
from hypothesis import strategies

PROTOBUF = "application/x-protobuf"
RULE = "x-rule"
OWN_KEY_ID = "API_FUZZ_KEY_ID"
ACCEPTED = {401, 403, 404, 409, 429, 503}

# Valid for any signal, as protobuf skips unknown fields such as the 100th here.
# tests/unit/test_body.py and tests/api/http/test_bad_bodies.py send invalid protobuf.
schemathesis.openapi.media_type(PROTOBUF, strategies.sampled_from([b"", b"\xa2\x06\x00"]))


@schemathesis.serializer(PROTOBUF)
def as_bytes(_context: object, value: object) -> bytes:
    """The generated body, unchanged."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@schemathesis.hook
def before_call(_context: object, case: Any, _kwargs: dict[str, Any]) -> None:
    """Do not let a request revoke its own key; all later ones would be 401."""
    if case.path_parameters.get("key_id") == os.environ[OWN_KEY_ID]:
        case.path_parameters["key_id"] = "another"


@schemathesis.check
def valid_data_acceptance(_context: object, response: Any, case: Any) -> None:
    """Valid data is accepted, except where `x-rule` allows a refusal."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if response.status_code < 400 or response.status_code in ACCEPTED:
        return
    faults = faults_of(response)
    if response.status_code == 400 and faults and all(breaks_a_rule(case, f) for f in faults):
        return
    raise AssertionError(f"valid data is answered {response.status_code}: {response.text[:500]}")


def faults_of(response: Any) -> list[str]:
    """The paths of all faults in a 400."""
    try:
        return [fault["path"] for fault in response.json().get("errors", [])]
    except (ValueError, AttributeError):
        return []


def breaks_a_rule(case: Any, path: str) -> bool:
    """Whether a schema of the value at the path has a rule."""
    operation, document = case.operation.definition.raw, case.operation.schema.raw_schema
    parts = path.split(".")
    parameters = {one["name"]: one["schema"] for one in operation.get("parameters", [])}
    if path in parameters and RULE in parameters[path]:
        return True
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get(case.media_type, {}).get("schema", {})
    return any(
        RULE in found and is_valid(document, found, value)
        for found, value in schemas_at(document, schema, case.body, parts)
    )


def schemas_at(
    document: Any, schema: Any, value: Any, parts: list[str]
) -> Iterator[tuple[Any, Any]]:
    """Every schema along the path, with its value."""
    if not isinstance(schema, dict):
        return
    yield schema, value
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from schemas_at(document, document["components"]["schemas"][name], value, parts)
    for choices in ("anyOf", "oneOf", "allOf"):
        for choice in schema.get(choices, []):
            yield from schemas_at(document, choice, value, parts)
    if parts and isinstance(value, dict):
        name, rest = parts[0], parts[1:]
        inner = schema.get("properties", {}).get(name)
        yield from schemas_at(document, inner, value.get(name), rest)
    elif parts and parts[0].isdecimal() and isinstance(value, list):
        place = int(parts[0])
        item = value[place] if place < len(value) else None
        yield from schemas_at(document, schema.get("items"), item, parts[1:])


def is_valid(document: Any, schema: Any, value: Any) -> bool:
    """Whether the value is valid; the schema may refer to others of the document."""
    whole = {**schema, "components": document["components"]}
    return jsonschema_rs.Draft202012Validator(whole).is_valid(value)
