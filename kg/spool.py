"""Documents that are no files of this machine, members of archives, rows of tables and pages at addresses, laid down as files for a build."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from kg.errors import InputError
from kg.inputs import Input
from kg.readers import address
from kg.stretches import Stretch, documents, stretches


def spooled(paths: Iterable[str | Path], folder: Path, suffixes: Collection[str], *, allow_net: bool) -> tuple[Input, ...]:
    """Every document that paths, patterns and addresses name, sorted; what an archive or a table holds instead of it.

    `InputError` for a path that names nothing and an address that cannot be fetched.  What cannot be unpacked stays one document, and
    says why when it is read.
    """
    words = list(map(str, paths))
    pages = _fetched((word for word in words if address.is_address(word)), folder, allow_net=allow_net)
    found = [*stretches((word for word in words if not address.is_address(word)), suffixes), *pages]
    return tuple(sorted({source for number, stretch in enumerate(found) for source in _laid_down(stretch, folder / f"{number:08}", suffixes)}))


def _fetched(addresses: Iterable[str], folder: Path, *, allow_net: bool) -> Iterator[Stretch]:
    for number, words in enumerate(addresses):
        if not allow_net:
            raise InputError(words, "is on the network, which is not used unless you allow it; add --allow-net, or save the page and give the file")
        page = address.fetch(words)
        yield Stretch(page.locator, str(_laid(folder / f"page-{number}{page.suffix}", page.data)))


def _laid_down(stretch: Stretch, home: Path, suffixes: Collection[str]) -> Iterator[Input]:
    if stretch.is_file:
        yield Input(stretch.locator, Path(stretch.place))
        return
    home.mkdir(exist_ok=True)
    # Names of members are for people; a file's own name is a number, so that none leads out of the folder.
    for number, member in enumerate(documents(stretch, suffixes)):
        place = Path(stretch.place) if member.flaw else _laid(home / f"{number:08}{member.suffix}", member.data)
        yield Input(member.locator, place, member.flaw)


def _laid(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
