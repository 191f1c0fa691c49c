"""Says which organizations stand behind a paper: where its authors are said to be from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import identity, ontology
from kg.extractors.evidence import evidence
from kg.extractors.passages import REQUIRED, Line, Passage, passages
from kg.extractors.stance import stance
from kg.model import Block, Document, Entry, Fact, Finding, Mark, Sentence, Span

_WORD = r"[A-ZÀ-ÖØ-Þ][\w&.’'-]*[\w&]|[A-Z]"
_ORGANIZATION = rf"(?:{_WORD})(?:\s(?:(?:of|de|for|at|für|des|del|di|and|&)\s(?:the\s)?)?(?:{_WORD}))*"
_PEOPLE = (
    r"(?i:researchers?|people|folks|authors?|engineers?|scientists?|colleagues|team|teams|group|groups|students?|titans|humans|guys|friends|professors?|lab|labs|members|collaborators|work|paper|effort|"
    r"forscher\w*|chercheurs?|équipe|equipo|investigadores)"
)
_PERSON = r"(?:[A-Z][\w’'-]+(?:\s[A-Z]\.)?\s[A-Z][\w’'-]+(?:\s(?:\(?et\sal\.?!?\)?|and\scolleagues))?|[A-Z][\w’'-]+\s(?:\(?et\sal\.?!?\)?|and\scolleagues))"
_KNOWN = (
    r"(?:Google(?:\s(?:Research|Brain|DeepMind|Magenta))?|DeepMind|Microsoft(?:\sResearch(?:\s(?:Asia|Cambridge|India))?)?|Meta(?:\sAI)?|Facebook(?:\sAI(?:\sResearch)?)?|FAIR|OpenAI|Anthropic|Apple|Amazon|Netflix|Spotify|Adobe(?:\sResearch)?|"
    r"NVIDIA|Nvidia|IBM(?:\sResearch)?|Intel|Samsung|Huawei|Baidu|Tencent|Alibaba|ByteDance|TikTok|Sony(?:\sCSL)?|Dolby|Yahoo!?|Twitter|LinkedIn|Uber|Airbnb|Salesforce|Yandex|Deezer|Pandora|Snap|Pinterest|Mozilla|"
    r"Stanford|MIT|CMU|Berkeley|Princeton|Harvard|Oxford|Cambridge|ETH(?:\sZ[uü]rich)?|EPFL|KAIST|INRIA|Inria|IRCAM|CNRS|NASA|CERN|Bell\sLabs|Xerox\sPARC|Max\sPlanck(?:\sInstitute)?|Fraunhofer|AT&T(?:\sLabs)?|HP(?:\sLabs)?|NTT|Nokia(?:\sBell\sLabs)?|Siemens|SAP|Oracle|Zalando|eBay|Criteo|Philips|Bosch|BBC|Telef[oó]nica(?:\sResearch)?|Motorola|Ericsson|"
    r"Xerox|PARC|Databricks|Snowflake|Cloudera|Mila|UC\s(?:Berkeley|San\sDiego|Irvine|Davis|Santa\s(?:Cruz|Barbara))|UCLA|UCSD|NYU|UCL|KTH|UPF|QMUL|EPFL|Caltech|Georgia\sTech|Virginia\sTech|Imperial\sCollege(?:\sLondon)?|"
    r"TU\s[A-Z]\w+|Politecnico\sdi\s[A-Z]\w+|Cornell|Yale|Columbia|McGill|Waterloo|Tsinghua|Technion|SRI(?:\sInternational)?|Allen\sInstitute(?:\sfor\sAI)?|Hugging\sFace|Stability\sAI|Mistral(?:\sAI)?|Kakao|Naver|LINE|Rakuten|Shazam|Gracenote|Native\sInstruments|Ableton|iZotope|Universal\sMusic(?:\sGroup)?)"
)
_NAMED = rf"(?:{_KNOWN}|(?:University|Univ\.|U\.|Universität|Université|Universidad|Universitat|Università|Institute|College)\s(?:of|de|di|für|degli|des)\s{_ORGANIZATION}|(?:[A-Z][\w.’'-]+\s){{1,4}}(?:University|Institute(?:\sof\sTechnology)?|Research|Labs?|College|Technologies|Inc\.?|Corporation|Universität))"
_FROM = re.compile(rf"\b(?:{_PEOPLE}\s+(?:\w+\s+)?(?:from|at|of|over at|von|bei|de|du|chez)|{_PERSON},?\s+(?:from|at))\s+(?:the\s+)?({_ORGANIZATION})")
_TOGETHER = re.compile(rf"\b(?:[Ii]n\s+)?[Cc]ollaboration\s+(?:with|between|of)\s+(?:{_PEOPLE}\s+(?:from|at|of)\s+)?(?:the\s+)?({_ORGANIZATION})")
_ALSO = re.compile(rf"(?:,\s*|\s+)(?:and|&|,)\s+(?:(?:{_PEOPLE})\s+(?:from|at|of)\s+)?(?:the\s+)?({_ORGANIZATION})")
_MADE_BY = re.compile(rf"\b(?i:produced|developed|built|created|made|written|published|presented|proposed|released|authored|work|paper|system|project|comes?|came|out)\s+(?:and\s\w+\s)?(?:by|at|from|of|inside)\s+(?:{_PEOPLE}\s+(?:from|at|of)\s+)?(?:the\s+)?({_NAMED})(?![\w’'])")
_JUST_FROM = re.compile(rf"(?:^|[,)]\s|\bpaper\s|\baward,?\s)[Ff]rom\s+(?:the\s+)?({_NAMED})(?=\s*(?:$|[.,;:)]))")
_PERSON_OF = re.compile(rf"\b{_PERSON}(?:,|\s+of)\s+(?:the\s+)?({_NAMED})")
_OWN = re.compile(rf"\b({_KNOWN})(?:[’']s?\s+(?:\w+\s+)?(?:team|researchers?|group|lab|work|paper|engineers?|system|authors?|database|store|platform|framework|infrastructure|model|approach|solution)|\s+(?:researchers?|engineers?|scientists?|folks|team|people|guys)\b)")
_OF_TITLE = re.compile(rf"(?:^|[\s(:])({_KNOWN})(?:!)?[’']s?\s+[A-Z]")
_BRACKET = re.compile(rf"[(\[]\s*(?:[^()\[\]]*?,\s*)?({_NAMED})\s*[)\]]")
_AUTHORS_FROM = re.compile(rf"(?:\bfrom|\bat|\bof|,)\s+(?:the\s+)?({_NAMED})(?=\s*(?:$|[,.;:)\]]))")
_ACRONYM = r"(?:[A-Z][A-Za-z]*[A-Z0-9][\w-]*)"
_ACRONYM_IN_BRACKETS = re.compile(rf"[(\[]({_ACRONYM}|[A-Z][\w&.-]+(?:\s[A-Z][\w&.-]+){{0,3}})[)\]]")
_WHOSE = rf"({_NAMED}|{_ACRONYM})"
_MEMBERS = re.compile(
    rf"\b(?:papers?|publications?|contributions?|talks|posters)\b[^.]*?\b(?:by|from|of|involving)\s+(?:the\s+|our\s+)?{_WHOSE}(?:[’']s)?(?:\s+(?:members|researchers|students|colleagues|people|team|group|staff|authors)|\s*[:.]|$)|"
    rf"\b{_WHOSE}(?:[’']s)?\s+(?:members|researchers|students|people|team|group|staff|papers|contributions|publications|will present|(?:is|are|will be) presenting|presents?|presented)\b[^.]*?\b(?:papers?|present\w*|publications?|contribut\w*)\b"
)
_NOT_ONE = frozenset("I The This That We They It In A An Our Their His Her Here There Section Figure Table Part Chapter ICASSP".split())


class Organizations:
    """Passages and affiliations in author lines to `schema:sourceOrganization`."""

    name = "organizations"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        lists = list(_lists(document))
        for passage in passages(document):
            if passage.role == "cited":
                continue
            found: dict[str, tuple[str, Span, float, str]] = {}
            for name, span, confidence, text in (*_fields(passage), *_told(passage), *_listed(passage, lists)):
                found.setdefault(identity.key(name), (name, span, confidence, text))
            for name, span, confidence, text in found.values():
                fact_evidence = evidence(document, span, self, confidence, stance(text, max(0, text.find(name))))
                yield Fact(passage.paper, "schema:sourceOrganization", identity.named("Organization", name), fact_evidence)


def _fields(passage: Passage) -> Iterator[tuple[str, Span, float, str]]:
    for entry in passage.entries:
        for field in entry.fields:
            if field.label == "organization":
                yield field.value, field.span, 0.9, field.value


def _told(passage: Passage) -> Iterator[tuple[str, Span, float, str]]:
    for line in passage.body:
        for name, confidence in organizations(line):
            yield name, line.span, confidence, line.text
    if passage.title and (match := _OF_TITLE.search(passage.title.text)):
        yield match.group(1), passage.title.span, 0.8, passage.title.text
    for line in passage.heads:
        beside = line.text.replace(passage.title.text, " " * len(passage.title.text)) if passage.title else line.text
        for match in (*_BRACKET.finditer(beside), *_AUTHORS_FROM.finditer(beside)):
            yield match.group(1).strip(), line.span, 0.75, line.text
        yield from ((name, line.span, 0.7, line.text) for name in _acronyms_after_authors(passage, line))


def _acronyms_after_authors(passage: Passage, line: Line) -> Iterator[str]:
    """ "Jane Doe (QMUL)": an acronym in brackets right behind an author."""
    ends = {field.span.end for entry in passage.entries for field in entry.fields if field.label == "author"}
    for match in _ACRONYM_IN_BRACKETS.finditer(line.text):
        place = line.view.span(match.start(), match.start() + 1).start
        if any(0 <= place - end <= 2 for end in ends) and match.group(1) not in _venues():
            yield match.group(1)


def organizations(line: Line) -> Iterator[tuple[str, float]]:
    """The organizations that a sentence says a work is from."""
    for pattern, confidence in ((_FROM, 0.85), (_TOGETHER, 0.9), (_MADE_BY, 0.85), (_PERSON_OF, 0.8), (_JUST_FROM, 0.75), (_OWN, 0.85)):
        for match in pattern.finditer(line.text):
            if name := _clean(match.group(1)):
                yield name, confidence
                if pattern in (_FROM, _TOGETHER) and (also := _ALSO.match(line.text, match.end())) and (second := _clean(also.group(1))):
                    yield second, confidence - 0.1
    for match in _BRACKET.finditer(line.text):
        yield match.group(1), 0.6


def _clean(name: str) -> str | None:
    name = re.sub(r"[’']s$|[.,]+$", "", name.strip())
    words = name.split()
    if not words or words[0] in _NOT_ONE or len(words) > 6 or name in _venues() or len(name) < 2:
        return None
    return name


@cache
def _venues() -> frozenset[str]:
    return frozenset(spelling for venue in ontology.venues() for spelling in (venue.label, *venue.names))


def _lists(document: Document) -> Iterator[tuple[Span, str, str, int]]:
    """Sentences that say of the papers listed below whose members wrote them, and where that list ends."""
    blocks = document.marks(Block)
    inside = [span for entry in document.marks(Entry) for span in (*entry.head, *entry.body)]
    for sentence in document.marks(Sentence):
        if any(span.contains(sentence.span) for span in inside):
            continue
        text = document.view(sentence.span).text.replace("\n", " ")
        if (match := _MEMBERS.search(text)) and (name := _clean(match.group(1) or match.group(2))):
            end = next((block.span.start for block in blocks[sentence.block + 1 :] if block.kind == "heading"), len(document.text))
            yield sentence.span, name, text, end


def _listed(passage: Passage, lists: list[tuple[Span, str, str, int]]) -> Iterator[tuple[str, Span, float, str]]:
    for span, name, text, end in lists:
        if any(span.end <= entry.head[0].start < end for entry in passage.entries):
            yield name, span, 0.75, text
