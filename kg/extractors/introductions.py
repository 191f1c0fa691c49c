"""Says which system, method, dataset, task or metric a paper brings into the world."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotators import vocabulary
from kg.annotators.announcements import announcements
from kg.extractors.evidence import evidence
from kg.extractors.passages import REQUIRED, Line, Named, Passage, passages
from kg.extractors.stance import stance
from kg.model import Document, Entity, Fact, Finding, Mark

_SAYS_WHAT = re.compile(
    r",\s(?:an?|the|which|short|ein|eine|un|une|una|um|uma)\b|:\s|：|\s(?:is\s(?:an?|the|their)\b|(?!has\b|was\b|does\b|is\b|this\b)[a-z]{2,}s\s)"
)
_CUT = re.compile(r"\W{0,2}(?:\([^)]*\)\s*)?(?::|\s[–—-])\s")
_ACRONYM = re.compile(r"[A-Za-z]*[A-Z][\w+-]*")
# What may follow a title's own subject: nothing, or a word that says what sort of thing it is.
_WHOLE = re.compile(r"(?:\s+(?:Algorithms?|Methods?|Models?|Networks?|Systems?|Framework|Architecture))?[\s.!\"'”’*]*\Z", re.I)
_GOES_ON = re.compile(r"\s+(?:for|with|in|on|via|using|are|is|as|of|[a-z]{3,}s)\b")
# "Ordinary Words: How …" is a topic and what is said of it, not a name.
_PLAIN_WORDS = re.compile(r"[A-Z]?[a-z]+(?:[\s-][A-Za-z][a-z]+)+")
_NO_THING = re.compile(
    r":\s+(?:How|Why|What|Where|When|Which|Who|The|Is|Are|Can|Do|Does|Lessons|Past|From|Current|Recent|Challenges|Opportunities|Theory|Methods|Concepts|Foundations|Principles|Evaluating|Modeling|Modelling|Understanding|Exploring|Assessing|Analy[sz]ing|Measuring|Investigating|Rethinking|Examining|Comparing|Characterizing)\b"
)
_ASKS = re.compile(r":\s+(?:How|Why|What|Where|When|Which)\b")
# "The two other methods, called X and Y" and "answers by a model (X)" name what was there before.
_OF_OTHERS = re.compile(
    r"\b[Tt]he\s+(?:\w+\s+)?(?:two|three|four|five|others?|first|second|last|remaining|existing)\s[^,.;:]*,\s+(?:called|namely|named)\s+\Z|"
    r"\b(?:from|using)\s+an?\s[^,.;:()]*\(\Z"
)
_BY_MEANS = re.compile(r"\b(?:with|using|via|by)(?:\s+the)?\Z", re.I)
_EQUALS = re.compile(r"\s*=\s")
_DEFINED = re.compile(r"\s*=\s|\.?\s*\Z")


class Introductions:
    """Names at the head of a title, and names behind a verb of proposing, to `kg:introduces`."""

    name = "introductions"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        for passage in passages(document):
            for entity, line, confidence in introduced(passage):
                yield Fact(passage.paper, "kg:introduces", entity, evidence(document, line.span, self, confidence, stance(line.text)))


def introduced(passage: Passage) -> Iterator[tuple[Entity, Line, float]]:
    """Each thing that a paper is said to introduce, once, with the line that says so."""
    seen: set[Entity] = set()
    for line in passage.lines if passage.role == "reviewed" else passage.lines[:1]:
        opening = not seen and line in passage.body[:3]
        announced = {new.start for new in announcements(line.text)} if line.place == "body" else set()
        for named in line.named:
            confidence = (
                (_in_title(line, named) or _subject(passage, line, named))
                if line.place == "title"
                else _in_body(passage, line, named, opening, announced)
            )
            if confidence and named.entity not in seen:
                seen.add(named.entity)
                yield named.entity, line, confidence


def _subject(passage: Passage, title: Line, named: Named) -> float:
    """A single thing of the vocabulary that a title is all about, or that the passage goes on to name in short."""
    before, after, surface = title.text[: named.start].strip(" \"'“‘*"), title.text[named.end :], title.text[named.start : named.end]
    if named.entity.kind not in ("Method", "Dataset"):
        return 0.0
    if not before and re.match(r"\s*\([A-Z][\w-]+\)\s*(?::|$)", after):
        return 0.8
    if named.mention.discovered or named.entity.key in vocabulary.broader():
        return 0.0
    if not before and re.match(r":\s", after) and any(c.isupper() or c.isdigit() for c in surface):
        return 0.8
    if not before and " " in surface and _WHOLE.match(after):
        return 0.7
    later = [line.text[other.start : other.end] for line in passage.body for other in line.named if other.entity == named.entity]
    if (
        not before
        and " " in surface
        and _GOES_ON.match(after)
        and any(name.casefold() != surface.casefold() and not name.islower() for name in later)
    ):
        return 0.7
    return 0.65 if later and _BY_MEANS.search(before) and _WHOLE.match(after) else 0.0


def _in_body(passage: Passage, line: Line, named: Named, opening: bool, announced: set[int]) -> float:
    """A sentence announces the name; or one of the first three begins with it, and the title spells it or the sentence explains it."""
    single = named.entity.kind != "Task" and named.entity.key not in vocabulary.broader()
    if single and named.start in announced and stance(line.text, named.start) != "denied" and not _OF_OTHERS.search(line.text[: named.start]):
        return 0.8
    if (
        passage.title
        and line in passage.body[:3]
        and _leads(line, named)
        and _spelt_by(line.text[named.start : named.end], named, passage.title.text)
    ):
        return 0.75
    return 0.7 if opening and _opens(line, named) else 0.0


def _spelt_by(surface: str, named: Named, title: str) -> bool:
    """Whether a name is made of the first letters of the title's words, as "SLAM" is of "Simultaneous Localization and Mapping"."""
    if (
        named.entity.kind not in ("Method", "Dataset")
        or not _ACRONYM.fullmatch(surface)
        or surface in title
        or named.entity.key in vocabulary.broader()
    ):
        return False
    letters = [letter for letter in re.sub(r"s$|\W|\d", "", surface) if letter.isupper()]
    if len(letters) < 2:
        return False
    initials = iter(word[0].upper() for word in re.findall(r"[^\W_]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", title)))
    return all(letter in initials for letter in letters)


