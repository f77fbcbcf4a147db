"""The real server, in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from app.settings import ROOT
from tests.browser.years import AHEAD

BETWEEN_TRIES = 0.02

# Everybody in these tests comes from one address, and makes an account of their own.
MANY_FROM_HERE = {"PLUMBLINE_RECEIPTS_PER_MINUTE": "1000", "PLUMBLINE_MAILS_PER_HOUR": "1000"}

# Nobody listens at this port: pages offer to send a link, and say that it could not be sent.
BY_MAIL = {"PLUMBLINE_MAIL_FROM": "plumbline@quay.example", "PLUMBLINE_MAIL_SERVER": "smtp://127.0.0.1:9"}


class Server:
    """`plumbline serve` on a free port, from entering until leaving. What it says goes to `log`.

    `packs` is a folder with packs of an operator's own.
    """

    def __init__(self, data: Path, packs: Path | None = None) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = data / "server.log"
        self._environment = os.environ | MANY_FROM_HERE | BY_MAIL | {"PLUMBLINE_ADDRESS": self.address}
        if packs:
            self._environment["PLUMBLINE_PACKS"] = str(packs)
        self._command = self._serving(data)

    def _serving(self, data: Path) -> list[str]:
        return [sys.executable, "-m", "app", "serve", f"--port={self.port}", "--data", str(data)]

    def __enter__(self) -> Self:
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, stdout=log, stderr=log, env=self._environment
            )
        while not self._answers():
            if self._process.poll() is not None:
                raise RuntimeError(self.log.read_text())
            time.sleep(BETWEEN_TRIES)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def _answers(self) -> bool:
        """Whether it takes connections, which it does only once the database is open."""
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except ConnectionRefusedError:
            return False
        return True


class ServerOfYears(Server):
    """The same server, with a clock that can be put forward."""

    def _serving(self, data: Path) -> list[str]:
        self._ahead = data / AHEAD
        self.passes_by(0)
        return [sys.executable, "-m", "tests.browser.years", str(self.port), str(data)]

    def passes_by(self, days: int) -> None:
        """Let it be so many days after today, from the next request on."""
        self._ahead.write_text(str(days))


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
