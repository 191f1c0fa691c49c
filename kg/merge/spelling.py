"""One spelling for a word that is written in several ways: American, in the singular, in Latin letters."""

from __future__ import annotations

import re
from functools import cache

_AMERICAN = re.compile(
    r"(?<=[a-z]{2})(?:our(?=s?$|al$|ed$|ing$|ings$)|is(?=ations?$|e[ds]?$|ing$)|ys(?=e[ds]?$|ing$)|ll(?=ings?$|ed$)"
    r"|tres?$|bre(?=s?$)|amme(?=s?$)|logue(?=s?$)|fence(?=s?$)|tefact(?=s?$))"
)
_RESPELT = {"our": "or", "is": "iz", "ys": "yz", "ll": "l", "tre": "ter", "tres": "ters", "bre": "ber", "amme": "am", "logue": "log", "fence": "fense", "tefact": "tifact"}  # fmt: skip
_AMERICAN_WORD = {
    "grey": "gray", "mould": "mold", "plough": "plow", "tyre": "tire", "licence": "license", "judgement": "judgment", "ageing": "aging",
    "sceptic": "skeptic", "cheque": "check",
}  # fmt: skip
_SINGULAR_WORD = {
    "indices": "index", "vertices": "vertex", "matrices": "matrix", "analyses": "analysis", "hypotheses": "hypothesis", "corpora": "corpus",
    "criteria": "criterion", "phenomena": "phenomenon",
}  # fmt: skip
_NO_PLURAL = re.compile(r"[^aeiou]us$|ss$|is$|ics$|^(?:bias|canvas|atlas|lens|series|species|news)$")
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega".split()
_LETTER = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK, strict=True))
_GREEK_LETTER = re.compile(r"(?<![\u0370-\u03ff])[α-ωΑ-Ω](?![\u0370-\u03ff])")
_LATEX_LETTER = re.compile(rf"\\(?:var)?({'|'.join(_GREEK)}|ell)(?![a-z])", re.IGNORECASE)
# Russian and Ukrainian, then Greek, by sound, as people spell their own names in Latin letters.
_CYRILLIC = "а a, б b, в v, г g, ґ g, д d, е e, ё e, є e, ж zh, з z, и i, і i, ї i, й i, к k, л l, м m, н n, о o, п p, р r, с s, т t, у u, ф f, х kh, ц ts, ч ch, ш sh, щ shch, ъ, ы y, ь, э e, ю yu, я ya"
_GREEK_SOUND = "α a, β v, γ g, δ d, ε e, ζ z, η i, θ th, ι i, κ k, λ l, μ m, ν n, ξ x, ο o, π p, ρ r, σ s, ς s, τ t, υ y, φ f, χ ch, ψ ps, ω o"
_LATIN = {ord(letter): "".join(sound) for letter, *sound in (pair.split() for pair in f"{_CYRILLIC}, {_GREEK_SOUND}".split(","))}


@cache
def american(word: str) -> str:
    """A word in small letters as Americans spell it."""
    if word in _SINGULAR_WORD:
        return word
    return _AMERICAN_WORD.get(word) or _AMERICAN.sub(lambda match: _RESPELT[match.group()], word)


@cache
def singular(word: str) -> str:
    """A word in small letters without its plural's ending."""
    if word in _SINGULAR_WORD:
        return _SINGULAR_WORD[word]
    if len(word) <= 3 or _NO_PLURAL.search(word):
        return word
    return re.sub(r"(?<=[^aeiou])ies$", "y", word).removesuffix("s")


def letters_named(text: str) -> str:
    """A single Greek letter, as such or in LaTeX, by its name: `β-VAE` is `beta-VAE`."""
    text = _LATEX_LETTER.sub(lambda match: "l" if match[1] == "ell" else match[1], text)
    return _GREEK_LETTER.sub(lambda match: _LETTER[match.group().lower()], text)


def latin(key: str) -> str:
    """A key (`kg.identity.key`) in Latin letters, where it is in Cyrillic or Greek ones."""
    return key.translate(_LATIN)
