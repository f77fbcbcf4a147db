"""Whoever saves: focal points who answer their own assessments, and callers of the bare endpoint."""

import re

from app.services.packs import Library
from benchmarks.client import Connection, Reply, Unexpected

QUESTIONNAIRE = Library.installed().offer("ics-style-full").questionnaire
QUESTIONS = tuple(QUESTIONNAIRE.questions)
NOTE = "The focal point has read the policy with the whole team; two new colleagues follow in spring. "
KEPT = "In the office, on the shelf beside the door; a copy lies with the director."


class FocalPoint:
    """A person with an assessment, and a session to answer it in."""

    def __init__(self, port: int) -> None:
        """Start an assessment, as a browser without JavaScript does."""
        self._port = port
        self._revisions = dict.fromkeys(QUESTIONS, 0)
        self._saves = 0
        with Connection(port) as connection:
            key = _form_key(connection.get("/start").expect(200))
            started = {"questionnaire": QUESTIONNAIRE.id, "organisation": "Harbour Children’s Club"}
            connection.post("/start", started | {"form_key": key}).expect(303)
            kept = connection.post("/receipt", {"kept": "yes"}).expect(303)
            self.home = kept.headers["location"]
            self._cookie = connection.cookie
            self._form_key = _form_key(connection.get(self.section_page).expect(200))

    @property
    def section_page(self) -> str:
        """The address of the longest section."""
        longest = max(QUESTIONNAIRE.sections, key=lambda section: len(section.questions))
        return f"{self.home}/sections/{longest.id}"

    @property
    def pages(self) -> dict[str, str]:
        """The pages that people look at most, by what they are called: their addresses."""
        return {
            "task list": self.home,
            "section": self.section_page,
            "check your answers": f"{self.home}/answers",
            "report": f"{self.home}/report",
            "plan": f"{self.home}/plan",
        }

    def connect(self) -> Connection:
        """A connection in this person's session."""
        return Connection(self._port, self._cookie)

    def answer_everything(self) -> None:
        """Fill in the profile, answer every question, and draft the plan."""
        facts = {f"fact:{fact.fact}": "some" for fact in QUESTIONNAIRE.profile}
        with self.connect() as connection:
            connection.post(f"{self.home}/profile", facts | {"revision": "0"}).expect(303)
            for _ in QUESTIONS:
                self.save(connection)
            connection.post(f"{self.home}/plan", {}).expect(303)

    def go_through_rounds(self, count: int) -> str:
        """Close this round, start the next one and answer it, until there are so many; where they compare."""
        with self.connect() as connection:
            for _ in range(count - 1):
                connection.post(f"{self.home}/rounds/close", {}).expect(303)
                begun = connection.post(f"{self.home}/rounds/next", {"title": ""}).expect(303)
                self.home = begun.headers["location"]
                self._revisions = dict.fromkeys(QUESTIONS, 0)
                for _ in QUESTIONS:
                    self.save(connection)
        return f"{self.home}/changes"

    def save(self, connection: Connection) -> None:
        """Change the next answer in turn, with its evidence and its note, as the page's script does.

        It also sends the revisions at which the page shows the other questions of the section.

        Raises:
            Unexpected: unless a revision was added.
        """
        question = QUESTIONS[self._saves % len(QUESTIONS)]
        fields = {
            f"{question}:choice": str((self._saves + self._revisions[question]) % 4),
            f"{question}:evidence": str(self._saves % 5),
            f"{question}:evidence_kept": KEPT,
            f"{question}:note": f"{NOTE * 2}({self._saves})",
            "form_key": self._form_key,
        }
        for shown in QUESTIONNAIRE.section_of[question].questions:
            fields[f"{shown.id}:revision"] = str(self._revisions[shown.id])
        reply = connection.post(f"{self.home}/answers/{question}", fields, htmx=True).expect(200)
        saved = int(_found(rf'name="{re.escape(question)}:revision" value="(\d+)"', reply))
        if saved != self._revisions[question] + 1:
            raise Unexpected(f"{question}: nothing was saved on revision {self._revisions[question]}")
        self._revisions[question] = saved
        self._saves += 1


class Caller:
    """Someone who saves texts of the same length through the bare endpoint."""

    def __init__(self, port: int, name: str) -> None:
        """Save under names of one's own."""
        self._port = port
        self._name = name
        self._saves = 0

    def connect(self) -> Connection:
        """A connection."""
        return Connection(self._port)

    def save(self, connection: Connection) -> None:
        """Change the next text in turn.

        Raises:
            Unexpected: unless a revision was added.
        """
        before, place = divmod(self._saves, len(QUESTIONS))
        fields = {"note": f"{NOTE * 2}{KEPT}({self._saves})"}
        reply = connection.post(f"/answers/{self._name}-{QUESTIONS[place]}", fields, htmx=True).expect(200)
        if int(reply.body) != before + 1:
            raise Unexpected("nothing was saved")
        self._saves += 1


Saver = FocalPoint | Caller


def _form_key(page: Reply) -> str:
    return _found(r'name="form_key" value="([^"]+)"', page)


def _found(pattern: str, reply: Reply) -> str:
    match = re.search(pattern, reply.body.decode())
    if match is None:
        raise Unexpected(f"nothing matches {pattern}")
    return match.group(1)
