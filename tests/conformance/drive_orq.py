"""Make calls with the orq-ai-sdk of this environment: a line of JSON in, one out.

It runs outside the tests and does not depend on this project. A step names a server, a call and its
arguments in the client's terms; the answer has the client's result (`ok` under wire names, or
`error`) and the reply itself (`raw`).
"""

import asyncio
import json
import sys
from functools import cache, reduce
from typing import Any

import httpx
from orq_ai_sdk import Orq

TIMEOUT_MS = 20_000

Json = dict[str, Any]

# Replies to the current call.
replies: list[Json] = []


def main() -> None:
    """Answer steps until the end of the input."""
    with asyncio.Runner() as runner:
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line), runner)), flush=True)


def answer(step: Json, runner: asyncio.Runner) -> Json:
    """Make a call; its result or error, and the reply."""
    replies.clear()
    orq = client(step["server"], step["key"])
    try:
        if step["mode"] == "async":
            result = runner.run(named(orq, f"{step['call']}_async")(**step["arguments"]))
        else:
            result = named(orq, step["call"])(**step["arguments"])
        outcome = {"ok": plain(result)}
    except Exception as error:  # noqa: BLE001 any exception is the answer
        outcome = {"error": described(error)}
    return outcome | {"raw": replies[-1] if replies else None}


@cache
def client(server: str, key: str) -> Orq:
    """The unmodified client, with hooks that record replies."""
    return Orq(
        api_key=key,
        server_url=server,
        timeout_ms=TIMEOUT_MS,
        client=httpx.Client(event_hooks={"response": [keep]}),
        async_client=httpx.AsyncClient(event_hooks={"response": [keep_async]}),
    )


def keep(response: httpx.Response) -> None:
    """Record a reply in sync mode."""
    response.read()
    replies.append(reply(response))


async def keep_async(response: httpx.Response) -> None:
    """Record a reply in async mode."""
    await response.aread()
    replies.append(reply(response))


def named(orq: Orq, call: str) -> Any:
    """The method at a path of the client."""
    return reduce(getattr, call.split("."), orq)


def reply(response: httpx.Response) -> Json:
    """The status and body of a response."""
    return {"status": response.status_code, "body": response.json() if response.content else None}


def plain(result: Any) -> Any:
    """A result under wire names."""
    # Calls that return headers wrap the result.
    result = getattr(result, "result", result)
    if isinstance(result, list):
        return [plain(item) for item in result]
    return (
        result.model_dump(mode="json", by_alias=True) if hasattr(result, "model_dump") else result
    )


def described(error: Exception) -> Json:
    """The class, status and message of an error."""
    return {
        "class": type(error).__name__,
        "status": getattr(error, "status_code", None),
        "message": str(error),
    }


if __name__ == "__main__":
    main()
