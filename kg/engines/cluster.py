"""Work on a Dask cluster that is there already, reached by its scheduler's address (https://distributed.dask.org).

A worker that dies costs nothing but time: its items are given to others.  An item that takes several workers with it is told as a
failure.  The loss of the scheduler ends the run with one line; what was finished stays finished, because items leave files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from kg.engines.local import failure
from kg.errors import GraphError, InputError, KgError

Item = TypeVar("Item")
Result = TypeVar("Result")
PATIENCE = 30.0  # seconds without a scheduler, or without any worker
_ADDRESS = re.compile(r"(?:tcp|tls|ws|wss|ucx)://\S+")


class WorkerLost(InputError):
    """An item that ended every process that took it up."""


def is_address(words: str) -> bool:
    return _ADDRESS.fullmatch(words) is not None


@contextmanager
def joined(address: str) -> Iterator[Cluster]:
    """A connection to the scheduler at an address.  `GraphError` if nobody answers there, or no worker joins in time."""
    try:
        from dask import config
        from distributed import Client
    except ModuleNotFoundError as error:
        raise GraphError("a cluster needs dask's distributed; pip install 'paperkg[cluster]'") from error
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise GraphError(f"no Dask scheduler answers at {address}; start one with `dask scheduler`, or correct the address") from error
    # What pieces share may be large, and is sent once.
    with client, config.set({"distributed.admin.large-graph-warning-threshold": "100GB"}):
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise GraphError(f"the scheduler at {address} has no worker; start some with `dask worker {address}`") from error
        yield Cluster(client, address)


@dataclass(frozen=True, slots=True)
class _Shared:
    """Something whose parts Dask need not look at."""

    value: object


def _given(shared: _Shared) -> object:
    return shared.value


class Cluster:
    """A cluster to work on, while the connection lasts."""

    def __init__(self, client: Any, address: str) -> None:
        self.client, self.address = client, address

    @property
    def workers(self) -> int:
        """Threads that work now."""
        return sum(self.client.nthreads().values())

    def run(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | InputError]]:
        """As engines do (`kg.engines`); the limit of time is the work's own affair.  `GraphError` if the scheduler is lost."""
        from distributed.scheduler import KilledWorker

        for item, future in self._finished(work, items, ()):
            error = future.exception()
            if isinstance(error, KilledWorker):
                yield item, WorkerLost(str(item), "ended every worker that took it up")
            elif isinstance(error, KgError) and not isinstance(error, InputError):
                raise error
            else:
                yield item, failure(item, error) if error else future.result()

    def each(self, work: Callable[..., Result], items: Iterable[Any], *shared: object) -> Iterator[Result]:
        """`work(item, *shared)` of every item, in any order; what is shared goes to each worker once.

        `GraphError` for the first failure, and if the scheduler is lost.
        """
        # As tasks, not scattered: what is lost with a worker is then made again.
        sent = tuple(self.client.submit(_given, _Shared(part), pure=False) for part in shared)
        for item, future in self._finished(work, items, sent):
            if isinstance(wrong := future.exception(), KgError):
                raise wrong
            if wrong is not None:
                raise GraphError(f"{work.__name__} failed on a worker: {failure(type(item).__name__, wrong).reason}") from wrong
            yield future.result()

    def _finished(self, work: Callable[..., Any], items: Iterable[Any], shared: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
        from distributed import as_completed

        # Pure in effect, but not for the scheduler: an equal call of an earlier run must not be taken for this one.
        futures = {self.client.submit(work, item, *shared, pure=False): item for item in items}
        for future in as_completed(list(futures), loop=self.client.loop):  # type: ignore[no-untyped-call]
            if future.status in ("lost", "cancelled"):
                raise GraphError(f"the scheduler at {self.address} was lost; what was finished is kept, run the same command again to go on")
            yield futures.pop(future), future
            future.release()
