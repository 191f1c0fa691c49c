"""Every stretch of a document that might be the title of a paper, with the shape of layout that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.annotators import heads, labels, titles
from kg.annotators.embedded import QUOTED, embedded
from kg.annotators.heads import Head
from kg.annotators.lines import Line, Run
from kg.annotators.names import read_people
from kg.annotators.venues import find_venues, is_known

Shape = tuple[str, int, str, str]
_SENTENCE_END = re.compile(r"[.!?。！？][\"”’)]*\s+(?=[A-ZÀ-Þ0-9\[(“\"]|[\u3040-\u9fff])")
_PAPER_WORDS = re.compile(
    r"\b(?:papers?|articles?|publications?|works?|contributions?|stud(?:y|ies)|thesis|presented|authors?|artikel|papiers?|artículos?)\b|论文|論文",
    re.I,
)
_CITING_BRACKET = re.compile(
    r"[^\n()（）]{8,220}?\s*[(（][^()（）\n]{0,200}(?:(?:19|20)\d\d|['’]\d\d|\bet al\b|等)[^()（）\n]{0,40}[)）][.,:;。：]?(?=\s|[^\x00-\x7f])"
)
_VENUE_OPENING = re.compile(
    r"\W*(?:in\s+)?(?:the\s+)?(?:\d+\w*\s+)?(?:proceedings|proc\b|journal|conference|workshop|symposium|transactions on|annals|international (?:conference|journal|workshop))",
    re.I,
)
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_OFFICE = re.compile(r",\s+(?:Dept|Department|Faculty|Institute?|School|Univ(?:ersity)?|Centre|Center|Chair|Lab(?:oratory)?|Prof(?:essor)?|PhD)\b")
_BESIDE_VENUE = re.compile(r"[^\w]*(?:\b(?:19|20)\d\d\b|\b(?:arxiv|pdf|proc(?:eedings)?|programme?|conference|website|link|paper)\b)", re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of one line.  `how` says what marks the title: a label, a run, quotation marks, a citation, nothing."""

    line: Line
    head: Head
    how: str

    @property
    def title(self) -> str:
        return " ".join(self.line.text[self.head.start : self.head.end].split())

    @property
    def shape(self) -> Shape:
        block = self.line.block
        level = block.level if block.kind in ("heading", "item") else 0
        return (block.kind, level, self.how, f"{block.group}/{block.column}" if block.kind == "cell" else "")


def candidates(line: Line, *, listed: bool = False, titled: bool = False) -> list[Candidate]:
    """The readings of one line, at most one for each way that a title can be marked.

    `listed` stands among nothing but references, `titled` in a table's column of titles.
    """
    if line.block.kind == "code" or (_is_field(line) and not titled):
        return []
    found: dict[tuple[int, int], Candidate] = {}
    for candidate in _all(line, listed=listed, titled=titled):
        place = (candidate.head.start, candidate.head.end)
        if (
            place not in found
            and candidate.head.start < candidate.head.end
            and ((listed and candidate.how == "citation") or (titles.likeness(candidate.title) > 0.05 and not names_no_paper(candidate.title)))
        ):
            found[place] = candidate
    return list(found.values())


def names_no_paper(title: str) -> bool:
    """Whether the words name an event, a journal or people, not a paper."""
    words = len(_BESIDE_VENUE.sub("", title))
    if len(title) < 160 and any(
        venue.end - venue.start >= 0.6 * words and (venue.key or _VENUE_OPENING.match(title)) for venue in find_venues(title)
    ):
        return True
    if is_known(title) or _is_person(title) or _lists_people(title):
        return True
    undated = re.sub(r"[\s(,]+(?:19|20)\d\d[a-z]?\)?$", "", title)
    people = read_people(undated)
    cited = people.et_al or (undated != title and len(people.names) > 1)
    return cited and people.likeness >= 0.7 and len(title.split()) <= 9


def _is_person(title: str) -> bool:
    """One name with an initial, or several names, affiliations left out."""
    if re.match(r"[A-ZÀ-Þ][\w’'\-]+, (?:[A-Z]\.[ -]?)+", title):
        return True
    if (office := _OFFICE.search(title)) and read_people(title[: office.start()]).likeness >= 0.9:
        return True
    bare = re.sub(r"\s*[(（][^()（）]*[)）]?", "", title)
    people = read_people(bare)
    if people.likeness < 0.9 or not people.names:
        return False
    return all(re.search(r"\s", name.written) for name in people.names) and (len(people.names) > 1 or bool(re.search(r"\b[A-Z]\.", bare)))


