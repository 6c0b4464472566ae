"""A browser that once came with an API key."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignIn:
    """It may do what the key may, until `expires_ns`: nanoseconds since 1970."""

    workspace_id: str
    key_id: str
    expires_ns: int
