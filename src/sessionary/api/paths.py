"""What a path may hold: `{session_id:name}` takes any text."""

from starlette.convertors import PathConvertor, register_url_convertor


class _NameConvertor(PathConvertor):
    """Any text at all: an external id may have slashes and line ends."""

    regex = "(?s:.+)"


def register() -> None:
    """Make `:name` known; before a route uses it."""
    register_url_convertor("name", _NameConvertor())
