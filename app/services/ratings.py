"""A rating: several people answer the same questionnaire apart, each in a sheet with keys of its own.

Whoever is in charge asks them and ends the rating. Until a sheet is handed in, its rater alone has its key;
and until the rating has ended, nobody is shown what any other sheet holds, whatever keys they have.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import update
from sqlmodel import col, select

from app.database import Session
from app.language import gettext as _
from app.language import long_date
from app.services import assessments, joint, profiles, sheets
from app.services.answers import too_long
from app.services.faults import NotFound, NotTaken, Refused
from app.services.opened import OpenAssessment, check_takes_answers
from app.services.packs import Library
from app.tables import Holder, Person, Review
from app.vault.holders import add_receipt_holder, new_id
from app.vault.receipts import Receipt, new_receipt
from app.vault.rows import Place, SealedRows

TAG_LIMIT = 60
MOST_RATERS = 20

# Among the notes: whoever was let in to read the report alone is not to know whose answers there are.
PLACE: Place = ("notes", "rating")


@dataclass(frozen=True)
class Rating:
    """Who was asked to answer apart, by the ids of their sheets: their name tags and the days.

    `ended_on` is None while the rating has not ended.
    """

    tags: Mapping[str, str] = field(default_factory=dict, repr=False)
    asked_on: Mapping[str, date] = field(default_factory=dict)
    ended_on: date | None = None


@dataclass(frozen=True)
class Rater:
    """Somebody who was asked, and how far they are.

    `email` is that of their account, empty for somebody with a code. `there` is False once their sheet is
    gone together with their account.
    """

    sheet_id: str
    tag: str = field(repr=False)
    asked_on: date
    handed_in_on: date | None
    by_code: bool
    there: bool
    email: str = field(repr=False)


def load(assessment: OpenAssessment) -> Rating:
    """The rating of an assessment, without anybody in it while there is none."""
    data = assessment.rows.read(*PLACE).data or {"sheets": {}, "ended_on": None}
    return Rating(
        {id_: one["tag"] for id_, one in data["sheets"].items()},
        {id_: date.fromisoformat(one["asked_on"]) for id_, one in data["sheets"].items()},
        date.fromisoformat(data["ended_on"]) if data["ended_on"] else None,
    )


def raters(session: Session, rating: Rating) -> list[Rater]:
    """Everybody who was asked, in that order."""
    if not rating.tags:
        return []
    rows = session.execute(
        select(Review, col(Holder.kind), col(Person.email))
        .outerjoin(Holder, col(Holder.id) == col(Review.reviewer_id))
        .outerjoin(Person, col(Person.id) == col(Review.reviewer_id))
        .where(col(Review.id).in_(rating.tags), Review.kind == "sheet")
    ).all()
    known = {row.id: (row, kind, email) for row, kind, email in rows}
    found = []
    for id_, tag in rating.tags.items():
        row, kind, email = known.get(id_, (None, None, None))
        found.append(
            Rater(
                id_,
                tag,
                rating.asked_on[id_],
                row.released_on if row else None,
                kind == "receipt",
                row is not None,
                email or "",
            )
        )
    return found


def check_open(assessment: OpenAssessment) -> None:
    """Let only those go on who change a rating that has not ended, in an assessment that takes answers.

    Raises:
        NotTaken: otherwise.
    """
    check_takes_answers(assessment)
    ended_on = load(assessment).ended_on
    if ended_on is not None:
        raise NotTaken(
            _("This rating has ended"),
            _("It was ended on {day}, and nobody can be asked any more. Nothing was changed.").format(
                day=long_date(ended_on)
            ),
            _("Go to the assessment: from there you find what people said, and can agree on the answers."),
        )


def check_none_goes_on(assessment: OpenAssessment) -> None:
    """Let only those go on who leave nobody behind who is answering apart.

    Raises:
        Refused: while a rating has not ended.
    """
    rating = load(assessment)
    if rating.tags and rating.ended_on is None:
        said = _("People are answering apart. End that rating first, or take them out of it.")
        raise Refused([("round", said)])


def ask_by_code(session: Session, assessment: OpenAssessment, typed: str, today: date) -> tuple[str, Receipt]:
    """Ask somebody without an account: the id of their sheet, and the code that opens it, known only here.

    Raises:
        NotTaken: as `check_open`.
        Refused: with a sentence about the name tag.
    """
    check_open(assessment)
    tag, receipt = _read_tag(assessment, typed), new_receipt()
    return _ask(session, assessment, add_receipt_holder(session, receipt, today).id, tag, today), receipt


def ask_member(session: Session, assessment: OpenAssessment, typed: str, person: Holder, today: date) -> str:
    """Ask somebody by their account; the id of their sheet.

    Raises:
        NotTaken: as `check_open`.
        Refused: with a sentence about the name tag, or when this account has a sheet already.
    """
    check_open(assessment)
    tag = _read_tag(assessment, typed)
    sheet = select(Review).where(
        Review.assessment_id == assessment.id, Review.reviewer_id == person.id, Review.kind == "sheet"
    )
    if session.exec(sheet).first() is not None:
        raise Refused([("who", _("This account has a sheet already."))])
    return _ask(session, assessment, person.id, tag, today)


def remove(session: Session, assessment: OpenAssessment, sheet_id: str) -> None:
    """Take a rater out again, with all that they have said; the grants of their sheet go first.

    Raises:
        NotFound: when nobody of this rating has that sheet.
        NotTaken: as `check_open`.
    """
    rating = load(assessment)
    if sheet_id not in rating.tags:
        raise NotFound
    check_open(assessment)
    row = session.get(Review, sheet_id)
    if row is not None and (row.kind, row.assessment_id) == ("sheet", assessment.id):
        assessments.remove(session, sheet_id)
    _write(assessment, rating, without=sheet_id)


def end(session: Session, library: Library, assessment: OpenAssessment, today: date) -> None:
    """End a rating: from now on what was handed in counts, until the organisation agrees on something else.

    Raises:
        NotTaken: as `check_open`.
        Refused: when nobody has handed in.
        DoesNotOpen: when a sheet was altered: then nothing is ended.
    """
    check_open(assessment)
    rating = load(assessment)
    handed_in = [one.sheet_id for one in raters(session, rating) if one.handed_in_on is not None]
    if not handed_in:
        said = _("Nobody has handed in yet. Wait for at least one sheet, or take the raters out again.")
        raise Refused([("end", said)])
    joint.keep(assessment, _opened(session, library, assessment, handed_in, today), today)
    session.execute(
        update(Review)
        .where(col(Review.assessment_id) == assessment.id, col(Review.kind) == "sheet")
        .values(ended_on=today)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    _write(assessment, rating, ended_on=today)


def open_sheets(
    session: Session, library: Library, assessment: OpenAssessment, today: date
) -> dict[str, OpenAssessment]:
    """The sheets that count, by their ids, for whoever has the whole of the assessment.

    Raises:
        NotFound: while the rating has not ended, even for whoever has the keys of a sheet.
    """
    heard = joint.load(assessment)
    if heard is None or not assessment.whole:
        raise NotFound
    opened = _opened(session, library, assessment, list(heard.raters), today)
    return {sheet.id: sheet for sheet in opened}


def _opened(
    session: Session, library: Library, assessment: OpenAssessment, ids: list[str], today: date
) -> list[OpenAssessment]:
    found = [assessments.find_sheet(session, library, assessment.access, id_, today) for id_ in ids]
    if any(sheet.sheet_of != assessment.id for sheet in found):
        raise NotFound
    return found


def _read_tag(assessment: OpenAssessment, typed: str) -> str:
    tag, taken = " ".join(typed.split()), load(assessment).tags.values()
    if not tag:
        raise Refused([("tag", _("Write who this sheet is for, for example “Programme lead”."))])
    if len(tag) > TAG_LIMIT:
        raise Refused([("tag", too_long(len(tag), TAG_LIMIT))])
    if tag.casefold() in {one.casefold() for one in taken}:
        raise Refused(
            [
                (
                    "tag",
                    _("Somebody has this name tag already. Choose another, so that you can tell them apart."),
                )
            ]
        )
    if len(taken) >= MOST_RATERS:
        raise Refused([("tag", _("At most {most} people can be asked.").format(most=MOST_RATERS))])
    return tag


def _ask(session: Session, assessment: OpenAssessment, holder_id: str, tag: str, today: date) -> str:
    """A sheet that this holder can open and nobody else, with what the rater has to know laid into it."""
    id_, pinned = new_id(), assessment.pinned
    key = assessments.add_sealed(
        session, holder_id, id_, pinned.framework_hash, pinned.questionnaire_hash, today
    )
    session.add(Review(id=id_, assessment_id=assessment.id, reviewer_id=holder_id, kind="sheet"))
    session.flush()
    rows = SealedRows(session, id_, 1, key, author=assessment.access.key.id, today=today)
    sheets.lay_in(rows, tag, assessment.title, profiles.load(assessment).facts)
    _write(assessment, load(assessment), more={id_: {"tag": tag, "asked_on": today.isoformat()}})
    return id_


def _write(
    assessment: OpenAssessment,
    rating: Rating,
    *,
    more: Mapping[str, dict[str, str]] | None = None,
    without: str = "",
    ended_on: date | None = None,
) -> None:
    kept = {
        id_: {"tag": tag, "asked_on": rating.asked_on[id_].isoformat()}
        for id_, tag in rating.tags.items()
        if id_ != without
    }
    data = {"sheets": kept | dict(more or {}), "ended_on": ended_on.isoformat() if ended_on else None}
    assessment.rows.write_newest(*PLACE, data)
