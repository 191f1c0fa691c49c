"""Given names and family names so common that a capitalised pair with one of them is a person and no two words of a title.

Names that are also English words (White, King, Rose, Grace) are left out on purpose.
"""

from __future__ import annotations

from importlib import resources


def _words(file: str) -> frozenset[str]:
    text = resources.files("kg.annotators").joinpath(file).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


GIVEN = _words("given_names.txt")
KNOWN = GIVEN | _words("family_names.txt")
