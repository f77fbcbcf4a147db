"""What makes something a rater's sheet, and when it is not changed any more."""

from dataclasses import dataclass
from datetime import date

from app.language import gettext as _
from app.language import long_date
from app.services.faults import NotTaken


@dataclass(frozen=True)
class SheetOf:
    """Of which assessment something is a rater's sheet; when it was handed in, and when its rating was ended.

    The rater is None once that account was deleted.
    """

    assessment_id: str
    rater_id: str | None
    handed_in_on: date | None
    ended_on: date | None

    @property
    def takes_answers(self) -> bool:
        """Whether its rater may still change it."""
        return self.handed_in_on is None and self.ended_on is None

    def check_takes_answers(self) -> None:
        """Let its rater go on only while it may be changed.

        Raises:
            NotTaken: when it was handed in, or its rating was ended.
        """
        if self.ended_on is not None:
            raise NotTaken(
                _("This rating has ended"),
                _(
                    "The organisation has ended this rating on {day} and agreed on its answers; "
                    "nothing was saved."
                ).format(day=long_date(self.ended_on)),
                _("If something still has to be said, tell whoever asked you."),
            )
        if self.handed_in_on is not None:
            raise NotTaken(
                _("This sheet is handed in"),
                _("You handed this in on {day}. It is not changed any more, and nothing was saved.").format(
                    day=long_date(self.handed_in_on)
                ),
                _("If something has to be put right, tell whoever asked you."),
            )
