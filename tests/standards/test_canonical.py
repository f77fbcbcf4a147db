"""A pinned pack reads back as it was."""

import json

from standards.canonical import canonical
from standards.loader import read_framework
from standards.models import Framework
from tests.standards.samples import EDITION, NAME, changed


def test_a_pinned_edition_reads_back_as_the_same_edition() -> None:
    edition = read_framework(EDITION, NAME)
    again = Framework.model_validate_json(canonical(edition))
    assert again == edition
    assert canonical(again) == canonical(edition)


def test_the_order_of_keys_and_what_is_left_to_its_default_change_nothing() -> None:
    moved = changed(EDITION, "id: sample\n", "").replace("language: en\n", "language: en\nid: sample\n")
    defaults = changed(moved, "weights: {critical: 3, major: 2, supporting: 1}\n", "")
    assert canonical(read_framework(defaults, NAME)) == canonical(read_framework(EDITION, NAME))


def test_another_word_is_another_text() -> None:
    other = changed(EDITION, "Nobody has looked at it.", "Nobody has looked at that.")
    assert canonical(read_framework(other, NAME)) != canonical(read_framework(EDITION, NAME))


def test_the_text_is_compact_json_with_sorted_keys_as_the_pack_spells_them() -> None:
    text = canonical(read_framework(EDITION, NAME))
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    condition = '"class_when":{"class":"critical","if":{"at_least":"some","fact":"online"}}'
    assert condition in text
