"""A project: a part of a workspace, named by its spans or by a record of its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Project:
    """`created_ns` is 0 for a project that only spans name; its name is then its id.

    `conflicts_count` is how many of its traces are stored apart, since they name a trace or session
    of another owner.
    """

    id: str
    name: str
    created_ns: int
    sessions_count: int = 0
    traces_count: int = 0
    conflicts_count: int = 0
