"""Chooses what each piece of a reference is: the path of labels with the most points (Viterbi's algorithm over hand-set tables).

A reference has one title, first of all; then a container or a publisher; numbers, dates and places follow in any order.
"""

from __future__ import annotations

from kg.annotators.citations.evidence import Label, Points, setting, weigh
from kg.annotators.citations.pieces import Gap, Piece

_TAIL: tuple[Label, ...] = ("volume", "pages", "date", "publisher", "place", "genre", "note", "address")
_START: dict[Label, float] = {
    "title": 1.6,
    "container": -1.0,
    "editor": 0.0,
    "genre": -1.0,
    "note": -1.5,
    "address": -0.5,
    "volume": -2.5,
    "pages": -2.5,
    "publisher": -2.5,
    "place": -2.5,
    "date": 0.0,
}
_STEPS: dict[tuple[Label, Label], float] = {
    ("title", "container"): 0.6, ("title", "editor"): 0.5, ("title", "publisher"): 0.0, ("title", "place"): 0.0, ("title", "genre"): 0.3, ("title", "note"): -0.1,
    ("title", "date"): 0.0, ("title", "address"): 0.0, ("title", "volume"): -1.4, ("title", "pages"): -0.4,
    ("container", "volume"): 0.9, ("container", "pages"): 0.6, ("container", "date"): 0.4, ("container", "editor"): 0.3, ("container", "place"): 0.2, ("container", "publisher"): -0.4,
    ("container", "note"): -0.1, ("container", "address"): 0.1, ("container", "genre"): -0.8,
    ("editor", "container"): 0.5, ("editor", "place"): 0.3, ("editor", "publisher"): 0.3, ("editor", "volume"): 0.0, ("editor", "pages"): 0.2, ("editor", "date"): 0.2, ("editor", "note"): -0.5,
    ("genre", "container"): -1.2, ("genre", "publisher"): 1.0, ("genre", "title"): -2.5, ("date", "container"): -0.5, ("date", "title"): -1.5, ("note", "container"): -0.5, ("note", "title"): -3.0, ("place", "container"): -3.0, ("address", "container"): -1.5,
    ("volume", "container"): -0.6, ("pages", "container"): -0.8, ("publisher", "container"): -1.8, ("place", "publisher"): 0.6, ("publisher", "place"): 0.6, ("volume", "pages"): 0.5, ("volume", "volume"): 0.3, ("pages", "editor"): 0.0,
    ("volume", "editor"): -0.2, ("date", "editor"): -0.3, ("place", "editor"): -1.0, ("publisher", "editor"): -1.5, ("note", "editor"): -0.5,
}  # fmt: skip
for _one in _TAIL:
    for _other in _TAIL:
        _STEPS.setdefault((_one, _other), 0.0)
_STAY: dict[Label, dict[Gap, float]] = {
    "title": {"space": 0.5, "short": -0.2, "comma": -0.3, "colon": 0.2, "semicolon": -0.3, "dash": 0.1, "open": -0.3, "close": -0.3, "stop": -1.8, "mark": -0.5, "quote": -0.4},
    "container": {"space": 0.3, "short": 0.5, "comma": -0.3, "colon": 1.0, "semicolon": -1.0, "dash": 1.0, "open": -0.3, "close": 0.0, "stop": -1.4, "mark": 0.0, "quote": -1.2},
    "publisher": {"space": 0.2, "short": 0.4, "comma": -0.2, "colon": -0.6, "semicolon": -0.6, "dash": 0.0, "open": -0.4, "close": -0.4, "stop": -0.7, "mark": -1.0, "quote": -0.6},
    "note": {"space": 1.0, "short": 1.0, "comma": 0.8, "colon": 1.0, "semicolon": 0.6, "dash": 0.6, "open": 0.6, "close": 0.6, "stop": 0.6, "mark": 0.5, "quote": 0.6},
    "genre": {"space": 0.3, "short": 0.5, "comma": -0.3, "colon": 0.0, "semicolon": -0.3, "dash": 0.0, "open": 0.0, "close": 0.0, "stop": -0.7, "mark": -1.0, "quote": -0.6},
}  # fmt: skip
_LEAVE: dict[Label, dict[Gap, float]] = {
    "title": {"space": -1.8, "short": -0.8, "comma": 0.0, "colon": -1.6, "semicolon": -0.3, "dash": -1.0, "open": -0.5, "close": -0.2, "stop": 0.8, "mark": 0.3, "quote": 0.6},
    "container": {"space": -0.3, "short": 0.0, "comma": 0.1, "colon": -0.2, "semicolon": 0.1, "dash": -0.2, "open": 0.0, "close": 0.1, "stop": 0.2, "mark": 0.0, "quote": 0.3},
    "note": {"short": -0.5, "space": -0.8, "comma": -0.5},
}  # fmt: skip


def best_path(text: str, pieces: list[Piece], *, titled: bool, dated: bool) -> list[Label]:
    """A label for each piece.  With `titled`, the title stands before the pieces already."""
    around = setting(text, pieces, quoted=titled, dated=dated)
    totals: Points = {}
    origins: list[dict[Label, Label]] = []
    for index, piece in enumerate(pieces):
        weights = weigh(text, pieces, index, around)
        if titled:
            weights = {label: value for label, value in weights.items() if label != "title"}
        if index:
            totals, origin = _onward(totals, weights, piece.gap)
            origins.append(origin)
        else:
            totals = {label: value + (_after_title(label) if titled else _START[label]) for label, value in weights.items()}
    return _traced(totals, origins) if totals else []


def _onward(totals: Points, weights: Points, gap: Gap) -> tuple[Points, dict[Label, Label]]:
    """The best total for each label of the next piece, and the label that it comes from; a remark where no step is allowed."""
    reached: Points = {}
    origin: dict[Label, Label] = {}
    for label, value in weights.items():
        best = -1e9
        for previous, total in totals.items():
            step = _step(previous, label, gap)
            if step is not None and total + step > best:
                best = total + step
                reached[label], origin[label] = best + value, previous
    if not reached:
        last = _best(totals)
        return {"note": totals[last] - 2.0}, {"note": last}
    return reached, origin


def _traced(totals: Points, origins: list[dict[Label, Label]]) -> list[Label]:
    path = [_best(totals)]
    for origin in reversed(origins):
        path.append(origin[path[-1]])
    return path[::-1]


def _best(totals: Points) -> Label:
    return max(totals, key=lambda label: (totals[label], label))


def _after_title(label: Label) -> float:
    return _STEPS.get(("title", label), -1.0) + 0.6


def _step(previous: Label, label: Label, gap: Gap) -> float | None:
    if previous == label:
        stay = _STAY.get(label)
        return stay.get(gap, 0.0) if stay else _STEPS.get((previous, label), 0.0)
    base = _STEPS.get((previous, label))
    if base is None:
        return None
    leave = _LEAVE.get(previous)
    return base + (leave.get(gap, 0.0) if leave else 0.0)
