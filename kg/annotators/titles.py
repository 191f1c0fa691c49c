"""How much a stretch of words looks like the title of a paper, and the stretch without what surrounds a title."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.annotators.names import field_words, read_people

# Headings and labels that structure a text and name no paper, in the languages that people write reviews in.
_FURNITURE = frozenset(
    """abstract|numbers|figures|quotes|likes|dislikes|what it does|what i liked|what i did not like|what i didn t like|what they did|what is new|how it works|why it matters|why it works|in a nutshell|nutshell|bottom line|verdict|gist|task|side note|note|update|disclaimer|edit|warning|spoiler|bonus|fun fact|takeaway|question|answer|example|tip|hint|summary and outlook|outlook|looking forward|looking ahead|closing thoughts|last words|about|about me|about this post|acknowledgements|acknowledgments|algorithm|analysis|appendix|approach|architecture|archive|author|authors|awards|background|background materials|
    best paper|best papers|bibliography|blog|blogs|books|challenges|citation|code|comments|conclusion|conclusions|conclusions and future work|cons|contact|contents|contribution|contributions|
    critique|data|dataset|datasets|day 1|day 2|day 3|demo|demos|details|discussion|download|evaluation|experiments|experiments and results|experimental results|final thoughts|for further reading|
    further developed|further reading|future work|general|general thoughts|highlights|highlight papers|home|honorable mentions|idea|ideas|implementation|impressions|index|info|institution|introduction|
    intro|issues|key ideas|key points|keynote|keynotes|keywords|key takeaways|license|limitations|link|links|list of papers|list of readings|main idea|methodology|method|methods|metrics|misc|miscellaneous|
    model|models|motivation|my thoughts|my take|news|next|notes|opinion|oral|orals|other|other comments|other papers|overview|paper|paper list|papers|paper summary|pdf|points forts|posters|poster|
    preface|presentation|previous|problem|problem statement|program|programme|project|projects|pros|pros and cons|publications|questions|readings|reading list|recommended reading|references|related|
    related work|remarks|research|resources|result|results|results and discussion|review|reviews|schedule|sessions|session|setup|short|slides|social activities|software|source|source code|strengths|
    strong points|summaries|summary|system|table of contents|tags|takeaways|talk|talks|the bad|the good|the ugly|theory|thoughts|title|tl;dr|tldr|to read|toc|todo|tools|tools and libraries|topics|
    training|tutorial|tutorials|update|updates|venue|video|videos|weak points|weaknesses|what is it about|when|where|who|why|workshop|workshops|wrap-up|year|date|time|
    einleitung|zusammenfassung|fazit|literatur|inhalt|ergebnisse|methode|diskussion|überblick|links und quellen|introducción|resumen|conclusiones|referencias|introduction générale|résumé|conclusion générale|références|bibliographie|sommaire|mots clés|
    参考文献|摘要|引言|结论|目录|まとめ|概要|はじめに|論文|论文|소개|요약|결론""".replace("\n", "").split("|")
)  # fmt: skip
_FURNITURE_STEMS = frozenset(re.sub(r"[^\w]+", " ", entry).strip() for entry in _FURNITURE)
_LINK_WORDS = frozenset(
    "arxiv biorxiv pdf code page paper project video slides poster demo data website github doi link html bib bibtex supp talk and web url hal preprint".split()
)
_SENTENCE_START = re.compile(
    r"^(?:this|these|that|the authors?|the paper|the main|they|we|i|i['’]\w+|it|its|it['’]s|he|she|there|here|thanks|check|see|also|however|finally|moreover|in this|in the|in our|as |if |while |when |although |but |and |or |so |"
    r"note|you|your|for example|e\.g|i\.e|click|read more|to subscribe|subscribe|as promised|following up|posted|published|written by|last updated|share|copyright|all rights|back to|view|collected|written|compiled|curated|maintained|edited|prepared|diese[rs]?|wir|ich|es |ce |cet |cette |nous |je |il |este |esta |nosotros )\b",
    re.I,
)
_POINTER = re.compile(
    r"^(?:(?:link|links|read|see|go|view|download|watch|back|jump|click|get|open|show|list)\b.{0,40}|(?:(?:a|an|the|this|that|their|his|her|our|my|your|these|another|other|some|previous|prior|earlier|recent|original|official|full|best|following|accompanying|related|existing|follow up|see also)\s+)*"
    r"(?:papers?|articles?|works?|stud(?:y|ies)|posts?|blog ?posts?|repos?|repository|codes?|videos?|talks?|slides|posters?|demos?|websites?|pages?|site|pdf|preprint|arxiv|thesis|dataset|implementation|follow ups?|here|there|authors?|ones?|reviews?|results?|examples?))$",
    re.I,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|did|doesn['’]t|don['’]t|isn['’]t|can|will|would|should|could|shows?|presents?|proposes?|introduces?|uses?|seems?|works?|allows?|achieves?|i['’]m|we['’]re|ist|sind|wird|werden|est|sont|es|son)\b"
)
_OF_PAPERS = re.compile(r"\b(?:this|the|our|their|these) (?:papers?|works?|articles?|stud(?:y|ies)|authors?)\b", re.I)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]m|I['’]ve|my|me|mine|ich|mein|je|mon|ma)\b")
_DATE = re.compile(
    r"^(?:\W|\d|st|nd|rd|th|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|januar\w*|februar\w*|märz|mai|juni|juli|okt\w*|dez\w*|janvier|févr\w*|mars|avril|juin|juillet|août|octobre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|octubre|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro|de|of|du|min|mins|minutes?|minuten|read|lesezeit|ca|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*|am|pm|week|day|session|part|chapter|room)+$",
    re.I,
)
_CJK_DATE = re.compile(r"[\d\s:：./\-()（）年月日曜号週周第火水木金土一二三四五六七八九十]+")
_SMALL = frozenset(
    "a an the of in on for to with from by via and or as at into over under using towards toward through without within between vs".split()
)
_TITLE_WORDS = frozenset(
    "towards toward learning via using for with from based approach analysis survey review study framework improving exploring understanding rethinking evaluating estimation detection generation recognition synthesis system systems model models modeling modelling networks method methods efficient robust".split()
)
_NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]\s*|(?:\d{4}年)?\d{1,2}月\d{1,2}日\s*(?:[(（]\w[)）])?\s*|(?:19|20)\d\d-\d\d-\d\d[:：,]?\s+|(?:\[?(?:paper|notes?|summary|review|reading|paper\s+(?:review|summary|notes?|reading|note)|reading\s+notes?|(?:notes?|thoughts)\s+on|(?:summary|review)\s+of|review\s+notes?|論文(?:メモ|紹介|読み)?|论文(?:笔记|阅读)?)\]?\s*[:：\-–—|]|(?:Item|Entry|Pick|Nr\.?|N°|Submission|Trend|Reason|Part|Section|Session|Topic|Theme|Day|Week|Step|Tip|Paper|Chapter|Teil|Partie|Parte)\s+#?(?:\d+|[IVX]+)\s*[:.\-–—]|\(?(?:\d{1,3}[.)\]:]|(?:[ivxIVX]{1,4}|[A-Za-z])[.)\]])|\[\d{1,3}\]|#?\d{1,3}\s*[-–—:/]|\d+(?:\.\d+)+\.?|No\.?\s*\d+[:.]?|(?:Paper|Papier|Artikel)\s+#?\d+\s*[:.\-–—])\s+|[(（](?:[^()（）]{2,20}\s){1,6}[^()（）]{2,20}[)）]\s+(?=\w)|[^\w\s\"“”'‘«(\[¿¡（「『《]+\s*)+",
    re.I,
)
_TAIL = re.compile(
    r"(?:\s*[\(\[](?:19|20)\d\d[a-z]?[\)\]]|\s*\[\d+(?:\s*[,;]\s*\d+)*\]|\s*[\(\[](?:oral|spotlight|poster|long|short|demo|long paper|short paper|best paper[^)\]]*|award[^)\]]*|pdf|paper|link|code|arxiv|video|click to expand|new|preprint|highlight|notable[^)\]]*|outstanding[^)\]]*)[\)\]]|\s*[|·•]\s*$|\s*[-–—:,;]+\s*$|\s*[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F]+)+$",
    re.I,
)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without numbering, decoration, remarks in brackets, quotation marks around it and a last full stop."""
    while True:
        before = (start, end)
        numbering = _NUMBERING.match(text[start:end])
        if numbering and numbering.end() < end - start:
            start += numbering.end()
        tail = _TAIL.search(text[start:end])
        if tail and tail.start() > 0:
            end = start + tail.start()
        start, end = _unquoted(text, start, end)
        if (start, end) == before:
            return start, end


