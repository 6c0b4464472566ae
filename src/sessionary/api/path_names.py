"""`{id:name}` in a path: an id of the caller's own making, which may have slashes and line ends."""

from starlette.convertors import PathConvertor, register_url_convertor


class _NameConvertor(PathConvertor):
    """Any text at all."""

    regex = "(?s:.+)"


def register() -> None:
    """Have paths know `name`; to be called before they are added."""
    register_url_convertor("name", _NameConvertor())
