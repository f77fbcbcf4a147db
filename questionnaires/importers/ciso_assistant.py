"""A library file of CISO Assistant as a draft: its requirement nodes, groups, scores, questions and answers.

Source: the libraries of intuitem/ciso-assistant-community, backend/library/libraries.
"""

from collections.abc import Iterator, Mapping

from questionnaires.importers.ciso_questions import drafted_questions, note_translations
from questionnaires.importers.documents import Data, entries_of, items_of, keys_of, read_document
from questionnaires.importers.draft import Draft, DraftIndicator
from questionnaires.importers.limits import CannotImport, refuse_more_nodes
from questionnaires.importers.losses import Loss, Losses
from questionnaires.importers.texts import line, lines, number, shortened
from questionnaires.importers.tree import Node, standards_of
from standards.models import TOP_LEVEL

CIRCLE = Loss(
    "entry stood under itself, in a circle, and now stands at the top",
    "entries stood under themselves, in a circle, and now stand at the top",
)
ORPHAN = Loss(
    "entry stood under one that is not in the file and now stands at the top",
    "entries stood under one that is not in the file and now stand at the top",
)
REFERENCE = Loss(
    "reference to a control or a threat was left out", "references to controls and threats were left out"
)
WEIGHT = Loss("weight of a requirement was left out", "weights of requirements were left out")
SCORES = Loss(
    "score of the library’s scale is none of our four levels; the scale is kept as a note under sources",
    "scores of the library’s scale are not our four levels; the scale is kept as a note under sources",
)
OTHER_OBJECT = Loss(
    "entry that is no framework was left out, under",
    "entries that are no framework were left out, under",
    shown=20,
)
OTHER_FRAMEWORK = Loss(
    "other framework of the file was left out", "other frameworks of the file were left out"
)


def read_ciso_assistant(content: bytes) -> Draft:
    """The draft of the first framework in a library file.

    Raises: CannotImport.
    """
    library = keys_of(read_document(content))
    losses = Losses()
    framework = _framework(library, losses)
    entries = [*entries_of(framework.get("requirement_nodes"))]
    refuse_more_nodes(len(entries))
    for part in (library, framework, *entries):
        note_translations(part, losses)
    scores = [*entries_of(framework.get("scores_definition"))]
    names = tuple(line(score.get("name")) for score in scores)
    fits = len(names) == TOP_LEVEL + 1 and all(names)
    losses.add(SCORES, count=0 if fits else len(scores))
    return Draft(
        standards=standards_of(_tops(entries, losses), losses),
        losses=losses,
        title=line(framework.get("name")) or line(library.get("name")),
        description=line(framework.get("description")) or line(library.get("description")),
        language=line(library.get("locale")),
        licence=line(library.get("copyright")),
        sources=(_source_note(library), *_score_notes(scores)),
        level_names=names if fits else (),
        groups=_groups(framework),
    )


def _framework(library: Mapping[str, Data], losses: Losses) -> Mapping[str, Data]:
    objects = keys_of(library.get("objects"))
    found = [keys_of(objects.get("framework")), *entries_of(objects.get("framework"))]
    frameworks = [one for one in (*found, *entries_of(objects.get("frameworks"))) if one]
    if not frameworks:
        raise CannotImport("there is no framework in this file; expected a CISO Assistant library with one")
    losses.add(OTHER_FRAMEWORK, count=len(frameworks) - 1)
    for name, others in objects.items():
        if name not in {"framework", "frameworks"}:
            losses.add(OTHER_OBJECT, line(name).replace("_", " "), count=_size(others))
    return frameworks[0]


def _size(data: Data) -> int:
    return len(data) if isinstance(data, list) else int(bool(data))


def _source_note(library: Mapping[str, Data]) -> str:
    said = (line(library.get(key)) for key in ("name", "version", "provider", "urn"))
    return (
        f"Drafted from a CISO Assistant library: {', '.join(filter(None, said)) or 'it does not say which'}"
    )


def _score_notes(scores: list[dict[str, Data]]) -> Iterator[str]:
    for score in scores:
        words = (line(score.get(key)) for key in ("score", "name", "description"))
        yield f"Score of the source: {shortened(' · '.join(filter(None, words)), 400)}"


def _groups(framework: Mapping[str, Data]) -> tuple[tuple[str, str], ...]:
    defined = entries_of(framework.get("implementation_groups_definition"))
    return tuple(
        (line(group["ref_id"]), line(group.get("name"))) for group in defined if line(group.get("ref_id"))
    )


def _tops(entries: list[dict[str, Data]], losses: Losses) -> list[Node]:
    nodes = [_node(entry, losses) for entry in entries]
    first = {urn: at for at, entry in reversed([*enumerate(entries)]) if (urn := _urn(entry, "urn"))}
    parents = _parents(entries, first)
    for node, entry, parent in zip(nodes, entries, parents, strict=True):
        losses.add(ORPHAN, f"“{node.called}”", count=int(parent is None and bool(_urn(entry, "parent_urn"))))
    parents = _without_circles(parents, nodes, losses)
    tops: list[Node] = []
    for node, parent in zip(nodes, parents, strict=True):
        (tops if parent is None else nodes[parent].children).append(node)
    return tops


def _urn(entry: Mapping[str, Data], key: str) -> str:
    return line(entry.get(key)).lower()


def _parents(entries: list[dict[str, Data]], first: Mapping[str, int]) -> list[int | None]:
    """The place of each entry's parent: the one it names, or the last less deep one before it."""
    parents: list[int | None] = []
    above: list[tuple[float, int]] = []
    for at, entry in enumerate(entries):
        depth = number(entry.get("depth"))
        named = _urn(entry, "parent_urn")
        while above and depth is not None and above[-1][0] >= depth:
            above.pop()
        if named:
            parents.append(first.get(named))
        else:
            parents.append(above[-1][1] if above and depth is not None else None)
        if depth is not None:
            above.append((depth, at))
    return parents


def _without_circles(parents: list[int | None], nodes: list[Node], losses: Losses) -> list[int | None]:
    """The same parents, but for one entry of each circle, which now has none."""
    mended, safe = [*parents], set[int]()
    for start in range(len(mended)):
        way: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in safe:
            if at in way:
                losses.add(CIRCLE, f"“{nodes[at].called}”")
                mended[at] = None
                break
            way[at] = None
            at = mended[at]
        safe.update(way)
    return mended


def _node(entry: Mapping[str, Data], losses: Losses) -> Node:
    code = line(entry.get("ref_id")) or line(entry.get("urn")).rpartition(":")[2]
    name, text = line(entry.get("name")), line(entry.get("description"))
    assessable = line(entry.get("assessable")).lower() == "true"
    title = name or shortened(text) or code
    return Node(code, title, text if name else "", _indicator(entry, code, losses) if assessable else None)


def _indicator(entry: Mapping[str, Data], code: str, losses: Losses) -> DraftIndicator:
    for key in ("reference_controls", "threats"):
        losses.add(REFERENCE, count=len(items_of(entry.get(key))))
    losses.add(WEIGHT, count=int(line(entry.get("weight")) not in {"", "1"}))
    text = line(entry.get("description"))
    questions, not_applicable = drafted_questions(entry, losses)
    return DraftIndicator(
        code=code,
        title=line(entry.get("name")) or (shortened(questions[0].prompt) if questions and not text else ""),
        statement=text,
        not_applicable=not_applicable,
        evidence=lines(entry.get("typical_evidence")),
        help=line(entry.get("annotation")),
        groups=tuple(filter(None, map(line, items_of(entry.get("implementation_groups"))))),
        questions=questions,
    )
