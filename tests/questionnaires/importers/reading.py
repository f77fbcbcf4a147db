"""A draft read back by the loaders that Plumbline uses."""

from questionnaires.importers.draft import Draft
from questionnaires.importers.files import files_of
from questionnaires.loader import read_questionnaire
from questionnaires.models import Questionnaire
from standards.loader import read_framework
from standards.models import Framework


def read_back(draft: Draft) -> tuple[Framework, dict[str, Questionnaire]]:
    """The edition and the questionnaires of a draft's files; it fails where the loader finds a fault."""
    (path, edition), *others = files_of(draft, "harbour", "2026").items()
    framework = read_framework(edition, str(path))
    asking = [read_questionnaire(text, str(name), framework) for name, text in others]
    return framework, {questionnaire.id: questionnaire for questionnaire in asking}
