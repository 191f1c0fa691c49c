"""The vocabulary holds together: a name means one topic, nothing is broader than itself, every topic has its place, languages keep their tags."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from kg import ontology, pipeline, rdf
from kg.annotators import vocabulary
from kg.identity import BASE

CONCEPTS = {concept.key: concept for concept in ontology.concepts()}


def test_a_name_means_one_topic_unless_words_beside_it_tell() -> None:
    called: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    for key, labels in vocabulary.labels().items():
        for label in labels:
            if not label.cues:
                called[key, label.written].add(label.entity.key)
    assert {key: topics for key, topics in called.items() if len(topics) > 1} == {}


def test_what_is_broader_is_there_and_leads_up() -> None:
    for concept in CONCEPTS.values():
        seen, above = {concept.key}, list(concept.broader)
        while above:
            key = above.pop()
            assert key in CONCEPTS, f"{concept.key} is under {key}, which is no topic"
            assert key != concept.key, f"{key} is under itself"
            above += [other for other in CONCEPTS[key].broader if other not in seen]
            seen.add(key)


def test_names_keep_their_language(tmp_path: Path) -> None:
    path = tmp_path / "notizen.md"
    path.write_text("# Notizen\n\n## [Möwen hören](https://example.org/a.pdf)\n\nEin neuronales Netz für die Spracherkennung.\n", encoding="utf-8")
    document = pipeline.annotate(pipeline.read(path))
    lines = rdf.lines(document, [fact for fact in pipeline.extract(document) if hasattr(fact, "predicate")])
    topic = f"<{BASE}topic/automatic-speech-recognition>"
    assert f'{topic} <{ontology.PREFIXES["skos"]}altLabel> "Spracherkennung"@de .' in lines
    assert f'{topic} <{ontology.PREFIXES["skos"]}prefLabel> "automatic speech recognition"@en .' in lines


def test_common_topics_are_found_in_seven_languages() -> None:
    told = {
        "de": "bestärkendes Lernen", "fr": "apprentissage par renforcement", "es": "aprendizaje por refuerzo", "zh": "基于强化学习的方法",
        "ja": "強化学習を用いて", "ko": "강화 학습을 사용한다", "en": "reinforcement learning",
    }  # fmt: skip
    found = {language: {label.entity.key for hit in vocabulary.hits(text) for label in hit.labels} for language, text in told.items()}
    assert {language for language, keys in found.items() if "reinforcement-learning" in keys} == set(told)
