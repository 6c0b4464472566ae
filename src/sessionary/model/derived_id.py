"""Ids for what a project sends under an id that belongs to another owner.

A key of one project cannot write to an id derived for another project: from an id of that form
it gets an id derived again.
"""

import hashlib
import re

TRACE_PREFIX = "5e551011"
"""The first digits of every derived trace id."""

_TRACE_DIGITS = 32
# What would end the name of the project too soon, and what escapes it.
_ESCAPED = ("%", "(", ")")
_SESSION = re.compile(r" \(project [^()]*\)\Z")


def derived_trace_id(project_id: str, trace_id: str) -> str:
    """The trace id that a project gets in place of one that it does not own."""
    digest = hashlib.sha256(f"{project_id}\0{trace_id}".encode()).hexdigest()
    return (TRACE_PREFIX + digest)[:_TRACE_DIGITS]


def derived_session_id(project_id: str, session_id: str) -> str:
    """The external id that a project gets in place of one that it does not own."""
    return session_id + session_suffix(project_id)


def session_suffix(project_id: str) -> str:
    """The end of the project's derived external ids."""
    for character in _ESCAPED:
        project_id = project_id.replace(character, f"%{ord(character):02X}")
    return f" (project {project_id})"


def is_derived_trace_id(trace_id: str) -> bool:
    """Whether the id has the form of a derived one."""
    return trace_id.startswith(TRACE_PREFIX)


def names_other_project(project_id: str, session_id: str) -> bool:
    """Whether the external id has the form of one derived for another project."""
    is_derived = _SESSION.search(session_id) is not None
    return is_derived and not session_id.endswith(session_suffix(project_id))
