"""Reads results: a value with unit, metric, dataset, system and baseline, gains, and bare claims of the state of the art."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg import identity, ontology
from kg.extractors.comparisons import compared
from kg.extractors.evidence import evidence
from kg.extractors.figures import Figure, figures
from kg.extractors.introductions import introduced
from kg.extractors.passages import REQUIRED, Line, Named, Passage, passages, stands
from kg.extractors.stance import stance
from kg.model import Document, Entity, Fact, Finding, Iri, Mark, Object, Rejected

_BY = re.compile(r"\bby\s+(?:up to\s+|about\s+|around\s+|over\s+|more than\s+|an average of\s+|on average\s+|a\s+)?\Z", re.I)
_AGAINST = re.compile(
    r"\b(?:outperform\w*|compared (?:to|with)|versus|vs\.?|against|than|baselines?|previous(?:ly)?|prior|surpass\w*|beat\w*|which (?:reach|achiev|obtain)\w*|up from|from)\b|×",
    re.I,
)
_COMPARED = r"faster|slower|quicker|cheaper|smaller|larger|bigger|shorter|longer"
_OF_WHAT = re.compile(
    rf"\s*(?:%|x|×|times)?\s*(?:{_COMPARED}|better|worse)\s+(?:in|at)\s+(?:the\s+)?(?P<in>[a-z][\w-]*(?:\s[a-z][\w-]*){{0,3}}?)(?=\s+(?:and|than|for|with|on|over|while|when)\b|[,.;)]|$)|"
    r"\s*(?:%|x|×|times)?\s*(?:fewer|less|lesser|more|lower|higher|smaller)\s+(?P<few>[a-z][\w-]*(?:\s[a-z][\w-]*)?)(?=\s+(?:and|than|for|with|on|over|while|when|to|of|are|is)\b|[,.;)]|$)|"
    r"\s*(?:%|x|×|times)?\s*(?:reduction|increase|decrease|improvement|gain|drop|boost|savings?|speed-?up)s?\s+(?:in|of)\s+(?:terms of\s+)?(?:the\s+)?(?P<red>[a-z][\w-]*(?:\s(?:of\s)?[a-z][\w-]*){0,3}?)(?=\s+(?:and|than|for|with|on|over|while|when|compared)\b|[,.;)]|$)|"
    rf"\s*(?:%|x|×|times|fold)?\s*(?:as\s+)?(?:(?:absolute|relative|end-to-end|average|overall)\s+)?(?P<how>{_COMPARED}|speed-?ups?|schneller|kleiner|plus rapides?|plus petite?s?|más rápid[oa]s?|快|慢|速|高速)",
)
# What a comparative is measured in; the word as printed stays a name of it.
_SCALES = (
    (r"fast|slow|quick|speed|schnell|rapide|rápid|快|慢|速", "speedup"),
    (r"small|larg|big|klein|petit", "size"),
    (r"cheap", "cost"),
    (r"short|long", "length"),
)
_CHANGED = re.compile(
    r"\b(?i:cut|reduc|lower|improv|increas|rais|boost|speed|shrink|decreas)(?:s|es|ed|ing|e)?\s+(?:up\s+)?(?:(?:the|its|their|average|overall|total|mean)\s+)*(?P<what>(?!(?:up)?on\b|over\b|to\b|(?:it|them|this|performance|results?|scores?|quality|models?|baselines?)\s)[a-z][a-z-]+(?:\s[a-z][a-z-]+){0,2})\s+by\s+"
    r"(?:up to\s+|about\s+|around\s+|over\s+|more than\s+|roughly\s+|nearly\s+|as much as\s+|an average of\s+|on average\s+)?\Z"
)
# A label of a few words, behind at most one letter of its own ("O: primary outcome:").
_LABEL = re.compile(r"\W*(?:[A-Z]:\s+)?(?P<label>[^\W\d][^.:;,\d()|]{2,40}?)\s*[:：]\s*\Z")
_NO_QUANTITY = re.compile(
    r"(?:the |on |in |with |main |key )*(?:results?|findings?|scores?|performance|numbers?|evaluation|experiments?|summary|note|pros|cons|strengths?|weaknesses|contributions?|claims?|ergebnis\w*|résultats?|resultados?)\b|(?:on|in|auf|sur|en)\s",
    re.I,
)
_REMOVING = re.compile(r"\b(?:remov|reduc|prun|sav|discard|drop|compress|cut)\w*\s+(?:up to\s+|about\s+|over\s+|more than\s+)?\Z", re.I)
_REMOVED = re.compile(r"\s*%?\s*of\s+(?:the|its|all)\s+(?P<of>[a-z][\w-]*)")
_SOTA = re.compile(
    r"\b(?:state[- ]of[- ]the[- ]art|SOTA|SoTA)\b(?!\s+(?:models?|methods?|approach\w*|systems?|baselines?|techniques?|algorithms?|[a-z-]+\s+(?:models?|methods?|approach\w*|systems?)))",
    re.I,
)
_BEST = re.compile(
    rf"{_SOTA.pattern}|\b(?:the |their |our )?(?:best (?:published|reported|known|ever)|new best) (?:results?|scores?|performance|accuracy|numbers?)\b|\b(?:a )?new records?\b|\btop of the leaderboard\b|\b(?:first|top) (?:place|rank)\b|"
    r"\bneue[nrs]? (?:Stand der Technik|Bestwerte?|Rekorde?)\b|\bl['’]état de l['’]art\b|\bel estado del arte\b|最先进|最优(?:结果|性能|水平)|当前最好|最高性能|最先端|最高精度|최고 성능",
    re.I,
)
_REACHES = re.compile(
    r"\b(?:achiev\w*|obtain\w*|reach\w*|set\w*|yield\w*|attain\w*|report\w*|establish\w*|deliver\w*|gets?|got|new|show\w*|result\w*|improv\w*|advanc\w*|claim\w*|tak(?:es|ing)|took|tops?|wins?|won|break\w*|broke|push\w*|erreich\w*|setz\w*|atteint|obtient|dépass\w*|alcanza\w*|logra\w*|supera\w*)\b|达到|取得|实现|获得|達成|実現|달성",
    re.I,
)
_REACHED = re.compile(r"\s*(?:を|が)?\s*(?:达成|達成|実現|更新|記録|を?달성)")
# What ties a number to the data that it was measured on.
_ON = re.compile(r"\b(?:on|of|for|over|in|at|with|auf|bei|sur|en|dans)\b|在|上|で|에서")
_FROM = re.compile(r"(?:\bfrom|\bvon|\bde|从|由)\s*\Z")
_TO = re.compile(r"\s*%?\s*(?:\([^()]*\)\s*)?(?:up |down )?(?:to|auf|à|a|→|->|到|至|提升到|提高到|降到)\s*\Z")
_NEAR = 90


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a sentence says of one figure."""

    figure: Figure
    metric: Entity | None
    dataset: Entity | None
    gain: bool
    baseline: Figure | None = None


