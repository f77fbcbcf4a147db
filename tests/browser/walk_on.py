"""The walk's second part: the report, how it came about, higher aims, and the action plan."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.person import Person


def reads_the_report(amina: Person) -> None:
    amina.follows("See the report so far")
    amina.reads_title("Gap report")
    for heading in (
        "Where do you stand?",
        "What first?",
        "How sure is this?",
        "Where are you strong?",
        "What stands between you and “Developing”",
        "The standards",
        "The requirements",
        "All gaps, the most pressing first",
        "Still to answer",
        "Does not apply to you",
        "What next?",
    ):
        expect(amina.page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    amina.sees("Early")
    amina.sees(re.compile(r"Between \d+ and \d+ once all is answered"))
    amina.sees(re.compile(r"You say \d+ of 100\. What you can show for it supports \d+ of 100\."))
    expect(amina.page.get_by_role("img", name="The standards, each out of 100")).to_be_visible()
    expect(amina.page.get_by_role("table", name="The standards in figures")).to_contain_text("People")
    amina.page.get_by_text("1 point said to be in place, with nothing to show for it yet").click()
    amina.sees(re.compile("^P1.3 Every form of harm is covered"))
    first = amina.page.get_by_role("region", name="All gaps").get_by_role("article").first
    expect(first).to_contain_text(re.compile("Urgent.*Critical.*Today.*Next step.*Who.*Ask.*When", re.DOTALL))
    button = amina.page.get_by_role("button", name="Print this report")
    expect(button).to_be_visible() if amina.scripted else expect(button).to_have_count(0)


def sees_how_it_was_worked_out(amina: Person) -> None:
    amina.follows("How this score was worked out")
    amina.reads_title("How this score was worked out")
    amina.sees("P1.1 Written child-safeguarding policy: “Started” counts 0.33, with weight 1")
    amina.sees("“We don’t know” counts 0")
    amina.sees("does not apply, and leaves the sums")
    amina.sees("How the gaps are ordered")
    amina.follows("Back to the report")


def aims_higher(amina: Person) -> None:
    amina.goes_home()
    amina.follows("Choose where you aim higher")
    amina.reads_title("Where you aim higher")
    amina.page.get_by_label("P1.3 Every form of harm is covered").check()
    amina.presses("Save")
    amina.reads_title("Gap report")
    amina.goes_home("/targets")
    expect(amina.page.get_by_label("P1.3 Every form of harm is covered")).to_be_checked()


def makes_a_plan(amina: Person) -> None:
    amina.goes_home("/plan")
    amina.sees("Your answers show 3 gaps.")
    amina.presses("Draft the plan")
    amina.sees("5 of 5 actions are still open.")
    changes_an_action(amina)
    drops_an_action(amina)
    adds_their_own(amina)
    amina.page.locator("summary", has_text="say how much time you have").click()
    amina.page.get_by_label("Person-days a month").fill("0.5")
    amina.presses("Bring it up to date with your answers")
    amina.sees("Where this leads")
    amina.sees(re.compile("later than we advise, for want of time"))
    amina.sees("5 of 6 actions are still open.")
    expect(action(amina, "Check the boathouse door.")).to_contain_text("your own action")
    amina.goes_home()
    amina.sees("All 5 open actions")


def changes_an_action(amina: Person) -> None:
    plan = amina.page.url
    first = amina.page.get_by_role("article").first
    title = first.get_by_role("heading").inner_text()
    first.get_by_role("link", name=re.compile("^Edit")).click()
    amina.page.get_by_label("Owner (optional)").fill("the deputy")
    amina.page.get_by_label("Where it stands").select_option("Doing")
    assert (amina.page.url == plan) is amina.scripted
    amina.presses("Save")
    expect(action(amina, title)).to_contain_text(re.compile("Doing.*Owner.*the deputy", re.DOTALL))


def drops_an_action(amina: Person) -> None:
    last = amina.page.get_by_role("article").last
    title = last.get_by_role("heading").inner_text()
    last.get_by_role("link", name=re.compile("^Edit")).click()
    amina.page.get_by_label("Where it stands").select_option("Dropped")
    amina.presses("Save")
    amina.sees("Say in a sentence why you drop this action.")
    amina.page.get_by_label("If you drop it: why?").fill("The federation does this for us.")
    amina.presses("Save")
    expect(action(amina, title)).to_contain_text("The federation does this for us.")


def adds_their_own(amina: Person) -> None:
    amina.goes_home("/plan")
    amina.follows("Add an action of your own")
    amina.presses("Save")
    expect(amina.page.get_by_role("alert").first).to_contain_text("Say what is to be done.")
    amina.page.get_by_label("What is to be done").fill("Check the boathouse door.")
    amina.page.get_by_label("Due date").fill("2031-03-31")
    amina.page.get_by_label("Effort in person-days").fill("0.5")
    amina.presses("Save")
    expect(action(amina, "Check the boathouse door.")).to_contain_text("31 March 2031")
    expect(action(amina, "Check the boathouse door.")).to_contain_text("0.5 person-day")


def action(amina: Person, title: str) -> Locator:
    """The card of an action of the plan, by its words."""
    heading = amina.page.get_by_role("heading", name=title, exact=True)
    return amina.page.get_by_role("article").filter(has=heading)
