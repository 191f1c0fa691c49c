"""`kg query` and `kg queries`: ask a graph."""

from __future__ import annotations

import signal
import subprocess
import sys

import click
import pyoxigraph as ox

from kg import queries, registry
from kg.cli.table import table
from kg.errors import GraphError, QueryError
from kg.exporters.rdf import turtle
from kg.graph import Graph, open_graph
from kg.protocols import Answer
from kg.queries import StockQuery

GRAPH_HELP = "The graph directory [default: $KG_GRAPH, else found in or above the working directory]."
FORMATS = ("table", "csv", "tsv", "json", "turtle")
_RESULTS = {"csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV, "json": ox.QueryResultsFormat.JSON}


@click.command()
@click.argument("words", nargs=-1, metavar="[QUERY | NAME=VALUE...]")
@click.option("-f", "--file", type=click.Path(allow_dash=True), help="Read the query from a file; - is standard input.")
@click.option("--name", help="Ask a stock query; `kg queries` lists them.")
@click.option("--graph", "directory", type=click.Path(), help=GRAPH_HELP)
@click.option("--store", metavar="URL", help="Ask a graph on a SPARQL server instead; #IRI after the address names a graph there.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="[default: table, or turtle for CONSTRUCT and DESCRIBE]")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), help="Give up after so many seconds.")
def query(
    words: tuple[str, ...], *, file: str | None, name: str | None, directory: str | None, store: str | None, form: str | None, timeout: float | None
) -> None:
    """Ask the graph in SPARQL, or by the name of a stock query.

    The prefixes of the ontology (kg:, schema:, skos:, oa:, prov: …) need not be declared.

    \b
    Examples:
      kg query 'SELECT ?title { ?paper a schema:ScholarlyArticle ; schema:name ?title } LIMIT 5'
      kg query --name papers-by-method method=CLAP
      kg query -f question.rq --format csv > answer.csv
    """
    if timeout is not None:
        options = {"file": file, "name": name, "graph": directory, "store": store, "format": form}
        sys.exit(_in_child(words, options, timeout))
    # An answer is computed outside Python, which would not notice Ctrl-C before the end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    graph = open_graph(directory) if store is None else Graph(registry.plugin("store", "server").open(store))
    if name is not None:
        if file is not None:
            raise click.UsageError("give --name or --file, not both")
        stock = queries.find(name)
        _print(graph.ask(name, **_assignments(words)), form, _hidden(stock))
    else:
        _print(Graph.query(graph, _text(words, file)), form, ())


@click.command("queries")
@click.argument("name", required=False)
def list_queries(name: str | None) -> None:
    """List the stock queries, or show one with its parameters.

    \b
    Example:
      kg queries papers-by-method
    """
    if name is None:
        click.echo(table(("name", "question"), [(stock.name, stock.question) for stock in queries.stock().values()]))
        return
    stock = queries.find(name)
    click.echo(f"{stock.title}: {stock.question}\n")
    for parameter in stock.parameters:
        default = f" [default: {parameter.default}]" if parameter.default else ""
        click.echo(f"  {parameter.name}=<{parameter.kind}>  {parameter.help}{default}")
    click.echo(("\n" if stock.parameters else "") + stock.text)


def _in_child(words: tuple[str, ...], options: dict[str, str | None], timeout: float) -> int:
    """Runs this command once more in a process that can be killed: what computes an answer cannot be interrupted."""
    given = [f"--{option}={value}" for option, value in options.items() if value is not None]
    arguments = [sys.executable, "-m", "kg", "query", *given, "--", *words]
    try:
        return subprocess.run(arguments, timeout=timeout, check=False).returncode  # noqa: S603 - our own arguments
    except subprocess.TimeoutExpired as error:
        raise QueryError(f"the query was stopped after {timeout:g} s; ask for less, or give it more --timeout") from error


def _text(words: tuple[str, ...], file: str | None) -> str:
    if (file is None) == (len(words) != 1):
        raise click.UsageError("give one query in quotes, or --file, or --name")
    if file is None:
        return words[0]
    try:
        with click.open_file(file, encoding="utf-8") as opened:
            return str(opened.read())
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file} cannot be read: {error}") from error


def _assignments(words: tuple[str, ...]) -> dict[str, str]:
    for word in words:
        if "=" not in word:
            raise click.UsageError(f"parameters are written name=value, not {word!r}")
    return dict(word.split("=", 1) for word in words)


def _hidden(stock: StockQuery) -> tuple[str, ...]:
    """Parameters are projected so that they can be bound; in a table they only repeat what was asked."""
    return tuple(parameter.name for parameter in stock.parameters)


def _print(answer: Answer, form: str | None, hidden: tuple[str, ...]) -> None:
    try:
        if isinstance(answer, ox.QueryTriples):
            _print_triples(answer, form)
        elif form == "turtle":
            raise QueryError("Turtle is for CONSTRUCT and DESCRIBE; choose table, csv, tsv or json")
        elif isinstance(answer, ox.QuerySolutions) and form in (None, "table"):
            _print_table(answer, hidden)
        elif form in (None, "table"):
            click.echo("yes" if answer else "no")
        else:
            click.echo(answer.serialize(format=_RESULTS[form]), nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise GraphError(f"the store cannot be read: {error}; run `kg build` again, the cache is kept") from error


def _print_triples(answer: ox.QueryTriples, form: str | None) -> None:
    if form not in (None, "table", "turtle"):
        raise QueryError(f"CONSTRUCT and DESCRIBE give triples, not {form}; leave --format out or choose turtle")
    click.echo(turtle(answer), nl=False)


def _print_table(answer: ox.QuerySolutions, hidden: tuple[str, ...]) -> None:
    names = [variable.value for variable in answer.variables]
    shown = [index for index, name in enumerate(names) if name not in hidden]
    rows = [tuple(_cell(solution[index]) for index in shown) for solution in answer]
    click.echo(table(tuple(names[index] for index in shown), rows))
    click.echo(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", err=True)


def _cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))


COMMANDS = (query, list_queries)
