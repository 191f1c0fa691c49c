"""Words that lead to a paper without naming it: "paper", "the preprint", "Volltext", a bare identifier."""

from __future__ import annotations

import re

_WITHIN = re.compile(
    r"\b(?:paper|article|preprint|biorxiv|medrxiv|ssrn|hal|pubmed|openreview|acl anthology|prépublication|publication|pdf|arxiv|link|here|full ?text|open access|volltext|artikel|papier|aufsatz|texte intégral|texto completo|artículo|artigo|articolo|lien|enlace|aquí|aqui|ici|hier|doi|work|study|html|abs)\b"
    r"|论文|論文|原文|全文|链接|リンク|논문|링크|\b10\.\d{4,}/|^\W*$",
    re.I,
)
_WHOLE = re.compile(
    r"^(?:(?:the|this|their|a|his|her|our|full|original)\s+)?(?:paper|article|preprint|publication|pdf|arxiv|link|link here|here|download paper.*|paper link|full text|link to (?:the )?paper)$",
    re.I,
)


def is_pointer(words: str) -> bool:
    """Whether a link's words say nothing but that a paper stands behind it."""
    return bool(_WHOLE.match(words.strip(" .:")))


def has_pointer(words: str) -> bool:
    """Whether a link's words call what stands behind it a paper, or give its identifier."""
    return bool(_WITHIN.search(words))
