"""A directory that is built aside and swapped in whole: whoever looks sees the old one or the new one, never a half.

For a graph `graph` the work goes on in `.graph.building` beside it, and `.graph.lock` keeps a second build out.  The two change places in
one step where the system can do that (Linux: https://man7.org/linux/man-pages/man2/rename.2.html); elsewhere the old one is moved to
`.graph.old` first, and for a moment there is none.  What a killed build leaves is found and cleared by the next one.
"""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import GraphError

MARKER = "manifest.json"
_READ = frozenset({"cache", "partitions"})  # what a killed build had read; the next one goes on from there
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


class Stage:
    """The place where the next state of `target` grows.  Use `staged`, which holds the lock."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.folder = _beside(target, "building")

    def unchanged(self, apart: str) -> bool:
        """Whether the target holds the same files with the same bytes, the entry `apart` aside."""
        ours, theirs = _files(self.folder, apart), _files(self.target, apart)
        return theirs >= ours and all(filecmp.cmp(self.folder / name, self.target / name, shallow=False) for name in sorted(ours))

    def swap(self, made: frozenset[str]) -> None:
        """Puts the stage in the target's place.  `made` names what builds make; anything else in the old directory is carried over.

        All of it is on the disk first, so that the old graph or the new one is there after a power cut too.
        """
        _flush_all(self.folder)
        old = self.folder
        if not _exchange(self.folder, self.target):
            old = _beside(self.target, "old")
            if self.target.exists():
                self.target.rename(old)
            self.folder.rename(self.target)
        _flush(self.target.parent)
        _retire(old, self.target, made)


@contextmanager
def staged(target: Path, made: frozenset[str]) -> Iterator[Stage]:
    """A stage for one build.

    `GraphError` if another build holds it, if the target is a directory of something else, or if there is no room left to write.
    """
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(_beside(target, "lock"))
    try:
        with lock.acquire(timeout=0):
            stage = Stage(target)
            _recover(stage, made)
            _refuse_foreign(target)
            _clear(stage.folder)
            yield stage
            shutil.rmtree(stage.folder, ignore_errors=True)
    except Timeout:
        raise GraphError(f"{target} is being built by another process; wait for it to end, or choose another --out") from None
    except OSError as error:
        if not is_full(error):
            raise
        raise GraphError(f"there is no room to write: {error}; the graph is as it was: free some space and build again") from error


def is_full(error: BaseException) -> bool:
    """Whether something could not be written for want of room: on the disk, for this user, or in one file."""
    return isinstance(error, OSError) and error.errno in _FULL


def _beside(target: Path, word: str) -> Path:
    return target.with_name(f".{target.name}.{word}")


def _recover(stage: Stage, made: frozenset[str]) -> None:
    """Ends a swap that was cut short: the old directory comes back unless the new one is in place, and what is not ours is carried over."""
    old = _beside(stage.target, "old")
    if old.exists() and not stage.target.exists():
        old.rename(stage.target)
    _retire(old, stage.target, made)
    _carry_over(stage.folder, stage.target, made)


def _retire(old: Path, new: Path, made: frozenset[str]) -> None:
    _carry_over(old, new, made)
    if old.exists():
        shutil.rmtree(old)


def _carry_over(old: Path, new: Path, made: frozenset[str]) -> None:
    for path in sorted(old.iterdir()) if old.exists() and new.exists() else ():
        if path.name not in made and not (new / path.name).exists():
            path.rename(new / path.name)


def _clear(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in _READ:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _exchange(one: Path, other: Path) -> bool:
    """Lets two directories change places in one step; whether the system and the file system could, and both were there."""
    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _flush_all(folder: Path) -> None:
    for place, _, names in os.walk(folder):
        for name in names:
            _flush(Path(place, name))
        _flush(Path(place))


def _flush(path: Path) -> None:
    """Has a file's bytes, or a directory's names, written to the disk; systems that open no directory keep its names themselves."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_foreign(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise GraphError(f"{target} is a file; choose another --out")
    if target.exists() and any(target.iterdir()) and not (target / MARKER).exists():
        raise GraphError(f"{target} holds something that is no graph; choose another --out, or empty it")


def _files(folder: Path, apart: str) -> set[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if path.parts[0] != apart}
