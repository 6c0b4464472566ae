"""Assertions about error responses."""

import httpx

from tests.support.server import Json


def refused(response: httpx.Response, status: int = 400) -> Json:
    """Assert that the response is an error with a message; its body."""
    assert response.status_code == status, response.text
    answer: Json = response.json()
    assert answer["code"] == str(status)
    assert answer["message"]
    assert set(answer) == ({"code", "message", "errors"} if status == 400 else {"code", "message"})
    return answer


def faults(response: httpx.Response) -> dict[str, str]:
    """The messages of a 400, by the path of the field."""
    return {fault["path"]: fault["message"] for fault in refused(response)["errors"]}
