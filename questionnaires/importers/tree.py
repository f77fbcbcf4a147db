"""A tree of any depth as standards, requirements and indicators."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from questionnaires.importers.draft import DraftIndicator, DraftRequirement, DraftStandard
from questionnaires.importers.limits import DEEPEST_TREE, CannotImport
from questionnaires.importers.losses import Loss, Losses
from questionnaires.importers.texts import line, shortened

LONGEST_TITLE = 400

EMPTY = Loss(
    "heading has no indicator under it and was left out",
    "headings have no indicator under them and were left out",
)
JOINED = Loss(
    "heading stands deeper than a requirement and was joined to the one above it",
    "headings stand deeper than a requirement and were joined to those above them",
)
TOP = Loss(
    "heading stands above all the others and was left out",
    "headings stand above all the others and were left out",
)
UNDER = Loss(
    "indicator stood under another one and now stands after it",
    "indicators stood under another one and now stand after it",
)


@dataclass(slots=True, eq=False)
class Node:
    """A heading, an indicator, or both, with what stands under it."""

    code: str
    title: str
    text: str = ""
    indicator: DraftIndicator | None = None
    children: list["Node"] = field(default_factory=list)

    @property
    def called(self) -> str:
        """How people find it in the source."""
        return line(self.title) or line(self.code) or "without a name"


@dataclass(slots=True)
class _Group:
    """The indicators that one requirement will have."""

    node: Node
    title: str
    indicators: list[DraftIndicator] = field(default_factory=list)


def standards_of(tops: list[Node], losses: Losses) -> tuple[DraftStandard, ...]:
    """The standards that the top nodes become; a heading that holds indicators becomes a requirement.

    Raises: CannotImport when the tree is too deep.
    """
    while len(tops) == 1 and tops[0].indicator is None and _has_only_headings(tops[0]):
        losses.add(TOP, f"“{tops[0].called}”")
        tops = tops[0].children
    return tuple(standard for top in tops if (standard := _standard(top, losses)))


def _has_only_headings(node: Node) -> bool:
    return len(node.children) > 1 and all(
        child.indicator is None and any(child.children) for child in node.children
    )


def _standard(top: Node, losses: Losses) -> DraftStandard | None:
    groups = [group for group in _groups(top, losses) if group.indicators]
    if not groups:
        return None
    return DraftStandard(
        id=top.code or top.title,
        title=top.title,
        summary=top.text if top.indicator is None else "",
        requirements=tuple(
            DraftRequirement(
                group.node.code or group.node.title,
                group.title,
                group.node.text if group.node is not top and group.node.indicator is None else "",
                tuple(group.indicators),
            )
            for group in groups
        ),
    )


def _groups(top: Node, losses: Losses) -> Iterator[_Group]:
    """Every heading under a top node, the node itself first, with the indicators right under it."""
    own = _Group(top, top.title)
    found = [own]
    waiting = [(top, own, 0, False)]
    while waiting:
        node, group, depth, under = waiting.pop()
        if depth > DEEPEST_TREE:
            raise CannotImport(f"the tree is too deep; expected at most {DEEPEST_TREE} levels")
        if node.indicator is not None:
            group.indicators.append(node.indicator)
            losses.add(UNDER, f"“{node.called}”", count=int(under))
        elif node is not top:
            group = _opened(node, group, own, losses)
            found.append(group)
        if node.indicator is None and not node.children:
            losses.add(EMPTY, f"“{node.called}”")
        below = under or node.indicator is not None
        waiting += [(child, group, depth + 1, below) for child in reversed(node.children)]
    yield from found


def _opened(node: Node, above: _Group, own: _Group, losses: Losses) -> _Group:
    """A group of its own for a heading; deeper than a requirement it keeps the words of those above it."""
    if above is own:
        return _Group(node, node.title or node.code)
    losses.add(JOINED, f"“{node.called}”")
    return _Group(node, shortened(f"{above.title}: {node.title or node.code}", LONGEST_TITLE))
