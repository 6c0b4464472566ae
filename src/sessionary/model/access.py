"""Who asks, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum

LOCAL_WORKSPACE = "default"
"""The workspace of requests without a key; its admins also manage the other workspaces."""


class Scope(StrEnum):
    """What a key may do."""

    INGEST = "ingest"
    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


_IMPLIED = {
    Scope.INGEST: frozenset({Scope.INGEST}),
    Scope.READ: frozenset({Scope.READ}),
    Scope.WRITE: frozenset({Scope.WRITE, Scope.READ}),
    Scope.ADMIN: frozenset(Scope),
}


@dataclass(frozen=True, slots=True)
class Principal:
    """Who a request comes from. `key_id` is empty where no key was needed.

    An empty `project_id` is all projects of the workspace; else what is ingested without a
    project gets this one, and nothing of another one is read.
    """

    workspace_id: str
    scopes: frozenset[Scope]
    project_id: str = ""
    key_id: str = ""
    name: str = "local"

    def sees(self, project_id: str) -> bool:
        """Whether what is in that project is any of its business."""
        return self.project_id in {"", project_id}

    def may(self, scope: Scope) -> bool:
        """Whether one of the scopes is, or includes, this one."""
        return any(scope in _IMPLIED[held] for held in self.scopes)


LOCAL = Principal(LOCAL_WORKSPACE, frozenset(Scope))
"""A request in local mode."""
