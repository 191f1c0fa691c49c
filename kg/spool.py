"""Documents that are no files of their own, members of archives and pages at addresses, laid down as files for the time of a build."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from kg import inputs
from kg.errors import InputError
from kg.inputs import Input
from kg.readers import address, archive


def spooled(paths: Iterable[str | Path], folder: Path, suffixes: Collection[str], *, allow_net: bool) -> tuple[Input, ...]:
    """Every document that paths, patterns and addresses name, sorted; what an archive holds instead of the archive.

    `InputError` for a path that names nothing and an address that cannot be fetched.  An archive that cannot be unpacked stays one
    document, and says why when it is read.
    """
    paths = list(paths)
    files = [path for path in paths if not address.is_address(str(path))]
    found = [*inputs.gather(files, suffixes), *_fetched((str(path) for path in paths if address.is_address(str(path))), folder, allow_net=allow_net)]
    return tuple(sorted({source for one in found for source in _unpacked(one, folder, suffixes)}))


def _fetched(addresses: Iterable[str], folder: Path, *, allow_net: bool) -> Iterator[Input]:
    for number, words in enumerate(addresses):
        if not allow_net:
            raise InputError(words, "is on the network, which is not used unless you allow it; add --allow-net, or save the page and give the file")
        page = address.fetch(words)
        yield Input(page.locator, _laid(folder / f"page-{number}{page.suffix}", page.data))


def _unpacked(source: Input, folder: Path, suffixes: Collection[str]) -> list[Input]:
    if source.path.suffix.lower() != archive.SUFFIX:
        return [source]
    try:
        members = list(archive.members(inputs.contents(source.path, source.locator), source.locator, suffixes))
    except InputError:
        return [source]
    home = folder / inputs.digest(source.locator.encode())[:16]
    home.mkdir(exist_ok=True)
    # Names of members are for people; a file's own name is a number, so that none leads out of the folder.
    return [Input(member.locator, _laid(home / f"{number}{member.suffix}", member.data)) for number, member in enumerate(members)]


def _laid(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
