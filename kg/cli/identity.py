"""Commands about who is who: what was merged and why, decisions by hand, and all that is known of one thing."""

from __future__ import annotations

from pathlib import Path

import click

from kg import profile
from kg.cli.table import table
from kg.errors import GraphError, QueryError
from kg.graph import Graph, open_graph
from kg.identity import BASE
from kg.merge import decisions
from kg.merge.decisions import Decision, Verdict
from kg.profile import Statement, Thing

_graph = click.option("--graph", "directory", type=click.Path(), help="The graph's directory [default: $KG_GRAPH, else found from here upwards].")
_file = click.option("--decisions", "path", type=click.Path(dir_okay=False), help="The file of decisions [default: decisions.txt in the graph].")
_reason = click.option("--reason", default="", help="Why, for those who read the file.")
_NEAREST = 12
_LONGEST = 160  # characters of a sentence in a table


@click.command()
@click.option("--kind", help="Only paper, person, topic, event, result, award or doc.")
@click.option("--limit", default=40, show_default=True, type=click.IntRange(min=1), help="Rows of each of the two tables.")
@_graph
def merges(kind: str | None, limit: int, directory: str | None) -> None:
    """Shows what was merged and why, and what was nearly merged and why not; the most doubtful first.

    \b
    Example:
      kg merges --kind person
    """
    rows = [row for row in profile.rows_of_merges(open_graph(directory)) if kind in (None, row["kind"])]
    done = sorted((row for row in rows if row["merged"]), key=lambda row: (row["score"], row["canonical"], row["other"]))
    near = sorted((row for row in rows if not row["merged"]), key=lambda row: (-float(str(row["score"])), row["canonical"], row["other"]))
    for title, listed in ((f"merged: {len(done):,}", done), (f"kept apart, or to be looked at: {len(near):,}", near)):
        click.echo(f"{title}{f', {limit} shown' if len(listed) > limit else ''}")
        cells = [
            [f"{row['score']:.2f}", _short(row["canonical"]), _short(row["other"]), str(row["rule"]), str(row["detail"])] for row in listed[:limit]
        ]
        click.echo(table(("score", "stays", "other", "rule", "detail"), cells) + "\n")


@click.command()
@click.argument("first")
@click.argument("second")
@_reason
@_file
@_graph
def same(first: str, second: str, reason: str, path: str | None, directory: str | None) -> None:
    """Decides that two names mean one thing, for every later build.

    \b
    Example:
      kg same "J. Smith" person/jane-smith --reason "see her home page"
    """
    _decide("same", first, second, reason=reason, path=path, directory=directory)


@click.command()
@click.argument("first")
@click.argument("second")
@_reason
@_file
@_graph
def different(first: str, second: str, reason: str, path: str | None, directory: str | None) -> None:
    """Decides that two names mean two things; with a document as the second, that the name means another thing there.

    \b
    Examples:
      kg different person/j-smith--0a1b2c3d4e person/jane-smith
      kg different topic/clap doc/my-notes-0a1b2c3d4e
    """
    _decide("different", first, second, reason=reason, path=path, directory=directory)


@click.command()
@click.argument("name")
@_graph
def show(name: str, directory: str | None) -> None:
    """Shows all that is known of a person, paper, topic, event or document: who says it, how many, in which words.

    \b
    Example:
      kg show "contrastive learning"
    """
    graph = open_graph(directory)
    told = profile.profile(graph, profile.one(graph, name))
    thing = told.thing
    click.echo(f"{_plain(thing.labels[0])} ({thing.kind})\n{thing.iri}")
    if len(thing.labels) > 1:
        click.echo(f"also: {'; '.join(map(_plain, thing.labels[1:]))}")
    cells = [[statement.relation, statement.other, _voices(statement, writers), _cut(statement.sentence)] for statement, writers in told.statements]
    click.echo("\n" + table(("relation", "what", "said by", "sentence"), cells))
    if told.neighbours:
        near = "; ".join(f"{_plain(label)} ({papers})" for label, papers in told.neighbours[:_NEAREST])
        click.echo(f"\nbeside it on papers: {near}")
    for line in told.merges:
        click.echo(f"merged: {_plain(line)}")


COMMANDS = (merges, same, different, show)


def _decide(verdict: Verdict, first: str, second: str, *, reason: str, path: str | None, directory: str | None) -> None:
    graph = open_graph(directory)
    one, two = _address(graph, first), _address(graph, second)
    if one == two:
        raise QueryError(f"both names lead to {_short(one)}; give the two addresses as `kg merges` lists them")
    if verdict == "same" and _kind(one) != _kind(two):
        raise QueryError(f"{_short(one)} and {_short(two)} are of different kinds; only things of one kind can be the same")
    if graph.directory is None:
        raise GraphError("this graph has no directory to write decisions to; name a file with --decisions")
    target = Path(path) if path else graph.directory / decisions.NAME
    known = decisions.load(target)
    new = Decision.of(verdict, one, two, reason)
    contrary = next((item for item in known.items if (item.first, item.second) == (new.first, new.second) and item.verdict != verdict), None)
    decisions.save(target, known.plus(new))
    if contrary:
        click.echo(f"takes the place of: {_plain(str(contrary))}", err=True)
    click.echo(f"{target.name}: {_plain(str(new))}\nbuild again to see it done")


def _address(graph: Graph, name: str) -> str:
    """The address as it was given, also one that was merged away; else that of the one thing of the name."""
    thing: Thing = profile.one(graph, name)
    given = name.strip("<>") if "://" in name else f"{BASE}{name}"
    return given if "/" in name and given != thing.iri and " " not in name else thing.iri


def _voices(statement: Statement, writers: int) -> str:
    """The number of independent writers, and the catalogues whose records say it too."""
    return ", ".join([*([str(writers)] if writers or not statement.records else []), *statement.records])


def _kind(address: str) -> str:
    return address.removeprefix(BASE).split("/", 1)[0]


def _short(address: object) -> str:
    return str(address).removeprefix(BASE)


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1]}…"


def _plain(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)
