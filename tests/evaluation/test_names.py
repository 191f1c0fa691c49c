"""When two ways to write a name count as the same."""

from __future__ import annotations

import pytest

from kg.evaluation import names


@pytest.mark.parametrize(
    ("one", "other"),
    [("Word Embeddings", "word-embedding"), ("naïve Bayes", "Naive bayes"), ("U-Net", "UNet"), ("AT&amp;T", "AT&T"), ("few_shot", "few shot")],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert names.folded(one) == names.folded(other)


@pytest.mark.parametrize(("one", "other"), [("loss", "los"), ("GAN", "GA"), ("C", "C1"), ("MAE", "RMSE")])
def test_two_names(one: str, other: str) -> None:
    assert names.folded(one) != names.folded(other)


def test_parts_of_a_persons_name_in_either_order() -> None:
    assert names.person("Ré, Christopher") == names.person("Christopher Re")
    assert names.person("Ann Lee") != names.person("Ann Leigh")


def test_a_venue_has_no_year() -> None:
    assert names.venue("COUNTCON 2021") == names.venue("CountCon")


@pytest.mark.parametrize(
    "url",
    ["https://arxiv.org/abs/2206.04769v2", "http://www.arxiv.org/pdf/2206.04769.pdf", "arxiv:2206.04769", "https://arxiv.org/abs/2206.04769/"],
)
def test_one_paper_at_arxiv(url: str) -> None:
    assert names.address(url) == "arxiv:2206.04769"


def test_other_addresses() -> None:
    assert names.address("https://doi.org/10.1145/12.AB") == names.address("doi:10.1145/12.ab")
    assert names.address("https://example.org/a?x=1&amp;y=2") == "example.org/a?x=1&y=2"
    assert names.address("https://arxiv.org/list/cs.CL/new") == "arxiv.org/list/cs.cl/new"


@pytest.mark.parametrize(("text", "value"), [("1,234", 1234.0), ("~0.90", 0.9), ("+3.5%", 3.5), ("−2", -2.0), ("a lot", "alot")])
def test_numbers(text: str, value: float | str) -> None:
    assert names.number(text) == value


def test_a_misprint_is_alike_and_a_short_name_must_be_equal() -> None:
    assert names.alike("contrastivelearning", "contrastivelearnin")
    assert not names.alike("vae", "vaes")
    assert not names.alike("contrastivelearning", "federatedlearning")
    assert names.similar("", "x") == 0.0
