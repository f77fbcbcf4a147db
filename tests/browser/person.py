"""Somebody at a browser, who finds what a page holds by the words that they read."""

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

from tests.browser.behind import Brought

# A copy of the form: browsers take back the first of two submissions of one and the same form.
SEND_TWICE = """button => {
  const copy = document.body.appendChild(button.form.cloneNode(true));
  copy.target = "_blank";
  copy.submit();
  button.form.submit();
}"""

FULL, QUICK = "Full self-assessment", "Quick check"
ASKED = re.compile("^(Where are you today|How true is this of you|Is it in your policy)")


class Person:
    """A person and their page. `scripted` says whether their browser runs JavaScript."""

    def __init__(self, page: Page, scripted: bool = True) -> None:
        self.page = page
        self.scripted = scripted
        self.receipt = ""
        self.home = ""

    def holds(self, brought: Brought) -> Self:
        """Give the person an assessment that was brought in for them."""
        self.receipt, self.home = brought.receipt, brought.home
        return self

    def opens_a_tab(self) -> "Person":
        """The same person in another tab of the same browser."""
        tab = Person(self.page.context.new_page(), self.scripted)
        tab.receipt, tab.home = self.receipt, self.home
        return tab

    def goes_to(self, path: str) -> None:
        self.page.goto(path)

    def goes_home(self, path: str = "") -> None:
        """Go to the assessment, or to a page of it."""
        self.page.goto(self.home + path)

    def follows(self, link: str, within: Locator | None = None) -> None:
        (within or self.page.get_by_role("main")).get_by_role("link", name=link, exact=True).click()

    def presses(self, button: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=button, exact=True).click()

    def sends_twice(self, button: str) -> "Person":
        """Send the form of a button twice at once, as an impatient hand does; who sees the other reply."""
        with self.page.expect_popup() as second:
            self.page.get_by_role("button", name=button, exact=True).evaluate(SEND_TWICE)
        second.value.wait_for_load_state()
        return Person(second.value, self.scripted)

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Expect words on the page, where a person can see them."""
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible()

    def reads_title(self, heading: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    # Beginning

    def starts(self, questionnaire: str = FULL, organisation: str = "", title: str = "") -> None:
        """Start an assessment, keep the receipt, and arrive at its task list."""
        self.goes_to("/start")
        self.chooses(questionnaire)
        self.page.get_by_label("Your organisation’s name").fill(organisation)
        self.page.get_by_label("A name for this assessment").fill(title)
        self.presses("Start")
        self.keeps_receipt()

    def chooses(self, answer: str, within: Locator | None = None) -> None:
        """Choose the answer that begins with these words."""
        (within or self.page).get_by_role("radio", name=re.compile("^" + re.escape(answer))).check()

    def keeps_receipt(self) -> None:
        self.receipt = self.reads_receipt()
        self.page.get_by_label("I have written it down").check()
        self.presses("Continue")
        expect(self.page).to_have_url(re.compile(r"/assessments/[^/]+$"))
        self.home = self.page.url

    def reads_receipt(self) -> str:
        """The receipt on the page, in groups of four."""
        shown = self.page.get_by_role("region", name="Your receipt").get_by_role("paragraph").first
        return " ".join(shown.inner_text().split())

    def reads_code(self) -> str:
        """The recovery code on the page, in groups of four."""
        shown = self.page.get_by_role("region", name="Your recovery code").get_by_role("paragraph").first
        return "-".join(shown.inner_text().split())

    def types_receipt(self, receipt: str) -> None:
        self.page.get_by_label("Your receipt").fill(receipt)
        self.presses("Open")

    # Answering

    def question(self, code: str) -> Locator:
        """The card of a question on this page."""
        return self.page.get_by_role("region", name=re.compile(rf"^{re.escape(code)} "))

    def answers(self, code: str, choice: str, evidence: str = "") -> None:
        """Choose an answer, and how sure others can be of it, on the section's page."""
        question = self.question(code)
        self.chooses(choice, question.get_by_role("group", name=ASKED))
        if evidence:
            self.chooses(evidence, question.get_by_role("group", name="How sure can others be?"))

    def field(self, code: str, label: str) -> Locator:
        """A field of a question that one types into."""
        return self.question(code).get_by_role("textbox", name=re.compile("^" + re.escape(label)))

    def writes(self, code: str, label: str, text: str) -> Locator:
        """Write into a field of a question and leave it, so that it is saved."""
        area = self.field(code, label)
        area.fill(text)
        area.blur()
        return area

    def saves(self, *codes: str) -> None:
        """See that answers are saved: by themselves, or without JavaScript by the button."""
        if not self.scripted:
            self.presses("Save and stay here")
        for code in codes:
            expect(self.question(code)).not_to_have_attribute("data-unsaved", "")
            expect(self.question(code).get_by_text("Saved", exact=True)).to_be_visible()

    def opens_all_help(self) -> None:
        """Open everything that is folded."""
        self.page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
