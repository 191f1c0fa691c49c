"""Tells what stands at the other end of a link: a paper, or one of a paper's resources, from the address and the words of the link.

The hosts are the well-known repositories, publishers and services of the fields; an unknown host is judged by its path and words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from urllib.parse import urlsplit

from kg.annotators.venues import find_venue
from kg.model import READABLE, Block, Document, Inline, Layer, Reference, ReferenceKind, Span, View

_PAPER_HOSTS = re.compile(
    r"(?:^|\.)(?:arxiv\.org|aclweb\.org|aclanthology\.(?:org|info)|openreview\.net|proceedings\.(?:mlr\.press|neurips\.cc|nips\.cc|iclr\.cc|com)|papers\.(?:nips|neurips)\.cc|"
    r"jmlr\.org|mlr\.press|openaccess\.thecvf\.com|ecva\.net|ieeexplore\.ieee\.org|computer\.org|dl\.acm\.org|doi\.org|doi\.acm\.org|link\.springer\.com|sciencedirect\.com|"
    r"nature\.com|science\.org|sciencemag\.org|pnas\.org|jstor\.org|biorxiv\.org|medrxiv\.org|pubmed\.ncbi\.nlm\.nih\.gov|semanticscholar\.org|isca-speech\.org|isca-archive\.org|"
    r"archives\.ismir\.net|zenodo\.org|hal\.science|hal\.archives-ouvertes\.fr|ssrn\.com|mdpi\.com|journals\.plos\.org|frontiersin\.org|onlinelibrary\.wiley\.com|tandfonline\.com|projecteuclid\.org|"
    r"academic\.oup\.com|journals\.aps\.org|pubs\.acs\.org|cell\.com|usenix\.org|vldb\.org|cidrdb\.org|ijcai\.org|aaai\.org|eprint\.iacr\.org|researchgate\.net|hdl\.handle\.net|"
    r"transacl\.org|direct\.mit\.edu|rss\.org|roboticsproceedings\.org|dafx\.de|nime\.org|acousticalsociety\.org|aes\.org|citeseerx\.ist\.psu\.edu|ceur-ws\.org|dblp\.org|"
    r"alphaxiv\.org|scholar\.archive\.org|drops\.dagstuhl\.de|siam\.org|royalsocietypublishing\.org|bmj\.com|thelancet\.com|nejm\.org|jamanetwork\.com|dergipark\.org\.tr|cambridge\.org|muse\.jhu\.edu|philpapers\.org|europepmc\.org|psyarxiv\.com|osf\.io)$",
    re.I,
)
_PAPER_PATHS = re.compile(
    r"/(?:papers?|publications?|pubs?|proceedings|articles?|preprints?|abs|pdfs?|bitstream|poster_\d)\b|(?:/|=)10\.\d{4,9}/|\.(?:pdf|ps|ps\.gz)(?:$|[?#])|/pmc/articles/|/handle/\d",
    re.I,
)
_HOST_KINDS: tuple[tuple[re.Pattern[str], ReferenceKind], ...] = (
    (
        re.compile(
            r"(?:^|\.)(?:github\.com|gitlab\.(?:com|\w+\.\w+)|bitbucket\.org|codeberg\.org|sourceforge\.net|code\.google\.com|pypi\.org|cran\.r-project\.org|gist\.github\.com|codeocean\.com)$",
            re.I,
        ),
        "code",
    ),
    (
        re.compile(
            r"(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com|bilibili\.com|videolectures\.net|slideslive\.com|crossminds\.ai|player\.\w+\.\w+)$", re.I
        ),
        "video",
    ),
    (re.compile(r"(?:^|\.)(?:slideshare\.net|speakerdeck\.com|docs\.google\.com|slides\.com)$", re.I), "slides"),
    (re.compile(r"(?:^|\.)(?:colab\.research\.google\.com|mybinder\.org|soundcloud\.com|streamlit\.app|replit\.com)$", re.I), "demo"),
    (re.compile(r"(?:^|\.)(?:kaggle\.com|figshare\.com|dataverse\.\w+\.\w+|archive\.ics\.uci\.edu)$", re.I), "data"),
    (re.compile(r"(?:^|\.)(?:github\.io|gitlab\.io|sites\.google\.com|readthedocs\.io)$", re.I), "project"),
)
_WORD_KINDS: tuple[tuple[re.Pattern[str], ReferenceKind], ...] = (
    (re.compile(r"\b(?:slides?|folien|diapos?(?:itives)?|presentation)\b|スライド", re.I), "slides"),
    (re.compile(r"\bposter\b", re.I), "poster"),
    (re.compile(r"\b(?:video|talk|recording|vidéo|vortrag|watch)\b|视频|動画|영상", re.I), "video"),
    (
        re.compile(r"\b(?:source ?code|code|codes|github|gitlab|repo(?:sitory)?|implementation|python code|quellcode)\b|代码|コード|코드", re.I),
        "code",
    ),
    (re.compile(r"\b(?:data ?sets?|data|corpus|annotations|datensatz|daten|données)\b|数据|データ", re.I), "data"),
    (re.compile(r"\b(?:demos?|audio (?:examples?|samples?)|samples?|listen|listening|examples?|playground|try it)\b|デモ|데모", re.I), "demo"),
    (re.compile(r"\b(?:project(?: page)?|website|web ?page|homepage|home page|site|projekt(?:seite)?|projet)\b|项目", re.I), "project"),
)
_PAPER_WORDS = re.compile(
    r"\b(?:paper|pdf|arxiv|preprint|article|publication|doi|full text|artikel|papier|abstract|manuscript)\b|论文|論文|논문", re.I
)
_NOT_PAPER_HOSTS = re.compile(
    r"(?:^|\.)(?:wikipedia\.org|twitter\.com|x\.com|facebook\.com|linkedin\.com|medium\.com|reddit\.com|instagram\.com|amazon\.\w+|blogspot\.com|wordpress\.com|substack\.com|towardsdatascience\.com|mastodon\.\w+|meetup\.com|goodreads\.com)$",
    re.I,
)
_WEB = re.compile(r"https?://[\w.-]+(?::\d{1,5})?(?:[/?#]|$)", re.I)
_FILE = re.compile(r"^[^#?\s]+\.(?:pdf|ps|ps\.gz)(?:$|[?#])", re.I)
_IDENTIFIER = re.compile(
    r"(?<![\w/.=])(?P<doi>10\.\d{4,9}/[^\s\"<>?#|，。；、）」』]*[^\s\"<>?#.,;:)\]}'|，。；、）」』])|\barXiv\s*[:：]\s*(?P<arxiv>\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+/\d{7})"
    r"|(?<![\w/.@])(?P<address>(?:www\.)?(?:arxiv\.org/(?:abs|pdf)|doi\.org|aclanthology\.org|openreview\.net)/[^\s\"<>|，。；、）」』]*[^\s\"<>.,;:)\]}'|，。；、）」』])",
    re.I,
)
_IMAGES = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|ico|mp3|wav)(?:$|[?#])", re.I)


class References:
    """Classifies every link that leads out of the document."""

    name = "references"
    requires = (Block, Inline)
    provides = Reference

    def __call__(self, document: Document) -> Layer:
        linked = [
            Reference(link.span, kind_of(link.target, _words(document, link), _before(document, link)), link.target, link.inner)
            for link in document.marks(Inline)
            if link.kind == "link" and _leads_out(link.target) and not _IMAGES.search(link.target)
        ]
        ordered = sorted([*linked, *_written(document)], key=lambda mark: (mark.span, mark.target))
        return Layer(Reference, f"{self.name}/2", tuple(ordered))


def _written(document: Document) -> Iterator[Reference]:
    """Identifiers and addresses of papers that are written out and linked to nothing: "doi:10.1000/182", "arXiv:1706.03762"."""
    links = sorted(link.span for link in document.marks(Inline) if link.kind == "link")
    for block in document.marks(Block):
        if block.kind not in READABLE:
            continue
        view = View.of(document.text, (block,), block.span)
        for match in _IDENTIFIER.finditer(view.text):
            span = view.span(match.start(match.lastgroup or 0), match.end(match.lastgroup or 0))
            if not _touches(links, span):
                yield Reference(span, "paper", _target(match), span)


def _target(match: re.Match[str]) -> str:
    written = match.group(match.lastgroup or 0)
    return {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/"}.get(match.lastgroup or "", "https://") + written


def _touches(links: list[Span], span: Span) -> bool:
    place = bisect_left(links, span)
    return any(link.overlaps(span) for link in links[max(0, place - 2) : place + 2])


def _leads_out(target: str) -> bool:
    """A web address, or a file beside the document that may be a paper."""
    return bool(_WEB.match(target)) or (bool(_FILE.search(target)) and ":" not in target)


def kind_of(address: str, words: str = "", before: str = "") -> ReferenceKind:
    """What stands at an address, with the help of the words that link to it, or that stand before a bare address."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return "other"
    said = _said(words) or next((kind for pattern, kind in _WORD_KINDS if pattern.search(before)), None)
    if host.endswith("github.com") and re.search(r"\.pdf$|/papers?/", parts.path, re.I) and said is None:
        return "paper"
    if _is_venue(words):
        return "other"
    if _PAPER_HOSTS.search(host):
        return "video" if said == "video" else "paper"
    for pattern, kind in _HOST_KINDS:
        if pattern.search(host):
            return said if kind in ("project", "code", "slides") and said in ("demo", "data", "video", "slides", "poster", "code") else kind
    if said is not None:
        return said
    if _NOT_PAPER_HOSTS.search(host):
        return "other"
    if _PAPER_PATHS.search(f"{parts.path}?{parts.query}") or (_PAPER_WORDS.search(words) and len(words.split()) <= 4):
        return "paper"
    return "other"


def _said(words: str) -> ReferenceKind | None:
    """The kind that the link's own words name; long link texts are titles and say nothing of the kind."""
    if len(words.split()) > 4 or words.startswith("http"):
        return None
    return next((kind for pattern, kind in _WORD_KINDS if pattern.search(words)), None)


def _words(document: Document, link: Inline) -> str:
    return " ".join(document.view(link.inner).text.split())


def _before(document: Document, link: Inline) -> str:
    """The clause before an address that is shown bare, "code and models are available at …"."""
    if not document.quote(link.inner).startswith(("http", "www.")):
        return ""
    return re.split(r"[.;:!?]\s|\n|https?://", document.text[max(0, link.span.start - 70) : link.span.start])[-1]


def _is_venue(words: str) -> bool:
    venue = find_venue(words) if len(words) < 120 else None
    return venue is not None and venue.key is not None and venue.end - venue.start >= 0.8 * len(words)
