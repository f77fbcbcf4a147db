"""The data folder and the settings, copied: without the receipt nothing opens, for no key lies about."""

import base64
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.database import reading
from app.settings import Settings
from app.tables import Assessment
from app.vault.grants import open_grant
from app.vault.holders import find_receipt_holder
from app.vault.receipts import new_receipt, read_receipt
from app.vault.sealing import keyed_hash, random_bytes
from tests.app.vault.filled import Remembering, Running, running
from tests.app.vault.thief import Thief

NOTE = "We keep the register in the office."


@dataclass(frozen=True)
class Copied:
    """The copy, and what only Amina has: her receipt, her cookie, and the keys that follow from them."""

    folder: Path
    settings: Settings
    receipt: str
    cookie: str
    home: str
    keys: dict[str, bytes]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Copied:
    """Taken while the application runs, and two people are signed in."""
    folder, copy = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("copied")
    with running(folder) as on:
        amina, bruno = on.browser(), on.browser()
        for browser in (amina, bruno):
            browser.start("ics-style-quick", organisation="Harbour Club")
            assert browser.answer("P1.1", "yes", note=NOTE).status_code == 200
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        return Copied(copy, on.settings, amina.receipt, amina.cookie, amina.home, keys_of(on, amina))


def keys_of(on: Running, browser: Remembering) -> dict[str, bytes]:
    """Every secret that opens something, by what a thief would call it."""
    receipt, token = read_receipt(browser.receipt), bytes.fromhex(browser.cookie)
    with reading(on.app.state.engine) as session:
        holder = find_receipt_holder(session, receipt)
        assert holder is not None
        assessment = session.get_one(Assessment, browser.home.rpartition("/")[2])
        opened = open_grant(session, holder, assessment.id, on.app.state.clock().date())
        assert opened is not None
        return {
            "a receipt": receipt.secret.to_bytes(17, "big"),
            "a key pair's seed": receipt.seed,
            "a private key": holder.private_key,
            "a data key": opened.key.subkey("answers"),
            "a session's cookie": token,
            "a session's key": keyed_hash(token, "session.key"),
        }


def test_nothing_that_lies_in_the_folder_opens_anything(copied: Copied) -> None:
    """Every 32 bytes that stand together are tried as every kind of key: as they are, decoded, and hashed."""
    assert Thief(copied.folder, copied.settings).opens() == set()


def _in_a_file(folder: Path, keys: Iterable[bytes]) -> None:
    (folder / "keys.bin").write_bytes(b"".join(random_bytes(7) + key for key in keys))


def _in_a_log(folder: Path, keys: Iterable[bytes]) -> None:
    (folder / "today.log").write_text("\n".join(f"09:00 INFO key={key.hex()}" for key in keys))


def _in_a_column(folder: Path, keys: Iterable[bytes]) -> None:
    text = "|".join(base64.b64encode(key).decode() for key in keys)
    with closing(sqlite3.connect(folder / "plumbline.sqlite3")) as connection:
        connection.execute("UPDATE content SET kind = ?", [text])
        connection.commit()


@pytest.mark.parametrize("leave", [_in_a_file, _in_a_log, _in_a_column])
def test_a_key_that_was_left_lying_about_would_open(
    copied: Copied, tmp_path: Path, leave: Callable[[Path, Iterable[bytes]], None]
) -> None:
    folder = shutil.copytree(copied.folder, tmp_path / "careless")
    leave(folder, copied.keys.values())
    assert Thief(folder, copied.settings).opens() == copied.keys.keys()


def test_a_receipt_that_was_written_down_beside_the_database_would_open(
    copied: Copied, tmp_path: Path
) -> None:
    folder = shutil.copytree(copied.folder, tmp_path / "careless")
    (folder / "to do.txt").write_text(f"print this: {copied.receipt.lower()}!")
    assert "a receipt" in Thief(folder, copied.settings).opens()


def test_no_setting_is_a_key(copied: Copied) -> None:
    """What could be set is listed here, so that a new setting is looked at once.

    The password is for a mail server: sealing does not know of it.
    """
    assert set(copied.settings.model_dump()) == {
        "data",
        "packs",
        "trusted_proxies",
        "waiting_writers",
        "patience_seconds",
        "receipts_per_minute",
        "address",
        "mail_from",
        "mail_user",
        "mail_password",
        "mail_server",
        "mails_per_hour",
    }


def test_with_the_receipt_the_copy_opens_elsewhere(copied: Copied, tmp_path: Path) -> None:
    with running(Path(shutil.copytree(copied.folder, tmp_path / "restored"))) as elsewhere:
        amina = elsewhere.browser()
        assert amina.come_back(copied.receipt).status_code == 303
        answers = amina.get(f"{copied.home}/answers")
    assert answers.status_code == 200
    assert NOTE in answers.text


def test_with_the_cookie_the_copy_opens_while_the_session_lasts(copied: Copied, tmp_path: Path) -> None:
    with running(Path(shutil.copytree(copied.folder, tmp_path / "restored"))) as elsewhere:
        amina = elsewhere.browser()
        amina.client.cookies.set("plumbline", copied.cookie)
        assert NOTE in amina.get(f"{copied.home}/answers").text


def test_without_either_every_door_of_the_copy_stays_shut(copied: Copied, tmp_path: Path) -> None:
    with running(Path(shutil.copytree(copied.folder, tmp_path / "restored"))) as elsewhere:
        thief = elsewhere.browser()
        assert thief.come_back(new_receipt().code).status_code == 401
        for path in ("/assessments", copied.home, f"{copied.home}/answers", f"{copied.home}/export.json"):
            assert thief.get(path).status_code == 401
        for column in ("id", "sealed"):
            with closing(sqlite3.connect(elsewhere.settings.database)) as connection:
                found = connection.execute(f"SELECT {column} FROM browser_session").fetchall()
            for (value,) in found:
                thief.client.cookies.set("plumbline", value[:32].hex())
                assert thief.get("/assessments").status_code == 401
