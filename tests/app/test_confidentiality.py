"""The promise: whoever has the database, its log or a backup finds in it nothing of what was entered.

Somebody enters everything that can be entered. Then every value of every table, and every byte of every file,
is searched for each text, choice, score, name, receipt and key, in every spelling that we could think of.
"""

import base64
import bz2
import codecs
import gzip
import hashlib
import html
import json
import re
import shutil
import sqlite3
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from app.database import migrate, open_database, writing
from app.services.actions import Editable
from app.services.answers import Typed
from app.services.assigned import StandingAssigned
from app.services.carrying import Carried
from app.services.meanwhile import Change
from app.services.opened import Title
from app.services.packs import Library
from app.services.people import Somebody
from app.services.said import Said
from app.services.saving import Standing
from app.services.talk import Comment
from app.tables import Review
from app.vault.content import content_hash
from app.vault.data_keys import LABELS
from app.vault.invitations import invite
from app.vault.organisations import found
from app.vault.passwords import Stretched
from app.vault.people import add_person
from app.vault.rows import Revision
from app.vault.sealing import NONCE_BYTES, SUITE, random_bytes, random_key, seal
from app.vault.sessions import sign_in
from standards.canonical import canonical
from tests.app.kinds import packs_in
from tests.app.vault import stolen as loot
from tests.app.vault.cast import NOW, TODAY, arrive, begin_round
from tests.app.vault.filled import fill_everything, running
from tests.app.vault.stolen import Stolen
from tests.app.vault.traces import Search, columns, short_spellings, values

NAME, HASH, DAY = "[0-9a-f]{32}", "[0-9a-f]{64}", r"2026-11-2[12]"

CLEAR = {
    "alembic_version.version_num": (r"\d{4}", "which migration was the last"),
    "content.hash": (HASH, "which questionnaire and edition are used"),
    "content.kind": ("framework|questionnaire", "which of the two it is"),
    "content.body": ("(?s).*", "a published pack: a test of its own says that it is the very one"),
    "holder.id": (NAME, "drawn by chance"),
    "holder.kind": ("receipt|person|organisation", "what kind of key pair it is"),
    "holder.created_on": (DAY, "the day of creation"),
    "assessment.id": (NAME, "a keyed hash"),
    "assessment.framework_hash": (HASH, "which edition is used"),
    "assessment.questionnaire_hash": (HASH, "which questionnaire is used"),
    "assessment.epoch": ("1", "how often access was taken away"),
    "assessment.created_on": (DAY, "the day of creation"),
    "assessment.changed_on": (DAY, "the day of the last change"),
    "commitment.assessment_id": (NAME, "which assessment it belongs to"),
    "commitment.epoch": ("1", "which epoch it belongs to"),
    "commitment.label": ("|".join(("data", *LABELS)), "which key it is of"),
    "access_grant.assessment_id": (NAME, "what it lets into"),
    "access_grant.holder_id": (NAME, "whom it lets in"),
    "access_grant.epoch": ("1", "for which epoch"),
    "access_grant.scope": ("fill|review|read", "for what"),
    "access_grant.expires_on": (f"None|{DAY}", "until when"),
    "sealed_row.assessment_id": (NAME, "which assessment it belongs to"),
    "sealed_row.revision": (r"\d", "how often it was changed"),
    "sealed_row.epoch": ("1", "which epoch it was sealed in"),
    "sealed_row.changed_on": (DAY, "the day of the change"),
    "submission.assessment_id": (NAME, "which assessment it belongs to"),
    "submission.taken_on": (DAY, "the day when it was taken in"),
    "browser_session.holder_id": (NAME, "whose it is"),
    "browser_session.revision": (r"\d", "in how many minutes it was used"),
    "browser_session.expires_on": (DAY, "the day after which it is swept"),
    "person.id": (NAME, "whose account it is"),
    "person.email": (r"[a-z]+@[a-z]+\.example", "the address of the account"),
    "person.disabled": ("0|1", "whether the operator has disabled it"),
    "organisation.id": (NAME, "drawn by chance"),
    "organisation.holder_id": (NAME, "which key pair is its own"),
    "organisation.created_on": (DAY, "the day of creation"),
    "review.id": (NAME, "that it is a review or a sheet, sealed like an assessment"),
    "review.kind": ("review|sheet", "which of the two it is"),
    "review.assessment_id": (NAME, "what is reviewed, or answered apart"),
    "review.reviewer_id": (f"None|{NAME}", "by whom"),
    "review.released_on": (f"None|{DAY}", "whether and when it was released, or handed in"),
    "review.ended_on": (f"None|{DAY}", "whether and when its rating was ended"),
    "membership.organisation_id": (NAME, "what somebody belongs to"),
    "membership.member_id": (NAME, "who belongs to it"),
    "membership.role": ("owner|contributor|reader|sheet", "in which role"),
    "invitation.organisation_id": (f"None|{NAME}", "into which organisation it leads"),
    "invitation.assessment_id": (f"None|{NAME}", "or into which assessment"),
    "invitation.scope": ("owner|contributor|reader|fill|review|read", "for what"),
    "invitation.until": (f"None|{DAY}", "how long that lasts"),
    "invitation.expires_on": (r"2026-12-\d\d", "how long the link works"),
    "invitation.person_id": (f"None|{NAME}", "who has used it"),
}
"""What stays readable: the shape of its values, and what it tells."""

