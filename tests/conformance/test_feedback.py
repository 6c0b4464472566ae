"""Every call for feedback and annotations."""

from uuid import uuid4

import pytest

from sessionary.model.span_kind import LLM
from tests.conformance.clients import NODE, Client, Json
from tests.support.generators import START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import Server

UNKNOWN = "f" * 32


@pytest.fixture
def trace_id(server: Server) -> str:
    """A new trace."""
    span = RefSpan(uuid4().hex, "1" * 16, "", "chat", START_NS, START_NS + 1, LLM)
    server.post(export_request([span]))
    return span.trace_id


@pytest.mark.parametrize("value", ["good", ["good", "fast"]], ids=["text", "texts"])
def test_classic_feedback_is_created(
    classic: Client, trace_id: str, value: str | list[str]
) -> None:
    """The response repeats it, with an id."""
    given = classic.call("feedback.create", field="rating", value=value, trace_id=trace_id)
    assert given["id"]
    assert given | {"property": "rating", "value": value, "trace_id": trace_id} == given


def test_classic_feedback_for_an_unknown_trace_is_refused(classic: Client) -> None:
    """With 404."""
    error = classic.fail("feedback.create", field="rating", value="good", trace_id=UNKNOWN)
    assert (error.kind, error.status) == ("APIError", 404)
    assert error.body["message"] in error.message


@pytest.mark.parametrize("value", ["good", 4, 4.5, ["good", "fast"]], ids=str)
def test_feedback_is_created_and_removed(
    current: Client, trace_id: str, value: str | float | list[str]
) -> None:
    """With an id of the caller; a second removal is 404."""
    feedback: Json = {"id": uuid4().hex, "trace_id": trace_id, "product": "otel"}
    given = current.call("feedback.create", request=feedback | rating(value))
    assert given == feedback | {"property": "rating", "value": value}
    assert current.call("feedback.remove", request=feedback) == feedback
    error = current.fail("feedback.remove", request=feedback)
    assert error.status == 404
    assert error.kind == (
        "PostV2FeedbackRemoveResponseBody"
        if current.name == NODE
        else "PostV2FeedbackRemoveFeedbackResponseBody"
    )


def test_feedback_has_a_default_id_and_product(current: Client, trace_id: str) -> None:
    """The response contains fields that the caller omitted."""
    request = {"trace_id": trace_id} | rating("good")
    given = current.call("feedback.create", request=request)
    assert given["id"]
    assert given["product"] == "deployments"


def test_invalid_feedback_is_refused(current: Client, trace_id: str) -> None:
    """400 and 404 are the client's classes for them."""
    bad = current.fail("feedback.create", request={"trace_id": trace_id} | rating("x", ""))
    missing = current.fail("feedback.create", request={"trace_id": UNKNOWN} | rating("x"))
    if current.name == NODE:
        kinds = ("PostV2FeedbackResponseBody", "PostV2FeedbackFeedbackResponseBody")
    else:
        kinds = (
            "PostV2FeedbackFeedbackResponseBody",
            "PostV2FeedbackFeedbackResponseResponseBody",
        )
    assert [(bad.kind, bad.status), (missing.kind, missing.status)] == [
        (kinds[0], 400),
        (kinds[1], 404),
    ]
    assert bad.body["message"] in bad.message
    assert missing.body["message"] in missing.message


def rating(value: object, name: str = "rating") -> Json:
    """The fields of a rating, in the client's terms."""
    return {"field": name, "value": value}


@pytest.mark.parametrize(
    "verdict",
    [
        {"type": "string", "value": "well done"},
        {"type": "number", "value": 4.5},
        {"type": "boolean", "value": False},
        {"type": "string_array", "values": ["kind", "short"]},
    ],
    ids=lambda verdict: verdict["type"],
)
def test_review_is_created_and_removed(node: Client, trace_id: str, verdict: Json) -> None:
    """Both calls have no result; a second removal is 404."""
    name = {"id": uuid4().hex, "trace_id": trace_id}
    review = name | verdict | {"evaluation_type": "human_review", "explanation": "read it"}
    assert node.call("feedback.create_evaluation", request=review) is None
    assert node.call("feedback.remove_evaluation", request=name) is None
    assert node.fail("feedback.remove_evaluation", request=name).status == 404


def test_submitted_message_is_in_the_audit_log(current_python: Client, server: Server) -> None:
    """The client gets the id of the entry's subject."""
    message: Json = {"message": "it's \\ 😀", "category": "bug", "request_id": "r", "url": "u"}
    answer = current_python.call("feedback.submit", **message)
    entry = server.get("/v2/audit-log", limit="1")["data"][0]
    assert (entry["action"], entry["subject"]) == ("feedback.submit", answer["feedback_id"])
    assert entry["detail"] == "bug: it's \\ 😀\nr\nu"


def test_annotations_are_created_and_removed(current: Client, trace_id: str) -> None:
    """Both calls have no result; an unknown trace is 404."""
    span = {"trace_id": trace_id, "span_id": "1" * 16}
    values: list[object] = ["good", 4.5, True, ["kind", "short"]]
    annotations = [{"key": f"k{i}", "value": value} for i, value in enumerate(values)]
    assert current.call("annotations.create", **span, annotations=annotations) is None
    assert current.call("annotations.delete", **span, keys=["k0", "k1", "k2", "k3"]) is None
    unknown = span | {"trace_id": UNKNOWN}
    assert current.fail("annotations.create", **unknown, annotations=annotations).status == 404
