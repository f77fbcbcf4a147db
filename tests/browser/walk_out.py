"""The walk's last part: taking everything out, leaving, coming back, changing what is asked, deleting."""

import json
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.person import FULL, Person

LOOK_ALIKES = str.maketrans("01", "OI")


def takes_everything_out(amina: Person) -> Path:
    """Export the assessment; the file that the browser got."""
    amina.goes_home()
    amina.follows("Export everything")
    amina.sees("The file is not sealed")
    with amina.page.expect_download() as started:
        amina.follows("Download the file")
    assert re.fullmatch(r"assessment-\d{4}-\d\d-\d\d\.json", started.value.suggested_filename)
    return Path(started.value.path())


def leaves_and_comes_back(amina: Person) -> None:
    amina.presses("Log out")
    amina.reads_title("You are logged out")
    amina.goes_home()
    amina.reads_title("Please sign in again")
    amina.goes_to("/return")
    amina.types_receipt(amina.receipt[:-1])
    amina.sees("A receipt has 28 letters and digits, in seven groups of four.")
    amina.types_receipt(amina.receipt.translate(LOOK_ALIKES).lower().replace(" ", "  "))
    amina.reads_title("My assessments")
    expect(amina.page.get_by_role("listitem")).to_have_count(1)
    amina.page.get_by_role("listitem").get_by_role("link").click()
    assert amina.page.url == amina.home


def changes_what_is_asked(amina: Person) -> None:
    """No pictures any more: the question about them goes, and comes back with its answer."""
    about_pictures = amina.page.get_by_role("group", name="Do you take, keep or publish pictures")
    amina.goes_home("/sections/activities")
    amina.answers("R3.4", "Started")
    amina.saves("R3.4")
    for said, asked in (("Never", 0), ("Sometimes", 1)):
        amina.goes_home("/profile")
        amina.chooses(said, about_pictures)
        amina.presses("Save and go on")
        amina.reads_title(FULL)
        amina.goes_home("/sections/activities")
        expect(amina.question("R3.4")).to_have_count(asked)
    expect(amina.question("R3.4").get_by_role("radio", name=re.compile("^Started"))).to_be_checked()


def brings_it_in_again(amina: Person, file: Path, said: str) -> None:
    """Import what was exported: a second assessment, with the same answers."""
    amina.goes_to("/import")
    amina.page.get_by_label("The file").set_input_files(
        {"name": "notes.json", "mimeType": "application/json", "buffer": b"{}"}
    )
    amina.presses("Bring it in")
    expect(amina.page.get_by_role("alert")).to_contain_text("cannot be read as an exported assessment")
    amina.page.get_by_label("The file").set_input_files(file)
    amina.presses("Bring it in")
    expect(amina.page).not_to_have_url(amina.home)
    amina.sees(said)
    assert json.loads(file.read_text())["format"] == "plumbline-assessment"


def renames_it(amina: Person) -> None:
    amina.follows("Change the name")
    amina.page.get_by_label("A name for this assessment").fill("Second look")
    amina.presses("Save")
    amina.sees(re.compile("Second look$"))


def deletes_it(amina: Person) -> None:
    amina.follows("Delete this assessment")
    amina.sees("nobody can undo it")
    amina.page.get_by_label("To delete it, type DELETE").fill("yes")
    amina.presses("Delete for ever")
    expect(amina.page.get_by_role("alert")).to_contain_text("Type the word DELETE to delete this assessment.")
    amina.page.get_by_label("To delete it, type DELETE").fill("delete")
    amina.presses("Delete for ever")
    amina.reads_title("My assessments")
    expect(amina.page.get_by_text("Second look")).to_have_count(0)