def _lists_people(title: str) -> bool:
    """Whether a label and people are all there is, "Present: Ada L., Grace H."."""
    match = re.fullmatch(r"[^:：]{2,30}\s*[:：]\s*(.{3,}?)", re.sub(r"\s*[(（][^()（）]*[)）]", "", title))
    people = read_people(match.group(1)) if match else None
    return people is not None and people.likeness >= 0.9 and (len(people.names) > 1 or bool(re.search(r"\s[^\W\d_a-z]\b", title)))


def _is_field(line: Line) -> bool:
    """Whether the line is a labelled field other than a title."""
    field = next(labels.labelled(line.text), None)
    if line.block.kind == "cell" and line.block.name and labels.meaning(line.block.name) not in (None, "title", "link"):
        return True
    return field is not None and field.label_start <= 3 and field.meaning not in ("title", "remark") and line.block.kind != "cell"


def is_prose(line: Line) -> bool:
    """Whether the line is a passage of sentences, not a head."""
    return len(line.text) > 400 or (len(line.text) > 140 and len(_SENTENCE_END.findall(line.text)) >= 2)


def _all(line: Line, *, listed: bool, titled: bool) -> Iterator[Candidate]:
    """The marked titles of a line; only a line without any is read as a reference or cut where it seems best."""
    if listed and (head := heads.listed(line.text)) is not None:
        yield Candidate(line, head, "citation")
        return
    if (head := heads.after_people_and_year(line.text)) is not None:
        yield Candidate(line, head, "dated")
        return
    marked = [*_in_cell(line)] if titled else list(_labelled(line)) or [*_in_runs(line), *_quoted(line), *_embedded(line)]
    yield from marked
    if any(candidate.how == "label" or titles.likeness(candidate.title) >= 0.6 for candidate in marked) or _is_byline(line):
        return
    head = heads.cited(line.text) if len(line.text) < 900 and (line.block.kind != "heading" or re.search(r"(?:19|20)\d\d", line.text)) else None
    if (
        head is not None
        and head.citation is not None
        and head.citation.authors.names
        and titles.likeness(" ".join(line.text[head.start : head.end].split())) >= 0.3
    ):
        yield Candidate(line, head, "citation")
    shown = line.text if not is_prose(line) else _lead(line.text)
    for head in heads.heads(shown)[:2] if shown else []:
        yield Candidate(line, head, "whole")


def _is_byline(line: Line) -> bool:
    """Whether the line lists people, with at most a venue, a year and affiliations behind them."""
    first = line.text.strip().split("\n")[0]
    people = heads.people_in(first)
    if people.likeness < 0.8 or len(people.names) + people.et_al < 2 or people.names[0].start > 12:
        return False
    rest = re.sub(r"[(（][^()（）]*[)）]|https?://\S+", " ", first[people.names[-1].end :])
    for venue in reversed(find_venues(rest)):
        rest = rest[: venue.start] + rest[venue.end :] if venue.key else rest
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= 4


def _lead(text: str) -> str:
    """The beginning of a passage that may be a head of its own: up to a bracket that holds people or a year, or the first physical line."""
    bracket = _CITING_BRACKET.match(text)
    if bracket:
        return bracket.group().rstrip()
    ends = [end for end in heads.reference_ends(text, 0) if end < min(len(text), 280)]
    people = heads.people_in(text[: ends[0]]) if ends else None
    if people is not None and people.names and people.names[0].start < 6:
        return text[: ends[0]]
    first = text.split("\n", 1)[0].rstrip()
    return first if "\n" in text.strip() and len(first) < 220 and not _SENTENCE_END.search(first) else ""


def _labelled(line: Line) -> Iterator[Candidate]:
    for field in labels.labelled(line.text):
        if field.meaning == "title" and field.end - field.start > 3:
            yield Candidate(line, _within(line, field.start, field.end), "label")
            return


def _within(line: Line, start: int, end: int) -> Head:
    """The head that the value of a title's label or column is: a marked title in it, a reference, or its likeliest cut."""
    runs = [(run.start, run.end) for run in line.runs if run.kind in ("bold", "link", "italic") and start <= run.start and run.end <= end]
    quoted = [match.span(match.lastindex or 0) for match in QUOTED.finditer(line.text, start, end)]
    marked = next((span for span in (*quoted, *runs) if titles.likeness(line.text[slice(*titles.trimmed(line.text, *span))]) >= 0.3), None)
    if marked is not None:
        return heads.around(line.text[:end], *marked, offset=start)
    value = line.text[start:end]
    best = heads.cited(value) or next(iter(heads.heads(value)), None)
    if best is None:
        return heads.around(line.text[:end], start, end, offset=start)
    if best.citation is not None:
        return replace(best, start=start + best.start, end=start + best.end, offset=start + best.offset)
    return heads.around(line.text[:end], start + best.start, start + best.end, offset=start)


