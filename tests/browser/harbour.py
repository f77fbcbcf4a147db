"""Harbour Children’s Club: a small invented club, and what it says in its self-assessment."""

from datetime import date, timedelta
from typing import Any

from standards.loader import installed_frameworks

FRAMEWORKS = installed_frameworks()
EDITION = FRAMEWORKS["ics-style", "2026.1"]

PROFILE = {
    "staff": "high",
    "programmes": "high",
    "operations": "some",
    "partners": "some",
    "online": "some",
    "residential": "some",
    "travel": "some",
    "images": "high",
    "humanitarian": "none",
    "volunteers": "high",
    "young_children": "some",
    "disability": "some",
    "data": "some",
    "reporting_duty": "some",
}

# By question: the level, then how strong the evidence is. What is not here has no answer yet.
LEVELS = {
    "P1.1": (2, 2), "P1.2": (3, 2), "P1.3": (2, 1), "P2.1": (2, 3), "P2.2": (2, 2), "P2.3": (1, 1),
    "P3.1": (1, 2), "P3.2": (2, 2), "P4.1": (3, 3), "P4.2": (1, 0), "P5.1": (2, 2),
    "H1.1": (3, 3), "H1.2": (2, 2), "H1.3": (2, 1), "H1.4": (1, 1),
    "H2.1": (2, 2), "H2.2": (2, 0), "H2.3": (1, 1), "H2.4": (0, 0),
    "H3.1": (3, 3), "H3.2": (2, 1), "H3.3": (2, 1), "H4.1": (2, 3), "H4.2": (2, 2), "H5.1": (1, 1),
    "R1.1": (0, 0), "R2.1": (1, 1), "R3.1": (2, 2), "R3.2": (1, 1), "R3.3": (2, 2), "R3.4": (1, 1),
    "R3.5": (1, 0), "R3.6": (1, 1), "R4.1": (3, 2), "R4.2": (2, 1), "R4.3": (0, 0),
    "R5.1": (1, 1), "R5.2": (0, 0), "R6.1": (2, 2), "R7.1": (1, 2),
    "A1.1": (1, 2), "A1.2": (1, 0), "A2.1": (2, 3), "A2.2": (0, 0), "A3.1": (1, 1), "A3.3": (1, 1),
}  # fmt: skip

SPOKEN: dict[str, dict[str, Any]] = {
    "H6.1": {"unknown": True, "note": "Ask the new director in December."},
    "P4.3": {"not_applicable": "All our families and staff speak and read the same language."},
    "P1.1": {
        "evidence_kept": "Shared drive, folder Safeguarding, the policy of March",
        "note": "Say so in the welcome pack as well; the link there is the old one.",
    },
    "H2.2": {"note": "We do check, but keep no record of it. See whether the office can hold a list."},
    "R3.5": {"note": "The older groups chat with coaches by phone. Nobody has written down how."},
    "A2.1": {"evidence_kept": "Board minutes, item 4, September"},
}


def harbour(today: date, levels: dict[str, tuple[int, int]] | None = None, **changed: Any) -> dict[str, Any]:
    """The club’s assessment as an exported file, with a plan that was drafted five weeks ago."""
    chosen = LEVELS if levels is None else levels
    answers = {code: {"value": level, "evidence": evidence} for code, (level, evidence) in chosen.items()}
    for code, spoken in SPOKEN.items() if levels is None else ():
        answers[code] = {**answers.get(code, {}), **spoken}
    file = {
        "format": "plumbline-assessment",
        "format_version": 1,
        "exported_on": today.isoformat(),
        "framework": {"id": "ics-style", "version": "2026.1"},
        "questionnaire": {"id": "ics-style-full", "version": "1"},
        "organisation": "Harbour Children’s Club",
        "title": "Autumn round",
        "profile": PROFILE,
        "targets": {"H4.1": 3},
        "answers": answers,
        "plan": plan(today),
    }
    return {name: part for name, part in (file | changed).items() if part is not None}


def policy_review() -> dict[str, Any]:
    """What is other in the file of the club’s policy review: most is there, some in part or missing."""
    said: dict[str, dict[str, Any]] = {f"PR{number}": {"value": "yes"} for number in range(1, 31)}
    said |= {code: {"value": "partly"} for code in ("PR1", "PR4", "PR14", "PR23")}
    said |= {code: {"value": "no"} for code in ("PR15", "PR17", "PR22", "PR28")}
    said |= {"PR20": {"unknown": True}, "PR26": {"not_applicable": "Nobody else works with children for us."}}
    del said["PR30"]
    return _asking("policy-review", "2026.1", "policy-review-full", said)


def culture_talk() -> dict[str, Any]:
    """What is other in the file of what one of the club's leaders said about its culture."""
    codes = FRAMEWORKS["safeguarding-culture", "2026.1"].indicators
    said: dict[str, dict[str, Any]] = {code: {"value": sum(map(ord, code)) % 4} for code in codes}
    said |= {"IS3": {"unknown": True}, "C5": {"not_applicable": "We know no child long enough."}}
    del said["IS7"]
    return _asking("safeguarding-culture", "2026.1", "safeguarding-culture-leaders", said)


def older_eleven() -> dict[str, Any]:
    """What is other in the file of a round with the older eleven standards."""
    codes = FRAMEWORKS["ics-style", "2006-eleven"].indicators
    said = {code: {"value": sum(map(ord, code)) % 4, "evidence": 2} for code in codes}
    return _asking("ics-style", "2006-eleven", "ics-style-eleven", said)


def _asking(
    framework: str, edition: str, questionnaire: str, said: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    return {
        "framework": {"id": framework, "version": edition},
        "questionnaire": {"id": questionnaire, "version": "1"},
        "title": None,
        "profile": None,
        "targets": None,
        "plan": None,
        "answers": said,
    }


def plan(today: date, actions: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A plan that was drafted twelve days ago; if not said otherwise, with what the club made of it since."""
    start = today - timedelta(days=12)
    return {"start": start.isoformat(), "actions": of_the_club(today) if actions is None else actions}


def of_the_club(today: date) -> list[dict[str, Any]]:
    """One action done, one under way, one dropped, one overdue, one of their own."""
    return [
        drafted("R1.1", 1, owner="the focal point", due=in_days(today, -2)),
        drafted("R5.2", 1, owner="the focal point", due=in_days(today, 9), status="doing",
                note="First talk with the health centre was good. They send us their leaflet."),
        drafted("A1.2", 2, owner="the director", due=in_days(today, 20), status="done"),
        drafted("A2.2", 1, owner="the director", status="dropped",
                reason="The federation publishes a report for all its clubs each year."),
        {"id": "own-boathouse", "text": "Put a window into the door of the boathouse office.",
         "owner": "the site or programme manager", "due": in_days(today, 25), "effort_days": 1},
    ]  # fmt: skip


def drafted(indicator: str, to: int, **changed: Any) -> dict[str, Any]:
    """An action that a plan drafts, with what the club changed about it."""
    actions = EDITION.indicators[indicator].actions
    step = next(action for action in actions if action.to == to)
    unchanged = {"text": step.text, "effort_days": step.effort_days}
    return {"id": f"{indicator}-{to}", "indicator": indicator, "to": to} | unchanged | changed


def in_days(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()