def _unquoted(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \n\t*_,;:":
        start += 1
    while end > start and text[end - 1] in " \n\t*_,;:":
        end -= 1
    stretch = text[start:end]
    for left, right in ("“”", '""', "„“", "«»", "‘’", "''", "「」", "『』", "《》", '“"'):
        inside = stretch[1:-1].strip(" .,")
        if len(stretch) > 2 and stretch[0] == left and stretch.rstrip(".,")[-1] == right and left not in inside and right not in inside:
            return start + 1, start + len(stretch.rstrip(".,")) - 1
    if stretch.endswith(".") and not stretch.endswith("...") and not re.search(r"\b[A-Z]\.$|\b(?:et al|etc|vs|Inc|Jr|St)\.$", stretch):
        end -= 1
    return start, end


@lru_cache(maxsize=32768)
def likeness(title: str) -> float:
    """From 0 to 1: a title of a paper is neither furniture of a text, nor a sentence, a date, an address or a list of people."""
    words = re.findall(r"[^\W_]+(?:['’\-][^\W_]+)*", title)
    letters = sum(character.isalpha() for character in title)
    if (
        not words
        or letters < 3
        or _CJK_DATE.fullmatch(title)
        or len(words) > 40
        or len(title) > 350
        or is_furniture(title)
        or _DATE.match(title)
        or "://" in title
        or (title[0] == "[" and title[-1] == "]")
    ):
        return 0.0
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]", title):
        return 0.6 if 6 <= len(title) <= 80 and not re.search(r"[。！？]", title) else 0.2
    score = _by_length(len(words)) + _by_case(words) + _by_words(words)
    score -= _sentence_penalty(title, words)
    people = read_people(title)
    if people.likeness > 0.8 and (len(people.names) > 1 or people.et_al or len(words) <= 3):
        score -= 0.45
    return max(0.0, min(1.0, score))


