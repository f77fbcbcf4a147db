"""A rater's sheet, as its rater has it: finding it, and handing it in."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from app.database import Session
from app.language import gettext as _
from app.services import apart, assessments, profiles, results
from app.services.faults import NotFound, Refused
from app.services.opened import Access, OpenAssessment, Title
from app.services.packs import Library
from app.tables import Review
from app.vault.grants import open_grant
from app.vault.holders import KeyHolder
from app.vault.rows import Place, SealedRows
from app.vault.sealing import DoesNotOpen

_TAG: Place = ("name", "tag")

# Every task list asks this, so it is plain text: to put a statement together takes longer than to run it.
_HELD = "SELECT id, assessment_id FROM review WHERE reviewer_id = ? AND kind = 'sheet'"


def lay_in(rows: SealedRows, tag: str, title: Title, facts: Mapping[str, str]) -> None:
    """Write into a new sheet whom it is for, of what it is, and which questions cannot apply."""
    rows.write(*_TAG, tag, made_on=0)
    rows.write("name", "title", asdict(title), made_on=0)
    if facts:
        rows.write(*profiles.PLACE, dict(facts), made_on=0)


def tag_of(sheet: OpenAssessment) -> str:
    """Whom a sheet is for."""
    return str(sheet.rows.read(*_TAG).data)


def find(session: Session, library: Library, rater: KeyHolder, sheet_id: str, today: date) -> OpenAssessment:
    """A rater's own sheet, with their own key.

    Raises:
        NotFound: when there is none of that id, or it is somebody else's.
    """
    found = assessments.find_sheet(session, library, Access(rater), sheet_id, today)
    if found.sheet is None or found.sheet.rater_id != rater.id:
        raise NotFound
    return found


def held(
    session: Session, library: Library, rater: KeyHolder, today: date, of: str | None = None
) -> tuple[list[OpenAssessment], int]:
    """Every sheet that somebody was asked to fill, the latest first; and how many do not open any more.

    `of`: only those of this assessment.
    """
    opened, changed = [], 0
    asked = session.ask(_HELD, (rater.id,))
    for sheet_id in [id_ for id_, assessment_id in asked if of in (None, assessment_id)]:
        try:
            opened.append(find(session, library, rater, sheet_id, today))
        except NotFound:
            continue
        except DoesNotOpen:
            changed += 1
    return sorted(opened, key=lambda one: (one.created_on, one.id), reverse=True), changed


def hand_in(session: Session, sheet: OpenAssessment, today: date) -> None:
    """Let the organisation have a sheet, which is not changed any more. A second time changes nothing.

    Raises:
        NotTaken: when the rating has ended.
        Refused: when nothing is answered.
    """
    if sheet.sheet is None:
        raise NotFound
    if sheet.sheet.handed_in_on is not None:
        return
    sheet.sheet.check_takes_answers()
    if not results.open_sheet(sheet).progress().begun:
        raise Refused([("hand-in", _("There is nothing to hand in yet: no question is answered."))])
    opened = open_grant(session, sheet.access.key, sheet.id, today)
    if opened is None:
        raise NotFound
    apart.release(session, session.get_one(Review, sheet.id), opened.key, today)
