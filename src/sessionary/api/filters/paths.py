"""A path that a filter names, checked against what the store knows."""

from sessionary.api.http.request_value import BodyPart
from sessionary.store.sessions.paths import PathType, find_path, known_paths, unknown_path

TEXT_TYPES = (PathType.TEXT, PathType.TEXTS)


def path_of(part: BodyPart, types: tuple[PathType, ...]) -> str:
    """A path of one of these types; otherwise a fault that lists them."""
    name = part.text()
    path = find_path(name)
    if name and path is None:
        part.refuse(unknown_path(name, *types))
    elif path is not None and path.type not in types:
        wanted = " or ".join(types)
        part.refuse(
            f"{name[:200]!r} is a {path.type}, this filter is for a {wanted}: {known_paths(*types)}"
        )
    elif not name and isinstance(part.value, str):
        part.refuse(f"is empty; it is one of {known_paths(*types)}")
    return name
