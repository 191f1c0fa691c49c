"""Finds the words of praise and criticism, and of what is judged, of `ontology/judgements.toml` in a text, in the languages that the text is written in."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from kg import ontology
from kg.errors import OntologyError

Kind = Literal["neutral", "blame", "praise", "poor", "fair"]
Aspect = Literal["novelty", "clarity", "evaluation", "reproducibility", "usefulness", "results"]
_KEY = 3
_HAN = "\u3040-\u30ff\uac00-\ud7af\u3400-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\u2600-\u27ff\u2b50"
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_FUNCTION_WORDS = {
    "de": frozenset("der die das und ist nicht ein eine einen mit von für auf dem den des im sich auch wird sind aber sehr zu hat".split()),
    "fr": frozenset(
        "le la les l d de à on nous ne ni ou où n s c qu des est une dans pour pas sur et du au aux qui que avec ce cette son sont mais très plus".split()
    ),
    "it": frozenset(
        "il lo la le gli di è un della dello delle degli di che è non per con una sono nel nella ma più anche come molto questo questa dei".split()
    ),
    "pt": frozenset("o os de da do das dos em não uma um com para por é são que mas muito mais como na no nas nos ao pela pelo".split()),
    "es": frozenset("el la los las una un que de del y en con para por se su es son no lo más pero muy como".split()),
}
_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the lexicon as it stands at `start` to `end` of a text."""

    start: int
    end: int
    kind: Kind | Aspect


def languages(text: str) -> frozenset[str]:
    """The languages whose function words or letters make up a good part of a text; English and emoji always count."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    spoken = {name for name, function in _FUNCTION_WORDS.items() if sum(word in function for word in words) > _SHARE * len(words)}
    if len(spoken) > 1:
        spoken = {max(sorted(spoken), key=lambda name: sum(word in _FUNCTION_WORDS[name] for word in words))}
    if _KANA.search(text):
        spoken.add("ja")
    elif re.search(r"[\u4e00-\u9fff]", text):
        spoken.add("zh")
    if _HANGUL.search(text):
        spoken.add("ko")
    return frozenset(spoken | {"en", "emoji"})


class Lexicon:
    """The entries of some languages, found by the first letters of a word."""

    def __init__(self, spoken: frozenset[str], kinds: tuple[Kind | Aspect, ...]) -> None:
        self._entries: dict[str, list[tuple[str, Kind | Aspect]]] = defaultdict(list)
        for kind in kinds:
            for language in sorted(spoken):
                for entry in _entries(language, kind):
                    for key in sorted(_keys(entry)):
                        self._entries[key].append((entry, kind))

    def terms(self, text: str) -> Iterator[Term]:
        """The entries in the order of the text, none inside another; curly apostrophes count as straight ones."""
        text, end = text.replace("’", "'"), 0
        for word in _WORD.finditer(text):
            if word.start() >= end and (term := self._longest(text, word.start())):
                end = term.end
                yield term

    def _longest(self, text: str, start: int) -> Term | None:
        """The entry at a place that reaches furthest, so that a set phrase hides the words inside it; `neutral` first among equals."""
        best: Term | None = None
        for size in (_KEY, 1):
            for entry, kind in self._entries.get(text[start : start + size].lower(), ()):
                match = _pattern(entry).match(text, start)
                if match and (best is None or match.end() > best.end):
                    best = Term(start, match.end(), kind)
        return best


@cache
def lexicon(spoken: frozenset[str]) -> Lexicon:
    """The words of praise and criticism."""
    return Lexicon(spoken, get_args(Kind))


@cache
def aspect_words(spoken: frozenset[str]) -> Lexicon:
    """The words for what is judged."""
    return Lexicon(spoken, get_args(Aspect))


@cache
def _tables() -> dict[str, dict[str, str]]:
    try:
        return tomllib.loads((ontology.folder() / "judgements.toml").read_text(encoding="utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"ontology/judgements.toml cannot be read ({error}); install the package again") from error


def _entries(language: str, kind: str) -> list[str]:
    text = _tables().get(language, {}).get(kind, "")
    return [entry.strip() for entry in re.split(r"[,\n]", text) if entry.strip()]


def _spellings(entry: str) -> Iterator[str]:
    """An entry once for each of its alternatives."""
    match = re.search(r"\(([^()]*)\)(\??)", entry)
    if match is None:
        yield entry
        return
    for choice in match.group(1).split("|"):
        yield from _spellings(entry[: match.start()] + choice + entry[match.end() :])
    if match.group(2):
        yield from _spellings(entry[: match.start()] + entry[match.end() :])


def _keys(entry: str) -> set[str]:
    """The first letters of an entry, or of each of its alternatives if it begins with them."""
    beginnings = [entry] if len(_beginning(entry)) >= _KEY else _spellings(entry)
    return {_key(beginning) for beginning in beginnings}


def _key(entry: str) -> str:
    prefix = _beginning(entry)
    if re.match(rf"[{_HAN}]", prefix):
        return prefix[:1]
    if len(prefix) < _KEY:
        raise OntologyError(f"ontology/judgements.toml: {entry!r} begins with fewer than {_KEY} plain letters; write out its forms")
    return prefix[:_KEY]


def _beginning(entry: str) -> str:
    literal = re.match(r"[^*~(?]*", entry)
    return literal.group().lower() if literal else ""


@cache
def _pattern(entry: str) -> re.Pattern[str]:
    """`*` is any ending, `~` up to three words, a space any white space; compiled when a text first has a word that begins so."""
    spaceless = re.match(rf"[{_HAN}]", entry)
    entry = re.sub(r"\(([^()]*)\)", lambda match: f"({'|'.join(sorted(match.group(1).split('|'), key=len, reverse=True))})", entry)
    written = {
        "*": "" if spaceless else r"[\w-]*",
        "~ ": r"(?:[\w'-]+\s+){0,3}",
        "-": r"[-\s]",
        " ": r"\s+",
        "(": "(?:",
        ")": ")",
        "|": "|",
        "?": "?",
    }
    pattern = "".join(written.get(part, re.escape(part)) for part in re.findall(r"~ |.", entry))
    return re.compile(pattern if spaceless else rf"{pattern}(?!\w)", re.I)
