"""The order of work: read each document alone, merge what all of them say, put the graph in place.

What is read depends on the text, the code and the vocabulary only (`kg.fingerprint`), so it is kept by content (`kg.cache`) and made in
any process; what is merged does not depend on the order of the documents; what is put in place is built aside (`kg.staging`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg import filling, fingerprint, inputs, links, manifest, rdf, registry, vocabularies
from kg.cache import Cache, Kept, Reading, Refusal
from kg.engines import local
from kg.errors import GraphError, InputError, KgError, LayerMissing, UnknownFormat
from kg.inputs import Input
from kg.manifest import Built, LeftOut, Manifest
from kg.merge import decisions, passes
from kg.merge.passes import Bundle, Each
from kg.model import Block, Document, Fact, Finding, Inline, Mark, Rejected
from kg.readers.decoding import decode
from kg.spool import spooled
from kg.staging import Stage, staged

if TYPE_CHECKING:
    from kg.protocols import Annotator, Reader

TIME_LIMIT = 30.0  # seconds for one document
FEW = 8  # documents that are read sooner than processes start
MADE = frozenset({"store", "tables", "graph.nt", "manifest.json", "rejected.jsonl", "merges.jsonl", "cache", "partitions"})
_TOLD = 5  # failures that one line tells
_OPEN_SUFFIXES = frozenset({"", ".txt", ".text"})  # they say nothing about the format
_SUFFIX_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: the graph's directory and manifest, how many documents were read anew, whether anything changed."""

    folder: Path
    manifest: Manifest
    read: int
    changed: bool

    @property
    def complete(self) -> bool:
        """Whether every document that was asked for is in the graph."""
        return not self.manifest.failures


def read(path: str | Path, locator: str | None = None) -> Document:
    """A document with its blocks and inline marks.  `InputError` names the file and the reason."""
    locator = locator or str(path)
    return _read(inputs.contents(Path(path), locator), Path(path).suffix.lower(), locator)


def annotate(document: Document) -> Document:
    """The document with the layers of all annotators, in the order that they need; layers that it has stay."""
    for annotator in _ordered(registry.plugins("annotator")):
        if not document.has(annotator.provides):
            document = document.with_layer(annotator(document))
    return document


def extract(document: Document, min_confidence: float = 0.0) -> list[Finding]:
    """All facts and refusals of a document; facts below `min_confidence` (0 to 1) become refusals."""
    document = annotate(document)
    found: list[Finding] = [refusal for layer in document.layers for refusal in layer.refused]
    for extractor in registry.plugins("extractor"):
        for layer in extractor.requires:
            document.marks(layer)
        found += extractor(document)
    return [_sure(finding, min_confidence) for finding in found]


