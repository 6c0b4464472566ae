"""The `sessionary` command: its list of subcommands, and how an error ends it."""

import sys

import typer

from sessionary.cli.audit import audit
from sessionary.cli.contacts.list import list_contacts
from sessionary.cli.contacts.show import show_contact
from sessionary.cli.keys import keys
from sessionary.cli.output.console import complain
from sessionary.cli.prices.commands import prices
from sessionary.cli.projects import projects
from sessionary.cli.rebuild import rebuild
from sessionary.cli.sample import sample
from sessionary.cli.server.serve import serve
from sessionary.cli.sessions.export import export_sessions
from sessionary.cli.sessions.list import list_sessions
from sessionary.cli.sessions.show import show_session
from sessionary.cli.shares import shares
from sessionary.cli.traces.list import list_traces
from sessionary.cli.traces.show import show_trace
from sessionary.cli.verify import verify
from sessionary.cli.version import version
from sessionary.cli.workspaces import workspaces
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
contacts = typer.Typer(help="Look at contacts.", no_args_is_help=True)
contacts.command("list")(list_contacts)
contacts.command("show")(show_contact)

traces = typer.Typer(help="Look at traces.", no_args_is_help=True)
traces.command("list")(list_traces)
traces.command("show")(show_trace)
sessions.command("export")(export_sessions)

app.command("serve")(serve)
app.add_typer(sessions, name="sessions")
app.add_typer(traces, name="traces")
app.add_typer(contacts, name="contacts")
app.add_typer(shares, name="shares")
app.command("verify")(verify)
app.command("rebuild")(rebuild)
app.add_typer(sample, name="sample")
app.add_typer(prices, name="prices")
app.add_typer(projects, name="projects")
app.add_typer(keys, name="keys")
app.add_typer(workspaces, name="workspaces")
app.command("audit")(audit)
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
