"""A project: a part of a workspace, named by its spans or by a record of its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Project:
    """`created_ns` is 0 for a project that only spans name; its name is then its id."""

    id: str
    name: str
    created_ns: int
    sessions_count: int = 0
    traces_count: int = 0
