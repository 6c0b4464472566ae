"""Errors as JSON: `{"code", "message"}`, and for a 400 all that is wrong, at once."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from sessionary.api.http.rpc_status import rpc_code, status_bytes
from sessionary.errors import (
    Fault,
    InvalidRequestError,
    RetryLaterError,
    SessionaryError,
    UnauthorizedError,
)

_PROTOBUF = "application/x-protobuf"


class BodyError(HTTPException):
    """An error while a body is read, as the one kind that FastAPI passes on from there."""

    def __init__(self, error: SessionaryError) -> None:
        super().__init__(error.status, str(error))
        self.error = error


def install(app: FastAPI) -> None:
    """Answer every error in this shape."""
    app.add_exception_handler(SessionaryError, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(UnicodeEncodeError, _not_text)
    app.add_exception_handler(Exception, _unexpected)


def answer(request: Request, error: SessionaryError) -> Response:
    """The answer to a request that failed: in protobuf to an exporter that speaks it."""
    faults = error.faults if isinstance(error, InvalidRequestError) else ()
    response: Response = _answer(error.status, str(error), faults)
    if request.headers.get("content-type", "").startswith(_PROTOBUF):
        content = status_bytes(rpc_code(error), str(error))
        response = Response(content, status_code=error.status, media_type=_PROTOBUF)
    if isinstance(error, RetryLaterError):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    if isinstance(error, UnauthorizedError):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def refused(_request: Request, error: HTTPException) -> JSONResponse:
    """The response to a request that no route takes, or whose body is refused on its way."""
    response = _answer(error.status_code, str(error.detail))
    response.headers.update(error.headers or {})
    return response


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, SessionaryError)
    return answer(request, error)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = tuple(
        Fault(".".join(str(part) for part in fault["loc"][1:]), fault["msg"])
        for fault in error.errors()
    )
    where = f"{faults[0].path}: " if faults and faults[0].path else ""
    message = f"{where}{faults[0].message}" if faults else "the request cannot be understood"
    return _answer(400, message, faults)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return answer(request, error.error) if isinstance(error, BodyError) else refused(request, error)


async def _not_text(_request: Request, _error: Exception) -> JSONResponse:
    return _answer(400, "the request has text that is not Unicode: half of a surrogate pair")


async def _unexpected(_request: Request, _error: Exception) -> JSONResponse:
    return _answer(500, "something went wrong here; the server's log has the reason")


def _answer(status: int, message: str, faults: tuple[Fault, ...] = ()) -> JSONResponse:
    content: dict[str, object] = {"code": str(status), "message": _text(message)}
    if status == 400:
        content["errors"] = [
            {"path": _text(fault.path), "message": _text(fault.message)} for fault in faults
        ]
    return JSONResponse(content, status_code=status)


def _text(text: str) -> str:
    """What was sent may be quoted, also where it cannot be encoded."""
    return text.encode("utf-8", "replace").decode()
