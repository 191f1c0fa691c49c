"""No borrowed names: what a fact names stands in its passage or in the head of the entry, whatever sentences a review is made of."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ontology, pipeline
from kg.annotators import acronyms, vocabulary
from kg.model import Document, Entity, Entry, Fact, Span

MINE = {"concepts", "introductions", "comparisons", "results", "organizations"}
SENTENCES = (
    "They introduce QuickNet, a network for image classification.",
    "Researchers from Aalborg University built it.",
    "It reaches 91.2% accuracy on ImageNet.",
    "On CIFAR-10 it gets 97.1%.",
    "QuickNet outperforms ResNet and is competitive with VGG.",
    "It does not beat AlexNet.",
    "I really enjoyed the discussion of *label noise*.",
    "The method is called Slow Feature Mixing (SFM).",
    "SFM extends contrastive learning, which is evaluated on AudioSet.",
    "Unfortunately there is no comparison with BERT.",
    "The error rate dropped by 12% compared to the late fusion model.",
    "They use data augmentation, transfer learning and a triplet loss.",
)
TITLES = (
    "QuickNet: Fast Image Classification",
    "Learning to Listen with Transformers",
    "A Study of Label Noise for Speech Recognition",
    "The Harbour Sounds Dataset",
)


@st.composite
def reviews(draw: st.DrawFn) -> str:
    sections = draw(
        st.lists(
            st.tuples(st.sampled_from(TITLES), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5)),
            min_size=2,
            max_size=4,
            unique_by=lambda pair: pair[0],
        )
    )
    return "# Notes\n\n" + "\n\n".join(
        f"## [{title}](https://example.org/{number}.pdf)\n\n{' '.join(body)}" for number, (title, body) in enumerate(sections)
    )


def names(entity: Entity) -> Iterator[str]:
    yield entity.label
    yield from (str(value) for name, value in entity.properties if name == "skos:altLabel")
    yield from (spelling for concept in ontology.concepts() if concept.key == entity.key for spelling in concept.alternatives)


def named(fact: Fact) -> Iterator[Entity]:
    """The topics and organizations that a fact names, those inside a result too."""
    for value in (fact.subject, fact.object):
        if isinstance(value, Entity) and value.kind == "Result":
            yield from (part for _, part in value.properties if isinstance(part, Entity))
        elif isinstance(value, Entity) and value.kind in ("Topic", "Task", "Method", "Dataset", "Metric", "Organization"):
            yield value


def heads(document: Document, fact: Fact) -> Iterator[Span]:
    for entry in document.marks(Entry):
        if any(span.overlaps(fact.evidence.span) for span in (*entry.head, *entry.body, *entry.sections)):
            yield from entry.head


def stands(document: Document, fact: Fact, entity: Entity) -> bool:
    """Whether a name of the entity, or the acronym that this text gives it, is in the passage or in its entry's head."""
    seen = vocabulary.key(" ".join(document.view(span).text for span in (fact.evidence.span, *heads(document, fact))))
    known = {vocabulary.key(name) for name in names(entity)} | {
        key for name in names(entity) for key in [vocabulary.key(name.removesuffix(" learning"))]
    }
    for pair in acronyms.definitions(document.text):
        short, long = document.text[slice(*pair.short)], document.text[slice(*pair.long)]
        if vocabulary.key(long) in known:
            known.add(vocabulary.key(short))
    return any(key in seen for key in known)


@settings(max_examples=60, deadline=None)
@given(reviews())
def test_names_stand_in_the_passage_or_in_the_head(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "review.md"
        path.write_text(text, encoding="utf-8")
        document = pipeline.annotate(pipeline.read(path))
        facts = [fact for fact in pipeline.extract(pipeline.read(path)) if isinstance(fact, Fact) and fact.evidence.extractor.split("/")[0] in MINE]
    assert facts
    for fact in facts:
        assert fact.evidence.quote == document.text[fact.evidence.span.start : fact.evidence.span.end]
        for entity in named(fact):
            assert stands(document, fact, entity), (fact.predicate, entity, fact.evidence.quote)
