"""The round after a closed one, and an open round that goes on in another edition, there and back.

Nothing is deleted on the way: of two versions of one round, the one that does not count is set aside.
"""

from dataclasses import replace
from datetime import date

from app.database import Session
from app.language import gettext as _
from app.services import assessments, carrying, ratings, results
from app.services.faults import NotFound, Refused
from app.services.opened import Line, OpenAssessment, Title, check_takes_answers
from app.services.packs import Library, Pinned
from app.services.rounds import current, edition_before, keep_line, set_aside

NOTHING_MEANT: frozenset[str] = frozenset()


def follow(
    session: Session,
    library: Library,
    previous: OpenAssessment,
    pinned: Pinned,
    title: Title,
    today: date,
    meant: frozenset[str] = NOTHING_MEANT,
) -> OpenAssessment:
    """Begin the round after one that is closed; what that said waits to be confirmed.

    Where somebody has begun it already, that is the one. For `meant` see `carrying.carry`.

    Raises:
        Refused: when the round before it is still open.
    """
    if previous.closed_on is None:
        raise Refused([("round", _("This round is still open. Close it first, then start the next one."))])
    place = Line(previous.line.id, previous.line.number + 1)
    present = current(session, library, previous, place.number, today)
    if present is not None:
        return present
    begun = _begin(session, library, previous, pinned, place, today)
    assessments.rename(begun, title)
    carrying.carry(previous, results.open_sheet(previous), begun, today, meant, by_round=True)
    return begun


def go_on_in(
    session: Session,
    library: Library,
    assessment: OpenAssessment,
    pinned: Pinned,
    title: Title,
    today: date,
    meant: frozenset[str],
) -> OpenAssessment:
    """Go on in another edition: with an open round itself, and with the next one where it is closed.

    Raises:
        NotTaken, Refused: as `move`.
    """
    if assessment.closed_on is None:
        return move(session, library, assessment, pinned, today, meant)
    return follow(session, library, assessment, pinned, title, today, meant)


def move(
    session: Session,
    library: Library,
    assessment: OpenAssessment,
    pinned: Pinned,
    today: date,
    meant: frozenset[str] = NOTHING_MEANT,
) -> OpenAssessment:
    """Go on with an open round in another edition. This one is set aside, and nothing of it is deleted.

    Where the round was in that edition before, it goes on there as it was left. Going back to the edition of
    the round before, what that one said waits to be confirmed, and otherwise what this one says.

    Raises:
        NotTaken: when it is closed, or set aside already.
        Refused: while people are answering apart.
    """
    check_takes_answers(assessment)
    ratings.check_none_goes_on(assessment)
    place = assessment.line
    keep_line(assessment, replace(place, aside=True))
    for one in set_aside(session, library, assessment, today):
        if one.line.number == place.number and one.pinned.hashes == pinned.hashes:
            keep_line(one, place)
            begun = one
            break
    else:
        begun = _begin(session, library, assessment, pinned, place, today)
        assessments.rename(begun, assessment.title)
    earlier = current(session, library, assessment, place.number - 1, today)
    if earlier is None or earlier.pinned.hashes != pinned.hashes:
        earlier = assessment
    carrying.carry(earlier, results.open_sheet(earlier), begun, today, meant, by_round=True)
    return begun


def go_back(session: Session, library: Library, assessment: OpenAssessment, today: date) -> OpenAssessment:
    """Undo an upgrade: go on with a version that is set aside, or else with the edition of the round before.

    Raises:
        NotFound: when there is nothing to go back to.
        NotTaken, Refused: as `move`.
    """
    if assessment.line.aside:
        return _revive(session, library, assessment, today)
    before = edition_before(session, library, assessment, today)
    if before is None:
        raise NotFound
    return move(session, library, assessment, before, today)


def _revive(session: Session, library: Library, aside: OpenAssessment, today: date) -> OpenAssessment:
    """Go on with a version of a round that was set aside, and set aside the one that counted meanwhile."""
    present = current(session, library, aside, aside.line.number, today)
    if present is not None:
        check_takes_answers(present)
        ratings.check_none_goes_on(present)
        keep_line(present, replace(present.line, aside=True))
    keep_line(aside, replace(aside.line, aside=False))
    return aside


def _begin(
    session: Session, library: Library, key_of: OpenAssessment, pinned: Pinned, place: Line, today: date
) -> OpenAssessment:
    """A round, begun with the key that opened another: two who begin it at once begin the same."""
    form = f"round {place.id} {place.number} {' '.join(pinned.hashes)}"
    begun = assessments.begin(session, library, key_of.access.key, pinned, today, form)
    keep_line(begun, place)
    return begun
