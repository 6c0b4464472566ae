"""`sessionary version`."""

from sessionary import __version__
from sessionary.cli.output.console import out


def version() -> None:
    """Print the version."""
    out.print(f"sessionary {__version__}")
