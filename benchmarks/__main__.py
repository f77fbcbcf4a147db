"""Measure, and print the figures as Markdown: `python -m benchmarks`."""

import argparse
import os
import platform
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import saves, scoring_alone
from benchmarks.client import Unexpected
from benchmarks.disk import durable_write
from benchmarks.people import Caller, FocalPoint
from benchmarks.servers import BARE, PLUMBLINE, Server
from benchmarks.timing import timed

MOST_CLIENTS = 8
STARTS = 5


def main() -> int:
    """Measure everything, one thing after another."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to put the databases (default: the system's own)")
    given = parser.parse_args()
    print_machine()
    with tempfile.TemporaryDirectory(dir=given.folder, prefix="plumbline-benchmark-") as folder:
        try:
            measure(Path(folder))
        except Unexpected as fault:
            print(f"Stopped: {fault}", file=sys.stderr)
            return 1
    print_table("Scoring alone", "median ms", "p99 ms")
    for indicators in (53, 1000):
        times = scoring_alone.score(*scoring_alone.enlarged(indicators))
        print_row(f"{indicators:,} indicators", f"{times.median:.2f}", f"{times.p99:.2f}")
    print(f"\nLoad average at the end: {load()}.")
    return 0


def print_machine() -> None:
    """Say where and when."""
    print(
        f"{datetime.now(UTC).date()}; Python {platform.python_version()} on {platform.system()}, "
        f"{os.cpu_count()} cores; load average at the start: {load()}.",
        flush=True,
    )


def measure(folder: Path) -> None:
    """Everything that needs a disk and a server."""
    write = durable_write(folder)
    print(f"\nOne durable write of 4 KiB: median {write.median:.2f} ms, p99 {write.p99:.2f} ms.", flush=True)
    measure_starts(folder)
    with ExitStack() as running:
        plumbline = running.enter_context(Server(PLUMBLINE, folder / "plumbline"))
        bare = running.enter_context(Server(BARE, folder / "bare"))
        focal_points = [FocalPoint(plumbline.port) for _ in range(MOST_CLIENTS)]
        for one in focal_points:
            one.answer_everything()
        measure_saves(focal_points, [Caller(bare.port, f"caller{number}") for number in range(MOST_CLIENTS)])
        measure_pages(focal_points[0])
        print_table("Memory", "resident MB")
        print_row("Plumbline, after all this", _shown(plumbline.resident_megabytes()))
        print_row("bare endpoint, after all this", _shown(bare.resident_megabytes()))


def measure_starts(folder: Path) -> None:
    """From the start of the process to its first page."""
    print_table("Start", "median s", "slowest s")
    folders = [folder / f"start{number}" for number in range(STARTS)]
    taken = [(_start(one), _start(one)) for one in folders]
    for name, seconds in zip(
        ("in an empty folder", "where it was before"), zip(*taken, strict=True), strict=True
    ):
        print_row(name, f"{median(seconds):.2f}", f"{max(seconds):.2f}")


def measure_saves(focal_points: list[FocalPoint], callers: list[Caller]) -> None:
    """Saves beside the bare endpoint, at one client and at many."""
    print_table("Saves", "per second", "median ms", "p99 ms", "of bare")
    shares = []
    for clients in (1, MOST_CLIENTS):
        compared = saves.compare(focal_points[:clients], callers[:clients])
        shares.append(f"{compared.client_share:.0%}")
        label = f"{clients} client{'s' * (clients > 1)}"
        for name, times, ratio in (
            ("Plumbline", compared.plumbline, f"{compared.ratio:.0%}"),
            ("bare endpoint", compared.bare, ""),
        ):
            figures = (f"{times.per_second:.0f}", f"{times.median:.2f}", f"{times.p99:.2f}")
            print_row(f"{name}, {label}", *figures, ratio)
    print(f"\nThe clients themselves took {' and '.join(shares)} of one core.", flush=True)


def measure_pages(person: FocalPoint) -> None:
    """Pages of an assessment that is answered in full, at one client; and five rounds of it compared."""
    print_table("Pages", "median ms", "p99 ms", "bytes")
    for name, path in person.pages.items():
        measure_page(person, name, path)
    measure_page(person, "comparison of five rounds", person.go_through_rounds(5))


def measure_page(person: FocalPoint, name: str, path: str) -> None:
    """One page, again and again."""
    with person.connect() as connection:
        size = len(connection.get(path).expect(200).body)
        times = timed([partial(connection.fetch, path)], 3.0, 200)
        print_row(name, f"{times.median:.2f}", f"{times.p99:.2f}", f"{size:,}")


def print_table(*columns: str) -> None:
    """Begin a table."""
    print(f"\n| {' | '.join(columns)} |\n|---|{'---:|' * (len(columns) - 1)}", flush=True)


def print_row(*cells: str) -> None:
    """Add a row to it."""
    print(f"| {' | '.join(cells)} |", flush=True)


def load() -> str:
    """How many processes wanted to run in the last minute, on average."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _start(folder: Path) -> float:
    with Server(PLUMBLINE, folder) as server:
        return server.first_answer_seconds


def _shown(megabytes: float | None) -> str:
    return "not told here" if megabytes is None else f"{megabytes:.0f}"


if __name__ == "__main__":
    sys.exit(main())
