"""LaTeX: what stands on the page, as far as it can be told without running TeX; also the LaTeX inside BibTeX values.

One pass over the tokens, so that the time is linear and nesting costs nothing; pylatexenc's own walker is exponential on `\\sqrt[` repeated.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable

from kg.model import Document, InlineKind, Source
from kg.readers import latex_tables
from kg.readers import latex_words as words
from kg.readers.decoding import decode
from kg.readers.latex_tables import Environment
from kg.readers.latex_tokens import Token, base, tokens
from kg.readers.outline import Outline
from kg.readers.self_description import described


class LatexReader:
    """Reads LaTeX; the document's text is the whole file, preamble and comments included."""

    name = "latex"
    media_types = ("text/x-tex", "application/x-latex")
    suffixes = (".tex", ".latex", ".ltx")

    def claims(self, text: str) -> float:
        if re.search(r"^[ \t]*\\(?:documentclass\b|begin\{document\})", text[:20_000], re.MULTILINE):
            return 1.0
        signs = re.findall(r"\\(?:(?:sub)*section\*?\{|item\b|textbf\{|textit\{|emph\{|cite[pt]?\{|href\{|url\{|begin\{\w+|bibitem)", text[:20_000])
        return min(0.8, 0.15 * len(signs))

    def read(self, data: bytes, locator: str) -> Document:
        outline = Outline(decode(data, locator))
        write(outline, 0, len(outline.text))
        return outline.document(described(Source(locator, "text/x-tex"), outline))


def write(outline: Outline, start: int, end: int, *, value: bool = False) -> None:
    """Adds what is seen of the LaTeX in `text[start:end]` to an outline; a block that is open goes on.

    In a `value`, as BibTeX has them, blank lines end no paragraph and a percent sign is one.
    """
    walk = _Walk(outline, start, end, remarks=not value)
    walk.field = "value" if value else ""
    walk.run()