def _in_cell(line: Line) -> Iterator[Candidate]:
    """The title of a cell in a column of titles."""
    if line.text.strip():
        yield Candidate(line, _within(line, 0, len(line.text)), "label")


def _in_runs(line: Line) -> Iterator[Candidate]:
    """Titles marked by bold, italic or a link: the first run of each kind, if what stands before it is no sentence."""
    seen: set[str] = set()
    for run in line.runs:
        if run.kind not in ("bold", "italic", "link") or run.kind in seen or run.target.startswith("mailto:"):
            continue
        if run.kind == "link" and re.match(r"\W*(?:https?://|www\.)", line.text[run.start : run.end]):
            continue
        if titles.likeness(" ".join(line.text[slice(*titles.trimmed(line.text, run.start, run.end))].split())) < 0.15:
            continue
        if not _opens(line, run):
            if _in_passing(line, run):
                yield Candidate(line, heads.alone(line.text, run.start, run.end), "within")
            continue
        seen.add(run.kind)
        kinds = sorted(
            {other.kind for other in line.runs if other.start <= run.start and run.end <= other.end and other.kind in ("bold", "italic", "link")}
        )
        end = _before_people(line.text, run.start, run.end)
        yield Candidate(line, _informed(line, heads.around(line.text, run.start, end)), "+".join(kinds))


def _before_people(text: str, start: int, end: int) -> int:
    """The end of a title inside a run that goes on with its authors, "…, by Jane Doe"."""
    for match in re.finditer(r"[,.]?\s+(?:by|von|par|por)\s+(?=[A-ZÀ-Þ])|\s+[–—-]\s+(?=[A-ZÀ-Þ])", text[start:end]):
        people = read_people(re.split(r"\s+(?:from|at|of)\s|\s*\(", text[start + match.end() : end])[0])
        several = len(people.names) > 1 or people.et_al
        if match.start() >= 12 and people.likeness >= 0.75 and (several or match.group().lstrip().startswith((",", "."))):
            return start + match.start()
    return end


def _informed(line: Line, head: Head) -> Head:
    """The head with what the line says as a reference, if that has the same title."""
    reference = heads.cited(line.text) if len(line.text) < 900 else None
    if reference is None or abs(reference.start - head.start) > 3 or abs(reference.end - head.end) > 3 or _names_follow(reference):
        return head
    return replace(head, citation=reference.citation, offset=reference.offset, support=max(head.support, 0.5 * reference.support))


def _names_follow(reference: Head) -> bool:
    """Whether the people stand behind the title, where the parts of a head are read better than a reference."""
    citation = reference.citation
    return citation is not None and bool(citation.authors.names) and reference.offset + citation.authors.names[0].start > reference.end


def _in_passing(line: Line, run: Run) -> bool:
    """Whether a passage names a paper by its title in bold, italic or a link: a long title beside a word such as "paper"."""
    if any(address.start < run.end and run.start < address.end for address in line.addresses):
        return False
    begin, stop = titles.trimmed(line.text, run.start, run.end)
    words = line.text[begin:stop].split()
    near = line.text[max(0, run.start - 120) : run.start] + line.text[run.end : run.end + 60]
    return len(words) >= 5 and titles.likeness(" ".join(words)) >= 0.75 and bool(_PAPER_WORDS.search(near))


def _opens(line: Line, run: Run) -> bool:
    """Whether the run stands at the head of its line: at its start, after a number, or after people."""
    before = line.text[: run.start].rsplit("\n", 1)[-1] if "\n" in line.text[: run.start] and run.start < 200 else line.text[: run.start]
    bare = before.strip(' \n\t-–—:|.,;“"‘([')
    if len(re.findall(r"\w+", bare)) <= 2 or re.fullmatch(r"[\W\d]*", bare):
        return True
    return len(bare) < 400 and heads.only_people(bare)


def _embedded(line: Line) -> Iterator[Candidate]:
    head = embedded(line) if line.block.kind in ("paragraph", "item", "quote") else None
    if head is not None and head.offset > 0:
        yield Candidate(line, head, "embedded")


def _quoted(line: Line) -> Iterator[Candidate]:
    for match in QUOTED.finditer(line.text):
        if line.block.kind == "quote" and match.group().rstrip('”"“»').endswith("."):
            return
        if is_prose(line) and match.start() > 25 and not read_people(line.text[: match.start()]).names:
            return
        before = line.text[: match.start()].strip(" .,:-–—")
        if len(re.findall(r"\w+", before)) <= 2 or heads.only_people(before):
            head = heads.around(line.text, *match.span(match.lastindex or 0))
            if head.support >= 0.25 or len(line.text[head.start : head.end].split()) >= 3 or _CJK.search(line.text, head.start, head.end):
                yield Candidate(line, _informed(line, head), "quoted")
            return
