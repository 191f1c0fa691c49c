"""Finds the document's own pattern: which shape of line names the papers, judged over all lines of that shape at once.

Each candidate is weighed by itself (is it like a title, do people, a venue or a paper's address stand beside it, does a passage follow) and
then by the company it keeps: whoever lists twenty papers lists them twenty times in the same shape.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from kg import identity
from kg.annotators import labels, titles
from kg.annotators.candidates import Candidate, Shape, candidates, is_prose
from kg.annotators.heads import people_in
from kg.annotators.lines import Line
from kg.annotators.outlook import cited_titles, prefix, recurring_prefixes, sections_above

THRESHOLD = 0.5
_MARKED = {"label": 0.35, "citation": 0.05, "whole": 0.0}
_NO_PAPERS = re.compile(
    r"(?:^\W*(?:\w+\W+){0,2}?|\b(?:following|these|some|more|useful|other|and)\W+(?:\w+\W+)?)(?:datasets?|corpora|tools?|softwares?|librar(?:y|ies)|frameworks?|blogs?(?: ?posts?)?|tutorials?|workshops?|talks?|keynotes?|invited|courses?|video lectures|lecture notes|videos?|news|podcasts?|jobs|"
    r"licen[sc]e|contributing|contributors|repositor(?:y|ies)|repos|social (?:activities|events?|programme?)|organi[sz]ers?|organi[sz]ation committee|organi[sz]ing \w+|committee|chairs?|sponsors|acknowledge?ments|panels?|products?|startups?|companies|slides|toolkits?|platforms?|newsletters?|websites?|"
    r"demos|jeux de données|outils|werkzeuge|veranstaltungen)\b(?!\W+(?:for|of|in|to|on|with|via|using)\b)",
    re.I,
)
_NO_PAPER_WORDS = re.compile(
    r"\b(?:tutorials?|workshops?|keynotes?|talks?|courses?|committees?|organi[sz](?:ation|ing|ers?)|chairs?|roles?|tools?|software|datasets?|speakers?|panels?|sponsors?|events?|attend\w*)\b",
    re.I,
)
_PAPERS = re.compile(
    r"\b(?:papers?|articles?|publications?|readings?|literature|references|bibliograph\w+|papiers?|lectures scientifiques|artículos)\b|论文|論文|논문",
    re.I,
)
_REVIEW_PARTS = re.compile(
    r"\b(?:summary|abstract|pros|cons|strengths?|weakness(?:es)?|contributions?|key (?:points|ideas?|takeaways)|main (?:idea|points|contributions?)|tl;?dr|critique|notes|what is this paper|problem|motivation|methods?|approach|results|experiments|discussion|limitations?|questions|further developed|my thoughts|zusammenfassung|résumé|resumen|要約|概要|摘要)\b",
    re.I,
)
_CITED_TITLE = re.compile(r"[“\"„«][^“”\"„«»\n]{16,220}[”\"“»][,.]?\s*[(（][^()（）\n]*(?:19|20)\d\d[^()（）\n]*[)）]")
_PAPER_POINTERS = re.compile(
    r"^(?:(?:the|this|their|a|his|her|our|full|original)\s+)?(?:paper|article|preprint|publication|pdf|arxiv|link|link here|here|download paper.*|paper link|full text|link to (?:the )?paper)$",
    re.I,
)
_ABSTRACT = re.compile(
    r"\b(?:we (?:propose|present|introduce|show|investigate|study|describe|develop|explore|demonstrate|evaluate|find)|in this (?:paper|work|study|article)|this (?:paper|work|study|article)|the (?:authors?|paper)|the proposed|they (?:propose|present|show|use|introduce)|results show|cet article|les auteurs|die autoren|in dieser arbeit|este (?:trabajo|artículo))\b",
    re.I,
)


@dataclass(slots=True)
class Weighed:
    """A candidate with its own weight and its weight in company."""

    candidate: Candidate
    own: float
    score: float = 0.0


class Layout:
    """The lines of a document with the headings above each, and what they say about candidates."""

    def __init__(self, lines: list[Line], title: str | None) -> None:
        self.lines = lines
        self.title = identity.key(title or "")
        self.sections = sections_above(lines)
        self.cited_titles = cited_titles(lines)
        self.prefixes = recurring_prefixes(lines)
        self.by_index = {line.index: line for line in lines}

    def choose(self) -> list[Weighed]:
        """One reading a line, of the lines that name papers, in order."""
        weighed = [
            Weighed(candidate, self._own(place, candidate))
            for place, line in enumerate(self.lines)
            for candidate in candidates(line)
            if not self._is_label(line, candidate)
        ]
        _in_company(weighed, self.lines)
        best: dict[int, Weighed] = {}
        for item in weighed:
            index = item.candidate.line.index
            if item.score >= THRESHOLD and (index not in best or item.score > best[index].score):
                best[index] = item
        return self._settled(best)

    def _is_label(self, line: Line, candidate: Candidate) -> bool:
        """Whether the candidate is the value of a label that recurs in the document, "Objective: …"."""
        begun = prefix(line)
        if begun not in self.prefixes or labels.meaning(begun) == "title":
            return False
        return candidate.how == "whole" or candidate.head.start <= line.text.find(":")

    # -- one candidate

    def _own(self, place: int, candidate: Candidate) -> float:
        line = self.lines[place]
        weight = 0.55 * titles.likeness(candidate.title) + 0.4 * candidate.head.support
        weight += _MARKED.get(candidate.how, 0.1)
        weight += self._addresses(line, candidate)
        weight += self._what_follows(place, candidate)
        weight += self._where(place, candidate)
        if identity.key(candidate.title) in self.cited_titles and candidate.how != "citation":
            weight += 0.35
        return weight

    def _addresses(self, line: Line, candidate: Candidate) -> float:
        """A paper's address on the title or beside it; a title that leads to code names a tool."""
        head = candidate.head
        on_title = [address for address in line.addresses if address.start < head.end and head.start < address.end]
        if any(address.reference.kind == "paper" for address in on_title):
            return 0.25
        if self._in_contents(line, candidate):
            return -0.6
        if any(address.reference.kind in ("code", "video") for address in on_title):
            return -0.2
        near = [address for address in line.addresses if address.start < head.end + 250]
        return 0.2 if any(address.reference.kind == "paper" for address in near) and not is_prose(line) else 0.05 * bool(near)

    def _in_contents(self, line: Line, candidate: Candidate) -> bool:
        """Whether the title leads to a place in the document itself that names no paper of that title."""
        if not any(run.target.startswith("#") and run.start < candidate.head.end and candidate.head.start < run.end for run in line.runs):
            return False
        title = identity.key(candidate.title)
        return not any(
            other is not line and other.block.kind != "heading" and title in identity.key(other.text) for other in self.lines
        ) and not self._is_paper_heading(title)

    def _is_paper_heading(self, title: str) -> bool:
        """Whether a heading of that title has no further headings or lists of links under it."""
        place = next((place for place, other in enumerate(self.lines) if other.block.kind == "heading" and identity.key(other.text) == title), None)
        if place is None:
            return False
        below = [other for other in self.lines if other.index in set(self._inside(self.lines[place].index))]
        return not any(other.block.kind == "heading" for other in below) and sum(len(other.addresses) for other in below) < 2 + len(below) // 2

    def _what_follows(self, place: int, candidate: Candidate) -> float:
        line = self.lines[place]
        following = self._body(place)
        weight = 0.0
        rest = line.text[candidate.head.end :].strip(" \n.:—–-")
        first = following[0] if following else None
        if first is not None and _is_byline(first):
            weight += 0.25
        passage = next((other for other in following[:3] if is_prose(other) or len(other.text) > 120), None)
        if passage is not None or len(rest) > 120:
            weight += 0.08
            weight += 0.15 * bool(_ABSTRACT.search(passage.text[:2500] if passage is not None else rest))
        if line.block.kind == "heading" and any(_REVIEW_PARTS.search(other.text) for other in following if other.block.kind == "heading"):
            weight += 0.2
        if any(
            _PAPER_POINTERS.match(other.text[address.start : address.end].strip(" .:")) and address.reference.kind in ("paper", "other")
            for other in following[:4]
            for address in other.addresses
        ):
            weight += 0.3
        if any(
            field.meaning in ("author", "venue", "year", "reviewer", "link", "code", "organization")
            for other in following[:5]
            if not is_prose(other)
            for field in labels.labelled(other.text)
        ):
            weight += 0.15
        return weight

    def _where(self, place: int, candidate: Candidate) -> float:
        """The section that the line stands in, and the line's own place."""
        line = self.lines[place]
        above = [self.lines[index].text for index in self.sections[place] if identity.key(self.lines[index].text) != self.title]
        parents = [other.text for other in self._parents(line)]
        around = [
            *above[-2:],
            *(parent for parent in parents if len(parent) < 80),
        ]
        weight = 0.0
        if candidate.how == "within":
            weight -= 0.1
        elsewhere = any(_NO_PAPERS.search(text) and not _PAPERS.search(text) and len(text) <= 100 for text in around)
        if elsewhere or any(_NO_PAPER_WORDS.search(text) and not _PAPERS.search(text) for text in self._announced(place)):
            weight -= 0.25 if self._leads_to_paper(line, candidate) else 0.8
        if any(_PAPERS.search(text) and len(text) <= 100 for text in around):
            weight += 0.08
        if line.block.kind == "item" and line.text[candidate.head.start : candidate.head.end] and any(run.kind == "struck" for run in line.runs):
            weight -= 0.6
        if line.block.kind == "cell" and line.block.row == 0:
            weight -= 0.5
        if candidate.how in ("bold", "italic") and line.text.rstrip().endswith(".") and not line.text[candidate.head.end :].strip(" ."):
            weight -= 0.2
        if line.block.kind == "cell" and candidate.how == "label" and candidate.head.support < 0.2 and not self._row_has_address(line):
            weight -= 0.3
        return weight

    def _leads_to_paper(self, line: Line, candidate: Candidate) -> bool:
        return any(address.reference.kind == "paper" and address.start <= candidate.head.end + 60 for address in line.addresses)

    def _announced(self, place: int) -> list[str]:
        """The end of the paragraph that announces a list, "The following tutorials …:"."""
        line = self.lines[place]
        if line.block.kind != "item":
            return []
        while place >= 0 and self.lines[place].block.kind == "item":
            place -= 1
        before = self.lines[place] if place >= 0 else line
        if before.block.kind != "paragraph" or not before.text.rstrip().endswith((":", "：")):
            return []
        return [re.split(r"(?<=[.!?])\s", before.text.rstrip())[-1][-100:]]

    def _row_has_address(self, line: Line) -> bool:
        return any(
            other.addresses
            for other in self.lines
            if other.block.kind == "cell" and (other.block.group, other.block.row) == (line.block.group, line.block.row)
        )

    def _parents(self, line: Line) -> list[Line]:
        found = []
        parent = line.block.parent
        while parent is not None and parent in self.by_index:
            found.append(self.by_index[parent])
            parent = self.by_index[parent].block.parent
        return found

    def _body(self, place: int) -> list[Line]:
        """The lines after a line up to the next heading of its rank, or the next item beside it; eight at most."""
        line = self.lines[place]
        found: list[Line] = []
        for other in self.lines[place + 1 : place + 9]:
            if other.block.kind == "heading" and (line.block.kind != "heading" or other.block.level <= line.block.level):
                break
            if line.block.kind in ("item", "cell") and other.block.parent is None and other.block.kind in ("item", "cell"):
                break
            found.append(other)
        return found

    # -- candidates against each other

    def _settled(self, best: dict[int, Weighed]) -> list[Weighed]:
        """Without the sections that hold papers, and without the runs inside a paper's passage."""
        kept = dict(best)
        for index in [index for index in kept if identity.key(kept[index].candidate.line.text) == self.title]:
            alike = sum(other.candidate.shape == kept[index].candidate.shape for other in kept.values())
            if (
                len(kept) > 2
                and not (len(kept) <= 4 and self._has_byline(index))
                and (alike < 3 or kept[index].candidate.line.block.kind == "paragraph")
            ):
                del kept[index]
        for index in sorted(best, key=lambda index: -_rank(best[index])):
            if index not in kept:
                continue
            inside = [other for other in self._inside(index) if other in kept]
            single = best[index].candidate.line.block.kind == "heading" and len(inside) <= 3 and self._has_byline(index)
            if not single and self._is_section(best[index]):
                del kept[index]
                continue
            if inside and single:
                for other in inside:
                    if best[other].candidate.how not in ("citation", "label"):
                        del kept[other]
                continue
            if not inside or best[index].candidate.line.block.kind not in ("heading", "item", "paragraph"):
                continue
            scores = [kept[other].score for other in inside]
            alike = max(Counter(kept[other].candidate.shape for other in inside).values())
            if (
                (alike >= 3 and best[index].candidate.head.support < 0.3)
                or (len(inside) >= 2 and fmean(scores) >= best[index].score - 0.15)
                or (len(inside) == 1 and scores[0] > best[index].score + 0.1)
            ):
                del kept[index]
            else:
                for other in inside:
                    if kept[other].candidate.how not in ("citation", "label"):
                        del kept[other]
        return self._without_strays([kept[index] for index in sorted(kept)])

    def _without_strays(self, kept: list[Weighed]) -> list[Weighed]:
        """Without lone lines that nothing but their words speaks for, where the document has a shape of its own for papers,
        and without lines that lack the passage that all others of their shape have.
        """
        shapes = Counter(item.candidate.shape for item in kept)
        if not shapes or max(shapes.values()) < 5:
            return kept
        return [item for item in kept if not self._is_stray(item, shapes, kept)]

    def _is_stray(self, item: Weighed, shapes: Counter[Shape], kept: list[Weighed]) -> bool:
        candidate = item.candidate
        if any(part.people.names for part in candidate.head.parts) or candidate.head.citation or candidate.how in ("label", "citation"):
            return False
        if shapes[candidate.shape] == 1 and not candidate.line.addresses:
            return True
        alike = [other for other in kept if other.candidate.shape == candidate.shape]
        if len(alike) >= 5 and not _on_paper(item) and fmean(_on_paper(other) for other in alike) > 0.7:
            return True
        return (
            candidate.how == "whole"
            and not candidate.line.addresses
            and len(alike) >= 5
            and not self._has_passage(candidate.line)
            and fmean(self._has_passage(other.candidate.line) for other in alike) > 0.8
        )

    def _has_passage(self, line: Line) -> bool:
        place = next(place for place, other in enumerate(self.lines) if other.index == line.index)
        return any(len(other.text) > 120 for other in self.lines[place + 1 : place + 2])

    def _has_byline(self, index: int) -> bool:
        """Whether people and a venue or a year, or labelled authors, stand right under a line."""
        place = next(place for place, line in enumerate(self.lines) if line.index == index)
        below = self.lines[place + 1 : place + 3]
        labelled = any(field.meaning == "author" for line in below for field in labels.labelled(line.text))
        return labelled or (bool(below) and _is_byline(below[0]) and below[0].block.kind != "item")

    def _is_section(self, item: Weighed) -> bool:
        """A heading with nothing of a paper about it, over running text that links to several papers."""
        line = item.candidate.line
        if line.block.kind != "heading" or item.candidate.head.support > 0.1 or line.addresses:
            return False
        below = {*self._inside(line.index)}
        linked = [
            address
            for other in self.lines
            if other.index in below
            for address in other.addresses
            if address.reference.kind == "paper" and not _PAPER_POINTERS.match(other.text[address.start : address.end].strip(" .:"))
        ]
        cited = sum(len(_CITED_TITLE.findall(other.text)) for other in self.lines if other.index in below)
        return len({address.reference.target for address in linked}) + cited >= 2

    def _inside(self, index: int) -> list[int]:
        """The lines that stand under a heading or an item, sub-headings' included."""
        place = next(place for place, line in enumerate(self.lines) if line.index == index)
        line = self.lines[place]
        found = []
        for other in self.lines[place + 1 :]:
            if line.block.kind == "heading":
                if other.block.kind == "heading" and other.block.level <= line.block.level:
                    break
            elif line not in self._parents(other):
                break
            found.append(other.index)
        return found


