"""Work in this process, one item after the other."""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType
from typing import TypeVar

from kg.errors import GraphError, InputError
from kg.staging import is_full

PATIENCE = 8  # seconds by the clock for one of processor time
Item = TypeVar("Item")
Result = TypeVar("Result")


class _OutOfTime(BaseException):
    """Not an `Exception`, so that no extractor swallows it."""


def failure(item: object, error: BaseException) -> InputError:
    """Any failure as one line that names the document; a full disk, or other code than was asked, is none of its own and goes on up."""
    if isinstance(error, InputError):
        return error
    if is_full(error) or isinstance(error, GraphError):
        raise error
    words = " ".join(str(error).split())[:200]
    return InputError(str(item), f"cannot be read: {type(error).__name__}{': ' + words if words else ''}; please report it with the document")


def out_of_time(item: object, limit: float) -> InputError:
    return InputError(str(item), f"took longer than {limit:g} s; split the document, or look what it repeats")


def run(work: Callable[[Item], Result], items: Iterable[Item], limit: float) -> Iterator[tuple[Item, Result | InputError]]:
    """One after the other; `limit` is in seconds of processor time."""
    for item in items:
        yield item, _result(work, item, limit)


def limited(work: Callable[[Item], Result], item: Item, limit: float) -> Result:
    """The result of one item; `TimeoutError` after `limit` seconds of processor time."""
    try:
        with _deadline(limit):
            return work(item)
    except _OutOfTime:
        raise TimeoutError from None


def _result(work: Callable[[Item], Result], item: Item, limit: float) -> Result | InputError:
    try:
        return limited(work, item, limit)
    except TimeoutError:
        return out_of_time(item, limit)
    except Exception as error:  # the net under all extractors, other people's too: one bad document must not end a build
        return failure(item, error)


def _deadline(limit: float) -> AbstractContextManager[None]:
    """Ends what takes too long, wherever it runs."""
    alarm = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return _by_alarm(limit) if alarm else _by_timer(limit)


@contextmanager
def _by_alarm(limit: float) -> Iterator[None]:
    """Counts processor time, so that a busy machine reads what an idle one does; what only waits has a longer limit."""
    alarms = ((signal.SIGPROF, signal.ITIMER_PROF, limit), (signal.SIGALRM, signal.ITIMER_REAL, PATIENCE * limit))
    before = [signal.signal(sign, _ring) for sign, _, _ in alarms]
    for _, timer, seconds in alarms:
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for (sign, timer, _), handler in zip(alarms, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(sign, handler)


@contextmanager
def _by_timer(limit: float) -> Iterator[None]:
    """Threads get no signals: another one throws into this.  What stands still inside C goes on until it returns."""
    thread, lock, over = ctypes.c_ulong(threading.get_ident()), threading.Lock(), False

    def throw() -> None:
        with lock:
            if not over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(_OutOfTime))

    timer = threading.Timer(limit, throw)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            over = True
        timer.cancel()


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _OutOfTime
