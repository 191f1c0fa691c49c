"""Commands that question a graph: whether it is true to its texts, why it says something, what changed, and what to take out."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.query import GRAPH_HELP
from kg.graph import find
from kg.identity import BASE

if TYPE_CHECKING:
    from kg.trust.checks import Problem
    from kg.trust.verify import Verdict

INCOMPLETE = 3
_GRAPH = click.option("--graph", "directory", type=click.Path(), help=GRAPH_HELP)
_SOURCES = click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder with the texts, under whatever names [default: where the graph says they were].",
)
_SHOWN, _FEW = 20, 3


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, path_type=Path))
@_GRAPH
@_SOURCES
@click.option("--again", is_flag=True, help="Read the sources anew as well, and compare every statement; takes as long as a build.")
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "json"]))
def verify(file: Path | None, directory: str | None, sources: Path | None, *, again: bool, form: str) -> None:
    """Checks that a graph is true to its texts: digests, offsets, quotes, names, claims and facts.

    FILE is a graph's directory or an RDF file, also one that somebody else made: whoever has the texts can check it.

    \b
    Examples:
      kg verify
      kg verify received.ttl --sources texts/

    Ends with 0 if everything holds, 1 if something does not, 3 if all that could be checked holds and sources are changed or gone.
    """
    from kg.trust import verify as work  # noqa: PLC0415 - each command imports what it needs

    place = file or find(directory)
    verdict = work.verify(place, sources)
    problems = list(verdict.problems)
    if again:
        from kg.trust.again import again as reread  # noqa: PLC0415

        problems += reread(place, sources)
    if form == "json":
        click.echo(json.dumps(work.rows(verdict, problems), ensure_ascii=False, indent=1))
    else:
        _tell(verdict, problems)
    sys.exit(1 if problems else INCOMPLETE if verdict.hanging else 0)


COMMANDS = (verify,)


def _tell(verdict: Verdict, problems: list[Problem]) -> None:
    counts = Counter(problem.rule for problem in problems)
    for problem in problems[:_SHOWN]:
        click.echo(safe(f"{problem.rule}: {problem.thing.strip('<>').removeprefix(BASE)}: {problem.message}"))
    if len(problems) > _SHOWN:
        click.echo(f"and {len(problems) - _SHOWN:,} more; --format json lists them all")
    for each in verdict.hanging:
        wanted = each.source.wanted
        name = wanted.locator or wanted.title or wanted.document
        click.echo(safe(f"{each.source.state}: {name}: {each.claims:,} claims hang on it, {len(each.facts):,} facts on nothing else"))
        for fact in each.facts[:_FEW]:
            click.echo(safe(f"  {fact}"))
    checked = f"{verdict.claims:,} claims in {verdict.documents - len(verdict.hanging):,} of {verdict.documents:,} texts checked"
    listed = ", ".join(f"{rule} ({number:,})" for rule, number in sorted(counts.items()))
    click.echo(f"{checked}: {listed or 'all hold'}")


def safe(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)
