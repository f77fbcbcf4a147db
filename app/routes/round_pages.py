"""The pages about rounds that several addresses lead to."""

import re

from fastapi import Response

from app.pages import render
from app.routes.forms import Form
from app.routes.visits import Visit
from app.services import rounds, upgrading
from app.services.opened import OpenAssessment
from app.services.upgrading import Upgrade

Problems = list[tuple[str, str]]


def next_title(assessment: OpenAssessment, visit: Visit) -> str:
    """The name of the round before, with this year in it where it had a year."""
    return re.sub(r"\b20\d\d\b", str(visit.today.year), assessment.title.title)


def rounds_page(
    visit: Visit,
    assessment: OpenAssessment,
    status: int = 200,
    problems: Problems | None = None,
    done: str = "",
) -> Response:
    """The rounds of a line, and what can be done with the newest."""
    given = (visit.session, visit.library, assessment, visit.today)
    line = rounds.line(*given)
    newest = line[-1] if line else assessment
    return render(
        "rounds/page.html",
        status,
        signed_in=True,
        assessment=assessment,
        rows=[rounds.standing(one, visit.today) for one in reversed(line)],
        set_aside=rounds.set_aside(*given),
        newest=newest,
        before=rounds.edition_before(*given[:2], newest, visit.today),
        upgrades=upgrading.upgrades(visit.library, newest.pinned),
        problems=problems or [],
        done=done,
    )


def find_upgrade(visit: Visit, assessment: OpenAssessment, to: str) -> Upgrade:
    """The way to a newer questionnaire; to the first of them where none is named."""
    ways = upgrading.upgrades(visit.library, assessment.pinned)
    named = to or next((one.questionnaire.id for one in ways), "")
    return upgrading.find_upgrade(visit.library, assessment.pinned, named)


def upgrade_page(
    visit: Visit,
    assessment: OpenAssessment,
    found: Upgrade,
    form: Form,
    status: int = 200,
    *,
    problems: Problems | None = None,
    stale: bool = False,
) -> Response:
    """What a newer edition changes. `stale`: it is another than the one that was shown before."""
    return render(
        "rounds/upgrade.html",
        status,
        signed_in=True,
        assessment=assessment,
        upgrade=found,
        typed={name: form.get(name) for name in ("organisation", "title")},
        ticked=[] if stale else list(form.under("means")),
        problems=problems or [],
        stale=stale,
    )
