"""What people decided by hand: a small text file, sorted, one decision a line, made to be committed and read.

    same <IRI> <IRI> # reason
    different <IRI> <IRI> # reason

`different` with a document in the second place takes apart what one name joins: in that document the name means another thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import InputError
from kg.identity import BASE

NAME = "decisions.txt"
Verdict = Literal["same", "different"]


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """That two addresses are one thing, or are not."""

    verdict: str
    first: str
    second: str
    reason: str = ""

    @classmethod
    def of(cls, verdict: Verdict, first: str, second: str, reason: str = "") -> Decision:
        """With its addresses in order; a document always stands second."""
        one, two = sorted((first, second), key=lambda iri: (iri.startswith(f"{BASE}doc/"), iri))
        return cls(verdict, one, two, " ".join(reason.split()))

    def __str__(self) -> str:
        return f"{self.verdict} <{self.first}> <{self.second}>{' # ' if self.reason else ''}{self.reason}"


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions, sorted and without doubles."""

    items: tuple[Decision, ...] = ()

    def pairs(self, verdict: Verdict) -> list[tuple[str, str]]:
        return [(item.first, item.second) for item in self.items if item.verdict == verdict and not item.second.startswith(f"{BASE}doc/")]

    def splits(self) -> list[tuple[str, str]]:
        """Addresses with the documents in which they mean another thing."""
        return [(item.first, item.second) for item in self.items if item.verdict == "different" and item.second.startswith(f"{BASE}doc/")]

    def plus(self, new: Decision) -> Decisions:
        """With one more; it takes the place of what was decided before on the same two."""
        kept = (item for item in self.items if (item.first, item.second) != (new.first, new.second))
        return Decisions(tuple(sorted({*kept, new})))


def load(path: Path, *, required: bool = False) -> Decisions:
    """The decisions in a file; none if it is absent and not `required`.  `InputError` names the line that is no decision."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        if required:
            raise InputError(str(path), "there is no such file of decisions; `kg same` and `kg different` write one") from None
        return Decisions()
    except (OSError, ValueError) as error:
        raise InputError(str(path), "cannot be read as text in UTF-8") from error
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    return Decisions(tuple(sorted({_parsed(line, number, path) for number, line in lines if line and not line.startswith("#")})))


def save(path: Path, decisions: Decisions) -> None:
    """Written whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_text("".join(f"{item}\n" for item in decisions.items), "utf-8", newline="\n")
    part.replace(path)


def _parsed(line: str, number: int, path: Path) -> Decision:
    rule, _, reason = line.partition(" # ")
    words = rule.split()
    if len(words) != 3 or words[0] not in ("same", "different") or not all(word.startswith("<") and word.endswith(">") for word in words[1:]):
        raise InputError(str(path), f"line {number} is no decision; write `same <IRI> <IRI> # reason` or `different <IRI> <IRI> # reason`")
    verdict: Verdict = "same" if words[0] == "same" else "different"
    return Decision.of(verdict, words[1][1:-1], words[2][1:-1], reason)