def build(
    paths: str | Path | Iterable[str | Path],
    out: str | Path = "graph",
    *,
    jobs: int = 1,
    min_confidence: float = 0.0,
    decisions_file: str | Path | None = None,
    allow_net: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> BuildReport:
    """Makes the graph of all documents that the paths name, in the directory `out`; addresses too, with `allow_net`.

    A directory that exists is replaced whole, or left alone when nothing changed.  A document that cannot be read is listed in the
    report and the rest is built; `GraphError` if none can, or if another build is at work there.  `jobs` processes read documents:
    with more than one, a script needs the usual `if __name__ == "__main__":`.  `progress` is called with the number of documents
    done and their total.
    """
    paths = (paths,) if isinstance(paths, str | Path) else tuple(paths)
    suffixes = {suffix for reader in registry.plugins("reader") for suffix in reader.suffixes}
    with TemporaryDirectory(prefix="kg-") as spool, staged(Path(out), MADE) as stage:
        sources = spooled(paths, Path(spool), suffixes, allow_net=allow_net)
        if not sources:
            raise InputError(", ".join(map(str, paths)), f"holds no document; documents end with {', '.join(sorted(suffixes))}")
        decided = decisions.load(Path(decisions_file) if decisions_file else stage.target / decisions.NAME, required=decisions_file is not None)
        return Building(stage, decided, min_confidence).run(sources, jobs, progress or (lambda _done, _total: None))


def merge_again(out: str | Path = "graph") -> BuildReport:
    """Makes a graph anew of what was read for it, obeying the decisions and links that there are now; no document is read.

    `GraphError` if there is no graph, or its cache does not hold all of it.
    """
    with staged(Path(out), MADE) as stage:
        before = manifest.read(stage.target)
        if before is None:
            raise GraphError(f"{out} is not a graph that this version made; make one with `kg build PATH… --out {out}`")
        return Building(stage, decisions.load(stage.target / decisions.NAME), 0.0).merge_again(before)


KeptReading = tuple[str, Input, Reading]  # a reading without its lines, which the cache holds under the key


class Building:
    """One build on its stage."""

    def __init__(self, stage: Stage, decided: decisions.Decisions, min_confidence: float) -> None:
        self.stage = stage
        self.decided = decided
        self.links = links.load(stage.target)
        self.matches = vocabularies.load(stage.target)
        self.min_confidence = min_confidence
        self.cache = Cache(stage.folder / "cache")

    def run(self, sources: tuple[Input, ...], jobs: int, progress: Callable[[int, int], None]) -> BuildReport:
        self.cache.adopt(self.stage.target / "cache")
        unique, doubles, failures = self._told_apart(sources)
        state = self.state(unique, doubles)
        before = manifest.read(self.stage.target)
        if before and before.inputs == state and not (failures or before.failures) and (self.stage.target / "store").is_dir():
            return BuildReport(self.stage.target, before, 0, changed=False)
        readings, unread, anew = self._read(unique, jobs, progress)
        kept, bare = gathered(state, readings, doubles, (*failures, *unread))
        self.cache.keep({key for key, _, _ in readings})
        made = self.write(kept, bare, (Kept(self.cache, {found.name: key for key, _, found in kept}),))
        changed = not ((self.stage.target / "store").is_dir() and self.stage.unchanged(apart="store"))
        if changed:
            filling.fill(self.stage.folder)
            self.stage.swap(MADE)
        return BuildReport(self.stage.target, made, anew, changed)

    def state(self, unique: Mapping[str, Input], doubles: Iterable[LeftOut]) -> str:
        """What the graph depends on, as one digest; `unique` are the documents by key."""
        documents = (f"{key} {source.locator}" for key, source in unique.items())
        return fingerprint.combined(
            fingerprint.of_building(),
            str(self.min_confidence),
            repr(self.decided),
            repr(self.links),
            repr(self.matches),
            *documents,
            *map(repr, doubles),
        )

    def _told_apart(self, sources: tuple[Input, ...]) -> tuple[dict[str, Input], list[LeftOut], list[InputError]]:
        """Sources by what they hold, then those that hold the same as another, then those that cannot be opened."""
        unique: dict[str, Input] = {}
        doubles, failures = [], []
        for source in sources:
            if source.flaw:
                failures.append(InputError(source.locator, source.flaw))
                continue
            try:
                data = inputs.contents(source.path, source.locator)
            except InputError as error:
                failures.append(error)
                continue
            key = key_of(data, source.path.suffix.lower(), self.min_confidence)
            if unique.setdefault(key, source) is not source:
                doubles.append(LeftOut(source.locator, f"the same file as {unique[key].locator}"))
        return unique, doubles, failures

    def _read(self, unique: dict[str, Input], jobs: int, progress: Callable[[int, int], None]) -> tuple[list[KeptReading], list[InputError], int]:
        """Readings in the order of `unique`, from the cache or anew, the failures, and how many were read anew."""
        # What stays in memory is what the manifest needs; the lines are read from the cache when they are merged.
        found = {key: replace(reading, lines=()) for key in unique if (reading := self.cache.get(key))}
        missing = {source: key for key, source in unique.items() if key not in found}
        failures = []
        for done, (source, result) in enumerate(_results(list(missing), self.min_confidence, jobs), len(found) + 1):
            if isinstance(result, InputError):
                failures.append(result)
            else:
                self.cache.put(missing[source], result)
                found[missing[source]] = replace(result, lines=())
            progress(done, len(unique))
        return [(key, unique[key], found[key]) for key in unique if key in found], failures, len(missing)

    def merge_again(self, before: Manifest) -> BuildReport:
        """The graph of the documents that it was made of, merged anew: for new decisions or links."""
        self.cache.adopt(self.stage.target / "cache")
        keys = {(reading.name, reading.digest): key for key in self.cache.held() if (reading := self.cache.get(key))}
        kept = []
        for built in before.documents:
            key = keys.get((built.name, built.digest))
            reading = self.cache.get(key) if key else None
            if key is None or reading is None:
                raise GraphError(f"what was read of {built.locator} is no longer in the cache; run `kg build` on the documents again")
            kept.append((key, Input(built.locator, Path(built.locator)), replace(reading, lines=())))
        # Which files a build would find is not known here, so the next build looks at them all.
        made = self.write(kept, replace(before, inputs=""), (Kept(self.cache, {found.name: key for key, _, found in kept}),))
        filling.fill(self.stage.folder)
        self.stage.swap(MADE)
        return BuildReport(self.stage.target, made, 0, changed=True)

    def write(self, kept: Sequence[KeptReading], bare: Manifest, bundles: Sequence[Bundle], each: Each = passes.here) -> Manifest:
        """Merges what the bundles hold, the lines of the readings, and writes all that is told of it."""
        from kg.merge.merging import merge_bundles

        folder = self.stage.folder
        rows, problems = merge_bundles(
            folder / "graph.nt", bundles, self.decided, [*map(links.attached, self.links), *vocabularies.attached(self.matches)], each
        )
        documents = tuple(Built(r.name, source.locator, r.title, r.digest, r.papers, r.facts, r.reasons()) for _, source, r in kept)
        counted = manifest.counts(_lines(folder / "graph.nt"), sum(reading.facts for _, _, reading in kept), sum(row.merged for row in rows))
        made = Manifest(bare.inputs, documents, bare.doubles, bare.failures, problems, counted)
        made.write(folder)
        _write_lines(folder / "merges.jsonl", (_json(asdict(row)) for row in rows))
        _write_lines(folder / "rejected.jsonl", (_json({"document": r.name, **asdict(refusal)}) for _, _, r in kept for refusal in r.refusals))
        return made


def key_of(data: bytes, suffix: str, min_confidence: float) -> str:
    """What all that a document gives depends on, as one digest."""
    return fingerprint.combined(inputs.digest(data), suffix, fingerprint.of_reading(), str(min_confidence))


def reading(source: Input, min_confidence: float = 0.0) -> Reading:
    """All that one document gives."""
    return reading_of(inputs.contents(source.path, source.locator), source.path.suffix.lower(), source.locator, min_confidence)


def _reading_with(source: Input, min_confidence: float, state: str) -> Reading:
    """As `reading`; `GraphError` if this process has other code than the one that will keep what is read."""
    if fingerprint.of_reading() != state:
        raise GraphError("paperkg, a plug-in or the vocabulary was changed while documents were read; run the same command again")
    return reading(source, min_confidence)


def reading_of(data: bytes, suffix: str, locator: str, min_confidence: float = 0.0) -> Reading:
    """All that the bytes of one document give."""
    document = _read(data, suffix, locator)
    findings = extract(document, min_confidence)
    facts = [finding for finding in findings if isinstance(finding, Fact)]
    refusals = sorted(
        {_refusal(finding) for finding in findings if isinstance(finding, Rejected)}, key=lambda refusal: tuple(asdict(refusal).values())
    )
    papers = {fact.subject.key for fact in facts if fact.subject.kind == "Paper"}
    return Reading(
        document.name, document.digest, document.source.title or "", len(papers), len(set(facts)), tuple(rdf.lines(document, facts)), tuple(refusals)
    )


def _results(sources: list[Input], min_confidence: float, jobs: int) -> Iterator[tuple[Input, Reading | InputError]]:
    work = partial(_reading_with, min_confidence=min_confidence, state=fingerprint.of_reading())
    if jobs > 1 and len(sources) > FEW:
        from kg.engines import processes

        return processes.run(work, sources, TIME_LIMIT, jobs=min(jobs, len(sources)), warm=("kg.pipeline",))
    return local.run(work, sources, TIME_LIMIT)


def gathered(
    state: str, readings: list[KeptReading], doubles: Iterable[LeftOut], failures: Collection[InputError]
) -> tuple[list[KeptReading], Manifest]:
    """The readings that a graph is made of, and the manifest as far as it is known.  `GraphError` if there are none."""
    kept, passed = _one_each(readings)
    if not kept:
        told = "; ".join([*map(str, islice(failures, _TOLD)), *([f"and {len(failures) - _TOLD:,} more"] if len(failures) > _TOLD else [])])
        raise GraphError(f"nothing was built, none of the documents can be read: {told}")
    left = tuple(sorted(LeftOut(error.locator, error.reason) for error in failures))
    return kept, Manifest(state, (), tuple(sorted((*doubles, *passed))), left)


def _one_each(readings: list[KeptReading]) -> tuple[list[KeptReading], list[LeftOut]]:
    """One reading of each document: of the same text the first, of two texts that give one address the one that says more."""
    best: dict[str, KeptReading] = {}
    for key, source, found in readings:
        other = best.get(found.name)
        if other is None or (-found.facts, found.digest, source) < (-other[2].facts, other[2].digest, other[1]):
            best[found.name] = (key, source, found)
    passed = []
    for _, source, found in readings:
        _, winner, chosen = best[found.name]
        if source is not winner:
            why = "the same text as" if found.digest == chosen.digest else "gives the same address, and says less, as"
            passed.append(LeftOut(source.locator, f"{why} {winner.locator}"))
    return sorted(best.values(), key=lambda kept: kept[2].name), passed


def _read(data: bytes, suffix: str, locator: str) -> Document:
    return _reader(data, suffix, locator).read(data, locator)


def _reader(data: bytes, suffix: str, locator: str) -> Reader:
    """The reader whose claim on the text is strongest; a suffix of its own speaks for a reader."""
    readers: tuple[Reader, ...] = registry.plugins("reader")
    own = [reader for reader in readers if suffix in reader.suffixes and suffix not in _OPEN_SUFFIXES]
    try:
        text = decode(data, locator)
    except InputError:
        text = data.decode("latin-1")  # containers know themselves by their first bytes; all others say what is wrong when they read
    strength = {reader.name: reader.claims(text) + _SUFFIX_WEIGHT * (reader in own) for reader in readers}
    best = max(readers, key=lambda reader: strength[reader.name], default=None)
    if best is None or not strength[best.name]:
        raise UnknownFormat(locator, f"no reader takes it; there are: {', '.join(registry.names('reader'))}")
    return best


def _ordered(annotators: Iterable[Annotator]) -> list[Annotator]:
    providers: dict[type[Mark], Annotator] = {}
    for annotator in annotators:
        other = providers.setdefault(annotator.provides, annotator)
        if other is not annotator:
            raise KgError(f"the annotators {other.name} and {annotator.name} both provide {annotator.provides.__name__}; remove one")
    known = {Block, Inline, *providers}
    for annotator in providers.values():
        for layer in annotator.requires:
            if layer not in known:
                raise LayerMissing(layer.__name__, tuple(sorted(kind.__name__ for kind in known)))
    try:
        order = TopologicalSorter({kind: [layer for layer in one.requires if layer in providers] for kind, one in providers.items()}).static_order()
        return [providers[kind] for kind in order]
    except CycleError as error:
        raise KgError(
            f"annotators wait for each other: {', '.join(kind.__name__ for kind in error.args[1])}; break the circle of `requires`"
        ) from error


def _sure(finding: Finding, min_confidence: float) -> Finding:
    if isinstance(finding, Fact) and finding.evidence.confidence < min_confidence:
        return Rejected(finding.evidence, "confidence below the limit asked for")
    return finding


def _refusal(finding: Rejected) -> Refusal:
    evidence = finding.evidence
    return Refusal(evidence.span.start, evidence.span.end, evidence.quote, evidence.extractor, finding.reason)


def _json(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[:-1]
