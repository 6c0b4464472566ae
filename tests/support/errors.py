"""What the API says of a request that it does not take."""

import httpx

from tests.support.server import Json


def refused(response: httpx.Response, status: int = 400) -> Json:
    assert response.status_code == status, response.text
    answer: Json = response.json()
    assert answer["code"] == str(status)
    assert answer["message"]
    assert set(answer) == ({"code", "message", "errors"} if status == 400 else {"code", "message"})
    return answer


def faults(response: httpx.Response) -> dict[str, str]:
    """Of a 400: what is wrong, by its path."""
    return {fault["path"]: fault["message"] for fault in refused(response)["errors"]}
