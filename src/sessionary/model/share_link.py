"""A link that shows one session to anyone who has it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShareLink:
    """Times are nanoseconds since 1970; `session_id` is the session's `_id`."""

    id: str
    workspace_id: str
    session_id: str
    with_messages: bool
    created_ns: int
    created_by: str
    expires_ns: int

    def is_expired(self, now_ns: int) -> bool:
        """Whether its time is over."""
        return self.expires_ns <= now_ns
