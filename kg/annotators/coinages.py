"""Finds names that no vocabulary holds: heads of titles, things that are "called X", "the X dataset", what somebody proposes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg import ontology
from kg.annotators.announcements import NAME, NAMES, OPEN, SHAPED, announcements

_DATASET = re.compile(
    rf"\b({SHAPED}(?:\s[A-Z][\w-]*){{0,3}}|{NAME}(?:\s{NAME}){{1,3}})\s+(?:data\s?sets?|corpus|corpora|benchmarks?|database|collection|challenge|test set|training set|dev set|suite|leaderboard)\b"
)
_TASK = re.compile(rf"\btasks?,?\s+(?:called|named|known as|of)\s+{OPEN}({NAMES})")
_METRIC = re.compile(rf"\b({SHAPED})\s+(?:scores?|metrics?|measures?|index)\b")
_SCORED = re.compile(
    rf"\d(?:\.\d+)?\s?%?\s({SHAPED})(?=$|[\s,.;)])|\b({SHAPED})(?:\sscores?|\svalues?)?\s(?:of|at|to)\s(?:about\s|around\s|over\s)?\d"
)
_SUBJECT = re.compile(
    rf"(?:^|(?<=[.!?]\s))(?:The\s+)?({SHAPED})\s+(?:is|are|was|uses|consists|achieves|outperforms|improves|extends|learns|provides|combines|aims|works|has|can)\b"
)
_OPENING = re.compile(rf"\W*({SHAPED}|[a-z]+\d[a-z]\w*)(?=,\s(?:an?|the|which|or|short)\b|:\s|\s(?!has|was|does)[a-z]{{2,}}s\s)")
# "evaluated on A, B and C", "81.5% on A", "auf A", "sur A", "在 A 上": what stands there is data.
_TRIED_ON = re.compile(
    rf"(?:\b(?:evaluat\w+|tested|trials?|experiments?|benchmarked|validated|measured|results?|performance|score[sd]?|accuracy|state of the art|getestet|Experimente|évalué\w*|testé\w*|evaluad\w*|probad\w*)\b[^.;:]{{0,40}}?\s|"
    rf"\d\s?%?(?:\s(?!on\b|auf\b|sur\b|en\b)[\w@-]+){{0,3}}\s)(?:on|auf|sur|en)\s+(?:the\s+|both\s+)?(?P<names>{NAMES}(?:(?:\s*[,/+&]\s*|,?\s+(?:and|und|et|y|as well as|sowie)\s+){NAMES})*)"
)
_LIST_JOINT = re.compile(r"\s*[,/+&]\s*(?:and\s+)?|,?\s+(?:and|und|et|y|as well as|sowie)\s+")
_USED = re.compile(
    rf"\b(?:us(?:e|es|ed|ing)|on|with|via|outperform\w*|than|over|like|as|to|extend\w*|compar\w+ (?:to|with)|based on|adapt\w*|and|of)\s+(?:the\s+|their\s+)?{OPEN}({SHAPED})"
    r"(?=\s+(?:models?|networks?|architecture|encoders?|decoders?|embeddings?|features?|algorithm|framework|library|toolkit|layers?|loss|optimi[sz]er|systems?|method|approach|transformers?|backbone|tokeni[sz]er|vocoder)\b)"
)
_TITLE_HEAD = re.compile(r"\s*(?:The\s+|Introducing\s+)?(\S+(?:\s+\S+){0,3}?)\s*(?:\([^)]*\)\s*)?(?::|\s[–—-])\s+(.+)", re.S)
# A saying that serves as a name: "Stop, Look and Listen: A Network for …".
_MOTTO = re.compile(r"\W*((?:[A-Z]\w+,\s){1,3}(?:and\s|&\s)?[A-Z]?\w+(?:\s(?:and|&)\s[A-Z]\w+)?):\s+An?\s")
_BETWEEN = re.compile(r"\S(?:.(?!\band\b|&))*\S|\S", re.S)
_TITLE_NAME = re.compile(rf"\W*([a-z]{{4,}}|{SHAPED}(?:\s[A-Z][a-z]+)?)\W*")
# A title typed without its colon: "Name A Method for …", "CamelName Doing …".
_LOST_COLON = re.compile(rf"((?![A-Z]+\s)[A-Z][\w-]{{3,}})\s+An?\s+[A-Z]|({SHAPED})\s+[A-Z][a-z]+ing\s")
_TITLE_THING = re.compile(
    rf"(?:^|[:–—]\s)(?:The|Introducing(?: the)?)\s+((?:{NAME}\s+){{1,4}}(?:Dataset|Data Set|Corpus|Benchmark|Database|Collection|Challenge|Treebank))\b|^((?:{NAME}\s+){{1,3}}(?:Dataset|Corpus|Benchmark|Database))(?=,|:|\s+and\b|$)"
)
_WORDY = frozenset(
    "a an the on in of for to with from is are and or sok survey review introduction tutorial overview towards how why what who when where less more attention beyond learning deep neural paper part chapter "
    "part1 part2 comment reply erratum editorial poster demo keynote session abstract summary title notes update fast simple from".split()
)
# Names in capitals that are no concept: places of publication, machines, formats, degrees, countries.
NO_CONCEPT = frozenset(
    "AI ML DL GPU GPUs CPU CPUs TPU TPUs RAM USA US UK EU PhD MSc BSc CEO CTO FAQ PDF HTML HTTP HTTPS URL URLs IEEE ACM ISCA ISMIR ICASSP ICML ICLR NeurIPS NIPS CVPR ICCV ECCV ACL EMNLP NAACL EACL COLING "
    "AAAI IJCAI KDD WWW SIGIR SIGMOD VLDB CHI UIST CSCW RecSys WSDM CIKM INTERSPEECH Interspeech TASLP TPAMI JMLR TMLR arXiv ArXiv GitHub YouTube OpenReview LinkedIn SOTA SoTA TODO TLDR TL DR OK NB PS IMHO "
    "SoK IMO BTW FWIW AM PM MIT CMU NYU UCLA ETH EPFL IBM NVIDIA DeepMind OpenAI ByteDance StackOverflow README API APIs MHz GHz kHz Hz dB MB GB TB KB CD DVD TV DJ II III IV VI VII VIII IX XI".split()
)


@dataclass(frozen=True, slots=True)
class Coinage:
    """A name at `start` to `end` of the text that was read, and the kind its neighbours give it."""

    start: int
    end: int
    kind: str


def in_title(title: str) -> Iterator[Coinage]:
    """The name that a title begins with ("X: a …") or that it is about ("The X Dataset")."""
    if motto := _MOTTO.match(title):
        yield Coinage(motto.start(1), motto.end(1), "Method")
    elif head := _TITLE_HEAD.match(title):
        joined = list(_BETWEEN.finditer(head.group(1)))
        for name in joined:
            if _names_something(name.group(), head.group(2)) and (len(joined) == 1 or re.fullmatch(SHAPED, name.group())):
                yield Coinage(head.start(1) + name.start(), head.start(1) + name.end(), _kind_of(head.group(2)))
    elif whole := _TITLE_NAME.fullmatch(title):
        yield Coinage(whole.start(1), whole.end(1), "Method")
    elif lost := _LOST_COLON.match(title):
        group = 1 if lost.group(1) else 2
        yield Coinage(lost.start(group), lost.end(group), "Method")
    for thing in _TITLE_THING.finditer(title):
        group = 1 if thing.group(1) else 2
        yield Coinage(thing.start(group), thing.end(group), "Dataset")


def in_sentence(text: str) -> Iterator[Coinage]:
    """Names that stand beside words that make them a thing."""
    text = text.replace("\n", " ")
    if (match := _OPENING.match(text)) and not no_concept(match.group(1)):
        yield Coinage(match.start(1), match.end(1), "Method")
    for new in announcements(text):
        name = text[new.start : new.end]
        if name not in NO_CONCEPT and name.split()[0].lower() not in _WORDY:
            yield Coinage(new.start, new.end, _beside(text, new.end) or new.kind)
    for tried in _TRIED_ON.finditer(text):
        yield from _listed(text, tried.start("names"), tried.group("names"))
    for scored in _SCORED.finditer(text):
        group = 1 if scored.group(1) else 2
        if not no_concept(scored.group(group)):
            yield Coinage(scored.start(group), scored.end(group), "Metric")
    for pattern, kind in ((_TASK, "Task"), (_DATASET, "Dataset"), (_METRIC, "Metric"), (_SUBJECT, "Method"), (_USED, "Method")):
        for match in pattern.finditer(text):
            name = match.group(1).rstrip(".'’-/")
            if not no_concept(name) and name.split()[0].lower() not in _WORDY:
                yield Coinage(match.start(1), match.start(1) + len(name), _beside(text, match.start(1) + len(name)) or kind)


def _listed(text: str, start: int, names: str) -> Iterator[Coinage]:
    """The names of a list, each as data; ordinary capitalised words, such as places, are left alone."""
    cut = 0
    for joint in [*_LIST_JOINT.finditer(names), None]:
        name = names[cut : joint.start() if joint else None]
        if name and re.match(SHAPED, name) and not no_concept(name):
            yield Coinage(start + cut, start + cut + len(name), "Dataset")
        cut = joint.end() if joint else 0


def no_concept(name: str) -> bool:
    """Whether a name is a venue's, with or without a year, or one of the other names that are no concept."""
    return name in NO_CONCEPT or re.sub(r"[\s'’-]*(?:19|20)?\d\d$", "", name) in _venues()


