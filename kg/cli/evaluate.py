"""Commands about how good the reading is: against gold files, how sure it may be, and how such files are begun and checked."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.export import write
from kg.cli.table import markdown, table

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
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(["table", "json", "markdown"]))
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
    elif form == "markdown":
        click.echo("\n\n".join(f"{title}\n\n{markdown(headers, rows)}" for title, headers, rows in _tables(summary)))
    else:
        click.echo("\n\n".join(table(headers, rows) for _, headers, rows in _tables(summary)))
        click.echo(f"\n{_in_short(summary)}")


@click.command()
@click.argument("golds", metavar="GOLD_DIR[=DOCUMENTS]", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write [default: standard output].")
def calibrate(golds: tuple[str, ...], *, output: Path | None) -> None:
    """Measures what the confidences of each extractor are worth, so that of facts given about 0.9 nine in ten are right.

    The answer is the text of ontology/calibration.toml.  Measure on other documents than those that you test on.

    \b
    Examples:
      kg calibrate tests/gold_practice tests/gold=examples -o ontology/calibration.toml
    """
    from kg.errors import InputError
    from kg.evaluation.calibration import fitted, written
    from kg.evaluation.measuring import measure_all
    from kg.extractors.calibration import as_given

    folders = [(Path(documents or gold), Path(gold)) for gold, _, documents in (each.partition("=") for each in golds)]
    for folder in (folder for pair in folders for folder in pair):
        if not folder.is_dir():
            raise InputError(str(folder), "is no folder; give GOLD_DIR, or GOLD_DIR=DOCUMENTS where the documents are elsewhere")
    with as_given():
        judged = [one for documents, gold in folders for each in measure_all(documents, gold).values() for one in each.judged]
    text = written(fitted(judged))
    if output:
        write(output, [text.encode()])
    else:
        click.echo(text, nl=False)


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


COMMANDS = (evaluate, calibrate, annotate)


def _tables(summary: Summary) -> Iterator[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]]:
    """Each table with what it shows, its headers and its rows."""
    from kg.evaluation.scoring import CORE, SEMANTIC, mean

    yield (
        "Fields against the gold:",
        ("field", "precision", "recall", "F1", "given", "due"),
        [
            (field, f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}", f"{tally.given:,}", f"{tally.due:,}")
            for field, tally in summary.scores.items()
        ],
    )
    measured = ("facts", "confidence", "precision")
    yield "Facts by the extractor that found them:", ("extractor", *measured), _rows(summary.extractors)
    yield f"Facts by how sure they are (expected calibration error {summary.error:.3f}):", ("confidence", *measured), _rows(summary.steps)
    yield "Facts of each extractor by how sure they are:", ("extractor", *measured), _rows(summary.reasons)
    yield (
        "Documents, F1:",
        ("document", "papers", "core", "semantic"),
        [(name, f"{each['papers'].f1:.3f}", f"{mean(each, CORE):.3f}", f"{mean(each, SEMANTIC):.3f}") for name, each in summary.documents.items()],
    )
    if summary.agreement:
        agreed = [(one.field, one.measure, f"{one.value:.3f}", f"{one.answers:,}") for one in summary.agreement]
        yield "Two annotators:", ("field", "measure", "agreement", "answers"), agreed


def _in_short(summary: Summary) -> str:
    from kg.evaluation.scoring import CORE, SEMANTIC, mean

    means = f"papers F1 {summary.scores['papers'].f1:.3f}, core {mean(summary.scores, CORE):.3f}, semantic {mean(summary.scores, SEMANTIC):.3f}"
    return f"{len(summary.documents)} documents, {means}; expected calibration error {summary.error:.3f}"


def _rows(groups: Iterable[Group]) -> list[tuple[str, ...]]:
    return [(group.name, f"{group.facts:,}", f"{group.confidence:.3f}", f"{group.precision:.3f}") for group in groups]
