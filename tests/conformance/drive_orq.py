"""Makes calls with the orq-ai-sdk of the environment it runs in: a line of JSON in, one out.

Runs apart from the tests, and knows nothing of what it talks to. A step names a server, a call and
its arguments in the client's words; its answer has what the client made of the reply (`ok` under
wire names, or `error`) and the reply itself (`raw`).
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

# What the call that is under way received.
replies: list[Json] = []


def main() -> None:
    """Answer steps until there are no more."""
    with asyncio.Runner() as runner:
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line), runner)), flush=True)


def answer(step: Json, runner: asyncio.Runner) -> Json:
    """Make a call, and tell what came of it."""
    replies.clear()
    orq = client(step["server"], step["key"])
    try:
        if step["mode"] == "async":
            result = runner.run(named(orq, f"{step['call']}_async")(**step["arguments"]))
        else:
            result = named(orq, step["call"])(**step["arguments"])
        told = {"ok": plain(result)}
    except Exception as error:  # noqa: BLE001 whatever it raises is the answer
        told = {"error": described(error)}
    return told | {"raw": replies[-1] if replies else None}


@cache
def client(server: str, key: str) -> Orq:
    """The client, unmodified but for listening to what it receives."""
    return Orq(
        api_key=key,
        server_url=server,
        timeout_ms=TIMEOUT_MS,
        client=httpx.Client(event_hooks={"response": [keep]}),
        async_client=httpx.AsyncClient(event_hooks={"response": [keep_async]}),
    )


def keep(response: httpx.Response) -> None:
    """Keep a reply to a call in sync mode."""
    response.read()
    replies.append(reply(response))


async def keep_async(response: httpx.Response) -> None:
    """Keep a reply to a call in async mode."""
    await response.aread()
    replies.append(reply(response))


def named(orq: Orq, call: str) -> Any:
    """The method by its path from the client."""
    return reduce(getattr, call.split("."), orq)


def reply(response: httpx.Response) -> Json:
    """What the server said."""
    return {"status": response.status_code, "body": response.json() if response.content else None}


def plain(result: Any) -> Any:
    """A result under the names it has on the wire."""
    # A create that tells its headers, too, has the result beside them.
    result = getattr(result, "result", result)
    if isinstance(result, list):
        return [plain(item) for item in result]
    return (
        result.model_dump(mode="json", by_alias=True) if hasattr(result, "model_dump") else result
    )


def described(error: Exception) -> Json:
    """What there is to know of an error."""
    return {
        "class": type(error).__name__,
        "status": getattr(error, "status_code", None),
        "message": str(error),
    }


if __name__ == "__main__":
    main()
