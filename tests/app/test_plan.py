"""The action plan: drafted from the gaps, then the organisation's own, and never undone by another draft."""

import re
from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from httpx import Response

from tests.app.markup import Form, Page, read, send, visit
from tests.app.questionnaire import bring_in, save
from tests.conftest import Browser, Clock, found


def plan(browser: Browser) -> Page:
    return visit(browser, f"{browser.home}/plan")


def draft(browser: Browser) -> None:
    """Draft the plan, or bring it up to date, by the button on its page."""
    form = plan(browser).form("/plan")
    assert send(browser, form).headers["location"] == f"{browser.home}/plan"


def actions(browser: Browser) -> list[str]:
    """The ids of the actions, in their order."""
    return re.findall(r'<article[^>]* id="action-([^"]+)"', plan(browser).html)


def action(browser: Browser, name: str) -> str:
    """What the plan says of one action."""
    listed = found(rf'(<article[^>]* id="action-{re.escape(name)}"[\s\S]*?</article>)', plan(browser).html)
    return Page(listed).words


def edit_form(browser: Browser, name: str) -> Form:
    return visit(browser, f"{browser.home}/plan/actions/{name}").form(f"/plan/actions/{name}")


def edit(browser: Browser, name: str, **changes: str) -> Response:
    return send(browser, edit_form(browser, name), changes)


def own(browser: Browser, **fields: str) -> Response:
    return send(browser, visit(browser, f"{browser.home}/plan/new").form("/plan/new"), fields)


@pytest.fixture
def planning(amina: Browser) -> Browser:
    """Amina with two gaps, P1.1 at "started" and P1.2 at nothing, and a plan drafted from them."""
    save(amina, "policy", {"P1.1:choice": "1", "P1.2:choice": "0", "P2.1:choice": "2"})
    draft(amina)
    return amina


# Drafted


def test_before_there_is_a_gap_there_is_nothing_to_plan(amina: Browser) -> None:
    assert "There are none so far." in plan(amina).words
    save(amina, "policy", {"P2.1:choice": "2"})
    assert "There are none so far." in plan(amina).words


def test_gaps_are_offered_to_be_planned_and_nothing_is_drafted_unasked(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "1", "P1.2:choice": "0"})
    assert "Your answers show 2 gaps." in plan(amina).words
    assert actions(amina) == []
    draft(amina)
    assert actions(amina)


def test_each_gap_gets_its_steps_up_to_in_place_the_most_pressing_first(planning: Browser) -> None:
    assert actions(planning) == ["P1.1-2", "P1.2-1", "P1.2-2"]


def test_an_action_says_its_step_what_for_who_when_how_much_and_what_it_leaves(
    planning: Browser, app: FastAPI
) -> None:
    framework = app.state.library.offer("ics-style-full").framework
    indicator = framework.indicators["P1.1"]
    step = next(one for one in indicator.actions if one.to == 2)
    words = action(planning, "P1.1-2")
    assert step.text in words
    assert f"P1.1 {indicator.title}, step to “In place”" in words
    assert f"Owner {framework.roles[step.owner]}" in words
    # A critical gap that is not at nought is "high": 90 days from 21 November 2026.
    assert "Due 19 February 2027" in words
    assert f"Effort {step.effort_days:g} person-day" in words
    assert f"Leaves {step.leaves}" in words
    assert "To do" in words


def test_a_target_of_embedded_plans_a_step_more(planning: Browser) -> None:
    planning.post(f"{planning.home}/targets", {"raise:P1.1": "yes"})
    draft(planning)
    assert actions(planning) == ["P1.1-2", "P1.1-3", "P1.2-1", "P1.2-2"]


# Changed


