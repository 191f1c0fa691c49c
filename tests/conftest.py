"""A small graph that says one thing of each kind, spelt by the project's own code from sentences written for it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import identity, ontology, rdf
from kg.graph import Graph
from kg.model import Document, Entity, Evidence, Fact, Iri, Object, Source, Span, Stance
from kg.stores.oxigraph import InMemory, OnDisk

HOSTILE = "=HYPERLINK(1) </script><script>window.pwned=1</script> <a href=\"javascript:pwned()\">x</a> & 'quoted'"


@dataclass
class Notes:
    """A document under the pen: each sentence with what it states."""

    title: str
    text: str = ""
    said: list[tuple[Span, Entity, str, Object, Stance]] = field(default_factory=list)

    def say(self, sentence: str, *facts: tuple[Entity, str, Object], stance: Stance = "asserted") -> None:
        span = Span(len(self.text), len(self.text) + len(sentence))
        self.text += sentence + "\n"
        self.said += [(span, *fact, stance) for fact in facts]

    @property
    def entity(self) -> Entity:
        return Entity("Document", identity.document_name(self.title, self.title), self.title)

    def lines(self) -> list[str]:
        document = Document(self.entity.key, self.text, Source(f"{self.entity.key}.md", "text/markdown"))
        return rdf.lines(document, [fact(document, said) for said in self.said])


def fact(document: Document, said: tuple[Span, Entity, str, Object, Stance]) -> Fact:
    span, subject, predicate, value, stance = said
    confidence = 0.5 if predicate == "schema:about" else 0.9
    return Fact(subject, predicate, value, Evidence(document.name, span, document.quote(span), "pen/1.0", stance, confidence))


def word(name: str) -> Iri:
    return Iri(ontology.expand(name))


def review(notes: Notes, paper: Entity, reviewer: Entity, opinion: str) -> Entity:
    parts = (("schema:isPartOf", notes.entity), ("schema:author", reviewer), ("kg:sentiment", word(opinion)), ("schema:positiveNotes", "It counts."))
    return Entity("Review", f"{identity.digest(notes.title)}-{paper.key}", properties=parts)


def authorship(paper: Entity, position: int, name: str) -> Entity:
    person = identity.person(name, paper.key)
    return Entity(
        "Authorship", f"{paper.key}-{position}", properties=(("schema:author", person), ("schema:position", position), ("kg:nameAsWritten", name))
    )


def described() -> list[str]:
    """The triples of two documents by two people who do not agree, and of a record that agrees with neither."""
    widgets, sheep, hostile = (identity.paper(title) for title in ("Neural Widgets: Learning to Count", "Counting Sheep in Parallel", HOSTILE))
    ada, bo = identity.person("Ada Reader", "x"), identity.person("Bo Critic", "x")
    counting, tallying = identity.topic("widget counting", "Task"), identity.topic("tallying by hand", "Method")
    counter, yard = identity.topic("CountNet-W", "Method"), identity.topic("WidgetYard", "Dataset")
    accuracy = identity.topic("tally accuracy", "Metric")
    series = identity.named("EventSeries", "COUNTCON")
    event = identity.named("Event", "COUNTCON 2021", (("kg:year", 2021), ("schema:superEvent", series)))
    result = identity.node(
        "Result",
        "countnet",
        widgets.key,
        "0.90",
        properties=(
            ("dcterms:type", word("kg:absolute")),
            ("kg:ofMethod", counter),
            ("kg:onTask", counting),
            ("kg:onDataset", yard),
            ("kg:metric", accuracy),
            ("schema:value", Decimal("0.90")),
        ),
    )
    best = identity.node("Result", "countnet", widgets.key, "best", properties=(("dcterms:type", word("kg:stateOfTheArt")), ("kg:onTask", counting)))
    award = identity.node(
        "Award", "countcon", widgets.key, label="Best Paper", properties=(("dcterms:type", word("kg:bestPaper")), ("kg:presentedAt", event))
    )
    code = Entity("Resource", "https://example.org/widgets", properties=(("dcterms:type", word("kg:code")),))

    first = Notes("Round-up of COUNTCON 2021")
    about, names = first.entity, "Neural Widgets: Learning to Count, by Wanda Widget and Carl Count"
    first.say(
        "Round-up of COUNTCON 2021, by Ada Reader",
        (about, "schema:name", first.title),
        (about, "schema:author", ada),
        (about, "dcterms:type", word("kg:roundUp")),
    )
    first.say(
        names,
        (widgets, "schema:name", widgets.label),
        (about, "schema:mentions", widgets),
        (widgets, "kg:authorship", authorship(widgets, 1, "Wanda Widget")),
        (widgets, "kg:authorship", authorship(widgets, 2, "Carl Count")),
        (widgets, "kg:authorsComplete", True),
        (widgets, "kg:presentedAt", event),
        (widgets, "kg:year", 2021),
        (widgets, "schema:identifier", "doi:10.1234/widgets"),
    )
    first.say(
        "It introduces CountNet-W for widget counting.",
        (widgets, "kg:introduces", counter),
        (widgets, "kg:addressesTask", counting),
        (counter, "kg:extends", tallying),
    )
    first.say("On WidgetYard it has a tally accuracy of 0.90.", (widgets, "kg:evaluatesOn", yard), (widgets, "kg:reportsResult", result))
    first.say("They claim the state of the art in widget counting.", (widgets, "kg:reportsResult", best))
    first.say("It won the Best Paper award.", (widgets, "kg:receivedAward", award))
    first.say(
        "I loved it. Code: https://example.org/widgets",
        (review(first, widgets, ada, "kg:positive"), "schema:itemReviewed", widgets),
        (widgets, "kg:hasResource", code),
    )
    first.say("CountNet-W does not outperform tallying by hand.", (counter, "kg:outperforms", tallying), stance="denied")

    second = Notes("Notes on counting")
    about = second.entity
    chosen = Entity("List", f"{about.key}-favourites", "My favourites", (("schema:isPartOf", about), ("schema:author", bo)))
    second.say("Notes on counting, Bo Critic", (about, "schema:name", second.title), (about, "schema:author", bo))
    second.say(
        "Neural Widgets: Learning to Count, COUNTCON 2021",
        (widgets, "schema:name", widgets.label),
        (about, "schema:mentions", widgets),
        (widgets, "kg:presentedAt", event),
    )
    second.say("It is of 1999.", (widgets, "kg:year", 1999))
    second.say("I did not like it.", (review(second, widgets, bo, "kg:negative"), "schema:itemReviewed", widgets))
    second.say(
        "Counting Sheep in Parallel, by S. Sheep and others, Woolly Labs",
        (sheep, "schema:name", sheep.label),
        (about, "schema:mentions", sheep),
        (sheep, "kg:authorship", authorship(sheep, 1, "S. Sheep")),
        (sheep, "schema:sourceOrganization", identity.named("Organization", "Woolly Labs")),
    )
    second.say(
        "It uses CountNet-W and tallying by hand on farms.",
        (sheep, "kg:usesMethod", counter),
        (sheep, "kg:usesMethod", tallying),
        (sheep, "schema:about", identity.topic("farm life")),
    )
    second.say(HOSTILE, (hostile, "schema:name", HOSTILE), (about, "schema:mentions", hostile), (hostile, "kg:addressesTask", counting))
    second.say("My favourites: Counting Sheep in Parallel", (chosen, "schema:itemListElement", sheep))
    record = Notes("COUNTBASE 77")
    record.say("record: COUNTBASE 77", (record.entity, "schema:name", record.title), (record.entity, "dcterms:type", word("kg:record")))
    record.say("year: 2020", (widgets, "kg:year", 2020))
    narrower = f"<{identity.iri(counting)}> <{ontology.expand('skos:broader')}> <{identity.iri(identity.topic('farm life'))}> ."
    said = {*first.lines(), *second.lines(), *record.lines(), narrower}
    outvoted = {line for line in said if line.startswith(f"<{identity.iri(widgets)}>") and ('"1999"' in line or '"2020"' in line)}
    return sorted(said - outvoted)


@pytest.fixture(scope="session")
def small_lines() -> list[str]:
    return described()


@pytest.fixture(scope="session")
def small_triples(small_lines: list[str]) -> list[ox.Triple]:
    return list(rdf.parse("\n".join(small_lines)))


@pytest.fixture
def small_graph(small_triples: list[ox.Triple], tmp_path: Path) -> Graph:
    store = InMemory().create(tmp_path)
    store.load(small_triples)
    return Graph(store)


@pytest.fixture(scope="session")
def small_directory(small_lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small graph as a directory that `kg` opens."""
    folder = tmp_path_factory.mktemp("small") / "graph"
    folder.mkdir()
    OnDisk().create(folder / "store").load(rdf.parse("\n".join(small_lines)))
    (folder / "graph.nt").write_text("\n".join(small_lines) + "\n", encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps({"format": 1}), encoding="utf-8")
    return folder
