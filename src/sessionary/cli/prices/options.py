"""Options of commands for calls and their prices."""

from typing import Annotated

import typer

from sessionary.cli.client import Json

_ANY = "A name in any case, * any characters."


def _rate(flag: str, text: str) -> object:
    help_text = f"US dollars per {text}."
    return typer.Option(flag, metavar="USD", help=help_text, show_default=False)


Model = Annotated[str, typer.Argument(help=_ANY)]
AnyModel = Annotated[str, typer.Argument(help=f"{_ANY} All models by default.")]
Provider = Annotated[
    str, typer.Option(metavar="TEXT", help="Only calls by this provider.", show_default=False)
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="TIME",
        help="Only calls that started from then on: 2026-01-31 or 2026-01-31T12:00:00Z.",
        show_default=False,
    ),
]
# As text, so that no digit is lost on the way.
Input = Annotated[str | None, _rate("--input", "million input tokens")]
Output = Annotated[str | None, _rate("--output", "million output tokens")]
CacheRead = Annotated[str | None, _rate("--cache-read", "million tokens read from a cache")]
CacheWrite = Annotated[str | None, _rate("--cache-write", "million tokens written to a cache")]
AudioInput = Annotated[str | None, _rate("--audio-input", "million input tokens of audio")]
AudioOutput = Annotated[str | None, _rate("--audio-output", "million output tokens of audio")]
Requests = Annotated[str | None, _rate("--requests", "thousand calls, in addition to tokens")]


def scope_body(model: str, provider: str, since: str | None) -> Json:
    """The calls of a model."""
    return {"model": model, "provider": provider} | ({"valid_from": since} if since else {})


def rates_body(**rates: str | None) -> Json:
    """The rates that were given, by the API's names."""
    return {name: rate for name, rate in rates.items() if rate is not None}
