"""A directory that is built aside and swapped in whole: whoever looks sees the old one or the new one, never a half.

For a graph `graph` the work goes on in `.graph.building` beside it; `.graph.old` exists for the moment of the swap only, and
`.graph.lock` keeps a second build out.  What a killed build leaves is found and cleared by the next one.
"""

from __future__ import annotations

import errno
import filecmp
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import GraphError

MARKER = "manifest.json"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


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
        """Puts the stage in the target's place.  `made` names what builds make; anything else in the old directory is carried over."""
        old = _beside(self.target, "old")
        if self.target.exists():
            self.target.rename(old)
        self.folder.rename(self.target)
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
            _recover(target, made)
            _refuse_foreign(target)
            stage = Stage(target)
            stage.folder.mkdir(exist_ok=True)
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


def _recover(target: Path, made: frozenset[str]) -> None:
    """Ends a swap that was cut short: the old directory comes back unless the new one is in place."""
    old = _beside(target, "old")
    if old.exists() and not target.exists():
        old.rename(target)
    _retire(old, target, made)


def _retire(old: Path, new: Path, made: frozenset[str]) -> None:
    if not old.exists():
        return
    for path in sorted(old.iterdir()):
        if path.name not in made and not (new / path.name).exists():
            path.rename(new / path.name)
    shutil.rmtree(old)


def _refuse_foreign(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise GraphError(f"{target} is a file; choose another --out")
    if target.exists() and any(target.iterdir()) and not (target / MARKER).exists():
        raise GraphError(f"{target} holds something that is no graph; choose another --out, or empty it")


def _files(folder: Path, apart: str) -> set[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if path.parts[0] != apart}
