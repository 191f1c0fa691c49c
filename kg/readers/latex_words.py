"""The words of LaTeX: what its commands, environments and signs are to a reader of the page.

Commands and environments are those of LaTeX2e (https://latexref.xyz) and the usual packages; symbols come from pylatexenc's table.
"""

from __future__ import annotations

import re
from functools import cache

from kg.model import InlineKind

HEADINGS = {"part": 1, "chapter": 2, "section": 3, "subsection": 4, "subsubsection": 5, "paragraph": 6, "subparagraph": 6}
RUNS: dict[str, InlineKind] = {"textbf": "bold", "textit": "italic", "emph": "italic", "textsl": "italic", "texttt": "code", "sout": "struck", "st": "struck", "enquote": "quoted"}  # fmt: skip
DECLARED_RUNS: dict[str, InlineKind] = {"bfseries": "bold", "bf": "bold", "itshape": "italic", "it": "italic", "em": "italic", "slshape": "italic", "ttfamily": "code", "tt": "code"}  # fmt: skip
FIELDS = {"title": "title", "author": "author", "date": "date", "subtitle": "subtitle", "keywords": "keywords"}
# How many of a command's arguments are no text; what follows them is.
HIDDEN = {
    **dict.fromkeys(("textcolor", "colorbox", "parbox", "raisebox", "scalebox", "foreignlanguage", "hyperref", "hyperlink", "hypertarget"), 1),
    **dict.fromkeys(("resizebox", "multicolumn", "multirow", "fcolorbox"), 2),
    **dict.fromkeys(("label", "ref", "eqref", "autoref", "cref", "Cref", "pageref", "nameref", "index", "thanks", "bibitem", "phantom"), 1),
    **dict.fromkeys(("vspace", "hspace", "vskip", "input", "include", "includegraphics", "bibliography", "bibliographystyle", "addbibresource"), 1),
    **dict.fromkeys(("pagestyle", "thispagestyle", "color", "usepackage", "documentclass", "RequirePackage", "hypersetup", "geometry"), 1),
    **dict.fromkeys(("setlist", "graphicspath", "pagenumbering", "usetikzlibrary", "newtheorem", "theoremstyle", "pagecolor", "hyphenation"), 1),
    **dict.fromkeys(("setlength", "addtolength", "setcounter", "addtocounter", "rule", "fontsize", "fancyhead", "fancyfoot", "markboth", "let"), 2),
    **dict.fromkeys(("newcommand", "renewcommand", "providecommand", "DeclareMathOperator", "newenvironment", "renewenvironment"), 2),
    **dict.fromkeys(("definecolor", "titlespacing", "addcontentsline"), 3),
    "titleformat": 5, "newenvironment": 3, "renewenvironment": 3, "fancyhead": 1, "fancyfoot": 1, "markright": 1, "newcounter": 1, "newlength": 1,
}  # fmt: skip
LISTS = re.compile(r"item|enum|descr|bibliography|^(?:list|trivlist|questions|papers|entries)$")
TABLES = frozenset({"tabular", "tabular*", "tabularx", "tabulary", "longtable", "tabu", "longtabu", "array", "xltabular", "tblr"})
ENVIRONMENT_ARGUMENTS = {"tabular": 1, "tabular*": 2, "tabularx": 2, "tabulary": 2, "longtable": 1, "tabu": 1, "longtabu": 1, "array": 1, "xltabular": 2, "tblr": 1, "minipage": 1, "multicols": 1, "thebibliography": 1, "adjustwidth": 2, "list": 2, "spacing": 1}  # fmt: skip
ACCENTS = dict(
    zip("`'^\"~=.uvHcdbkrt", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0323\u0331\u0328\u030a\u0361", strict=True)
)
SIGNS = {"&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": "\n", ",": " ", ";": " ", ":": " ", ">": " "}
SPECIALS = {"~": " ", "---": "—", "--": "–", "``": "“", "''": "”"}
QUOTES = frozenset({"quote", "quotation", "verse", "displayquote"})
CITATION = re.compile(r"^(?:no|full|foot|text|paren|auto|smart|super|Text|Paren|Auto)?[cC]ite(?:p|t|alp|alt|author|year|yearpar|title|url|num|s)?$")
RULES = frozenset({"hline", "midrule", "toprule", "bottomrule", "cmidrule", "cline"})
DEFINITION = re.compile(r"\\(?:re|provide)?newcommand\*?\{?\\([A-Za-z]+)\}?\[(\d)\](?:\[[^\]\n]*\])?\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
SIZE = re.compile(r"[ \t]*(?:(?:height|width|depth)[ \t]*[\d.]+[ \t]*\w\w[ \t]*)+")


@cache
def symbol(name: str) -> str | None:
    """What a command without arguments shows, if it is a symbol."""
    from pylatexenc.latex2text import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(name)
    shown = getattr(spec, "simplify_repl", None)
    return shown if isinstance(shown, str) and "%" not in shown and "<" not in shown and name != "today" else None
