"""Says what a paper's system outperforms, extends, or is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import identity
from kg.annotators import vocabulary
from kg.extractors.evidence import evidence
from kg.extractors.figures import figures
from kg.extractors.introductions import introduced
from kg.extractors.passages import REQUIRED, Line, passages, stands
from kg.extractors.stance import stance
from kg.model import Document, Entity, Fact, Finding, Mark

_BETTER = r"(?:better|faster|stronger|worse|superior|more accurate|more efficient|more sophisticated|improved|improvements?|higher|gains?|cheaper|smaller|lighter)"
# A figure has a full stop that ends no sentence.
_WITHIN = r"(?:[^.;]|\.\d)"
_IMPROVES = r"(?:improv(?:es|ed|ing)|increas(?:es|ed|ing)|boosts?|rais(?:es|ed|ing)|cuts?|reduc(?:es|ed|ing)|lowers?|steigert|steigt|verbessert|senkt|améliore|réduit|mejora|reduce)"
_CUES = (
    ("kg:comparesWith", re.compile(r"\b(?:close to|almost|nearly) (?:outp\w{1,4}orming|matching|beating|surpassing|reaching)\b", re.I)),
    ("kg:comparesWith", re.compile(rf"\b(?:on[- ](?:a )?par|similar|comparable|competitive|equal|the same)(?:\s+(?:to|with))?\s+(?:or|and)\s+(?:even\s+|slightly\s+)?{_BETTER}\b[^.;]{{0,60}}?\b(?:than|compared with)", re.I)),
    ("kg:outperforms", re.compile(
        rf"\b(?:outp\w{{1,4}}orm(?:s|ed|ing)?|outscor(?:es?|ed)|surpass(?:es|ed|ing)?|beat(?:s|ing)?|trounc(?:es|ed)|eclips(?:es|ed)|edg(?:es|ed|ing) out|puts? to shame|{_BETTER}\b{_WITHIN}{{0,90}}?\b(?:than|compared (?:to|with|against)|over)|"
        rf"{_IMPROVES}\b{_WITHIN}{{0,120}}?\b(?:compared (?:to|with|against)|against|over|relative to|gegenüber|par rapport (?:à|aux?)|respecto (?:a|de))|improv(?:es|ed|ing) (?:up)?on(?={_WITHIN}{{2,60}}?\bby\b[^.;]{{0,20}}\d)|"
        r"\d\S*\s?%?\s(?:more|fewer|less)\s[^.;]{2,40}?\bthan|(?:\d\S*\s?[x×]|times|twice|double|half) the (?:\w+[\s-]){1,3}of|superior to|ahead of|compares? favou?rably (?:to|with|against)|\d\S*(?:\s+[\w@%-]+){0,3}\s+over|speed-?ups?\b(?:[^.;]|\.\d){0,40}\bover|\d\S*(?:\s+[\w@%-]+){0,3}\s+\([^()]{2,30}\)\s+over|times (?:faster|that) (?:than|of)|"
        r"übertr(?:ifft|offen|effen)|schlägt|besser als|schneller als|dépassent?|surpassent?|meilleure?s? que|plus rapides? que|superan?(?:\s+a)?|mejor(?:es)? que|gana(?:n)? a)\b|超过了?|优于|胜过|好于|超越了?", re.I)),
    ("kg:extends", re.compile(
        r"\b(?:extend(?:s|ed|ing)?|extensions? (?:of|to)|build(?:s|ing)? (?:up)?on(?: top of)?|built (?:up)?on(?: top of)?|improv(?:es|ed|ing) (?:up)?on|adaptations? of|variants? of|variations? (?:of|on)|successors? (?:of|to)|descendants? of|"
        r"follow-?ups? (?:of|to|on)|fine-?tun(?:e|es|ed|ing)|changes (?:(?:are|were) )?(?:made )?to|backbone (?:from|of)|(?:version|generali[sz]ation|modification|evolution|reimplementation|refinement) of|generali[sz](?:es|ed)|revisits?|"
        r"inspired by|derived from|modifies|erweitert|baut auf|basiert auf|Weiterentwicklung von|Nachfolger von|étend|s'appuie sur|repose sur|successeur de|variante? de|extiende|se basa en|sucesor de)\b|扩展了?|改进了|基于", re.I)),
    ("kg:comparesWith", re.compile(
        r"\b(?:(?:versus|vs\.?|against|compared (?:to|with)|while|whereas) \d[\d.,]*\s?%? (?:for|of|with|by)|compar(?:e|es|ed|ing|able|ison|isons)\s+(?:\w+\s+){0,4}?(?:with|to|against)|competitive (?:with|to|w/)|on (?:a )?par with|(?:evaluated|tested|benchmarked|measured|pitted|set|tried) against|match(?:es|ed|ing)?|rivals|the same as|as (?:good|accurate|fast|strong) as|"
        r"next to|the same \w+ as|unlike|versus|vs\.?|in contrast to|alternative(?:ly)? to|loses? to|falls? (?:short of|behind)|lags? behind|close to(?!\s+\w+ing\b)|within \d\S* of|(?:less|fewer|more)\s[^.;]{2,60}?\sthan|comparé\w* (?:à|avec|aux?)|par rapport (?:à|aux?)|face à|comparaison avec|verglichen mit|im Vergleich (?:zu|mit)|gegenüber|en comparación con|comparad\w+ con|frente a)\s|[^\W\d]\s×\s(?=[^\W\d])|与|和(?=[^，。]{1,20}相比)|相比于?|对比", re.I)),
)  # fmt: skip
_LATIN = r"[A-Z][A-Za-z0-9+.-]*[A-Za-z0-9+](?:\s[A-Z][A-Za-z0-9-]+)?"
_LIST = rf"(?<![A-Za-z0-9-])(?P<names>{_LATIN}(?:\s*(?:や|、|と|和|与|及)\s*{_LATIN})*)"
# Where the name stands inside the words of comparison, as in Chinese, Japanese and German.
_AROUND = (
    ("kg:outperforms", re.compile(rf"比\s*{_LIST}\s*[^，。]{{0,4}}?(?:高|快|好|强|优|提升)")),
    ("kg:outperforms", re.compile(rf"{_LIST}\s*(?:ベースの\w+|に基づく手法)?\s*(?:を(?:大きく|大幅に)?(?:上回|超え|凌)|より(?:も)?(?:良|高|速|優))")),
    (
        "kg:outperforms",
        re.compile(
            rf"\b(?:lässt|lassen|laisse|deja|leaves?)\s+(?:\w+\s+){{0,2}}?{_LIST}\s+(?:weit |deutlich |loin )?(?:hinter sich|derrière|atrás|behind|in the dust)"
        ),
    ),
    ("kg:outperforms", re.compile(rf"(?:与|和|同|跟|相比于?)\s*{_LIST}\s*(?:相比)?[^。；]{{0,24}}?(?:优势|更优|更好|更高|更快|提升|提高)")),
    ("kg:outperforms", re.compile(rf"\bfrom \d[\d.,%]*\s\({_LIST}\) to \d")),
    ("kg:comparesWith", re.compile(rf"(?:与|和|同|跟)\s*{_LIST}\s*(?:相比|对比|比较)")),
    ("kg:comparesWith", re.compile(rf"{_LIST}\s*(?:など)?\s*(?:と(?:の)?比較|に(?:匹敵|劣|及ば))")),
    ("kg:extends", re.compile(rf"(?:去掉|简化|改造|把)了?\s*{_LIST}\s*(?:里|中|的)")),
    ("kg:extends", re.compile(rf"{_LIST}\s*(?:を(?:拡張|改良|ベースに)|の(?:拡張|改良|後継)|\s(?:fine-?tuned|finetuned) (?:on|with|for)\b)")),
)
# "0.96 (X: 0.92)": the value of the paper's own system, then those of others.
_RIVALS = re.compile(
    r"\s?%?[^.;,()（）\d]{0,24}[(（](?P<rivals>[^()（）]{4,90})[)）]|[，,]\s?(?P<single>[A-Za-z]*[A-Z][\w+.-]*\s?(?:只有|仅为?|only)\s?\d[\d.]*)"
)
_RIVAL = re.compile(r"(?P<name>[A-Za-z]*[A-Z][\w+.-]*(?:\s[A-Z][\w-]+)?)(?:[:：]\s?|\s?(?:only |just |at |只有|仅为?)?\s?)(?P<value>\d[\d.]*)")
_ERRORS = re.compile(r"error|\b(?:WER|CER|EER|DER|FID|FAD|RMSE|MAE|MSE|perplexity|loss|latency|bits)\b|Fehler|erreur|错误率|誤り率", re.I)
# "a CLIP version", "an interesting CLIP variant for audio".
_VERSION = re.compile(r"\s+(?:(?:version|variant|extension|adaptation)s?\b(?!\s+used)|model\s+(?:trained|fine-?tuned|adapted|extended)\b)")
_TOOL = re.compile(r"\b(?:using|with|from|by|on)\s+(?:an?|the|one|our)\s+\Z", re.I)
# Who is compared must be the paper's own: "we", "the model", "results show", a note without a subject.
_OWN_WORK = re.compile(
    r"\b(?:we|our|ours|this|these|it|they|such|authors?|proposed|the (?:model|method|approach|system|network|algorithm|architecture|technique|paper|work|framework|tool|results?)|results?|experiments?|the (?:\w+ )?(?:models?|systems?)|paper)\b|^\W*(?:-|[a-z])",
    re.I,
)
_BACKGROUND = re.compile(
    r"^\W*(?:recently|(?:ever )?since the|historically|during the|in the (?:recent )?(?:past|last)|traditional|previously|existing|however, (?:recently|pure|existing|current)|in recent|over the (?:past|last)|to date|typically)\b",
    re.I,
)
_SKIPPED = re.compile(
    r"(?:(?:the|a|an|with|for|even|powerful|operational|operationelle[nrs]?|opérationnel(?:le)?|[\w-]+-(?:optimi[sz]ed|backed)|fine-?tuned|pre-?trained|commercial|plain|predecessor|mere|typical|widely used|und|le|la|les|l'|un|une|den|dem|der|die|das|einen?m?|el|los|las|a|its|their|this|that|both|other|all|any|many|most|several|existing|current|recent|previous|prior|earlier|well-known|popular|strong|traditional|conventional|standard|more|sophisticated|state[- ]of[- ]the[- ]art|"
    r"SOTA|best|original|latest|famous|related|various|different|competing|alternative|simple|simpler|vanilla|two|three|four|evaluated|tested|baseline|of|those|on|another|one|corresponding|respective|our|we|they)\s+)*",
    re.I,
)
# "X-type samplers" are X.
_SORT_OF = re.compile(r"(?<=\w)-(?:type|style)(?:\s\w+)?\Z")
_TASK = re.compile(r"\s*tasks?\b")
_WORD = re.compile(r"\s*([\w+](?:[\w+./’'‐-–-]*[\w+])?)(\s*[,.;:()])?")
_ENDS = frozenset(
    "on in by for with to from using when while which that and or as at of over under via across is are was were be has have had in terms both while without within but because since trained if it they we this these those "
    "con sur avec mit auf bei im und et y en de para por sous beim durch um dans où donde than not can could may might also only more very such after before during through based called named known w.r.t because despite 和 与 及 や と 上 的 时 相比".split()
)
_GENERIC = frozenset(
    "models model methods method baselines baseline approaches approach systems system techniques technique works work results result algorithms algorithm ones one others other state-of-the-art sota performance competitors papers "
    "paper humans human state art networks network architectures solutions representations representation features pipelines pipeline variants past before previous real them it us data dataset datasets speed task tasks training time times efforts literature counterpart counterparts version versions learner learners winner winners framework frameworks ranker rankers".split()
)
_PRONOUN = re.compile(r"\bones?\Z", re.I)
_LONGEST = 5
_BRACKET = re.compile(r"\s*\(([^()]{2,20})\)")
_SUCH_AS = re.compile(r"\s*(?:[a-z][\w-]*\s+){0,4}?(?:such as|including|like|e\.g\.,?|namely)\s+")
_AND = re.compile(r"\s*(?:,(?:\s+and|\s+or)?|\s+(?:and|or|und|et|y)\b|&|/|、|和|や|と)\s*(?=[A-Za-z])(?!It\b|This\b|The\b)")


class Comparisons:
    """Sentences with a word of comparison before the name of another system."""

    name = "comparisons"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        for passage in passages(document):
            if passage.role == "cited":
                continue
            own = [entity for entity, _, _ in introduced(passage)]
            systems = [entity for entity in own if entity.kind == "Method"]
            seen: set[tuple[str, Entity]] = set()
            for line in passage.lines:
                for predicate, target, place in compared(line) if _about_own(line, own) else ():
                    if target not in own and (predicate, target) not in seen:
                        seen.add((predicate, target))
                        subject = systems[0] if len(systems) == 1 and stands(systems[0], line, passage.title) else passage.paper
                        yield Fact(subject, predicate, target, evidence(document, line.span, self, 0.75, stance(line.text, place)))


def _about_own(line: Line, own: list[Entity]) -> bool:
    """Whether a sentence speaks of the paper's own work rather than of the field before it."""
    if _BACKGROUND.match(line.text):
        return False
    return (
        line.place == "title" or bool(_OWN_WORK.search(line.text)) or len(line.text.split()) < 14 or any(named.entity in own for named in line.named)
    )


