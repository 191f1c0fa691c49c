"""How a paper was presented, where its head or passage says so: as a talk, a spotlight, a poster, late-breaking, or nominated for an award."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import ontology
from kg.extractors.evidence import evidence
from kg.extractors.passages import REQUIRED, Line, Passage, passages
from kg.extractors.stance import stance
from kg.model import Document, Fact, Finding, Inline, Iri, Mark, Span

_KINDS = {
    "oralPresentation": r"orals?|oral (?:presentation|paper|talk)|contributed talk|long talk|full talk|vortrag|présentation orale|presentación oral|口头报告|口頭発表|구두 발표",
    "spotlightPresentation": r"spotlights?|spotlight (?:presentation|paper|talk|poster)|highlight(?:ed)? (?:paper|talk)|lightning talk|notable top[- ]\d+\s?%|top[- ]\d+\s?% (?:paper|of submissions)",
    "posterPresentation": r"posters?|poster (?:presentation|paper)|posterpräsentation|affiche|póster|海报|ポスター(?:発表)?|포스터",
    "lateBreaking": r"late[- ]breaking(?: (?:demo|results?|work|paper|abstract|session))*|LBD?R?(?= (?:paper|session|track))",
    "awardNominee": r"(?:best|outstanding|distinguished)(?: [\w-]+){0,3}? (?:paper |award )*(?:nominee|nominated|nomination|finalist|candidate|runner[- ]up)|nominated for (?:the |a )?(?:best|outstanding|distinguished)(?: [\w-]+){0,3}? (?:paper|award)",
}
_ANY = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
# In a head it stands alone: "(Oral)", "ICML 2021, spotlight", "[Poster]"; in a sentence behind a word for how the paper came in.
_ALONE = re.compile(rf"(?:^|[(\[,;:|/–—-]|\b\d{{4}}|\b[A-Z]{{3,}})\s*(?:{_ANY})(?: session)?(?: \d+)?\s*(?=$|[)\],;:|/.–—-])", re.I)
_SAID = re.compile(
    rf"\b(?:accepted|presented|appeared|appears|shown|given|selected|chosen|published|won|got|was|is)\s+(?:(?:as|for|at|in|to be|the|an?|with)\s+){{0,3}}(?:(?:[A-Z]\w+|[’']?\d+)\s+){{0,3}}(?:{_ANY})(?!\w)(?!\s+(?:of|who|by|sessions?|on|about)\b)",
    re.I,
)
_OTHERS = re.compile(r"\b(?:should|could|would|deserves?|hoped?|my)\b[^.]*\Z", re.I)


class Presentations:
    """Reviewed passages to `kg:presentedAs`."""

    name = "presentations"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        links = [mark.span for mark in document.marks(Inline) if mark.kind == "link"]
        for passage in passages(document):
            if passage.role == "reviewed":
                for kind, (line, start, confidence) in _found(passage, links).items():
                    found = evidence(document, line.span, self, confidence, stance(line.text, start))
                    yield Fact(passage.paper, "kg:presentedAs", Iri(ontology.expand(f"kg:{kind}")), found)


def _found(passage: Passage, links: list[Span]) -> dict[str, tuple[Line, int, float]]:
    """The kinds of presentation with line, place and confidence; a link that is called "poster" leads to one, and says no more."""
    found: dict[str, tuple[Line, int, float]] = {}
    title = passage.title.text if passage.title else ""
    for line in passage.heads:
        beside = line.text.replace(title, "\n" * len(title)) if title else line.text
        for match in _ALONE.finditer(beside):
            place = line.view.span(match.start(str(match.lastgroup)), match.end(str(match.lastgroup)))
            if not any(link.contains(place) for link in links):
                found.setdefault(str(match.lastgroup), (line, match.start(), 0.9))
    for line in passage.body:
        for match in _SAID.finditer(line.text):
            if not _OTHERS.search(line.text[: match.start()]):
                found.setdefault(str(match.lastgroup), (line, match.start(), 0.8))
    return found
