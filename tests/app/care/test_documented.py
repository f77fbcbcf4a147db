"""What docs/care.md says of the rules, compared with the rules."""

import re

from app.care import looks
from app.care.finding import KINDS
from app.settings import ROOT

TEXT = (ROOT / "docs" / "care.md").read_text(encoding="utf-8")


def test_every_kind_is_explained() -> None:
    table = TEXT.partition("| kind | for example |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(KINDS)


def test_every_look_is_explained() -> None:
    table = TEXT.partition("| look | is |")[2].partition("\n\n")[0]
    named = {name.strip() for name in re.findall(r"`<([a-z ]+)", table)}
    assert named == {*looks.PLAIN, *looks.COUNTED, "name", "full name", "few words"}
