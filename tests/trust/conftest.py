"""Three short documents of our own, the graph that is built of them, and what verification needs of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.trust import sources
from kg.trust.checks import Problem
from kg.trust.ledger import Ledger, lines
from kg.trust.verify import examine

TEXTS = {
    "counting-2021.md": """---
title: "COUNTCON 2021: what I liked"
author: Ada Reader
date: 2021-09-14
---

# COUNTCON 2021: what I liked

## Widget counting

### [Neural Widgets: Learning to Count Without Labels](https://arxiv.org/abs/2106.01234)
*Wanda Widget, Carl Count and Tilda Tally*

They introduce CountNet, a convolutional neural network for widget counting. On ImageNet it reaches an accuracy of 91.5%,
outperforming the ResNet baseline of 88.2%. A clear and convincing paper, I loved it. It won the best paper award.
Code is at <https://github.com/example/countnet>.

### [Counting Sheep in Parallel](https://arxiv.org/abs/2106.05678)
*Shirley Sheep, Bo Peep*

A graph neural network on farms of all sizes. It is evaluated on CIFAR-10 and reaches an F1 score of 0.87. Unfortunately the writing is confusing.
""",
    "autumn-notes.md": """---
title: Autumn notes on counting
author: Bo Critic
date: 2022-10-02
---

# Autumn notes on counting

## Papers

1. **Neural Widgets: Learning to Count Without Labels**, Widget, Count and Tally, COUNTCON 2021. https://arxiv.org/abs/2106.01234
   I was not convinced by the experiments, which are weak. They use contrastive learning.

2. **Tallying by Hand, Revisited**, Hanna Hand and Finn Finger, 2019. https://arxiv.org/abs/1901.00042
   A survey of reinforcement learning for counting; the results are excellent.
""",
    "tallies.html": """<!doctype html><html lang="en"><head><title>Tallies of the week</title><meta name="author" content="Ada Reader"></head><body>
<h1>Tallies of the week</h1>
<h2>Speech recognition</h2>
<h3><a href="https://arxiv.org/abs/1901.00042">Tallying by Hand, Revisited</a></h3>
<p>Hanna Hand, Finn Finger. They count with a transformer and obtain a word error rate of 6.8% on LibriSpeech. Great work&mdash;highly recommended.</p>
<h3>Beans &amp; Bags: A Dataset of Small Things</h3>
<p>Bea Bean, Sam Sack. Introduces BeanBag, a dataset for object detection, and compares with YOLO.</p>
</body></html>
""",
}


@dataclass(frozen=True)
class Built:
    """A graph's directory with the folder of its texts, its lines, and the texts by document."""

    folder: Path
    texts: Path
    lines: list[str]
    there: Mapping[str, str]
    counts: Mapping[str, int]

    def problems(self, changed: list[str] | None = None) -> list[Problem]:
        return examine(Ledger(self.lines if changed is None else changed), self.there, counts=self.counts)


def made(folder: Path, names: tuple[str, ...] = tuple(TEXTS)) -> Path:
    """A graph of some of the texts, which stand beside it in `texts`."""
    (folder / "texts").mkdir(parents=True)
    for name in names:
        (folder / "texts" / name).write_text(TEXTS[name], encoding="utf-8")
    return build([folder / "texts"], folder / "graph").folder


@pytest.fixture
def make() -> Callable[..., Path]:
    """Builds a graph of some of the texts."""
    return made


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("trust")
    graph = made(folder)
    ledger = Ledger(lines(graph))
    with sources.found(sources.wanted(ledger, graph), folder / "texts") as found:
        there = {source.wanted.document: source.text for source in found if source.text is not None}
    counts = {document: sum(claim.document == document for claim in ledger.claims) for document in there}
    return Built(graph, folder / "texts", lines(graph), there, counts)
