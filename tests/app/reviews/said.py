"""What the cast of a review says, and how the page shows it."""

from tests.app.markup import Page

CARLA, DIEGO = "carla@quay.example", "diego@quay.example"
FOUND = {"B1:finding": "major", "B1:remark": "Twice in May one adult was alone."}


def table(page: Page) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in page.tables["both-scores"][1:]}
