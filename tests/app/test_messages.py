"""Every text that a person sees can be translated."""

import re

import pytest
from jinja2 import nodes

from app.__main__ import main
from app.messages import gather
from app.pages import ENVIRONMENT
from app.settings import ROOT

TEMPLATES = sorted(
    path.relative_to(ROOT / "templates").as_posix() for path in ROOT.glob("templates/**/*.html")
)

# The name of the product is the same in every language; the rest are signs.
NOT_WORDS = re.compile(r"Plumbline|&\w+;|[^\w]+|\d+|_")
SPOKEN_ATTRIBUTES = re.compile(r'\b(?:aria-label|title|alt|placeholder|label|content)="([^"]*)"')
# A block whose content is the name of a class.
CLASS_NAMES = {"width"}
# Settings of the page for the browser, which nobody reads.
SETTINGS = re.compile(r"<meta [^>]*>|<!doctype html>", re.IGNORECASE)


def raw_words(source: str) -> list[str]:
    """The words in a template that do not come out of gettext, a pack, or what somebody wrote.

    What trans tags and expressions say is no template data, so only bare text and attributes are left.
    """
    tree = ENVIRONMENT.parse(source)
    of_the_sheet = {
        id(data)
        for block in tree.find_all(nodes.Block)
        if block.name in CLASS_NAMES
        for data in block.find_all(nodes.TemplateData)
    }
    data = [node.data for node in tree.find_all(nodes.TemplateData) if id(node) not in of_the_sheet]
    # An expression may stand in the middle of a tag: its place is held by a sign that is no word.
    text = SETTINGS.sub(" ", "·".join(data))
    spoken = SPOKEN_ATTRIBUTES.findall(text)
    without_drawings = re.sub(r"<svg\b.*?</svg>|<!--.*?-->", " ", text, flags=re.DOTALL)
    visible = re.sub(r"<[^<>]*>?|^[^<>]*>|\s[a-z-]+=\"[^\"]*\"", " ", without_drawings)
    return [word for piece in [visible, *spoken] for word in NOT_WORDS.sub(" ", piece).split()]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>{% trans %}Read{% endtrans %}</p>", []),
        ("<p>{{ _('Read') }}</p>", []),
        ("<p>Read</p>", ["Read"]),
        ("<p>{% if x %}Read{% endif %}</p>", ["Read"]),
        ('<p class="lead {{ x }}">– {{ y }} · 3</p>', []),
        ('<p class="lead {{ x }} card">Plumbline</p>', []),
        ('<nav aria-label="Pages">{{ x }}</nav>', ["Pages"]),
        ('<nav aria-label="{{ _("Pages") }}">{{ x }}</nav>', []),
        ('{% macro one(x) %}<b{% if x %} id="{{ x }}"{% endif %}>Read</b>{% endmacro %}', ["Read"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_search_for_bare_words_finds_them(source: str, words: list[str]) -> None:
    assert raw_words(source) == words


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_word_of_a_template_goes_through_gettext(template: str) -> None:
    assert raw_words((ROOT / "templates" / template).read_text(encoding="utf-8")) == []


SENTENCE = re.compile(r"[A-Z][a-z]+ [a-z]+|[a-z]{2}[.?!]$")


def constants(source: str) -> list[str]:
    """The sentences that expressions of a template hold, without those that gettext is called with."""
    tree = ENVIRONMENT.parse(source)
    translated = {
        id(one)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext"}
        for one in call.find_all(nodes.Const)
    }
    return [
        one.value
        for one in tree.find_all(nodes.Const)
        if isinstance(one.value, str) and id(one) not in translated and SENTENCE.search(one.value)
    ]


def test_the_search_for_sentences_in_expressions_finds_them() -> None:
    assert constants('{{ notice("info", "Please read this") }}') == ["Please read this"]
    assert constants('{{ notice("info", _("Please read this")) }}') == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_expression_of_a_template_holds_a_sentence_of_its_own(template: str) -> None:
    source = (ROOT / "templates" / template).read_text(encoding="utf-8")
    assert constants(source) == []


@pytest.mark.parametrize("script", ["app/static/site.js"])
def test_the_script_holds_no_sentences(script: str) -> None:
    comments = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
    source = comments.sub("", (ROOT / script).read_text(encoding="utf-8"))
    assert re.findall(r"[\"'`][A-Z]\w+ \w+[^\"'`]*[\"'`]", source) == []


def test_the_template_of_messages_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["messages", "--check"]) == 0, capsys.readouterr().err


def test_texts_of_code_and_of_pages_are_gathered() -> None:
    ids = {message.id for message in gather() if message.id}
    assert "Keep this receipt" in ids
    assert "Choose how you want to begin." in ids
    assert "There is nothing here" in ids
    assert ("%(num)s assessment does not open", "%(num)s assessments do not open") in ids


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ _('Saved') }}", "Saved"),
        ("{{ _('All %(many)s are done', many=word) }}", "All &lt;b&gt; are done"),
        ("{% trans %}100% of them{% endtrans %}", "100% of them"),
        ("{% trans it=word %}{{ it }}, 100%{% endtrans %}", "&lt;b&gt;, 100%"),
        ("{{ ngettext('%(num)s for %(who)s', '%(num)s each for %(who)s', 1, who=word) }}", "1 for &lt;b&gt;"),
        ("{{ ngettext('%(num)s day', '%(num)s days', 3) }}", "3 days"),
        ("{% trans message=word %}x {{ message }}{% endtrans %}", "x &lt;b&gt;"),
        ("{% trans num=2, many=word %}one{% pluralize %}{{ num }} {{ many }}{% endtrans %}", "2 &lt;b&gt;"),
    ],
)  # fmt: skip
def test_a_message_of_a_template_is_said_with_what_is_put_in_and_that_is_escaped(
    template: str, said: str
) -> None:
    assert ENVIRONMENT.from_string(template).render(word="<b>") == said
