"""`kg vocabulary`: ties the topics of a graph to the vocabularies of others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from kg import pipeline, thesauri, vocabularies
from kg.cli.query import GRAPH_HELP
from kg.cli.table import table
from kg.graph import find, open_graph

_GRAPH = click.option("--graph", "directory", type=click.Path(), help=GRAPH_HELP)


@click.group("vocabulary")
def vocabulary_group() -> None:
    """Tie topics to the concepts of other vocabularies."""


@vocabulary_group.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE…")
@_GRAPH
def add(files: tuple[Path, ...], directory: str | None) -> None:
    """Match the graph's topics with vocabularies by their names: skos:exactMatch, or skos:closeMatch for an alternative name.

    A file is SKOS in RDF (.ttl .nt .nq .trig .rdf .owl .jsonld), the Computer Science Ontology (RDF or CSV), or OpenAlex topics (JSON
    lines or CSV), compressed or not.  The topics keep their own addresses; a name that means several things matches nothing.  A
    vocabulary of the same file name replaces what was matched before: add it again after a build that brought new topics.

    \b
    Examples:
      kg vocabulary add CSO.3.5.ttl
      kg vocabulary add openalex-topics.jsonl.gz thesaurus.rdf
    """
    folder = find(directory)
    store = open_graph(folder).store
    kept = list(vocabularies.load(folder))
    for path in files:
        name = path.name.split(".", 1)[0] or path.name
        found, ambiguous = vocabularies.matches(store, name, thesauri.said(path))
        kept = [match for match in kept if match.vocabulary != name] + found
        counts = Counter(match.relation for match in found)
        click.echo(
            f"{name}: {counts[vocabularies.EXACT]:,} exact and {counts[vocabularies.CLOSE]:,} close matches, {ambiguous:,} names left as ambiguous"
        )
    del store
    vocabularies.save(folder, kept)
    pipeline.merge_again(folder)
    click.echo(f"{folder.name}: built")


@vocabulary_group.command("list")
@_GRAPH
def list_vocabularies(directory: str | None) -> None:
    """List the vocabularies that topics are tied to."""
    counts = Counter((match.vocabulary, match.relation) for match in vocabularies.load(find(directory)))
    names = sorted({name for name, _ in counts})
    click.echo(
        table(
            ("vocabulary", "exact", "close"), [(name, *(f"{counts[name, r]:,}" for r in (vocabularies.EXACT, vocabularies.CLOSE))) for name in names]
        )
    )


COMMANDS = (vocabulary_group,)
