"""`kg serve`: a graph over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.query import GRAPH_HELP
from kg.errors import KgError
from kg.graph import find

_MEBIBYTE = 1 << 20


@click.command()
@click.option("--graph", "directory", type=click.Path(), help=GRAPH_HELP)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; any but a local one lets others in.")
@click.option("--port", default=8585, show_default=True, type=click.IntRange(0, 65535), help="0 takes any that is free.")
@click.option(
    "--timeout", default=10.0, show_default=True, type=click.FloatRange(min=0.1), metavar="SECONDS", help="A query is stopped after so long."
)
@click.option("--memory", default=1024, show_default=True, type=click.IntRange(min=256), metavar="MIB", help="What one query may use.")
@click.option("--rows", default=1_000_000, show_default=True, type=click.IntRange(min=1), metavar="N", help="What one answer may have.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Queries at a time [default: two for each processor, four at least].")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="Answer also to this name in the Host header; * is any.")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN", help="Let pages of this origin ask, such as https://example.org.")
def serve(
    *,
    directory: str | None,
    host: str,
    port: int,
    timeout: float,
    memory: int,
    rows: int,
    workers: int | None,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
) -> None:
    """Serve the graph over HTTP: SPARQL 1.1, a page for each thing, an API. Read-only.

    A graph that is built anew is taken up while the service runs. Needs `pip install 'paperkg[serve]'`.

    \b
    Example:
      kg serve --port 8585
    """
    try:
        from kg.service.limits import Limits
        from kg.service.server import run
    except ImportError as error:
        raise KgError("the service needs other packages: pip install 'paperkg[serve]'") from error
    limits = Limits(workers=workers or Limits().workers, memory=memory * _MEBIBYTE, rows=rows, deadline=timeout)
    run(Path(find(directory)).absolute(), host, port, limits=limits, hosts=frozenset(hosts), origins=frozenset(origins))


COMMANDS = (serve,)
