"""The command that completes papers from bibliographic records, of files or of web services."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg import linking, links, pipeline
from kg.cli.table import table
from kg.errors import InputError
from kg.graph import find, open_graph
from kg.linking import Found, Wanted
from kg.records import formats, services
from kg.records.client import Client

_SHOWN = 10


@click.command("link")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--graph", "directory", type=click.Path(), help="The graph's directory [default: $KG_GRAPH, else found from here upwards].")
@click.option("--allow-net", is_flag=True, help="Ask the web services among the sources; nothing else uses the network.")
@click.option(
    "--contact", envvar="KG_CONTACT", default="", metavar="EMAIL", help="Your e-mail address, which web services want to know [default: $KG_CONTACT]."
)
def link_command(sources: tuple[str, ...], directory: str | None, contact: str, *, allow_net: bool) -> None:
    """Completes papers from bibliographic records: authors, identifiers, venue, year, ORCID, affiliations.

    A source is a file, compressed or not (arXiv's snapshot, OpenAlex, Crossref, Semantic Scholar, dblp, the ACL Anthology, BibTeX, RIS,
    CSL-JSON), a folder of such, or a web service: openalex, crossref, arxiv, semantic-scholar.

    \b
    Examples:
      kg link arxiv-metadata-oai-snapshot.json.gz dblp.xml.gz
      kg link openalex --allow-net --contact me@example.org

    What a review said stays; where a record says otherwise both are kept: `kg query --name record-disagreements`.  To undo a link:
    `kg different PAPER doc/RECORD`.
    """
    folder = find(directory)
    papers = linking.wanted(open_graph(folder))
    known = {link.place: link for link in links.load(folder)}
    for words in sources:
        for name, found in _sought(words, papers, _client(words, folder, contact, allow_net=allow_net)):
            known |= {link.place: link for link in found.links}
            _tell(name, found, len(papers))
    links.save(folder, known.values())
    report = pipeline.merge_again(folder)
    for problem in report.manifest.decisions:
        click.echo(f"kg: decisions: {problem}", err=True)
    linked = len({link.paper for link in known.values()})
    click.echo(f"{report.folder.name}: {linked:,} of {len(papers):,} papers have a record")


COMMANDS = (link_command,)


def _client(words: str, folder: Path, contact: str, *, allow_net: bool) -> Client | None:
    """What asks web services, if the words name one."""
    if services.find(words) is None or Path(words).exists():
        return None
    if not allow_net:
        raise InputError(words, "is a web service, and the network is not used unless you allow it; add --allow-net, or give a file of records")
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", contact):
        raise InputError(words, "wants to know whom to write to; add --contact with your e-mail address, or set KG_CONTACT")
    return Client(contact, folder / links.FOLDER / "answers")


def _sought(words: str, papers: list[Wanted], client: Client | None) -> Iterator[tuple[str, Found]]:
    """What each source of the words gives: a service, a file, or every file of a folder."""
    service = services.find(words) if client else None
    if client and service:
        with _progress(f"Asking {service.name}", len(papers)) as progress:
            found = linking.ask(papers, service, client, progress)
        yield service.name, found
        return
    for path in _files(Path(words)):
        form = formats.recognised(path)
        with _progress(f"Reading {path.name}", 0) as progress:
            found = linking.link(papers, formats.heads(path, form), lambda head, form=form, path=path: form.record(head.raw, path.name), progress)  # type: ignore[misc]
        yield path.name, found


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
    if not path.exists():
        names = ", ".join(service.name for service in services.SERVICES)
        raise InputError(str(path), f"there is no such file, and no web service of that name; there are: {names}")
    return [path]


def _tell(name: str, found: Found, papers: int) -> None:
    click.echo(f"{name}: {found.records:,} records, {len(found.links):,} of {papers:,} papers found, {len(found.doubts):,} doubtful")
    if found.doubts:
        cells = [[_plain(doubt.title), _plain(doubt.record.title), doubt.record.key, doubt.reason] for doubt in found.doubts[:_SHOWN]]
        click.echo(table(("paper", "record", "key", "not linked because"), cells))


def _plain(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)


@contextmanager
def _progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A line on standard error while it is a terminal."""
    shown = sys.stderr.isatty()

    def show(done: int) -> None:
        if shown:
            click.echo(f"\r{label}: {done:,}{f' of {total:,}' if total else ''}", err=True, nl=False)

    yield show
    if shown:
        click.echo(err=True)
