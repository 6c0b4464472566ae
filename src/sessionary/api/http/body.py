"""Reading a request body with bounds on its size, its unpacked size and its time."""

import asyncio
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from fastapi import Request
from starlette.requests import ClientDisconnect

from sessionary.api.network.body_budget import BodyShare
from sessionary.errors import (
    BodyTooLargeError,
    InvalidRequestError,
    RequestTimeoutError,
    UnsupportedMediaTypeError,
)

READ_SECONDS = 60
"""Longest that a body may take to arrive."""

# Above this, work on a body would keep the event loop from other requests for too long.
_THREAD_BYTES = 64 * 1024
# The same limit for unpacked bytes: a small body can unpack to any size.
_THREAD_UNPACKED_BYTES = 256 * 1024

_ENCODINGS = ("identity", "gzip", "deflate")
_GZIP, _ZLIB, _RAW = 31, 15, -15
# One step's share of the packed body; what follows a gzip member is copied this much at a time.
_STEP_BYTES = 64 * 1024
_STEP_UNPACKED_BYTES = 256 * 1024
# Each member costs a decompressor; a body of empty members would make millions.
_MAX_GZIP_MEMBERS = 4096
_LOOP_GZIP_MEMBERS = 16
_GZIP_START = b"\x1f\x8b\x08"

# Threads that unpack and parse contend with the event loop: one does all that arrives.
_BODY_THREADS = 1
_threads: RunVar[CapacityLimiter] = RunVar("body threads")

Result = TypeVar("Result")


async def read_body(
    request: Request, share: BodyShare, *, limit: int, seconds: float = READ_SECONDS
) -> bytes:
    """The body, unpacked, of at most `limit` bytes; `share` counts it.

    Raises:
        BufferFullError: the bodies of other requests take too much memory.
        BodyTooLargeError: over `limit` bytes, as sent or unpacked.
        UnsupportedMediaTypeError: packed otherwise than by gzip or deflate.
        InvalidRequestError: not packed as its header says, or cut off.
        RequestTimeoutError: not there within `seconds`.
    """
    encoding = _encoding(request.headers.get("content-encoding", ""))
    # What does not compress grows by the headers of its blocks.
    wire_limit = limit if encoding == "identity" else limit + limit // 1024 + 1024
    announced = request.headers.get("content-length", "")
    if announced.isdecimal():
        if int(announced) > wire_limit:
            raise _too_large(limit)
        share.expect(int(announced))
    try:
        async with asyncio.timeout(seconds):
            body = await _receive(request, share, wire_limit, limit)
    except TimeoutError:
        raise RequestTimeoutError(f"the body took longer than {seconds:g} s") from None
    share.complete()
    if encoding == "identity":
        return body
    return await unpack_off_loop(body, encoding, share, limit=limit)


async def unpack_off_loop(body: bytes, encoding: str, share: BodyShare, *, limit: int) -> bytes:
    """Decompress in a thread, unless the body is small both packed and unpacked.

    Raises:
        BodyTooLargeError: it unpacks to more than `limit` bytes.
        BufferFullError: the bodies of other requests take too much memory.
        InvalidRequestError: it is not such a body, or cut off.
    """
    if len(body) <= _THREAD_BYTES and body.count(_GZIP_START) <= _LOOP_GZIP_MEMBERS:
        with suppress(BodyTooLargeError):
            return unpack(body, encoding, limit=min(limit, _THREAD_UNPACKED_BYTES))
    work = partial(unpack, encoding=encoding, limit=limit, grow=share.add)
    return await _in_thread(work, body)


async def off_loop(work: Callable[[bytes], Result], body: bytes) -> Result:
    """`work(body)`, in a thread where the body is large enough to be worth one."""
    return await _in_thread(work, body) if len(body) > _THREAD_BYTES else work(body)


async def _in_thread(work: Callable[[bytes], Result], body: bytes) -> Result:
    return await to_thread.run_sync(work, body, limiter=_body_threads())


def _body_threads() -> CapacityLimiter:
    try:
        return _threads.get()
    except LookupError:
        _threads.set(CapacityLimiter(_BODY_THREADS))
        return _threads.get()


def unpack(
    body: bytes, encoding: str, *, limit: int, grow: Callable[[int], None] = lambda _count: None
) -> bytes:
    """Decompress a gzip or deflate body; memory stays within `limit` whatever it contains.

    `grow` is called with the size of each part before the next one is made.

    Raises:
        BodyTooLargeError: it holds more than `limit` bytes.
        InvalidRequestError: it is not such a body, or cut off.
    """
    if not body:
        return body
    try:
        if encoding == "gzip":
            return _inflate(body, _GZIP, limit, grow)
        return _inflate_deflate(body, limit, grow)
    except zlib.error as error:
        raise InvalidRequestError(f"the body is not valid {encoding}: {error}") from None


def _encoding(header: str) -> str:
    name = header.strip().lower() or "identity"
    name = {"none": "identity", "x-gzip": "gzip"}.get(name, name)
    if name not in _ENCODINGS:
        raise UnsupportedMediaTypeError(
            f"Content-Encoding {name!r} is not read here; send gzip, deflate or identity"
        )
    return name


async def _receive(request: Request, share: BodyShare, wire_limit: int, limit: int) -> bytes:
    body = bytearray()
    try:
        async for chunk in request.stream():
            if len(body) + len(chunk) > wire_limit:
                raise _too_large(limit)
            share.add(len(chunk))
            body += chunk
    except ClientDisconnect:
        raise InvalidRequestError("the connection closed before the body was complete") from None
    return bytes(body)


def _inflate_deflate(body: bytes, limit: int, grow: Callable[[int], None]) -> bytes:
    # "deflate" means zlib's format, but enough clients send the bare stream.
    try:
        return _inflate(body, _ZLIB, limit, grow)
    except zlib.error:
        return _inflate(body, _RAW, limit, grow)


def _inflate(body: bytes, window_bits: int, limit: int, grow: Callable[[int], None]) -> bytes:
    unpacked = bytearray()
    position, members = 0, 0
    while position < len(body):
        members += 1
        if members > _MAX_GZIP_MEMBERS:
            raise zlib.error(f"more than {_MAX_GZIP_MEMBERS} members")
        position = _inflate_member(body, position, unpacked, window_bits, limit, grow)
        if window_bits != _GZIP and position < len(body):
            raise zlib.error("bytes after the end")
        if not any(body[position : position + _STEP_BYTES]) and not body[position:].strip(b"\0"):
            # Tape-like writers pad with zeros; gzip(1) ignores them too.
            break
    return bytes(unpacked)


def _inflate_member(
    body: bytes,
    position: int,
    unpacked: bytearray,
    window_bits: int,
    limit: int,
    grow: Callable[[int], None],
) -> int:
    member = zlib.decompressobj(window_bits)
    while not member.eof:
        step = body[position : position + _STEP_BYTES]
        # Bounded on its own: zlib would double what it holds while it grows one large answer.
        piece = member.decompress(step, _STEP_UNPACKED_BYTES)
        if not step and not piece and not member.eof:
            raise zlib.error("the stream is cut off")
        grow(len(piece))
        unpacked += piece
        if len(unpacked) > limit:
            raise _too_large(limit)
        position += len(step) - len(member.unused_data if member.eof else member.unconsumed_tail)
    return position


def _too_large(limit: int) -> BodyTooLargeError:
    return BodyTooLargeError(f"the body is over {limit} bytes; send fewer spans per request")
