"""Finds where a sentence gives a new thing its name: "called X", "their system, X, …", "stellen X vor", "提出 X".

Each pattern is one way of writing, with the name as its group; none needs to know the name beforehand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

NAME = r"[A-Z][\w+]*(?:[-‐‑./'’][A-Za-z0-9+]+)*"
# A name's first word has capitals or digits inside; words after it are capitalised.
SHAPED = r"(?:[A-Za-z]*[a-z0-9][A-Z][\w+]*|[A-Z]{2,}[\w+]*|[A-Z][\w]*\d[\w+]*|[A-Z][a-z]*[-‐‑](?:[A-Z0-9]|\w+\d)[\w+]*)(?:[-‐‑.+]\w+)*\+*"
NAMES = rf"{NAME}(?:\s{NAME}){{0,3}}"
OPEN = r"[\"'“”‘’«„*_(]*"
# In Chinese and Japanese a name stands between characters that are letters too: its own are those of the Latin script.
_LATIN = r"[A-Za-z][A-Za-z0-9+]*(?:[-./][A-Za-z0-9+]+)*"
_CLASS = (
    r"(?:models?|methods?|systems?|frameworks?|algorithms?|techniques?|approach|architectures?|networks?|tools?|toolkits?|library|generator|compiler|engine|database|language|protocols?|attacks?|"
    r"benchmarks?|data\s?sets?|corpus|corpora|test\s?suite|suite|test set|evaluation set|collection|treebank|metrics?|measures?|scores?|losses|loss|optimi[sz]er|estimator|procedure|strategy|scheme|"
    r"mechanism|layers?|modules?|variants?|version|classifier|detector|parser|encoder|decoder|vocoder|planner|scheduler|solver|prover|simulator|environment|platform|interface|prototype|robot|agent|programs?|package|pipeline|"
    r"challenge|task|taxonomy|ontology|theory|theorem|notion|concept|property|problem|function|kernel|format|standard|service|store|file system|index|structure|heuristic|modelo|modèle|jeu de données|"
    r"Modell|Verfahren|Datensatz|Korpus|método|sistema|système|méthode|corpus de \w+)"
)
_MAKERS = (
    r"(?:propos\w+|introduc(?:e|es|ed|ing)|present(?:s|ed|ing)?|develop(?:s|ed|ing)?|releas(?:e|es|ed|ing)|describ(?:e|es|ed|ing)|creat(?:e|es|ed|ing)|contribut(?:e|es|ed|ing)|buil[dt]s?|design(?:s|ed)?|"
    r"unveil\w*|announc\w+|launch\w*|publish(?:es|ed)?|ship(?:s|ped)?|suppl(?:y|ies|ied)|provid(?:e|es|ed)|offer(?:s|ed)?|deliver(?:s|ed)?|collect(?:s|ed)?|assembl(?:e|es|ed)|devis(?:e|es|ed)|invent(?:s|ed)?|"
    r"comes? with|came with|(?:gave|gives|brought|brings) (?:us|the world)|giving|(?:open-?sourc|establish|curat)(?:e|es|ed)|stell(?:en|t)|präsentier\w+|entwick\w+|veröffentlich\w+|"
    r"propos(?:ent|e)|présent\w+|introdui(?:t|sent)|publi(?:e|ent|ca|can)|dévoil\w+|présentent|conçoi\w+|presenta[n]?|propone[n]?|introduce[n]?|lanza[n]?)"
)
# A word between the verb and the name; behind a preposition the name is what the new thing is made of or compared with.
_PLAIN = r"(?!(?:with|using|via|by|based|on|from|in|that|which|to|of|for|than|over|as|at|when|where|like|sur|avec|pour|mit|von|auf|para|con|sobre)\b)[a-zà-ÿ][\w-]*"
_ENDS = r"(?=\s*(?:$|[,.:;()\"'”’»“*_–—]))"
_FOLLOWS = rf"(?:{_ENDS}|(?=\s+(?:that|which|and|is|has|with|by|to|for|et|und|y|qui|que|vor|an|where|uses?|can|does|in|on|from)\b))"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # the act of naming
        rf"\b(?:called|named|dubbed|bapti[sz]ed|christened|nicknamed|termed|coined|titled|namely|[Ss]o-called|(?:which|that|it) (?:we|they|the authors) (?:call|name|dub|term)|goes by(?: the name(?: of)?)?|(?:by|under) the name(?: of)?|"
        rf"namens|genannt|getauft auf|mit dem Namen|kurz|sogenannte\w*|appelée?s?|nommée?s?|baptisée?s?|dénommée?s?|dite?s?|llamad[oa]s?|denominad[oa]s?|bautizad[oa]s?|chamad[oa])\s+(?:the\s+|as\s+|it\s+|an?\s+)?{OPEN}(?P<name>{NAMES})",
        rf"\b[Nn]ames? (?:of (?:the|this|their) [\w -]{{2,30}}?|is)(?::| is)\s+{OPEN}(?P<name>{NAMES})",
        rf"(?P<name>{NAMES}),? (?:as (?:they|the authors|the paper|we|he|she) (?:named?|calls?|called|dubs?|dubbed|terms?) it|for short\b|wie (?:sie|die Autor\w+) es nennen)",
        # a thing of a kind, then its name between commas, in brackets or behind a colon
        rf"(?<![-\w])(?:an?|their|its|our|his|her|[Tt]he (?:new|accompanying|resulting|proposed|final|whole|\w+ing)|new|novel|[Uu]n|[Uu]ne|leur|sa|[Uu]na|su|[Ee]ine?n?|ihre?n?)\s+(?:[\w/-]+\s+){{0,5}}?{_CLASS}(?:\s(?!is\b|are\b|was\b)[\w-]+){{0,4}}(?:,\s+|\s+\(|:\s+){OPEN}(?P<name>{NAMES}){_FOLLOWS}",
        rf"^(?:The|Their|Its|Our|Das|Die|Der|Le|La|El)\s+(?:[\w/-]+\s+){{0,4}}?{_CLASS}(?:\s+(?!is\b|are\b|was\b)[\w-]+){{0,4}},\s+(?:kurz\s+|called\s+)?{OPEN}(?P<name>{NAMES}),",
        rf"\b(?:an?|[Uu]ne?|[Uu]na|[Ee]ine?n?|su|leur)\s+(?:[\w/-]+\s+){{1,6}}?[\w-]+,\s+(?P<name>{SHAPED})(?=,|\.$)",
        # the act of making
        rf"\b{_MAKERS}\s+(?:{_PLAIN},?\s+){{0,6}}{OPEN}(?P<name>{SHAPED}(?:\s[A-Z][\w-]*){{0,3}}){_FOLLOWS}",
        rf"\b(?:introduc|propos|present|unveil|announc|releas|invent)\w*,?\s+(?:the\s+)?(?P<name>{NAMES})(?=\s*(?:[,.:;(]|$)|\s+as\b|\s+for\b)",
        rf"\b{_MAKERS}\s+(?:an?|the|their|new|une?|una|eine?n?)\s+(?:[\w/-]+\s+){{0,6}}?[\w-]+\s+\((?P<name>{SHAPED})\)",
        rf"\b(?:schlagen|schlägt|führen|führt|stellen|stellt)\s+(?:[a-zäöü]\w*\s+)*?(?P<name>{SHAPED})\b[^.;]{{0,60}}\b(?:vor|ein)\b",
        # where a thing comes from
        rf"\b(?:birth|origins?|source|introduction|debut|arrival|invention|Geburt|naissance|nacimiento) (?:of|der|des|von|de|du|del) (?:the |la |le )?{OPEN}(?P<name>{NAMES})",
        rf"\b(?:where|how|whence) (?:the )?{OPEN}(?P<name>{NAMES}) (?:comes?|came|began|begins|started|starts|originated|was born|is born|is from|got its)\b",
        rf"\b(?:[Mm]eet|[Ee]nter|[Bb]ehold|[Hh]ello|[Tt]his is|[Tt]hat is|[Tt]hat's) (?:the )?(?P<name>{SHAPED}|{NAMES}(?=:|,? (?:an?|the)\b)){_ENDS}",
        rf"\b(?P<name>{SHAPED}|{NAME}) (?:(?:is|was) (?:born|(?:first )?(?:proposed|introduced|described|presented|defined|released|coined))|starts here|began here|comes from (?:here|this paper))\b",
        rf"[a-z]:\s+(?:[Tt]he|[Ee]nter|[Mm]eet) (?P<name>{NAMES})[.!]?$",
        rf"\b[Tt]he (?:original |famous |classic |now-classic )*(?P<name>{SHAPED}|{NAME}) (?:paper|article)\b",
        rf"\b(?:aka|a\.k\.a\.|alias|(?:better|best|now|simply|universally|internally) known (?:to \w+ )?as|known to (?:all|everyone|everybody) as)\s+(?:the\s+)?{OPEN}(?P<name>{NAMES})",
        # a definition: "X = …", "… = X", "is the X, a …"
        rf"^\W*(?P<name>{SHAPED}|{NAME}|[a-z]+[A-Z][\w-]*)\s*=\s",
        rf"\w\s=\s(?P<name>{SHAPED}){_ENDS}",
        rf"\b(?:is|are) (?:the|called) (?P<name>{NAMES}), (?=\d|an?\b|which\b)",
        # Chinese, Japanese and Korean
        rf"(?:提出|公开|公開|发布|發布|推出|引入|开源|构建|命名为|称为|称之为|名为|叫做|取名|这就是|即为|提案(?:手法|モデル|法|システム|方式)|提案する)了?[^。；;！？]{{0,24}}?(?<![A-Za-z0-9-])(?P<name>{_LATIN})(?![A-Za-z0-9])",
        rf"(?<![A-Za-z0-9-])(?P<name>{_LATIN})\s*(?:[）)]\s*)?(?:という[^。、]{{0,12}}|と呼ぶ[^。、]{{0,12}}|と名付け[^。、]{{0,6}})?を\s*[^。、]{{0,6}}(?:提案|導入|発表|公開|開発|紹介|構築|導く|導いた|導出)",
        rf"(?:和|与|及|、)\s*(?P<name>{_LATIN})\s*(?:激活函数|算法|模型|数据集|损失|框架|基准|层)",
        rf"(?:策略|算法|模型|方法|数据集|框架|手法|モデル|アルゴリズム|データセット)\s*[「『“]?(?P<name>{SHAPED})",
        rf"(?<![A-Za-z0-9-])(?P<name>{_LATIN})\s*(?:을|를)\s*(?:제안|소개|발표|공개|제시)",
    )
)  # fmt: skip
_BY_OTHERS = re.compile(r"\b(?:commonly|often|usually|also|well|widely|previously|sometimes)[\s-]+\Z", re.I)
_DATA = re.compile(
    r"(?:data\s?set|corpus|corpora|benchmark|test set|evaluation set|test suite|collection|treebank|database|Datensatz|Korpus|Sammlung|jeu de données|数据集|データセット)",
    re.I,
)
_MEASURE = re.compile(r"\b(?:metric|measure|score|index)\b", re.I)


@dataclass(frozen=True, slots=True)
class Announcement:
    """A new name at `start` to `end` of the text, and the kind of thing that the words beside it make it."""

    start: int
    end: int
    kind: str


@lru_cache(maxsize=4096)
def announcements(text: str) -> tuple[Announcement, ...]:
    """The names that a sentence announces, each once, in the order of the text."""
    found: dict[int, Announcement] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, name = match.start("name"), match.group("name").rstrip(".'’-/")
            if len(name) > 1 and not _BY_OTHERS.search(text[: match.start()]):
                found.setdefault(
                    start, Announcement(start, start + len(name), _kind(match.group()[: start - match.start()], text[start + len(name) :]))
                )
    return tuple(found[start] for start in sorted(found))


def _kind(before: str, after: str) -> str:
    near = f"{before[-40:]} {after[:16]}"
    return "Dataset" if _DATA.search(near) else "Metric" if _MEASURE.search(before[-30:]) else "Method"
