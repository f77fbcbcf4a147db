"""Doing a thing again and again, and what the times say."""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from typing import Self

UNCOUNTED = 20


@dataclass(frozen=True)
class Times:
    """How long a thing took, over and over: times per second, the median and 99th percentile in ms."""

    per_second: float
    median: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float], elapsed: float) -> Self:
        """The times of a round that took `elapsed` seconds in all."""
        ordered = sorted(seconds)
        p99 = ordered[math.ceil(len(ordered) * 0.99) - 1]
        return cls(len(ordered) / elapsed, median(ordered) * 1000, p99 * 1000)

    @classmethod
    def over(cls, rounds: Iterable[Self]) -> Self:
        """Of each figure, the median over some rounds."""
        rounds = list(rounds)
        return cls(
            median(one.per_second for one in rounds),
            median(one.median for one in rounds),
            median(one.p99 for one in rounds),
        )


def in_turns(things: Sequence[Callable[[], object]], times: int) -> list[list[float]]:
    """Do each of these so many times, one after another: milliseconds, a row for each time.

    Each is as often the first as the last. The first times of all are not counted.
    """
    taken = [[0.0] * len(things) for _ in range(UNCOUNTED + times)]
    for number, row in enumerate(taken):
        order = range(len(things))
        for place in order if number % 2 else reversed(order):
            began = time.perf_counter()
            things[place]()
            row[place] = (time.perf_counter() - began) * 1000
    return taken[UNCOUNTED:]


def timed(things: Sequence[Callable[[], object]], seconds: float, most: int = 100_000) -> Times:
    """Do each of these in a thread of its own, again and again, for so long and at most so often each.

    Each is done once at least.
    """
    began = time.perf_counter()

    def repeat(thing: Callable[[], object]) -> list[float]:
        taken: list[float] = []
        last = time.perf_counter()
        while not taken or (last < began + seconds and len(taken) < most):
            thing()
            now = time.perf_counter()
            taken.append(now - last)
            last = now
        return taken

    with ThreadPoolExecutor(len(things)) as threads:
        taken = [one for many in threads.map(repeat, things) for one in many]
    return Times.of(taken, time.perf_counter() - began)
