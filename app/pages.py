"""Pages: templates rendered with the few words and tools that every one of them shares."""

from collections.abc import Mapping, MutableMapping
from contextvars import ContextVar
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app import kinds, language, pack_words, wording
from app.services.in_words import said_in_words, ticked_labels, value_in_words
from app.services.opened import OpenAssessment
from app.settings import ROOT
from app.vault.content import content_hash
from app.vault.holders import new_id
from questionnaires.models import ChoiceQuestion, Question
from scoring.rounding import beside_threshold, whole_percent
from standards.models import Framework

STATIC = ROOT / "app" / "static"

has_account: ContextVar[bool] = ContextVar("has_account", default=False)
"""Whether whoever is being answered is signed in to an account: known once somebody has asked who it is."""


@cache
def static_url(name: str) -> str:
    """The address of a static file, which changes with its content, so that browsers may keep it for good."""
    return f"/static/{name}?v={content_hash((STATIC / name).read_text(encoding='utf-8'))[:16]}"


@cache
def product_version() -> str:
    """The version of this copy of Plumbline."""
    try:
        return version("plumbline")
    except PackageNotFoundError:
        return _version_in_checkout()


def _version_in_checkout() -> str:
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text that somebody typed."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def options(question: Question, assessment: OpenAssessment) -> list[tuple[str, str, str]]:
    """What can be chosen for a question: the value a form sends, its word, its sentence."""
    if isinstance(question, ChoiceQuestion):
        return [(option.id, option.label, "") for option in assessment.questionnaire.scales[question.scale]]
    described = assessment.framework.indicators[question.informs[0].indicator].levels
    words = zip(assessment.framework.levels, described, strict=True)
    return [(str(level), word, sentence) for level, (word, sentence) in enumerate(words)]


def role(code: str, framework: Framework) -> str:
    """Who that is, in the words of the pack."""
    return framework.roles.get(code, code)


def theme(code: str, framework: Framework) -> str:
    """What that theme is, in the words of the pack."""
    return framework.themes.get(code, code)


class _Environment(Environment):
    """Templates that share one set of globals, to which nothing is added for a single one.

    Jinja would look through it name by name each time that one template takes macros from another.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: those of all."""
        return super().make_globals(d) if d else self.globals


def _gettext(message: str, /, **figures: Any) -> Markup:
    """A message of a template, and what is put into it."""
    return _put_in(language.gettext(message), figures)


def _ngettext(one: str, many: str, num: int, /, **figures: Any) -> Markup:
    """A message in the form that a number, `num` in it, asks for."""
    return _put_in(language.ngettext(one, many, num), {"num": num, **figures})


def _put_in(message: str, figures: Mapping[str, Any]) -> Markup:
    written = Markup(message)  # noqa: S704 - a message is the product's own, and what is put in is escaped
    # Most have no place for anything, and to look for one takes longer than all the rest.
    return written % figures if "%" in message else written


def _environment() -> Environment:
    environment = _Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        auto_reload=False,
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    # What is to be put into a message goes to the functions below. jinja's types do not know of it.
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals |= {
        "_": _gettext,
        "gettext": _gettext,
        "ngettext": _ngettext,
        "static_url": static_url,
        "product_version": product_version,
        "signed_in": False,
        "form_key": new_id,
        "months": language.months,
        "wording": wording,
        "kinds": kinds,
    }
    environment.filters |= {
        "options": options,
        "role": role,
        "theme": theme,
        "number": language.number,
        "figures_in_words": wording.figures,
        "waiting_in_words": wording.waiting,
        "said_in_words": lambda question, answer, assessment: said_in_words(assessment, question, answer),
        "value_in_words": lambda question, value, assessment: value_in_words(assessment, question, value),
        "ticked": ticked_labels,
        "date": language.long_date,
        "percent": whole_percent,
        "beside_threshold": beside_threshold,
        "paragraphs": paragraphs,
        "words": pack_words.words,
        "plain_words": pack_words.plain_words,
    }
    # Words somebody wrote, rather than the value of a button or box.
    environment.tests["wordy"] = lambda value: " " in value.strip()
    return environment


ENVIRONMENT = _environment()


def render(
    template: str, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> HTMLResponse:
    """A page, or a fragment of one."""
    spoken = language.current()
    return HTMLResponse(
        ENVIRONMENT.get_template(template).render(
            {
                "lang": spoken,
                "dir": language.direction(spoken),
                "has_account": has_account.get(),
                **context,
            }
        ),
        status_code=status,
        headers={"Vary": "HX-Request", **(headers or {})},
    )


def go_to(path: str) -> Response:
    """Send the browser on to another page with a fresh GET."""
    return RedirectResponse(path, status_code=303)


def by_htmx(request: Request) -> bool:
    """Whether htmx asks, and wants a fragment rather than a page."""
    return request.headers.get("HX-Request") == "true"
