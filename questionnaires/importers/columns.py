"""The columns of a spreadsheet that a draft is made from."""

from dataclasses import dataclass

from standards.models import TOP_LEVEL

SHEET = "indicators"
"""The sheet that is read; where there is none of this name, the first one."""
MEANINGS = "columns"
"""The template's other sheet: what each column holds."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what belongs in it, and an example in our own words."""

    name: str
    holds: str
    example: str = ""


COLUMNS = (
    Column("standard", "the chapter; left empty, the one above", "Policy"),
    Column("requirement", "the group of indicators inside it; left empty, the one above", "A written policy"),
    Column("code", "a short name that no other indicator has", "P1.1"),
    Column("title", "a few words", "Written policy"),
    Column(
        "statement", "the sentence that is judged, true at level 2", "We have a policy of our own in writing."
    ),
    Column("why", "why it matters to a child", "Without one, safety depends on who is there."),
    Column("class", "critical, major or supporting; left empty, major", "critical"),
    Column("themes", "when it matters more, one on each line", "online"),
    Column("not applicable", "what is true where it does not apply; left empty, it always does", ""),
    *(
        Column(f"level {level}", f"what one sees at level {level}", f"What one sees at level {level}.")
        for level in range(TOP_LEVEL + 1)
    ),
    Column("evidence", "what would prove it, one on each line", "The policy, with its date"),
    Column("ask", "who knows, one role on each line", "Focal point"),
    *(
        column
        for step in range(1, TOP_LEVEL + 1)
        for column in (
            Column(f"action {step}", f"what to do to reach level {step}", f"Do this to reach level {step}."),
            Column(f"days {step}", "how many days of work that is", "1"),
            Column(f"owner {step}", "the role that does it", "Focal point"),
            Column(f"leaves {step}", "what there is to show afterwards", "A first draft"),
        )
    ),
    Column("help", "what is shown beside the question", "A page is enough."),
)
