"""Reads a questionnaire and checks it against the framework edition that it asks."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from questionnaires.checks import questionnaire_faults
from questionnaires.models import Questionnaire
from standards.faults import PackError
from standards.loader import pack_files, pack_name, read_pack, refuse_misplaced
from standards.models import Framework
from standards.source import Source
from standards.validation import model_of

PACKS = Path(__file__).parent / "packs"


def read_questionnaire(text: str, name: str, framework: Framework) -> Questionnaire:
    """The questionnaire that a YAML text describes. `name` stands for the text in what is wrong with it.

    Raises: PackError with every fault.
    """
    return _questionnaire_of(Source(text, name), framework)


def load_questionnaire(path: Path, framework: Framework) -> Questionnaire:
    """The questionnaire in a file.

    Raises: PackError with every fault; OSError.
    """
    return read_questionnaire(read_pack(path), pack_name(path), framework)


def installed_questionnaires(
    frameworks: Mapping[tuple[str, str], Framework], folder: Path = PACKS
) -> Mapping[tuple[str, str], Questionnaire]:
    """Every questionnaire in a folder, by its id and version: `<id>/<version>.yaml`.

    Raises: PackError when one has a fault, asks or continues what is not installed, or lies where another one
    belongs; OSError.
    """
    sources = [(path, Source(read_pack(path), pack_name(path))) for path in pack_files(folder)]
    names = {source.top.at("id").text for _, source in sources}
    found: dict[tuple[str, str], Questionnaire] = {}
    for path, source in sources:
        questionnaire = _questionnaire_of(source, _framework_of(source, frameworks))
        refuse_misplaced(path, questionnaire.id, questionnaire.version)
        if questionnaire.continues_as not in {None, *names}:
            missing = f"{questionnaire.continues_as} is not installed; expected a questionnaire that is"
            raise PackError([source.top.at("continues_as").fault(missing)])
        found[questionnaire.id, questionnaire.version] = questionnaire
    return found


def _questionnaire_of(source: Source, framework: Framework) -> Questionnaire:
    return model_of(Questionnaire, source, partial(questionnaire_faults, framework=framework))


def _framework_of(source: Source, frameworks: Mapping[tuple[str, str], Framework]) -> Framework:
    reference = source.top.at("framework")
    name, edition = reference.at("id").text or "", reference.at("edition").text or ""
    if (name, edition) in frameworks:
        return frameworks[name, edition]
    message = f"{name} {edition} is not installed; expected a framework and an edition that are"
    raise PackError([*source.faults, reference.fault(message)])
