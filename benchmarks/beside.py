"""Compare this checkout with another: `python -m benchmarks.beside FOLDER`.

Both servers run at once, and one client asks them in turns, one request each: so whatever else the machine
does hits both alike. At one client, with all 53 questions answered.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.client import Unexpected
from benchmarks.people import FocalPoint
from benchmarks.servers import PLUMBLINE, ROOT, Server
from benchmarks.timing import in_turns

PAGES, SAVES = 400, 600
STARTS = 5


def main() -> int:
    """Print a table: of each figure the median on both sides, and how they stand to each other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.beside", description=__doc__)
    parser.add_argument("other", type=Path, help="the folder of the other checkout, with which to compare")
    checkouts = (parser.parse_args().other.absolute(), ROOT)
    print("| | other, ms | this, ms | ratio |\n|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory(prefix="plumbline-beside-") as folder, ExitStack() as running:
        try:
            compare_starts(Path(folder), checkouts)
            servers = [
                running.enter_context(Server(PLUMBLINE, Path(folder) / str(number), checkout))
                for number, checkout in enumerate(checkouts)
            ]
            compare_requests(running, [FocalPoint(server.port) for server in servers])
        except Unexpected as fault:
            print(f"Stopped: {fault}", file=sys.stderr)
            return 1
    return 0


def compare_starts(folder: Path, checkouts: tuple[Path, ...]) -> None:
    """From starting the process to its first page, in an empty folder and where it was before."""

    def start(number: int, attempt: int) -> float:
        where = folder / f"start-{number}-{attempt}"
        with Server(PLUMBLINE, where, checkouts[number]) as server:
            return server.first_answer_seconds * 1000

    for name in ("a start in an empty folder", "a start where it was before"):
        _print(name, [[start(number, attempt) for number in (0, 1)] for attempt in range(STARTS)])


def compare_requests(running: ExitStack, people: list[FocalPoint]) -> None:
    """Pages, and then saves."""
    for person in people:
        person.answer_everything()
    connections = [running.enter_context(person.connect()) for person in people]
    shown = [{"first page": "/", "start page": "/start", **person.pages} for person in people]
    for name in shown[0]:
        getting = [partial(one.fetch, pages[name]) for one, pages in zip(connections, shown, strict=True)]
        _print(name, in_turns(getting, PAGES))
    saving = [partial(person.save, one) for person, one in zip(people, connections, strict=True)]
    _print("a save", in_turns(saving, SAVES))


def _print(name: str, taken: list[list[float]]) -> None:
    other, this = (median(side) for side in zip(*taken, strict=True))
    print(f"| {name} | {other:,.2f} | {this:,.2f} | {this / other:.2f} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
