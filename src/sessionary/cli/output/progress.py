"""A progress bar on stderr for long work."""

from collections.abc import Mapping

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sessionary.cli.client import Client, Json, ask
from sessionary.cli.options import Place
from sessionary.cli.output.console import err


def follow(
    place: Place, path: str, *, action: str, body: Mapping[str, object] | None = None
) -> Json:
    """Run long work where the data is, a bar a step; its result."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bars:
        steps = {"": bars.add_task(action, total=None)}

        def advance(done: int, total: int, step: str) -> None:
            if step not in steps:
                bars.update(steps[""], visible=False)
                steps[step] = bars.add_task(f"{action} {step}")
            bars.update(steps[step], completed=done, total=total)

        async def work(client: Client) -> Json:
            return await client.follow(path, advance, body)

        return ask(place, work)