HASHED = {
    "holder.locator": 32,
    "holder.public_key": 32,
    "commitment.value": 32,
    "sealed_row.name": 16,
    "submission.form": 32,
    "submission.body": 32,
    "browser_session.id": 32,
    "person.salt": 16,
    "person.verifier": 32,
    "invitation.id": 32,
}
"""Keyed hashes and public keys: their size in bytes."""

SEALED = {
    "sealed_row.blob",
    "browser_session.sealed",
    "browser_session.about",
    "person.master_by_password",
    "person.master_by_recovery",
    "person.private_key",
    "person.second_factor",
    "organisation.name",
}
SEALED_TO_SOMEBODY = {"access_grant.sealed", "membership.sealed"}
OVERHEAD = 1 + NONCE_BYTES + 16
SIZES = {OVERHEAD + padded for padded in (256, 1024, 4096, 16384, 65536)}
SOMETHING = "zephyr7quoll – the “note” of Zoë’s harbour club, 50 % & <more>\n\tsaid at Quay Lane"


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packs_in(tmp_path_factory.mktemp("packs"))


@pytest.fixture(scope="module")
def stolen(tmp_path_factory: pytest.TempPathFactory, packs: Path) -> Stolen:
    folder, copy = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("stolen")
    with running(folder, packs) as on:
        filled = fill_everything(on)
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        facts = {*loot.choices(on), *loot.opened(on, filled)}
        keys = set(loot.keys(on, filled))
        return Stolen(copy, loot.texts(on), facts, keys, loot.published(on))


def test_no_text_that_was_entered_can_be_found(stolen: Stolen) -> None:
    assert len(stolen.texts) > 300
    assert Search(stolen.texts).finds(stolen.folder) == {}


def test_no_choice_no_score_and_no_rating_can_be_found(stolen: Stolen) -> None:
    assert len(stolen.facts) > 3000
    assert Search(stolen.facts, stolen.public, short_spellings).finds(stolen.folder) == {}


@pytest.mark.parametrize(
    "value",
    ["K4: 37.25", "48213.75", "2019-03-17", "17 March 2019", '["signature", "review"]', "K3:box:review"],
)
def test_a_value_of_every_kind_is_among_what_is_searched_for(stolen: Stolen, value: str) -> None:
    assert value in stolen.facts


def test_no_receipt_no_cookie_and_no_key_can_be_found(stolen: Stolen) -> None:
    assert len(stolen.keys) > 50
    assert Search(stolen.keys).finds(stolen.folder) == {}


