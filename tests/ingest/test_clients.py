"""Exports of unmodified OpenTelemetry programs are listed within a second.

The figures of many libraries are tested in test_fixtures.py; this tests the transport.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.server import Json, Server
from tests.support.waiting import eventually

SECONDS = 1.0
PROGRAM = """
import os, sys, time
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from tests.support.waiting import eventually
if os.environ["OTEL_EXPORTER_OTLP_PROTOCOL"] == "grpc":
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
else:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

options = {}
if len(sys.argv) > 2:
    import grpc
    options["compression"] = getattr(grpc.Compression, sys.argv[2])
provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(**options)))
trace.set_tracer_provider(provider)
tracer = trace.get_tracer("program")
with tracer.start_as_current_span("turn", attributes={"session.id": sys.argv[1]}):
    with tracer.start_as_current_span("chat gpt-4o-mini") as span:
        span.set_attributes({
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": "openai",
            "gen_ai.request.model": "gpt-4o-mini",
            "gen_ai.response.model": "gpt-4o-mini-2024-07-18",
            "gen_ai.usage.input_tokens": 1000,
            "gen_ai.usage.output_tokens": 100,
        })
assert provider.force_flush()
print(time.time())
provider.shutdown()
"""


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, int]]:
    """A server that listens for gRPC, and its gRPC port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("clients") / "data"
    with Server(folder, options=("--grpc-port", str(port))) as server:
        yield server, port


def export(session: str, settings: Mapping[str, str], *options: str) -> None:
    """Run the program to its end, after its exporter has flushed."""
    unset = ("OTEL_", "SESSIONARY_")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(unset)}
    program = subprocess.run(
        [sys.executable, "-c", PROGRAM, session, *options],
        env={**environment, **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert program.returncode == 0, program.stderr
    assert program.stderr == ""


@pytest.mark.parametrize("compression", ["none", "gzip", "deflate"])
def test_http_export_is_listed_when_its_flush_returns(
    receiver: tuple[Server, int], compression: str
) -> None:
    """By the API and the command line, with its tokens and cost."""
    server, _ = receiver
    settings = {
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "OTEL_EXPORTER_OTLP_ENDPOINT": server.url,
        "OTEL_EXPORTER_OTLP_COMPRESSION": compression,
    }
    export(f"http {compression}", settings)
    assert_listed(server, f"http {compression}")


@pytest.mark.parametrize("compression", ["NoCompression", "Gzip", "Deflate"])
def test_grpc_export_is_listed_when_its_flush_returns(
    receiver: tuple[Server, int], compression: str
) -> None:
    """With compression, which this exporter only takes as an argument."""
    server, port = receiver
    settings = {
        "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{port}",
    }
    export(f"grpc {compression}", settings, compression)
    assert_listed(server, f"grpc {compression}")


def assert_listed(server: Server, session: str) -> None:
    """Assert that the API and the command list the session."""
    listed = server.sessions()[session]
    assert_is_the_program(listed)
    (listed,) = (one for one in listed_by_command(server.folder) if one["external_id"] == session)
    assert_is_the_program(listed)


def assert_is_the_program(session: Json) -> None:
    assert session["usage"]["prompt_tokens"] == 1000
    assert session["usage"]["completion_tokens"] == 100
    # 0.15 and 0.60 dollars per million tokens.
    assert session["billing"]["total_cost"] == pytest.approx(0.00021)
    assert session["traces_count"] == 1


def listed_by_command(folder: Path, *options: str) -> list[Json]:
    """The output of `sessionary sessions list --json`."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SESSIONARY_")}
    command = [sys.executable, "-m", "sessionary", "sessions", "list", "--json", *options]
    listing = subprocess.run(
        command,
        env={**environment, "SESSIONARY_DATABASE_URL": f"chdb://{folder}"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert listing.returncode == 0, listing.stderr
    sessions: list[Json] = json.loads(listing.stdout)["data"]
    return sessions


@pytest.mark.parametrize("protocol", ["http/protobuf", "grpc"])
def test_export_is_listed_within_a_second(receiver: tuple[Server, int], protocol: str) -> None:
    """Polled all the while, the API lists the session within a second of the flush."""
    server, grpc_port = receiver
    session = f"at once {protocol}"
    endpoint = f"http://127.0.0.1:{grpc_port}" if protocol == "grpc" else server.url
    environment = {"OTEL_EXPORTER_OTLP_PROTOCOL": protocol, "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, session],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        eventually(lambda: session in server.sessions(), seconds=60, interval=0.01)
        listed = time.time()
        assert program.stdout is not None
        flushed = float(program.stdout.read())
    assert listed - flushed < SECONDS
