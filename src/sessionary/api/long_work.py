"""Answer long work: with progress, line by line, where the caller reads it so."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from sessionary.model.progress import Progress

LINES = "application/x-ndjson"
T = TypeVar("T")


async def run(
    request: Request, steps: Iterator[Progress | T], result_json: Callable[[T], dict[str, Any]]
) -> Response:
    """The result as JSON; where NDJSON is accepted, a line a step and `{"result": …}` last."""
    lines = (_line(step, result_json) for step in steps)
    if LINES in request.headers.get("accept", ""):
        return StreamingResponse((json.dumps(line) + "\n" for line in lines), media_type=LINES)
    *_, last = await run_in_threadpool(lambda: list(lines))
    return JSONResponse(last["result"])


def _line(step: Progress | T, result_json: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
    return asdict(step) if isinstance(step, Progress) else {"result": result_json(step)}
