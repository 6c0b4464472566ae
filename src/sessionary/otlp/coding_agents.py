"""Which coding agent sent a span: by its own scope, else by the name of its service."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from sessionary.otlp.conventions import CONVENTIONS
from sessionary.otlp.decode import SpanColumns

_SERVICE_NAME = "service.name"
# Service names of agents whose spans have no convention of their own here.
_SERVICES = {
    "aider": "aider",
    "claude-code": "claude-code",
    "cline": "cline",
    "codex": "codex",
    "codex-cli": "codex",
    "codex_cli_rs": "codex",
    "codex_exec": "codex",
    "copilot-chat": "copilot",
    "copilot-cli": "copilot",
    "cursor": "cursor",
    "gemini-cli": "gemini-cli",
    "github-copilot": "copilot",
    "goose": "goose",
    "opencode": "opencode",
    "qwen-code": "qwen-code",
    "roo-code": "roo-code",
}
_SCHEME = re.compile(r"^(?:[a-z+]+://(?:[^@/]*@)?|git@)")


def clients(spans: SpanColumns) -> pa.Array:
    """The agent's name, as orq's API has it (`claude-code`); empty for any other program."""
    by_scope = pa.array([_of_scope(scope) for scope in spans.scopes], pa.string())
    by_service: list[str] = [""] * spans.resources.owners
    rows = spans.resources.rows(_SERVICE_NAME)
    names = spans.resources.text.take(pa.array(rows)).to_pylist()
    for owner, name in zip(spans.resources.owner[rows].tolist(), names, strict=True):
        by_service[owner] = _SERVICES.get(name.strip().lower(), "")
    services = pa.array(by_service, pa.string()).take(pa.array(spans.resource))
    return pc.coalesce(by_scope.take(pa.array(spans.scope)), services)


def _of_scope(scope: str) -> str | None:
    name = scope.lower()
    return next((c.client for c in CONVENTIONS if c.client and name.startswith(c.scopes)), None)


def repository(value: str) -> str:
    """`github.com/o/r`, whichever way the address of a repository is written."""
    name = _SCHEME.sub("", value.strip()).removesuffix("/").removesuffix(".git")
    host, colon, path = name.partition(":")
    return f"{host}/{path}" if colon and "/" not in host and not path[:1].isdigit() else name
