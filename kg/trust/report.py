"""An evaluation as one HTML page: the figures, and each miss in the words of its document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.evaluation.measuring import Measured
from kg.evaluation.reliability import Group
from kg.evaluation.scoring import CORE, SEMANTIC, mean
from kg.evaluation.summary import Summary
from kg.evaluation.tally import Miss
from kg.trust import page

_SHOWN = 500  # characters of a passage
_LINE = re.compile(r"\s*\n\s*")


def report(summary: Summary, measured: Mapping[str, Measured]) -> str:
    """The whole page."""
    return page.page("What was read, held against the gold", [*_figures(summary), *_misses(measured)])


def _figures(summary: Summary) -> Iterator[str]:
    yield f"<p>{len(summary.documents):,} documents; core {mean(summary.scores, CORE):.3f}, semantic {mean(summary.scores, SEMANTIC):.3f}.</p><h2>Fields</h2>"
    fields = ((field, tally.precision, tally.recall, tally.f1, tally.given, tally.due) for field, tally in summary.scores.items())
    yield page.rows(("field", "precision", "recall", "F1", "given", "due"), fields)
    yield "<h2>Extractors</h2>" + page.rows(("extractor", "facts", "mean confidence", "precision"), _groups(summary.extractors))
    yield f"<h2>Is the confidence true?</h2><p>Expected calibration error {summary.error:.3f}.</p>"
    yield page.rows(("confidence", "facts", "mean confidence", "precision"), _groups(summary.steps))
    documents = ((name, scores["papers"].f1, mean(scores, CORE), mean(scores, SEMANTIC)) for name, scores in summary.documents.items())
    yield "<h2>Documents</h2>" + page.rows(("document", "papers", "core", "semantic"), documents)
    if summary.agreement:
        yield "<h2>Two annotators</h2>" + page.rows(
            ("field", "measure", "agreement", "answers"), ((one.field, one.measure, one.value, one.answers) for one in summary.agreement)
        )


def _groups(groups: Iterable[Group]) -> Iterator[tuple[object, ...]]:
    return ((group.name, group.facts, group.confidence, group.precision) for group in groups)


def _misses(measured: Mapping[str, Measured]) -> Iterator[str]:
    yield "<h2>Misses</h2><p><del>given wrongly</del> <ins>not found</ins></p>"
    for name, one in measured.items():
        found = [(field, miss) for field, tally in one.scores.items() for miss in tally.misses]
        if found:
            yield f"<details><summary>{page.text(name)}: {len(found):,}</summary>"
            yield from (_miss(one, field, miss) for field, miss in found)
            yield "</details>"


def _miss(one: Measured, field: str, miss: Miss) -> str:
    marks = "".join(f" <del>{page.text(word)}</del>" for word in miss.wrong) + "".join(f" <ins>{page.text(word)}</ins>" for word in miss.missing)
    passage = _passage(one, miss.paper)
    words = f'<div class="text faint">{page.text(passage)}</div>' if passage else ""
    return f"<h3>{page.text(field)}{': ' if miss.paper else ''}{page.text(miss.paper)}</h3><p>{marks}</p>{words}"


def _passage(one: Measured, paper: str) -> str:
    """Where the gold says that the entry of a paper begins."""
    anchor = next((each.anchor for each in one.gold.papers if paper and paper in (each.title, ", ".join(each.addresses))), "")
    start = one.document.text.find(anchor) if anchor else -1
    return _LINE.sub("\n", one.document.text[start : start + _SHOWN]) if start >= 0 else ""
