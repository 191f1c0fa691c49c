"""Weighs one sentence by the words of praise and criticism in it: their negation, their contrast, and whom they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extractors.lexicon import Term, languages, lexicon
from kg.extractors.voice import first_person, own_claim, reported

_LIMIT = 2.0
_NEGATION = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|nobody|nothing|none|hardly|scarcely|barely|seldom|without|cannot|lack of|lacks|far from|less than|anything but|fails? to be|nicht|kein\w*|nie|kaum|weder|pas|jamais|aucune?|sans|guère|nunca|ningun[ao]?|sin|nada|tampoco)\b|n['’]t\b|\b(?:does|is|are|was) not\b|不|没有?|并非|未)"
    r"\s*(?:(?!and\b|but\b|or\b|just\b)[\w'’-]+\s+){0,3}\Z",
    re.I,
)
_NOT_ONLY = re.compile(
    r"\b(?:not (?:only|just|merely|to mention)|no doubt|no wonder|without (?:a )?doubt|nicht nur|non seulement|no s[oó]lo|nothing (?:less|short)|不仅|不但|不只)\b[^.;]*\Z|\bno surprise\b",
    re.I,
)
_DENIED_AFTER = re.compile(r"^\s*(?:ない|なかった|ません|くない|ではない|でない|とは言えない)")
_OTHERS = re.compile(
    r"\b(?:existing|previous|prior|traditional|conventional|earlier|competing|classical|other|most|many|typical(?:ly)?|usual(?:ly)?|often|current|standard|human|humans|users?|people|patients?|listeners?|participants?|customers?)\b[^,;:.]*\Z",
    re.I,
)
_WISH = re.compile(r"\b(?:would|might|could) (?:also |still )?(?:be|have been)\s+(?:\w+\s+)?\Z", re.I)
_HYPOTHETICAL = re.compile(r"\b(?:would|could|might|may)\s+(?:\w+\s+){0,2}\Z", re.I)
_SEEMINGLY = re.compile(r"\b(?:supposedly|seemingly|allegedly|apparently|so-called)\s+(?:\w+\s+)?\Z", re.I)
_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+")
# Praise and criticism in one breath: "impressive, although …", "slow, but …".
_TURN = re.compile(
    r"[,;–—:.…]?\s*\b(?:but|although|though|however|yet|except(?: that| for)?|minus|apart from|save for|even if|albeit|nevertheless|nonetheless|that said|on the other hand|allerdings|aber|jedoch|trotzdem|mais|cependant|toutefois|pourtant|sauf|pero|sin embargo|aunque|salvo|eso sí)\b|[;.,]\s*still\b|\bmerely\b|(?:，|；|。|、)?(?:但是?|不过|然而|只是|可惜)|(?<=が)、|(?<=けど)、|しかし|ただし|とはいえ|それでも|ものの",
    re.I,
)
_FACET = re.compile(
    r"\b(?:papers?|article|survey|study|book|chapter|essay|report|thesis|submission|manuscript|sections?|authors?|writing|writ(?:e-?up|ten)|prose|style|tone|notation|argument|idea|design|evaluations?|experiments?|comparisons?|ablations?|figures?|tables?|plots?|proofs?|maths?|theory|presentation|exposition|explanations?|title|abstract|introduction|conclusions?|claims?|novelty|discussion|analysis|analyses|baselines?|docs|documentation|appendix|supplement|related work|motivation|"
    r"methodology|statistics|sample|contribution|topic|reading|read|part|story|thesis|index|pictures?|photo|artikel|arbeit|studie|autoren|auswertung|vergleich|article|étude|auteurs?|comparaison|artículo|trabajo|estudio|análisis|resultados)\b|论文|文章|作者|写|实验|思路|创新|工程|論文|著者|実験|発想|説明|音質",
    re.I,
)
_INTENSE = re.compile(
    r"\b(?:very|really|quite|super|so|truly|extremely|pretty|especially|rather|somewhat|a bit|a little|a tad|surprisingly|remarkably|incredibly|painfully|rightly|hugely|genuinely|sehr|wirklich|ziemlich|très|vraiment|assez|muy|realmente|bastante)\s+(?:\w+\s+)?\Z|(?:很|非常|十分|挺|太|相当|大変|とても|非常に|かなり|まだ)\Z",
    re.I,
)
_ATTITUDE = re.compile(
    r"^\W*(?:overall|in (?:short|sum|all|the end)|all in all|frankly|honestly|admittedly|clearly|still|also|however|but|verdict|my take|bottom line|tl;?dr|conclusion|summary|consensus|insgesamt|fazit|en somme|bref|au final|en resumen|总之|总体|正直|結論)\b",
    re.I,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|uses?|using|used|proposes?|shows?|can|could|does|do|did|gets?|gives?|makes?|takes?|learns?|trains?|trained|reaches|achieves?|improves?|outperforms?|beats|works?|need|needs|ist|sind|wird|werden|hat|est|sont|ont|a|es|son|ha|han)\b",
    re.I,
)
_ANAPHOR = re.compile(
    r"^\W*(?:it|this|that|these|they)(?:['’]s|['’]re|\s+(?:is|are|was|were))\s+(?:(?:a|an|also|really|still|all|both|the)\s+)*\Z", re.I
)
_ALL_THE_SAME = re.compile(r"\b(?:all the same|nonetheless|nevertheless|anyway|even so|just the same|though)\W*$", re.I)
_PAUSE = re.compile(r"[;:。；]|[.!?](?=\s)|\s(?:[–—]|--)\s")
# "The maths is pretty, the numbers are not."
_BUT_NOT_THIS = re.compile(r"[,;.!–—]\s*(?:the|its|their|this|that|\w+)\b[^,;]{0,40}\b(?:is|are|was|were|does|do|did)(?:\s+not|n't)\W*$", re.I)
_DESCRIBING = re.compile(
    r"\b(?:propos\w+|introduc\w+|present\w*|train\w*|outperform\w*|achiev\w*|using|based on|method|model|approach|algorithm|network|system|framework)\b",
    re.I,
)
# "An interesting discussion", "his excellent blog": praise of the occasion, not of the paper.
_OCCASION = re.compile(
    r"^[)\]]*\s+(?:\w+\s+){0,2}?(?:discussions?|sessions?|keynotes?|blogs?|posts?|workshops?|tutorials?|conferences?|venue|food|weather|city|banquet|conversations?|questions?|problems?|challenges?|tasks?|topics?)\b",
    re.I,
)
# "Despite its unfortunate name …", "I suppose it is dry, but …": what is granted weighs less than what it is granted for.
_GRANTED = re.compile(
    r"^\W*(?:despite|in spite of|notwithstanding|although|though|even though|while|whilst|i suppose|admittedly|granted|sure|true|yes|not my|trotz|obwohl|zwar|malgré|bien que|a pesar de|aunque|虽然|尽管)\b",
    re.I,
)
_GRANTS = 0.6
# Praise that means the contrary, as far as the words show it: scare quotes, a mock cheer, a condition that takes all back.
_IRONY = re.compile(
    r"\b(?:oh (?:great|good|joy|wonderful|look|nice|lovely|goody|boy)|nice try|good luck (?:with|to)|thanks for nothing|just what (?:we|the (?:world|field)) need\w*|(?:what|because) the (?:world|field) needs|wanted to (?:like|love|believe)|who (?:needs|knew)|no shit)\b"
    r"|\b(?:wonderful|great|brilliant|nice|lovely|fantastic|amazing|excellent|perfect|elegant|clever|good) (?:way|method|recipe|tool|example|lesson|means) (?:to|in how to|of|for) (?:wast|los|fail|break|ignor|forget|confus|bor|hid|avoid|spoil|ruin|burn)\w*"
    r"|\b(?:amazing|impressive|remarkable|astonishing|incredible|fantastic|brilliant)\w*\W+(?:how (?:little|few|badly|poorly)|that (?:this|it) (?:got|was) (?:accepted|published)|they (?:forgot|ignored|omitted|skipped|never|did not|didn['’]t))\b"
    r"|\bif (?:you|one) (?:ignores?|forgets?|squints?|overlooks?|skips?|believes?|don['’]t|do not|doesn['’]t|can live)\b|\bcongratulat\w+\b[^.]*\b(?:reinvent\w*|rediscover\w*|on beating|you have)\b"
    r"|\bbest (?:part|thing|bit)\b[^.]*\b(?:acknowledge?ments|title|acronym|last page|end|conclusion|references|name|cover)\b|\s/s\W*$|[🙃🙄]",
    re.I,
)
_SCARE_QUOTED = re.compile(r"[\"“”„«‚‘']\Z")
# "At least the figures are pretty", "fine, I guess": praise that costs nothing.
_FAINT = re.compile(
    r"\b(?:at least|i guess|i suppose|if nothing else|not the worst|could be worse|for what it is|immerhin|wenigstens|au moins|al menos|por lo menos|se podría)\b|聊胜于无|至少|とりあえず|まあまあ|그나마",
    re.I,
)
_FAINTLY = 0.5
# A compound or a name: "physics-inspired", "Optimistic Concurrency Control".
_PART_OF_NAME = re.compile(r"\w-\Z")
_SHORT = 9
# "Hardly slipshod" praises, less than "careful" does.
_UNDERSTATED = 0.6


@dataclass(frozen=True, slots=True)
class Judgement:
    """How strongly a sentence praises and blames, each from 0 to 2."""

    praise: float
    blame: float


def judged(text: str, spoken: frozenset[str] | None = None) -> Judgement:
    """Weighs one sentence in the languages `spoken` (its own if none are given); the paper's own claims weigh nothing."""
    text = _ADDRESS.sub(lambda match: " " * len(match.group()), text.replace("’", "'"))
    terms = [term for term in lexicon(spoken or languages(text)).terms(text) if term.kind != "neutral"]
    if not terms or own_claim(text):
        return Judgement(0, 0)
    parts = [_weighed(text, start, end, [term for term in terms if start <= term.start < end]) for start, end in turns(text)]
    whole = _together(parts)
    if whole.praise and _IRONY.search(text):
        return Judgement(0.0, max(whole.blame, _FAINTLY))
    return Judgement(whole.praise, 0.7) if whole.praise and not whole.blame and _BUT_NOT_THIS.search(text) else whole


