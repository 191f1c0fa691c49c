"""Archives give their documents, and nothing that is too much or out of place."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kg.errors import InputError, TooLarge
from kg.readers import archive
from kg.spool import spooled
from tests.readers.containers import zipped

SUFFIXES = {".md", ".html", ".zip"}


def found(data: bytes) -> list[tuple[str, bytes]]:
    return [(member.locator, member.data) for member in archive.members(data, "a.zip", SUFFIXES)]


def test_members_come_by_name() -> None:
    data = zipped({"b.md": "B", "sub/a.html": "A", "c.exe": "no", ".hidden.md": "no", "__MACOSX/a.md": "no", "deep.zip": "no"})
    assert found(data) == [("a.zip/b.md", b"B"), ("a.zip/sub/a.html", b"A")]


def test_members_never_leave_their_folder(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"../../evil.md": "no", "/etc/evil.md": "absolute", "ok.md": "yes", "..\\evil.md": "backslash"}))
    spool = tmp_path / "spool"
    spool.mkdir()
    sources = spooled([tmp_path / "a.zip"], spool, SUFFIXES, allow_net=False)
    assert all(source.path.resolve().is_relative_to(spool) for source in sources)
    assert set(tmp_path.rglob("*.md")) == {source.path for source in sources}
    assert not list(tmp_path.parent.glob("evil*"))


def test_a_bomb_is_refused() -> None:
    with pytest.raises(TooLarge, match="times its size"):
        found(zipped({"bomb.md": "0" * 9_000_000}))


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped({"a.md": "0" * 20_000_000}))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.index(mark) + place
        data[start : start + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(InputError):
        found(bytes(data))


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    with pytest.raises(TooLarge, match="the limit is 2"):
        found(zipped({f"{number}.md": "x" for number in range(3)}))


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 10)
    with pytest.raises(TooLarge, match="more than 10 bytes"):
        found(zipped({"a.md": "123456", "b.md": "123456"}))


def test_damage_is_told() -> None:
    data = bytearray(zipped({"a.md": "some words that are long enough to be packed"}))
    data[40] ^= 0xFF
    with pytest.raises(InputError, match="cannot be unpacked"):
        found(bytes(data))


def test_an_archive_that_is_none_stays_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 broken")
    sources = spooled([path], tmp_path, SUFFIXES, allow_net=False)
    assert [source.path for source in sources] == [path]
    with pytest.raises(InputError, match="cannot be unpacked"):
        archive.ZipReader().read(path.read_bytes(), "a.zip")


def test_links_in_archives_are_their_text() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        entry = zipfile.ZipInfo("link.md")
        entry.external_attr = 0o120777 << 16
        file.writestr(entry, "/etc/passwd")
    assert found(packed.getvalue()) == [("a.zip/link.md", b"/etc/passwd")]
