"""Commands about how good the reading is: against gold files, and how such files are begun and checked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.export import write
from kg.cli.table import table

if TYPE_CHECKING:
    from kg.evaluation.reliability import Group
    from kg.evaluation.summary import Summary

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("gold", metavar="GOLD_DIR", type=_FOLDER)
@click.option("--documents", type=_FOLDER, metavar="DIR", help="The documents that the gold is about [default: GOLD_DIR].")
@click.option("--second", type=_FOLDER, metavar="DIR", help="Gold files of a second annotator, to see how far the two agree.")
@click.option("--into", type=_FOLDER, metavar="GRAPH", help="Leave the figures in a graph's directory, where `kg why` tells them.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a report that shows the misses in their text.")
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(["table", "json"]))
def evaluate(gold: Path, *, documents: Path | None, second: Path | None, into: Path | None, html: Path | None, form: str) -> None:
    """Reads the documents that have gold files, and tells how much of it is right and how much is missing.

    NAME.json in GOLD_DIR is what careful readers say that the document NAME states (docs/reference/gold.md).

    \b
    Examples:
      kg evaluate tests/gold_blind
      kg evaluate gold --documents reviews --html report.html
    """
    from kg.evaluation.agreement import agreement
    from kg.evaluation.measuring import measure_all
    from kg.evaluation.summary import summarised
    from kg.trust.opened import MEASURED
    from kg.trust.report import report

    measured = measure_all(documents or gold, gold)
    summary = summarised(measured, agreement(documents or gold, gold, second) if second else ())
    figures = json.dumps(summary.as_json(), ensure_ascii=False, indent=1) + "\n"
    if html:
        write(html, [report(summary, measured).encode()])
    if into:
        write(into / MEASURED, [figures.encode()])
    if form == "json":
        click.echo(figures, nl=False)
    else:
        _tell(summary)


@click.command()
@click.argument("document", metavar="DOC", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write; - is standard output [default: DOC.json].")
@click.option(
    "--check",
    "checked",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="GOLD",
    help="Only check a gold file of DOC against its text.",
)
@click.option("--missed", type=int, metavar="OFFSET", help="Add to the gold file the paper of the sentence that holds this character.")
def annotate(document: Path, output: Path | None, checked: Path | None, missed: int | None) -> None:
    """Begins a gold file with what was read of a document, for a person to correct.

    \b
    Examples:
      kg annotate notes.md
      kg annotate notes.md --check notes.md.json
      kg annotate notes.md --missed 1042
    """
    from kg.trust import annotation

    path = output or document.with_name(f"{document.name}.json")
    if checked:
        faults = annotation.faults(document, checked)
        click.echo("\n".join(faults) or "everything that the gold file holds stands in the document")
        sys.exit(bool(faults))
    started = annotation.with_missed(document, path, missed) if missed is not None else annotation.begun(document)
    text = json.dumps(started, ensure_ascii=False, indent=1) + "\n"
    if str(path) == "-":
        click.echo(text, nl=False)
    else:
        write(path, [text.encode()])
        click.echo(f"{path}: {len(started['papers'])} papers; correct it, then `kg annotate {document} --check {path}`")


COMMANDS = (evaluate, annotate)


def _tell(summary: Summary) -> None:
    from kg.evaluation.scoring import CORE, SEMANTIC, mean

    fields = [
        (field, f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}", f"{tally.given:,}", f"{tally.due:,}")
        for field, tally in summary.scores.items()
    ]
    click.echo(table(("field", "precision", "recall", "F1", "given", "due"), fields))
    click.echo("\n" + table(("extractor", "facts", "confidence", "precision"), _rows(summary.extractors)))
    click.echo("\n" + table(("confidence", "facts", "mean", "precision"), _rows(summary.steps)))
    click.echo(f"expected calibration error {summary.error:.3f}")
    documents = [
        (name, f"{each['papers'].f1:.3f}", f"{mean(each, CORE):.3f}", f"{mean(each, SEMANTIC):.3f}") for name, each in summary.documents.items()
    ]
    click.echo("\n" + table(("document", "papers", "core", "semantic"), documents))
    if summary.agreement:
        agreed = [(one.field, one.measure, f"{one.value:.3f}", f"{one.answers:,}") for one in summary.agreement]
        click.echo("\n" + table(("field", "measure", "agreement", "answers"), agreed))
    click.echo(
        f"\n{len(documents)} documents, papers F1 {summary.scores['papers'].f1:.3f}, core {mean(summary.scores, CORE):.3f}, semantic {mean(summary.scores, SEMANTIC):.3f}"
    )


def _rows(groups: Iterable[Group]) -> list[tuple[str, ...]]:
    return [(group.name, f"{group.facts:,}", f"{group.confidence:.3f}", f"{group.precision:.3f}") for group in groups]
