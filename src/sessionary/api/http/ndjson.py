"""Answer long work: with progress, line by line, where the caller reads it so."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from sessionary.errors import SessionaryError
from sessionary.model.progress import Progress

log = logging.getLogger(__name__)

LINES = "application/x-ndjson"
T = TypeVar("T")


async def run(
    request: Request, steps: Iterator[Progress | T], result_json: Callable[[T], dict[str, Any]]
) -> Response:
    """The result as JSON; where NDJSON is accepted, a line a step and `{"result": …}` last.

    An error is the response of the JSON form, and the last line, `{"message": …}`, of NDJSON.
    """
    lines = (_line(step, result_json) for step in steps)
    if LINES in request.headers.get("accept", ""):
        return StreamingResponse(_ndjson(lines), media_type=LINES)
    *_, last = await run_in_threadpool(lambda: list(lines))
    return JSONResponse(last["result"])


def _ndjson(lines: Iterator[dict[str, Any]]) -> Iterator[str]:
    try:
        for line in lines:
            yield json.dumps(line) + "\n"
    except SessionaryError as error:
        log.warning("long work failed: %s", error)
        yield json.dumps({"message": str(error)}) + "\n"
    except Exception:
        log.exception("long work failed")
        yield json.dumps({"message": "internal error: the server's log has the cause"}) + "\n"


def _line(step: Progress | T, result_json: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
    return asdict(step) if isinstance(step, Progress) else {"result": result_json(step)}
