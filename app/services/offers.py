"""What is offered: the installed questionnaires, grouped by what they are for, and the editions they ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from app.services.faults import NotFound
from app.services.packs import Library, Pinned
from standards.models import Framework

Purpose = Literal["standards", "culture", "document", "historic"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


@dataclass(frozen=True)
class Edition:
    """An edition, and the questionnaires that ask it, the shortest first."""

    framework: Framework
    questionnaires: tuple[Pinned, ...]


def purpose_of(framework: Framework) -> Purpose:
    """What an edition is for."""
    return "historic" if framework.historic else framework.kind


def grouped(library: Library) -> Mapping[Purpose, tuple[Pinned, ...]]:
    """What can be begun, by purpose, the shortest first. A purpose that nothing serves is left out."""
    offered = _shortest_first(library)
    groups = {
        purpose: tuple(one for one in offered if purpose_of(one.framework) == purpose) for purpose in PURPOSES
    }
    return {purpose: group for purpose, group in groups.items() if group}


def suggested(library: Library) -> str:
    """What to begin with if nobody says otherwise: the first of the first group; empty if there is none."""
    return next((group[0].questionnaire.id for group in grouped(library).values()), "")


def editions(library: Library) -> Mapping[Purpose, tuple[Edition, ...]]:
    """The editions that can be assessed, by purpose."""
    return {
        purpose: tuple(edition(library, *key) for key in dict.fromkeys(_key(one) for one in group))
        for purpose, group in grouped(library).items()
    }


def edition(library: Library, framework_id: str, name: str) -> Edition:
    """One installed edition.

    Raises:
        NotFound: when nothing that is installed asks it.
    """
    asking = tuple(one for one in _shortest_first(library) if _key(one) == (framework_id, name))
    if not asking:
        raise NotFound
    return Edition(asking[0].framework, asking)


def questionnaire(library: Library, questionnaire_id: str, version: str) -> Pinned:
    """One installed questionnaire, in just this version.

    Raises:
        NotFound: when it is not installed, or another version is.
    """
    pinned = library.offer(questionnaire_id)
    if pinned.questionnaire.version != version:
        raise NotFound
    return pinned


def _shortest_first(library: Library) -> list[Pinned]:
    return sorted(
        library.offered.values(), key=lambda one: (one.questionnaire.minutes, one.questionnaire.title)
    )


def _key(pinned: Pinned) -> tuple[str, str]:
    return pinned.framework.id, pinned.framework.edition
