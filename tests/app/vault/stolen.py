"""What must be found nowhere in a copy of the data folder: all that was entered, worked out, or opens it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from struct import pack

from nacl.bindings import crypto_box_seed_keypair
from sqlmodel import select

from app.database import Session, reading
from app.services import answers, assessments, results
from app.services.in_words import value_in_words
from app.services.opened import OpenAssessment
from app.services.said import as_json
from app.tables import Grant
from app.vault.data_keys import LABELS
from app.vault.grants import granted_assessments, open_grant
from app.vault.holders import KeyHolder, find_receipt_holder
from app.vault.receipts import read_receipt
from app.vault.sealing import keyed_hash
from questionnaires.models import Box, ChecklistQuestion, LevelQuestion, Question, Questionnaire
from scoring.answers import Answer
from standards.canonical import canonical
from standards.models import Framework
from tests.app.vault.filled import TOKEN, Filled, Running
from tests.app.vault.traces import SHORTEST


@dataclass(frozen=True)
class Stolen:
    """A copy of the data folder, taken while the application ran, and all that must not be found in it.

    `public` is what anybody may read: the published packs.
    """

    folder: Path
    texts: set[str]
    facts: set[str | bytes]
    keys: set[str | bytes]
    public: str


def texts(on: Running) -> set[str]:
    """Every text that was typed, and the one word of it that occurs nowhere else."""
    typed = {value for _, value in on.sent if TOKEN.search(value)}
    return typed | {token for text in typed for token in TOKEN.findall(text)}


def choices(on: Running) -> Iterator[str]:
    """Everything else that was sent; what is too short to be searched for, together with its question."""
    for name, value in on.sent:
        if name in {"questionnaire", "email", "until"} or not value:
            continue
        # Who takes care of a section is named by a holder's id: clear, but not together with the section.
        if len(value) >= SHORTEST and not name.startswith("section:"):
            yield value
        question, _, last = name.rpartition(":")
        yield from _said({name, last, question, "value"} - {""}, value)


def _said(names: Iterable[str], value: str) -> Iterator[str]:
    for name in names:
        yield from (
            f"{name}={value}",
            f"{name}:{value}",
            f"{name}: {value}",
            f"{name},{value}",
            f"'{name}': {value}",
        )
        yield from (f'"{name}":{value}', f'"{name}": {value}', f'"{name}":"{value}"', f'"{name}": "{value}"')


def opened(on: Running, filled: Filled) -> Iterator[str | bytes]:
    """What the answers come to: the words that were chosen, the rating, each score, each question's name."""
    with reading(on.app.state.engine) as session:
        for holder in holders(session, filled):
            for assessment in _rounds(on, session, holder):
                sheet = results.open_sheet(assessment)
                result = results.result(assessment, sheet, on.app.state.clock().date())
                yield from _words(assessment.framework, assessment.questionnaire)
                for id_, question in assessment.questionnaire.questions.items():
                    yield from _value(assessment, question, answers.load(assessment, [id_])[id_].said.answer)
                yield from _figures(result)


def _words(framework: Framework, questionnaire: Questionnaire) -> Iterator[str]:
    ratings = [rating.label for rating in framework.ratings]
    labels = [option.label for scale in questionnaire.scales.values() for option in scale]
    yield from (*framework.levels, *ratings, *labels)
    for id_, question in questionnaire.questions.items():
        yield from (f"question:{id_}", f"{id_}:choice", f"{id_}:note")
        yield from (f"{id_}:value", *(f"{id_}:box:{box.id}" for box in _boxes(question)))
        for word in framework.levels if isinstance(question, LevelQuestion) else labels:
            yield from _said({id_}, word)
        for box in _boxes(question):
            yield from (*_said({id_}, box.id), *_said({id_}, box.label))


def _boxes(question: Question) -> tuple[Box, ...]:
    return question.boxes if isinstance(question, ChecklistQuestion) else ()


def _value(assessment: OpenAssessment, question: Question, answer: Answer) -> Iterator[str]:
    """A value as it is read, and as JSON and the database could hold it."""
    if answer.value is None:
        return
    kept = json.dumps(as_json(answer.value))
    spellings = {value_in_words(assessment, question, answer.value), kept, kept.strip('[]"')}
    for spelt in spellings:
        if len(spelt) >= SHORTEST:
            yield spelt
        yield from _said({question.id, "value"}, spelt)


def _figures(part: object) -> Iterator[str | bytes]:
    """Every figure that is no round number, as it is written out and as a machine keeps it."""
    if is_dataclass(part):
        for field in fields(part):
            yield from _figures(getattr(part, field.name))
    elif isinstance(part, dict | tuple):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _figures(one)
    elif isinstance(part, float) and not part.is_integer():
        yield from (repr(part), f"{part:.6f}", pack("<d", part), pack(">d", part))


def keys(on: Running, filled: Filled) -> Iterator[str | bytes]:
    """Every receipt, cookie and key, whole and in parts: half a key would be half the work of guessing it."""
    for key in _whole_keys(on, filled):
        yield key
        yield from (key[start : start + 12] for start in range(0, len(key) - 11, 4))


def _whole_keys(on: Running, filled: Filled) -> Iterator[str | bytes]:
    for code in filled.receipts:
        receipt = read_receipt(code)
        yield from (code, code.replace("-", ""), code.replace("-", " "), receipt.seed)
        yield from (receipt.secret.to_bytes(17, order) for order in ("big", "little"))
        yield from crypto_box_seed_keypair(receipt.seed)[1:]
    yield from filled.secrets
    for cookie in filled.cookies:
        token = bytes.fromhex(cookie)
        yield from (cookie, token, keyed_hash(token, "session.key"))
    with reading(on.app.state.engine) as session:
        for holder in holders(session, filled):
            yield holder.private_key
            granted = select(Grant.assessment_id).where(Grant.holder_id == holder.id)
            for assessment_id in session.exec(granted).all():
                opened = open_grant(session, holder, assessment_id, on.app.state.clock().date())
                assert opened is not None
                yield from (opened.key.whole, *(opened.key.subkey(label) for label in LABELS))


def holders(session: Session, filled: Filled) -> list[KeyHolder]:
    """Whoever has a receipt."""
    found = [find_receipt_holder(session, read_receipt(code)) for code in filled.receipts]
    assert None not in found
    return [holder for holder in found if holder is not None]


def _rounds(on: Running, session: Session, holder: KeyHolder) -> list[OpenAssessment]:
    library, today = on.app.state.library, on.app.state.clock().date()
    held = granted_assessments(session, holder.id, today)
    return [assessments.find(session, library, holder, one.id, today) for one in held]


def published(on: Running) -> str:
    """The packs, as they are kept for the assessments that are pinned to them."""
    offered = on.app.state.library.offered.values()
    return "\n".join(canonical(pack) for one in offered for pack in (one.framework, one.questionnaire))
