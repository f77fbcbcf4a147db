"""Reads crosswalks and checks them against the editions that they join.

They lie in `crosswalks/`, beside the packs, as `<from id>-<edition>--<to id>-<edition>.yaml`.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from standards.checks import repeated, unknown
from standards.crosswalks import FOLDER, Crosswalk, Edition
from standards.faults import Fault
from standards.loader import pack_name, read_pack
from standards.models import Framework
from standards.parts import Part
from standards.source import Source
from standards.validation import MISSING, model_of

CROSSWALKS = Path(__file__).parent / FOLDER


def read_crosswalk(text: str, name: str, frameworks: Mapping[Edition, Framework]) -> Crosswalk:
    """The crosswalk that a YAML text describes, between two of these frameworks.

    `name` stands for the text in what is wrong with it.

    Raises: PackError with every fault.
    """
    return model_of(Crosswalk, Source(text, name), _check_against(frameworks))


def load_crosswalk(path: Path, frameworks: Mapping[Edition, Framework]) -> Crosswalk:
    """The crosswalk in a file.

    Raises: PackError with every fault; OSError.
    """
    return read_crosswalk(read_pack(path), pack_name(path), frameworks)


def crosswalk_files(folder: Path) -> list[Path]:
    """Every crosswalk in a folder."""
    return sorted(folder.glob("*.yaml"))


def _check_against(frameworks: Mapping[Edition, Framework]) -> Callable[[Part], Iterator[Fault]]:
    def check(top: Part) -> Iterator[Fault]:
        crossings = [*top.at("crossings")]
        for crossing in crossings:
            yield from _crossing_faults(crossing)
        yield from repeated((crossing.at("to") for crossing in crossings), "keep one")
        ends = [_installed(top.at(end), frameworks) for end in ("from", "to")]
        for end, framework in zip(("from", "to"), ends, strict=True):
            if framework is None and top.at(end, "id").text and top.at(end, "edition").text:
                yield top.at(end).fault("this edition is not installed; expected one that is")
        source, target = ends
        if source is not None and target is not None:
            yield from _faults_between(source, target, top)

    return check


def _installed(end: Part, frameworks: Mapping[Edition, Framework]) -> Framework | None:
    return frameworks.get((end.at("id").text or "", end.at("edition").text or ""))


def _crossing_faults(crossing: Part) -> Iterator[Fault]:
    """What a crossing cannot say, whatever it leads from and to."""
    sources, relation = crossing.at("from"), crossing.at("relation").text
    yield from repeated(sources, "keep one")
    if not sources.present or not isinstance(sources.value, list):
        return
    if relation == "none" and sources.value:
        yield sources.fault("nothing speaks for it, says its relation; expected an empty list")
    if relation in {"equal", "part", "overlaps"} and not sources.value:
        yield sources.fault(f"{relation} needs one code or more; expected them here, or none as the relation")
    if relation in {"part", "overlaps"} and not crossing.at("note").present:
        yield crossing.at("note").fault(f"{MISSING}: {relation} has to say what is not told")


def _faults_between(source: Framework, target: Framework, top: Part) -> Iterator[Fault]:
    crossings = [*top.at("crossings")]
    if source.id == target.id:
        yield top.at("to").fault("two editions of one framework are linked in the later one, under earlier")
    yield from unknown((one.at("to") for one in crossings), target.indicators, f"an indicator of {target.id}")
    sources = (code for one in crossings for code in one.at("from"))
    yield from unknown(sources, source.indicators, f"an indicator of {source.id}")
    named = {one.at("to").text for one in crossings}
    if left_out := [code for code in target.indicators if code not in named]:
        message = f"{', '.join(left_out)} not named; expected every indicator of {target.id}, none included"
        yield top.at("crossings").fault(message)
    if target.levels and source.kind == target.kind:
        return
    for one in crossings:
        if one.at("relation").text == "equal":
            yield one.at("relation").fault(
                "only points with levels of one kind can be equal; expected part or less"
            )
