"""What a receiver hands to the buffer, and what it gets back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Submission:
    """One accepted request: an ExportTraceServiceRequest in protobuf, decompressed.

    `project_id` is the project of its key; empty is a key of the whole workspace.
    """

    workspace_id: str
    body: bytes
    project_id: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What was taken is durable and visible; `rejected` spans were not, for `reasons`."""

    rejected: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The reasons as one sentence, empty when all was taken."""
        return "; ".join(self.reasons)
