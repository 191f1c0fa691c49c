"""Work in this process, one item after the other."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from kg.errors import InputError

Item = TypeVar("Item")
Result = TypeVar("Result")


class _OutOfTime(BaseException):
    """Not an `Exception`, so that no extractor swallows it."""


def failure(item: object, error: BaseException) -> InputError:
    """Any failure as one line that names the document."""
    if isinstance(error, InputError):
        return error
    words = " ".join(str(error).split())[:200]
    return InputError(str(item), f"cannot be read: {type(error).__name__}{': ' + words if words else ''}; please report it with the document")


def out_of_time(item: object, limit: float) -> InputError:
    return InputError(str(item), f"took longer than {limit:g} s; split the document, or look what it repeats")


def run(work: Callable[[Item], Result], items: Iterable[Item], limit: float) -> Iterator[tuple[Item, Result | InputError]]:
    """One after the other.  The limit needs a Unix alarm and the main thread; elsewhere there is none."""
    for item in items:
        yield item, _result(work, item, limit)


def _result(work: Callable[[Item], Result], item: Item, limit: float) -> Result | InputError:
    try:
        with _deadline(limit):
            return work(item)
    except _OutOfTime:
        return out_of_time(item, limit)
    except Exception as error:  # the net under all extractors, other people's too: one bad document must not end a build
        return failure(item, error)


@contextmanager
def _deadline(limit: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _OutOfTime