class Results:
    """Sentences with scores and gains to `kg:reportsResult`."""

    name = "results"
    version = "1"
    requires: tuple[type[Mark], ...] = REQUIRED

    def __call__(self, document: Document) -> Iterator[Finding]:
        for passage in passages(document):
            if passage.role == "cited":
                continue
            systems = [entity for entity, _, _ in introduced(passage) if entity.kind == "Method"]
            carried: tuple[Entity, Line] | None = None
            for line in passage.body:
                own = [entity for entity in systems if stands(entity, line, passage.title)]
                read = list(readings(line, carried[0] if carried else None))
                beaten = _beaten(line, own) if any(reading.baseline or reading.gain for reading in read) else None
                for reading in read:
                    if reading.metric and stands(reading.metric, line):
                        carried = (reading.metric, line)
                    since = carried[1] if carried and reading.metric == carried[0] else line
                    yield self._result(document, passage.paper, (since, line), reading, own, beaten)
                if not read and (claim := _claims_best(line)):
                    yield self._claim(document, passage, line, claim, own)

    def _result(
        self, document: Document, paper: Entity, lines: tuple[Line, Line], reading: _Reading, own: list[Entity], beaten: Entity | None
    ) -> Finding:
        """The result as a fact; its passage goes from the line that names the metric to the one that gives the number."""
        line, span = lines[1], lines[0].span.cover(lines[1].span)
        said = stance(line.text, reading.figure.start)
        if reading.metric is None and reading.dataset is None:
            return Rejected(evidence(document, span, self, 0.3, said), "a number without metric and dataset")
        properties = list(_properties(line, reading, own, beaten))
        parts = identity.parts(properties)
        node = identity.node("Result", paper.label or paper.key, paper.key, *parts, properties=tuple(properties))
        confidence = 0.85 if reading.metric and reading.dataset else 0.7
        return Fact(paper, "kg:reportsResult", node, evidence(document, span, self, confidence, said))

    def _claim(self, document: Document, passage: Passage, line: Line, place: int, own: list[Entity]) -> Finding:
        properties: list[tuple[str, Object]] = [("dcterms:type", _type("stateOfTheArt"))]
        for kind, name in (("Dataset", "kg:onDataset"), ("Task", "kg:onTask")):
            said = _of_kind(line, kind)
            if nearest := [named for named in said if named.start > place] or said[-1:]:
                properties.append((name, nearest[0].entity))
        if len(own) == 1:
            properties.append(("kg:ofMethod", own[0]))
        parts = identity.parts(properties)
        node = identity.node("Result", passage.paper.label or passage.paper.key, passage.paper.key, *parts, properties=tuple(properties))
        return Fact(passage.paper, "kg:reportsResult", node, evidence(document, line.span, self, 0.8, stance(line.text, place)))


