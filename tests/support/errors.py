"""Assertions about error responses."""

import httpx

from tests.support.server import Json


def refused(response: httpx.Response, status: int, says: str) -> Json:
    """Assert that the response is an error whose message contains a text; its body."""
    assert response.status_code == status, response.text
    answer: Json = response.json()
    assert answer["code"] == str(status)
    assert says
    assert says in answer["message"], answer["message"]
    assert set(answer) == ({"code", "message", "errors"} if status == 400 else {"code", "message"})
    return answer


def faults(response: httpx.Response) -> dict[str, str]:
    """The messages of a 400, by the path of the field."""
    errors = response.json().get("errors", [])
    answer = refused(response, 400, errors[0]["message"] if errors else "no errors")
    return {fault["path"]: fault["message"] for fault in answer["errors"]}
