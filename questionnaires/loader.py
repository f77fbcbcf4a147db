"""Reads a questionnaire and checks it against the framework edition that it asks."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from questionnaires.checks import questionnaire_faults
from questionnaires.models import Questionnaire
from standards.faults import Fault, PackError
from standards.loader import Gathered, Key, gather, pack_files, pack_name, placed, read_pack
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
    frameworks: Mapping[Key, Framework], folder: Path = PACKS
) -> Mapping[Key, Questionnaire]:
    """Every questionnaire in a folder, by its id and version: `<id>/<version>.yaml`.

    Raises: PackError when one has a fault, asks or continues what is not installed, or lies where another one
    belongs.
    """
    load = placed(partial(load_on_one_of, frameworks=frameworks))
    return ending_well(gather(pack_files(folder), load)).or_refused()


def load_on_one_of(
    path: Path, frameworks: Mapping[Key, Framework], faulty: Collection[Key] = ()
) -> Questionnaire:
    """The questionnaire in a file, checked against the edition that it says it asks.

    `faulty` names editions that are there and cannot be asked.

    Raises: PackError with every fault; OSError.
    """
    source = Source(read_pack(path), pack_name(path))
    reference = source.top.at("framework")
    name, edition = reference.at("id").text or "", reference.at("edition").text or ""
    if (name, edition) in frameworks:
        return _questionnaire_of(source, frameworks[name, edition])
    missing = f"{name} {edition} is not installed; expected a framework and an edition that are"
    if (name, edition) in faulty:
        missing = f"{name} {edition} has a fault of its own; mend that first"
    raise PackError([*_own_faults(source), reference.fault(missing)])


def ending_well(
    gathered: Gathered[Questionnaire],
    beside: Collection[Key] = (),
    called: Callable[[Path], str] | None = None,
) -> Gathered[Questionnaire]:
    """The questionnaires that continue as none, or as one that is there: among them, or of those `beside`."""
    packs, faults = dict(gathered.packs), [*gathered.faults]
    while lost := _lost(packs, beside):
        for key in lost:
            path = gathered.paths[key]
            wrong = f"{packs.pop(key).continues_as} is not installed; expected a questionnaire that is"
            source = Source(read_pack(path), called(path) if called else pack_name(path))
            faults.append(source.top.at("continues_as").fault(wrong))
    return replace(gathered, packs=packs, faults=tuple(faults))


def _lost(packs: Mapping[Key, Questionnaire], beside: Collection[Key]) -> list[Key]:
    names = {name for name, _version in (*packs, *beside)}
    return [key for key, pack in packs.items() if pack.continues_as not in {None, *names}]


def _questionnaire_of(source: Source, framework: Framework) -> Questionnaire:
    return model_of(Questionnaire, source, partial(questionnaire_faults, framework=framework))


def _own_faults(source: Source) -> tuple[Fault, ...]:
    """What is wrong with a questionnaire whatever it asks."""
    try:
        model_of(Questionnaire, source)
    except PackError as refusal:
        return refusal.faults
    return ()
