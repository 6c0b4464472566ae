"""Every setting: its environment variable is `SESSIONARY_` and the name in capitals."""

import ipaddress
import os
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from sessionary.memory import available_bytes

_MIB = 1024 * 1024


class Settings(BaseSettings):
    """What a server is started with. Flags of `sessionary serve` win over the environment."""

    model_config = SettingsConfigDict(env_prefix="SESSIONARY_", extra="ignore", frozen=True)

    database_url: str = Field(
        default="chdb://./data",
        description="chdb:///folder (embedded), clickhouse://user:password@host:8123/db, "
        "clickhouses://… for TLS; ?cluster=NAME for replicated, sharded tables.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(
        default=4318, ge=0, le=65535, description="OTLP/HTTP, the API and its documentation."
    )
    grpc_port: int = Field(default=4317, ge=0, le=65535, description="OTLP/gRPC; 0 is off.")
    max_connections: int = Field(
        default=1024,
        gt=0,
        description="Most client connections, a quarter of them for gRPC; fewer where the process "
        "may not open as many files (`ulimit -n`).",
    )
    require_auth: bool = Field(
        default=False,
        description="Require an API key on this machine too; on an address that other machines "
        "reach it always is.",
    )
    insecure_no_auth: bool = Field(
        default=False,
        description="Require no API key on an address that other machines reach: "
        "every client that can connect may read and write everything.",
    )
    bootstrap_api_key: str = Field(
        default="",
        description="Make this an admin key of the workspace `default`, the first time that a "
        "server starts with it. Better set as a variable: other users see flags.",
    )
    allowed_hosts: str = Field(
        default="",
        description="More names, separated by commas, under which a server without keys may be "
        "asked and whose pages may ask it; localhost and the address listened on always may.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses and networks of reverse proxies, separated by commas, such as "
        "127.0.0.1,10.0.0.0/8: X-Forwarded-For and X-Forwarded-Proto count in their requests only.",
    )
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^/?#\s]+/?)?$",
        description="Address of the server for its users, such as https://sessionary.example.com: "
        "the start of share links. Needed where it is neither localhost nor an allowed host.",
    )
    rate_limit: int = Field(
        default=100,
        ge=0,
        description="Requests a second of each API key, except for ingest; over it, 429. "
        "0 is any number.",
    )
    ingest_rate_limit: int = Field(
        default=0, ge=0, description="The same for requests that send spans or logs."
    )
    retention_days: int = Field(
        default=0,
        ge=0,
        le=36_500,
        description="Delete sessions, and traces in none, after this many days without activity, "
        "permanently; 0 is never. A workspace can set its own.",
    )
    erasure_seconds: int = Field(
        default=3600,
        ge=60,
        description="What is deleted is removed from disk within this many seconds, usually two "
        "minutes. If that takes longer, an error is logged.",
    )
    max_body_bytes: int = Field(
        default=32 * _MIB, gt=0, description="Largest request body, once decompressed."
    )
    max_attribute_bytes: int = Field(
        default=_MIB, gt=0, description="Longest attribute value; what is over it is cut."
    )
    buffer_bytes: int = Field(
        default=64 * _MIB,
        gt=0,
        description="Most memory that request bodies may take, from the first byte until their "
        "spans are stored; over it, 429. A single body is always accepted.",
    )
    flush_bytes: int = Field(
        default=24 * _MIB, gt=0, description="How much is stored in one go, about."
    )
    flush_interval_ms: int = Field(
        default=20, ge=0, description="How long a flush waits for more requests to join it."
    )
    read_clients: int = Field(
        default=4,
        gt=0,
        description="Queries that run at the same time; no more than there are processors, "
        "but at least 2.",
    )
    query_timeout_seconds: int = Field(default=30, gt=0, description="Longest a read may take.")
    kept_events: int = Field(
        default=10_000, gt=0, description="Events of sessions kept for listeners that resume."
    )
    max_memory_bytes: int = Field(
        default=0,
        ge=0,
        description="Most memory the embedded engine may use; 0 is a quarter of the memory of the "
        "machine or the container, at most 512 MiB.",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for part in filter(None, (part.strip() for part in value.split(","))):
            ipaddress.ip_network(part, strict=False)
        return value

    @property
    def parallel_reads(self) -> int:
        """Reads at the same time, so that they leave some of the processors to ingest."""
        return min(self.read_clients, max(2, os.cpu_count() or 2))

    @property
    def engine_memory_bytes(self) -> int:
        """The memory of the embedded engine."""
        return self.max_memory_bytes or min(512 * _MIB, available_bytes() // 4)

    @property
    def data_folder(self) -> Path | None:
        """The folder of an embedded store, None for a ClickHouse server."""
        scheme, _, path = self.database_url.partition("://")
        return Path(path.partition("?")[0]).absolute() if scheme == "chdb" else None
