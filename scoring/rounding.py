"""How figures are compared and shown: the one place where anything is rounded.

Figures are kept unrounded. Each comparison first rounds both sides to 9 decimals, so that two thirds
reached by another way of adding up is still two thirds.
"""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

from standards.models import TOP_LEVEL

PLACES = 9

_TENTH = Decimal("0.1")
_LEVEL_MARKS = tuple(round(level / TOP_LEVEL, PLACES) for level in range(TOP_LEVEL + 1))


@lru_cache(maxsize=1024)
def rounded(figure: float) -> float:
    """The figure as comparisons see it."""
    # Remembered, since rounding is slow and the same few figures come up again and again; a zero is never
    # −0.0, which would be remembered for 0.0 too.
    return round(figure, PLACES) + 0.0


def reaches(figure: float, threshold: float) -> bool:
    """Whether the figure is at least the threshold."""
    return rounded(figure) >= rounded(threshold)


def level_reached(attainment: float) -> int:
    """The attainment (0 to 1) rounded down to a level (0 to 3)."""
    return bisect_right(_LEVEL_MARKS, rounded(attainment)) - 1


def whole_percent(figure: float) -> int:
    """The figure as it is shown: half up, to a whole percent."""
    return int(_decimal(figure).quantize(Decimal(1), ROUND_HALF_UP))


def beside_threshold(figure: float) -> Decimal:
    """The figure as it is shown beside a threshold: down to one decimal, so that 79.96 never reads as 80."""
    return _decimal(figure).quantize(_TENTH, ROUND_FLOOR)


def one_decimal(figure: float) -> Decimal:
    """The figure as it is shown to one decimal: half away from zero, and never as minus zero."""
    return _decimal(figure).quantize(_TENTH, ROUND_HALF_UP) + 0 * _TENTH


def shown_parts(parts: Sequence[float], whole: float) -> tuple[tuple[Decimal, ...], Decimal]:
    """Parts and their whole, each to one decimal, so that the parts still add up to the whole.

    What rounding leaves over goes to the part that is largest, whatever its sign; to the first of equals.
    """
    shown, shown_whole = [one_decimal(part) for part in parts], one_decimal(whole)
    sizes = [abs(rounded(part)) for part in parts]
    shown[sizes.index(max(sizes))] += shown_whole - sum(shown)
    return tuple(shown), shown_whole


def _decimal(figure: float) -> Decimal:
    return Decimal(repr(float(rounded(figure))))
