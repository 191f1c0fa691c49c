"""The command line: parse, call one function, print.

Each module of this room holds one group of commands in `COMMANDS`; a failure that we know of is one line and exit status 1.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from kg.errors import KgError

# The module of each command: only the one that is asked for is imported, so that a command starts quickly.
MODULES = {
    "build": "build", "extract": "build", "status": "status",
    "query": "query", "queries": "query",
    "export": "export", "formats": "export", "validate": "export",
    "serve": "serve", "import": "importing",
    "merges": "identity", "same": "identity", "different": "identity", "show": "identity",
    "link": "link",
    "verify": "trust", "why": "trust", "diff": "trust", "remove": "trust", "residue": "trust",
    "evaluate": "evaluate", "calibrate": "evaluate", "annotate": "evaluate", "leaderboard": "leaderboard", "vocabulary": "vocabulary",
}  # fmt: skip


class _Group(click.Group):
    """Imports a module of commands when one of them is asked for, and tells known failures in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in MODULES:
            return None
        commands: tuple[click.Command, ...] = import_module(f"kg.cli.{MODULES[cmd_name]}").COMMANDS
        return next(command for command in commands if command.name == cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KgError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"kg: {error}", err=True)
            sys.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of a failure.")
@click.version_option(package_name="paperkg", prog_name="kg")
def main(debug: bool) -> None:
    """Turns reviews of papers into a knowledge graph, with the sentence behind every fact.

    \b
    Example:
      kg build reviews/ --out graph
      kg query --name papers-by-method method=CLAP
      kg export pyvis
    """


__all__ = ["main"]
