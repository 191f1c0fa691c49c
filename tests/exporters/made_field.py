"""A made field of research of about as many things as asked for: groups of papers around topics, judged by people who do not all agree."""

from __future__ import annotations

import random

import pyoxigraph as ox

from kg.identity import BASE
from kg.ontology import PREFIXES, expand

HOSTILE = "Attention</script><script>window.pwned=1</script><img src=x onerror=pwned()> & \"more\" 'quotes' {{x}} ${y} `z`"
AREAS = ("coral mapping", "bird song", "glacier flow", "bread crumb", "tram delay", "moss growth", "kite flight", "tide pools")
THINGS_OF_A_PAPER = 2.5
PAPERS_OF_A_DOCUMENT = 12
OPINIONS = ("positive", "positive", "mixed", "negative", "neutral")


class Field:
    """Triples under way.  The first paper has a hostile title, an award, a result, code and two reviewers who disagree."""

    def __init__(self, things: int) -> None:
        self.random = random.Random(7)
        self.triples: list[ox.Triple] = []
        self.papers = max(20, round(things / THINGS_OF_A_PAPER))
        self.documents = max(4, self.papers // PAPERS_OF_A_DOCUMENT)
        self.areas = AREAS[: max(2, min(len(AREAS), self.papers // 12))]
        self.said = 0

    def make(self) -> list[ox.Triple]:
        for number in range(self.documents):
            self.document(number)
        for number in range(self.papers):
            self.paper(number)
        self.wide()
        return self.triples

    def add(self, subject: str, predicate: str, value: str | ox.Literal) -> None:
        object_ = value if isinstance(value, ox.Literal) else ox.NamedNode(value)
        self.triples.append(ox.Triple(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), object_))

    def named(self, path: str, kind: str, name: str) -> str:
        self.add(BASE + path, "rdf:type", expand(kind))
        self.add(BASE + path, "schema:name", ox.Literal(name))
        return BASE + path

    def topic(self, area: str, kind: str, number: int) -> str:
        topic = f"{BASE}topic/{area.replace(' ', '-')}-{kind.lower()}-{number}"
        self.add(topic, "rdf:type", expand(f"kg:{kind}"))
        self.add(topic, "rdf:type", expand("skos:Concept"))
        self.add(topic, "skos:prefLabel", ox.Literal(f"{area} {kind.lower()} {number}"))
        return topic

    def document(self, number: int) -> None:
        document = self.named(f"doc/round-up-{number}", "kg:Document", f"Round-up {number}")
        self.add(document, "schema:author", self.named(f"person/reader-{number % 9}", "schema:Person", f"Reader {'ABCDEFGHI'[number % 9]}"))
        self.add(document, "schema:datePublished", ox.Literal(f"20{10 + number % 14}-05-01", datatype=ox.NamedNode(f"{PREFIXES['xsd']}date")))

    def paper(self, number: int) -> None:
        area = self.areas[number % len(self.areas)]
        title = HOSTILE if number == 0 else f"{area.capitalize()} study {number}"
        paper = self.named(f"paper/study-{number}", "schema:ScholarlyArticle", title)
        year = 2010 + number % 14
        self.add(paper, "kg:year", ox.Literal(year))
        event = self.named(f"event/meet-{year}", "schema:Event", f"MEET {year}")
        document = number // PAPERS_OF_A_DOCUMENT % self.documents
        self.fact(paper, "kg:presentedAt", event, document)
        for kind, predicate, most in (("Task", "kg:addressesTask", 2), ("Method", "kg:usesMethod", 3), ("Dataset", "kg:evaluatesOn", 1)):
            for choice in {int(self.random.random() ** 2 * (3 + self.papers // 16)) for _ in range(most)}:
                self.fact(paper, predicate, self.topic(area, kind, choice), document)
        self.authors(paper, number, document)
        self.review(paper, number, document)
        if number % 9 == 0:
            self.review(paper, number, (document + 1) % self.documents)
        if number % 7 == 0:
            self.extras(paper, number, area, document)

    def authors(self, paper: str, number: int, document: int) -> None:
        for position in (1, 2):
            person = self.named(f"person/author-{(number * position) // 3}", "schema:Person", f"Author {(number * position) // 3}")
            place = f"{BASE}authorship/{number}-{position}"
            self.add(place, "rdf:type", expand("kg:Authorship"))
            self.add(place, "schema:author", person)
            self.add(place, "schema:position", ox.Literal(position))
            self.fact(paper, "kg:authorship", place, document)
            self.add(paper, "schema:author", person)

    def review(self, paper: str, number: int, document: int) -> None:
        source = f"{BASE}doc/round-up-{document}"
        review = f"{BASE}review/{number}-{document}"
        opinion = ("positive", "negative")[document % 2] if number == 0 else self.random.choice(OPINIONS)
        self.add(source, "schema:mentions", paper)
        self.add(review, "rdf:type", expand("schema:Review"))
        self.add(review, "schema:isPartOf", source)
        self.add(review, "kg:sentiment", expand(f"kg:{opinion}"))
        self.add(review, "schema:positiveNotes", ox.Literal("It counts with care."))
        self.add(review, "schema:reviewBody", ox.Literal(f"I read study {number}. It counts with care."))
        self.fact(review, "schema:itemReviewed", paper, document)

    def extras(self, paper: str, number: int, area: str, document: int) -> None:
        result, award, code = f"{BASE}result/{number}", f"{BASE}award/{number}", f"https://example.org/code/{number}"
        self.add(result, "rdf:type", expand("kg:Result"))
        self.add(result, "dcterms:type", expand("kg:absolute"))
        self.add(result, "kg:onDataset", self.topic(area, "Dataset", 0))
        self.add(result, "kg:metric", self.topic(area, "Metric", 0))
        self.add(result, "kg:ofMethod", self.topic(area, "Method", 0))
        self.add(result, "schema:value", ox.Literal(f"{60 + number % 39}.5", datatype=ox.NamedNode(f"{PREFIXES['xsd']}decimal")))
        self.fact(paper, "kg:reportsResult", result, document)
        self.named(f"award/{number}", "kg:Award", "Best Paper")
        self.fact(paper, "kg:receivedAward", award, document)
        self.add(code, "rdf:type", expand("kg:Resource"))
        self.add(code, "dcterms:type", expand("kg:code"))
        self.fact(paper, "kg:hasResource", code, document)
        self.fact(paper, "schema:description", ox.Literal(f"The authors propose a way to count {number} things."), document)

    def wide(self) -> None:
        """One topic over all tasks of an area, a comparison that is denied, and two that contradict each other, of which one is doubted."""
        for area in self.areas:
            for number in range(3):
                self.add(self.topic(area, "Task", number), "skos:broader", self.topic(area, "Task", 0)) if number else None
        first, second, third = (self.topic(self.areas[0], "Method", number) for number in range(3))
        denied = self.fact(first, "kg:outperforms", second, 0, asserted=False)
        self.add(denied, "kg:stance", expand("kg:denied"))
        self.fact(first, "kg:outperforms", third, 1)
        self.fact(third, "kg:outperforms", first, 2)
        doubted = self.fact(third, "kg:outperforms", first, 3)
        self.add(doubted, "kg:stance", expand("kg:hedged"))

    def fact(self, subject: str, predicate: str, value: str | ox.Literal, document: int, asserted: bool = True) -> str:
        """A fact with its claim and its sentence."""
        self.said += 1
        claim, passage = f"{BASE}claim/{self.said}", f"{BASE}doc/round-up-{document}#char={self.said * 100},{self.said * 100 + 60}"
        if asserted:
            self.add(subject, predicate, value)
        self.add(claim, "rdf:type", expand("kg:Claim"))
        self.add(claim, "prov:wasAttributedTo", self.named("extractor/made", "prov:SoftwareAgent", "made"))
        for part, node in (("rdf:subject", subject), ("rdf:predicate", expand(predicate)), ("rdf:object", value), ("kg:evidence", passage)):
            self.add(claim, part, node)
        self.add(claim, "kg:confidence", ox.Literal(f"0.{50 + self.said % 45}", datatype=ox.NamedNode(f"{PREFIXES['xsd']}decimal")))
        self.add(passage, "rdf:type", expand("kg:Passage"))
        self.add(passage, "oa:hasSource", f"{BASE}doc/round-up-{document}")
        self.add(passage, "oa:start", ox.Literal(self.said * 100))
        self.add(passage, "oa:exact", ox.Literal(f"Sentence {self.said} of round-up {document} says so."))
        return claim


def made_field(things: int) -> list[ox.Triple]:
    """The triples of a field, the same for the same number."""
    return Field(things).make()
