"""Numbers that are results are told from those that are not; praise from blame; the writer's voice from the paper's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.extractors.affiliations import organizations
from kg.extractors.aspects import aspects
from kg.extractors.figures import figures
from kg.extractors.judgements import judged
from kg.extractors.lexicon import languages
from kg.extractors.ratings import best, points, rating
from kg.extractors.stance import stance
from kg.extractors.voice import own_claim


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an accuracy of 95.3% in 2020", [("95.3", None, "%")]),
        ("gains of 1%-18% and 10 to 20 dB", [("1", "18", "%"), ("10", "20", "dB")]),
        ("18.02% and 3.25% error rate", [("18.02", None, "%"), ("3.25", None, "%")]),
        ("10% of the labelled data, 51k clips, 44.1 kHz, 3 GPUs, see [12] and Table 4", []),
        ("2.5x faster and 1,024.5 points", [("2.5", None, "x"), ("1024.5", None, "points")]),
        ("a version v1.2 and MAP@500", []),
        ("10,7 × 11,3 (HR 0,95; IC95% 0,69–0,90)", [("10.7", None, None), ("11.3", None, None), ("0.95", None, None)]),
        ("12 Monate, 400 pacientes", []),
    ],
)
def test_numbers_that_can_be_results(text: str, found: list[tuple[str, str | None, str | None]]) -> None:
    expected = [(Decimal(low), Decimal(high) if high else None, unit) for low, high, unit in found]
    assert [(figure.low, figure.high, figure.unit) for figure in figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "praise", "blame"),
    [
        ("A beautiful and clever paper.", True, False),
        ("I wasn't impressed, the evaluation is unconvincing.", False, True),
        ("Not a great paper.", False, True),
        ("Impressive, although the vocals are noisy.", True, True),
        ("We propose an elegant and impressive method.", False, False),
        ("It is trained on weak labels with non-trivial negative examples.", False, False),
        ("It won the best paper award.", False, False),
        ("Sehr spannend und lesenswert.", True, False),
        ("Una lectura fascinante.", True, False),
        ("The method has two stages.", False, False),
        ("Not only elegant but convincing.", True, False),
        ("One can hardly call it slipshod.", True, False),
        ("The maths is pretty, the numbers are not.", True, True),
        ("Les résultats sont élégants, mais la comparaison est expédiée.", True, True),
        ("思路巧妙，可惜没有消融。", True, True),
        ("発想は面白いが、音質はまだ物足りない。", True, True),
    ],
)
def test_praise_and_blame(text: str, praise: bool, blame: bool) -> None:
    judgement = judged(text)
    assert (judgement.praise > 0, judgement.blame > 0) == (praise, blame)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("It does not outperform BERT", "outperform", "denied"),
        ("It could outperform BERT", "outperform", "hedged"),
        ("It outperforms BERT", "outperform", "asserted"),
    ],
)
def test_stance_is_told_by_the_words_before(text: str, word: str, expected: str) -> None:
    assert stance(text, text.index(word)) == expected


def test_the_papers_voice_is_not_the_writers() -> None:
    assert own_claim("In this paper, we propose a model.")
    assert not own_claim("I like how the authors propose a model.")


@pytest.mark.parametrize(
    ("text", "share"),
    [("★★★★☆", 0.8), ("Rating: 3/10", 0.3), ("Two stars.", 0.4), ("Recommendation: strong accept", 1.0), ("Borderline.", 0.5), ("Grade: C", 0.5)],
)
def test_a_mark_is_a_share_of_the_best_mark(text: str, share: float) -> None:
    mark = rating(text)
    assert mark
    assert mark.share == share


@pytest.mark.parametrize("text", ["We ran it on 3/4 of the data.", "A score of 5.", "They accept any input.", "12/10/2021"])
def test_not_every_number_is_a_mark(text: str) -> None:
    assert rating(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "What a brilliant way to waste a budget.", "Amazing that it got accepted.", "Impressive, if one overlooks the baselines.",
        "Congratulations, you have reinvented the average.", "The best part of the paper is the acknowledgements.",
    ],
)  # fmt: skip
def test_mockery_is_never_praise(text: str) -> None:
    judgement = judged(text)
    assert judgement.praise == 0
    assert 0 < judgement.blame < 1


def test_faint_praise_weighs_less() -> None:
    assert 0 < judged("At least the examples are excellent.").praise < judged("The examples are excellent.").praise


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The writing is clear, but the baselines are weak.", [("clarity", True), ("evaluation", False)]),
        ("A very original idea.", [("novelty", True)]),
        ("Sadly irreproducible.", [("reproducibility", False)]),
        ("Hervorragend geschrieben, leider ohne Quelltext.", [("clarity", True), ("reproducibility", False)]),
        ("写得很好，但实验太少。", [("clarity", True), ("evaluation", False)]),
        ("It uses three datasets.", []),
    ],
)
def test_what_is_judged(text: str, told: list[tuple[str, bool]]) -> None:
    spoken = languages(text) | {"de"} if "ohne" in text else languages(text)
    judgement = judged(text, spoken)
    assert aspects(text, judgement.praise, judgement.blame, spoken) == told


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("NEC Labs and Carnegie Mellon researchers solve it.", {"NEC Labs", "Carnegie Mellon"}),
        ("A team from the University of Nova Gorica wrote it.", {"University of Nova Gorica"}),
        ("Une équipe de l'Université de Montréal.", {"Université de Montréal"}),
        ("Google's Jane Doe and John Roe explain the basics.", {"Google"}),
        ("An AUC of 0.63 at Michigan Medicine.", set()),
        ("They use models by Google for it.", set()),
        ("Amazon's Highly Available Key Store (2007).", set()),
    ],
)
def test_where_a_work_is_from(text: str, names: set[str]) -> None:
    assert {name for name, _ in organizations(text)} == names


@pytest.mark.parametrize(
    "text",
    [
        "Die Autoren zeigen, dass der Index nur ein Drittel des Speichers braucht, was für kleine Systeme wichtig ist.",
        "Un réseau léger est obtenu par distillation, et le modèle est entraîné sur deux corpus.",
        "El modelo se entrena con dos conjuntos de datos y solo se necesita un tercio de la memoria.",
        "Si studia come gli utenti reagiscono ai consigli del sistema.",
        "模型在两个数据集上训练，准确率达到91%。",
        "推薦結果に対する利用者の反応を調べている。",
        "사용자가 추천 결과에 어떻게 반응하는지 조사한다.",
        "Users were asked whether they liked the recommendations that the system gave them.",
        "Noise is added to the gradient so that no single record can be recognised.",
    ],
)
def test_describing_is_no_judgement_in_any_language(text: str) -> None:
    judgement = judged(text)
    assert (judgement.praise, judgement.blame) == (0, 0)


def test_a_scale_is_told_by_all_marks_of_a_document() -> None:
    assert [points(text) for text in ("Rating: 4", "Score: 8.", "Accuracy: 4", "Rating: 4 of the tasks")] == [4, 8, None, None]
    assert [best(marks) for marks in ([4.0], [4.0, 2.0], [4.0, 8.0], [40.0, 85.0])] == [None, 5, 10, 100]