class _Walk:
    """Goes from token to token; what ends an argument waits in `closing` under the index of its last token."""

    def __init__(self, outline: Outline, start: int, end: int, *, remarks: bool) -> None:
        self.outline = outline
        self.tokens = tokens(outline.text, start, end, remarks=remarks)
        self.closing: dict[int, list[Callable[[], None]]] = defaultdict(list)
        self.groups: list[int] = []
        self.environments: list[Environment] = []
        self.field = ""
        self.contents: dict[str, Callable[[Token], None]] = {
            "text": self._text, "line": self._new_word, "open": self._open_group, "close": self._close_group, "blank": self._blank_line, "column": self._column,
            "code": self._raw, "comment": self._raw,
        }  # fmt: skip
        self.controls: dict[str, Callable[[int, Token], int]] = {
            "command": self._command, "sign": self._sign, "special": self._special, "begin": self._begin, "end": self._end,
        }  # fmt: skip
        self.defined = {name: (int(count), body) for name, count, body in words.DEFINITION.findall(outline.text[start : min(end, start + 200_000)])}

    def run(self) -> None:
        index = self._preamble()
        while index < len(self.tokens):
            for close in reversed(self.closing.pop(index, ())):
                close()
            index = self._token(index, self.tokens[index])
        for index in sorted(self.closing):
            for close in reversed(self.closing[index]):
                close()

    def _preamble(self) -> int:
        """Reads the title, authors and date before the body; the index at which the body begins."""
        begin = next((index for index, token in enumerate(self.tokens) if token.kind == "begin" and token.name == "document"), None)
        if begin is None:
            return 0
        index = 0
        while index < begin:
            token = self.tokens[index]
            for close in reversed(self.closing.pop(index, ())):
                close()
            told = token.kind == "command" and (token.name in words.FIELDS or token.name == "hypersetup")
            index = self._token(index, token) if told or self.field else index + 1
        return begin + 1

    def _token(self, index: int, token: Token) -> int:
        """Reads a token; the index of the one to read next."""
        if (control := self.controls.get(token.kind)) is not None:
            return control(index, token)
        if (content := self.contents.get(token.kind)) is not None:
            content(token)
        return index + 1

    def _text(self, token: Token) -> None:
        self.outline.add(token.start, token.end)

    def _new_word(self, token: Token) -> None:
        self.outline.add(token.start, token.end, "\n")

    def _open_group(self, token: Token) -> None:
        self.groups.append(token.partner if token.partner is not None else len(self.tokens))

    def _close_group(self, _token: Token) -> None:
        self.groups = self.groups[:-1]

    def _blank_line(self, token: Token) -> None:
        if self.field:
            self.outline.add(token.start, token.end, "\n")
        else:
            self.outline.close_leaf()

    def _column(self, token: Token) -> None:
        if (table := self._table()) is not None:
            table.next_cell(self.outline)
        else:
            self.outline.add(token.start, token.end)

    def _special(self, index: int, token: Token) -> int:
        following = self.tokens[index + 1 : index + 2]
        if not (token.name == "~" and following and words.CITATION.match(following[0].name)):  # a space before what is not shown
            self.outline.add(token.start, token.end, words.SPECIALS[token.name])
        return index + 1

    # -- commands

    def _command(self, index: int, token: Token) -> int:
        name = token.name
        if name in words.HEADINGS:
            self.outline.open_leaf("heading", words.HEADINGS[name])
            return self._shown(index, self.outline.close_leaf)
        if name in words.FIELDS and self.tokens.group(index + 1) is not None:
            self.field = words.FIELDS[name]
            self.outline.open_leaf("field", name=self.field)
            return self._shown(index, self._end_field)
        if name in words.RUNS:
            return self._run(index, words.RUNS[name])
        if name in words.DECLARED_RUNS:
            return self._declared(index, words.DECLARED_RUNS[name])
        if name in ("href", "url", "nolinkurl", "doi"):
            return self._link(index, token)
        if name in ("item", "bibitem"):
            return self._item(index, token)
        if name in ("footnote", "frac", "dfrac", "tfrac"):
            return self._joined(index, token)
        if name in self.defined:
            return self._own(index, token)
        return self._other(index, token)

    def _other(self, index: int, token: Token) -> int:
        name = token.name
        if name == "hypersetup":
            self._properties(index)
        if words.CITATION.match(name):
            return self.tokens.past(index, 1)
        if name in words.HIDDEN:
            return self.tokens.past(index, words.HIDDEN[name])
        if name == "caption":
            self.outline.open_leaf("paragraph")
            return self._shown(index, self.outline.close_leaf)
        if name in words.ACCENTS and len(name) == 1 and (letter := base(self.tokens, self.outline.text, index + 1)):
            return self._accent(index, token, letter)
        if name in ("par", "newpage", "clearpage", "maketitle"):
            self.outline.close_leaf()
        elif name == "and" and self.field:
            self.outline.open_leaf("field", name=self.field)
        elif name in ("hrule", "vrule") and (size := words.SIZE.match(self.outline.text, token.end)):
            return next((at for at in range(index, len(self.tokens)) if self.tokens[at].start >= size.end()), len(self.tokens))
        elif name in ("newline", "linebreak", "tabularnewline"):
            self._new_line(token)
        elif (shown := words.symbol(name)) is not None:
            self.outline.add(
                token.start, token.end, shown + (" " if token.name_end < token.end and "\n" in self.outline.text[token.name_end : token.end] else "")
            )
            return index + 1
        return self.tokens.past(index, 0)

    def _shown(self, index: int, close: Callable[[], None]) -> int:
        """Goes on inside the argument of a command; `close` is called at its end."""
        first = self.tokens.past(index, 0)
        self.closing[self.tokens.after(first)].append(close)
        return first

    def _run(self, index: int, kind: InlineKind) -> int:
        first = self.tokens.past(index, 0)
        last = self.tokens.after(first)
        self.outline.open_run(kind, self.tokens[index].start)
        end = self.tokens[min(last, len(self.tokens)) - 1].end
        self.closing[last].append(lambda: self.outline.close_run(kind, end))
        return first

    def _declared(self, index: int, kind: InlineKind) -> int:
        """A declaration such as `\\bfseries`: it holds to the end of the group."""
        if self.groups:
            last = self.groups[-1]
            self.outline.open_run(kind, self.tokens[index].start)
            end = self.tokens[last].start if last < len(self.tokens) else self.tokens[-1].end
            self.closing[last].append(lambda: self.outline.close_run(kind, end))
        return index + 1

    def _link(self, index: int, token: Token) -> int:
        first = self.tokens.past(index, 0)
        group = self.tokens.group(first)
        if group is None:
            return first
        begin, stop = self.tokens[first].end, self.tokens[group].start
        target = re.sub(r"\\([%#&_~{}])", r"\1", self.outline.text[begin:stop]).strip()
        target = f"https://doi.org/{target}" if token.name == "doi" else target
        self.outline.open_run("link", token.start, target)
        if token.name == "href":
            last = self.tokens.after(group + 1)
            end = self.tokens[min(last, len(self.tokens)) - 1].end
            self.closing[last].append(lambda: self.outline.close_run("link", end))
        else:
            self.outline.add(begin, stop, target.removeprefix("https://doi.org/") if "\\" in self.outline.text[begin:stop] else None)
            self.outline.close_run("link", self.tokens[group].end)
        return group + 1

    def _item(self, index: int, token: Token) -> int:
        listed = next((environment for environment in reversed(self.environments) if words.LISTS.search(environment.name)), None)
        if listed:
            if listed.begun:
                self.outline.close_item()
            self.outline.open_item()
            listed.begun = True
        else:
            self.outline.close_leaf()
        if token.name == "bibitem":
            return self.tokens.past(index, 1)
        label = self.tokens.optional(index + 1)
        if label is None:
            return index + 1
        opened, closed = self.tokens[index + 1], self.tokens[label]
        closed.kind = "hidden"
        self.outline.open_run("bold", opened.end)
        self.closing[label].append(lambda: self._end_label(closed))
        return index + 2

    def _end_label(self, bracket: Token) -> None:
        self.outline.close_run("bold", bracket.start)
        self.outline.add(bracket.start, bracket.end, " ")

    def _joined(self, index: int, token: Token) -> int:
        """Arguments that are seen with a sign between or around them: a footnote in brackets, a fraction with its stroke."""
        first = self.tokens.past(index, 0)
        group = self.tokens.group(first)
        if group is None:
            return first
        opened, closed = self.tokens[first], self.tokens[group]
        if token.name == "footnote":
            self.outline.add(opened.start, opened.end, " (")
            self.closing[group].append(lambda: self.outline.add(closed.start, closed.end, ")"))
        else:
            self.closing[group].append(lambda: self.outline.add(closed.start, closed.end, "/"))
        return first + 1

    def _own(self, index: int, token: Token) -> int:
        """A command that the document defines: each argument is a line of its own, in the dress that the definition gives it."""
        count, body = self.defined[token.name]
        first = at = self.tokens.past(index, 0)
        if "\\item" in body:
            self._item(index, Token("command", token.start, token.end, "entry", token.end))
        for number in range(1, count + 1):
            group = self.tokens.group(at)
            if group is None:
                break
            self._dress(at, group, body, number)
            at = group + 1
        return first

    def _dress(self, first: int, group: int, body: str, number: int) -> None:
        wrapped = re.search(rf"\\([A-Za-z]+)\*?\{{#{number}\}}", body)
        name = wrapped.group(1) if wrapped else ""
        if f"href{{#{number}}}" in body or name in ("label", "cite", "includegraphics"):
            target, end = self.outline.text[self.tokens[first].end : self.tokens[group].start].strip(), self.tokens[group].end
            self.closing[first].append(lambda: self.outline.open_run("link", self.tokens[first].end, target))
            self.closing[group].append(lambda: self.outline.close_run("link", end))
        if name in words.HEADINGS:
            self.closing[first].append(lambda: self.outline.open_leaf("heading", words.HEADINGS[name]))
            self.closing[group].append(self.outline.close_leaf)
        elif name in words.RUNS:
            end = self.tokens[group].end
            self.closing[first].append(lambda: self.outline.open_run(words.RUNS[name], self.tokens[first].end))
            self.closing[group].append(lambda: self.outline.close_run(words.RUNS[name], end))
        if number > 1 and name not in words.HEADINGS:
            opened = self.tokens[first]
            self.closing[first].append(lambda: self.outline.add(opened.start, opened.end, "\n"))

    def _properties(self, index: int) -> None:
        first = self.tokens.past(index, 0)
        group = self.tokens.group(first)
        if group is None:
            return
        for found in re.finditer(r"\bpdf(title|author)\s*=\s*\{([^{}]+)\}", self.outline.text[self.tokens[first].end : self.tokens[group].start]):
            self.outline.open_leaf("field", name=found.group(1))
            write(self.outline, self.tokens[first].end + found.start(2), self.tokens[first].end + found.end(2))
            self.outline.close_leaf()

    def _end_field(self) -> None:
        self.outline.close_leaf()
        self.field = ""

    # -- signs

    def _sign(self, index: int, token: Token) -> int:
        if token.name == "\\":
            self._new_line(token)
            optional = self.tokens.optional(index + 1)
            after = index + 1 if optional is None else optional + 1
            return after + (after < len(self.tokens) and self.tokens[after].kind == "line")
        if token.name in words.ACCENTS and (letter := base(self.tokens, self.outline.text, index + 1)):
            return self._accent(index, token, letter)
        if token.name in words.SIGNS:
            self.outline.add(token.start, token.end, words.SIGNS[token.name])
        return index + 1

    def _new_line(self, token: Token) -> None:
        table = self._table()
        if table is not None:
            table.next_row(self.outline)
        elif self.field == "author":
            self.outline.open_leaf("field", name="affiliation")
        else:
            self.outline.add(token.start, token.end, "\n")

    def _accent(self, index: int, token: Token, base: tuple[str, int]) -> int:
        letters, after = base
        letters = {"ı": "i", "ȷ": "j"}.get(letters, letters)
        shown = unicodedata.normalize("NFC", letters[:1] + words.ACCENTS[token.name] + letters[1:])
        if after > index + 1:
            self.outline.add(token.start, self.tokens[after - 1].end, shown)
            return after
        letter = self.tokens[after]
        self.outline.add(token.start, letter.start + 1, shown)
        self.outline.add(letter.start + 1, letter.end)
        return after + 1

    # -- environments

    def _begin(self, index: int, token: Token) -> int:
        name = token.name.rstrip("*") if token.name not in words.ENVIRONMENT_ARGUMENTS else token.name
        self.outline.close_leaf()
        environment = Environment(name)
        self.environments.append(environment)
        after = self.tokens.past(index, words.ENVIRONMENT_ARGUMENTS.get(name, 0))
        if words.LISTS.search(name):
            self.outline.open_list()
        elif name in words.TABLES:
            environment.begin_table(self.outline, headed=latex_tables.headed(self.tokens, after))
        elif name in words.QUOTES:
            self.outline.open_leaf("quote")
        return after

    def _end(self, index: int, token: Token) -> int:
        if token.name == "document":
            return len(self.tokens)
        name = token.name.rstrip("*") if token.name not in words.ENVIRONMENT_ARGUMENTS else token.name
        if any(environment.name == name for environment in self.environments):
            while self.environments:
                ended = self.environments.pop()
                self._leave(ended)
                if ended.name == name:
                    break
        return index + 1

    def _leave(self, environment: Environment) -> None:
        self.outline.close_leaf()
        if environment.begun:
            self.outline.close_item()
        if environment.name in words.TABLES or words.LISTS.search(environment.name):
            self.outline.close_list()

    def _raw(self, token: Token) -> None:
        if token.kind == "code" and token.name == "verb":
            self.outline.open_run("code", token.start)
            self.outline.add(token.name_end, token.end - 1)
            self.outline.close_run("code", token.end)
        elif token.name:
            self.outline.open_leaf(token.kind)  # type: ignore[arg-type]
            self.outline.add(token.name_end, token.end - len(f"\\end{{{token.name}}}"))
            self.outline.close_leaf()

    def _table(self) -> Environment | None:
        return self.environments[-1] if self.environments and self.environments[-1].name in words.TABLES else None
