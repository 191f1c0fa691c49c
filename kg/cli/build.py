"""Commands that read documents: build a graph of many, or show the facts of one."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
import pyoxigraph as ox

from kg import identity, rdf, registry, spread
from kg.engines import cluster
from kg.facts import FORMS, Form
from kg.manifest import Manifest
from kg.model import Entity, Fact, Object
from kg.ontology import PREFIXES
from kg.pipeline import BuildReport, build, extract, read

INCOMPLETE = 3
_least = click.option(
    "--min-confidence", default=0.0, show_default=True, type=click.FloatRange(0, 1), metavar="X", help="Refuse facts less sure than this."
)


@click.command("build")
@click.argument("paths", nargs=-1, required=True)
@click.option("--out", default="graph", show_default=True, type=click.Path(file_okay=False), help="The graph's directory, replaced whole.")
@click.option("--engine", default="processes", show_default=True, metavar="WHERE", help="local, processes, or the address of a Dask scheduler.")
@click.option("--facts", default="nq.gz", show_default=True, type=click.Choice(FORMS), help="What a cluster's workers write.")
@click.option("--jobs", default=0, type=click.IntRange(min=0), metavar="N", help="Processes that read documents [default: one for each processor].")
@_least
@click.option("--decisions", type=click.Path(dir_okay=False), metavar="FILE", help="Decisions by hand [default: decisions.txt in the graph].")
@click.option("--store", metavar="URL", help="Put the graph on a SPARQL server too; #IRI after the address names a graph there.")
@click.option("--allow-net", is_flag=True, help="Fetch the http and https addresses among PATHS; nothing else uses the network.")
def build_command(
    paths: tuple[str, ...],
    out: str,
    engine: str,
    facts: Form,
    jobs: int,
    min_confidence: float,
    decisions: str | None,
    *,
    store: str | None,
    allow_net: bool,
) -> None:
    """Reads documents and makes a graph of them: files, folders, archives, patterns and addresses, in any mix.

    \b
    Examples:
      kg build reviews/
      kg build notes.md 'posts/**/*.html' --out music --jobs 4
      kg build tables/ crawl.warc.gz --out /shared/graph --engine tcp://scheduler:8786 --store http://server:7878

    Ends with 0 if every document was read, 3 if the graph was built without those that are named, 1 if nothing was built.
    """
    try:
        with _progress() as progress:
            if cluster.is_address(engine):
                report = spread.build(
                    paths, out, engine, form=facts, min_confidence=min_confidence, decisions_file=decisions, fill=store is None, progress=progress
                )
            else:
                report = build(
                    paths,
                    out,
                    jobs=_jobs(engine, jobs),
                    min_confidence=min_confidence,
                    decisions_file=decisions,
                    allow_net=allow_net,
                    progress=progress,
                )
    except KeyboardInterrupt:
        click.echo("\nkg: stopped; the graph is as it was, and what was read is kept for the next build", err=True)
        sys.exit(130)
    _tell(report)
    if store is not None:
        number = registry.plugin("store", "server").open(store).replace(report.folder / "graph.nt")
        click.echo(f"{number:,} triples uploaded and counted")
    if not report.complete:
        sys.exit(INCOMPLETE)


@click.command("extract")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--format", "form", default="nquads", show_default=True, type=click.Choice(["nquads", "turtle", "jsonl"]))
@_least
def extract_command(file: str, form: str, min_confidence: float) -> None:
    """Writes the facts of one document to standard output, and nothing else.

    \b
    Example:
      kg extract notes.md --format jsonl
    """
    document = read(file)
    facts = [finding for finding in extract(document, min_confidence) if isinstance(finding, Fact)]
    if form == "jsonl":
        for row in sorted({json.dumps(_row(fact), ensure_ascii=False) for fact in facts}):
            click.echo(row)
        return
    lines = rdf.lines(document, facts)
    for line in _turtle(lines) if form == "turtle" else lines:
        click.echo(line)


COMMANDS = (build_command, extract_command)


def _turtle(lines: list[str]) -> Iterator[str]:
    data = ox.serialize(rdf.parse("\n".join(lines)), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert data is not None
    yield from data.decode().splitlines()


def _row(fact: Fact) -> dict[str, object]:
    evidence = fact.evidence
    return {
        "subject": identity.iri(fact.subject),
        "predicate": fact.predicate,
        "object": _shown(fact.object),
        "quote": evidence.quote,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "stance": evidence.stance,
        "confidence": evidence.confidence,
        "extractor": evidence.extractor,
    }


def _shown(value: Object) -> object:
    """An entity by its address; numbers as they are written."""
    if isinstance(value, Entity):
        return identity.iri(value)
    return value if isinstance(value, bool | int) else str(value)


def _jobs(engine: str, jobs: int) -> int:
    if engine == "local":
        return 1
    if engine == "processes":
        return jobs or os.cpu_count() or 1
    raise click.BadParameter(f"{engine!r} is neither local nor processes nor an address such as tcp://scheduler:8786", param_hint="--engine")


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error while it is a terminal; Click's own, which is there already."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="Reading", file=sys.stderr, show_pos=True) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show


def _tell(report: BuildReport) -> None:
    made = report.manifest
    for failure in made.failures:
        click.echo(f"kg: {failure.locator}: {failure.reason}", err=True)
    for problem in made.decisions:
        click.echo(f"kg: decisions: {problem}", err=True)
    for double in made.doubles:
        click.echo(f"{double.locator} is {double.reason}" if double.reason.startswith("the same") else f"{double.locator} {double.reason}")
    anew = f"{report.read} read, the others unchanged" if report.read < len(made.documents) else "all read"
    counts = ", ".join(f"{made.counts[kind]:,} {kind}" for kind in ("papers", "people", "topics", "facts"))
    click.echo(f"{len(made.documents):,} documents ({anew}): {counts}")
    click.echo(_refused(made))
    done = "built" if report.changed else "nothing changed"
    click.echo(f"{report.folder.name}: {done}" if report.complete else f"{report.folder.name}: {done}, without {len(made.failures)} documents")


def _refused(made: Manifest) -> str:
    """How many passages were refused, most frequent reason first."""
    reasons: Counter[str] = Counter()
    for document in made.documents:
        reasons.update(document.rejected)
    if not reasons:
        return "nothing refused"
    listed = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return f"{sum(reasons.values()):,} refused: " + ", ".join(f"{reason} ({number:,})" for reason, number in listed)
