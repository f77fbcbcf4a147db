"""`plumbline explain`: the terms behind one figure of a file of answers, as text."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from app.commands.answer_files import CannotScore, Scored, add_files, score_files
from scoring.attainment import Judged
from scoring.gaps import Gap
from scoring.ratings import Considered
from scoring.rounding import rounded
from scoring.scores import Figures, Part

OVERALL, RATING = "overall", "rating"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    parser = commands.add_parser("explain", help="show what a figure of a file of answers was made of")
    parser.add_argument(
        "figure",
        nargs="?",
        default=OVERALL,
        help="overall (default), rating, a standard, a requirement, or an indicator",
    )
    add_files(parser)
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="the reference date, such as 2026-11-21"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the terms; the exit status is 2 where something given does not fit."""
    try:
        scored = score_files(given.framework, given.questionnaire, given.answers, given.on)
        lines = explain(scored, given.figure)
    except CannotScore as fault:
        print(fault, file=sys.stderr)
        return 2
    print("\n".join(lines))
    return 0


def explain(scored: Scored, figure: str) -> list[str]:
    """The terms behind a figure, a line for each.

    Raises:
        CannotScore: when there is no such figure.
    """
    parts = _parts(scored)
    if figure == OVERALL:
        return [*_overall(scored)]
    if figure == RATING:
        return [*_rating(scored)]
    if figure in parts:
        part = parts[figure]
        return [*_figures(part.id, part.figures), *_weighted(part.indicators)]
    if figure in scored.result.indicators:
        return [*_indicator(scored, scored.result.indicators[figure])]
    names = ", ".join([OVERALL, RATING, *parts, *scored.result.indicators])
    raise CannotScore(f"there is no figure {figure}; expected one of {names}")


def _parts(scored: Scored) -> Mapping[str, Part]:
    standards = scored.result.standards
    requirements = [part for standard in standards for part in standard.requirements]
    return {part.id: part for part in (*standards, *requirements)}


def _overall(scored: Scored) -> Iterator[str]:
    result = scored.result
    yield from _figures(OVERALL, result.overall)
    if result.overall.sums is None:
        yield "  the plain mean over the standards that have a score:"
        for part in result.standards:
            yield f"    {part.id}: {_percent(part.figures.score)}"
        return
    yield from _weighted(result.indicators.values())


def _figures(name: str, figures: Figures) -> Iterator[str]:
    yield f"{name}: score {_percent(figures.score)}"
    yield f"  between {_percent(figures.low)} and {_percent(figures.high)}"
    yield f"  coverage {_percent(figures.coverage)}"
    if figures.evidenced is not None:
        yield f"  evidenced {_percent(figures.evidenced)}; assurance gap {_percent(figures.assurance_gap)}"
    if figures.sums is not None:
        sums = figures.sums
        yield (
            f"  score = 100 × {_number(sums.attained)} / {_number(sums.answered)}; "
            f"still to answer: weight {_number(sums.unanswered)}"
        )


def _weighted(judged: Iterable[Judged]) -> Iterator[str]:
    for one in judged:
        if one.attainment is None:
            yield f"    {one.code}: {one.status.replace('_', ' ')} (weight {_number(one.weight)})"
            continue
        product = _number(one.weight * one.attainment)
        yield f"    {one.code}: {_number(one.weight)} × {_number(one.attainment)} = {product}"


def _indicator(scored: Scored, one: Judged) -> Iterator[str]:
    yield f"{one.code}: {one.status.replace('_', ' ')}; {one.class_}, weight {_number(one.weight)}"
    combine = "the lowest" if scored.questionnaire.combine == "weakest" else "the weighted mean"
    for term in one.terms:
        said = [term.status.replace("_", " "), f"weight {_number(term.weight)}"]
        if term.credit is not None:
            said.append(f"credit {_number(term.credit)}")
        if term.strength is not None:
            said.append(f"evidence {term.strength}")
        yield f"    {term.question}: {', '.join(said)}"
    if one.attainment is not None:
        yield f"  attainment {_number(one.attainment)}, {combine} of these credits: level {one.level}"
    if one.evidenced is not None:
        yield f"  evidence strength {one.strength}: evidenced attainment {_number(one.evidenced)}"
    for gap in scored.result.gaps:
        if gap.code == one.code:
            yield from _gap(gap)


def _gap(gap: Gap) -> Iterator[str]:
    yield (
        f"  gap {_number(gap.size)} to level {gap.target}; priority = {_number(gap.size)} × "
        f"{_number(gap.weight)} × {_number(gap.exposure)} = {_number(gap.priority)}; "
        f"{gap.tier}, within {gap.days} days"
    )


def _rating(scored: Scored) -> Iterator[str]:
    verdict = scored.result.verdict
    yield f"rating: {verdict.reached.rating.id if verdict.reached else 'none'}"
    if verdict.reached is not None:
        yield from _conditions(verdict.reached)
    if verdict.next is not None:
        yield f"next: {verdict.next.rating.id}"
        yield from _conditions(verdict.next)


def _conditions(considered: Considered) -> Iterator[str]:
    for one in considered.conditions:
        about = f"{one.kind} of {one.subject}" if one.subject else one.kind
        is_ = "none" if one.actual is None else _number(one.actual)
        way = f"; in the way: {', '.join(one.in_the_way)}" if one.in_the_way else ""
        state = "holds" if one.holds else "waits"
        yield f"    {about}: at least {_number(one.needed)}, is {is_}: {state}{way}"


def _percent(figure: float | None) -> str:
    return "none" if figure is None else f"{_number(figure)} %"


def _number(figure: float) -> str:
    return f"{rounded(figure):.9f}".rstrip("0").rstrip(".")