@cache
def _venues() -> frozenset[str]:
    return NO_CONCEPT | {spelling for venue in ontology.venues() for spelling in (venue.label, *venue.names)}


def _names_something(name: str, rest: str) -> bool:
    words = name.strip("\"'“”‘’").split()
    if not words or any(word.lower().strip(".,") in _WORDY for word in words) or no_concept(name):
        return False
    if any(character in name for character in ",?!;()") or not words[0][0].isalnum():
        return False
    if len(words) == 1:
        return any(c.isalpha() for c in name) and (not name[0].islower() or any(c.isupper() or c.isdigit() for c in name) or rest[:2].lower() == "a ")
    capitals = all(word[0].isupper() or word[0].isdigit() for word in words)
    return capitals and (any(re.fullmatch(SHAPED, word) for word in words) or bool(re.match(r"(?:an?|the)\s", rest, re.I)))


def _kind_of(rest: str) -> str:
    """What "X: a large dataset for …" makes of X."""
    opening = re.split(r"\b(?:for|of|with|to|from|using|by|in|on)\b", rest, maxsplit=1)[0]
    return "Dataset" if re.search(r"\b(?:data\s?sets?|corpus|benchmark|database|corpora|collection|treebank)\b", opening, re.I) else "Method"


def _beside(text: str, end: int) -> str | None:
    match = re.match(r"\s+(?:data\s?set|corpus|corpora|benchmark|database)\b", text[end : end + 14], re.I)
    return "Dataset" if match else None
