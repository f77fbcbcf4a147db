"""Saves over HTTP, in rounds that go to and fro between Plumbline and the bare endpoint."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median

from benchmarks.people import Caller, FocalPoint
from benchmarks.timing import Times, timed

ROUNDS = 5
ROUND_SECONDS = 2.0


@dataclass(frozen=True)
class Compared:
    """Both sides at one number of clients. `ratio` is Plumbline's saves for each of the bare endpoint's.

    `client_share` is the share of one core that the clients themselves used.
    """

    clients: int
    plumbline: Times
    bare: Times
    ratio: float
    client_share: float


def compare(focal_points: Sequence[FocalPoint], callers: Sequence[Caller]) -> Compared:
    """Save on both sides in turns; of every figure, the median over the rounds."""
    ours, theirs = [], []
    began, worked = time.perf_counter(), time.process_time()
    for _ in range(ROUNDS):
        ours.append(_round(focal_points))
        theirs.append(_round(callers))
    share = (time.process_time() - worked) / (time.perf_counter() - began)
    ratio = median(one.per_second / other.per_second for one, other in zip(ours, theirs, strict=True))
    return Compared(len(focal_points), Times.over(ours), Times.over(theirs), ratio, share)


def _round(savers: Sequence[FocalPoint | Caller]) -> Times:
    with ExitStack() as open_connections:
        saving = [partial(saver.save, open_connections.enter_context(saver.connect())) for saver in savers]
        for save in saving:
            save()
        return timed(saving, ROUND_SECONDS)
