"""Words that lead to a paper without naming it: "paper", "the preprint", "Volltext", a bare identifier."""

from __future__ import annotations

import re

_POINTER = re.compile(
    r"\b(?:paper|article|preprint|biorxiv|medrxiv|ssrn|hal|pubmed|openreview|acl anthology|prépublication|publication|pdf|arxiv|link|here|full ?text|open access|volltext|artikel|papier|aufsatz|texte intégral|texto completo|artículo|artigo|articolo|lien|enlace|aquí|aqui|ici|hier|doi|work|study|html|abs)\b"
    r"|论文|論文|原文|全文|链接|リンク|논문|링크|\b10\.\d{4,}/|^\W*$",
    re.I,
)


def is_pointer(words: str) -> bool:
    """Whether a link's words only say that a paper stands behind it."""
    return bool(_POINTER.search(words))
