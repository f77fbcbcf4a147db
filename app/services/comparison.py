"""An assessment beside its review: both results, where they differ, and the findings.

When a review is released, what the organisation had said by then is kept in it: what it says later changes
neither the scores nor the differences that the review speaks of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.database import Session
from app.language import gettext as _
from app.services import answers, judgements, results, reviews
from app.services.basis import Basis, as_data, as_sealed
from app.services.faults import NotFound, Refused
from app.services.judgements import FINDINGS, NOTHING_JUDGED, Finding, Judgement
from app.services.opened import OpenAssessment
from app.services.reviews import OpenReview
from questionnaires.models import Question, Section
from scoring.assessment import Result, assess, conclude
from scoring.attainment import Judged, QuestionTerm, judge_by
from standards.models import TOP_LEVEL

_KEPT = "said"


@dataclass(frozen=True)
class Difference:
    """What both say of an indicator. `claimed` is the organisation's level, None where it gave none."""

    code: str
    claimed: int | None
    found: int


@dataclass(frozen=True)
class Comparison:
    """Both results, the differences, and the findings, the gravest first."""

    organisation: Result
    assessor: Result
    over_claimed: tuple[Difference, ...]
    under_claimed: tuple[Difference, ...]
    not_claimed: tuple[Difference, ...]
    findings: tuple[tuple[Finding, tuple[str, ...]], ...]
    judgements: Mapping[str, Judgement] = field(repr=False)

    @property
    def found(self) -> tuple[str, ...]:
        """The indicators that a finding is about, the gravest first."""
        return tuple(code for _kind, codes in self.findings for code in codes)


def basis_now(assessment: OpenAssessment) -> Basis:
    """What the organisation says now."""
    return results.basis(assessment, results.open_sheet(assessment))


def basis_of(assessment: OpenAssessment, review: OpenReview) -> Basis:
    """What the organisation had said when a review was released."""
    return as_sealed(assessment.questionnaire, review.rows.read("answers", _KEPT).data)


def questions(assessment: OpenAssessment, basis: Basis) -> list[tuple[Section, dict[str, list[Question]]]]:
    """What there is to judge: the indicators of each section, in order, with the questions that inform them.

    An indicator that several sections ask about stands in the first of them.
    """
    asked = answers.visible(assessment, basis.answers, basis.facts)
    informing: dict[str, list[Question]] = {}
    first: dict[str, list[str]] = {section.id: [] for section in assessment.questionnaire.sections}
    for section in assessment.questionnaire.sections:
        for question in section.questions:
            for informed in question.informs if question.id in asked else ():
                if informed.indicator not in informing:
                    first[section.id].append(informed.indicator)
                informing.setdefault(informed.indicator, []).append(question)
    return [
        (section, {code: informing[code] for code in first[section.id]})
        for section in assessment.questionnaire.sections
        if first[section.id]
    ]


def compare(assessment: OpenAssessment, basis: Basis, said: Mapping[str, Judgement], on: date) -> Comparison:
    """Both results on a day. What the reviewer left open counts as the organisation said it."""
    framework, questionnaire = assessment.framework, assessment.questionnaire
    own = assess(framework, questionnaire, basis.answers, on=on, profile=basis.facts, targets=basis.targets)
    judged = {
        code: _judged(one, said.get(code, NOTHING_JUDGED), asks_evidence=questionnaire.asks_evidence)
        for code, one in own.indicators.items()
    }
    theirs = conclude(
        framework,
        judged,
        on=on,
        asks_evidence=questionnaire.asks_evidence,
        ceiling=questionnaire.rating_ceiling,
        profile=basis.facts,
        targets=basis.targets,
    )
    differing = [
        Difference(code, None if about.unknown else about.level, one.level)
        for code, about in own.indicators.items()
        if (one := said.get(code, NOTHING_JUDGED)).level is not None
    ]
    return Comparison(
        own,
        theirs,
        over_claimed=tuple(one for one in differing if one.claimed is not None and one.claimed > one.found),
        under_claimed=tuple(one for one in differing if one.claimed is not None and one.claimed < one.found),
        not_claimed=tuple(one for one in differing if one.claimed is None),
        findings=_findings(own.indicators, said),
        judgements=said,
    )


def compare_now(assessment: OpenAssessment, review: OpenReview | None, today: date) -> Comparison:
    """An assessment as it stands beside a review that is being written, or not begun."""
    on = assessment.closed_on or today
    return compare(assessment, basis_now(assessment), _given(assessment, review), on)


def compare_released(assessment: OpenAssessment, review: OpenReview) -> Comparison:
    """A released review beside what the organisation had said by then, on the day of the release.

    Raises:
        NotFound: when it is not released.
    """
    if review.released_on is None:
        raise NotFound
    return compare(assessment, basis_of(assessment, review), _given(assessment, review), review.released_on)


def release(session: Session, assessment: OpenAssessment, review: OpenReview | None, today: date) -> None:
    """Let the organisation read a review, together with what it had said until now.

    Raises:
        Refused: when nothing is judged yet.
    """
    if review is None or not _given(assessment, review):
        raise Refused([("release", _("There is nothing to release yet: no point is judged."))])
    if review.writes:
        review.rows.write_newest("answers", _KEPT, as_data(basis_now(assessment)))
    reviews.release(session, review, today)


def _given(assessment: OpenAssessment, review: OpenReview | None) -> dict[str, Judgement]:
    return judgements.given(judgements.load(review, assessment.framework.indicators))


def _judged(own: Judged, said: Judgement, *, asks_evidence: bool) -> Judged:
    """An indicator as the reviewer sees it. Where the level alone is theirs, the evidence stays as it was."""
    attainment = own.attainment if said.level is None else said.level / TOP_LEVEL
    if said == NOTHING_JUDGED or attainment is None or own.status == "not_asked":
        return own
    strength = (own.strength or 0 if said.strength is None else said.strength) if asks_evidence else None
    term = QuestionTerm(own.code, 1, "answered", said.level, attainment, strength)
    return judge_by(own.code, own.class_, own.weight, (term,), "mean")


def _findings(
    order: Iterable[str], said: Mapping[str, Judgement]
) -> tuple[tuple[Finding, tuple[str, ...]], ...]:
    about = {
        kind: tuple(code for code in order if code in said and said[code].finding == kind)
        for kind in reversed(FINDINGS)
    }
    return tuple((kind, codes) for kind, codes in about.items() if codes)
