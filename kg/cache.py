"""What was read from one document, kept by the content that it was read from: a second build reads only what changed."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import GraphError

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Refusal:
    """A passage that was looked at and not taken: offsets in the document's text, and the reason."""

    start: int
    end: int
    quote: str
    extractor: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading one document: its facts as sorted N-Triples lines, and its refusals.

    `digest` is the SHA-256 of the text, `facts` the number of facts that the lines assert.
    """

    name: str
    digest: str
    title: str
    papers: int
    facts: int
    lines: tuple[str, ...]
    refusals: tuple[Refusal, ...]

    def reasons(self) -> dict[str, int]:
        """How many refusals there were for each reason, sorted."""
        return dict(sorted(Counter(refusal.reason for refusal in self.refusals).items()))


class Kept(Mapping[str, Sequence[str]]):
    """The lines of documents by name, read from the cache whenever they are asked for, so that memory does not hold them all."""

    def __init__(self, cache: Cache, keys: Mapping[str, str]) -> None:
        self._cache = cache
        self._keys = keys

    def __getitem__(self, name: str) -> Sequence[str]:
        reading = self._cache.get(self._keys[name])
        if reading is None:
            raise GraphError(f"what was read of {name} is no longer in the cache; build again")
        return reading.lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class Cache:
    """A folder with one file a document: a line about it, a line for each refusal, then the facts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        return self.folder / f"{key}.facts"

    def held(self) -> list[str]:
        """The keys of all readings, sorted."""
        return sorted(path.stem for path in self.folder.glob("*.facts"))

    def get(self, key: str) -> Reading | None:
        """The reading kept under a key; none if there is none or its file is damaged."""
        try:
            head, *rest = self.path(key).read_text("utf-8").rstrip("\n").split("\n")
            about = json.loads(head)
            refused, lines = rest[: about["refusals"]], rest[about["refusals"] :]
            if about["format"] != _FORMAT or len(lines) != about["lines"]:
                return None
            refusals = tuple(Refusal(**json.loads(line)) for line in refused)
            return Reading(about["name"], about["digest"], about["title"], about["papers"], about["facts"], tuple(lines), refusals)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, reading: Reading) -> None:
        """Written whole or not at all."""
        about = {"format": _FORMAT, "name": reading.name, "digest": reading.digest, "title": reading.title, "papers": reading.papers}
        about |= {"facts": reading.facts, "refusals": len(reading.refusals), "lines": len(reading.lines)}
        rows = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in (about, *map(asdict, reading.refusals))]
        part = self.path(key).with_suffix(".part")
        part.write_text("\n".join((*rows, *reading.lines)) + "\n", "utf-8", newline="\n")
        part.replace(self.path(key))

    def adopt(self, other: Path) -> None:
        """Takes over the entries of another cache folder without copying them; an entry never changes once written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(other.glob("*.facts")):
            target = self.folder / path.name
            if not target.exists():
                try:
                    os.link(path, target)
                except OSError:  # a file system without hard links
                    target.write_bytes(path.read_bytes())

    def keep(self, keys: set[str]) -> None:
        """Drops the entries of documents that are gone."""
        kept = {self.path(key).name for key in keys}
        for path in self.folder.iterdir():
            if path.name not in kept:
                path.unlink()
