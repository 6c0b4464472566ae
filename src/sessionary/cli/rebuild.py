"""`sessionary rebuild`."""

from sessionary.cli.options import ApiKey, AsJson, DatabaseUrl, Place, ServerUrl
from sessionary.cli.output import figures
from sessionary.cli.output.console import out, print_json
from sessionary.cli.output.progress import follow


def rebuild(
    as_json: AsJson = False,
    database_url: DatabaseUrl = None,
    url: ServerUrl = None,
    api_key: ApiKey = None,
) -> None:
    """Rebuild all traces and sessions from the spans."""
    report = follow(Place(url, database_url, api_key), "/v2/sessions/rebuild", action="Rebuilding")
    if as_json:
        print_json(report)
        return
    traces = figures.several(report["traces"], "trace")
    out.print(f"rebuilt: {figures.several(report['sessions'], 'session')}, {traces}")
