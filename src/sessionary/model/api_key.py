"""An API key, except for the secret, which is not stored."""

from dataclasses import dataclass

from sessionary.model.access import Principal, Scope


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of a workspace. Times are nanoseconds since 1970, 0 where there is none.

    `prefix` is the start of the secret, which identifies it to its owner.
    """

    id: str
    workspace_id: str
    project_id: str
    name: str
    prefix: str
    scopes: tuple[Scope, ...]
    created_ns: int
    created_by: str
    expires_ns: int = 0
    revoked_ns: int = 0
    last_used_ns: int = 0

    def is_expired(self, now_ns: int) -> bool:
        """Whether its time is over."""
        return 0 < self.expires_ns <= now_ns

    @property
    def is_revoked(self) -> bool:
        """Whether it was revoked."""
        return self.revoked_ns > 0

    @property
    def principal(self) -> Principal:
        """The principal of requests with this key."""
        return Principal(
            self.workspace_id, frozenset(self.scopes), self.project_id, self.id, self.name
        )
