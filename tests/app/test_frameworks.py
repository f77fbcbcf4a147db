"""What anybody can read before they begin: the editions, and the questionnaires on paper."""

import re
from dataclasses import replace

import pytest
from fastapi import FastAPI

from app import wording
from app.reports.on_paper import BlankForm
from app.services.packs import Library, Pinned
from questionnaires.conditions import All, AnswerCondition, AnyOf, Not
from questionnaires.models import Questionnaire
from standards.models import FactCondition
from tests.app.markup import Page, visit
from tests.conftest import Browser, found

EDITIONS = {
    "/standards/ics-style/2026.1": "Child safeguarding, ICS-style",
    "/standards/ics-style/2006-eleven": "Child safeguarding, the older eleven standards",
    "/standards/common-features/2010": "Working Together 2010: common features",
    "/standards/policy-review/2026.1": "Child safeguarding policy review",
    "/standards/safeguarding-culture/2026.1": "Safeguarding culture, for leaders",
}
FORMS = {
    "ics-style-quick": "Quick check",
    "ics-style-full": "Full self-assessment",
    "ics-style-eleven": "The older eleven standards",
    "common-features-full": "Common features of 2010, all points",
    "policy-review-full": "Policy review",
    "safeguarding-culture-leaders": "Safeguarding culture: a talk among leaders",
}


def form_of(browser: Browser, questionnaire: str) -> Page:
    return visit(browser, f"/questionnaires/{questionnaire}/1/form")


def on_paper(page: Page, question: str) -> str:
    """The words of one question on paper."""
    return Page(
        found(
            rf'(<article class="paper-question" id="paper-question-{question}">[\s\S]*?</article>)', page.html
        )
    ).words


# The editions


def test_a_stranger_finds_every_edition_and_every_blank_form_from_the_first_page_and_from_help(
    stranger: Browser,
) -> None:
    for path in ("/", "/start", "/help"):
        assert "/standards" in visit(stranger, path).links
    links = visit(stranger, "/standards").links
    assert set(EDITIONS) <= set(links)
    assert {f"/questionnaires/{name}/1/form" for name in FORMS} <= set(links)
    assert {f"/start?questionnaire={name}" for name in FORMS} <= set(links)


@pytest.mark.parametrize(("path", "title"), EDITIONS.items())
def test_an_edition_shows_all_that_its_pack_says(
    app: FastAPI, stranger: Browser, path: str, title: str
) -> None:
    page = visit(stranger, path)
    framework = next(
        one.framework
        for one in app.state.library.offered.values()
        if f"/standards/{one.framework.id}/{one.framework.edition}" == path
    )
    assert page.heading == title
    said = [framework.publisher, framework.licence, framework.description, *framework.sources]
    for rating in framework.ratings:
        said += [rating.label, rating.meaning, *wording.conditions(rating, framework)]
    for standard in framework.standards:
        said += [standard.title, standard.summary, *(one.title for one in standard.requirements)]
    for indicator in framework.indicators.values():
        said += [indicator.code, indicator.title, indicator.statement, indicator.why, *indicator.levels]
        said += [*indicator.evidence, *(framework.roles[who] for who in indicator.ask)]
        for action in indicator.actions:
            said += [action.text, action.leaves, framework.roles[action.owner]]
    words = page.words
    assert [one for one in said if " ".join(one.split()) not in words] == []


def test_weights_are_named_where_they_make_a_rating_and_nowhere_else(stranger: Browser) -> None:
    weights = "critical 3, major 2, supporting 1"
    assert weights in visit(stranger, "/standards/ics-style/2026.1").words
    for path in ("/standards/policy-review/2026.1", "/standards/safeguarding-culture/2026.1"):
        assert weights not in visit(stranger, path).words


@pytest.mark.parametrize("path", EDITIONS)
def test_only_an_edition_that_was_replaced_says_so(stranger: Browser, path: str) -> None:
    older = path.endswith(("/2010", "/2006-eleven"))
    assert ("These are older standards" in visit(stranger, path).words) == older