def _is_byline(line: Line) -> bool:
    """Whether a line begins with people and goes on with no more than a venue and a year."""
    first = line.text.strip().split("\n")[0][:300]
    people = people_in(first)
    if people.likeness < 0.75 or not people.names or people.names[0].start > 12:
        return False
    several = len(people.names) > 1 or people.et_al
    return several or titles.likeness(first) < 0.6 or bool(re.search(r"(?:19|20)\d\d", first[people.names[-1].end :]) and len(first) < 90)


def _on_paper(item: Weighed) -> bool:
    """Whether the line links to a paper near its title."""
    return any(address.reference.kind == "paper" and address.start <= item.candidate.head.end + 80 for address in item.candidate.line.addresses)


def _rank(item: Weighed) -> int:
    """Outer lines are settled before inner ones."""
    block = item.candidate.line.block
    return 100 - block.level if block.kind == "heading" else 50 - block.level if block.kind == "item" else 0


def _in_company(weighed: list[Weighed], lines: list[Line]) -> None:
    """Adds to each candidate what its shape is worth over the whole document."""
    by_shape: dict[Shape, list[Weighed]] = defaultdict(list)
    for item in weighed:
        by_shape[item.candidate.shape].append(item)
    slots: dict[tuple[str, int], int] = defaultdict(int)
    for line in lines:
        slots[(line.block.kind, line.block.level if line.block.kind in ("heading", "item") else 0)] += 1
    for shape, items in by_shape.items():
        best = _best_of_lines(items)
        mean, count = fmean(best), len(best)
        common = count / (count + 1.5)
        share = sum(own > 0.45 for own in best) / max(1, slots[shape[:2]]) if shape[0] != "paragraph" else 0.5
        likeness = fmean(titles.likeness(item.candidate.title) for item in items)
        steady = (
            0.2
            if shape[0] in ("heading", "item") and count >= 4 and (share >= 0.75 or (likeness >= 0.7 and count >= 0.75 * slots[shape[:2]]))
            else 0.0
        )
        for item in items:
            item.score = item.own + common * (0.45 * (mean - 0.5) + 0.1 * (min(1.0, share) - 0.5)) + steady


def _best_of_lines(items: Iterable[Weighed]) -> list[float]:
    best: dict[int, float] = {}
    for item in items:
        index = item.candidate.line.index
        best[index] = max(best.get(index, -1.0), item.own)
    return list(best.values())
