"""What a service says when it cannot do what was asked."""


class NotFound(Exception):
    """There is no such thing, or it is not yours: nobody is told which."""


class Refused(Exception):
    """What was typed cannot be taken. Nothing of it was written, and the message never repeats it.

    `problems` pairs the name of a field with a sentence for the person.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("refused")
        self.problems = problems


class NotTaken(Exception):
    """Answers are not taken here any more, and nothing was written. The texts are for the person to read."""

    def __init__(self, heading: str, happened: str, todo: str) -> None:
        super().__init__("not taken")
        self.heading = heading
        self.happened = happened
        self.todo = todo
