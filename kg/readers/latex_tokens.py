"""The tokens of LaTeX, with the partner of each bracket, found in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.readers.latex_words import symbol

_TOKEN = re.compile(
    r"\\verb\*?(?P<delimiter>[^A-Za-z\s*])[^\n]*?(?P=delimiter)"
    r"|\\(?P<edge>begin|end)[ \t]*\{(?P<environment>[^{}\\\n]+)\}"
    r"|\\(?P<name>[A-Za-z@]+)\*?(?P<gap>[ \t]*(?:\n(?![ \t]*(?:\n|\Z))[ \t]*)?)"
    r"|\\(?P<sign>.)"
    r"|(?P<remark>%[^\n]*(?:\n(?![ \t]*(?:\n|\Z))[ \t]*)?)"
    r"|(?P<blank>\n[ \t]*\n\s*)|(?P<line>\n[ \t]*)"
    r"|(?P<open>\{)|(?P<close>\})|(?P<bracket>[\[\]])|(?P<math>\$\$?)|(?P<column>&)|(?P<special>~|---?|``|'')"
    r"|(?P<text>[^\\%{}\[\]$&~\n`'-]+|[`'\\-])",
    re.DOTALL,
)
_RAW = {"verbatim": "code", "verbatim*": "code", "lstlisting": "code", "minted": "code", "alltt": "code", "tikzpicture": "code", "filecontents": "code", "comment": "comment"}  # fmt: skip


@dataclass(slots=True)
class Token:
    """A token; `kind` is its class, `name` the command, sign or environment, `name_end` where the name ends, `partner` the index of the other bracket."""

    kind: str
    start: int
    end: int
    name: str = ""
    name_end: int = 0
    partner: int | None = None


class Tokens(list[Token]):
    """Tokens in order, and where the arguments of commands end among them."""

    def group(self, index: int) -> int | None:
        """The index of the brace that closes the group which begins at an index."""
        if index < len(self) and self[index].kind == "open":
            return self[index].partner
        return None

    def optional(self, index: int) -> int | None:
        """The index of the bracket that closes the optional argument which begins at an index."""
        if index < len(self) and self[index].kind == "text" and self[index].name == "[":
            return self[index].partner
        return None

    def past(self, index: int, count: int) -> int:
        """The index after a command, its optional arguments and its first `count` arguments."""
        index += 1
        while (end := self.optional(index)) is not None:
            index = end + 1
        while count and index < len(self):
            group = self.group(index)
            if group is None:
                return index + 1 if self[index].kind == "command" else index
            index, count = group + 1, count - 1
            while (end := self.optional(index)) is not None and count:
                index = end + 1
        return index

    def after(self, index: int) -> int:
        """The index of the last token of the argument that begins at an index."""
        group = self.group(index)
        return group if group is not None else min(index + 1, len(self))


def tokens(text: str, start: int, end: int, *, remarks: bool = True) -> Tokens:
    """The tokens of `text[start:end]`, which they cover without gap; square brackets are text with a partner.

    Without `remarks` a percent sign is text.
    """
    found = Tokens(_scanned(text, start, end, remarks=remarks))
    waiting: list[int] = []
    for index, token in enumerate(found):
        if token.kind == "open" or (token.name == "[" and token.kind == "text"):
            waiting.append(index)
        elif token.kind == "close":
            while waiting and found[waiting[-1]].kind != "open":
                waiting.pop()
            _join(found, waiting, index)
        elif token.name == "]" and token.kind == "text" and waiting and found[waiting[-1]].name == "[":
            _join(found, waiting, index)
    return found


def _join(found: Tokens, waiting: list[int], index: int) -> None:
    if waiting:
        partner = waiting.pop()
        found[partner].partner, found[index].partner = index, partner


def _scanned(text: str, start: int, end: int, *, remarks: bool) -> Iterator[Token]:
    place = start
    endless: set[str] = set()
    while place < end and (match := _TOKEN.match(text, place, end)):
        token = _token(match)
        if token.kind == "remark" and not remarks:
            token = Token("text", place, place + 1)
        if token.kind == "begin" and token.name in _RAW and token.name not in endless:
            stop = text.find(f"\\end{{{token.name}}}", token.end, end)
            if stop < 0:
                endless.add(token.name)
            else:
                token = Token(_RAW[token.name], token.start, stop + len(token.name) + 6, token.name, token.end)
        yield token
        place = token.end


def _token(match: re.Match[str]) -> Token:
    start, end = match.span()
    kind = match.lastgroup or "text"
    if match.group("delimiter"):
        return Token("code", start, end, "verb", match.end("delimiter"))
    if match.group("edge"):
        return Token(match.group("edge"), start, end, match.group("environment"))
    if match.group("name"):
        return Token("command", start, end, match.group("name"), match.start("gap"))
    if kind == "bracket":
        return Token("text", start, end, match.group())
    return Token(kind, start, end, match.group(kind))


def base(found: Tokens, text: str, index: int) -> tuple[str, int] | None:
    """The letters that an accent before an index stands on, and the index after them (the same where they begin a longer text)."""
    if index >= len(found):
        return None
    token = found[index]
    if token.kind == "text":
        return text[token.start], index
    if token.kind == "open" and (group := token.partner) is not None and group == index + 2:
        inner = found[index + 1]
        return (text[inner.start : inner.end] if inner.kind == "text" else symbol(inner.name) or inner.name), group + 1
    if token.kind == "command" and len(token.name) == 1:
        return token.name, index + 1
    return None
