"""What the disk allows: the time of one small write that is there to stay."""

import os
from functools import partial
from pathlib import Path

from benchmarks.timing import Times, timed


def durable_write(folder: Path) -> Times:
    """Append 4 KiB to a file and have the disk confirm it, again and again."""
    with (folder / "probe").open("ab", buffering=0) as probe:
        return timed([partial(_append, probe.fileno())], 1.0, 500)


def _append(file: int) -> None:
    os.write(file, bytes(4096))
    os.fsync(file)
