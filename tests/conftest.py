"""The fixed cast: Amina, a focal point with an assessment; Bruno, who has one of his own; and a stranger."""

import logging
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count
from pathlib import Path

import hypothesis
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from app.database import migrate, open_database
from app.main import create_app
from app.settings import Settings

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
OUR_OWN_CLIENT = ("httpx", "httpcore")

MEASURED = "measured"
"""Under this name a test records what it has measured, to be said at the end of the run."""

_numbers = count(1)

# No time limits in tests: a busy machine is no fault of the code.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was measured; with several workers too, since it travels with the tests' reports."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    recorded = [pair for report in reports for pair in getattr(report, "user_properties", ())]
    measured = dict.fromkeys(str(said) for name, said in recorded if name == MEASURED)
    if measured:
        terminalreporter.section("measured")
        for said in measured:
            terminalreporter.line(said)


class Clock:
    """A clock that a test can put forward."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        self.now += time


class Browser:
    """Somebody's browser without JavaScript: it keeps cookies, and follows no redirect by itself."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.receipt = ""
        self.home = ""

    def get(self, path: str, **kwargs: object) -> Response:
        got: Response = self.client.get(path, follow_redirects=False, **kwargs)
        return got

    def post(self, path: str, fields: dict[str, str] | None = None, *, htmx: bool = False) -> Response:
        headers = {"HX-Request": "true"} if htmx else {}
        answer: Response = self.client.post(path, data=fields or {}, headers=headers, follow_redirects=False)
        return answer

    def start(self, questionnaire: str = "ics-style-full", organisation: str = "", title: str = "") -> None:
        """Start an assessment and keep the receipt."""
        fields = {"questionnaire": questionnaire, "organisation": organisation, "title": title}
        self.post("/start", fields | {"form_key": f"start-{next(_numbers)}"})
        self.receipt = found(r'data-copy-text="([^"]+)"', self.get("/receipt").text)
        self.home = self.post("/receipt", {"kept": "yes"}).headers["location"]

    def come_back(self, receipt: str | None = None) -> Response:
        return self.post("/return", {"receipt": self.receipt if receipt is None else receipt})

    def answer(self, question: str, choice: str, made_on: int | None = None, **fields: str) -> Response:
        """Answer one question as htmx does; on the revision that the page shows, if none is given."""
        revision = self.revision(question) if made_on is None else made_on
        named = {f"{question}:{name}": value for name, value in fields.items()}
        body = named | {f"{question}:choice": choice, f"{question}:revision": str(revision)}
        return self.post(f"{self.home}/answers/{question}", body, htmx=True)

    def revision(self, question: str) -> int:
        """The revision that the question's page shows."""
        page = self.get(self.section_of(question)).text
        return int(found(rf'name="{re.escape(question)}:revision" value="(\d+)"', page))

    def section_of(self, question: str) -> str:
        """The address of the section that a question stands in."""
        page = self.get(f"{self.home}/answers").text
        return found(rf'href="([^"]+)#question-{re.escape(question)}"', page)


def found(pattern: str, text: str) -> str:
    """The first group of a pattern that has to be there."""
    match = re.search(pattern, text)
    assert match is not None, f"nothing matches {pattern}"
    return unescape(match.group(1))


def form_key(page: Response) -> str:
    """The key of the form on a page."""
    return found(r'name="form_key" value="([^"]+)"', page.text)


class Lines(logging.Handler):
    """Every line that any logger says, in full, with what a formatter would add of an exception."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(OUR_OWN_CLIENT):
            self.lines.append(self.format(record))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with its tables and nothing in them, to be copied: that is quicker than to make one."""
    path = tmp_path_factory.mktemp("migrated") / "plumbline.sqlite3"
    engine = open_database(path)
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def app(settings: Settings, clock: Clock, migrated: Path) -> FastAPI:
    settings.data.mkdir(mode=0o700)
    shutil.copy(migrated, settings.database)
    return create_app(settings, clock)


@pytest.fixture
def open_browser(app: FastAPI) -> Iterator[Callable[[], Browser]]:
    """Opens another browser on the running application; each has cookies of its own."""
    with ExitStack() as running:
        server = TestClient(app, base_url="http://localhost", client=("127.0.0.1", 50000))
        running.enter_context(server)

        def another() -> Browser:
            client = TestClient(
                app,
                base_url="http://localhost",
                client=("127.0.0.1", 50000),
                headers=OWN_PAGE,
                raise_server_exceptions=False,
            )
            client.portal = server.portal
            return Browser(client)

        yield another


@pytest.fixture
def stranger(open_browser: Callable[[], Browser]) -> Browser:
    return open_browser()


@pytest.fixture
def amina(open_browser: Callable[[], Browser]) -> Browser:
    browser = open_browser()
    browser.start(organisation="Harbour Children’s Club", title="Round of 2026")
    return browser


@pytest.fixture
def bruno(open_browser: Callable[[], Browser]) -> Browser:
    browser = open_browser()
    browser.start("ics-style-quick", organisation="River School")
    return browser


@pytest.fixture
def log() -> Iterator[Lines]:
    """Listens at every logger, each of which says all that it can."""
    lines, root = Lines(), logging.getLogger()
    loggers = [root, *(one for one in root.manager.loggerDict.values() if isinstance(one, logging.Logger))]
    before = [(one, one.level) for one in loggers]
    for one in loggers:
        one.setLevel(logging.DEBUG)
    root.addHandler(lines)
    yield lines
    root.removeHandler(lines)
    for one, level in before:
        one.setLevel(level)