def test_the_conditions_of_a_rating_are_said_in_sentences(app: FastAPI) -> None:
    framework = app.state.library.offer("ics-style-full").framework
    assert wording.conditions(framework.ratings[0], framework) == [
        "A score of at least 85.",
        "At least 100 percent answered.",
        "Every critical point at “In place” at least.",
        "Every major point at “In place” at least.",
        "For every critical point, evidence of at least this kind: records show it in use.",
        "For every major point, evidence of at least this kind: records show it in use.",
    ]
    strict = framework.ratings[0].model_copy(update={"standards": {"people": 70.5}})
    assert wording.conditions(strict, framework)[-1] == "A score of at least 70.5 in People."
    assert wording.conditions(framework.ratings[-1], framework) == []


@pytest.mark.parametrize(
    "path",
    [
        "/standards/ics-style/1999",
        "/standards/nothing/2026.1",
        "/questionnaires/nothing/1/form",
        "/questionnaires/ics-style-full/2/form",
    ],
)
def test_what_is_not_installed_is_not_found(stranger: Browser, path: str) -> None:
    assert stranger.get(path).status_code == 404


def test_what_is_no_longer_installed_is_not_shown_though_an_assessment_still_uses_it(
    app: FastAPI, amina: Browser
) -> None:
    app.state.library = Library([])
    assert amina.get("/standards/ics-style/2026.1").status_code == 404
    assert amina.get("/questionnaires/ics-style-full/1/form").status_code == 404
    assert visit(amina, "/standards").heading == "All standards and questions"
    assert amina.get(amina.home).status_code == 200


def test_a_language_is_named_and_an_unknown_one_keeps_its_code() -> None:
    assert [wording.language_name(code) for code in ("en", "ar", "pt-BR", "qq")] == [
        "English",
        "Arabic",
        "Portuguese (Brazil)",
        "qq",
    ]


# On paper


@pytest.mark.parametrize(("name", "title"), FORMS.items())
def test_a_blank_form_holds_every_question_with_its_boxes(
    app: FastAPI, stranger: Browser, name: str, title: str
) -> None:
    page, pinned = form_of(stranger, name), app.state.library.offer(name)
    assert page.heading == title
    assert page.forms == []
    assert "<details" not in page.html
    asked, framework = pinned.questionnaire, pinned.framework
    for fact in asked.profile:
        assert fact.prompt in page.words
    for question in asked.questions.values():
        words, about = on_paper(page, question.id), framework.indicators[question.informs[0].indicator]
        assert (question.prompt or about.statement) in words
        assert all(thing in words for thing in about.evidence)
        assert all(framework.roles[who] in words for who in about.ask)
        assert "We don’t know" in words
        assert ("Does not apply to us" in words) == question.not_applicable
        assert ("How sure can others be?" in words) == asked.asks_evidence
        if question.kind == "level":
            for word, sentence in zip(framework.levels, about.levels, strict=True):
                assert f"{word} {sentence}" in words
        else:
            assert all(option.label in words for option in asked.scales[question.scale])


def test_the_profile_stands_before_the_questions_that_it_may_leave_out(stranger: Browser) -> None:
    html = form_of(stranger, "ics-style-full").html
    assert html.index("Where you meet children") < html.index("paper-question-P1.1")


def test_what_may_be_left_out_says_when(stranger: Browser) -> None:
    page = form_of(stranger, "common-features-full")
    assert (
        "Answer this only if you ticked “A few, or now and then” or “Many, or often” at “Do other "
        "organisations work with children" in on_paper(page, "CF1b")
    )
    assert "Answer this only if" not in on_paper(page, "CF1a")


FACT = FactCondition(fact="partners", at_most="some")
ANSWER = AnswerCondition(answer="P1.1", at_least=2)
CONDITIONS = {
    "fact": (FACT, "you ticked “No” or “A few, or now and then” at “Do others work for you?”"),
    "level": (ANSWER, "you ticked “In place” or “Embedded” at “P1.1”"),
    "all": (
        All(all=(FACT, ANSWER)),
        "you ticked “No” or “A few, or now and then” at “Do others work for you?”, and you ticked "
        "“In place” or “Embedded” at “P1.1”",
    ),
    "any": (
        AnyOf(any=(ANSWER, AnswerCondition(answer="P1.1", equals=0))),
        "you ticked “In place” or “Embedded” at “P1.1”, or you ticked “Not in place” at “P1.1”",
    ),
    "not": (
        Not.model_validate({"not": ANSWER.model_dump(exclude_none=True)}),
        "it is not so that you ticked “In place” or “Embedded” at “P1.1”",
    ),
    "option": (AnswerCondition(answer="Q1", equals="yes"), "you ticked “Yes” at “Q1”"),
    "box": (AnswerCondition(answer="Q2", equals="b"), "you ticked “A list” at “Q2”"),
    "percentage": (AnswerCondition(answer="Q3", at_least=50), "you wrote 50 or more at “Q3”"),
    "percentage, the other way": (AnswerCondition(answer="Q3", at_most=20), "you wrote 20 or less at “Q3”"),
    "number": (AnswerCondition(answer="Q4", equals=7), "you wrote 7.0 at “Q4”"),
}


