"""How figures are compared and shown: the one place where anything is rounded.

Figures are kept unrounded. Each comparison first rounds both sides to 9 decimals, so that two thirds
reached by another way of adding up is still two thirds.
"""

from bisect import bisect_right
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from standards.models import TOP_LEVEL

PLACES = 9

_LEVEL_MARKS = tuple(round(level / TOP_LEVEL, PLACES) for level in range(TOP_LEVEL + 1))


def rounded(figure: float) -> float:
    """The figure as comparisons see it."""
    return round(figure, PLACES)


def reaches(figure: float, threshold: float) -> bool:
    """Whether the figure is at least the threshold."""
    return round(figure, PLACES) >= round(threshold, PLACES)


def level_reached(attainment: float) -> int:
    """The attainment (0 to 1) rounded down to a level (0 to 3)."""
    return bisect_right(_LEVEL_MARKS, round(attainment, PLACES)) - 1


def whole_percent(figure: float) -> int:
    """The figure as it is shown: half up, to a whole percent."""
    return int(_decimal(figure).quantize(Decimal(1), ROUND_HALF_UP))


def beside_threshold(figure: float) -> Decimal:
    """The figure as it is shown beside a threshold: down to one decimal, so that 79.96 never reads as 80."""
    return _decimal(figure).quantize(Decimal("0.1"), ROUND_FLOOR)


def _decimal(figure: float) -> Decimal:
    return Decimal(repr(float(rounded(figure))))
