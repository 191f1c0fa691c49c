"""Awards that a passage says its paper won, and the event that gave them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import identity, ontology
from kg.extractors.evidence import evidence
from kg.model import Block, Document, Entity, Entry, Fact, Finding, Iri, Rejected, Sentence, Span

_AWARD = re.compile(
    r"\b((?:(?:best|outstanding|distinguished)(?:[ -](?:[\w/&-]+)){0,3}?[ -](?:papers?|reproducibility|demo(?:nstration)?|poster|application|dataset|resource|presentation|artifact)|test[- ]of[- ]time)"
    r"(?:[ -](?:paper|award|prize|honou?rable mention))*(?: (?:award|prize|finalist|nominee|nomination|runner[- ]up|candidate|honou?rable mention))*|honou?rable mention(?: award)?|most influential papers?(?: award)?|prix d(?:u|e la) meilleure? (?:article|papier|communication)|(?:premio al )?mejor artículo|(?:prêmio de )?melhor artigo|miglior articolo|最佳论文奖?|最優秀論文賞|최우수 논문상?|(?-i:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?) (?:prize|award))(?!\w)",
    re.I,
)
_WON = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:best|outstanding|test)\b|\b(?:is|was) (?:the |a )?best \w+ (?:at|of)\b|\b(?:won|wins|winner|winning|awarded|received?|receives|recipient|obtained|got|gets|earned|took (?:home )?|deserved|congrat\w*|selected as|named|nominated|finalist|gewann|ausgezeichnet|prix|premio|a reçu|a obtenu)\b|🏆|🥇|award|prize|finalist|nominee",
    re.I,
)
_AWARD_WORDS = re.compile(r"\b(?:best|outstanding|distinguished|test[- ]of|honou?rable|influential|meilleure?|mejor|melhor|miglior)\b|最|최", re.I)
# A prize that is called after somebody counts only right after words that give it.
_GIVEN = re.compile(
    r"\b(?:won|wins|winner of|winning|awarded|received?|receives|recipient of|obtained|got|earned|took(?: home)?)\s+(?:\w+\s+){0,2}$", re.I
)
_NOT_WON = re.compile(
    r"\b(?:should have|deserves?|would have|could have|not|never|didn['’]t|without|my (?:personal )?(?:vote|pick)|hope|if)\b[^.]{0,40}$|\bone of the best papers?\b|\bbest papers? (?:i|you|we)\b",
    re.I,
)
_KINDS = (
    (re.compile(r"student", re.I), "kg:bestStudentPaper"),
    (re.compile(r"industr", re.I), "kg:bestIndustryPaper"),
    (re.compile(r"reproducib", re.I), "kg:bestReproducibility"),
    (re.compile(r"^best (?:paper|full paper|long paper)\b(?!.*(?:finalist|nomin|runner|candidate|mention))", re.I), "kg:bestPaper"),
)


class Awards:
    """Reads award names in heads, and in passages beside words that say that it was won."""

    name = "awards"
    version = "1"
    requires = (Block, Entry, Sentence)

    def __call__(self, document: Document) -> Iterator[Finding]:
        sentences = document.marks(Sentence)
        headings = [block for block in document.marks(Block) if block.kind == "heading"]
        for entry in document.marks(Entry):
            if entry.role == "reviewed":
                for heading in _above(headings[1:], entry):
                    yield from self._over(document, entry, heading)
                for span in entry.head:
                    yield from self._in(document, entry, span, in_head=True)
                for sentence in sentences:
                    if any(body.contains(sentence.span) for body in entry.body):
                        yield from self._in(document, entry, sentence.span, in_head=False)

    def _over(self, document: Document, entry: Entry, heading: Block) -> Iterator[Finding]:
        """A short heading that names an award gives it to what stands under it."""
        words = document.view(heading.span).text
        match = _AWARD.search(words)
        if (
            match
            and _AWARD_WORDS.search(match.group(1))
            and len(words.split()) <= 6
            and not words.rstrip().endswith("?")
            and not _NOT_WON.search(words)
        ):
            yield Fact(entry.paper, "kg:receivedAward", _award(match.group(1), entry.paper), evidence(document, heading.span, self, 0.8))

    def _in(self, document: Document, entry: Entry, span: Span, *, in_head: bool) -> Iterator[Finding]:
        view = document.view(span)
        title = next((field.span for field in entry.fields if field.label == "title"), None)
        for match in _AWARD.finditer(view.text):
            place = view.span(match.start(1), match.end(1))
            if title is not None and title.overlaps(place):
                continue
            found = evidence(document, span, self, 0.9)
            named = not _AWARD_WORDS.search(match.group(1))
            if named and not _GIVEN.search(view.text[: match.start()]):
                continue
            if _NOT_WON.search(view.text[: match.end()]) or not (in_head or _WON.search(view.text)):
                yield Rejected(found, "an award that the paper is not said to have won")
                continue
            yield Fact(entry.paper, "kg:receivedAward", _award(match.group(1), entry.paper), found)


def _above(headings: list[Block], entry: Entry) -> list[Block]:
    """The headings that an entry stands under, innermost first; its own title is none."""
    found: list[Block] = []
    for heading in reversed(headings):
        before = heading.span.end <= entry.span.start
        if before and (not found or heading.level < found[-1].level):
            found.append(heading)
    return found


def _award(name: str, paper: Entity) -> Entity:
    name = " ".join(name.split())
    kind = next((kind for pattern, kind in _KINDS if pattern.search(name)), "kg:otherAward")
    return identity.node("Award", name, paper.key, kind, identity.key(name), label=name, properties=(("dcterms:type", Iri(ontology.expand(kind))),))