@pytest.mark.parametrize(("condition", "words"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_is_said_in_words(app: FastAPI, condition: object, words: str) -> None:
    paper = of_every_kind(app, condition)
    assert paper.asked_if(paper.questionnaire.questions["Q5"]) == f"Answer this only if {words}."


def of_every_kind(app: FastAPI, condition: object = None) -> BlankForm:
    """A questionnaire with a question of every kind, the last asked on a condition."""
    questions = [
        {"id": "P1.1", "kind": "level", "informs": ["P1.1"]},
        {"id": "Q1", "kind": "choice", "scale": "in_place", "informs": ["P1.2"]},
        {
            "id": "Q2",
            "kind": "checklist",
            "boxes": [{"id": "a", "label": "A folder"}, {"id": "b", "label": "A list"}],
            "informs": ["P1.3"],
        },
        {"id": "Q3", "kind": "percentage", "informs": ["P2.1"]},
        {"id": "Q4", "kind": "number", "prompt": "How many of you are there?"},
        {"id": "Q5", "kind": "recency", "fresh_months": 6, "stale_months": 24, "informs": ["P2.2"]},
        {"id": "Q6", "kind": "text", "prompt": "What else?"},
    ]
    labels = {"none": "No", "some": "A few, or now and then", "high": "Many, or often"}
    scale = [{"id": "yes", "label": "Yes", "credit": 1}, {"id": "no", "label": "No", "credit": 0}]
    asked = Questionnaire.model_validate(
        {
            "id": "own",
            "version": "1",
            "framework": {"id": "ics-style", "edition": "2026.1"},
            "title": "Our own",
            "purpose": "Everything",
            "minutes": 5,
            "asks_evidence": False,
            "scales": {"in_place": scale},
            "profile": [{"fact": "partners", "prompt": "Do others work for you?", "labels": labels}],
            "sections": [{"id": "all", "title": "All", "questions": questions}],
        }
    )
    section = asked.sections[0]
    last = tuple(
        one.model_copy(update={"when": condition}) if one.id == "Q5" else one for one in section.questions
    )
    asked = asked.model_copy(update={"sections": (section.model_copy(update={"questions": last}),)})
    return BlankForm(asked, app.state.library.offer("ics-style-full").framework)


def test_a_question_of_every_kind_can_be_answered_on_paper(app: FastAPI, stranger: Browser) -> None:
    paper = of_every_kind(app)
    pinned: Pinned = app.state.library.offer("ics-style-full")
    app.state.library = Library([replace(pinned, questionnaire=paper.questionnaire)])
    page = form_of(stranger, "own")
    assert "Not in place" in on_paper(page, "P1.1")
    assert "Yes No" in on_paper(page, "Q1")
    assert "Tick every box that is true. A folder A list" in on_paper(page, "Q2")
    assert "Percent, from 0 to 100" in on_paper(page, "Q3")
    assert "How many of you are there? Your answer" in on_paper(page, "Q4")
    assert "Day, month and year" in on_paper(page, "Q5")
    assert "What else? Your answer" in on_paper(page, "Q6")


def test_the_paper_says_that_nothing_seals_it_and_to_name_no_child(stranger: Browser) -> None:
    words = form_of(stranger, "ics-style-quick").words
    assert "Nothing seals this paper." in words
    assert "Write no child’s name" in words


def test_the_questions_of_a_quick_check_are_those_of_its_questionnaire_and_not_of_the_whole_edition(
    stranger: Browser,
) -> None:
    codes = re.findall(r'id="paper-question-([\w.]+)"', form_of(stranger, "ics-style-quick").html)
    assert len(codes) == 24
    assert "Full self-assessment" not in form_of(stranger, "ics-style-quick").heading