def test_everything_about_an_action_can_be_changed(planning: Browser) -> None:
    fields = {"text": "Sign the policy\nat the May meeting", "owner": "Chair", "due": "2027-05-01"}
    fields |= {"effort_days": "0.5", "status": "doing", "note": "Agenda item 4"}
    saved = edit(planning, "P1.1-2", **fields)
    assert (saved.status_code, saved.headers["location"]) == (303, f"{planning.home}/plan#action-P1.1-2")
    words = action(planning, "P1.1-2")
    for said in (
        "Sign the policy at the May meeting",
        "Owner Chair",
        "Due 1 May 2027",
        "Effort 0.5 person-days",
    ):
        assert said in words
    assert "Doing" in words
    assert "Agenda item 4" in words
    assert edit_form(planning, "P1.1-2").fields.items() >= fields.items()


def test_an_owner_a_date_and_an_effort_may_be_left_open(planning: Browser) -> None:
    assert edit(planning, "P1.1-2", owner="", due="", effort_days="").status_code == 303
    words = action(planning, "P1.1-2")
    assert "Owner nobody yet" in words
    assert "Due no date yet" in words
    assert "Effort" not in words


def test_an_effort_may_be_written_with_a_comma(planning: Browser) -> None:
    edit(planning, "P1.1-2", effort_days="1,5")
    assert "Effort 1.5 person-days" in action(planning, "P1.1-2")


def test_an_action_is_dropped_only_with_a_reason(planning: Browser) -> None:
    refused = edit(planning, "P1.1-2", status="dropped")
    assert refused.status_code == 422
    assert "Say in a sentence why you drop this action." in read(refused).words
    form = read(refused).form("/plan/actions/P1.1-2")
    assert form.fields["status"] == "dropped"
    assert send(planning, form, {"reason": "The network writes it for all of us"}).status_code == 303
    words = action(planning, "P1.1-2")
    assert "Dropped" in words
    assert "Dropped because The network writes it for all of us" in words


REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "nothing to do": ({"text": " "}, "Say what is to be done."),
    "a long text": ({"text": "x" * 5001}, "5,001 characters; the most is 5,000"),
    "a long note": ({"note": "x" * 5001}, "5,001 characters; the most is 5,000"),
    "a long owner": ({"owner": "x" * 201}, "201 characters; the most is 200"),
    "no date": ({"due": "tomorrow"}, "Write the date as year, month and day"),
    "a day that is not": ({"due": "2027-02-30"}, "Write the date as year, month and day"),
    "no number": ({"effort_days": "a week"}, "Write the effort in days as a number"),
    "less than nothing": ({"effort_days": "-1"}, "Write the effort in days as a number"),
    "not a number": ({"effort_days": "nan"}, "Write the effort in days as a number"),
    "endless": ({"effort_days": "inf"}, "Write the effort in days as a number"),
    "a life's work": ({"effort_days": "1001"}, "Write the effort in days as a number"),
}


