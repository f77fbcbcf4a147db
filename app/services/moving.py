"""An organisation as files: everything to read, and one file to move it to another installation."""

import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.database import Session
from app.language import gettext as _
from app.language import long_date
from app.services import assessments, exported, in_words, results, talk, transfer
from app.services.exported import AssessmentFile, unfit
from app.services.opened import TITLE_LIMIT, OpenAssessment
from app.services.packs import Library
from app.vault.codes import Mistyped
from app.vault.grants import granted_assessments
from app.vault.holders import KeyHolder
from app.vault.key_codes import KeyCode
from app.vault.moving import opened_file, read_moving_code, sealed_file
from app.vault.organisations import OpenOrganisation, found
from app.vault.sealing import DoesNotOpen

MOST_ASSESSMENTS = 500
SEALED_NAME = "move.plumbline"


class OrganisationFile(BaseModel):
    """The text of the file that moves an organisation."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: str = Field(pattern="^plumbline-organisation$")
    name: str = Field(max_length=TITLE_LIMIT, pattern=exported.NO_NOUGHT)
    assessments: list[AssessmentFile] = Field(max_length=MOST_ASSESSMENTS)


def export(
    session: Session, library: Library, organisation: OpenOrganisation, code: KeyCode, today: date
) -> bytes:
    """All that an organisation holds, as a zip: each assessment as JSON and text, and the whole sealed."""
    held = _held(session, library, organisation, today)
    texts = [transfer.export(one, results.open_sheet(one), today) for one in held]
    whole = OrganisationFile(
        format="plumbline-organisation",
        name=organisation.name,
        assessments=[AssessmentFile.model_validate_json(text) for text in texts],
    )
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        for number, (assessment, text) in enumerate(zip(held, texts, strict=True), start=1):
            name = f"{number:02}-{assessment.questionnaire.id}"
            _put(file, f"{name}.json", text.encode())
            _put(file, f"{name}.txt", "\n".join(_readable(assessment, organisation.name)).encode())
        sealed = sealed_file(code, whole.model_dump_json(exclude_defaults=True))
        _put(file, SEALED_NAME, sealed)
    return packed.getvalue()


def take_in(
    session: Session, library: Library, owner: KeyHolder, content: bytes, typed: str, today: date
) -> OpenOrganisation:
    """Make an organisation, owned by whoever asks, of a file that was sealed under this code.

    Raises:
        Refused: when the code is not its code, when it is damaged, or holds what does not fit here.
    """
    file = _opened(content, typed)
    organisation = found(session, owner, file.name, today)
    for number, one in enumerate(file.assessments, start=1):
        pinned = transfer.offer_for(library, one)
        form = f"moved {organisation.id} {number}"
        begun = assessments.begin(session, library, organisation.key, pinned, today, form)
        transfer.take_in(begun, one, today)
        transfer.take_in_round(begun, one, today)
    return organisation


def _held(
    session: Session, library: Library, organisation: OpenOrganisation, today: date
) -> list[OpenAssessment]:
    """What an organisation holds, the oldest first, and what began on one day by its name."""
    held = granted_assessments(session, organisation.key.id, today)
    opened = [assessments.find(session, library, organisation.key, one.id, today) for one in held]
    return sorted(opened, key=lambda one: (one.created_on, one.title.title))


def _opened(content: bytes, typed: str) -> OrganisationFile:
    try:
        text = opened_file(read_moving_code(typed), content)
    except (Mistyped, DoesNotOpen, UnicodeDecodeError):
        raise unfit(
            _("File and code do not fit together. Check the code, and take the file that ends in .plumbline.")
        ) from None
    try:
        return OrganisationFile.model_validate_json(text)
    except ValidationError as fault:
        where = ".".join(str(part) for part in fault.errors(include_input=False, include_url=False)[0]["loc"])
        raise unfit(_("This file cannot be read as an exported organisation."), where) from None


def _put(file: ZipFile, name: str, content: bytes) -> None:
    # Without a time of its own, the same content always makes the same file.
    file.writestr(ZipInfo(name), content, ZIP_DEFLATED)


def _readable(assessment: OpenAssessment, organisation: str) -> Iterable[str]:
    """An assessment as plain text, question by question."""
    title = assessment.title
    yield " – ".join(filter(None, (organisation, title.organisation, title.title)))
    yield f"{assessment.questionnaire.title}. {assessment.framework.title} {assessment.framework.edition}"
    yield _("Last changed on {day}").format(day=long_date(assessment.changed_on))
    said = results.entries(assessment)
    comments = talk.load(assessment, said)
    for section in assessment.questionnaire.sections:
        yield f"\n\n{section.title}\n{'=' * len(section.title)}"
        for question in section.questions:
            yield f"\n{question.id}  {in_words.prompt_of(assessment, question)}"
            entry = said[question.id].said
            yield "  " + in_words.said_in_words(assessment, question, entry.answer)
            for label, text in (
                (_("Why it does not apply"), entry.reason),
                (_("Where it is to be found"), entry.evidence_kept),
                (_("Note"), entry.note),
            ):
                if text:
                    yield f"  {label}: {_indented(text)}"
            for one in comments[question.id]:
                label = _("Comment of {day}").format(day=long_date(one.day))
                yield f"  {label}: {_indented(one.text)}"


def _indented(text: str) -> str:
    return re.sub(r"\s*\n\s*", "\n    ", text)
