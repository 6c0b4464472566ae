"""The flags that several commands share, and those that settings bring."""

import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sessionary.errors import ConfigurationError
from sessionary.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        metavar="URL",
        help="The data to look at, as for `serve` (SESSIONARY_DATABASE_URL).",
        show_default=False,
    ),
]
ServerUrl = Annotated[
    str | None,
    typer.Option(
        "--url",
        metavar="URL",
        envvar="SESSIONARY_URL",
        show_envvar=False,
        help="Ask the server at this address (SESSIONARY_URL).",
        show_default=False,
    ),
]
ApiKey = Annotated[
    str | None,
    typer.Option(
        "--api-key",
        metavar="KEY",
        help="The key to ask a server with (SESSIONARY_API_KEY, which other users do not see).",
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True)
class Place:
    """Which data a command is about: a server's, if one is named, else a database's."""

    url: str | None
    database_url: str | None
    api_key: str | None = None

    @property
    def secret(self) -> str:
        """The key to ask a server with, empty where there is none."""
        return self.api_key or os.environ.get("SESSIONARY_API_KEY", "")


def flag_of(setting: str) -> str:
    """The flag of a setting: `--grpc-port`."""
    return f"--{setting.replace('_', '-')}"


def variable_of(setting: str) -> str:
    """The environment variable of a setting: `SESSIONARY_GRPC_PORT`."""
    return f"SESSIONARY_{setting.upper()}"


def takes_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command a flag for every setting; they arrive as keywords, None where not given."""
    declared = inspect.signature(command, eval_str=True).parameters.values()
    own = [parameter for parameter in declared if parameter.kind is not parameter.VAR_KEYWORD]
    flags = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=_annotation(name)
        )
        for name in Settings.model_fields
    ]
    command.__signature__ = inspect.Signature([*own, *flags])  # type: ignore[attr-defined]
    return command


def load_settings(**flags: object) -> Settings:
    """The settings: the given flags, else the environment, else the defaults.

    Raises:
        ConfigurationError: a value is not one that the setting can have.
    """
    given: dict[str, Any] = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        complaints = [_complaint(detail, given) for detail in error.errors()]
        raise ConfigurationError("; ".join(complaints)) from error


def _annotation(name: str) -> object:
    field = Settings.model_fields[name]
    if field.annotation is bool:
        text = f"{field.description} ({variable_of(name)})"
        return Annotated[bool | None, typer.Option(flag_of(name), help=text, show_default=False)]
    # As text, so that an invalid value is reported the same way as one from the environment.
    default = "none" if field.default == "" else field.default
    text = f"{field.description} ({variable_of(name)}, default {default})"
    kind = "NUMBER" if field.annotation is int else "TEXT"
    option = typer.Option(flag_of(name), help=text, metavar=kind, show_default=False)
    return Annotated[str | None, option]


def _complaint(detail: ErrorDetails, given: dict[str, Any]) -> str:
    name = str(detail["loc"][0])
    source = f"{flag_of(name)} " if name in given else f"{variable_of(name)}="
    return f"{source}{detail['input']!r}: {detail['msg'][0].lower()}{detail['msg'][1:]}"