def contrasts(text: str) -> bool:
    """Whether a sentence begins by taking back what was said before it."""
    match = _TURN.match(text.lstrip(" -*•"))
    return bool(match and match.group().strip(" .,;")) or text.lower().lstrip().startswith("still,") or bool(_ALL_THE_SAME.search(text))


def _together(parts: list[Judgement]) -> Judgement:
    """Both sides of each turn: a side that says nothing plainly stands against the one that does."""
    praise, blame = sum(part.praise for part in parts), sum(part.blame for part in parts)
    if len(parts) > 1:
        before, after = parts[0], parts[-1]
        if before.praise and not before.blame and not (after.praise or after.blame):
            blame = max(blame, 0.7)
        if before.blame and not before.praise and not (after.praise or after.blame):
            praise = max(praise, 0.5)
    return Judgement(min(praise, _LIMIT), min(blame, _LIMIT))


def turns(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a sentence before and after words such as "but"."""
    start = 0
    for match in _TURN.finditer(text):
        if text[start : match.start()].strip(" ,;-—–("):
            yield start, match.start()
            start = match.start()
    yield start, len(text)


def _weighed(text: str, start: int, end: int, terms: list[Term]) -> Judgement:
    praise = blame = 0.0
    clause = text[start:end]
    told = reported(clause) and not first_person(clause)
    for term in terms:
        if _is_named(text, term) or _OCCASION.match(text[term.end :]):
            continue
        before = re.split(r"[,;:.!?()—–。，；]|--", text[start : term.start])[-1]
        judging = _is_judging(text, _segment(text, start, end, term))
        good = term.kind in ("praise", "fair")
        weight = _weight(term, judging or _counts(text, start, term))
        if _is_granted(text, term):
            weight *= _GRANTS
        if good and (_FAINT.search(clause) or _SCARE_QUOTED.search(text[start : term.start])):
            weight *= _FAINTLY
        if not weight or (_OTHERS.search(before) and not first_person(clause)) or (good and told):
            continue
        denied = (_NEGATION.search(before) and not _NOT_ONLY.search(before)) or _DENIED_AFTER.match(text[term.end :])
        if good and denied:
            blame += weight
        elif good and _WISH.search(before):
            blame += 0.5
        elif good:
            praise += weight * (0.5 if _SEEMINGLY.search(before) else 1)
        elif term.kind == "poor" and _HYPOTHETICAL.search(before):
            continue
        elif denied:
            praise += _UNDERSTATED if term.kind == "blame" else 0.0
        else:
            blame += weight
    return Judgement(min(praise, _LIMIT), min(blame, _LIMIT))


def _is_named(text: str, term: Term) -> bool:
    """Whether a term is part of a name or a compound."""
    if _PART_OF_NAME.search(text[: term.start]):
        return True
    word = text[term.start : term.end]
    return word.istitle() and bool(re.search(r"[\w,]\s+\Z", text[: term.start])) and bool(re.match(r"\s+[A-Z][a-z]", text[term.end :]))


def _is_granted(text: str, term: Term) -> bool:
    opening = _GRANTED.match(text)
    return bool(opening) and not re.search(r",|--|[–—;]|\bbut\b", text[: term.start])


def _segment(text: str, start: int, end: int, term: Term) -> str:
    """The part of a clause between semicolons, colons and dashes that a term stands in."""
    begin = max((match.end() for match in _PAUSE.finditer(text, start, term.start)), default=start)
    stop = _PAUSE.search(text, term.end, end)
    return text[begin : stop.start() if stop else end]


def _is_judging(text: str, clause: str) -> bool:
    """Whether words that may also describe are meant as a judgement: in a note, in the first person, of the writing."""
    if _DESCRIBING.search(clause):
        return False
    if first_person(clause) or _ATTITUDE.match(text):
        return True
    if re.search(r"\d", clause):
        return False
    words = len(clause.split())
    note = words < _SHORT and not _FINITE.search(clause)
    return note or (words < 2 * _SHORT and bool(_FACET.search(clause)))


def _weight(term: Term, judging: bool) -> float:
    return 1.0 if term.kind in ("praise", "blame") else 0.7 if judging else 0.0


def _counts(text: str, start: int, term: Term) -> bool:
    before = text[start : term.start]
    return bool(_INTENSE.search(before)) or bool(_ANAPHOR.match(before))
