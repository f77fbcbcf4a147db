"""Rounds: the line of them, closing one, starting the next, and moving to another edition."""

import re

from fastapi import APIRouter, Response

from app.pages import go_to, render
from app.routes.access import AssessmentDep, ChargeDep
from app.routes.assessments import read_title, title_problems
from app.routes.forms import Form, FormDep
from app.routes.handling import Route
from app.routes.visits import Visit, VisitDep
from app.services import closing, next_round, results, rounds, upgrading
from app.services.assessments import OpenAssessment
from app.services.faults import NotFound, NotTaken, Refused
from app.services.upgrading import Upgrade

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/rounds")

Problems = list[tuple[str, str]]


@router.get("")
def show_rounds(visit: VisitDep, assessment: AssessmentDep, done: str = "") -> Response:
    """The rounds of this line, the newest first, and what can be done next."""
    return _rounds_page(visit, assessment, done=done)


@router.get("/close")
def ask_to_close(assessment: ChargeDep) -> Response:
    """Ask whether it is meant, and say what is still open."""
    if not assessment.takes_answers:
        return go_to(f"/assessments/{assessment.id}/rounds")
    sheet = results.open_sheet(assessment)
    return render("rounds/close.html", signed_in=True, assessment=assessment, progress=sheet.progress())


@router.post("/close")
def close(visit: VisitDep, assessment: ChargeDep) -> Response:
    """Close a round for good."""
    closing.close(assessment, visit.today)
    return go_to(f"/assessments/{assessment.id}/rounds?done=closed")


@router.get("/next")
def ask_to_start(visit: VisitDep, assessment: ChargeDep) -> Response:
    """What the next round is to be called, and in which edition it is to be."""
    begun = rounds.current(visit.session, visit.library, assessment, assessment.line.number + 1, visit.today)
    if begun is not None:
        return go_to(f"/assessments/{begun.id}")
    if assessment.closed_on is None:
        return go_to(f"/assessments/{assessment.id}/rounds")
    title = assessment.title
    typed = {"organisation": title.organisation, "title": _next_title(assessment, visit), "edition": ""}
    return _next_page(visit, assessment, typed)


@router.post("/next")
def start(form: FormDep, visit: VisitDep, assessment: ChargeDep) -> Response:
    """Start the next round in the same edition, or go on to what another edition would change."""
    problems = list(title_problems(form))
    typed = {name: form.get(name) for name in ("organisation", "title", "edition")}
    if problems:
        return _next_page(visit, assessment, typed, 422, problems)
    if typed["edition"]:
        return _upgrade_page(visit, assessment, _upgrade(visit, assessment, typed["edition"]), form)
    try:
        begun = next_round.follow(
            visit.session, visit.library, assessment, assessment.pinned, read_title(form), visit.today
        )
    except Refused as refused:
        return _rounds_page(visit, assessment, 422, refused.problems)
    return go_to(f"/assessments/{begun.id}")


@router.get("/upgrade")
def show_upgrade(visit: VisitDep, assessment: ChargeDep, to: str = "") -> Response:
    """What a newer edition changes, link by link."""
    present = _present(visit, assessment)
    if present is not None:
        return go_to(f"/assessments/{present.id}/rounds")
    title = assessment.title
    closed = assessment.closed_on is not None
    names = [
        ("organisation", title.organisation),
        ("title", _next_title(assessment, visit) if closed else title.title),
    ]
    return _upgrade_page(visit, assessment, _upgrade(visit, assessment, to), Form(names))


@router.post("/upgrade")
def upgrade(form: FormDep, visit: VisitDep, assessment: ChargeDep) -> Response:
    """Go on in a newer edition: this round, or the next one where this is closed."""
    present = _present(visit, assessment)
    if present is not None:
        return go_to(f"/assessments/{present.id}/rounds?done=upgraded")
    found = _upgrade(visit, assessment, form.get("to"))
    if form.get("pinned") != " ".join(found.later.hashes):
        return _upgrade_page(visit, assessment, found, form, 409, stale=True)
    problems = list(title_problems(form))
    if problems:
        return _upgrade_page(visit, assessment, found, form, 422, problems=problems)
    meant = found.meant(int(place) for place in form.under("means") if place.isdigit() and len(place) < 5)
    given = (visit.session, visit.library, assessment, found.later)
    if assessment.closed_on is not None:
        begun = next_round.follow(*given, read_title(form), visit.today, meant)
    else:
        begun = next_round.move(*given, visit.today, meant)
    return go_to(f"/assessments/{begun.id}/rounds?done=upgraded")


@router.post("/back")
def go_back(visit: VisitDep, assessment: ChargeDep) -> Response:
    """Undo an upgrade: go on with this version, or, in the one that counts, with the edition before it."""
    given = (visit.session, visit.library)
    try:
        if assessment.line.aside:
            begun = next_round.go_back_to(*given, assessment, visit.today)
        else:
            before = rounds.edition_before(*given, assessment, visit.today)
            if before is None:
                raise NotFound
            begun = next_round.move(*given, assessment, before, visit.today)
    except NotTaken as closed:
        return _rounds_page(visit, assessment, 409, [("round", closed.happened)])
    return go_to(f"/assessments/{begun.id}/rounds?done=back")


def _present(visit: Visit, assessment: OpenAssessment) -> OpenAssessment | None:
    """The round that an upgrade would make, where somebody has made it already."""
    given = (visit.session, visit.library, assessment)
    if assessment.line.aside:
        return rounds.current(*given, assessment.line.number, visit.today)
    if assessment.closed_on is not None:
        return rounds.current(*given, assessment.line.number + 1, visit.today)
    return None


def _upgrade(visit: Visit, assessment: OpenAssessment, to: str) -> Upgrade:
    """The way to a newer questionnaire; to the first of them where none is named."""
    ways = upgrading.upgrades(visit.library, assessment.pinned)
    named = to or next((one.questionnaire.id for one in ways), "")
    return upgrading.find_upgrade(visit.library, assessment.pinned, named)


def _next_title(assessment: OpenAssessment, visit: Visit) -> str:
    """The name of the round before, with this year in it where it had a year."""
    return re.sub(r"\b20\d\d\b", str(visit.today.year), assessment.title.title)


def _rounds_page(
    visit: Visit,
    assessment: OpenAssessment,
    status: int = 200,
    problems: Problems | None = None,
    done: str = "",
) -> Response:
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


def _next_page(
    visit: Visit,
    assessment: OpenAssessment,
    typed: dict[str, str],
    status: int = 200,
    problems: Problems | None = None,
) -> Response:
    return render(
        "rounds/next.html",
        status,
        signed_in=True,
        assessment=assessment,
        upgrades=upgrading.upgrades(visit.library, assessment.pinned),
        typed=typed,
        problems=problems or [],
    )


def _upgrade_page(
    visit: Visit,
    assessment: OpenAssessment,
    found: Upgrade,
    form: Form,
    status: int = 200,
    *,
    problems: Problems | None = None,
    stale: bool = False,
) -> Response:
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
