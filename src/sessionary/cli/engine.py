"""The app in this process, for the commands that need it."""

from typing import TYPE_CHECKING

from sessionary.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

ADDRESS_FILE = "server.json"
"""In the data folder while a server runs on it: its address and process id."""


def make_app(settings: Settings, *, is_listening: bool = True) -> "FastAPI":
    """The whole server but for the listening; nothing is opened before its lifespan starts."""
    # The engine takes a second or two to import, which a command that only asks a running server
    # need not wait for.
    from sessionary.app import create_app  # noqa: PLC0415

    return create_app(settings, is_listening=is_listening)
