"""A trace: one turn of a session, as recorded by one program."""

from dataclasses import dataclass

from sessionary.model.session import Billing, Counts, ModelUse, Usage


@dataclass(frozen=True, slots=True)
class Trace:
    """One trace; `session_id` is the session's external id, empty where it has none.

    Times are nanoseconds since 1970. `call_span_ids` are the spans whose figures count.
    """

    trace_id: str
    session_id: str
    project_id: str
    name: str
    started_ns: int
    ended_ns: int
    contact_id: str
    tags: tuple[str, ...]
    providers: tuple[str, ...]
    billing: Billing
    usage: Usage
    counts: Counts
    models: tuple[ModelUse, ...]
    call_span_ids: tuple[str, ...]
