"""A made graph in the words of the ontology, of about as many triples as asked for: `python scholarly.py TRIPLES > graph.nt`.

Names, topics and opinions are drawn from Zipf-like distributions with a fixed seed, so the same number gives the same graph.  A paper
has authors, methods, tasks, data, an event, reviews, results; every fact has a claim and a passage, so that most triples are
evidence, as in a graph that was built.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

from kg.ontology import PREFIXES

ID = "https://w3id.org/paperkg/id/"
TYPE = f"<{PREFIXES['rdf']}type>"
WORDS = (
    "neural sparse graph learned robust causal latent deep fast open multi adaptive spectral private online dense speech vision query index "
    "memory stream music protein market road ocean planning search counting parsing retrieval control synthesis tracking ranking sampling"
).split()
SENTIMENTS = ("positive", "negative", "mixed", "neutral")


def word(name: str) -> str:
    prefix, local = name.split(":")
    return f"<{PREFIXES[prefix]}{local}>"


def node(kind: str, number: int | str) -> str:
    return f"<{ID}{kind}/{number}>"


class Graph:
    """Writes lines and counts them."""

    def __init__(self, triples: int) -> None:
        self.random = random.Random(20)
        self.papers = max(20, triples // 272)
        self.people, self.topics, self.documents = self.papers, max(40, self.papers // 12), max(4, self.papers // 8)
        self.claims = 0

    def zipf(self, size: int) -> int:
        return int(size ** self.random.random()) - 1

    def lines(self) -> Iterator[str]:
        yield from self.nodes()
        for number in range(self.papers):
            yield from self.paper(number)

    def nodes(self) -> Iterator[str]:
        for number in range(self.people):
            yield from self.named("person", number, "schema:Person", f"Person{number // 50} Family{number % 997}")
        for number in range(self.topics):
            topic = node("topic", number)
            kind = ("kg:Task", "kg:Method", "kg:Dataset", "kg:Metric")[number % 4]
            yield from (f"{topic} {TYPE} {word(name)} ." for name in (kind, "skos:Concept"))
            yield f'{topic} {word("skos:prefLabel")} "{self.label(number)}" .'
            yield f'{topic} {word("skos:altLabel")} "T{number}" .'
            if number >= 40:
                yield f"{topic} {word('skos:broader')} {node('topic', number // 10 * 4 % number + number % 4 if number > 80 else number % 4)} ."
        for number in range(200):
            yield from self.named("event", number, "schema:Event", f"CONF{number // 10} {2010 + number % 10}")
            yield f"{node('event', number)} {word('schema:superEvent')} {node('venue', number // 10)} ."
        for number in range(20):
            yield from self.named("venue", number, "schema:EventSeries", f"CONF{number}")
        for number in range(100):
            yield from self.named("org", number, "schema:Organization", f"Laboratory {number}")
        for number in range(self.documents):
            yield from self.named("doc", number, "kg:Document", f"Round-up {number}")
            yield f"{node('doc', number)} {word('schema:author')} {node('person', self.zipf(self.people))} ."
            yield f"{node('doc', number)} {word('dcterms:type')} {word('kg:roundUp')} ."
        yield from self.named("extractor", "pen-1", "prov:SoftwareAgent", "pen")
        yield f'{node("extractor", "pen-1")} {word("schema:softwareVersion")} "1" .'

    def label(self, number: int) -> str:
        return f"{WORDS[number % len(WORDS)]} {WORDS[number // len(WORDS) % len(WORDS)]} {number}"

    def named(self, kind: str, number: int | str, type_: str, name: str) -> Iterator[str]:
        yield f"{node(kind, number)} {TYPE} {word(type_)} ."
        yield f'{node(kind, number)} {word("schema:name")} "{name}" .'

    def paper(self, number: int) -> Iterator[str]:
        paper, draw = node("paper", number), self.random
        documents = sorted({self.zipf(self.documents) for _ in range(draw.choice((1, 1, 2, 3)))})
        title = " ".join(draw.choices(WORDS, k=5)).capitalize() + f" {number}"
        yield f"{paper} {TYPE} {word('schema:ScholarlyArticle')} ."
        yield from self.fact(paper, "schema:name", f'"{title}"', documents)
        yield from self.fact(paper, "kg:year", f'"{2010 + number % 15}"^^{word("xsd:integer")}', documents[:1])
        yield from self.fact(paper, "kg:presentedAt", node("event", self.zipf(200)), documents[:1])
        yield from self.fact(paper, "schema:sourceOrganization", node("org", self.zipf(100)), documents[:1])
        for position in range(1, draw.randint(2, 5)):
            yield from self.authorship(paper, number, position, documents[:1])
        for predicate, kind, most in (("kg:addressesTask", 0, 2), ("kg:usesMethod", 1, 3), ("kg:evaluatesOn", 2, 2), ("schema:about", 0, 1)):
            for topic in sorted({self.zipf(self.topics // 4) * 4 + kind for _ in range(draw.randint(1, most))}):
                yield from self.fact(paper, predicate, node("topic", topic), documents)
        if number % 8 == 0:
            yield from self.fact(paper, "kg:introduces", node("topic", number // 8 % (self.topics // 4) * 4 + 1), documents[:1])
        if number % 3 == 0:
            yield from self.result(paper, number, documents[:1])
        if number % 40 == 0:
            yield from self.fact(paper, "kg:receivedAward", node("award", number), documents[:1])
            yield from self.named("award", number, "kg:Award", "Best Paper")
        for document in documents:
            yield f"{node('doc', document)} {word('schema:mentions')} {paper} ."
            yield from self.review(paper, number, document)

    def authorship(self, paper: str, number: int, position: int, documents: list[int]) -> Iterator[str]:
        person = self.zipf(self.people)
        place = node("authorship", f"{number}-{position}")
        yield from self.fact(paper, "kg:authorship", place, documents)
        yield f"{place} {TYPE} {word('kg:Authorship')} ."
        yield f"{place} {word('schema:author')} {node('person', person)} ."
        yield f'{place} {word("schema:position")} "{position}"^^{word("xsd:integer")} .'
        yield f'{place} {word("kg:nameAsWritten")} "Person{person // 50} Family{person % 997}" .'
        yield f"{paper} {word('schema:author')} {node('person', person)} ."

    def result(self, paper: str, number: int, documents: list[int]) -> Iterator[str]:
        result = node("result", number)
        yield from self.fact(paper, "kg:reportsResult", result, documents)
        yield f"{result} {TYPE} {word('kg:Result')} ."
        if number % 2:
            yield f"{result} {word('dcterms:type')} {word('kg:stateOfTheArt')} ."
            return
        yield f"{result} {word('dcterms:type')} {word('kg:absolute')} ."
        yield f'{result} {word("schema:value")} "{self.random.randint(100, 999) / 10}"^^{word("xsd:decimal")} .'
        for predicate, kind in (("kg:onTask", 0), ("kg:ofMethod", 1), ("kg:onDataset", 2), ("kg:metric", 3)):
            yield f"{result} {word(predicate)} {node('topic', self.zipf(self.topics // 4) * 4 + kind)} ."

    def review(self, paper: str, number: int, document: int) -> Iterator[str]:
        review = node("review", f"{document}-{number}")
        yield f"{review} {TYPE} {word('schema:Review')} ."
        yield from self.fact(review, "schema:itemReviewed", paper, [document])
        yield f"{review} {word('schema:isPartOf')} {node('doc', document)} ."
        yield f"{review} {word('kg:sentiment')} {word('kg:' + self.random.choice(SENTIMENTS))} ."
        yield f'{review} {word("schema:positiveNotes")} "It counts, says {document}." .'

    def fact(self, subject: str, predicate: str, value: str, documents: list[int]) -> Iterator[str]:
        """A fact with its claims; one in fifty is denied, so that it has claims only."""
        denied = predicate == "kg:usesMethod" and self.random.random() < 0.02
        if not denied:
            yield f"{subject} {word(predicate)} {value} ."
        for document in documents:
            self.claims += 1
            claim, start = node("claim", self.claims), self.claims * 100
            passage = f"<{ID}doc/{document}#char={start},{start + 90}>"
            yield f"{claim} {TYPE} {word('kg:Claim')} ."
            yield f"{claim} {word('rdf:subject')} {subject} ."
            yield f"{claim} {word('rdf:predicate')} {word(predicate)} ."
            yield f"{claim} {word('rdf:object')} {value} ."
            yield f"{claim} {word('kg:evidence')} {passage} ."
            yield f'{claim} {word("kg:confidence")} "0.{self.random.choice((50, 70, 90))}"^^{word("xsd:decimal")} .'
            yield f"{claim} {word('prov:wasAttributedTo')} {node('extractor', 'pen-1')} ."
            if denied:
                yield f"{claim} {word('kg:stance')} {word('kg:denied')} ."
            yield f"{passage} {TYPE} {word('kg:Passage')} ."
            yield f"{passage} {word('oa:hasSource')} {node('doc', document)} ."
            yield f'{passage} {word("oa:start")} "{start}"^^{word("xsd:integer")} .'
            yield f'{passage} {word("oa:end")} "{start + 90}"^^{word("xsd:integer")} .'
            yield f'{passage} {word("oa:exact")} "A sentence that was made up for claim {self.claims} of this graph, with as many words as people use." .'


def lines(triples: int) -> Iterator[str]:
    """N-Triples lines of a graph of about so many triples."""
    return Graph(triples).lines()


if __name__ == "__main__":
    for line in lines(int(sys.argv[1])):
        print(line)
