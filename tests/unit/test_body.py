"""Request bodies are read within their limits or refused with a reason."""

import asyncio
import gzip
import os
import tracemalloc
import zlib
from collections.abc import Callable, Iterable

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message

from sessionary.api.http.body import read_body
from sessionary.api.network.body_budget import BodyBudget
from sessionary.errors import (
    BodyTooLargeError,
    InvalidRequestError,
    RequestTimeoutError,
    UnsupportedMediaTypeError,
)

LIMIT = 100_000


def deflate_raw(content: bytes) -> bytes:
    """A raw deflate stream, which some clients send as deflate."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


PACKERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", deflate_raw),
]


def read(
    chunks: Iterable[bytes], *, limit: int = LIMIT, seconds: float = 60, **headers: str
) -> bytes:
    """Read a request body that arrives in `chunks` and stays open after the last."""
    messages: list[Message] = [
        {"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks
    ]
    messages.append({"type": "http.request", "body": b"", "more_body": False})
    return asyncio.run(_read(messages, limit=limit, seconds=seconds, headers=headers))


async def _read(
    messages: list[Message], *, limit: int, seconds: float, headers: dict[str, str]
) -> bytes:
    waiting = iter(messages)

    async def receive() -> Message:
        message = next(waiting, None)
        if message is None:
            await asyncio.Event().wait()
        assert message is not None
        return message

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    request = Request({"type": "http", "method": "POST", "headers": raw}, receive)
    with BodyBudget(limit).share("caller") as share:
        return await read_body(request, share, limit=limit, seconds=seconds)


def cut(content: bytes, size: int) -> list[bytes]:
    """`content` in pieces of `size`."""
    return [content[start : start + size] for start in range(0, len(content), size)]


@given(st.lists(st.binary(max_size=50)))
def test_plain_body_is_the_join_of_its_chunks(chunks: list[bytes]) -> None:
    assert read(chunks) == b"".join(chunks)


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
@given(content=st.binary(max_size=500), size=st.integers(1, 100))
def test_compressed_body_is_read_in_any_chunks(
    encoding: str, pack: Callable[[bytes], bytes], content: bytes, size: int
) -> None:
    assert read(cut(pack(content), size), content_encoding=encoding) == content


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
def test_large_compressed_body_is_read(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    content = os.urandom(300_000)
    assert read(cut(pack(content), 65_536), limit=300_000, content_encoding=encoding) == content


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
def test_limit_applies_to_the_decompressed_size(
    encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    assert len(read([pack(b"x" * LIMIT)], content_encoding=encoding)) == LIMIT
    with pytest.raises(BodyTooLargeError, match="100000"):
        read([pack(b"x" * (LIMIT + 1))], content_encoding=encoding)


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=5), st.integers(0, 20))
def test_gzip_members_are_joined_and_padding_is_ignored(parts: list[bytes], padding: int) -> None:
    packed = b"".join(gzip.compress(part) for part in parts) + b"\0" * padding
    assert read([packed], content_encoding="gzip") == b"".join(parts)


def test_too_many_gzip_members_are_refused() -> None:
    with pytest.raises(InvalidRequestError, match="members"):
        read([gzip.compress(b"") * 4500], content_encoding="gzip")


def test_gzip_bomb_takes_no_more_memory_than_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    tracemalloc.start()
    with pytest.raises(BodyTooLargeError):
        read([bomb], content_encoding="gzip")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize("encoding", ["", "identity", "none", "Identity"])
def test_encodings_for_an_uncompressed_body(encoding: str) -> None:
    assert read([b"abc"], content_encoding=encoding) == b"abc"


@pytest.mark.parametrize("encoding", ["GZIP", " gzip ", "x-gzip"])
def test_encoding_is_case_insensitive(encoding: str) -> None:
    assert read([gzip.compress(b"abc")], content_encoding=encoding) == b"abc"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_unsupported_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(UnsupportedMediaTypeError, match="gzip, deflate or identity"):
        read([b"abc"], content_encoding=encoding)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_empty_body_is_empty_in_any_encoding(encoding: str) -> None:
    assert read([], content_encoding=encoding) == b""


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_plain_body_with_a_compressed_encoding_is_refused(encoding: str) -> None:
    with pytest.raises(InvalidRequestError, match=encoding):
        read([b"\x0a\x03plain"], content_encoding=encoding)


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
@given(data=st.data())
def test_truncated_compressed_body_is_refused(
    encoding: str, pack: Callable[[bytes], bytes], data: st.DataObject
) -> None:
    packed = pack(b"some content " * 20)
    length = data.draw(st.integers(1, len(packed) - 1))
    with pytest.raises(InvalidRequestError):
        read([packed[:length]], content_encoding=encoding)


def test_content_length_over_the_limit_is_refused_before_the_body_is_read() -> None:
    with pytest.raises(BodyTooLargeError):
        asyncio.run(_read([], limit=LIMIT, seconds=60, headers={"content-length": str(LIMIT + 1)}))


def test_body_without_content_length_is_limited() -> None:
    assert len(read([b"x" * 1000] * 100)) == LIMIT
    with pytest.raises(BodyTooLargeError):
        read([b"x" * 1000] * 101)


def test_body_that_does_not_arrive_times_out() -> None:
    started: list[Message] = [{"type": "http.request", "body": b"x", "more_body": True}]
    with pytest.raises(RequestTimeoutError, match=r"0\.05 s"):
        asyncio.run(_read(started, limit=LIMIT, seconds=0.05, headers={}))


def test_connection_closed_early_is_an_invalid_request() -> None:
    gone: list[Message] = [
        {"type": "http.request", "body": b"x", "more_body": True},
        {"type": "http.disconnect"},
    ]
    with pytest.raises(InvalidRequestError, match="closed"):
        asyncio.run(_read(gone, limit=LIMIT, seconds=60, headers={}))
