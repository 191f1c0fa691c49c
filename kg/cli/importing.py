"""`kg import`: a graph out of RDF files."""

from __future__ import annotations

from pathlib import Path

import click

from kg.importing import import_files


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", default="graph", show_default=True, type=click.Path(file_okay=False, path_type=Path), help="The graph's directory, replaced whole."
)
def import_command(files: tuple[Path, ...], out: Path) -> None:
    """Makes a graph of RDF files: those that `kg export` wrote, or RDF of others in the words of the ontology.

    \b
    Example:
      kg import graph.ttl --out other
    """
    counts = import_files(files, out).counts
    click.echo(f"{counts['triples']:,} triples: {', '.join(f'{counts[kind]:,} {kind}' for kind in ('papers', 'people', 'topics'))}")
    click.echo(f"{out.name}: built")


COMMANDS = (import_command,)
