"""TeX in titles and names, as arXiv and BibTeX files have it: quickly for looking up, fully for what is kept."""

from __future__ import annotations

import re

from pylatexenc.latex2text import LatexNodes2Text

_ACCENT = re.compile(r"\\[`'^\"~=.]\s*\{?\\?(\w)\}?|\\[uvHtcdbkr](?:\{\\?(\w)\}|\s+(\w))")
_TEX = re.compile(r"[\\{}$]")
_READER = LatexNodes2Text(math_mode="text", strict_latex_spaces=False, keep_comments=True)


def rough(text: str) -> str:
    """Without accents and braces: good enough for a key, at a hundredth of the cost."""
    if not _TEX.search(text):
        return text
    return re.sub(r"[{}$]", "", _ACCENT.sub(lambda match: match.group(1) or match.group(2) or match.group(3), text))


def plain(text: str) -> str:
    """As a reader of the paper sees it; text without TeX stays as it is."""
    if not _TEX.search(text):
        return text
    try:
        return str(_READER.latex_to_text(re.sub(r"(?<!\\)%", r"\\%", text)))
    except Exception:  # pylatexenc raises what its parser meets; a broken title is still a title
        return rough(text)
