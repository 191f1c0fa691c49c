"""`kg leaderboard`: the results on a dataset, ranked, each with its sentence and what makes it unsure."""

from __future__ import annotations

import csv
import io
import json

import click

from kg.cli.query import GRAPH_HELP
from kg.cli.table import table
from kg.exporters.csv import CsvSafe
from kg.graph import open_graph
from kg.leaderboard import Standing, leaderboard

_COLUMNS = ("metric", "kind", "value", "system", "before", "paper", "confidence", "unsure", "document", "sentence")
_SHOWN = ("metric", "value", "system", "before", "paper", "unsure", "source")


@click.command("leaderboard")
@click.argument("dataset")
@click.argument("metric", required=False)
@click.option("--graph", "directory", type=click.Path(), help=GRAPH_HELP)
@click.option("--format", "form", type=click.Choice(("table", "csv", "json")), default="table", show_default=True)
@click.option("--sure", is_flag=True, help="Leave out what was read with doubt.")
def leaderboard_command(dataset: str, metric: str | None, *, directory: str | None, form: str, sure: bool) -> None:
    """Rank the results that are reported on a dataset, best first, with the sentence of each.

    What stands under "unsure" says why a value may have been misread: the sentence names no metric or no system, gives a range, or a
    number of another scale than the others; or the documents give several values.

    \b
    Examples:
      kg leaderboard ImageNet
      kg leaderboard LibriSpeech "word error rate" --format csv
    """
    standings = [standing for standing in leaderboard(open_graph(directory), dataset, metric) if not (sure and standing.doubts)]
    if form == "json":
        click.echo(json.dumps([_object(standing) for standing in standings], ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(_csv(standings), nl=False)
    else:
        click.echo(table(_SHOWN, [_row(standing) for standing in standings]))
        click.echo(f"{len(standings)} result{'' if len(standings) == 1 else 's'}", err=True)


def _row(standing: Standing) -> tuple[str, ...]:
    value = {"gain": f"+ {standing.value}", "claim": "state of the art"}.get(standing.kind, standing.value)
    source = "; ".join(f"{source.document}: {' '.join(source.sentence.split())}" for source in standing.sources)
    return standing.metric, value, standing.system, standing.baseline, standing.paper, ", ".join(standing.doubts), source


def _object(standing: Standing) -> dict[str, object]:
    return {
        "metric": standing.metric,
        "kind": standing.kind,
        "value": standing.value,
        "system": standing.system,
        "before": standing.baseline,
        "paper": standing.paper,
        "confidence": float(standing.confidence),
        "unsure": list(standing.doubts),
        "sources": [{"document": source.document, "sentence": source.sentence} for source in standing.sources],
    }


def _csv(standings: list[Standing]) -> str:
    """One line for each sentence that states a result; a cell that a spreadsheet would run as a formula begins with an apostrophe."""
    lines, safe = io.StringIO(), CsvSafe()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for standing in standings:
        shown = (standing.metric, standing.kind, standing.value, standing.system, standing.baseline, standing.paper)
        for source in standing.sources:
            cells = (*shown, str(standing.confidence), "; ".join(standing.doubts), source.document, source.sentence)
            writer.writerow([safe.cell(cell) for cell in cells])
    return lines.getvalue()


COMMANDS = (leaderboard_command,)
