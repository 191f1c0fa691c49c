"""Commands that question a graph: whether it is true to its texts, why it says something, what changed, and what to take out."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.export import write
from kg.cli.query import GRAPH_HELP
from kg.graph import find
from kg.identity import BASE

if TYPE_CHECKING:
    from kg.trust.checks import Problem
    from kg.trust.verify import Verdict
    from kg.trust.why import Reason

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

    A graph that was built with another vocabulary than this version's is told so, and still holds.
    Ends with 0 if everything holds, 1 if something does not, 3 if all that could be checked holds and sources are changed or gone.
    """
    from kg.trust import verify as work

    place = file or find(directory)
    verdict = work.verify(place, sources)
    problems = list(verdict.problems)
    if again:
        from kg.trust.again import again as reread

        problems += reread(place, sources)
    if form == "json":
        click.echo(json.dumps(work.rows(verdict, problems), ensure_ascii=False, indent=1))
    else:
        _tell(verdict, problems)
    wrong = any(problem.rule != work.VOCABULARY for problem in problems)
    sys.exit(1 if wrong else INCOMPLETE if verdict.hanging else 0)


@click.command()
@click.argument("fact", nargs=-1, required=True)
@_GRAPH
@_SOURCES
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "json"]))
def why(fact: tuple[str, ...], directory: str | None, sources: Path | None, form: str) -> None:
    """Shows who says a fact, in which words, how sure that is, and what speaks against it.

    FACT is words, addresses, a row of a query's answer, or any mix of them.

    \b
    Examples:
      kg why CLAP uses PANNs
      kg why paper/neural-widgets-0a1b2c3d4e kg:year
    """
    from kg.trust import asked, opened
    from kg.trust.why import as_json

    with opened.reasons(find(directory), sources) as reasons:
        found = [reasons.of(each) for each in asked.meant(reasons, " ".join(fact))]
    if form == "json":
        click.echo(json.dumps([as_json(reason) for reason in found], ensure_ascii=False, indent=1))
        return
    for reason in found:
        _show(reason)


@click.command()
@click.argument("graphs", nargs=-1, required=True, metavar="OLD NEW")
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "json", "html"]))
@click.option("--exit-code", is_flag=True, help="End with 1 if the graphs differ.")
def diff(graphs: tuple[str, ...], form: str, *, exit_code: bool) -> None:
    """Tells in words what changed between two graphs, each a directory or an RDF file.

    Git calls it for a committed graph after `git config diff.kg.command "kg diff"` and the line `*.ttl diff=kg` in .gitattributes.

    \b
    Examples:
      kg diff graph-of-may graph
      kg diff old.ttl new.ttl --format html > changes.html
    """
    from kg.trust import changes

    old, new = _two(graphs)
    found = changes.between(old, new)
    click.echo({"text": changes.as_text, "json": changes.as_json, "html": changes.as_html}[form](found), nl=False)
    sys.exit(1 if exit_code and found else 0)


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOC...")
@_GRAPH
def remove(documents: tuple[str, ...], directory: str | None) -> None:
    """Takes documents out of the graph: what only they said goes with them, and nothing else.

    DOC is a document's file name, locator, title or address.  It comes back with the next build that is given its file.

    \b
    Example:
      kg remove notes.md
    """
    from kg.trust.remove import remove as work

    made = work(find(directory), documents)
    counts = ", ".join(f"{made.counts[kind]:,} {kind}" for kind in ("papers", "people", "topics", "facts"))
    click.echo(f"{len(made.documents):,} documents are left: {counts}")


@click.command()
@click.argument("documents", nargs=-1, metavar="[DOC...]", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_GRAPH
@_SOURCES
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a page that shows each document with its sentences coloured.",
)
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "json", "totals"]))
def residue(documents: tuple[Path, ...], directory: str | None, sources: Path | None, output: Path | None, form: str) -> None:
    """Shows what reading left over: each sentence with what it gave, or why it gave nothing, and the totals of each reason.

    Without DOC, all documents of the graph are read again.

    \b
    Examples:
      kg residue notes.md
      kg residue --format totals
      kg residue -o residue.html
    """
    from kg.trust import leftovers

    with leftovers.read(documents, None if documents else find(directory), sources) as residues:
        if output:
            write(output, [leftovers.as_html(residues).encode()])
        shown = {"text": leftovers.as_text, "json": leftovers.as_json, "totals": leftovers.as_totals}["totals" if output and form == "text" else form]
        click.echo(shown(residues), nl=False, color=None)


COMMANDS = (verify, why, diff, remove, residue)


def _two(graphs: tuple[str, ...]) -> tuple[Path | None, Path | None]:
    """Git gives path, old file, digest and mode, new file, digest and mode (https://git-scm.com/docs/git#_git_diffs), and more on a renaming."""
    if len(graphs) not in (2, 7, 9):
        raise click.UsageError("give two graphs, the old one first")
    old, new = graphs if len(graphs) == 2 else (graphs[1], graphs[4])
    for path in (old, new):
        if not Path(path).exists():
            raise click.UsageError(f"there is no {path}")
    return (None if old == os.devnull else Path(old)), (None if new == os.devnull else Path(new))


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


def _show(reason: Reason) -> None:
    voices = f"{reason.voices} independent voice{'' if reason.voices == 1 else 's'}"
    click.echo(safe(f"{reason.fact}: {voices if reason.asserted else 'not asserted'}"))
    for each in reason.stated:
        by = ", ".join(filter(None, (each.document, *each.reviewers, each.published)))
        click.echo(safe(f"  {'' if each.stance == 'asserted' else f'[{each.stance}] '}{by}:"))
        click.echo(safe(f"    …{each.before}»{each.quote}«{each.after}…"))
        measured = "not measured" if each.precision is None else f"right in {each.precision:.0%} when measured"
        click.echo(
            safe(f"    read by {each.extractor} ({measured}), confidence {each.confidence:.2f}, characters {each.offsets[0]} to {each.offsets[1]}")
        )
    for line in reason.merged:
        click.echo(safe(f"  merged: {line}"))
    for line in reason.against:
        click.echo(safe(f"  against: {line}"))


def safe(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)