def is_furniture(title: str) -> bool:
    """Whether a heading structures the text and names nothing of its own."""
    words = re.sub(r"[^\w]+", " ", title.casefold()).strip()
    words = re.sub(r"^(?:\d+|[ivx]+|part \d+|teil \d+)\s+", "", words)
    words = re.sub(r"^(?:the|my|our|some|main|key|a few|general|das|die|der|le|la|les|el|los) ", "", words)
    return words in _FURNITURE_STEMS or not words or bool(_POINTER.match(words)) or _LINK_WORDS.issuperset(words.split())


def is_personal(heading: str) -> bool:
    """Whether a heading speaks of the writer ("The ones I argue about") instead of a topic."""
    return bool(_FIRST_PERSON.search(heading) or re.search(r"\b(?:we|our|us|you|your|wir|uns|nous|notre)\b", heading, re.I))


def is_capitalised(title: str) -> bool:
    """Whether most long words begin with capitals."""
    return _by_case(re.findall(r"[^\W_]+(?:['’\-][^\W_]+)*", title)) > 0.1


def _by_length(count: int) -> float:
    if count <= 3:
        return (0.2, 0.3, 0.42)[count - 1]
    return 0.62 if count <= 18 else 0.5 if count <= 25 else 0.25


def _by_case(words: list[str]) -> float:
    """Capitals on most long words, or at least on the first."""
    long = [word for word in words if len(word) > 3 and word.lower() not in _SMALL]
    if not any(character.isupper() or character.isdigit() for character in words[0]):
        return -0.12 if not any(word[:1].isupper() for word in long) else 0.0
    share = sum(word[:1].isupper() for word in long) / max(1, len(long))
    return 0.15 if share > 0.6 and len(words) > 2 else 0.03


def _by_words(words: list[str]) -> float:
    lower = {word.lower() for word in words}
    return 0.1 * bool(lower & _TITLE_WORDS) + 0.1 * bool(lower & field_words())


def _sentence_penalty(title: str, words: list[str]) -> float:
    penalty = 0.0
    headline = 0.5 if _by_case(words) > 0.1 and not title.endswith(".") else 1.0
    if _SENTENCE_START.match(title):
        penalty += 0.35 * headline
    if _FIRST_PERSON.search(title) and not title.endswith("?"):
        penalty += 0.25 * headline
    if re.search(r"(?:^|\s)@\w", title):
        penalty += 0.4
    if _OF_PAPERS.search(title):
        penalty += 0.3
    if re.match(r"\W*\d+(?:[.,]\d+)?\s?%", title) or re.search(r", (?:which|who|but|and it|so|because|though|although)\b", title):
        penalty += 0.35
    if _FINITE.search(title) and not title.rstrip().endswith("?"):
        penalty += 0.12 if len(words) <= 9 else 0.25
    if re.search(r"(?<!vs)(?<!\b[A-Z])\.\s+[A-Z]\w", title):
        penalty += 0.3
    if title.rstrip().endswith((".", ":", ";")) and len(words) > 6:
        penalty += 0.2
    if re.search(r"[^\W\d_]\s+(?:19|20)\d\d$", title) and not re.search(r"\b(?:in|of|for|since|until|from|to|at|[A-Z]{3,})\s+\d{4}$", title):
        penalty += 0.1
    if re.search(r"\w.*[“\"][^”\"]{20,}[”\"]", title):
        penalty += 0.4
    if len(words) > 20 and _by_case(words) < 0.1:
        penalty += 0.25
    if title.count(",") > 4:
        penalty += 0.15
    return penalty
