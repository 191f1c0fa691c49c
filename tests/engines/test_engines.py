import operator
import os
import threading
import time
import tracemalloc

import pytest

from kg.engines import local, processes
from kg.errors import InputError


def test_a_failure_names_the_item_and_the_others_go_on() -> None:
    found = dict(local.run(operator.inv, [1, "two", 3], 5))
    assert (found[1], found[3]) == (-2, -4)
    assert isinstance(found["two"], InputError)
    assert found["two"].locator == "two"
    assert "TypeError" in found["two"].reason


def test_work_without_end_is_stopped() -> None:
    begun = time.monotonic()
    found = dict(local.run(time.sleep, [0, 60], 0.2))
    assert found[0] is None
    assert "longer than 0.2 s" in found[60].reason
    assert time.monotonic() - begun < 5


def test_processes_give_what_one_gives() -> None:
    items = list(range(20))
    assert dict(processes.run(operator.neg, items, 30, jobs=2)) == dict(local.run(operator.neg, items, 30))


def test_a_process_that_hangs_costs_its_own_item_only() -> None:
    found = dict(processes.run(time.sleep, [0, 60, 0.01], 1, jobs=2))
    assert (found[0], found[0.01]) == (None, None)
    assert "longer than 1 s" in found[60].reason


def test_a_process_that_dies_costs_its_own_item_only() -> None:
    found = dict(processes.run(os._exit, [7], 30, jobs=2))
    assert "exit code 7" in found[7].reason


def test_results_that_were_given_out_are_not_held() -> None:
    tracemalloc.start()
    try:
        assert sum(len(result) for _, result in processes.run(bytes, [1_000_000] * 40, 30, jobs=2)) == 40_000_000
        assert tracemalloc.get_traced_memory()[1] < 25_000_000
    finally:
        tracemalloc.stop()


def test_whoever_stops_early_leaves_no_process_behind() -> None:
    results = processes.run(time.sleep, [0, 60, 60], 100, jobs=2)
    assert next(results) == (0, None)
    begun = time.monotonic()
    results.close()
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("error", [ValueError("a\nb"), InputError("x", "is bad")])
def test_a_failure_is_one_line(error: Exception) -> None:
    assert "\n" not in str(local.failure("x", error))


def test_work_without_end_is_stopped_outside_the_main_thread_too() -> None:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.extend(local.run(_forever, [1], 0.2)))
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    ((_, error),) = found
    assert "longer than 0.2 s" in error.reason


def _forever(item: int) -> None:
    while item:
        time.sleep(0.01)