def test_what_was_searched_holds_the_whole_assessment(stolen: Stolen) -> None:
    """The file and its log both, and a sealed row for each of what was entered."""
    assert {path.name for path in stolen.folder.iterdir()} >= {"plumbline.sqlite3", "plumbline.sqlite3-wal"}
    assert all(path.stat().st_size > 100_000 for path in stolen.folder.glob("*.sqlite3"))
    found = [column for column, _ in values(stolen.folder)]
    assert found.count("sealed_row.blob") > 200
    assert found.count("browser_session.sealed") == 10
    assert found.count("access_grant.sealed") == 15
    assert found.count("person.email") == 2
    assert found.count("organisation.name") == 1
    assert found.count("review.id") == 4


def test_every_column_is_said_to_be_clear_hashed_or_sealed(stolen: Stolen) -> None:
    """A column that is added has to be put into one of the lists above."""
    assert unclassified(stolen.folder) == set()


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE assessment ADD COLUMN remark TEXT",
        "CREATE TABLE cache (answers TEXT)",
        "CREATE VIEW overview AS SELECT blob AS note FROM sealed_row",
    ],
)
def test_a_column_that_nobody_has_judged_would_be_noticed(tiny: Path, change: str) -> None:
    assert unclassified(tiny) == set()
    _change(tiny, change)
    assert unclassified(tiny) != set()


def unclassified(folder: Path) -> set[str]:
    """The columns that are in none of the lists, and those in a list that are gone."""
    with closing(sqlite3.connect(folder / "plumbline.sqlite3")) as connection:
        return set(columns(connection)) ^ (CLEAR.keys() | HASHED.keys() | SEALED | SEALED_TO_SOMEBODY)


def test_what_is_clear_has_its_shape_and_nothing_else(stolen: Stolen) -> None:
    assert out_of_shape(stolen.folder) == set()


@pytest.mark.parametrize("column", sorted(CLEAR.keys() - {"content.body", "alembic_version.version_num"}))
def test_a_short_word_in_a_clear_column_would_be_noticed(tiny: Path, column: str) -> None:
    """Too short to be searched for by itself: a level, an option, "yes"."""
    table, name = column.split(".")
    _change(tiny, f'UPDATE OR IGNORE "{table}" SET "{name}" = ?', "partly")
    assert out_of_shape(tiny) >= {column}


def out_of_shape(folder: Path) -> set[str]:
    """The clear columns that hold something else than they are there for."""
    stored = [(column, value) for column, value in values(folder) if column in CLEAR]
    return {column for column, value in stored if not re.fullmatch(CLEAR[column][0], str(value))}


def test_the_packs_that_are_kept_are_the_published_ones(stolen: Stolen, packs: Path) -> None:
    offered = Library.installed(packs).offered.values()
    published = {canonical(pack) for one in offered for pack in (one.framework, one.questionnaire)}
    kept = [str(value) for column, value in values(stolen.folder) if column == "content.body"]
    assert kept
    assert set(kept) <= published
    hashes = {value for column, value in values(stolen.folder) if column == "content.hash"}
    assert hashes == {content_hash(body) for body in kept}


@pytest.mark.parametrize("column", HASHED)
def test_a_hashed_column_holds_hashes(stolen: Stolen, column: str) -> None:
    stored = _stored(stolen.folder, column)
    assert {len(value) for value in stored} == {HASHED[column]}
    assert looks_random(set(stored))


@pytest.mark.parametrize("column", sorted(SEALED))
def test_a_sealed_column_holds_padded_blobs_of_our_suite(stolen: Stolen, column: str) -> None:
    stored = _stored(stolen.folder, column)
    assert {value[0] for value in stored} == {SUITE}
    assert {len(value) for value in stored} <= SIZES
    assert looks_random(value[1:] for value in stored)
    nonces = [value[1 : 1 + NONCE_BYTES] for value in stored]
    assert len(set(nonces)) == len(nonces)


