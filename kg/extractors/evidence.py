"""Makes the evidence of a fact: the words themselves, who read them and how sure that is."""

from __future__ import annotations

from kg.extractors.calibration import calibrated
from kg.model import Document, Evidence, Span, Stance
from kg.protocols import Extractor


def evidence(document: Document, span: Span, extractor: Extractor, confidence: float = 0.9, stance: Stance = "asserted") -> Evidence:
    """The passage `span` as found by one version of one extractor; `confidence` is the rule's, and becomes what it proved worth."""
    worth = round(calibrated(extractor.name, confidence), 2)
    return Evidence(document.name, span, document.quote(span), f"{extractor.name}/{extractor.version}", stance, worth)
