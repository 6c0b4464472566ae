"""`sessionary verify`."""

import typer

from sessionary.cli.client import Json
from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output import figures
from sessionary.cli.output.console import out, print_json
from sessionary.cli.output.progress import follow


def verify(
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Recompute all from the spans and print each difference; exit code 1 where there is one."""
    report = follow(Place(url, database_url, api_key), "/v2/sessions/verify", action="Comparing")
    if as_json:
        print_json(report)
    else:
        _print(report)
    if report["differences"]:
        raise typer.Exit(1)


def _print(report: Json) -> None:
    sessions = figures.several(report["sessions"], "session")
    compared = f"{sessions}, {figures.several(report['traces'], 'trace')}"
    differences = report["differences"]
    if not differences:
        out.print(f"no difference: {compared}")
        return
    for found in differences:
        kind = found["kind"].removesuffix("s")
        out.print(
            f"{kind} {found['id']}: {found['field']} is {found['stored']}, "
            f"the spans give {found['derived']}",
            markup=False,
            soft_wrap=True,
        )
    several = figures.several(len(differences), "difference")
    out.print(f"\n{several} in {compared}; `sessionary rebuild` repairs them")
