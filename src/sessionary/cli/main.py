"""The `sessionary` command: its list of subcommands, and how an error ends it."""

import sys

import typer

from sessionary.cli.console import complain
from sessionary.cli.rebuild import rebuild
from sessionary.cli.sample import sample
from sessionary.cli.serve import serve
from sessionary.cli.sessions_export import export_sessions
from sessionary.cli.sessions_list import list_sessions
from sessionary.cli.sessions_show import show_session
from sessionary.cli.verify import verify
from sessionary.cli.version import version
from sessionary.errors import SessionaryError

INTERRUPTED = 130

app = typer.Typer(
    name="sessionary",
    help="A self-hosted ledger of LLM sessions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
sessions = typer.Typer(help="Look at sessions.", no_args_is_help=True)
sessions.command("list")(list_sessions)
sessions.command("show")(show_session)
sessions.command("export")(export_sessions)

app.command("serve")(serve)
app.add_typer(sessions, name="sessions")
app.command("verify")(verify)
app.command("rebuild")(rebuild)
app.add_typer(sample, name="sample")
app.command("version")(version)


def run() -> None:
    """Run the command line; an error of ours is one sentence on stderr and exit code 1."""
    try:
        app()
    except SessionaryError as error:
        complain(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