def compared(line: Line) -> Iterator[tuple[str, Entity, int]]:
    """Each relation that a line states, its target and where the word for it stands."""
    taken: set[Entity] = set()
    for predicate, pattern in _CUES:
        for cue in pattern.finditer(line.text):
            if cue.group()[0].isupper() and line.text[: cue.start()].strip(" -*"):
                continue  # part of a name, such as "the Extended Corpus"
            for target in _targets(line, cue.end(), predicate):
                if target not in taken:
                    taken.add(target)
                    yield predicate, target, cue.start()
    for predicate, pattern in _AROUND:
        for around in pattern.finditer(line.text):
            for name in re.finditer(_LATIN, around.group("names")):
                target = _at(line, around.start("names") + name.start(), name.group())
                if target not in taken:
                    taken.add(target)
                    yield predicate, target, around.start()
    for predicate, target, place in _rivals(line):
        if target not in taken:
            taken.add(target)
            yield predicate, target, place
    for named in line.named:
        if (
            named.entity.kind == "Method"
            and _VERSION.match(line.text, named.end)
            and not _TOOL.search(line.text[: named.start])
            and _proper(line.text[named.start : named.end])
            and named.entity not in taken
        ):
            yield "kg:extends", named.entity, named.start


def _rivals(line: Line) -> Iterator[tuple[str, Entity, int]]:
    """The systems whose values stand beside a score: "0.96 (X: 0.92; Y 0.90)", "0.97, X only 0.77"."""
    read = list(figures(line.text))
    for figure in read:
        match = _RIVALS.match(line.text, figure.end)
        for rival in _RIVAL.finditer(line.text, *match.span(match.lastgroup or 0)) if match else ():
            target = _at(line, rival.start("name"), rival.group("name"))
            value = next((other.low for other in read if rival.start("value") - 2 <= other.start <= rival.start("value")), None)
            if value is not None and target.kind == "Method":
                better = figure.low < value if _ERRORS.search(line.text) else figure.low > value
                yield ("kg:outperforms" if better else "kg:comparesWith"), target, rival.start()


