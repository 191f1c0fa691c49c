"""Labelled fields, "Authors: …", in the languages that people write reviews in, and column headers of the same meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What a label means, and the words for it.  `remark` and `date` label passages and days, not bibliographic fields.
WORDS = {
    "title": "title|reading|readings|paper title|paper|papers|article|publication|reference|titel|paper-titel|titre|article titre|título|articulo|artículo|titolo|artigo|标题|题目|论文|論文|タイトル|제목|논문",
    "author": "author|authors|author(s)|first author|auteur|auteurs|autor|autoren|autores|autor:innen|autora|autoras|autore|autori|autrice|auteur·ice·s|auteure|auteures|作者|著者|저자",
    "venue": "venue|erschienen|erschienen in|publié|publicado en|publicado em|pubblicato in|conference|journal|published in|published at|publication venue|appeared in|presented at|conf|proceedings|source|where|booktitle|konferenz|zeitschrift|conférence|revue|publié dans|conferencia|revista|rivista|periódico|congresso|congrès|tagung|où|dónde|会议|期刊|学会|학회",
    "year": "year|publication year|jahr|année|ano|anno|出版年|年份|年|연도",
    "date": "date|publication date|published|published on|datum|fecha|日期|날짜",
    "link": "link|links|url|paper link|paper url|pdf|arxiv|doi|paper pdf|lien|enlace|enlaces|liens|链接|リンク|링크",
    "code": "code|source code|github|implementation|repo|repository|code link|quellcode|código|codice|代码|コード|코드",
    "data": "data|dataset|datasets|données|daten|数据",
    "demo": "demo|demos|samples|audio samples|audio examples",
    "video": "video|talk|recording",
    "slides": "slides|presentation",
    "project": "project|project page|website|webpage|homepage",
    "reviewer": "added by|entry by|note by|eintrag von|gelesen von|vorgestellt von|lu par|proposé par|leído por|lido por|letto da|review author|reviewer|reviewed by|review by|review from|summary by|summarized by|summarised by|notes by|reader|read by|rezensent|rezensentin|rezension von|critique de|reseña de",
    "presenter": "presenter|presented by|speaker|who|discussion leader|lead|host|referent|présentateur|ponente|发表者",
    "organization": "institution|institutions|affiliation|affiliations|organization|organisation|organizations|company|lab|institut|université|institución|单位|所属|기관",
    "keywords": "keywords|key words|tags|topics|topic|area|mots clés|mots-clés|schlagwörter|schlüsselwörter|palabras clave|关键词|キーワード|키워드",
    "award": "award|awards|prize|honors|preis|prix",
    "remark": "summary|notes|note|comments|comment|remarks|review|tl;dr|tldr|tl dr|abstract|description|thoughts|opinion|my take|verdict|contribution|contributions|main idea|key idea|idea|method|methods|results|pros|cons|strengths|weaknesses|why|what|takeaway|takeaways|"
    "zusammenfassung|bemerkung|anmerkung|kommentar|résumé|remarques|commentaire|resumen|comentarios|notas|摘要|概要|备注|笔记|感想|비고|요약",
}  # fmt: skip
_MEANING = {word: meaning for meaning, words in WORDS.items() for word in words.split("|")}
_LABEL = re.compile(
    r"^[ \t]*(?:[-*•·][ \t]+)?[*_]{0,3}(?P<label>[^\W\d_][^\n:：|]{0,24}?)[ \t]*[*_]{0,3}(?:::|[:：]|[ \t][-–—][ \t](?=\S))[*_]{0,3}[ \t]*(?P<value>\S[^\n]*)?$",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with its value, in the coordinates of the text that was read."""

    meaning: str
    label_start: int
    start: int
    end: int


def meaning(label: str) -> str | None:
    """What a label or column header means, or None."""
    words = re.sub(r"[^\w;()\- ]+", "", label.casefold().split("/")[0]).strip()
    return _MEANING.get(words) or _MEANING.get(words.removesuffix("s"))


def labelled(text: str) -> Iterator[Labelled]:
    """The labelled fields of a text, one a physical line; a label whose value is empty has start == end."""
    for match in _LABEL.finditer(text):
        known = meaning(match.group("label"))
        if known is not None:
            start = match.start("value") if match.group("value") else match.end()
            yield Labelled(known, match.start("label"), start, match.end())