@pytest.mark.parametrize(("said", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_comes_back_with_a_sentence_and_as_it_was_typed(
    planning: Browser, said: dict[str, str], told: str
) -> None:
    before = action(planning, "P1.1-2")
    refused = edit(planning, "P1.1-2", **said)
    assert refused.status_code == 422
    assert told in read(refused).words
    assert read(refused).form("/plan/actions/P1.1-2").fields.items() >= said.items()
    assert action(planning, "P1.1-2") == before
    new = own(planning, **({"text": "Mine"} | said))
    assert new.status_code == 422
    assert read(new).form("/plan/new").fields.items() >= said.items()
    assert len(actions(planning)) == 3


def test_a_state_that_is_not_listed_is_refused(planning: Browser) -> None:
    form = edit_form(planning, "P1.1-2")
    refused = planning.post(form.action, form.fields | {"status": "postponed"})
    assert refused.status_code == 422
    assert "Choose one of the states that are listed here." in read(refused).words


def test_htmx_edits_in_place(planning: Browser) -> None:
    path = f"{planning.home}/plan/actions/P1.1-2"
    form = planning.get(path, headers={"HX-Request": "true"})
    assert form.headers["vary"] == "HX-Request"
    assert form.text.count("<html") == 0
    fields = read(form).form("/plan/actions/P1.1-2").fields
    refused = planning.post(path, fields | {"text": ""}, htmx=True)
    assert refused.status_code == 422
    assert refused.text.count("<html") == 0
    saved = planning.post(path, fields | {"owner": "Chair"}, htmx=True)
    assert saved.status_code == 200
    assert saved.text.count("<html") == 0
    assert "Owner Chair" in read(saved).words
    assert "Owner Chair" in read(planning.get(f"{path}/row")).words


def test_an_action_that_is_overdue_says_so(planning: Browser, clock: Clock) -> None:
    assert "overdue" not in action(planning, "P1.1-2")
    clock.pass_by(timedelta(days=91))
    planning.come_back()
    assert "overdue" in action(planning, "P1.1-2")
    edit(planning, "P1.1-2", status="done")
    assert "overdue" not in action(planning, "P1.1-2")


# One's own


def test_an_action_of_ones_own_stands_beside_the_drafted_ones(planning: Browser) -> None:
    added = own(planning, text="Ask the children", owner="Youth council", due="2027-01-10")
    assert added.status_code == 303
    name = added.headers["location"].partition("#action-")[2]
    # The plan goes by date: this one is due first.
    assert actions(planning) == [name, "P1.1-2", "P1.2-1", "P1.2-2"]
    words = action(planning, name)
    assert "Ask the children" in words
    assert "For your own action" in words
    assert edit(planning, name, status="done").status_code == 303


def test_one_can_plan_without_a_gap(amina: Browser) -> None:
    own(amina, text="Ask the children")
    assert "1 of 1 actions are still open." in plan(amina).words


# How much time there is


def draft_with(browser: Browser, capacity: str) -> Response:
    return send(browser, plan(browser).form("/plan"), {"capacity": capacity})


def test_with_a_capacity_nothing_falls_due_before_there_was_time_for_it(planning: Browser) -> None:
    # From 21 November 2026: 3 days, then 0.5, then 2, at one a month are done in months 3, 4 and 6.
    assert draft_with(planning, "1").status_code == 303
    # What we advise is later than the work: 180 days for a major gap.
    assert "Due 20 May 2027" in action(planning, "P1.2-1")
    assert "later than we advise" not in action(planning, "P1.2-1")
    assert "Due 20 May 2027" in action(planning, "P1.2-2")
    # And the other way about: 90 days for a critical one.
    assert "Due 20 February 2027 – later than we advise, for want of time" in action(planning, "P1.1-2")


def test_a_capacity_is_remembered_and_can_be_taken_back(planning: Browser) -> None:
    draft_with(planning, "0,5")
    assert plan(planning).form("/plan").fields["capacity"] == "0.5"
    own(planning, text="Ask the children")
    draft(planning)
    assert plan(planning).form("/plan").fields["capacity"] == "0.5"
    assert "later than we advise" in action(planning, "P1.1-2")
    draft_with(planning, "")
    assert plan(planning).form("/plan").fields["capacity"] == ""
    assert "Due 19 February 2027" in action(planning, "P1.1-2")
    assert "later than we advise" not in action(planning, "P1.1-2")


def test_a_day_that_somebody_set_is_theirs_however_little_time_there_is(planning: Browser) -> None:
    edit(planning, "P1.1-2", due="2027-03-31")
    draft_with(planning, "0.5")
    assert "Due 31 March 2027 Effort" in action(planning, "P1.1-2")


@pytest.mark.parametrize("typed", ["much", "0", "0.05", "-1", "nan", "1001"])
def test_a_capacity_that_no_plan_can_be_laid_over_comes_back_with_a_sentence(
    planning: Browser, typed: str
) -> None:
    before = actions(planning), action(planning, "P1.1-2")
    refused = draft_with(planning, typed)
    assert refused.status_code == 422
    assert "Write the days a month as a number" in read(refused).words
    assert read(refused).form("/plan").fields["capacity"] == typed
    assert (actions(planning), action(planning, "P1.1-2")) == before


# Where it leads


def test_a_plan_says_what_score_and_rating_it_leads_to(planning: Browser) -> None:
    # P1.1 at 1, P1.2 at 0 and P2.1 at 2: 100 · (3 · ⅓ + 0 + w · ⅔) / (3 + 2 + w); then all stand at 2.
    words = plan(planning).words
    assert (
        "With these actions done by 20 May 2027, and all else as it is, your score would be 67 of 100."
        in words
    )
    # The critical points that nobody has answered yet hold it down.
    assert "Your rating would be “Early”." in words


def test_the_rating_is_told_with_the_evidence_there_is_and_with_what_the_actions_leave(
    amina: Browser, app: FastAPI
) -> None:
    bring_in(amina, app, lambda _code: {"value": 1, "evidence": 1})
    draft(amina)
    assert (
        "Your rating would be “Framework-ready” with the evidence that the actions leave, "
        "and “Developing” with the evidence that there is now."
    ) in plan(amina).words


def test_a_plan_shows_where_things_would_stand_month_by_month(planning: Browser) -> None:
    edit(planning, "P1.2-1", due="2026-12-20")
    page = plan(planning)
    rows = re.findall(r"<tr><th scope=\"row\">([^<]*)</th><td[^>]*>([^<]*)</td>", page.html)
    assert rows == [
        ("Today", "–"),
        ("20 December 2026", "1"),
        ("20 February 2027", "2"),
        ("20 May 2027", "3"),
    ]


def test_what_no_action_of_the_plan_changes_is_named(planning: Browser) -> None:
    save(planning, "policy", {"P2.1:choice": "3", "P2.1:evidence": "1"})
    words = plan(planning).words
    assert "What no action of this plan changes" in words
    before, lacking = words.split("In place, and lacking only evidence")
    assert "P3.1" in before.partition("Still to answer")[2]
    assert lacking.strip().startswith("P2.1")


def test_dropped_and_undated_actions_lead_nowhere(planning: Browser) -> None:
    edit(planning, "P1.1-2", due="")
    assert "1 action has no due date, and is not counted here." in plan(planning).words
    for name in actions(planning):
        edit(planning, name, status="dropped", reason="Not ours")
    assert "Where this leads" not in plan(planning).words


def test_what_is_overdue_is_counted_from_today(planning: Browser, clock: Clock) -> None:
    clock.pass_by(timedelta(days=100))
    planning.come_back()
    # P1.1-2 was due on 19 February; today is 1 March 2027, in the month that ends on 20 March.
    rows = re.findall(r"<tr><th scope=\"row\">([^<]*)</th>", plan(planning).html)
    assert rows == ["Today", "20 March 2027", "20 May 2027"]


# Drafted again


def test_drafting_again_without_new_answers_changes_nothing(planning: Browser) -> None:
    before = plan(planning).words
    for _ in range(2):
        draft(planning)
    assert plan(planning).words == before


def test_drafting_again_adds_what_new_answers_call_for(planning: Browser) -> None:
    save(planning, "policy", {"P2.2:choice": "1"})
    draft(planning)
    assert sorted(actions(planning)) == ["P1.1-2", "P1.2-1", "P1.2-2", "P2.2-2"]


def test_drafting_again_takes_out_what_is_done_without_a_hand_on_it(planning: Browser) -> None:
    save(planning, "policy", {"P1.2:choice": "1"})
    draft(planning)
    assert actions(planning) == ["P1.1-2", "P1.2-2"]


CHANGES = {
    "its text": {"text": "Ours"},
    "its owner": {"owner": "Chair"},
    "its date": {"due": "2027-12-31"},
    "its effort": {"effort_days": "9"},
    "its state": {"status": "doing"},
    "done": {"status": "done"},
    "dropped": {"status": "dropped", "reason": "Not ours to do"},
    "a note": {"note": "Agenda item 4"},
}


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_drafting_again_overwrites_nothing_that_somebody_changed_and_doubles_nothing(
    planning: Browser, changes: dict[str, str]
) -> None:
    own(planning, text="Ask the children")
    edit(planning, "P1.2-1", **changes)
    before = action(planning, "P1.2-1")
    # A gap more, a gap less, and the changed one is no longer called for.
    save(planning, "policy", {"P1.1:choice": "2", "P1.2:choice": "2", "P2.2:choice": "1"})
    draft(planning)
    assert action(planning, "P1.2-1") == before
    # And called for again.
    save(planning, "policy", {"P1.2:choice": "0"})
    draft(planning)
    assert action(planning, "P1.2-1") == before
    names = actions(planning)
    assert len(names) == len(set(names))
    assert {"P1.2-1", "P1.2-2", "P2.2-2"} < set(names)
    assert "P1.1-2" not in names
    assert "Ask the children" in plan(planning).words


def test_a_gap_that_became_urgent_moves_the_steps_that_nobody_touched(planning: Browser) -> None:
    save(planning, "policy", {"P1.1:choice": "-unknown"})
    draft(planning)
    # Urgent is 30 days from 21 November 2026.
    assert "Due 21 December 2026" in action(planning, "P1.1-1")
    assert "Due 21 December 2026" in action(planning, "P1.1-2")


def test_a_gap_that_became_urgent_moves_no_step_that_somebody_touched(planning: Browser) -> None:
    edit(planning, "P1.1-2", owner="Chair")
    save(planning, "policy", {"P1.1:choice": "-unknown"})
    draft(planning)
    assert "Due 21 December 2026" in action(planning, "P1.1-1")
    assert "Due 19 February 2027" in action(planning, "P1.1-2")
    assert "Owner Chair" in action(planning, "P1.1-2")


def test_a_change_that_is_taken_back_is_no_change(planning: Browser) -> None:
    original = edit_form(planning, "P1.2-1").fields["text"]
    edit(planning, "P1.2-1", text="Ours")
    edit(planning, "P1.2-1", text=original)
    save(planning, "policy", {"P1.2:choice": "2"})
    draft(planning)
    assert actions(planning) == ["P1.1-2"]


def test_what_nobody_knows_any_more_stays_in_the_plan(planning: Browser) -> None:
    planning.answer("P1.2", "")
    draft(planning)
    assert actions(planning) == ["P1.1-2", "P1.2-1", "P1.2-2"]


def test_a_later_draft_sets_no_untouched_date_back(planning: Browser, clock: Clock) -> None:
    clock.pass_by(timedelta(days=30))
    planning.come_back()
    draft(planning)
    assert edit_form(planning, "P1.1-2").fields["due"] == str(date(2026, 11, 21) + timedelta(days=90))


# On the task list


def test_the_task_list_shows_the_open_actions_and_counts_them(planning: Browser) -> None:
    words = visit(planning, planning.home).words
    assert "All 3 open actions" in words
    assert "Due on 19 February 2027" in words
    assert f"{planning.home}/plan#action-P1.1-2" in visit(planning, planning.home).links
    edit(planning, "P1.1-2", status="done")
    edit(planning, "P1.2-1", status="dropped", reason="Done elsewhere")
    words = visit(planning, planning.home).words
    assert "1 open action" in words
    assert "19 February 2027" not in words
    edit(planning, "P1.2-2", status="done")
    assert "Every action is done or dropped." in visit(planning, planning.home).words


def test_the_task_list_names_what_is_overdue(planning: Browser, clock: Clock) -> None:
    clock.pass_by(timedelta(days=91))
    planning.come_back()
    assert "Was due on 19 February 2027" in visit(planning, planning.home).words