@pytest.mark.parametrize("column", sorted(SEALED_TO_SOMEBODY))
def test_what_lets_somebody_in_is_a_box_that_is_sealed_to_one_holder(stolen: Stolen, column: str) -> None:
    stored = _stored(stolen.folder, column)
    assert looks_random(stored)
    ephemeral = [value[:32] for value in stored]
    assert len(set(ephemeral)) == len(ephemeral)


@pytest.mark.parametrize(
    "clear",
    [
        lambda: b'{"choice": 2, "note": "we keep it in the office"}'.ljust(296, b" "),
        lambda: SOMETHING.encode().ljust(296, b"\x00"),
        lambda: random_key().hex().encode() * 4 + bytes(40),
        lambda: bytes([SUITE]) + bytes(24) + seal(random_key(), b"half sealed")[:128] + bytes(144),
    ],
    ids=["JSON", "a padded text", "hexadecimal", "half sealed"],
)
def test_a_column_that_is_not_sealed_would_not_pass_for_one(clear: Callable[[], bytes]) -> None:
    sealed = [seal(random_key(), b"sealed")[1:] for _ in range(20)]
    assert looks_random(sealed)
    assert not looks_random([*sealed, *(clear() for _ in range(5))])


def looks_random(stored: Iterable[bytes]) -> bool:
    """Whether nothing can be saved by compressing it."""
    whole = b"".join(stored)
    return len(whole) > 0 and len(zlib.compress(whole, 9)) >= len(whole)


