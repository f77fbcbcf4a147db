"""Lines of rounds that are ready at once: brought in from files, closed, and put in line by the services."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from fastapi import FastAPI

from app.database import Session, reading, writing
from app.services import assessments, closing, results, rounds
from app.services.opened import Line, OpenAssessment
from scoring.compare import Round
from scoring.rounding import whole_percent
from scoring.trends import TrendPoint
from tests.app.guests import key_of
from tests.app.markup import Page, visit
from tests.app.questionnaire import bring_in
from tests.conftest import Browser, Clock

YEAR = timedelta(days=365)

Say = Callable[[str], dict[str, object]]


@dataclass(frozen=True)
class Brought:
    """A round to bring in: the questionnaire, what is said in it, and the profile."""

    questionnaire: str
    say: Say
    profile: Mapping[str, str] | None = None


def bring_in_line(
    browser: Browser, app: FastAPI, clock: Clock, several: list[Brought], *, close_last: bool = False
) -> list[str]:
    """Bring in a line, a round each year, each closed but the last; their ids. The last is home then."""
    ids: list[str] = []
    for number, one in enumerate(several, start=1):
        if ids:
            clock.pass_by(YEAR)
            browser.come_back()
        bring_in(browser, app, one.say, one.questionnaire, one.profile)
        ids.append(browser.home.removeprefix("/assessments/"))
        with writing(app.state.engine) as session:
            opened = _open(session, app, browser, ids[-1])
            rounds.keep_line(opened, Line(ids[0], number))
            if close_last or number < len(several):
                closing.close(opened, app.state.clock().date())
            session.commit()
    return ids


def scored(browser: Browser, app: FastAPI, *ids: str) -> list[Round]:
    """What scoring makes of rounds."""
    today = app.state.clock().date()
    with reading(app.state.engine) as session:
        opened = [_open(session, app, browser, one) for one in ids]
        return [Round(one.framework, results.result(one, results.open_sheet(one), today)) for one in opened]


def _open(session: Session, app: FastAPI, browser: Browser, assessment_id: str) -> OpenAssessment:
    today = app.state.clock().date()
    return assessments.find(session, app.state.library, key_of(app, browser), assessment_id, today)


# What is said in them

ELEVEN = Brought(
    "ics-style-eleven",
    lambda code: {"value": int(code.partition(".")[0].removeprefix("E")) % 4, "evidence": 1},
)
ONLINE = {"online": "high"}


def level_of(code: str, more: int = 0) -> int:
    """Some level for each code, that is another for another number."""
    return (sum(map(ord, code)) + more) % 4


def full(more: int, *left_out: str, evidence: int = 3) -> Brought:
    """A round of the full questionnaire, with some left out."""
    return Brought(
        "ics-style-full",
        lambda code: {} if code in left_out else {"value": level_of(code, more), "evidence": evidence},
        ONLINE,
    )


def changes_of(browser: Browser, query: str = "") -> Page:
    return visit(browser, f"{browser.home}/changes{query}")


def rows(page: Page, table: str) -> dict[str, list[str]]:
    """The rows of a table by what names them, without its head."""
    return {row[0]: row[1:] for row in page.tables[table][1:]}


def shown(score: float | None) -> str:
    return "–" if score is None else str(whole_percent(score))


def cell(point: TrendPoint) -> str:
    """A point as the table writes it: its score, a star where it is read by links, the share in brackets."""
    star = "*" if point.translated else ""
    part = f" ({shown(point.share)} %)" if point.share is not None and point.share < 99.5 else ""
    return f"{shown(point.score)}{star}{part}"