def _in_title(line: Line, named: Named) -> float:
    """A title begins with the name and a colon ("X: a …"), or is about "The X Dataset"."""
    before, after = line.text[: named.start].strip(" \"'“‘*"), line.text[named.end :]
    head = not before or before.lower() in ("the", "introducing")
    if head and not after.strip(" .\"'”’*") and named.mention.discovered and named.entity.kind == "Method" and len(line.text.split()) < 3:
        return 0.75
    if (
        head
        and re.match(r"\s+(?:An?\s+[A-Z]|[A-Z][a-z]+ing\s)", after)
        and named.mention.discovered
        and " " not in line.text[named.start : named.end]
    ):
        return 0.8
    if (head and re.match(r"\s+(?:and|&)\s+[A-Z]\S+:\s", after)) or (re.fullmatch(r"[A-Z]\S+\s+(?:and|&)", before) and re.match(r":\s", after)):
        return 0.85
    surface = line.text[named.start : named.end]
    if (
        head
        and (cut := _CUT.match(after))
        and (":" in cut.group() or named.mention.discovered)
        and (_proper(surface, named) or _is_name(named, surface))
        and not (_PLAIN_WORDS.fullmatch(surface) and _NO_THING.match(after))
        and not (" " in surface and _ASKS.match(after))
    ):
        return 0.9
    if named.mention.discovered and named.entity.kind == "Dataset" and (head or before.endswith((":", "the", "The"))):
        return 0.9
    return 0.0


def _opens(line: Line, named: Named) -> bool:
    """Whether a passage begins with the name and says what it is or does: "X, a …", "X: …", "X learns …"."""
    surface = line.text[named.start : named.end]
    name = _proper(surface, named) or (named.mention.discovered and any(c.isdigit() for c in surface)) or _is_name(named, surface)
    if not _leads(line, named):
        return False
    if surface[0].isupper() and " " not in surface and (named.mention.discovered or not line.column) and _DEFINED.match(line.text, named.end):
        family = named.entity.key in vocabulary.broader() and not _EQUALS.match(line.text, named.end)
        return not family and named.entity.kind != "Metric"
    return (
        name
        and named.entity.kind == "Method"
        and bool(_SAYS_WHAT.match(line.text, named.end))
        and (named.mention.discovered or any(c.isupper() for c in named.entity.label))
    )


def _leads(line: Line, named: Named) -> bool:
    """Whether nothing but markup stands before a name."""
    return not line.text[: named.start].strip("\"'“‘*_ -")


def _is_name(named: Named, surface: str) -> bool:
    """Whether a capitalised word at the head of a title is the vocabulary's name of one system, such as "Spanner"."""
    return surface[:1].isupper() and named.entity.label[:1].isupper() and named.entity.kind in ("Method", "Dataset")


def _proper(surface: str, named: Named) -> bool:
    """Whether the words are a name: with capitals inside, an acronym, or found as a name of this document."""
    if named.mention.discovered and any(dict(named.entity.properties)):
        return True
    return any(c.isupper() for c in surface[1:]) or (
        surface[:1].isupper() and named.mention.discovered and named.entity.kind != "Task" and " " not in surface
    )
