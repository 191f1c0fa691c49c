"""`kg export`, `kg formats` and `kg validate`: products of a graph, and whether it holds together."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from kg import registry
from kg.cli.query import GRAPH_HELP
from kg.cli.table import table
from kg.errors import ExportError
from kg.exporters.description import RDF, Description
from kg.graph import open_graph
from kg.protocols import Exporter
from kg.validate import violations

DESCRIPTION = "dataset.ttl"
_GRAPH = click.option("--graph", "directory", type=click.Path(), help=GRAPH_HELP)


@click.command()
@click.argument("form", metavar="FORMAT")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to write; - is standard output [default: a file named after the format]."
)
@_GRAPH
def export(form: str, output: Path | None, directory: str | None) -> None:
    """Write the graph in another format; `kg formats` lists them.

    A file of RDF gets a description of the dataset beside it, dataset.ttl.

    \b
    Examples:
      kg export pyvis
      kg export turtle -o graph.ttl
      kg export bibtex -o -
    """
    exporter: Exporter = registry.plugin("exporter", form)
    store = open_graph(directory).store
    if str(output) == "-":
        for part in exporter.export(store):
            click.echo(part, nl=False)
        return
    path = output or Path(f"{exporter.name}{exporter.suffix}")
    write(path, exporter.export(store))
    click.echo(path)
    if isinstance(exporter, RDF):
        write(path.with_name(DESCRIPTION), Description().export(store))


@click.command()
def formats() -> None:
    """List the formats of `kg export`."""
    exporters: tuple[Exporter, ...] = registry.plugins("exporter")
    click.echo(table(("format", "file", "holds"), [(e.name, e.name + e.suffix, e.summary) for e in exporters]))


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_GRAPH
@click.option("--checks-only", is_flag=True, help="Leave out SHACL, which takes minutes on a large graph.")
def validate(file: Path | None, directory: str | None, checks_only: bool) -> None:
    """Check a graph, or an RDF file, against the ontology's shapes.

    Exit status 1 if anything is wrong.

    \b
    Example:
      kg validate graph.ttl
    """
    store = registry.plugin("store", "memory").open(file) if file else open_graph(directory).store
    found = list(violations(store, shapes=not checks_only))
    if not found:
        click.echo("all shapes and checks hold")
        return
    click.echo(table(("severity", "rule", "where", "message"), [(v.severity, v.rule, v.focus, v.message) for v in found]))
    sys.exit(any(v.severity == "violation" for v in found))


def write(path: Path, parts: Iterable[bytes]) -> None:
    """Writes beside the place and moves the whole in, so that a reader never sees a half; `ExportError` if it cannot be written."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}; choose another place with -o") from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}; free some space or choose another place with -o") from error
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


COMMANDS = (export, formats, validate)
