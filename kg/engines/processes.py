"""Work in several processes of this machine, by Pebble: a process that dies or hangs costs its own document only.

The executor of the standard library would do while all goes well; it cannot end a task that hangs, nor say which one killed it.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, as_completed
from concurrent.futures import TimeoutError as FuturesTimeout
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from kg.engines.local import PATIENCE, failure, limited, out_of_time
from kg.errors import InputError

Item = TypeVar("Item")
Result = TypeVar("Result")


def run(
    work: Callable[[Item], Result], items: Iterable[Item], limit: float, *, jobs: int, warm: tuple[str, ...] = ()
) -> Iterator[tuple[Item, Result | InputError]]:
    """As they are done.  `work` and the items must be picklable; `warm` names modules that every process needs."""
    pool = ProcessPool(max_workers=jobs, context=_context(warm))
    try:
        futures: dict[Future[Result], Item] = {pool.schedule(limited, args=(work, item, limit), timeout=PATIENCE * limit): item for item in items}
        pool.close()  # type: ignore[no-untyped-call]
        for future in as_completed(list(futures)):
            item = futures.pop(future)  # what has been given out is not held: a thousand documents would fill a gigabyte
            yield item, _outcome(future.exception(), item, limit) or future.result()
        pool.join()
    finally:  # Ctrl-C, or a caller that has had enough
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _outcome(error: BaseException | None, item: object, limit: float) -> InputError | None:
    if error is None:
        return None
    if isinstance(error, FuturesTimeout):
        return out_of_time(item, limit)
    if isinstance(error, ProcessExpired):
        return InputError(str(item), f"ended its process (exit code {error.exitcode}); please report it with the document")
    return failure(item, error)


def _context(warm: tuple[str, ...]) -> multiprocessing.context.BaseContext:
    """Fresh processes: a fork of one that has threads may stand still for ever."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(warm))
    return context