def _at(line: Line, start: int, name: str) -> Entity:
    """The concept that is named at a place, else a new one by the name that stands there."""
    return next((named.entity for named in line.named if named.start == start and named.end >= start + len(name)), identity.topic(name, "Method"))


def _targets(line: Line, start: int, predicate: str) -> Iterator[Entity]:
    """The system right behind the cue, and those that are joined to it by "and"."""
    joint: re.Match[str] | None = None
    if listed := _SUCH_AS.match(line.text, start):
        start = listed.end()
    while True:
        skipped = _SKIPPED.match(line.text, start + len(line.text[start:]) - len(line.text[start:].lstrip()))
        begin = skipped.end() if skipped else start
        end = _phrase_end(line.text, begin)
        target = _target(line, begin, end, predicate)
        if (
            joint
            and not line.text[begin : begin + 1].isupper()
            and not any(named.entity == target and not named.mention.discovered for named in line.named)
        ):
            return
        if target is None:
            return
        yield target
        joint = _AND.match(line.text, end)
        if joint is None:
            return
        start = joint.end()


def _target(line: Line, begin: int, end: int, predicate: str) -> Entity | None:
    """The system between two places as it is printed; the vocabulary's name for it if it has one."""
    phrase = _SORT_OF.sub("", line.text[begin:end].strip())
    if not phrase or _TASK.match(line.text, end) or all(word.lower() in _GENERIC for word in phrase.split()) or _PRONOUN.search(phrase):
        return None
    within = [named for named in line.named if begin <= named.start and named.end <= end]
    inside = [named for named in within if named.entity.kind == "Method"]
    if bracket := _BRACKET.match(line.text, end):
        inside = [named for named in line.named if named.start == bracket.start(1) and named.entity.kind == "Method"] or inside
        if inside and inside[0].start > end:
            return inside[0].entity
    if within and not inside and (predicate == "kg:extends" or " " not in phrase):
        return None
    for named in inside:
        proper = _proper(line.text[named.start : named.end])
        rest = (line.text[begin : named.start] + " " + line.text[named.end : end]).split()
        if all(word.lower().strip("-") in _GENERIC for word in rest):
            single = predicate == "kg:comparesWith" and " " in line.text[named.start : named.end] and named.entity.key not in vocabulary.broader()
            return named.entity if proper or single or predicate == "kg:outperforms" else None
    words = phrase.split()
    if (
        len(words) == 1
        and (sum(c.isupper() for c in phrase) > 1 or (phrase[0].isupper() and len(phrase) > 3 and predicate != "kg:comparesWith"))
        and not phrase.endswith("-")
    ):
        return identity.topic(_singular(phrase), "Method")
    name = words[:-1] if words[-1] in _GENERIC else words
    if len(words) > 1 and (all(word[0].isupper() for word in name) or (predicate != "kg:extends" and (words != name or _proper(words[-1])))):
        return identity.topic(phrase if any(word[0].islower() for word in name) else " ".join(name), "Method")
    return None


def _singular(name: str) -> str:
    return name if name.endswith(("is", "us", "ss")) else name.removesuffix("s")


def _phrase_end(text: str, begin: int) -> int:
    end = begin
    for _ in range(_LONGEST):
        match = _WORD.match(text, end)
        if not match or match.group(1).lower() in _ENDS or (match.group(1)[0].isdigit() and len(match.group(1)) != 4):
            return end
        end = match.end(1)
        if match.group(2):
            return end
    return end


def _proper(surface: str) -> bool:
    return any(c.isupper() or c.isdigit() for c in surface)
