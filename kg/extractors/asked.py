"""Asks a language model, where one is named, what a passage says of its paper, and believes only what stands in that passage.

Off unless `KG_ASK_URL` holds the address of an endpoint for chat completions (https://platform.openai.com/docs/api-reference/chat), as
servers of local models offer it too; `KG_ASK_MODEL` names the model, and `KG_ASK_KEY` is sent as its bearer token.  What it answers passes
the gate of all facts: a quote that is not the text's, or a name that is not in the quote, is refused.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from kg import identity
from kg.errors import GraphError
from kg.extractors.evidence import evidence
from kg.model import Block, Document, Entity, Entry, Fact, Finding, Mention, Rejected, Span
from kg.stores.http import Client

URL, MODEL, KEY = "KG_ASK_URL", "KG_ASK_MODEL", "KG_ASK_KEY"
_RELATIONS = {
    "task": ("kg:addressesTask", "Task"),
    "method": ("kg:usesMethod", "Method"),
    "dataset": ("kg:evaluatesOn", "Dataset"),
    "introduces": ("kg:introduces", "Method"),
}
_MOST = 40  # answers on one passage that are looked at
_LONGEST = 6_000  # characters of a passage that are sent
_ORDER = (
    "You read one passage of a review of a scientific paper. Answer with JSON only: a list of objects with the keys relation, name and quote. "
    f"relation is one of {', '.join(_RELATIONS)}; name is the thing's name as the passage writes it; quote is the sentence of the passage that "
    "says so, copied to the letter. Leave out what the passage does not say."
)


class Asked:
    """What a model says of each paper that the document presents; silent unless an endpoint is named."""

    name = "asked"
    version = "1"
    requires = (Block, Entry, Mention)

    def __call__(self, document: Document) -> Iterator[Finding]:
        address = os.environ.get(URL)
        if address:
            for entry in document.marks(Entry):
                if entry.role == "reviewed":
                    for span in entry.body:
                        yield from self._passage(document, entry.paper, span, address)

    def _passage(self, document: Document, paper: Entity, span: Span, address: str) -> Iterator[Finding]:
        try:
            answers = _answers(address, document.view(span).text[:_LONGEST])
        except GraphError as error:
            yield Rejected(evidence(document, span, self, 0.1), f"the model gave no answer that can be read: {error}")
            return
        for answer in answers[:_MOST]:
            yield self._finding(document, paper, span, answer)

    def _finding(self, document: Document, paper: Entity, span: Span, answer: object) -> Finding:
        """A fact, if the passage holds the quote, the quote holds the name, and the relation is one that was asked for."""
        relation, name, quote = (_text(answer, field) for field in ("relation", "name", "quote"))
        view = document.view(span)
        start = view.text.find(quote) if quote else -1
        if relation not in _RELATIONS:
            return Rejected(evidence(document, span, self, 0.1), "the model named a relation that was not asked for")
        if start < 0:
            return Rejected(evidence(document, span, self, 0.1), "the model quoted what the passage does not say")
        place = view.span(start, start + len(quote))
        if not name or name not in quote or len(name) > 100:
            return Rejected(evidence(document, place, self, 0.1), "the model named what its quote does not name")
        predicate, kind = _RELATIONS[relation]
        begin = view.text.index(name, start)
        return Fact(paper, predicate, _concept(document, view.span(begin, begin + len(name)), name, kind), evidence(document, place, self, 0.6))


def _concept(document: Document, place: Span, name: str, kind: str) -> Entity:
    """The concept that the document's own reading has at that place, or a new one."""
    known = (mark.entity for mark in document.marks(Mention) if mark.span == place)
    return next(known, None) or identity.topic(name, kind)


def _answers(address: str, passage: str) -> list[object]:
    """The list that a model answers with.  `GraphError` if the endpoint is away, refuses, or says something else."""
    said = {"model": os.environ.get(MODEL, ""), "temperature": 0, "seed": 0}
    said["messages"] = [{"role": "system", "content": _ORDER}, {"role": "user", "content": passage}]
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key := os.environ.get(KEY):
        headers["Authorization"] = f"Bearer {key}"
    response = Client(address).send(f"{address.rstrip('/')}/chat/completions", json.dumps(said).encode(), headers)
    if response.status != 200:
        raise GraphError(f"it answered with status {response.status}; look at {URL}, {MODEL} and {KEY}")
    try:
        content = json.loads(response.body)["choices"][0]["message"]["content"]
        found: Any = json.loads(content[content.index("[") : content.rindex("]") + 1])
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise GraphError("it did not answer with a JSON list") from error
    return list(found)


def _text(answer: object, field: str) -> str:
    value = answer.get(field) if isinstance(answer, dict) else None
    return value if isinstance(value, str) else ""
