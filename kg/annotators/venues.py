"""Finds where a paper appeared: known conferences and journals by name or acronym, and unknown ones by the words that open such names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg import ontology
from kg.annotators import years
from kg.annotators.years import Year, find_years, short_year

__all__ = ["Venue", "Year", "find_venue", "find_venues", "find_year", "find_years", "is_known"]


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue's name as it stands in the text; `key` and `kind` are those of the gazetteer if it holds the series.

    `label` is the gazetteer's short name, or the words themselves.  `year` is the one written beside the name.
    """

    start: int
    end: int
    label: str
    key: str | None = None
    kind: str | None = None
    year: Year | None = None


_ABBREVIATIONS = {
    "conf": "conference", "symp": "symposium", "trans": "transactions", "proc": "proceedings", "procs": "proceedings", "wksp": "workshop", "workshops": "workshop",
    "conferences": "conference", "j": "journal", "lett": "letters", "mag": "magazine", "rev": "review", "preceedings": "proceedings",
}  # fmt: skip
_UNSAID = frozenset(
    "the of on for in and annual ieee acm international intl int l nd rd st th proceedings first second third fourth fifth sixth seventh eighth ninth tenth".split()
)
_HEADS = frozenset(
    "conference workshop symposium journal transactions letters annals review magazine notices newsletter bulletin meeting proceedings congress colloquium advances findings".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_CHUNK = re.compile(r"(?<![\w&@])\*?[A-Za-z][\w&*@!+]*(?:[-/][\w&*@!+]+)*")
_GLUED_YEAR = re.compile(r"(.*?[A-Za-z*!])[-_]?((?:19|20)\d\d|\d\d)$")
# Acronyms that are also words, names or other things when they stand alone in a sentence.
_AMBIGUOUS = frozenset(
    "FAST MICRO MODELS INTERACT ASSETS SPIRE SPLASH EASE PACT LISA Chaos Cell Cognition Entropy Genetics Nature Science Sensors Patterns Neuron Middleware Humanoids Distill Odyssey "
    "Asilomar Radiology Bioinformatics Biometrics AutoML VAST TOPS MaxEnt CLeaR CADE UMAP CRYPTO PLATEAU BioNLP Lancet Biostatistics CLEF Onward! Neurocomputing".split()
)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\b10\.\d{4,9}/\S+")
_BEFORE = re.compile(r"(?:^|[,.;:(\[|@–—•·\n\"”*_>]|(?:^|\W)(?:in|at|In|At|from|of|to|by|dans|en|auf|bei|@|–|-))\s*$")
_AFTER = re.compile(
    r"\s*(?:$|[,.;:)\]|–—•·\n*_<]|[’']?\d|\((?:19|20)\d\d|(?:paper|papers|conference|workshop|best|oral|spotlight|vol|pp|im|jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w*\b)",
    re.I,
)
_NEXT_YEAR = re.compile(r"[\s,*_]{0,3}[(\[]?\s?((?:19|20)\d\d)(?!\d)[)\]]?|\s?[’'`´‘](\d\d)(?!\w)")
_LAST_YEAR = re.compile(r"((?:19|20)\d\d)[)\]]?\s+(?:(?:Annual|IEEE|ACM|International|the|\d+(?:st|nd|rd|th))[\s/]+){0,4}$")
_CAPITAL = r"(?!(?:In|The)\b|(?:19|20)\d\d\b)[A-Z0-9À-ÖØ-Þ][\w’'.&/+-]*"
_INNER = rf"(?:{_CAPITAL}|of|on|for|in|and|the|to|de|la|des|du|der|für|und|&|with|et)"
_UNKNOWN = re.compile(
    rf"\b(?:(?:In\s+)?(?:the\s+)?Proc(?:eedings|\.|s\.)\s+(?:of\s+)?(?:the\s+)?(?=[A-Z0-9]))(?P<proceedings>{_INNER}(?:[ ]{_INNER}){{0,16}})"
    rf"|\b(?P<named>(?:(?:{_CAPITAL})[ ]){{0,6}}(?:Journal|Transactions|Annals|Bulletin|Conference|Workshop|Symposium|Congress|Colloquium|Trans\.|Conf\.|J\.)[ ](?:of|on|for|in|de|für)[ ](?:{_INNER}[ ]){{0,12}}{_CAPITAL})"
    rf"|\b(?P<ended>(?:{_CAPITAL}[ ]){{1,7}}(?:Workshop|Symposium|Conference|Journal|Transactions|Letters)\b)(?=\s*(?:[,.;:()\[]|$|\d|[’']))"
    rf"|\b(?:In|in): (?P<volume>{_CAPITAL}(?:[ ]{_INNER}){{0,8}})(?=[ ]\d{{1,4}}\b)"
)
_SENTENCE_END = re.compile(r"(?<=[a-z]{4})\.\s|\.\s+(?=In\b)")
_LAST_NUMBER = re.compile(r"\s+\d+$")
_DANGLING = re.compile(r"(?:\s+(?:of|on|for|in|and|the|to|with|de|et))+$")
_ACRONYM_AFTER = re.compile(r"\s*\(\s*([A-Z][A-Za-z*&/-]{1,14}?)[\s’'-]*((?:19|20)?\d\d)?\s*\)")


def find_venue(text: str) -> Venue | None:
    """The venue that the text states: a known one before an unknown, one with a year before one without, then the first."""
    return min(find_venues(text), key=lambda venue: (venue.key is None, venue.year is None, venue.start), default=None)


def find_venues(text: str) -> list[Venue]:
    """All venues of a text in order, none overlapping another."""
    return list(_venues(text))


@lru_cache(maxsize=32768)
def _venues(text: str) -> tuple[Venue, ...]:
    text = _ADDRESS.sub(lambda match: " " * len(match.group()), text)
    found = sorted(
        (*_acronyms(text), *_long_names(text), *_unknown(text)), key=lambda venue: (venue.key is None, -(venue.end - venue.start), venue.start)
    )
    kept: list[Venue] = []
    taken = bytearray(len(text))
    for venue in found:
        if not any(taken[venue.start : venue.end]):
            taken[venue.start : venue.end] = b"\1" * (venue.end - venue.start)
            kept.append(venue)
    return tuple(sorted((_dated(text, venue) for venue in kept), key=lambda venue: venue.start))


def find_year(text: str) -> Year | None:
    """The year that the text is dated by, also where only a venue carries it: "CVPR20", "ICML-97"."""
    year = years.find_year(text)
    return year or next((venue.year for venue in find_venues(text) if venue.year), None)


def is_known(name: str) -> bool:
    """Whether the whole text is the name of a series or periodical of the gazetteer, however ordinary the words."""
    return name in _by_acronym() or _canonical(name) in _by_words() or name in _weak_names()


@cache
def _by_acronym() -> dict[str, ontology.Venue]:
    """One-word names, case kept."""
    return {name: venue for venue in reversed(ontology.venues()) for name in (*venue.names, venue.label) if " " not in name}


@cache
def _by_words() -> dict[tuple[str, ...], ontology.Venue]:
    """Long names by the words that tell them apart: lower case, abbreviations written out, "International" and the like left out."""
    return {
        words: venue
        for venue in reversed(ontology.venues())
        for name in (*venue.names, venue.label)
        if " " in name and len(words := _canonical(name)) > 1
    }


@cache
def _weak_names() -> dict[str, ontology.Venue]:
    """Names of which too few words are left: "IEEE Software", "SIGIR Forum"."""
    return {name: venue for venue in reversed(ontology.venues()) for name in (*venue.names, venue.label) if " " in name and len(_canonical(name)) < 2}


@cache
def _lengths() -> dict[str, list[int]]:
    """How many words the names have that begin with a word, most first."""
    lengths: dict[str, set[int]] = {}
    for words in _by_words():
        lengths.setdefault(words[0], set()).add(len(words))
    return {word: sorted(counts, reverse=True) for word, counts in lengths.items()}


def _canonical(name: str) -> tuple[str, ...]:
    words = (_ABBREVIATIONS.get(word, word) for word in _WORD.findall(name.lower()))
    return tuple(word for word in words if word not in _UNSAID)


def _acronyms(text: str) -> Iterator[Venue]:
    for match in _CHUNK.finditer(text):
        chunk = match.group()
        if not any(character.isupper() for character in chunk):
            continue
        for name, year in _readings(chunk):
            series = _by_acronym().get(name)
            if series is None:
                continue
            start = match.start() + chunk.index(name)
            venue = Venue(
                start,
                start + len(name),
                series.label,
                series.key,
                series.kind,
                year and replace(year, start=year.start + match.start(), end=year.end + match.start()),
            )
            if venue.year or _NEXT_YEAR.match(text, venue.end) or (len(name) > 3 and name not in _AMBIGUOUS) or _in_place(text, start, venue.end):
                yield venue
                break
    for name, series in _weak_names().items():
        start = text.find(name)
        if start >= 0 and _in_place(text, start, start + len(name)):
            yield Venue(start, start + len(name), series.label, series.key, series.kind)


def _readings(chunk: str) -> Iterator[tuple[str, Year | None]]:
    """An acronym with a glued year taken off, and the parts of a compound."""
    yield chunk, None
    glued = _GLUED_YEAR.match(chunk)
    if glued:
        digits = glued.group(2)
        yield glued.group(1), Year(glued.start(2), glued.end(2), int(digits) if len(digits) == 4 else short_year(digits))
    if "-" in chunk or "/" in chunk:
        for part in re.split(r"[-/]", chunk):
            if len(part) > 3 and part.isupper():
                yield part, None


def _in_place(text: str, start: int, end: int) -> bool:
    """Whether a word stands where references have venues: set off by punctuation or "in", and followed by punctuation or a number."""
    return bool(_BEFORE.search(text[max(0, start - 8) : start]) and _AFTER.match(text, end)) and not (
        start == 0 and text[end : end + 2].strip()[:1] in (":", ".")
    )


def _long_names(text: str) -> Iterator[Venue]:
    places = [(_ABBREVIATIONS.get(word, word), match) for match in _WORD.finditer(text) if (word := match.group().lower())]
    said = [(word, match) for word, match in places if word not in _UNSAID]
    words = [word for word, _ in said]
    index = 0
    while index < len(words):
        names = (tuple(words[index : index + length]) for length in _lengths().get(words[index], ()))
        name = next((name for name in names if name in _by_words() and _plausible(text, said[index : index + len(name)])), None)
        if name is None:
            index += 1
            continue
        series = _by_words()[name]
        start, end = _with_sponsors(text, said[index][1].start()), said[index + len(name) - 1][1].end()
        yield Venue(start, end + (text[end : end + 1] == "." and text[end + 1 : end + 2] in (",", ";")), series.label, series.key, series.kind)
        index += len(name)


def _plausible(text: str, matched: list[tuple[str, re.Match[str]]]) -> bool:
    """A name with a word such as "Conference" counts anywhere; others only with capitals and where references have venues."""
    start, end = matched[0][1].start(), matched[-1][1].end()
    if re.search(r"[()\[\]\"“”;\n?!]", text[start:end]) or end - start > 12 * len(matched) + 60:
        return False
    capitals = sum(match.group()[0].isupper() for _, match in matched)
    if any(word in _HEADS for word, _ in matched) or len(matched) > 3:
        return capitals * 2 > len(matched)
    return capitals == len(matched) and _in_place(text, _with_sponsors(text, start), end)


def _with_sponsors(text: str, start: int) -> int:
    sponsors = re.search(r"(?:\b(?:IEEE|ACM|International|Annual|Int(?:'l|\.)|The)[ /]+)+$", text[max(0, start - 60) : start])
    return start - len(sponsors.group()) if sponsors else start


def _unknown(text: str) -> Iterator[Venue]:
    for match in _UNKNOWN.finditer(text[:4000]):
        group = match.lastgroup or "named"
        start, end = match.span(group)
        name = _SENTENCE_END.split(text[start:end])[0]
        name = _DANGLING.sub("", _LAST_NUMBER.sub("", name.rstrip(" .&")))
        if len(name.split()) > 1 or (name and group in ("proceedings", "volume")):
            acronym = _ACRONYM_AFTER.match(text, start + len(name))
            yield Venue(start, start + len(name), acronym.group(1) if acronym else name)


def _dated(text: str, venue: Venue) -> Venue:
    if venue.year:
        return venue
    following = _NEXT_YEAR.match(text, venue.end)
    if following:
        group = 1 if following.group(1) else 2
        value = int(following.group(1)) if group == 1 else short_year(following.group(2))
        return replace(venue, year=Year(following.start(group), following.end(group), value))
    acronym = _ACRONYM_AFTER.match(text, venue.end)
    if acronym and acronym.group(2):
        digits = acronym.group(2)
        return replace(venue, year=Year(acronym.start(2), acronym.end(2), int(digits) if len(digits) == 4 else short_year(digits)))
    before = _LAST_YEAR.search(text[max(0, venue.start - 60) : venue.start])
    if before:
        start = max(0, venue.start - 60) + before.start(1)
        return replace(venue, year=Year(start, start + 4, int(before.group(1))))
    return venue
