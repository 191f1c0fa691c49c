"""Finds the words of praise and criticism of `ontology/judgements.toml` in a text, in the languages that the text is written in."""

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
_KEY = 3
_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\u2600-\u27ff\u2b50"
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_FUNCTION_WORDS = {
    "de": frozenset("der die das und ist nicht ein eine einen mit von für auf dem den des im sich auch wird sind aber sehr zu hat".split()),
    "fr": frozenset("le la les des est une dans pour pas sur et du au aux qui que avec ce cette son sont mais très plus".split()),
    "es": frozenset("el la los las una un que de del y en con para por se su es son no lo más pero muy como".split()),
}
_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the lexicon as it stands at `start` to `end` of a text."""

    start: int
    end: int
    kind: Kind


def languages(text: str) -> frozenset[str]:
    """The languages whose function words or letters make up a good part of a text; English and emoji always count."""
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    spoken = {name for name, function in _FUNCTION_WORDS.items() if sum(word in function for word in words) > _SHARE * len(words)}
    if len(spoken) > 1:
        spoken = {max(sorted(spoken), key=lambda name: sum(word in _FUNCTION_WORDS[name] for word in words))}
    if re.search(r"[\u4e00-\u9fff]", text):
        spoken.add("ja" if _KANA.search(text) else "zh")
    return frozenset(spoken | {"en", "emoji"})


class Lexicon:
    """The entries of some languages, found by the first letters of a word."""

    def __init__(self, spoken: frozenset[str]) -> None:
        entries: dict[str, list[tuple[str, Kind]]] = defaultdict(list)
        for kind in get_args(Kind):
            for language in sorted(spoken):
                for entry in _entries(language, kind):
                    entries[_key(entry)] += [(spelt, kind) for spelt in _spellings(entry)]
        self._patterns: dict[str, tuple[re.Pattern[str], tuple[Kind, ...]]] = {key: _pattern(found) for key, found in entries.items()}

    def terms(self, text: str) -> Iterator[Term]:
        """The entries in the order of the text, none inside another; curly apostrophes count as straight ones."""
        text, end = text.replace("’", "'"), 0
        for word in _WORD.finditer(text):
            if word.start() < end:
                continue
            for size in (_KEY, 1):
                known = self._patterns.get(text[word.start() : word.start() + size].lower())
                if known and (match := known[0].match(text, word.start())):
                    yield Term(match.start(), match.end(), known[1][(match.lastindex or 1) - 1])
                    end = match.end()
                    break


@cache
def lexicon(spoken: frozenset[str]) -> Lexicon:
    return Lexicon(spoken)


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


def _key(entry: str) -> str:
    literal = re.match(r"[^*~(?]*", entry)
    prefix = literal.group().lower() if literal else ""
    if re.match(rf"[{_HAN}]", prefix):
        return prefix[:1]
    if len(prefix) < _KEY:
        raise OntologyError(f"ontology/judgements.toml: {entry!r} begins with fewer than {_KEY} plain letters; write out its forms")
    return prefix[:_KEY]


def _pattern(found: list[tuple[str, Kind]]) -> tuple[re.Pattern[str], tuple[Kind, ...]]:
    """Longer entries first, so that a set phrase hides the words inside it."""
    ordered = sorted(found, key=lambda pair: -len(pair[0]))
    return re.compile("|".join(f"({_regex(entry)})" for entry, _ in ordered), re.I), tuple(kind for _, kind in ordered)


def _regex(entry: str) -> str:
    """`*` is any ending, `~` up to three words, a space any white space."""
    spaceless = re.match(rf"[{_HAN}]", entry)
    words = [re.escape(word).replace(r"\*", "" if spaceless else r"[\w-]*").replace(r"\-", r"[-\s]") for word in entry.split()]
    pattern = r"\s+".join(words).replace(r"\~\s+", r"(?:[\w'-]+\s+){0,3}")
    return pattern if spaceless else rf"{pattern}(?!\w)"
