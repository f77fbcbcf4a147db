"""The installed packs, and those that assessments are pinned to by content hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session

from app.services.faults import NotFound
from app.tables import Content
from app.vault.content import content_hash
from app.vault.sealing import DoesNotOpen
from questionnaires.loader import installed_questionnaires
from questionnaires.models import Questionnaire
from standards.canonical import canonical
from standards.loader import installed_frameworks
from standards.models import Framework


@dataclass(frozen=True)
class Pinned:
    """A questionnaire and the edition it asks, with the hashes under which they are kept."""

    framework: Framework
    questionnaire: Questionnaire
    framework_hash: str
    questionnaire_hash: str


class Library:
    """Every pack at hand: the installed ones, and any that an assessment still needs."""

    def __init__(self, offered: list[Pinned]) -> None:
        """Offer these to whoever starts an assessment."""
        self.offered = {pinned.questionnaire.id: pinned for pinned in offered}
        self._read = {(pinned.framework_hash, pinned.questionnaire_hash): pinned for pinned in offered}

    @classmethod
    def installed(cls) -> Self:
        """The library of the packs that come with this copy.

        Raises:
            PackError: when one of them is faulty.
        """
        frameworks = installed_frameworks()
        return cls([_pin(frameworks, one) for one in installed_questionnaires(frameworks).values()])

    def offer(self, questionnaire_id: str) -> Pinned:
        """The installed questionnaire of that name.

        Raises:
            NotFound: when there is none.
        """
        if questionnaire_id not in self.offered:
            raise NotFound
        return self.offered[questionnaire_id]

    def keep(self, session: Session, pinned: Pinned) -> None:
        """Keep both texts in the database, so that the pack's files may change or go."""
        for kind, pack, hash_ in (
            ("framework", pinned.framework, pinned.framework_hash),
            ("questionnaire", pinned.questionnaire, pinned.questionnaire_hash),
        ):
            session.execute(
                insert(Content).values(hash=hash_, kind=kind, body=canonical(pack)).on_conflict_do_nothing()
            )

    def pinned(self, session: Session, framework_hash: str, questionnaire_hash: str) -> Pinned:
        """What an assessment is pinned to, read from the database when it is no longer installed.

        Raises:
            DoesNotOpen: when what is kept there is not what was pinned.
        """
        key = (framework_hash, questionnaire_hash)
        if key not in self._read:
            self._read[key] = Pinned(
                Framework.model_validate_json(_kept(session, framework_hash)),
                Questionnaire.model_validate_json(_kept(session, questionnaire_hash)),
                framework_hash,
                questionnaire_hash,
            )
        return self._read[key]


def _kept(session: Session, hash_: str) -> str:
    body = session.get_one(Content, hash_).body
    if content_hash(body) != hash_:
        raise DoesNotOpen
    return body


def _pin(frameworks: Mapping[tuple[str, str], Framework], questionnaire: Questionnaire) -> Pinned:
    framework = frameworks[(questionnaire.framework.id, questionnaire.framework.edition)]
    return Pinned(
        framework, questionnaire, content_hash(canonical(framework)), content_hash(canonical(questionnaire))
    )
