"""Moving to a newer edition: which there are, and what becomes of each indicator on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.services.correspondence import Relation, Source, sources, steps
from app.services.faults import NotFound
from app.services.packs import Library, Pinned
from scoring.groups import left_over
from standards.loader import newest_last
from standards.models import Link


@dataclass(frozen=True)
class Step:
    """What becomes of some indicators of an earlier edition.

    `questions` are those of the later questionnaire whose earlier answer can be taken over as it is, if
    whoever decides says that it means the same.
    """

    link: Link
    questions: tuple[str, ...]

    @property
    def relation(self) -> Relation:
        """The same, revised, split, or merged."""
        return self.link.relation


@dataclass(frozen=True)
class Upgrade:
    """The way from one edition and questionnaire to newer ones.

    `retired` and `new` are the codes that no link leads from or to.
    """

    earlier: Pinned
    later: Pinned
    steps: tuple[Step, ...]
    retired: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def only_asked_anew(self) -> bool:
        """Whether every point is the same, and only the questionnaire is another."""
        return not self.retired and not self.new and all(one.relation == "same" for one in self.steps)

    def meant(self, ticked: Iterable[int]) -> frozenset[str]:
        """The questions of the steps, counted from 0, of which somebody says that they mean the same."""
        return frozenset(
            question
            for place in ticked
            if 0 <= place < len(self.steps)
            for question in self.steps[place].questions
        )


def upgrades(library: Library, pinned: Pinned) -> list[Pinned]:
    """What is newer than what a round is pinned to: a newer edition, or a newer version of its questionnaire.

    A questionnaire that only goes before another one is no way on, unless it is the round's own.
    """
    newer = [one for one in library.offered.values() if _newer(pinned, one)]
    own = [one for one in newer if one.questionnaire.id == pinned.questionnaire.id]
    return own or [one for one in newer if one.questionnaire.continues_as is None]


def find_upgrade(library: Library, pinned: Pinned, questionnaire: str) -> Upgrade:
    """The way to one of the newer questionnaires, by its id.

    Raises:
        NotFound: when it is none of them.
    """
    for one in upgrades(library, pinned):
        if one.questionnaire.id == questionnaire:
            return upgrade(pinned, one)
    raise NotFound


def upgrade(earlier: Pinned, later: Pinned) -> Upgrade:
    """What becomes of each indicator on the way from one to the other."""
    found, before, after = sources(earlier, later), earlier.framework, later.framework
    links = steps(before, after)
    return Upgrade(
        earlier,
        later,
        tuple(Step(link, _alike(link, later, found)) for link in links),
        retired=left_over(before, (link.from_ for link in links)),
        new=left_over(after, (link.to for link in links)),
    )


def _newer(pinned: Pinned, other: Pinned) -> bool:
    before, after = pinned.framework, other.framework
    if before.id != after.id or pinned.hashes == other.hashes:
        return False
    if before.edition != after.edition:
        return any(against.edition == before.edition for against in after.earlier)
    if pinned.questionnaire.id != other.questionnaire.id:
        return False
    return newest_last(pinned.questionnaire.key) <= newest_last(other.questionnaire.key)


def _alike(link: Link, later: Pinned, found: Mapping[str, Source]) -> tuple[str, ...]:
    """The questions about a link's indicators that have one earlier question of their own kind."""
    return tuple(
        id_
        for id_, question in later.questionnaire.questions.items()
        if any(informed.indicator in link.to for informed in question.informs)
        and id_ in found
        and [one.kind for one in found[id_].questions] == [question.kind]
    )
