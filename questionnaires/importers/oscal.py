"""An OSCAL catalogue as a draft: its groups, controls and parts, with parameters put in.

Source: the catalogue model of OSCAL 1.x (NIST), as in NIST SP 800-53 revision 5.
"""

from collections.abc import Iterator, Mapping
from itertools import count

from questionnaires.importers.documents import Data, entries_of, keys_of, read_document
from questionnaires.importers.draft import Draft, DraftIndicator
from questionnaires.importers.limits import DEEPEST_TREE, CannotImport, refuse_more_nodes
from questionnaires.importers.losses import Loss, Losses
from questionnaires.importers.parameters import Parameters
from questionnaires.importers.texts import joined, line, shortened
from questionnaires.importers.tree import Node, standards_of

WITHDRAWN = Loss("control is withdrawn and was left out", "controls are withdrawn and were left out")
LINK = Loss("link was left out", "links were left out")
PART = Loss(
    "part of a control was left out, of the kind", "parts of controls were left out, of the kinds", shown=20
)
RESOURCE = Loss("resource of the back matter was left out", "resources of the back matter were left out")

_STATEMENT = {"statement", "item"}
_GUIDANCE = {"guidance", "overview", "example", "information"}
_GONE = {"withdrawn"}


def read_oscal(content: bytes) -> Draft:
    """The draft of a catalogue in JSON or YAML.

    Raises: CannotImport.
    """
    document = keys_of(read_document(content))
    catalogue = keys_of(document.get("catalog"))
    if not catalogue:
        found = ", ".join(line(key) for key in list(document)[:3]) or "nothing with keys"
        raise CannotImport(f"there is no catalog in this file but {found}; expected an OSCAL catalogue")
    reading = _Reading(catalogue)
    metadata = keys_of(catalogue.get("metadata"))
    resources = keys_of(catalogue.get("back-matter")).get("resources")
    reading.losses.add(RESOURCE, count=len([*entries_of(resources)]))
    tops = reading.nodes(catalogue, 0)
    return Draft(
        standards=standards_of(_under_headings(tops), reading.losses),
        losses=reading.losses,
        title=line(metadata.get("title")),
        language=line(metadata.get("language")),
        sources=(_source_note(metadata),),
    )


def _source_note(metadata: Mapping[str, Data]) -> str:
    said = (line(metadata.get(key)) for key in ("title", "version", "last-modified"))
    return f"Drafted from an OSCAL catalogue: {', '.join(filter(None, said)) or 'it does not say which'}"


def _under_headings(tops: list[Node]) -> list[Node]:
    """The same nodes; controls that stand in no group come together under one heading."""
    loose = [node for node in tops if node.indicator is not None]
    if not loose:
        return tops
    rest = [node for node in tops if node.indicator is None]
    return [*rest, Node("controls", "Controls", children=loose)]


def _prop(part: Mapping[str, Data], name: str) -> str:
    """The value of a property; of several, the one without a class, which is the one for people."""
    found = [prop for prop in entries_of(part.get("props")) if line(prop.get("name")) == name]
    found.sort(key=lambda prop: bool(prop.get("class")))
    return line(found[0].get("value")) if found else ""


class _Reading:
    """One catalogue being read."""

    def __init__(self, catalogue: Mapping[str, Data]) -> None:
        self.losses = Losses()
        self._counted = count(1)
        self._parameters = Parameters(self.losses)
        self._gather_parameters(catalogue, 0)

    def nodes(self, parent: Mapping[str, Data], depth: int) -> list[Node]:
        """What stands under a group or a control: groups first, then controls."""
        if depth > DEEPEST_TREE:
            raise _too_deep()
        self.losses.add(LINK, count=len([*entries_of(parent.get("links"))]))
        groups = [self._group(group, depth) for group in entries_of(parent.get("groups"))]
        controls = (self._control(control, depth) for control in entries_of(parent.get("controls")))
        return [*groups, *(node for node in controls if node is not None)]

    def _gather_parameters(self, parent: Mapping[str, Data], depth: int) -> None:
        if depth > DEEPEST_TREE:
            raise _too_deep()
        for parameter in entries_of(parent.get("params")):
            self._parameters.add(parameter)
        for inner in (*entries_of(parent.get("groups")), *entries_of(parent.get("controls"))):
            refuse_more_nodes(next(self._counted))
            self._gather_parameters(inner, depth + 1)

    def _group(self, group: Mapping[str, Data], depth: int) -> Node:
        code = _prop(group, "label") or line(group.get("id"))
        said = joined(piece for part in entries_of(group.get("parts")) for piece in self._pieces(part, 0))
        return Node(code, line(group.get("title")), said, children=self.nodes(group, depth + 1))

    def _control(self, control: Mapping[str, Data], depth: int) -> Node | None:
        code = _prop(control, "label") or line(control.get("id"))
        title = line(control.get("title"))
        below = self.nodes(control, depth + 1)
        if _prop(control, "status").lower() in _GONE:
            self.losses.add(WITHDRAWN, code)
            return Node(code, title, children=below) if below else None
        return Node(code, title, indicator=self._indicator(control, code, title), children=below)

    def _indicator(self, control: Mapping[str, Data], code: str, title: str) -> DraftIndicator:
        parts = [*entries_of(control.get("parts"))]
        for part in parts:
            if (name := line(part.get("name"))) not in _STATEMENT | _GUIDANCE:
                self.losses.add(PART, shortened(name, 40))
        return DraftIndicator(
            code=code,
            title=self._parameters.put_into(title),
            statement=self._said(parts, _STATEMENT),
            help=self._said(parts, _GUIDANCE),
        )

    def _said(self, parts: list[dict[str, Data]], names: set[str]) -> str:
        """What the parts with these names say, in one text."""
        return joined(
            piece for part in parts if line(part.get("name")) in names for piece in self._pieces(part, 0)
        )

    def _pieces(self, part: Mapping[str, Data], depth: int) -> Iterator[str]:
        """What a part says, and then all that is in it, each piece after its label."""
        if depth > DEEPEST_TREE:
            raise _too_deep()
        yield _prop(part, "label")
        yield self._parameters.put_into(line(part.get("prose")))
        for inner in entries_of(part.get("parts")):
            yield from self._pieces(inner, depth + 1)


def _too_deep() -> CannotImport:
    return CannotImport(f"the catalogue is nested too deep; expected at most {DEEPEST_TREE} levels")
