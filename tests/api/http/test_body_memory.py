"""Memory use of bodies and messages, and the event loop during decompression."""

import asyncio
import gzip
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import httpx
import pytest
from fastapi import Request
from starlette.types import Message

from sessionary.api.http.body import read_body
from sessionary.api.network.body_budget import BodyBudget
from sessionary.errors import BufferFullError
from tests.api.http.test_connections import EXPORT, export, grpc_port, new_grpc_port
from tests.support.keys import ADMIN_KEY, bearer, guarded_server
from tests.support.load import HEADERS, body_of
from tests.support.server import Server

MIB = 1024 * 1024
LARGE = b"\x0a" + bytes(30 * MIB)
AT_ONCE = 12


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that requires a key and listens for gRPC."""
    folder = tmp_path_factory.mktemp("guarded") / "data"
    with guarded_server(folder, options=("--grpc-port", str(new_grpc_port()))) as running:
        running.post(body_of("before"), headers=bearer(ADMIN_KEY))
        yield running


def test_grpc_messages_without_a_key_are_not_buffered(guarded: Server) -> None:
    """360 MB are refused within a tenth of that memory."""

    def send() -> str:
        options = (("grpc.use_local_subchannel_pool", 1), ("grpc.max_send_message_length", -1))
        target = f"127.0.0.1:{grpc_port(guarded)}"
        with (
            grpc.insecure_channel(target, options=options) as channel,
            pytest.raises(grpc.RpcError) as failed,
        ):
            channel.unary_unary(EXPORT)(LARGE, timeout=60)
        return str(failed.value.code().name)

    assert statuses(send) == {"UNAUTHENTICATED": AT_ONCE}
    assert grown_mib(guarded, send) < 120
    export(guarded)


def test_concurrent_large_bodies_share_a_memory_budget(guarded: Server) -> None:
    """Others are refused with 429 before they are read; a single body always fits."""
    clear_peak(guarded)
    before = memory_mib(guarded, "VmRSS")
    found = statuses(lambda: str(posted(guarded, LARGE).status_code))
    assert set(found) <= {"400", "429"}
    assert found["429"] > 0
    assert memory_mib(guarded, "VmHWM") - before < 300
    assert posted(guarded, LARGE).status_code == 400
    assert posted(guarded, body_of("after")).status_code == 200


def test_refusal_for_lack_of_memory_has_retry_after() -> None:
    """The memory of a request is released when it ends."""
    budget = BodyBudget(100)
    with budget.share("caller") as first, budget.share("caller") as second:
        first.add(500)
        with pytest.raises(BufferFullError) as refused:
            second.add(1)
        assert refused.value.retry_after_seconds > 0
    with budget.share("caller") as third:
        third.add(100)
        third.expect(1)


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: gzip.compress(content, 1)])
def test_event_loop_runs_while_a_body_is_decompressed(
    pack: Callable[[bytes], bytes],
) -> None:
    content = bytes(30 * MIB)
    packed = pack(content)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def run() -> bytes:
        counting = asyncio.create_task(count())
        with BodyBudget(100 * MIB).share("caller") as share:
            body = await read_body(request_of(packed), share, limit=32 * MIB)
            assert share.taken == len(packed) + len(content)
        counting.cancel()
        return body

    assert asyncio.run(run()) == content
    assert turns > 20


def request_of(content: bytes) -> Request:
    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    headers = [(b"content-encoding", b"gzip")]
    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


def statuses(send: Callable[[], str]) -> Counter[str]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(lambda _number: send(), range(AT_ONCE)))


def grown_mib(server: Server, send: Callable[[], str]) -> int:
    """The growth of peak memory while all are sent."""
    clear_peak(server)
    before = memory_mib(server, "VmRSS")
    statuses(send)
    return memory_mib(server, "VmHWM") - before


def posted(server: Server, content: bytes) -> httpx.Response:
    headers = HEADERS | bearer(ADMIN_KEY)
    return httpx.post(f"{server.url}/v1/traces", content=content, headers=headers, timeout=60)


def clear_peak(server: Server) -> None:
    Path(f"/proc/{server.pid}/clear_refs").write_text("5")


def memory_mib(server: Server, name: str) -> int:
    lines = Path(f"/proc/{server.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(name))
