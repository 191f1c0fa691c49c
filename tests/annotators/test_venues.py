"""Venues by acronym, long name and evident phrase; words that are venues only where references have them; years."""

from __future__ import annotations

import time

import pytest

from kg.annotators.venues import find_venue, find_venues, find_year


@pytest.mark.parametrize(
    ("text", "words", "key", "year"),
    [
        ("ISMIR2020", "ISMIR", "ismir", 2020),
        ("ICASSP'20", "ICASSP", "icassp", 2020),
        ("NIPS 2013", "NIPS", "neurips", 2013),
        ("CVPR20", "CVPR", "cvpr", 2020),
        ("in AAAI-92, pp. 440-446", "AAAI", "aaai", 1992),
        ("USENIX FAST '16", "FAST", "fast", 2016),
        (
            "IEEE Transactions on Pattern Analysis and Machine Intelligence, 2019",
            "IEEE Transactions on Pattern Analysis and Machine Intelligence",
            "tpami",
            2019,
        ),
        ("proceedings of the 3rd international conference on learning representations: none", None, None, None),
        ("Proceedings of the 21st International Conference on Machine Learning, Banff", "International Conference on Machine Learning", "icml", None),
        ("LeCun et al., Nature 521 (2015)", "Nature", "nature", None),
        ("published in Science, 2019", "Science", "science", 2019),
        ("Proc. of the 3rd Workshop on Weird Things (WWT 2014), Paris", "3rd Workshop on Weird Things", None, 2014),
        ("Nordic Journal of Botany 12", "Nordic Journal of Botany", None, None),
    ],
)
def test_finds(text: str, words: str | None, key: str | None, year: int | None) -> None:
    venue = find_venue(text)
    if words is None:
        assert venue is None
        return
    assert venue is not None
    assert (text[venue.start : venue.end], venue.key, venue.year and venue.year.value) == (words, key, year)


@pytest.mark.parametrize(
    "text",
    [
        "Science is hard and Nature too",
        "we use FAST corners",
        "Interactions between cells and speech",
        "Deep Learning for Image and Vision Computing",
        "We ran a workshop on this at home",
        "https://example.org/ICASSP/2020",
    ],
)
def test_leaves_ordinary_words(text: str) -> None:
    assert find_venues(text) == []


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("pp. 1998–2010, May 1997.", 1997),
        ("doi:10.1109/ICASSP.2019.868 (2020)", 2020),
        ("founded 1999 (2004)", 2004),
        ("arXiv:1906.02569", None),
        ("ICML-97", 1997),
        ("2,010 songs at 2000.5 Hz", None),
        ("2019年", 2019),
        ("1994a", 1994),
    ],
)
def test_finds_the_year(text: str, year: int | None) -> None:
    found = find_year(text)
    assert (found.value if found else None) == year


@pytest.mark.parametrize(
    "seed", ["International ", "Conference on ", "Journal of A ", "Transactions on Networking of ", "ISMIR 2020, ", "A-", "(", "2019 "]
)
def test_time_is_bounded(seed: str) -> None:
    text = seed * (100_000 // len(seed))
    begun = time.process_time()
    find_venues(text)
    find_year(text)
    assert time.process_time() - begun < 1.0
