"""Keeps the sentences in which a passage says what its paper does: what it proposes, studies, shows or releases.

Such statements of aim and contribution are a category of its own in the reading of papers (Teufel, "Argumentative Zoning", 1999: AIM, OWN).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractors.evidence import evidence
from kg.extractors.passages import REQUIRED, Line, Passage, passages
from kg.extractors.stance import stance
from kg.extractors.voice import speaks_for_itself
from kg.model import Document, Fact, Finding, Mark

_MOST = 4  # sentences of one passage
_SHORTEST, _LONGEST = 5, 80  # words
_VERBS = (
    r"propos(?:e[sd]?|ing)|present(?:s|ed)?|introduc(?:es?|ed)|describ(?:es?|ed)|develop(?:s|ed)?|design(?:s|ed)?|show(?:s|ed)?|demonstrat(?:es?|ed)|stud(?:y|ies|ied)|investigat(?:es?|ed)"
    r"|explor(?:es?|ed)|examin(?:es?|ed)|analy[sz](?:es?|ed)|address(?:es|ed)?|tackl(?:es?|ed)|discuss(?:es|ed)?|argues?|argued|offers?|provid(?:es?|ed)|builds?|built|creat(?:es?|ed)"
    r"|releas(?:es?|ed)|collect(?:s|ed)?|surveys?|surveyed|reviews?|reviewed|compar(?:es?|ed)|evaluat(?:es?|ed)|extend(?:s|ed)?|formulat(?:es?|ed)|focus(?:es|ed)?|deals? with|looks? (?:at|into)|talks? (?:\w+ ){0,2}about|works? (?:on|towards?)"
    r"|aims?|attempts?|tries|tried|proves?|proved|suggest(?:s|ed)?|outlin(?:es?|ed)|models?|solves?|solved|explains?|explained|applies|applied|apply|combin(?:es?|ed)|adapts?|adapted|revisits?|revisited"
    r"|transfers?|learns?|synthesi[sz]es?|detects?|estimates?|predicts?|transcribes?|generates?|finds?|found|asks?|establish(?:es)?|characteri[sz]es?|contributes?|conducts?|intends?|seeks?|leverages?"
)
# No word fits two of these, or a run of adverbs would be tried in every combination.
_ALSO = r"(?:(?:also|further|furthermore|first|then|here|thus|therefore|hence|now|instead|\w+ly)\s+)*"
_WORK = r"(?:paper|work|article|study|thesis|dissertation|survey|review|report|chapter|book|tutorial|project|method|approach|model|system|framework|algorithm|authors?|researchers|team)"
_IN_IT = rf"(?:(?:in|with) (?:this|the|their|his|her|our) (?:\w+ )?{_WORK},?\s+)"
_SUBJECT = rf"(?:(?:this|the|their|these|both)\s+(?:[\w-]+\s+){{0,2}}?{_WORK}s?|authors|they|he|she|it|here,? (?:they|the authors)|[A-Z][\w’'-]+(?: (?:&|and) [A-Z][\w’'-]+)?(?: et al\.?,?)(?:\s*\(\d{{4}}\))?)"
_OPENING = rf"^\W*(?:to (?:this|that|these) ends?,\s+)?(?:{_IN_IT})?"
_ENGLISH = re.compile(rf"{_OPENING}{_SUBJECT}\s+{_ALSO}(?:{_VERBS})\b", re.I)
_OURS = re.compile(rf"{_OPENING}(?:we|our (?:[\w-]+\s+){{0,2}}?{_WORK}|our (?:main )?(?:goal|aim|idea))\s+{_ALSO}(?:{_VERBS}|is|are)\b", re.I)
# "Proposes a …", as annotated lists write; a noun of the same form ("Models of …", "Reviews and …") is none.
_WITHOUT_SUBJECT = re.compile(
    r"^\W*(?:proposes|presents|introduces|describes|develops|demonstrates|investigates|explores|examines|analy[sz]es|addresses|tackles|discusses|argues|provides|formulates|extends|proves|shows|studies)"
    r"\s+(?:an?|the|that|how|why|whether|new|novel|several|two|three|different|various|some|its|their|on|for|[\w-]+s)\s",
    re.I,
)
_AIM = re.compile(
    rf"^\W*(?:the|their|its|our|his|her)\s+(?:(?:main|key|core|basic|central|overall|primary|big|underlying|novel)\s+)?(?:idea|goal|aim|objective|contribution|intuition|insight|point|purpose|trick|message|question)s?(?:\s+(?:of|in|behind|here)\s+(?:(?:the|this|their)\s+)?{_WORK}?)?\s*(?:here\s+)?(?:is|are|was|were)\b(?!\s+(?:\w+ly\s+|so\s+|very\s+|quite\s+)?(?:simple|neat|nice|clever|interesting|good|great|cool|elegant|novel|new|old|straightforward|easy|clear|not|also|in)\b)"
    r"|^\W*(?:(?:main|key|core|basic|big)\s+)?(?:idea|goal|aim|objective|contribution|in (?:one|a) (?:sentence|nutshell)|tl;?dr|gist|what (?:they|it) (?:do|does)|objectif|ziel|idee|beitrag|objetivo|obiettivo|idée|contribution principale|idea principale?)s?\s*[:：]\s*\S",
    re.I,
)
_OTHERS = re.compile(
    r"^\W*(?:(?:in|dans) (?:cet article|ce travail|cette étude),?\s+)?(?:les auteurs|cet article|ce papier|cette étude|l['’](?:article|étude)|ils|elles)\s+(?:\w+ement\s+)?(?:propos\w+|présent\w+|introdui\w+|montr\w+|étudi\w+|décri\w+|développ\w+|explor\w+|analys\w+|démontr\w+|compar\w+|combin\w+)\b"
    r"|^\W*(?:die autor(?:inn)?en|das paper|die arbeit|der artikel|dieses? (?:paper|arbeit|artikel|studie)|sie|hier)\s+(?:stell\w+\b.*\bvor\b|führ\w+\b.*\bein\b|zeig\w+|untersuch\w+|beschreib\w+|entwickel\w+|schlag\w+\b.*\bvor\b|schläg\w+\b.*\bvor\b|präsentier\w+|vergleich\w+|kombinier\w+|analysier\w+)"
    r"|^\W*(?:en este (?:trabajo|artículo),?\s+)?(?:(?:los|las) autor[ea]s|este (?:artículo|trabajo|estudio)|el (?:artículo|trabajo|estudio)|nosotros)?\s*(?:propon\w+|present(?:an|a|amos)|introduc\w+|muestra\w*|estudi(?:an|a|amos)|describ\w+|desarroll\w+|explor\w+|analiz\w+|demuestra\w*|compara\w*)\s+(?:un|una|el|la|los|las|que|cómo)\b"
    r"|^\W*(?:neste (?:trabalho|artigo),?\s+)?(?:(?:os|as) autor[ea]s|este (?:artigo|trabalho|estudo)|o (?:artigo|trabalho))\s+(?:propõe\w*|apresenta\w*|introduz\w*|mostra\w*|estuda\w*|descreve\w*|desenvolve\w*|explora\w*|analisa\w*|demonstra\w*)\b"
    r"|^\W*(?:in questo (?:lavoro|articolo),?\s+)?(?:gli autori|le autrici|(?:questo|il) (?:articolo|lavoro|studio)|l['’]articolo)\s+(?:propon\w+|presenta\w*|introduc\w+|mostra\w*|studia\w*|descriv\w+|svilupp\w+|esplor\w+|analizza\w*|dimostra\w*)\b"
    r"|^\W*(?:本文|本论文|本研究|这篇(?:论文|文章|工作)|该(?:论文|文|工作|研究)|作者(?:们)?|他们)[^。]{0,12}?(?:提出|介绍|展示|研究|探讨|分析|证明|设计|开发|构建|发布)"
    r"|(?:本論文|本研究|この(?:論文|研究)|著者ら?|彼ら)(?:は|で(?:は)?)[^。]*(?:提案|紹介|示し|示す|検討|分析|開発|構築|公開|調べ)"
    r"|(?:이|본) (?:논문|연구)(?:은|는|에서는?)[^.]*(?:제안|소개|보여|분석|연구|개발|공개)",
    re.I,
)
_QUESTION = re.compile(r"[?？]\s*$")


class Descriptions:
    """Reviewed passages to the first sentences that say what the paper does."""

    name = "descriptions"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        for passage in passages(document):
            if passage.role == "reviewed":
                for line in _describing(passage)[:_MOST]:
                    said = evidence(document, line.span, self, 0.8, stance(line.text))
                    yield Fact(passage.paper, "schema:description", line.text.strip(" -–*•+"), said)


def _describing(passage: Passage) -> list[Line]:
    ours = speaks_for_itself(passage)
    return [line for line in passage.body if not line.is_heading and describes(line.text, ours=ours)]


def describes(sentence: str, *, ours: bool) -> bool:
    """Whether a sentence of a passage says what the work does, shows or is for; `ours` if "we" are its authors."""
    if not _SHORTEST <= len(re.findall(r"[^\W_]+|[\u3040-\u9fff\uac00-\ud7af]", sentence)) <= _LONGEST or _QUESTION.search(sentence):
        return False
    return any(pattern.search(sentence) for pattern in (_ENGLISH, _WITHOUT_SUBJECT, _AIM, _OTHERS, *((_OURS,) if ours else ())))
