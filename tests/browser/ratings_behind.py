"""A rating, done behind the pages' back: people are asked, answer apart, hand in; and it is ended."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext

from tests.browser.behind import SHOWN, sends

DEPUTY, TRAINER = "Deputy head", "Trainer of the rowers’ under-twelves, Tuesdays and Thursdays"

SAID = {
    DEPUTY: {
        "P1.1:choice": "3",
        "P1.1:evidence": "2",
        "P1.1:note": "The policy is on the wall of the boathouse, and in the welcome pack since May.",
        "P1.2:choice": "2",
        "P1.3:choice": "1",
        "P2.1:choice": "2",
    },
    TRAINER: {
        "P1.1:choice": "1",
        "P1.1:evidence": "1",
        "P1.1:note": "I have seen it once, at the board’s meeting. Nobody at the boathouse knows it.",
        "P1.2:choice": "2",
        "P1.3:choice": "-unknown",
        "P2.1:choice": "2",
    },
}
"""What two people say who answer apart: of P1.1 and P1.3 they think differently."""


@dataclass(frozen=True)
class Asked:
    """Somebody who was asked to answer apart: the link, and the code."""

    link: str
    code: str

    @property
    def home(self) -> str:
        return self.link.replace("/ratings/", "/assessments/")


def asks(context: BrowserContext, home: str, tag: str) -> Asked:
    """Ask somebody without an account."""
    link, code = SHOWN.findall(sends(context, f"{home}/rating", tag=tag)[1])
    return Asked(link, code)


def signs_in(context: BrowserContext, asked: Asked) -> None:
    """Come with link and code, in a browser that knew nobody."""
    context.clear_cookies()
    sends(context, asked.link, receipt=asked.code)


def answers_apart(
    context: BrowserContext, asked: Asked, said: dict[str, str], *, handed_in: bool = True
) -> None:
    """Fill some fields of a sheet's section on policy; whoever was signed in is so again afterwards."""
    host = context.cookies()
    signs_in(context, asked)
    revisions = {f"{name.partition(':')[0]}:revision": "0" for name in said}
    sends(context, f"{asked.home}/sections/policy", **said, **revisions)
    if handed_in:
        sends(context, f"{asked.home}/hand-in")
    context.clear_cookies()
    context.add_cookies(host)  # type: ignore[arg-type]


def all_answer(context: BrowserContext, home: str) -> None:
    """Two are asked, and hand in."""
    for tag, said in SAID.items():
        answers_apart(context, asks(context, home, tag), said)


def rates(context: BrowserContext, home: str) -> None:
    """Two have answered apart, and the rating has ended."""
    all_answer(context, home)
    sends(context, f"{home}/rating/end")


def agrees(context: BrowserContext, home: str, question: str, choice: str, revision: int = 0) -> None:
    """Record what was agreed."""
    fields = {
        "choice": choice,
        "revision": str(revision),
        "why": "We went to the boathouse together, and asked.",
    }
    typed = {f"{question}:{name}": value for name, value in fields.items()}
    sends(context, f"{home}/rating/questions/{question}", **typed)
