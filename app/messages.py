"""The template of every text that a person sees, gathered from the code and the templates."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.settings import ROOT

TEMPLATE = Path(__file__).parent / "locale" / "messages.pot"

_METHODS = [("app/**.py", "python"), ("scoring/**.py", "python"), ("templates/**.html", "jinja2")]
_KEYWORDS = {**DEFAULT_KEYWORDS, "mark": None}
_OPTIONS = {"templates/**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}


def gather() -> Catalog:
    """Every text, with the files that it stands in."""
    catalog = Catalog(project="Plumbline", copyright_holder="The Plumbline project", charset="utf-8")
    for file, _line, message, comments, context in extract_from_dir(
        ROOT, _METHODS, _OPTIONS, keywords=_KEYWORDS, strip_comment_tags=True, directory_filter=_is_source
    ):
        catalog.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    return catalog


def write_template() -> None:
    """Write the template."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    with TEMPLATE.open("wb") as file:
        write_po(file, gather(), omit_header=False, sort_output=True, include_lineno=False, width=110)


def is_up_to_date() -> bool:
    """Whether the template holds just the texts of today."""
    if not TEMPLATE.exists():
        return False
    written = read_po(BytesIO(TEMPLATE.read_bytes()))
    return _ids(written) == _ids(gather())


def _ids(catalog: Catalog) -> set[object]:
    return {(message.id, message.context) for message in catalog if message.id}


def _is_source(folder: str) -> bool:
    return not Path(folder).name.startswith((".", "_")) and Path(folder).name not in {
        "data",
        "static",
        "locale",
    }
