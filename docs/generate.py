"""Write docs/settings.md, docs/cli.md, docs/openapi.json and the tables of docs/traces.md.

`--check` only compares.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from typer import Context
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from sessionary.app import create_app
from sessionary.cli.main import app
from sessionary.cli.options import flag_of, variable_of
from sessionary.model.trace_filter import Field
from sessionary.services.traces.aggregate import is_metric
from sessionary.settings import Settings
from sessionary.store.traces.fields import FIELDS, KEYED_FIELDS

FOLDER = Path(__file__).parent
_FIELDS = re.compile(r"(<!-- Fields: .* -->\n).*(<!-- End of fields. -->)", re.DOTALL)
NOTE = "<!-- Made by `python docs/generate.py`; `make lint` checks that it is up to date. -->"


def main() -> int:
    """Write the pages, or with `--check` say which are out of date; the exit code."""
    traces = FOLDER / "traces.md"
    pages = {
        FOLDER / "settings.md": settings_page(),
        FOLDER / "cli.md": cli_page(),
        FOLDER / "openapi.json": openapi_page(),
        traces: traces_page(traces.read_text()),
    }
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text() != text]
    if "--check" not in sys.argv:
        for path, text in pages.items():
            path.write_text(text)
        return 0
    for path in stale:
        sys.stderr.write(f"{path.name} is out of date: run python docs/generate.py\n")
    return 1 if stale else 0


def settings_page() -> str:
    """Every setting, its flag, variable and default."""
    lines = [
        "# Settings",
        "",
        NOTE,
        "",
        "Every setting is a flag of `sessionary serve` and an environment variable.",
        "The flag wins.",
        "",
        "| Flag | Variable | Default | Meaning |",
        "| --- | --- | --- | --- |",
    ]
    for name, field in Settings.model_fields.items():
        default = "off" if field.default is False else f"`{field.default}`"
        default = "none" if field.default == "" else default
        cells = (f"`{flag_of(name)}`", f"`{variable_of(name)}`", default, field.description or "")
        lines.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
    lines += [
        "",
        "The other commands read `SESSIONARY_DATABASE_URL` too, `SESSIONARY_URL`: the address of a "
        "server to ask, and `SESSIONARY_API_KEY`: the key to ask it with.",
    ]
    return "\n".join(lines) + "\n"


def openapi_page() -> str:
    """What a server serves at /openapi.json."""
    return json.dumps(create_app(Settings()).openapi(), indent=2, ensure_ascii=False) + "\n"


def cli_page() -> str:
    """Every command with its arguments and flags."""
    lines = [
        "# Commands",
        "",
        NOTE,
        "",
        "All commands but `serve` and `version` go through the HTTP API.",
        "They ask the server that `--url` names, else the server that runs on the data folder.",
        "Where none runs, they open the data folder themselves for as long as they take.",
        "They exit with 0; after a failure with 1 and one sentence on stderr; after a mistyped "
        "command line with 2.",
    ]
    root = get_command(app)
    for words, command in _commands(root, "sessionary"):
        lines += ["", *_section(words, command)]
    return "\n".join(lines) + "\n"


def traces_page(page: str) -> str:
    """The page, with the table of fields between its two marks regenerated."""
    lines = ["| Field | Type | Of | Operators | Use | Also called |"]
    lines.append("| --- | --- | --- | --- | --- | --- |")
    lines += [f"| {' | '.join(_field_cells(field))} |" for field in (*FIELDS, *KEYED_FIELDS)]
    return re.sub(_FIELDS, "\\1" + "\n".join(["", *lines, ""]) + "\\2", page)


def _field_cells(field: Field) -> list[str]:
    uses = {
        "sort": field.is_sortable,
        "group": field.is_groupable,
        "facet": field.is_facet,
        "metric": is_metric(field),
    }
    return [
        f"`{field.name}{'KEY' if field in KEYED_FIELDS else ''}`",
        ", ".join(f"`{choice}`" for choice in field.choices) or field.type.value,
        field.scope.value,
        ", ".join(field.operators),
        ", ".join(use for use, can in uses.items() if can),
        ", ".join(f"`{alias}`" for alias in field.aliases),
    ]


def _commands(command: object, words: str) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperCommand):
        yield words, command
    elif isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            yield from _commands(inner, f"{words} {name}")


def _section(words: str, command: TyperCommand) -> list[str]:
    arguments = [p for p in command.params if isinstance(p, TyperArgument)]
    options = [p for p in command.params if isinstance(p, TyperOption)]
    usage = " ".join([words, *(a.metavar or str(a.name).upper() for a in arguments)])
    lines = [f"## {words}", "", (command.help or "").strip(), "", f"    {usage}"]
    rows = [(_names(o), o.help or "", _default(o)) for o in options]
    rows = [row for row in rows if row[0]]
    if words.endswith(" serve"):
        rows = [("`--sample`", *row[1:]) for row in rows if "--sample" in row[0]]
        lines += ["", "And a flag for every [setting](settings.md)."]
    if rows:
        lines += ["", "| Flag | Meaning | Default |", "| --- | --- | --- |"]
        lines += [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return lines


def _type(option: TyperOption) -> str:
    """As in the command's `--help`, such as INT, DATETIME or PATH."""
    return option.metavar or option.display_type(Context(get_command(app))).strip("<>").upper()


def _names(option: TyperOption) -> str:
    name = "/".join([*option.opts, *option.secondary_opts])
    return f"`{name}`" if option.is_flag else f"`{name} {_type(option)}`"


def _default(option: TyperOption) -> str:
    if option.default is None or option.default is False:
        return ""
    if option.default is True:
        return f"`{option.opts[0]}`"
    return f"`{option.default}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