def readings(line: Line, carried: Entity | None = None) -> Iterator[_Reading]:
    """The results of one sentence; `carried` is the metric that the passage spoke of last."""
    metrics, datasets = _of_kind(line, "Metric"), _of_kind(line, "Dataset")
    found = [figure for figure in figures(line.text) if not any(named.start <= figure.start < named.end for named in line.named)]
    found = [figure for figure in found if _is_score(line.text, figure, metrics)]
    shared = _respectively(line.text, found, datasets)
    previous: _Reading | None = None
    for index, figure in enumerate(found):
        limit = found[index + 1].start if index + 1 < len(found) else len(line.text)
        what = _measured(line.text, figure) or _changed(line.text, figure, metrics)
        metric = what or _labelled(line.text, figure, metrics) or _metric(figure, found, metrics) or (carried if datasets and figure.unit else None)
        if not metric and previous and previous.figure.unit == figure.unit:
            metric = previous.metric
        dataset = shared.get(index) or _dataset(line.text, figure, limit, datasets)
        if metric is None and dataset and not _ON.search(line.text[: figure.start][-_NEAR:] + line.text[figure.end : limit]):
            dataset = None
        gain = bool(what) or _is_gain(line.text, figure)
        if (
            previous
            and not previous.baseline
            and _FROM.search(line.text[: previous.figure.start])
            and _TO.match(line.text[previous.figure.end : figure.start])
        ):
            previous = _Reading(figure, metric or previous.metric, dataset or previous.dataset, gain=False, baseline=previous.figure)
            continue
        if previous and not gain and not previous.gain and not previous.baseline and _is_baseline(line.text, previous.figure, figure) and not shared:
            previous = _Reading(previous.figure, previous.metric, previous.dataset, previous.gain, figure)
            continue
        if previous:
            yield previous
        previous = _Reading(figure, metric, dataset, gain)
    if previous:
        yield previous


def _of_kind(line: Line, kind: str) -> list[Named]:
    return [named for named in line.named if named.entity.kind == kind]