def _stored(folder: Path, column: str) -> list[bytes]:
    stored = [value for name, value in values(folder) if name == column]
    assert stored
    assert all(isinstance(value, bytes) for value in stored)
    return [value for value in stored if isinstance(value, bytes)]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one row in each table, in which nothing can be found."""
    folder = tmp_path_factory.mktemp("small")
    engine = open_database(folder / "plumbline.sqlite3")
    migrate(engine)
    with writing(engine) as session:
        somebody = arrive(session)
        somebody.rows.write("notes", "question:P1.1", SOMETHING, made_on=0)
        somebody.rows.note_taken("form", [("P1.1:note", SOMETHING)])
        sign_in(session, somebody.holder, NOW)
        holder, _ = add_person(session, "amina@harbour.example", stretched(), random_bytes(16), TODAY)
        club = found(session, holder, SOMETHING, TODAY)
        invite(session, "reader", TODAY, organisation_id=club.id)
        round_, _ = begin_round(session, somebody.holder)
        session.add(
            Review(id=round_.id, assessment_id=somebody.assessment.id, reviewer_id=holder.id, kind="review")
        )
        session.commit()
    engine.dispose()
    assert Search([SOMETHING]).finds(folder) == {}
    return folder


def stretched() -> Stretched:
    return Stretched(random_key(), random_key())


@pytest.fixture
def tiny(small: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    return Path(shutil.copytree(small, tmp_path / "tiny"))


LEAKS: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda text: text.encode(),
    "among other words": lambda text: f"note={text};".encode(),
    "in capitals": lambda text: text.upper().encode(),
    "in small letters": lambda text: text.lower().encode(),
    "backwards": lambda text: text[::-1].encode(),
    "with its bytes backwards": lambda text: text.encode()[::-1],
    "with accents of their own": lambda text: unicodedata.normalize("NFD", text).encode(),
    "turned by thirteen letters": lambda text: codecs.encode(text, "rot13").encode(),
    "as UTF-16": lambda text: text.encode("utf-16"),
    "as UTF-16, big end first": lambda text: text.encode("utf-16-be"),
    "as UTF-32": lambda text: text.encode("utf-32"),
    "as UTF-7": lambda text: text.encode("utf-7"),
    "as Windows wrote it": lambda text: text.encode("cp1252"),
    "as JSON": lambda text: json.dumps({"note": text}).encode(),
    "as JSON with its accents": lambda text: json.dumps([text], ensure_ascii=False).encode(),
    "as a form": lambda text: urlencode({"P1.1:note": text}).encode(),
    "as HTML": lambda text: html.escape(text).encode("ascii", "xmlcharrefreplace"),
    "as Python shows it": lambda text: repr({"note": text}).encode(),
    "as hexadecimal": lambda text: text.encode().hex().encode(),
    "as capital hexadecimal": lambda text: text.encode().hex().upper().encode(),
    "as hexadecimal with spaces": lambda text: text.encode().hex(" ").encode(),
    "as hexadecimal of UTF-16": lambda text: text.encode("utf-16-le").hex().encode(),
    "as base64": lambda text: base64.b64encode(text.encode()),
    "as base64, one byte on": lambda text: base64.b64encode(b"x" + text.encode()),
    "as base64, two bytes on": lambda text: base64.b64encode(b"xy" + text.encode() + b"z"),
    "as base64 of UTF-16": lambda text: base64.b64encode(b"x" + text.encode("utf-16-le")),
    "as base64 for addresses": lambda text: base64.urlsafe_b64encode(b"x" + text.encode()),
    "as base32": lambda text: base64.b32encode(b"xyz" + text.encode()),
    "as base85": lambda text: base64.b85encode(b"x" + text.encode()),
    "as one large number": lambda text: str(int.from_bytes(text[:20].encode(), "big")).encode(),
    "compressed": lambda text: b"some bytes before" + zlib.compress(text.encode()),
    "compressed as a file": lambda text: gzip.compress(json.dumps(text).encode()),
    "compressed by bzip2": lambda text: bz2.compress(text.encode()),
    "as its SHA-256": lambda text: hashlib.sha256(text.encode()).digest(),
    "as its SHA-256 in hexadecimal": lambda text: hashlib.sha256(text.encode()).hexdigest().encode(),
    "as its BLAKE2b, without a key": lambda text: hashlib.blake2b(text.encode(), digest_size=16).digest(),
    "with every bit turned": lambda text: bytes(255 - byte for byte in text.encode()),
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
@pytest.mark.parametrize("place", ["in a clear column", "in a file beside it"])
def test_a_text_that_was_left_readable_would_be_found(
    tiny: Path, leak: Callable[[str], bytes], place: str
) -> None:
    written = leak(SOMETHING)
    if place == "in a clear column":
        _change(tiny, "UPDATE holder SET kind = ?", written)
    else:
        (tiny / "logs").mkdir()
        (tiny / "logs" / "today.log").write_bytes(b"09:00:00 INFO " + written + random_key())
    assert Search([SOMETHING, SOMETHING[:20]]).finds(tiny) != {}


def _change(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "plumbline.sqlite3")) as connection:
        connection.execute(statement, values)
        connection.commit()


@pytest.mark.parametrize(
    "held",
    [
        Title(SOMETHING, SOMETHING),
        Said(reason=SOMETHING, evidence_kept=SOMETHING, note=SOMETHING),
        Typed("P1.1", {"note": SOMETHING}),
        Carried("A prompt", "", "Partly", SOMETHING),
        Editable(SOMETHING, SOMETHING, None, None, note=SOMETHING, reason=SOMETHING),
        Standing({"notes": SOMETHING}, 1, None),
        Revision(1, SOMETHING),
        Comment("1", "2", TODAY, SOMETHING),
        Somebody("1", "account", SOMETHING),
        Change("P1.1", Somebody("1", "account", SOMETHING), SOMETHING),
        StandingAssigned({"policy": SOMETHING}),
    ],
    ids=lambda held: type(held).__name__,
)
def test_what_somebody_wrote_is_never_shown_by_repr(held: object) -> None:
    """A fault that shows what it met, in a log or on a page, shows no words of anybody's."""
    assert SOMETHING[:12] not in repr(held)
