"""The commands that list all there is of something."""

from collections.abc import Sequence

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.options import Place
from sessionary.cli.output.console import out, print_json
from sessionary.cli.output.tables import Column, table_of


def print_list(
    place: Place,
    path: str,
    columns: Sequence[Column],
    *,
    as_json: bool,
    empty: str,
    **parameters: str,
) -> None:
    """Print what the API lists at `path`, one line each, or `empty` where there is nothing.

    Raises:
        ApiError: the request failed.
    """

    async def work(client: Client) -> Json:
        return await client.get(path, **parameters)

    answer = ask(place, work)
    if as_json:
        print_json(answer)
    elif answer["data"]:
        out.print(table_of(answer["data"], columns))
    else:
        out.print(empty)
