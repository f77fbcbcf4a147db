"""The sample packs with a question of every kind, offered beside those that come with this copy."""

from app.services.packs import Library, Pinned
from app.vault.content import content_hash
from questionnaires.loader import load_questionnaire
from standards.canonical import canonical
from standards.loader import read_framework
from tests.standards.samples import EDITION, EXAMPLES
from tests.standards.samples import NAME as EDITION_NAME

SECTION = "/sections/kinds"


def with_every_kind() -> Library:
    """The installed library, and in it `sample-kinds` and the quick check that goes on to it."""
    framework = read_framework(EDITION, EDITION_NAME)
    samples = [
        load_questionnaire(EXAMPLES / f"{name}.yaml", framework)
        for name in ("sample-kinds", "sample-kinds-quick")
    ]
    pinned = [
        Pinned(framework, one, content_hash(canonical(framework)), content_hash(canonical(one)))
        for one in samples
    ]
    return Library([*Library.installed().offered.values(), *pinned])
