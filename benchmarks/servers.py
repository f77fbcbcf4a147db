"""Server processes: started here, waited for, looked at, and ended by their own ids."""

import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.client import PATIENCE_SECONDS, Connection, Unexpected

ROOT = Path(__file__).resolve().parent.parent
PLUMBLINE = ("-m", "app", "serve")
BARE = ("-m", "benchmarks.bare")


class Server:
    """A server process on a free port of this machine, with its data in a folder; for a `with` block."""

    def __init__(self, command: tuple[str, ...], folder: Path, checkout: Path = ROOT) -> None:
        """Name the program (arguments to Python), the folder, and the checkout that it is run from."""
        self._command = command
        self._folder = folder
        self._checkout = checkout
        self.port = 0
        self.first_answer_seconds = 0.0

    def __enter__(self) -> Self:
        """Start it and wait until it answers."""
        self._folder.mkdir(exist_ok=True)
        self.port = _free_port()
        given = ["--port", str(self.port), "--data", str(self._folder)]
        with (self._folder / "log.txt").open("ab") as log:
            began = time.perf_counter()
            self._process = subprocess.Popen(
                [sys.executable, *self._command, *given], cwd=self._checkout, stdout=log, stderr=log
            )
        try:
            self._wait_for_answer(began + PATIENCE_SECONDS)
        except BaseException:
            self._end()
            raise
        self.first_answer_seconds = time.perf_counter() - began
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        self._end()

    def resident_megabytes(self) -> float | None:
        """Its resident memory, in MB of a million bytes; None where the system does not tell."""
        status = Path(f"/proc/{self._process.pid}/status")
        if not status.exists():
            return None
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6

    def _wait_for_answer(self, deadline: float) -> None:
        while time.perf_counter() < deadline and self._process.poll() is None:
            try:
                with Connection(self.port) as connection:
                    connection.get("/").expect(200)
                    return
            except ConnectionError:
                time.sleep(0.005)
        raise Unexpected(f"no answer from {self._command}:\n{(self._folder / 'log.txt').read_text()[-2000:]}")

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
