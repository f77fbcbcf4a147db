"""Starting without an account: a double click starts once."""

import time

REMEMBERED_SECONDS = 30
LONGEST_KEY = 64


class RecentStarts:
    """The cookies given in the last half minute, by the form that asked for a start; in memory only."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[float, str]] = {}

    def find(self, form: str) -> str:
        """The cookie that this very form was answered with, if it was just now; otherwise empty."""
        self._forget_old()
        return self._begun[form][1] if form in self._begun else ""

    def note(self, form: str, cookie: str) -> None:
        """Remember for a short while what this form was answered with."""
        if 0 < len(form) <= LONGEST_KEY:
            self._begun[form] = (time.monotonic(), cookie)

    def _forget_old(self) -> None:
        oldest = time.monotonic() - REMEMBERED_SECONDS
        self._begun = {form: begun for form, begun in self._begun.items() if begun[0] > oldest}
