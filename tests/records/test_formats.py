"""One made-up paper in every format gives one record, and the same one."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from kg.errors import InputError, UnknownFormat
from kg.records import formats, jsonvalues, stream, tex
from kg.records.record import Record
from tests.records import samples

Read = Callable[..., list[Record]]


@pytest.mark.parametrize("name", samples.ALL)
def test_every_format_is_told_by_its_content(name: str, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(samples.ALL[name], "utf-8")
    assert formats.recognised(path).name == name


def test_there_is_a_sample_of_every_format() -> None:
    assert {one.name for one in formats.FORMATS} == set(samples.ALL)


@pytest.mark.parametrize("name", samples.ALL)
def test_title_year_and_identifier(name: str, records: Read) -> None:
    (record,) = records(samples.ALL[name])
    assert record.title == samples.TITLE
    assert record.year == 2020
    assert "doi:10.1234/moss.5" in record.identifiers
    assert record.key
    assert record.whole


@pytest.mark.parametrize("name", samples.ALL)
def test_people_in_their_order(name: str, records: Read) -> None:
    (record,) = records(samples.ALL[name])
    names = [author.name.removesuffix(" Jr.") for author in record.authors]
    assert names in (["Ana Pino", "Yuki Müller"], ["Pino, Ana", "Müller, Yuki"])


@pytest.mark.parametrize("name", sorted({*samples.ALL} - {"arxiv-feed", "arxiv"}))
def test_where_it_came_out(name: str, records: Read) -> None:
    assert records(samples.ALL[name])[0].venue == "Journal of Moss"


@pytest.mark.parametrize("name", ["openalex", "crossref", "dblp"])
def test_orcid(name: str, records: Read) -> None:
    assert [author.orcid for author in records(samples.ALL[name])[0].authors] == [samples.ORCID, ""]


@pytest.mark.parametrize("name", ["openalex", "crossref", "arxiv-feed"])
def test_affiliations(name: str, records: Read) -> None:
    assert [author.affiliations for author in records(samples.ALL[name])[0].authors] == [("Moss University",), ()]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, bz2.compress, zstandard.compress, bytes])
@pytest.mark.parametrize("name", ["arxiv", "bibtex", "dblp"])
def test_packed_files_are_unpacked(name: str, pack: Callable[[bytes], bytes], records: Read) -> None:
    assert records(pack(samples.ALL[name].encode()))[0].title == samples.TITLE


def test_frames_that_follow_each_other(records: Read) -> None:
    packed = zstandard.compress(samples.ARXIV.encode()) + zstandard.compress(samples.ARXIV.replace("2001.01234", "2001.99999").encode())
    assert [record.key for record in records(packed)] == ["2001.01234", "2001.99999"]


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(samples.ARXIV.encode() * 50)[:-20])
    with pytest.raises(InputError, match="cannot be read"), stream.opened(path) as data:
        data.read()


def test_an_unknown_format_is_answered_with_those_that_there_are(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Just some words.")
    with pytest.raises(UnknownFormat, match=r"arxiv, .*bibtex"):
        formats.recognised(path)


def test_a_broken_line_is_passed_over(records: Read) -> None:
    assert [record.key for record in records(samples.ARXIV + '{"id": "2001.0' + "\n" + samples.ARXIV)] == ["2001.01234", "2001.01234"]


@pytest.mark.parametrize(
    "content",
    [
        [samples.CROSSREF_ITEM],
        {"items": [samples.CROSSREF_ITEM]},
        {"status": "ok", "message": {"items": [samples.CROSSREF_ITEM]}},
        {"status": "ok", "message": samples.CROSSREF_ITEM},
        samples.CROSSREF_ITEM,
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_crossref_in_all_its_wrappings(content: object, indent: int | None, records: Read) -> None:
    assert [record.key for record in records(json.dumps(content, indent=indent))] == ["10.1234/moss.5"]


def test_json_that_ends_too_early_names_the_line(records: Read) -> None:
    with pytest.raises(InputError, match="line"):
        records(json.dumps([samples.CROSSREF_ITEM], indent=1)[:-4])


def test_a_value_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch, records: Read) -> None:
    monkeypatch.setattr(jsonvalues, "LIMIT", 100)
    with pytest.raises(InputError, match="a record a line"):
        records(json.dumps([samples.CROSSREF_ITEM], indent=1))


def test_and_others_means_that_the_list_is_not_whole(records: Read) -> None:
    (record,) = records(samples.BIBTEX.replace("and\n", "and others and\n"))
    assert not record.whole
    assert len(record.authors) == 2


def test_a_list_that_openalex_cut_is_not_whole(records: Read) -> None:
    assert not records(samples.OPENALEX.replace('"is_authors_truncated": false', '"is_authors_truncated": true'))[0].whole


def test_the_anthology_is_known_by_its_addresses(records: Read) -> None:
    (record,) = records(samples.BIBTEX.replace("year =", 'url = "https://aclanthology.org/2020.moss-1.5/",\n    year ='))
    assert (record.catalogue, record.key) == ("ACL Anthology", "2020.moss-1.5")


def test_a_preprint_of_dblp_has_no_venue(records: Read) -> None:
    assert not records(samples.DBLP.replace("Journal of Moss", "CoRR"))[0].venue


def test_entities_cannot_be_blown_up(records: Read) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE dblp [<!ENTITY a "'
        + "x" * 1000
        + '">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 50}">' for n in range(8))
    )
    with pytest.raises(InputError, match="broken XML"):
        records(f"{bomb}]><dblp><article key='k'><title>&i;</title></article></dblp>")


@pytest.mark.parametrize(
    ("written", "seen"),
    [("Erd\\H{o}s numbers", "Erdős numbers"), ("Poincar\\'e", "Poincaré"), ("100% sure", "100% sure"), ("{B}ayes \\& co", "Bayes & co")],
)
def test_tex_in_titles(written: str, seen: str) -> None:
    assert tex.plain(written) == seen


def test_a_quick_look_sees_through_accents() -> None:
    assert tex.rough("M{\\\"u}ller and Poincar\\'e") == "Muller and Poincare"


def test_a_volume_that_stands_elsewhere_gives_venue_and_year(records: Read) -> None:
    entries = """
@inproceedings{moss1, title = {Moss by Night}, author = {Lund, Ida}, crossref = {Flora20}}
@inproceedings{moss2, title = {Moss by Day}, author = {Vik, Per}, crossref = "FLORA20", year = 2021, booktitle = {Workshop on Moss}}
@inproceedings{moss3, title = {Moss by Dusk}, author = {Vik, Per}, crossref = {nowhere}}
@proceedings{flora20, title = {Flora Conference}, year = 2020, doi = {10.1234/flora.20}}
"""
    found = {record.key: (record.venue, record.year, record.identifiers) for record in records(entries)}
    assert found["moss1"] == ("Flora Conference", 2020, ())
    assert found["moss2"] == ("Workshop on Moss", 2021, ())
    assert found["moss3"] == ("", None, ())
