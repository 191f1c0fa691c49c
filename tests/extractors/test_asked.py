"""A language model may be asked, and is believed in nothing that the passage does not say: a server here answers badly on purpose."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg import fingerprint, pipeline
from kg.extractors.asked import MODEL, URL, Asked
from kg.model import Document, Fact, Finding, Rejected
from kg.stores import http

NOTE = """# Two notes

## [Attention Is All You Need](https://arxiv.org/abs/1706.03762)

Ashish Vaswani et al., NeurIPS 2017

They throw recurrence away and keep attention. It is tried on the WMT 2014 news task.
"""
QUOTE = "It is tried on the WMT 2014 news task."


class Model:
    """A server on loopback whose answers a test sets."""

    def __init__(self) -> None:
        self.content, self.status, self.asked = "[]", 200, list[dict[str, object]]()
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                model.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                body = json.dumps({"choices": [{"message": {"content": model.content}}]}).encode()
                self.send_response(model.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    found = Model()
    monkeypatch.setenv("KG_ASK_URL", found.url)
    monkeypatch.setattr(http, "PAUSES", ())
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def note(tmp_path: Path) -> Document:
    path = tmp_path / "note.md"
    path.write_text(NOTE, encoding="utf-8")
    return pipeline.annotate(pipeline.read(path))


def answered(model: Model, note: Document, *answers: object) -> list[Finding]:
    model.content = json.dumps(list(answers))
    return list(Asked()(note))


def test_nobody_is_asked_by_default(note: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_ASK_URL", raising=False)
    assert list(Asked()(note)) == []


def test_what_the_passage_says_is_a_fact_with_its_sentence(model: Model, note: Document) -> None:
    (finding,) = answered(model, note, {"relation": "dataset", "name": "WMT 2014", "quote": QUOTE})
    assert isinstance(finding, Fact)
    assert (finding.predicate, finding.evidence.quote, finding.evidence.extractor) == ("kg:evaluatesOn", QUOTE, "asked/1")
    assert note.quote(finding.evidence.span) == QUOTE


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"relation": "dataset", "name": "ImageNet", "quote": "It is tried on ImageNet."}, "quoted what the passage does not say"),
        ({"relation": "dataset", "name": "ImageNet", "quote": QUOTE}, "named what its quote does not name"),
        ({"relation": "dataset", "name": "", "quote": QUOTE}, "named what its quote does not name"),
        ({"relation": "owl:sameAs", "name": "WMT 2014", "quote": QUOTE}, "relation that was not asked for"),
        ({"relation": "dataset", "name": ["WMT 2014"], "quote": QUOTE}, "named what its quote does not name"),
        ({"relation": "dataset", "name": "WMT 2014", "quote": ""}, "quoted what the passage does not say"),
        ("WMT 2014", "relation that was not asked for"),
        (None, "relation that was not asked for"),
    ],
)
def test_what_it_makes_up_is_refused(model: Model, note: Document, answer: object, reason: str) -> None:
    (finding,) = answered(model, note, answer)
    assert isinstance(finding, Rejected)
    assert reason in finding.reason


@pytest.mark.parametrize("content", ["", "I would rather not.", "{}", "[", "[1, 2", "]["])
def test_what_is_no_list_is_refused(model: Model, note: Document, content: str) -> None:
    model.content = content
    (finding,) = Asked()(note)
    assert isinstance(finding, Rejected)
    assert "did not answer with a JSON list" in finding.reason


def test_a_server_that_fails_costs_no_other_fact(model: Model, note: Document) -> None:
    model.status = 500
    findings = pipeline.extract(note)
    assert any(isinstance(finding, Rejected) and "status 500" in finding.reason for finding in findings)
    assert any(isinstance(finding, Fact) for finding in findings)


def test_a_flood_is_cut(model: Model, note: Document) -> None:
    assert len(answered(model, note, *[None] * 10_000)) == 40


def test_the_passage_is_sent_and_no_more(model: Model, note: Document) -> None:
    answered(model, note)
    (asked,) = model.asked
    messages = asked["messages"]
    assert isinstance(messages, list)
    assert QUOTE in messages[1]["content"]
    assert "arxiv" not in json.dumps(messages)


@pytest.mark.parametrize("setting", [URL, MODEL])
def test_another_model_is_another_reading(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.delenv(setting, raising=False)
    before = fingerprint.of_reading.__wrapped__()
    monkeypatch.setenv(setting, "http://127.0.0.1:1/v1")
    assert fingerprint.of_reading.__wrapped__() != before
