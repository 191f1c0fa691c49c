"""What stands inside a paragraph of reStructuredText: emphasis, literals, links by name or address, substitutions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.readers.inline import Token

_TOKEN = re.compile(
    r"\\(?:(?P<space>\s)|(?P<escaped>.))"
    r"|``(?P<literal>[^`\n](?:[^`]|`(?!`))*?)``"
    r"|(?P<role>:[\w.+:-]{1,40}:)?(?P<anchor>_)?`(?P<words>[^`<\s](?:[^`<]{0,500}[^`<\s])?)(?P<embedded>\s*<(?P<address>[^<>`]{1,500})>)?`(?P<reference>__?)?"
    r"|(?P<note>\[(?:\d+|#\w*|\*|[A-Za-z][\w.-]*)\]_(?!\w))"
    r"|\|(?P<substituted>[^|\s](?:[^|\n]{0,200}[^|\s])?)\|"
    r"|(?<![\w/.-])(?P<name>\w(?:[\w.+-]{0,100}\w)?)(?<!_)__?(?![\w`])"
    r"|(?P<mark>\*\*?)|(?P<line>(?<![ \t])[ \t]*\n[ \t]*)"
)
_TARGET = re.compile(r"^[ \t]*(?:\.\. (?:_(?P<quoted>`[^`\n]+`|[^:\n]+|_): +|__ +)|__ +)(?P<address>\S+)[ \t]*$", re.MULTILINE)
_REPLACED = re.compile(r"^[ \t]*\.\. \|(?P<name>[^|\n]+)\| replace:: +(?P<words>\S.*)$", re.MULTILINE)
_EMBEDDED = re.compile(r"`(?P<words>[^`<\s][^`<]{0,500}?)\s*<(?P<address>[^<>`\s]{1,500})>`_(?!_)")
_BEFORE, _AFTER = " \t\n'\"([{<-/:–—“‘«¿¡", " \t\n'\")]}>-/:.,;!?\\–—”’»…"


class Names:
    """What the names of a document stand for: addresses of links, and the words of substitutions."""

    def __init__(self, text: str) -> None:
        self.addresses: dict[str, str] = {}
        self.nameless: list[str] = []
        self.words = {found.group("name"): found.group("words").strip() for found in _REPLACED.finditer(text)}
        for found in _TARGET.finditer(text):
            name = (found.group("quoted") or "_").strip("`")
            if name == "_":
                self.nameless.append(found.group("address"))
            else:
                self.addresses[_key(name)] = found.group("address")
        for found in _EMBEDDED.finditer(text):
            self.addresses.setdefault(_key(found.group("words")), found.group("address"))
        self.passed = 0

    def address(self, words: str, *, nameless: bool) -> str:
        """Where a reference leads, or "" if the document does not say; names lead to other names."""
        if nameless:
            self.passed += 1
            return self.nameless[self.passed - 1] if self.passed <= len(self.nameless) else ""
        found = self.addresses.get(_key(words), "")
        return self.addresses.get(_key(found.rstrip("_")), found) if found.endswith("_") else found


def tokens(names: Names, text: str, start: int, end: int) -> Iterator[Token]:
    """The markup in a stretch of text."""
    for found in _TOKEN.finditer(text, start, end):
        begin, stop = found.span()
        if found.group("space"):
            yield Token(begin, stop, "hidden")
        elif found.group("escaped"):
            yield Token(begin, stop, "seen", shown=found.group("escaped"))
        elif found.group("literal"):
            yield Token(begin, stop, "whole", "code", inner=found.span("literal"))
        elif found.group("words"):
            yield _quoted(names, found)
        elif found.group("note"):
            yield Token(begin, stop, "hidden")
        elif found.group("substituted"):
            if shown := names.words.get(found.group("substituted")):
                yield Token(begin, stop, "seen", shown=shown)
        elif found.group("name"):
            yield Token(
                begin,
                stop,
                "whole",
                "link",
                target=names.address(found.group("name"), nameless=text[begin:stop].endswith("__")),
                inner=found.span("name"),
            )
        elif found.group("line"):
            yield Token(begin, stop, "seen", shown="\n")
        else:
            yield from _mark(text, found, start, end)


def _quoted(names: Names, found: re.Match[str]) -> Token:
    """Words in back quotes: a link, or text with a role."""
    begin, end = found.span()
    words, inner = found.group("words"), found.span("words")
    reference = found.group("reference")
    if reference:
        address = (found.group("address") or "").strip().replace("\n", "") or names.address(words, nameless=reference == "__")
        return Token(
            begin, end, "whole", "link", target=names.address(address.rstrip("_"), nameless=False) if address.endswith("_") else address, inner=inner
        )
    role = (found.group("role") or "").strip(":").rsplit(":", 1)[-1]
    kind = (
        "code" if role in ("code", "literal", "math", "func", "class", "mod", "meth", "file", "command") else "bold" if role == "strong" else "italic"
    )
    if found.group("anchor") and not found.group("role"):
        kind = "quoted"
    return Token(begin, end, "whole", kind, inner=inner)  # type: ignore[arg-type]


def _mark(text: str, found: re.Match[str], start: int, end: int) -> Iterator[Token]:
    begin, stop = found.span()
    before = text[begin - 1] if begin > start else " "
    after = text[stop] if stop < end else " "
    opens = before in _BEFORE and not after.isspace()
    closes = after in _AFTER and not before.isspace()
    if opens or closes:
        sign = found.group("mark")
        yield Token(begin, stop, "mark" if opens and closes else "open" if opens else "close", "bold" if sign == "**" else "italic", sign)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
