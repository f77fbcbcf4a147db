"""Laying work over months, as far as a capacity goes. See docs/scoring.md, 8.

Months are whole calendar months counted from the plan's first day, as ages are: a plan that starts on 21
November has its first month until 20 December. Where a month is too short for that day, the plan's month
ends with it.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, date, timedelta
from math import ceil, isfinite

from scoring.credits import months_between
from scoring.refusals import BadAnswer
from scoring.rounding import rounded


def work_ends(efforts: Iterable[float], *, start: date, capacity: float) -> list[date]:
    """The day on which each piece of work is done: the last day of the month in which its effort is used up.

    The work is done one piece after the other. `efforts` are in person-days, `capacity` in person-days per
    month; what one piece leaves of a month, the next one takes.

    Raises: BadAnswer where the capacity is no number above 0, or so low that the work would never end.
    """
    if not isfinite(capacity) or capacity <= 0:
        raise BadAnswer("capacity", "expected a number of person-days per month, more than 0")
    months, used = [], 0.0
    for effort in efforts:
        used += effort
        months.append(rounded(used / capacity))
    if months and months[-1] >= 12 * (MAXYEAR - start.year):
        raise BadAnswer("capacity", "expected more person-days per month: with so few, the work never ends")
    return [last_day(start, max(1, ceil(month))) for month in months]


def month_of(start: date, day: date) -> int:
    """The plan's month in which a day lies, 1 for the first; what lies before the start counts there too."""
    return max(0, months_between(start, day)) + 1


def last_day(start: date, month: int) -> date:
    """The last day of one of the plan's months, 1 for the first."""
    years, months = divmod(start.month - 1 + month, 12)
    year, month_there = start.year + years, months + 1
    days = monthrange(year, month_there)[1]
    if start.day > days:
        return date(year, month_there, days)
    return date(year, month_there, start.day) - timedelta(days=1)
