"""Finds the texts that a graph was read from, by what they hold: a source may have moved, and still be the same text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from kg import inputs, manifest, registry
from kg.errors import InputError
from kg.inputs import Input
from kg.merge.triples import local, text
from kg.pipeline import read
from kg.readers.decoding import decode
from kg.spool import spooled
from kg.trust.ledger import DIGEST, NAME, Ledger

State = Literal["there", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that a graph speaks of: the digest of its text, and its locator where a manifest tells it."""

    document: str
    digest: str
    title: str
    locator: str


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a source; `text` and `file` are None unless it is there."""

    wanted: Wanted
    state: State
    text: str | None = None
    file: Input | None = None


def wanted(ledger: Ledger, folder: Path | None) -> list[Wanted]:
    """The documents of a ledger, with what the manifest of its `folder` adds."""
    made = manifest.read(folder) if folder else None
    locators = {built.name: built.locator for built in made.documents} if made else {}
    return [_wanted(ledger, document, locators) for document in ledger.of_kind("doc")]


@contextmanager
def found(documents: list[Wanted], folder: Path | None) -> Iterator[list[Found]]:
    """The text of each document, from below `folder`, else from where its locator leads from here; the files stay for the context."""
    with TemporaryDirectory(prefix="kg-") as spool:
        files = list(_below(folder, Path(spool)) if folder else _located(documents))
        texts = _by_digest(files, {document.digest for document in documents})
        names = {file.locator.split("/", 1)[-1] for file in files}
        yield [_found(document, texts, names) for document in documents]


def _wanted(ledger: Ledger, document: str, locators: Mapping[str, str]) -> Wanted:
    digest = next(iter(ledger.values(document, DIGEST)), '""')
    title = next(iter(ledger.values(document, NAME)), '""')
    return Wanted(document, text(digest).removeprefix("sha256:"), text(title), locators.get(local(document), ""))


def _found(document: Wanted, texts: Mapping[str, tuple[str, Input]], names: set[str]) -> Found:
    if document.digest in texts:
        return Found(document, "there", *texts[document.digest])
    there = document.locator.split("/", 1)[-1] in names if document.locator else False
    return Found(document, "changed" if there else "gone")


def _below(folder: Path, spool: Path) -> Iterator[Input]:
    suffixes = {suffix for reader in registry.plugins("reader") for suffix in reader.suffixes}
    yield from spooled([folder], spool, suffixes, allow_net=False)


def _located(documents: list[Wanted]) -> Iterator[Input]:
    """A locator is the name of the folder that was given and the way from there."""
    here = Path.cwd()
    for document in documents:
        for base in (here, here.parent):
            if document.locator and (path := base / document.locator).is_file():
                yield Input(document.locator, path)
                break


def _by_digest(files: list[Input], due: set[str]) -> dict[str, tuple[str, Input]]:
    """Texts by their digests.  Most formats are their own text, so a reader is only asked for what is still missing."""
    found: dict[str, tuple[str, Input]] = {}
    unread = []
    for file in files:
        plain = _decoded(file)
        digest = hashlib.sha256(plain.encode()).hexdigest() if plain is not None else ""
        if plain is not None and digest in due:
            found[digest] = (plain, file)
        else:
            unread.append(file)
    for file in unread if due - found.keys() else ():
        try:
            document = read(file.path, file.locator)
        except InputError:
            continue
        if document.digest in due:
            found[document.digest] = (document.text, file)
    return found


def _decoded(file: Input) -> str | None:
    try:
        return decode(inputs.contents(file.path, file.locator), file.locator)
    except InputError:
        return None
