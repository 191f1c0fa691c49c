"""Marks where concepts are named: those of the vocabulary, and those that only this document names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg import identity
from kg.annotators import acronyms, coinages, phrases, vocabulary
from kg.model import Document, Entity, Entry, Inline, Layer, Mark, Mention, Sentence, Span, View

_NEAR = 1500
_BESIDE = 25
# The letters that words are made of where words are written apart: a name may stand between Chinese characters.
_LATIN = vocabulary.LATIN


@dataclass(frozen=True, slots=True)
class _Text:
    """A sentence or title as a reader sees it."""

    view: View
    title: bool = False


class Mentions:
    """Sentences and titles to mentions.  Mentions of the vocabulary never overlap; a title's phrase may hold one."""

    name = "mentions"
    requires: tuple[type[Mark], ...] = (Sentence, Entry)
    provides: type[Mark] = Mention

    def __call__(self, document: Document) -> Layer:
        texts = [_Text(document.view(sentence.span)) for sentence in document.marks(Sentence)]
        titles = [_Text(document.view(span), title=True) for span in title_spans(document)]
        names = _local_names(texts, titles)
        marks: set[Mention] = {mark for text in (*texts, *titles) for mark in _marked(document, text, names)}
        marks.update(_emphasised(document, [mark.span for mark in marks]))
        found: list[Mention] = sorted(marks, key=_place)
        return Layer(Mention, self.name, tuple(found))


def _place(mark: Mention) -> tuple[Span, str, str]:
    return mark.span, mark.entity.kind, mark.entity.key


def title_spans(document: Document) -> list[Span]:
    return sorted({field.span for entry in document.marks(Entry) for field in entry.fields if field.label == "title"})


def _local_names(texts: Iterable[_Text], titles: Iterable[_Text]) -> dict[str, Entity]:
    """The names that this document gives to things, by their spelling."""
    names: dict[str, Entity] = {}
    for text in titles:
        for name in coinages.in_title(text.view.text):
            _learn(names, text.view.text[name.start : name.end], name.kind)
    for text in texts:
        for name in coinages.in_sentence(text.view.text):
            _learn(names, text.view.text[name.start : name.end], name.kind)
    for text in (*texts, *titles):
        for pair in acronyms.definitions(text.view.text):
            _define(names, " ".join(text.view.text[slice(*pair.short)].split()), " ".join(text.view.text[slice(*pair.long)].split()))
    return names


def _learn(names: dict[str, Entity], name: str, kind: str) -> None:
    name = " ".join(name.split())
    if len(name) > 1 and name not in names and not any(hit.end - hit.start == len(name) for hit in vocabulary.hits(name)):
        names[name] = identity.topic(name, kind)


def _define(names: dict[str, Entity], short: str, long: str) -> None:
    """An acronym and its long form are one thing: the vocabulary's, if it holds the long form."""
    if coinages.no_concept(short):
        return
    known = vocabulary.labels().get(vocabulary.key(long))
    if known:
        names[short] = known[0].entity
        return
    if any(vocabulary.key(long) == vocabulary.key(label.entity.label) for label in vocabulary.labels().get(vocabulary.key(short), ())):
        return
    kind = names[short].kind if short in names else _kind_of(long)
    main, other = (long, short) if short.isupper() else (short, long)
    entity = Entity(kind, identity.topic(main).key, main, (("skos:altLabel", other),))
    names[short] = names[long] = entity


def _kind_of(long: str) -> str:
    last = vocabulary.folded(long.rsplit(maxsplit=1)[-1])
    if last in ("dataset", "corpus", "benchmark", "database", "collection"):
        return "Dataset"
    if last in ("error", "rate", "score", "ratio", "accuracy", "precision", "recall", "distance", "index"):
        return "Metric"
    if last in (
        "recognition",
        "detection",
        "classification",
        "estimation",
        "retrieval",
        "generation",
        "segmentation",
        "transcription",
        "prediction",
        "identification",
        "captioning",
        "translation",
    ):
        return "Task"
    return "Method"


def _marked(document: Document, text: _Text, names: dict[str, Entity]) -> Iterator[Mention]:
    view = text.view
    if not view.text.strip():
        return
    taken: list[tuple[int, int]] = []
    for start, end, entity in _named(view.text, names):
        taken.append((start, end))
        yield Mention(view.span(start, end), entity, discovered=True)
    for hit in vocabulary.hits(view.text):
        entity_ = _meant(document, view, hit)
        if entity_ and not any(start < hit.end and hit.start < end for start, end in taken):
            taken.append((hit.start, hit.end))
            yield Mention(view.span(hit.start, hit.end), entity_)
    yield from _phrases(
        view, taken, phrases.phrases(view.text) if text.title else (*phrases.tasks(view.text), *phrases.parts(view.text), *phrases.objects(view.text))
    )


def _phrases(view: View, taken: list[tuple[int, int]], found: Iterable[phrases.Phrase]) -> Iterator[Mention]:
    for phrase in found:
        if (phrase.start, phrase.end) not in taken and not any(start <= phrase.start and phrase.end <= end for start, end in taken):
            label = " ".join(view.text[phrase.start : phrase.end].split())
            yield Mention(view.span(phrase.start, phrase.end), identity.topic(label, phrase.kind), discovered=True)


def _named(text: str, names: dict[str, Entity]) -> Iterator[tuple[int, int, Entity]]:
    """Where this document's own names stand, longest first, none inside another."""
    end = 0
    found = []
    for name, entity in names.items():
        if name in text:
            pattern = rf"(?<![{_LATIN}_-]){re.escape(name)}(?:s(?![{_LATIN}_])|(?![{_LATIN}_]))"
            found += [(match.start(), -match.end(), entity.key, entity) for match in re.finditer(pattern, text)]
    for start, negative, _, entity in sorted(found, key=lambda item: item[:3]):
        if start >= end:
            end = -negative
            yield start, end, entity


def _meant(document: Document, view: View, hit: vocabulary.Hit) -> Entity | None:
    """The one concept that a label means here; an ambiguous one needs a cue word nearby, or a number beside it if it is a metric."""
    plain = [label for label in hit.labels if not label.cues]
    if plain:
        return plain[0].entity
    place = view.span(hit.start, hit.end)
    around = document.text[max(0, place.start - _NEAR) : place.start] + " " + document.text[place.end : place.end + _NEAR]
    cued = [label for label in hit.labels if any(re.search(rf"\b{re.escape(cue)}", around, re.I) for cue in label.cues)]
    if not cued and re.search(r"\d", view.text[max(0, hit.start - _BESIDE) : hit.start] + view.text[hit.end : hit.end + _BESIDE]):
        cued = [label for label in hit.labels if label.entity.kind == "Metric"]
    return cued[0].entity if cued else None


def _emphasised(document: Document, marked: list[Span]) -> Iterator[Mention]:
    """Terms that the writer sets in bold, italics or as a link inside a sentence, unless a mention covers them."""
    bodies = [span for entry in document.marks(Entry) for span in entry.body]
    for inline in document.marks(Inline):
        if (
            inline.kind not in ("bold", "italic", "link", "quoted")
            or len(inline.inner) > 60
            or not any(body.contains(inline.inner) for body in bodies)
        ):
            continue
        text = " ".join(document.view(inline.inner).text.split())
        if phrases.term(text) and not coinages.no_concept(text) and not any(span.overlaps(inline.inner) for span in marked):
            yield Mention(inline.inner, identity.topic(text, "Method"), discovered=True)
