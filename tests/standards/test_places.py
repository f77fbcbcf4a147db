"""Each text of a pack has a place of its own, named so that it outlasts a new order."""

import pytest

from questionnaires.loader import installed_questionnaires
from standards.canonical import canonical
from standards.loader import installed_frameworks, read_framework
from standards.models import PackModel
from standards.places import rewritten, texts_of
from standards.words import Words
from tests.questionnaires.samples import EVERY_KIND
from tests.questionnaires.samples import read as read_questionnaire
from tests.standards.samples import EDITION, NAME

FRAMEWORKS = installed_frameworks()
PACKS: list[tuple[tuple[str, str], PackModel]] = [
    *FRAMEWORKS.items(),
    *installed_questionnaires(FRAMEWORKS).items(),
]
SHIPPED = [pytest.param(pack, id=" ".join(key)) for key, pack in PACKS]


def places(pack: PackModel) -> list[tuple[str, str]]:
    return [(text.place, text.words) for text in texts_of(pack)]


def test_the_texts_of_an_edition_are_placed_by_ids_and_codes() -> None:
    found = places(read_framework(EDITION, NAME))

    assert len(found) == len(set(found)) == 48
    assert {
        ("framework title", "Sample framework"),
        ("framework levels 0", "Not in place"),
        ("rating ready label", "Ready"),
        ("standard policy summary", "Say in writing how children are kept safe."),
        ("requirement R3 title", "Activities are made safe"),
        (
            "indicator P1.1 statement",
            "We have our own written child-safeguarding policy, dated and in force.",
        ),
        ("indicator P1.1 levels 3", "Staff use it and can tell of a time when it guided them."),
        ("indicator P1.1 actions 2 leaves", "The signed policy"),
        ("indicator R3.5 evidence", "The rules"),
        ("indicator R3.5 evidence", "A check of the settings"),
        ("indicator R3.5 not_applicable", "Only if nobody here is ever in touch with a child online."),
    } <= set(found)


def test_the_texts_of_a_questionnaire_are_placed_by_ids() -> None:
    found = places(read_questionnaire(EVERY_KIND))

    assert {
        ("questionnaire purpose", "Where do we stand?"),
        ("questionnaire scales in_place partly label", "Partly"),
        ("fact online prompt", "Are your people in touch with children online?"),
        ("section policy title", "Policy"),
        ("question q7 boxes films label", "Films"),
        ("question q9 prompt", "What else?"),
    } <= set(found)


def test_codes_licences_and_conditions_are_no_texts() -> None:
    words = {
        words
        for pack in (read_framework(EDITION, NAME), read_questionnaire(EVERY_KIND))
        for _, words in places(pack)
    }
    assert not words & {"CC-BY-4.0", "en", "P1.1", "focal_point", "yes", "in_place", "some"}


def test_a_text_keeps_its_place_when_others_come_before_it() -> None:
    longer = EDITION.replace('evidence: ["The rules"', 'evidence: ["Minutes", "The rules"')
    before, after = places(read_framework(EDITION, NAME)), places(read_framework(longer, NAME))
    assert set(after) - set(before) == {("indicator R3.5 evidence", "Minutes")}
    assert set(before) <= set(after)


@pytest.mark.parametrize("pack", SHIPPED)
def test_no_two_texts_of_a_shipped_pack_share_a_place_and_their_words(pack: PackModel) -> None:
    found = places(pack)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("pack", SHIPPED)
def test_a_pack_that_is_rewritten_with_its_own_words_is_the_same(pack: PackModel) -> None:
    again = rewritten(pack, lambda text: text.words)
    assert again == pack
    assert canonical(again) == canonical(pack)


def test_rewriting_changes_every_text_and_nothing_else() -> None:
    edition = read_framework(EDITION, NAME)
    shouted = rewritten(edition, lambda text: Words(text.words.upper()))
    assert [text.words for text in texts_of(shouted)] == [text.words.upper() for text in texts_of(edition)]
    assert shouted.indicators["P1.1"].title == "WRITTEN POLICY"
    assert shouted.indicators["P1.1"].ask == ("focal_point", "director")
    assert shouted.licence == "CC-BY-4.0"
