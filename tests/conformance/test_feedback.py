"""Every call on feedback, and on the annotations of spans."""

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
    """A trace of the test's own."""
    span = RefSpan(uuid4().hex, "1" * 16, "", "chat", START_NS, START_NS + 1, LLM)
    server.post(export_request([span]))
    return span.trace_id


@pytest.mark.parametrize("value", ["good", ["good", "fast"]], ids=["text", "texts"])
def test_classic_feedback_is_given(classic: Client, trace_id: str, value: str | list[str]) -> None:
    """The answer repeats it, with an id."""
    given = classic.call("feedback.create", field="rating", value=value, trace_id=trace_id)
    assert given["id"]
    assert given | {"property": "rating", "value": value, "trace_id": trace_id} == given


def test_classic_feedback_on_nothing_is_refused(classic: Client) -> None:
    """A trace that is not there is a 404."""
    error = classic.fail("feedback.create", field="rating", value="good", trace_id=UNKNOWN)
    assert (error.kind, error.status) == ("APIError", 404)
    assert error.body["message"] in error.message


@pytest.mark.parametrize("value", ["good", 4, 4.5, ["good", "fast"]], ids=str)
def test_feedback_is_given_and_taken_away(
    current: Client, trace_id: str, value: str | float | list[str]
) -> None:
    """Under an id of the caller's own, once."""
    feedback: Json = {"id": uuid4().hex, "trace_id": trace_id, "product": "otel"}
    given = current.call("feedback.create", request=feedback | told(value))
    assert given == feedback | {"property": "rating", "value": value}
    assert current.call("feedback.remove", request=feedback) == feedback
    error = current.fail("feedback.remove", request=feedback)
    assert error.status == 404
    assert error.kind == (
        "PostV2FeedbackRemoveResponseBody"
        if current.name == NODE
        else "PostV2FeedbackRemoveFeedbackResponseBody"
    )


def test_feedback_gets_an_id_and_the_usual_product(current: Client, trace_id: str) -> None:
    """What the caller leaves out is there in the answer."""
    request = {"trace_id": trace_id} | told("good")
    given = current.call("feedback.create", request=request)
    assert given["id"]
    assert given["product"] == "deployments"


def test_bad_feedback_is_refused(current: Client, trace_id: str) -> None:
    """400 and 404 are the classes that the client has for them."""
    bad = current.fail("feedback.create", request={"trace_id": trace_id} | told("x", ""))
    missing = current.fail("feedback.create", request={"trace_id": UNKNOWN} | told("x"))
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


def told(value: object, name: str = "rating") -> Json:
    """What is thought, in the client's words."""
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
def test_a_review_is_given_and_taken_away(node: Client, trace_id: str, verdict: Json) -> None:
    """Both calls have no result; what is not there cannot be taken away."""
    name = {"id": uuid4().hex, "trace_id": trace_id}
    review = name | verdict | {"evaluation_type": "human_review", "explanation": "read it"}
    assert node.call("feedback.create_evaluation", request=review) is None
    assert node.call("feedback.remove_evaluation", request=name) is None
    assert node.fail("feedback.remove_evaluation", request=name).status == 404


def test_a_message_is_kept_for_the_admins(current_python: Client, server: Server) -> None:
    """The client is told under which id the audit log has it."""
    message: Json = {"message": "it's \\ 😀", "category": "bug", "request_id": "r", "url": "u"}
    told = current_python.call("feedback.submit", **message)
    entry = server.get("/v2/audit-log", limit="1")["data"][0]
    assert (entry["action"], entry["subject"]) == ("feedback.submit", told["feedback_id"])
    assert entry["detail"] == "bug: it's \\ 😀\nr\nu"


def test_annotations_are_kept_and_removed(current: Client, trace_id: str) -> None:
    """Both calls have no result; a trace that is not there is a 404."""
    span = {"trace_id": trace_id, "span_id": "1" * 16}
    values: list[object] = ["good", 4.5, True, ["kind", "short"]]
    annotations = [{"key": f"k{i}", "value": value} for i, value in enumerate(values)]
    assert current.call("annotations.create", **span, annotations=annotations) is None
    assert current.call("annotations.delete", **span, keys=["k0", "k1", "k2", "k3"]) is None
    unknown = span | {"trace_id": UNKNOWN}
    assert current.fail("annotations.create", **unknown, annotations=annotations).status == 404
