"""Scores, and the feedback, reviews and annotations that are stored as scores."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.support.contacts import chat
from tests.support.errors import faults, refused
from tests.support.generators import export_request
from tests.support.server import Json, Server

UNKNOWN_TRACE = "d" * 32
TEXTS = ("good", "", "x' OR 1=1 --", "{id:String} ${about} %s", "tab\tnul\0 back\\ 🙂")
FEEDBACK, REVIEW = "/v2/feedback", "/v2/feedback/evaluation"


def posted(server: Server, path: str, body: Mapping[str, Any]) -> Json:
    response = server.client.post(path, json=body)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def scored(server: Server, **body: Any) -> Json:
    return posted(server, "/v2/scores", body)


def scores(server: Server, **about: str) -> list[Json]:
    answer = server.get("/v2/scores", **about)
    assert answer["object"] == "list"
    data: list[Json] = answer["data"]
    return data


def summary(server: Server, session: str) -> Json:
    found: Json = server.get(f"/v2/sessions/{session}", include="scores")["scores"]
    return found


def trace_id(number: int) -> str:
    return f"{number:032x}"


def sent(server: Server, session: str, *numbers: int) -> None:
    """Send a session of traces with one call each."""
    server.post(export_request([chat("", session, number) for number in numbers]))


# Scores.


@pytest.mark.parametrize(
    ("value", "data_type", "kept_as"),
    [
        (0.25, None, "number"),
        (-3, "number", "number"),
        (1e300, None, "number"),
        (True, None, "boolean"),
        (False, "boolean", "boolean"),
        ("good", None, "category"),
        ("good", "category", "category"),
        ("a sentence", "text", "text"),
        *((text, None, "category") for text in TEXTS),
    ],
    ids=lambda value: repr(value),
)
def test_score_is_read_back(
    server: Server, value: Any, data_type: str | None, kept_as: str
) -> None:
    """With its value and type, for a session, a trace and a span."""
    sent(server, "score-kinds", 0xB1)
    body = {"name": "n", "value": value, "comment": str(value), "source": "tests"}
    body |= {"data_type": data_type} if data_type else {}
    of_trace = {"trace_id": trace_id(0xB1), "span_id": None}
    of_span = of_trace | {"span_id": "a" * 16}
    of_session = {"session_id": "score-kinds", "trace_id": None, "span_id": None}
    for target in (of_session, of_trace, of_span):
        score = scored(server, **body, **{k: v for k, v in target.items() if v})
        wanted = {"name": "n", "value": value, "data_type": kept_as, "source": "tests"}
        wanted |= {"comment": str(value) or None, "session_id": "score-kinds"} | target
        assert score.items() >= wanted.items()
        assert type(score["value"]) is type(value) or isinstance(value, float)
        assert scores(server, session_id="score-kinds")[0] == score


def test_score_with_an_existing_id_replaces_it(server: Server) -> None:
    """Even for another target; the creation time stays."""
    sent(server, "score-again", 0xB2)
    first = scored(server, id="again/1", session_id="score-again", name="n", value=1)
    second = scored(server, id="again/1", trace_id=trace_id(0xB2), name="m", value="x")
    assert second["created_at"] == first["created_at"]
    assert scores(server, session_id="score-again") == [second]
    assert summary(server, "score-again") == {"m": {"count": 1, "mean": None, "last": "x"}}


@pytest.mark.parametrize("id", ["plain", "a/b?c#d", "x' OR 1=1 --", "nul\0 {id:String}"])
def test_score_is_deleted_by_its_id(server: Server, id: str) -> None:
    """Once, and without others; a new score can have its id."""
    sent(server, "score-deleted", 0xB3)
    scored(server, id="other", session_id="score-deleted", name="n", value=1)
    first = scored(server, id=id, session_id="score-deleted", name="n", value=1)
    path = f"/v2/scores/{quote(id, safe='')}"
    response = server.client.delete(path)
    assert (response.status_code, response.content) == (204, b"")
    refused(server.client.delete(path), 404, "score")
    assert [score["id"] for score in scores(server, session_id="score-deleted")] == ["other"]
    again = scored(server, id=id, session_id="score-deleted", name="n", value=1)
    assert again["created_at"] > first["created_at"]
    assert server.client.delete(path).status_code == 204


def test_scores_are_listed_latest_first_in_pages(fresh_server: Server) -> None:
    """Of the workspace, of a session and its traces, of a trace and its spans."""
    sent(fresh_server, "one", 1, 2)
    sent(fresh_server, "two", 3)
    session_id = fresh_server.session("one")["_id"]
    targets: list[dict[str, str]] = [
        {"session_id": "one"},
        {"session_id": session_id},
        {"trace_id": trace_id(1)},
        {"trace_id": trace_id(2), "span_id": "a" * 16},
        {"trace_id": trace_id(3)},
        {"session_id": "two"},
    ]
    ids = [scored(fresh_server, name="n", value=n, **t)["id"] for n, t in enumerate(targets)]
    abouts: tuple[tuple[dict[str, str], list[str]], ...] = (
        ({}, ids),
        ({"session_id": "one"}, ids[:4]),
        ({"session_id": session_id}, ids[:4]),
        ({"trace_id": trace_id(2)}, ids[3:4]),
        ({"trace_id": trace_id(2).upper(), "session_id": "one"}, ids[3:4]),
        ({"trace_id": trace_id(3), "session_id": "one"}, []),
    )
    for about, wanted in abouts:
        assert [score["id"] for score in scores(fresh_server, **about)] == wanted[::-1]
        walked, cursor, has_more = list[str](), "", True
        while has_more:
            answer = fresh_server.get("/v2/scores", limit="2", lastId=cursor, **about)
            walked += [score["id"] for score in answer["data"]]
            has_more = answer["has_more"]
            cursor = walked[-1] if walked else ""
        assert walked == wanted[::-1]


def test_session_summarises_its_scores_by_name(fresh_server: Server) -> None:
    """The count, the mean of numbers and booleans, and the last value."""
    sent(fresh_server, "one", 1, 2)
    sent(fresh_server, "two", 3)
    sent(fresh_server, "three", 4)
    for value in (1, 2, 6):
        scored(fresh_server, session_id="one", name="stars", value=value)
    scored(fresh_server, trace_id=trace_id(1), name="helpful", value=True)
    scored(fresh_server, trace_id=trace_id(2), name="helpful", value=False, id="last")
    scored(fresh_server, trace_id=trace_id(2), name="tone", value="kind")
    scored(fresh_server, trace_id=trace_id(3), name="stars", value=4)
    one = {
        "stars": {"count": 3, "mean": 3.0, "last": 6},
        "helpful": {"count": 2, "mean": 0.5, "last": False},
        "tone": {"count": 1, "mean": None, "last": "kind"},
    }
    two = {"stars": {"count": 1, "mean": 4.0, "last": 4}}
    assert summary(fresh_server, "one") == one
    for prefix in ("/v2/sessions", "/v2/traces/sessions"):
        body = {"filters": [], "includedFields": ["scores"]}
        answer = posted(fresh_server, f"{prefix}/query", body)
        summaries = {session["external_id"]: session["scores"] for session in answer["data"]}
        assert summaries == {"one": one, "two": two, "three": {}}
    assert "scores" not in fresh_server.get("/v2/sessions/one")


def test_score_of_a_trace_moves_with_it_to_another_session(server: Server) -> None:
    """It belongs to the current session of the trace."""
    call = chat("", "moved-from", 0xB5, parent_id="b" * 16)
    server.post(export_request([call]))
    scored(server, trace_id=trace_id(0xB5), name="n", value=1)
    assert set(summary(server, "moved-from")) == {"n"}
    root = replace(call, span_id="b" * 16, parent_id="", session_id="moved-to")
    server.post(export_request([root]))
    assert set(summary(server, "moved-to")) == {"n"}
    (score,) = scores(server, trace_id=trace_id(0xB5))
    assert score["session_id"] == "moved-to"
    assert scores(server, session_id="moved-to") == [score]


def test_scores_follow_a_renamed_session(server: Server) -> None:
    """Its own and those of its traces, in lists, summaries and filters."""
    sent(server, "score-before", 0xC8)
    scored(server, id="r1", session_id="score-before", name="renamed", value=1)
    scored(server, id="r2", trace_id=trace_id(0xC8), name="renamed", value=4)
    server.client.patch("/v2/sessions/score-before", json={"external_id": "score-after"})
    last = scored(server, id="r3", session_id="score-before", name="renamed", value=4)
    assert last["session_id"] == "score-after"
    listed = scores(server, session_id="score-after")
    assert [(score["id"], score["session_id"]) for score in listed] == [
        ("r3", "score-after"),
        ("r2", "score-after"),
        ("r1", "score-after"),
    ]
    assert summary(server, "score-after") == {"renamed": {"count": 3, "mean": 3, "last": 4}}
    equal = {"type": "number", "path": "scores.renamed", "operator": "equals", "value": 3}
    query = {"query": {"filters": [equal]}, "sortingProps": [{"key": "scores.renamed"}]}
    found = posted(server, "/v2/sessions/query", query)["data"]
    assert [session["external_id"] for session in found] == ["score-after"]


def test_trace_without_a_session_can_be_scored(server: Server) -> None:
    """The score has no session."""
    sent(server, "", 0xB6)
    score = scored(server, trace_id=trace_id(0xB6), name="n", value=1)
    assert score["session_id"] is None
    assert scores(server, trace_id=trace_id(0xB6)) == [score]


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        ({"name": ""}, {"name"}),
        ({"name": "n" * 201}, {"name"}),
        ({"name": None}, {"name"}),
        ({"session_id": ""}, {"session_id"}),
        ({"trace_id": trace_id(0xB7)}, {"session_id"}),
        ({"span_id": "a" * 16}, {"span_id"}),
        ({"value": "x", "data_type": "number"}, {"value"}),
        ({"value": 1, "data_type": "boolean"}, {"value"}),
        ({"value": True, "data_type": "number"}, {"value"}),
        ({"value": 1, "data_type": "text"}, {"value"}),
        ({"value": 1, "data_type": "evaluator"}, {"data_type"}),
        ({"id": ""}, {"id"}),
        ({"comment": "c" * 10_001}, {"comment"}),
        ({"session_id": "", "value": 1, "data_type": "text"}, {"session_id", "value"}),
    ],
    ids=lambda value: str(sorted(value) if isinstance(value, set) else value)[:50],
)
def test_invalid_score_is_400_with_its_path(
    server: Server, change: dict[str, Any], paths: set[str]
) -> None:
    """All faults are reported at once."""
    body = {"session_id": "s", "name": "n", "value": 1} | change
    assert set(faults(server.client.post("/v2/scores", json=body))) == paths


@pytest.mark.parametrize(
    "value", [b"NaN", b"Infinity", b"-1e999", b"null", b"{}", b"[[]]", b'"\\ud800"', b"1" * 400]
)
@pytest.mark.parametrize("path", ["/v2/scores", FEEDBACK])
def test_values_that_json_cannot_represent_are_400(server: Server, path: str, value: bytes) -> None:
    """They could not be returned."""
    sent(server, "bad-values", 0xB7)
    rest = f'"name": "n", "property": "n", "trace_id": "{trace_id(0xB7)}"'.encode()
    content = b'{"value": ' + value + b", " + rest + b"}"
    headers = {"content-type": "application/json"}
    assert set(faults(server.client.post(path, content=content, headers=headers))) == {"value"}


def test_unknown_targets_are_404(server: Server) -> None:
    """For writing and listing; the message names the id."""
    for target in ({"session_id": "nowhere"}, {"trace_id": UNKNOWN_TRACE}):
        response = server.client.post("/v2/scores", json={"name": "n", "value": 1} | target)
        (name,) = target.values()
        refused(response, 404, name)
        refused(server.client.get("/v2/scores", params=target), 404, name)
    refused(server.client.delete("/v2/scores/nothing"), 404, "'nothing'")
    assert set(faults(server.client.get("/v2/scores", params={"limit": "0"}))) == {"limit"}


# Feedback and reviews.


@pytest.mark.parametrize("value", [*TEXTS, ["good", "fast"], [], 4, 4.5], ids=repr)
def test_feedback_is_returned_and_stored_as_a_score(server: Server, value: Any) -> None:
    """With an id, and the default product of the client."""
    sent(server, "feedback", 0xC1)
    body = {"property": "rating", "value": value, "trace_id": trace_id(0xC1)}
    answer = posted(server, FEEDBACK, body)
    assert set(answer) == {*body, "id", "product"}
    assert answer == body | {"id": answer["id"], "product": "deployments"}
    score = scores(server, trace_id=trace_id(0xC1))[0]
    assert (score["id"], score["name"], score["value"]) == (answer["id"], "rating", value)
    assert (score["source"], score["session_id"]) == ("feedback", "feedback")
    assert summary(server, "feedback")["rating"]["last"] == value


def test_feedback_removal_deletes_the_score(server: Server) -> None:
    """By id and trace; with another trace it is 404. The response repeats the request."""
    sent(server, "feedback-removed", 0xC2, 0xC3)
    body = {"property": "rating", "value": "bad", "trace_id": trace_id(0xC2)}
    posted(server, FEEDBACK, body | {"id": "mine", "product": "otel"})
    removal = {"id": "mine", "trace_id": trace_id(0xC2), "product": "otel"}
    elsewhere = server.client.post(f"{FEEDBACK}/remove", json=removal | {"trace_id": trace_id(3)})
    refused(elsewhere, 404, trace_id(3))
    assert posted(server, f"{FEEDBACK}/remove", removal) == removal
    refused(server.client.post(f"{FEEDBACK}/remove", json=removal), 404, "'mine'")
    assert scores(server, session_id="feedback-removed") == []


@pytest.mark.parametrize(
    ("sent_value", "data_type", "stored"),
    [
        ({"type": "string", "value": "well said"}, "text", "well said"),
        ({"type": "number", "value": 3.5}, "number", 3.5),
        ({"type": "boolean", "value": True}, "boolean", True),
        ({"type": "string_array", "values": ["a", "b"]}, "categories", ["a", "b"]),
    ],
    ids=lambda value: str(value),
)
def test_review_is_stored_as_a_score_until_removed(
    server: Server, sent_value: Json, data_type: str, stored: Any
) -> None:
    """A review with the same id replaces it; removal deletes the score."""
    sent(server, "reviewed", 0xC4)
    body = {
        "id": "review-1",
        "evaluation_type": "human_review",
        "human_review_id": "tone",
        "source": "orq",
        "explanation": "because",
        "reviewed_at": "2026-09-23T10:04:26.619Z",
        "trace_id": trace_id(0xC4),
    }
    for _ in range(2):
        posted(server, REVIEW, body | sent_value)
    (score,) = scores(server, trace_id=trace_id(0xC4))
    wanted = {"id": "review-1", "name": "tone", "value": stored, "data_type": data_type}
    assert score.items() >= (wanted | {"comment": "because", "source": "review"}).items()
    removal = {"id": "review-1", "trace_id": trace_id(0xC4)}
    posted(server, f"{REVIEW}/remove", removal)
    assert scores(server, trace_id=trace_id(0xC4)) == []
    refused(server.client.post(f"{REVIEW}/remove", json=removal), 404, "'review-1'")


@pytest.mark.parametrize("path", [FEEDBACK, f"{FEEDBACK}/remove", REVIEW, f"{REVIEW}/remove"])
def test_invalid_feedback_is_an_error_with_a_message(server: Server, path: str) -> None:
    """No body, an empty one, one without fields; and an unknown trace."""
    for content, headers in (
        (b"", {}),
        (b"", {"content-type": "application/json"}),
        (b"{}", {"content-type": "application/json"}),
    ):
        response = server.client.post(path, content=content, headers=headers)
        assert faults(response)
    body = {"id": "i", "trace_id": UNKNOWN_TRACE, "product": "otel", "property": "p", "value": "v"}
    body |= {"evaluation_type": "human_review", "type": "string"}
    refused(server.client.post(path, json=body), 404, UNKNOWN_TRACE)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"property": ""}, "property"),
        ({"property": None}, "property"),
        ({"trace_id": ""}, "trace_id"),
        ({"product": "unheard of"}, "product"),
        ({"id": ""}, "id"),
    ],
    ids=str,
)
def test_invalid_feedback_is_400_with_its_path(
    server: Server, change: dict[str, Any], path: str
) -> None:
    """And a message, which clients show."""
    body = {"property": "p", "value": "v", "trace_id": UNKNOWN_TRACE} | change
    assert set(faults(server.client.post(FEEDBACK, json=body))) == {path}


# Annotations.


def annotation_path(number: int, span_id: str = "a" * 16) -> str:
    return f"/v2/traces/{trace_id(number)}/spans/{span_id}/annotation"


def test_annotations_are_identified_by_their_key(server: Server) -> None:
    """One per key and span; the same key replaces it."""
    sent(server, "annotated", 0xC5)
    annotations: list[Json] = [
        {"key": "tone", "value": "harsh"},
        {"key": "stars", "value": 2},
        {"key": "done", "value": True},
        {"key": "issues", "value": ["slow", "long"]},
        {"parent_annotation_id": "parent", "value": 1, "explanation": "because"},
    ]
    for last in ("harsh", "kind"):
        annotations[0]["value"] = last
        body = {"annotations": annotations, "metadata": {"identity_id": "ada"}}
        posted(server, annotation_path(0xC5), body)
    posted(server, annotation_path(0xC5, "b" * 16), {"annotations": annotations[:1]})
    kept = {
        score["name"]: score
        for score in scores(server, trace_id=trace_id(0xC5))
        if score["span_id"] == "a" * 16
    }
    assert len(scores(server, trace_id=trace_id(0xC5))) == len(annotations) + 1
    assert {name: score["value"] for name, score in kept.items()} == {
        "tone": "kind",
        "stars": 2,
        "done": True,
        "issues": ["slow", "long"],
        "parent": 1,
    }
    assert kept["parent"]["comment"] == "because"


def delete(server: Server, path: str, body: Json | None) -> httpx.Response:
    if body is None:
        return server.client.delete(path)
    return server.client.request("DELETE", path, json=body)


def test_annotations_are_deleted_by_key(server: Server) -> None:
    """Without a key none is deleted; an unknown key is not an error."""
    sent(server, "unannotated", 0xC6)
    annotations = [{"key": "a", "value": 1}, {"key": "b", "value": 2}]
    annotations.append({"parent_annotation_id": "c", "value": 3})
    posted(server, annotation_path(0xC6), {"annotations": annotations})
    for body, left in (
        (None, {"a", "b", "c"}),
        ({}, {"a", "b", "c"}),
        ({"keys": ["a", "x"]}, {"b", "c"}),
        ({"parent_annotation_ids": ["c"], "keys": []}, {"b"}),
    ):
        assert delete(server, annotation_path(0xC6), body).status_code == 200
        assert {score["name"] for score in scores(server, trace_id=trace_id(0xC6))} == left


def test_invalid_annotations_are_errors(server: Server) -> None:
    """An unknown trace, no annotations, an annotation without a value."""
    sent(server, "misannotated", 0xC7)
    unknown = f"/v2/traces/{UNKNOWN_TRACE}/spans/x/annotation"
    annotations = {"annotations": [{"key": "a", "value": 1}]}
    refused(server.client.post(unknown, json=annotations), 404, UNKNOWN_TRACE)
    refused(delete(server, unknown, {"keys": ["a"]}), 404, UNKNOWN_TRACE)
    refused(server.client.post(annotation_path(0xC7)), 400, "equired")
    without_value = {"annotations": [{"key": "a"}]}
    response = server.client.post(annotation_path(0xC7), json=without_value)
    assert "annotations.0.Keyed.value" in faults(response)
    assert scores(server, trace_id=trace_id(0xC7)) == []
