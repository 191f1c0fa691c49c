"""The residue of documents for people: on the terminal, as JSON, and as a page on which a missed sentence becomes a gold annotation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from kg.errors import GraphError
from kg.trust import page, sources
from kg.trust.annotation import blank
from kg.trust.ledger import Ledger, lines
from kg.trust.residue import Piece, Residue, residue, totals

_COLOURS = {"gave": "green", "refused": "yellow", "missed": None}
# One click begins a gold entry at a sentence; the file is made in the page, which has no network.
_SCRIPT = """
addEventListener("click", event => {
  const button = event.target.closest("button[data-gold]"); if (!button) return;
  const name = button.dataset.name, made = (window.gold ??= {})[name] ??= [];
  made.push(JSON.parse(button.dataset.gold)); button.disabled = true; button.textContent = "added";
  const link = document.getElementById("save-" + button.dataset.number);
  link.hidden = false; link.download = name + ".json";
  link.href = "data:application/json;charset=utf-8," + encodeURIComponent(JSON.stringify({document: {}, papers: made}, null, 1));
});
"""


@contextmanager
def read(documents: Sequence[Path], folder: Path | None, texts: Path | None) -> Iterator[list[Residue]]:
    """Residues of files, or of all documents of a graph's directory.  `GraphError` if none of its sources is there."""
    if folder is None:
        yield [residue(path) for path in documents]
        return
    with sources.found(sources.wanted(Ledger(lines(folder)), folder), texts) as found:
        files = [source.file for source in found if source.file]
        if not files:
            raise GraphError(f"none of the sources of {folder} is there; give their folder with --sources")
        yield [residue(file.path, file.locator) for file in files]


def as_text(residues: Iterable[Residue]) -> str:
    """Each document with its sentences, those that gave nothing with the reason; then the totals."""
    residues = list(residues)
    parts = [f"{_title(each)}\n{''.join(_line(each, piece) for piece in each.pieces)}\n" for each in residues]
    return "".join(parts) + as_totals(residues)


def as_totals(residues: Iterable[Residue]) -> str:
    residues = list(residues)
    pieces = [piece for each in residues for piece in each.pieces]
    gave = sum(piece.outcome == "gave" for piece in pieces)
    counted = "".join(f"{number:8,}  {reason}\n" for reason, number in sorted(totals(residues).items(), key=lambda item: (-item[1], item[0])))
    return f"{gave:,} of {len(pieces):,} sentences in {len(residues):,} documents gave facts; why the others did not:\n{counted}"


def as_json(residues: Iterable[Residue]) -> str:
    residues = list(residues)
    documents = {
        each.document.source.locator: [
            {"start": piece.span.start, "end": piece.span.end, "outcome": piece.outcome, "notes": piece.notes} for piece in each.pieces
        ]
        for each in residues
    }
    return json.dumps({"totals": dict(totals(residues)), "documents": documents}, ensure_ascii=False, indent=1) + "\n"


def as_html(residues: Iterable[Residue]) -> str:
    residues = list(residues)
    ordered = sorted(totals(residues).items(), key=lambda item: (-item[1], item[0]))
    body = ['<p><mark class="gave">gave facts</mark> <mark class="refused">refused</mark> <mark class="missed">gave nothing</mark></p>']
    body.append(page.rows(("why nothing was taken", "sentences"), ordered))
    return page.page("What reading left over", [*body, *(_document(number, each) for number, each in enumerate(residues))], _SCRIPT)


def _document(number: int, each: Residue) -> str:
    text, at, parts = each.document.text, 0, []
    for piece in each.pieces:
        if piece.span.start >= at:
            parts += [page.text(text[at : piece.span.start]), _mark(number, each, piece)]
            at = piece.span.end
    parts.append(page.text(text[at:]))
    save = f'<a id="save-{number}" hidden>Save the gold file that was begun</a>'
    return f'<details><summary>{page.text(_title(each))}</summary>{save}<div class="text">{"".join(parts)}</div></details>'


def _mark(number: int, each: Residue, piece: Piece) -> str:
    words = each.document.quote(piece.span)
    marked = f'<mark class="{piece.outcome}" title="{page.text("; ".join(piece.notes))}">{page.text(words)}</mark>'
    if piece.outcome == "gave":
        return marked
    gold = page.text(json.dumps(blank(words), ensure_ascii=False))
    name = page.text(each.document.source.locator.rsplit("/", 1)[-1])
    return f'{marked}<button data-number="{number}" data-name="{name}" data-gold="{gold}" title="a gold entry begins here">+</button>'


def _line(each: Residue, piece: Piece) -> str:
    words = "".join(c if c.isprintable() else " " for c in each.document.quote(piece.span))
    note = "; ".join(piece.notes)
    return f"{piece.span.start:7} {click.style(words, fg=_COLOURS[piece.outcome])}\n        {click.style(f'{piece.outcome}: {note}', dim=True)}\n"


def _title(each: Residue) -> str:
    return "".join(c if c.isprintable() else " " for c in each.document.source.locator)
