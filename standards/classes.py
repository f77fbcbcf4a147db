"""Which class an indicator has for one organisation."""

from collections.abc import Mapping

from standards.models import Indicator, IndicatorClass, Intensity


def class_of(indicator: Indicator, profile: Mapping[str, Intensity]) -> IndicatorClass:
    """The indicator's class, raised by `class_when` unless the profile says that its condition does not hold.

    A fact that nobody has given raises the class too: leaving the profile out never lowers the bar.
    Our rule: see docs/decisions/0005.
    """
    raised = indicator.class_when
    if raised is None or raised.condition.holds(profile) is False:
        return indicator.class_
    return raised.class_