def _is_score(text: str, figure: Figure, metrics: list[Named]) -> bool:
    """A number is a score if it has a unit of scores, or is precise or close to a metric."""
    if figure.unit:
        return figure.unit != "x" or bool(_measured(text, figure)) or any(abs(named.start - figure.start) < _NEAR for named in metrics)
    close = any(-_NEAR // 3 < named.start - figure.end < 4 or 0 <= figure.start - named.end < 30 for named in metrics)
    return (figure.precise and any(abs(named.start - figure.start) < 2 * _NEAR for named in metrics)) or (
        close and any(0 <= figure.start - named.end < 12 or 0 <= named.start - figure.end < 3 for named in metrics)
    )


def _measured(text: str, figure: Figure) -> Entity | None:
    """The quantity of "40% fewer parameters" and "92% faster in inference speed"."""
    after = text[figure.end :]
    match = _OF_WHAT.match(after) or (_REMOVED.match(after) if _REMOVING.search(text[: figure.start]) else None)
    if not match:
        return None
    name = next(value for value in match.groupdict().values() if value)
    if match.groupdict().get("how"):
        scale = identity.topic(next(scale for pattern, scale in _SCALES if re.search(pattern, name)), "Metric")
        return Entity("Metric", scale.key, scale.label, (("skos:altLabel", name),)) if name != scale.label else scale
    return identity.topic(name, "Metric") if name not in ("than", "the", "in") else None


def _changed(text: str, figure: Figure, metrics: list[Named]) -> Entity | None:
    """The quantity of "cuts the miss rate by 29%", unless the words name a metric, or none in particular ("performance")."""
    match = _CHANGED.search(text, 0, figure.start)
    if match is None or any(named.end > match.start("what") and named.start < match.end("what") for named in metrics):
        return None
    return identity.topic(match.group("what"), "Metric")


def _labelled(text: str, figure: Figure, metrics: list[Named]) -> Entity | None:
    """The quantity that a score's label names, as in "Adverse events: 16.6% vs 8.2%", if the label holds no metric by name."""
    match = _LABEL.match(text, 0, figure.start) if figure.unit == "%" or figure.precise else None
    if match is None or _NO_QUANTITY.match(match.group("label")) or any(named.start < figure.start for named in metrics):
        return None
    return identity.topic(match.group("label").strip(), "Metric")


def _metric(figure: Figure, found: list[Figure], metrics: list[Named]) -> Entity | None:
    def distance(named: Named) -> tuple[int, int]:
        if named.start >= figure.end:
            between = [other for other in found if figure.end <= other.start < named.start]
            gap = named.start - (between[-1].end if between else figure.end)
            return (0 if gap <= 3 else 2), named.start - figure.end
        return 1, figure.start - named.end

    near = [named for named in metrics if min(abs(named.start - figure.end), abs(figure.start - named.end)) < 2 * _NEAR]
    return min(near, key=distance).entity if near else None


def _dataset(text: str, figure: Figure, limit: int, datasets: list[Named]) -> Entity | None:
    following = [named for named in datasets if figure.end <= named.start < limit]
    if following and not re.search(r"\btrain", text[figure.end : following[0].start]) and _ON.search(text[figure.end : following[0].start]):
        return following[0].entity
    before = [named for named in datasets if named.end <= figure.start]
    if before and (
        not re.search(r"[,;]", text[before[-1].end : figure.start])
        or re.fullmatch(r"\W*(?:on|for|in|auf|sur|en|在)\s?(?:the\s)?", text[: before[-1].start], re.I)
    ):
        return before[-1].entity
    if before:
        return None
    return datasets[0].entity if len(datasets) == 1 and not re.search(r"\btrained\b[^,;]*\Z", text[: datasets[0].start]) else None


def _respectively(text: str, found: list[Figure], datasets: list[Named]) -> dict[int, Entity]:
    """Which dataset each figure belongs to in "44.1% and 30.5% on A and B, respectively"."""
    if "respectively" not in text or len(datasets) < 2 or len(found) % len(datasets):
        return {}
    return {index: datasets[index % len(datasets)].entity for index in range(len(found))}


def _is_gain(text: str, figure: Figure) -> bool:
    if _BY.search(text[: figure.start]):
        return True
    after = text[figure.end : figure.end + 30]
    before = text[max(0, figure.start - 40) : figure.start]
    return bool(
        re.match(
            r"\s*%?\s*(?:absolute |relative )?(?:improvement|gain|boost|reduction|increase|decrease|drop|higher|lower|better|worse|faster|slower|fewer|less|more)\b",
            after,
        )
    ) or bool(re.search(r"\b(?:gain|improvement|boost|reduction|increase|drop)s?\s+of\s+(?:up to\s+|about\s+)?\Z", before))


def _is_baseline(text: str, first: Figure, second: Figure) -> bool:
    between = text[first.end : second.start]
    return len(between) < _NEAR and bool(_AGAINST.search(between))


def _properties(line: Line, reading: _Reading, own: list[Entity], beaten: Entity | None) -> Iterator[tuple[str, Object]]:
    figure = reading.figure
    if figure.high is None:
        yield "schema:value", figure.low
    else:
        yield "schema:minValue", figure.low
        yield "schema:maxValue", figure.high
    if figure.unit:
        yield "schema:unitText", figure.unit
    if reading.metric:
        yield "kg:metric", reading.metric
    if reading.dataset:
        yield "kg:onDataset", reading.dataset
    if method := _system(line, figure, own):
        yield "kg:ofMethod", method
    if reading.baseline:
        yield "kg:baselineValue", reading.baseline.low
    if beaten and (reading.baseline or reading.gain):
        yield "kg:baseline", beaten
    yield "dcterms:type", _type("improvement" if reading.gain else "absolute")
    if _SOTA.search(line.text) and not reading.gain:
        yield "dcterms:type", _type("stateOfTheArt")


def _beaten(line: Line, own: list[Entity]) -> Entity | None:
    """The one system that a sentence with two values or a gain compares with."""
    targets = {target for predicate, target, _ in compared(line) if predicate != "kg:extends" and target not in own}
    return targets.pop() if len(targets) == 1 else None


def _system(line: Line, figure: Figure, own: list[Entity]) -> Entity | None:
    """The method named last before the figure, else the one system that the paper introduces."""
    before = [named.entity for named in line.named if named.entity.kind == "Method" and named.end <= figure.start]
    if any(entity in own for entity in before):
        return next(entity for entity in before if entity in own)
    if len(own) == 1:
        return own[0]
    return (
        before[-1]
        if before and re.match(r"\W*(?:\w+\s+){0,3}(?:achiev|reach|obtain|attain|get|got|yield|scor)", line.text[_end_of(line, before[-1], figure) :])
        else None
    )


def _end_of(line: Line, entity: Entity, figure: Figure) -> int:
    return max(named.end for named in line.named if named.entity == entity and named.end <= figure.start)


def _claims_best(line: Line) -> int | None:
    """Where a sentence claims the state of the art for the paper, if it does."""
    match = _BEST.search(line.text)
    return match.start() if match and (_REACHES.search(line.text[: match.start()]) or _REACHED.match(line.text, match.end())) else None


def _type(name: str) -> Iri:
    return Iri(ontology.expand(f"kg:{name}"))
