"""`sessionary prices`: custom prices, their effect, and re-pricing of stored calls."""

from typing import Annotated
from urllib.parse import quote

import typer

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output import figures
from sessionary.cli.output.console import err, out, print_json
from sessionary.cli.output.listing import print_list
from sessionary.cli.output.progress import follow
from sessionary.cli.prices.options import (
    AnyModel,
    AudioInput,
    AudioOutput,
    CacheRead,
    CacheWrite,
    From,
    Input,
    Model,
    Output,
    Provider,
    Requests,
    rates_body,
    scope_body,
)
from sessionary.cli.prices.tables import PRICES, changed_models, changed_sessions, summary

prices = typer.Typer(help="Own prices of models.", no_args_is_help=True)

_PATH = "/v2/prices"


@prices.command("list")
def list_prices(
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """List the own prices."""

    print_list(
        Place(url, database_url, api_key),
        _PATH,
        PRICES,
        as_json=as_json,
        empty="There are no own prices: `sessionary prices set MODEL` sets one.",
    )


@prices.command("set")
def set_price(
    model: Model,
    input: Input = None,
    output: Output = None,
    cache_read: CacheRead = None,
    cache_write: CacheWrite = None,
    audio_input: AudioInput = None,
    audio_output: AudioOutput = None,
    requests: Requests = None,
    provider: Provider = "",
    since: From = None,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Set a price for the calls that arrive from now on; `apply` prices those that are stored."""
    body = scope_body(model, provider, since) | rates_body(
        input_per_million=input or "0",
        output_per_million=output or "0",
        cache_read_per_million=cache_read,
        cache_write_per_million=cache_write,
        audio_input_per_million=audio_input,
        audio_output_per_million=audio_output,
        per_thousand_requests=requests,
    )

    async def work(client: Client) -> Json:
        return await client.put(_PATH, body)

    made = ask(Place(url, database_url, api_key), work)
    if as_json:
        print_json(made)
        return
    out.print(f"set {made['id']}", markup=False)
    err.print(f"Stored calls have their cost until `sessionary prices apply '{model}'`.")


@prices.command()
def preview(
    model: AnyModel = "*",
    input: Input = None,
    output: Output = None,
    cache_read: CacheRead = None,
    cache_write: CacheWrite = None,
    audio_input: AudioInput = None,
    audio_output: AudioOutput = None,
    requests: Requests = None,
    provider: Provider = "",
    since: From = None,
    without: Annotated[
        str | None,
        typer.Option(metavar="ID", help="As if this price were removed.", show_default=False),
    ] = None,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Show what `apply` would change: with current prices, or with one set or removed."""
    scope = scope_body(model, provider, since)
    rates = rates_body(
        input_per_million=input,
        output_per_million=output,
        cache_read_per_million=cache_read,
        cache_write_per_million=cache_write,
        audio_input_per_million=audio_input,
        audio_output_per_million=audio_output,
        per_thousand_requests=requests,
    )
    place = Place(url, database_url, api_key)
    result = follow(place, f"{_PATH}/preview", action="Pricing", body=_tried(scope, rates, without))
    if as_json:
        print_json(result)
        return
    out.print(summary(result), markup=False)
    if result["calls"]:
        for table in (changed_models(result), changed_sessions(result)):
            out.print()
            out.print(table)


def _tried(scope: Json, rates: Json, without: str | None) -> Json:
    if without is not None:
        return {"without": without}
    if rates:
        return {"price": {"input_per_million": "0", "output_per_million": "0"} | scope | rates}
    return {"scope": scope}


@prices.command()
def apply(
    model: AnyModel = "*",
    provider: Provider = "",
    since: From = None,
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Price stored calls again, by the prices that hold; what clients reported stays."""
    place = Place(url, database_url, api_key)
    _apply(place, scope_body(model, provider, since), as_json=as_json)


@prices.command()
def remove(
    id: Annotated[str, typer.Argument(help="The id, as `sessionary prices list` shows it.")],
    and_apply: Annotated[bool, typer.Option("--apply", help="Price its calls again.")] = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Remove an own price; the list's price holds again."""

    async def work(client: Client) -> list[Json]:
        known = (await client.get(_PATH))["data"]
        await client.delete(f"{_PATH}/{quote(id, safe='')}")
        return [price for price in known if price["id"] == id]

    place = Place(url, database_url, api_key)
    (price,) = ask(place, work)
    out.print(f"removed {id}", markup=False)
    if and_apply:
        scope = scope_body(price["model"], price.get("provider", ""), price.get("valid_from"))
        _apply(place, scope, as_json=False)


def _apply(place: Place, scope: Json, *, as_json: bool) -> None:
    result = follow(place, f"{_PATH}/apply", action="Pricing", body=scope)
    if as_json:
        print_json(result)
    else:
        out.print(f"re-priced {figures.several(result['calls'], 'call')}")
