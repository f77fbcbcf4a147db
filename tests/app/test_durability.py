"""What was answered with "Saved" is still there when the process is killed in the next moment."""

import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import httpx
import pytest
from fastapi.testclient import TestClient

from tests.app.markup import read, send, visit
from tests.browser.server import Server
from tests.conftest import OWN_PAGE, Browser

TRIES = 10
"""Each way to save; the two ways together make 20."""


class Fragile(Server):
    """A real server that ends without a chance to put anything in order."""

    def kill(self) -> None:
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def send_and_forget(self, browser: Browser, path: str, fields: dict[str, str]) -> None:
        """Send a form, and do not wait for the answer."""
        body = urlencode(fields)
        head = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": f"plumbline={browser.client.cookies['plumbline']}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            **OWN_PAGE,
        }
        lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", body]
        with socket.create_connection(("127.0.0.1", self.port)) as line:
            line.sendall("\r\n".join(lines).encode())


def by_htmx(browser: Browser, note: str) -> None:
    """Save one answer, and read "Saved"."""
    saved = browser.answer("P1.1", "2", note=note)
    assert saved.status_code == 200
    assert "Saved" in read(saved).words


def by_section(browser: Browser, note: str) -> None:
    """Save a section, and be sent on."""
    form = visit(browser, f"{browser.home}/sections/policy").form("/sections/policy")
    assert send(browser, form, {"P1.1:note": note, "P1.2:note": note}).status_code == 303


@pytest.mark.parametrize("save", [by_htmx, by_section])
def test_kill_9_right_after_saved_loses_nothing(tmp_path: Path, save: Callable[[Browser, str], None]) -> None:
    browser, notes = (
        Browser(cast(TestClient, httpx.Client(headers=OWN_PAGE))),
        [f"Try {number}" for number in range(TRIES)],
    )
    unanswered: list[str] = []
    for number, note in enumerate(notes):
        with Fragile(tmp_path) as server:
            browser.client.base_url = httpx.URL(server.address)
            if number == 0:
                browser.start()
            else:
                check(browser, notes[:number], unanswered)
            save(browser, note)
            # One more is under way: it may have been saved or not, and nothing is torn in two.
            unanswered.append(f"Unanswered {number}")
            fields = {"P1.3:note": unanswered[-1], "P1.3:revision": str(browser.revision("P1.3"))}
            server.send_and_forget(browser, f"{browser.home}/answers/P1.3", fields)
            server.kill()
    with Fragile(tmp_path) as server:
        browser.client.base_url = httpx.URL(server.address)
        browser.client.cookies.clear()
        assert browser.come_back().status_code == 303
        check(browser, notes, unanswered)
    browser.client.close()


def check(browser: Browser, saved: list[str], unanswered: list[str]) -> None:
    """All that was saved is there, in its order; of what was not answered, whole texts or none."""
    exported = browser.get(f"{browser.home}/export.json").json()
    assert ever_noted(exported, "P1.1") == saved
    assert set(ever_noted(exported, "P1.3")) <= set(unanswered)
    assert browser.get(f"{browser.home}/report").status_code == 200


def ever_noted(exported: dict[str, dict[str, list[dict[str, str]]]], code: str) -> list[str]:
    now = cast(dict[str, str], exported.get("answers", {}).get(code, {}))
    earlier = exported.get("earlier", {}).get(code, [])
    return [one["note"] for one in [*earlier, now] if "note" in one]
