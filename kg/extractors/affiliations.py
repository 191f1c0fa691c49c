"""Reads from a sentence which organizations a work is said to come from, by the words around their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractors.gazetteer import Known, known

_WORD = r"[A-ZÀ-ÖØ-Þ][\w&.’'-]*[\w&]|[A-Z]"
_ORGANIZATION = rf"(?:{_WORD})(?:\s(?:(?:of|de|for|at|für|des|del|di|and|&)\s(?:the\s)?)?(?:{_WORD}))*(?:\s(?:university|labs?|institute|research(?=\W*$|\s?[.,;:)])))?"
_HUMANS = (
    r"(?i:researchers?|representatives?|interns?|people|folks|authors?|engineers?|scientists?|colleagues|team|teams|group|groups|crew|students?|titans|humans|guys|friends|professors?|lab|labs|members|collaborators|"
    r"forscher\w*|leute|kollegen|chercheurs?|équipe|gens|collègues|equipo|gente|investigadores|colegas)"
)
_PEOPLE = rf"(?:{_HUMANS}|(?i:work|paper|effort))"
_PERSON = (
    r"(?:[A-Z][\w’'-]+(?:\s[A-Z]\.)?\s[A-Z][\w’'-]+(?:\s(?:\(?et\sal\.?!?\)?|and\scolleagues))?|[A-Z][\w’'-]+\s(?:\(?et\sal\.?!?\)?|and\scolleagues))"
)
# Names that say themselves that they are organizations.
SELF_EVIDENT = (
    rf"(?:(?:University|Univ\.|U\.|Universität|Université|Universidad|Universitat|Universidade|Università|Universiteit|Universitetet|Univerzita|Uniwersytet|Universitas|Universiti|Hochschule|Technische\s(?:Universität|Hochschule|Universiteit)|Institute|Institut|Instituto|Istituto|College|École|Ecole|Escuela|Escola|Politecnico|Politechnika|Academy|TU|FH|IIT|UC)\s(?:(?:of|de|di|da|do|dos|für|der|degli|des|del|della|zu|van)\s(?:la\s)?)?{_ORGANIZATION}|"
    rf"(?:[A-Z][\w.’'-]+\s){{1,4}}(?:University|Institute(?:\sof\sTechnology)?|Research|Labs?|Laborator(?:y|ies)|College|Polytechnic|Technologies|Hospital|Clinic|Inc\.?|Ltd\.?|GmbH|Corporation|Universität|Universiteit|Üniversitesi|AI)|"
    r"[\u4e00-\u9fff\u30a0-\u30ff]{2,10}(?:大学院?|大學|研究所|研究院|研究室|学院|实验室|實驗室)|[\uac00-\ud7af]{2,10}(?:대학교|과학기술원|연구소|연구원))"
)
_FROM = re.compile(
    rf"\b(?:{_PEOPLE}\s+(?:\w+\s+)?(?:from|at|over at|von|bei|de|du|chez)|{_HUMANS}\s+(?:\w+\s+)?of|{_PERSON},?\s+(?:from|at))\s+(?:the\s+|der\s+|dem\s+|l['’]|la\s+|los\s+)?({_ORGANIZATION})"
)
_TOGETHER = re.compile(rf"\b(?:[Ii]n\s+)?[Cc]ollaboration\s+(?:with|between|of)\s+(?:{_PEOPLE}\s+(?:from|at|of)\s+)?(?:the\s+)?({_ORGANIZATION})")
_ALSO = re.compile(rf"(?:,\s*|\s+)(?:and|&|,)\s+(?:(?:{_PEOPLE})\s+(?:from|at|of)\s+)?(?:the\s+)?({_ORGANIZATION})")
_MADE_BY = re.compile(
    rf"\b(?i:produced|developed|built|created|made|written|published|presented|proposed|released|authored|work|paper|project|comes?|came|out)\s+(?:and\s\w+\s)?(?:by|at|from|of|inside)\s+(?:{_PEOPLE}\s+(?:from|at|of)\s+)?(?:the\s+)?({SELF_EVIDENT})(?![\w’'])"
)
_JUST_FROM = re.compile(rf"(?:^|[,)]\s|\bpaper\s|\baward,?\s)[Ff]rom\s+(?:the\s+)?({SELF_EVIDENT})(?=\s*(?:$|[.,;:)]))")
_PERSON_OF = re.compile(rf"\b{_PERSON}(?:,|\s+of)\s+(?:the\s+)?({SELF_EVIDENT})")
_COUNTED = re.compile(
    rf"\b(?:two|three|four|five|six|several|some|many|both|\d+)\s+({SELF_EVIDENT}|[A-Z][A-Za-z]*[A-Z]\w*|[A-Z]\w+)\s+(?:papers|contributions|talks|posters|publications)\b"
)
_ALONE = re.compile(rf"^\W*({SELF_EVIDENT})\W*$")
# Words before and after a known name that make its people the authors.
_BEFORE = re.compile(
    rf"(?:\b(?i:out of|by|together with|jointly with|courtesy of|chez|by way of)|\b(?:produced|developed|built|created|made|written|published|done|presented|proposed|released|authored|born)\s+(?:at|from|in|inside)|\b(?:{_PEOPLE})\s+(?:from|at|of|over at|von|bei|de|du|chez|van)|\b{_PERSON},?\s+(?:from|at|of|,)|(?:^|[.,;)(:–—]\s*|\b(?:paper|work|system|model|effort|one|post|report|comes?|came|is|it|this)\s+)(?:(?i:also)\s+)?(?i:from|aus|von|de|des|desde))\s+(?:the\s+|der\s+|dem\s+|l['’])?\Z"
)
_AND = re.compile(r"(?:\band|\bund|\bet|\by|&|\+|/|,|、|和|与|と)\s*(?:the\s+)?\Z")
_TEAM = re.compile(
    rf"^(?:[–-][A-Z]\w+)?(?:[’']s?)?\s+(?:\w+\s+)?(?:{_PEOPLE}|trio|duo|gang|crowd)\b(?!\s+(?:of|in)\b)|^[’']s?\s+(?:[\w-]+\s+)?(?:system|database|store|platform|framework|infrastructure|model|approach|solution|report|submission|entry)\b"
)
# Not "Amazon's Highly Available Store …", a title.
_OF_THEM = re.compile(r"^[’']s?\s+(?![A-Z]\w+\s+[A-Z])(?:own\s+)?(?:[\w-]+\s+)?[\w-]+|^\s*(?:の|的|による|出品|团队|发布|提出|家的)")
_DID = re.compile(
    r"^(?:\s+(?:and|et|und|y|&)\s+[A-Z]\w+)?\s+(?:ran|writes?|wrote|built|builds?|presents?|presented|introduces?d?|proposes?d?|publish\w*|releas\w+|shows?|showed|trains?|trained|describes?d?|reports?|reported|open[- ]sourc\w+|tells?|told|explains?|shares?d?|deployed|designed|developed|made|makes|found|"
    r"présente\w*|proposent?|publient?|publie|montre\w*|stell\w+|zeig\w+|veröffentlich\w*|presentan?|proponen?|publican?)\b"
)
# "Google's Jane Doe and John Roe explain …"
_PEOPLE_OF = re.compile(rf"^[’']s?(?:\s+[A-ZÀ-Þ][\w’'.-]*|\s+and)+(?={_DID.pattern.removeprefix('^')})")
_AT = re.compile(r"\b(?:at|from)\s+(?:the\s+)?\Z")
_MATERIAL = re.compile(
    r"\b(?:data|datasets?|corpus|corpora|logs?|traces?|reviews?|images?|photos?|songs?|tracks?|playlists?|users?|queries|clips|samples|tweets|posts|articles|videos|recordings|records|patients|scans|embeddings|features|weights|checkpoints?|traffic|workloads?|"
    r"download\w*|scrap\w+|collected|crawled|taken|gathered|sourced|sampled|borrow\w*|inherit\w*|differ\w*|away|far|apart|used|deployed|production|look\w*|aimed|job|internship|talk|keynote|met|seen)\s+(?:at|from)\s+(?:the\s+)?\Z",
    re.I,
)
_MEASURED = re.compile(r"\d%?\s+at\s+(?:the\s+)?\Z")
# "Models by Google" are what somebody uses; "a model by Google" may be the paper's own.
_TAKEN = re.compile(
    r"\b(?:models|data|datasets?|corpus|corpora|apis?|tools?|toolkit|library|embeddings|weights|checkpoints?|encoders?|treatments)\s+(?:\w+\s+)?by\s+\Z",
    re.I,
)
_THEN = re.compile(r"\b(?:when|how|where|what|why|once)\s+\Z")
_ALONE_BEFORE = re.compile(r"(?:^|[(（]|[,，、;]\s*)\s*(?:both\s+|all\s+|all from\s+|both from\s+)?\Z")
_ALONE_AFTER = re.compile(r"^\s*(?:$|[.。!]\s*$|[)）]|[.。]\s)")


def organizations(text: str) -> Iterator[tuple[str, float]]:
    """The organizations that a sentence says a work is from, with how sure that is."""
    for pattern, confidence in (
        (_FROM, 0.85),
        (_TOGETHER, 0.9),
        (_MADE_BY, 0.85),
        (_PERSON_OF, 0.8),
        (_JUST_FROM, 0.75),
        (_COUNTED, 0.75),
        (_ALONE, 0.7),
    ):
        for match in pattern.finditer(text):
            yield match.group(1), confidence
            if pattern in (_FROM, _TOGETHER) and (also := _ALSO.match(text, match.end())):
                yield also.group(1), confidence - 0.1
    yield from ((found.name, 0.8) for found in _of_known(text))


def _of_known(text: str) -> Iterator[Known]:
    """The known names that the words around them, or another such name just before, make the authors' house."""
    names = list(known(text))
    whole = bool(names) and not re.search(r"[^\W\d_]", _blanked(text, names))
    homes = [(whole and not found.ambiguous) or _is_home(text[: found.start], text[found.end :], found) for found in names]
    for index in range(1, len(names)):
        homes[index] |= homes[index - 1] and _joined(text, names[index - 1], names[index])
    for index in reversed(range(len(names) - 1)):
        homes[index] |= homes[index + 1] and _joined(text, names[index], names[index + 1])
    yield from (found for found, is_home in zip(names, homes, strict=True) if is_home)


def _joined(text: str, one: Known, other: Known) -> bool:
    return bool(_AND.fullmatch(text[one.end : other.start].lstrip()))


def _is_home(before: str, after: str, found: Known) -> bool:
    if _TAKEN.search(before) or _MEASURED.search(before):
        return False
    if _BEFORE.search(before) or (_AT.search(before) and not found.ambiguous and not _MATERIAL.search(before)):
        return not re.match(r"\s+[A-Z]\w+", after)
    if _TEAM.match(after) or (_THEN.search(before) and _DID.match(after)):
        return True
    opens = not before.strip(" \"“'*_-•(")
    if opens and (_DID.match(after) or _PEOPLE_OF.match(after) or (_OF_THEM.match(after) and not found.ambiguous)):
        return True
    return not found.ambiguous and bool(_ALONE_BEFORE.search(before)) and bool(_ALONE_AFTER.match(after))


def _blanked(text: str, names: list[Known]) -> str:
    for found in reversed(names):
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return re.sub(r"\b(?:and|und|et|y|from)\b", " ", text)
