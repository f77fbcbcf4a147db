"""A person who uses nothing but keys, and wants to see at every step where they are."""

from playwright.sync_api import Locator

from tests.browser.person import Person

MOST_STEPS = 300

# The ring may be on the element itself, or on the label that covers a radio button.
FOCUS = """() => {
  const element = document.activeElement;
  const rings = [element, ...(element.labels ?? [])].map((each) => getComputedStyle(each));
  const inSight = element.getBoundingClientRect();
  return {
    lost: element === document.body || element === document.documentElement,
    ring: rings.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3),
    inSight: inSight.bottom > 0 && inSight.top < innerHeight,
    what: `${element.tagName} ${element.id} ${element.textContent.trim().slice(0, 40)}`,
  };
}"""


class Keyboard:
    """Keys, pressed on a person's page. After each, the focus is somewhere, in sight, and has a ring."""

    def __init__(self, person: Person) -> None:
        self.page = person.page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.sees_the_focus()

    def leaves_by(self, key: str) -> None:
        """Press a key that leads to another page, where the focus begins anew."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)

    def to(self, wanted: Locator) -> None:
        """Press Tab until something has the focus."""
        for _ in range(MOST_STEPS):
            self.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"Tab does not lead to {wanted}")

    def sees_the_focus(self) -> None:
        focus = self.page.evaluate(FOCUS)
        assert (focus["lost"], focus["ring"], focus["inSight"]) == (False, True, True), focus
