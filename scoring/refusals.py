"""What scoring says when it will not take something."""


class BadAnswer(Exception):
    """Something given to scoring is outside what was asked.

    `about` names the question, fact or target. `expected` says what would be right, as a text to be
    translated whose gaps are filled from `details`. Neither ever repeats what was given.
    """

    def __init__(self, about: str, expected: str, **details: object) -> None:
        super().__init__(about, expected, details)
        self.about = about
        self.expected = expected
        self.details = details

    def __str__(self) -> str:
        return f"{self.about}: {self.expected.format(**self.details)}"
