"""Reads the keywords that a record or a review lists for a paper: "Keywords: …", "Tags: #…", the keywords field of BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import identity
from kg.annotators import vocabulary
from kg.annotators.labels import meaning
from kg.extractors.cells import cells
from kg.extractors.passages import Passage
from kg.model import Document, Entity, Span

_KEYWORD = re.compile(r"[^,;|·•\n#、；，。]+")
# What people file papers under that is no subject.
_SHELVES = frozenset(
    "to read,toread,to-read,read,unread,reading,skimmed,important,favourite,favorite,favourites,favorites,todo,to do,done,later,review,reviewed,paper,papers,article,misc,other,others,new,own,thesis,survey,"
    "must read,must-read,interesting,key,core,seminal,background,related work,cited,to cite,draft,published,printed,conference,journal,workshop,oral,poster,spotlight,keywords,tags,none,n/a".split(
        ","
    )
)
_LONGEST = 5


def keywords(document: Document, passage: Passage) -> Iterator[tuple[Entity, Span]]:
    """Each keyword as a topic, with its place; those of the vocabulary by their kind."""
    for span in dict.fromkeys(_fields(document, passage)):
        view = document.view(span)
        for match in _KEYWORD.finditer(view.text):
            word = " ".join(match.group().strip(" \t\"'“”*_.").split())
            if entity := _topic(word):
                start = match.start() + match.group().index(word.split()[0])
                yield entity, view.span(start, match.start() + len(match.group().rstrip(" \t\"'“”*_.")))


def _fields(document: Document, passage: Passage) -> Iterator[Span]:
    for entry in passage.entries:
        yield from (field.span for field in entry.fields if field.label == "keywords")
        for span in (*entry.head, *entry.body):
            yield from (cell.span for cell in cells(document, span) if meaning(cell.name) == "keywords")


def _topic(word: str) -> Entity | None:
    plain = word.replace("-", " ").replace("_", " ")
    if not re.search(r"[^\W\d_]{2}", word) or word.casefold() in _SHELVES or plain.casefold() in _SHELVES or len(plain.split()) > _LONGEST:
        return None
    known = [label for label in vocabulary.labels().get(vocabulary.key(plain), ()) if not label.cues]
    return known[0].entity if known else identity.topic(word.replace("_", " "), "Topic")
