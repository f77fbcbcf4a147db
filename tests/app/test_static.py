"""The sheet and the scripts: contrast, both directions of writing, the recorded hashes."""

import re
from base64 import b64encode
from hashlib import sha256, sha384
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHEET = (ROOT / "app/static/site.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)
HTMX = ROOT / "app/static/vendor/htmx"
TOKENS = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", SHEET)
LIGHT = {name: light for name, light, _ in TOKENS}
DARK = {name: dark for name, _, dark in TOKENS}


def luminance(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2, "relative luminance"."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


GROUNDS = ("paper", "card", "sunk")
PAIRS = [
    *[("ink", ground, 7) for ground in (*GROUNDS, "teal-wash", "amber-wash", "brick-wash", "green-wash")],
    *[("ink-soft", ground, 4.5) for ground in (*GROUNDS, "teal-wash", "amber-wash")],
    *[("teal", ground, 7) for ground in GROUNDS],
    ("teal", "teal-wash", 4.5),
    ("teal-deep", "teal-wash", 4.5),
    ("on-teal", "teal", 7),
    ("on-teal", "teal-deep", 7),
    ("on-brick", "brick", 4.5),
    *[(name, ground, 4.5) for name in ("amber", "brick", "green") for ground in (*GROUNDS, f"{name}-wash")],
    *[("edge", ground, 3) for ground in GROUNDS],
    *[("focus", ground, 3) for ground in (*GROUNDS, "amber-wash", "teal-wash")],
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_everybody_can_read_it_in_light_and_in_dark(
    tokens: dict[str, str], front: str, ground: str, least: float
) -> None:
    assert contrast(tokens[front], tokens[ground]) >= least


def test_every_colour_is_a_token() -> None:
    after_tokens = RULES[RULES.index("*, *::before") :]
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", after_tokens)) == {"#fff"}, "white: print, and under a QR code"


@pytest.mark.parametrize(
    "physical",
    [
        r"\b(margin|padding|border|inset)-(left|right|top|bottom)\b",
        r"[\s;{](left|right|top|bottom|width|height)\s*:",
        r"(text-align|float|clear)\s*:\s*(left|right)",
    ],
)
def test_the_sheet_knows_no_left_and_right(physical: str) -> None:
    assert re.findall(physical, RULES) == []


def test_what_is_in_the_sheet_is_named_in_the_sheet() -> None:
    used = set(re.findall(r"var\(--([a-z0-9-]+)", RULES))
    assert used - set(re.findall(r"--([a-z0-9-]+):", RULES)) == set()


def recorded(algorithm: str) -> str:
    found = re.search(rf"{algorithm}[^`]*`([^`]+)`", (HTMX / "README.md").read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


def test_htmx_is_the_file_that_was_looked_at() -> None:
    script = (HTMX / "htmx.min.js").read_bytes()
    assert sha256(script).hexdigest() == recorded("sha256")
    assert b64encode(sha384(script).digest()).decode() == recorded("sha384")
    assert (HTMX / "LICENSE").read_text(encoding="utf-8").startswith("Zero-Clause BSD")


def test_the_page_lets_the_browser_check_that_file() -> None:
    layout = (ROOT / "templates/layout.html").read_text(encoding="utf-8")
    assert f'integrity="sha384-{recorded("sha384")}"' in layout


@pytest.mark.parametrize("name", ["app/static/site.css", "app/static/site.js", "app/static/icon.svg"])
def test_our_own_files_ask_no_other_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    text = re.sub(r"^\s*//.*$|/\*.*?\*/", "", text, flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"(?:https?:)?//[a-z][^\s\"')]*", text) == []
