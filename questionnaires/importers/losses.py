"""What an importer could not carry over, counted and said in plain sentences."""

from dataclasses import dataclass

SHOWN = 3
"""How many examples a sentence gives, unless the kind says otherwise."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that is left out or changed: the words after the count, for one and for many."""

    one: str
    many: str
    shown: int = SHOWN


class Losses:
    """What was left out or changed, counted by kind, each kind with its first examples."""

    def __init__(self) -> None:
        self._counts: dict[Loss, int] = {}
        self._examples: dict[Loss, list[str]] = {}
        self._cut: set[Loss] = set()

    def add(self, loss: Loss, example: str = "", count: int = 1) -> None:
        """Count one more of a kind, or several."""
        if count < 1:
            return
        self._counts[loss] = self._counts.get(loss, 0) + count
        shown = self._examples.setdefault(loss, [])
        if not example or example in shown:
            return
        if len(shown) < loss.shown:
            shown.append(example)
        else:
            self._cut.add(loss)

    @property
    def sentences(self) -> list[str]:
        """A sentence for each kind, in the order in which the kinds were met."""
        return [self._sentence(loss, count) for loss, count in self._counts.items()]

    def _sentence(self, loss: Loss, count: int) -> str:
        said = f"{count:,} {loss.one if count == 1 else loss.many}"
        examples = self._examples[loss]
        if not examples:
            return f"{said}."
        return f"{said}: {'; '.join(examples)}{'; …' if loss in self._cut else '.'}"
