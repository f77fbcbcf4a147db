"""The whole way of a focal point, once with JavaScript and once without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser import walk_in, walk_on, walk_out
from tests.browser.person import FULL, QUICK, Person
from tests.browser.watch import Watch


@pytest.fixture(params=[True, False], ids=["with-javascript", "without"])
def amina(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Person:
    context = new_context(java_script_enabled=request.param)
    if request.param:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
    return Person(context.new_page(), scripted=request.param)


def test_a_focal_point_goes_from_the_first_page_to_a_plan_and_comes_back(amina: Person, watch: Watch) -> None:
    watch.expect(401, 422)
    walk_in.reads_what_this_is(amina)
    walk_in.begins(amina)
    walk_in.gets_a_receipt(amina)
    walk_in.says_where_they_meet_children(amina)
    walk_in.answers_with_every_control(amina)
    walk_in.goes_on_to_what_may_not_apply(amina)
    walk_in.checks_the_answers(amina)
    walk_on.reads_the_report(amina)
    walk_on.sees_how_it_was_worked_out(amina)
    walk_on.aims_higher(amina)
    walk_on.makes_a_plan(amina)
    file = walk_out.takes_everything_out(amina)
    walk_out.leaves_and_comes_back(amina)
    walk_out.changes_what_is_asked(amina)
    walk_out.brings_it_in_again(amina, file, said="5 of 50 answered")
    walk_out.renames_it(amina)
    walk_out.deletes_it(amina)


def test_a_quick_check_goes_on_as_the_full_one_with_its_answers_at_hand(amina: Person) -> None:
    amina.starts(QUICK, "Harbour Children’s Club", "Autumn")
    amina.reads_title(QUICK)
    amina.goes_home("/sections/policy")
    expect(amina.page.get_by_role("group", name="How sure can others be?")).to_have_count(0)
    for code, choice in (
        ("P1.1", "Partly"),
        ("P2.1", "Yes"),
        ("P2.2", "No, not yet"),
        ("P3.1", "We don’t know"),
    ):
        amina.answers(code, choice)
    amina.saves("P1.1", "P2.1", "P2.2", "P3.1")
    amina.goes_home("/report")
    amina.sees("This asks only a part of the standards, so it cannot show a better rating than its best.")
    amina.goes_home()
    amina.presses("Continue as the full self-assessment")
    amina.reads_title(FULL)
    amina.sees("Harbour Children’s Club – Autumn")
    amina.sees("0 of 53 answered")
    amina.follows("A policy of your own")
    card = amina.question("P1.1")
    expect(card).to_contain_text("In your quick check you said Partly to “Do you have your own written")
    expect(card.get_by_role("radio", checked=True)).to_have_count(0)
    expect(amina.question("P1.2")).not_to_contain_text("In your quick check")
    amina.goes_to("/assessments")
    expect(amina.page.get_by_role("listitem")).to_have_count(2)
