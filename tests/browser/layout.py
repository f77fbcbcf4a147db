"""What a page's layout may get wrong: wider than the window, targets too small to hit, cards cut in print."""

from playwright.sync_api import Page

WIDER_THAN_THE_WINDOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const sticksOut = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && (box.right > room + 1 || box.left < -1) && !element.closest(".table > *");
  };
  return [...document.querySelectorAll("body *")].filter(sticksOut)
    .map((element) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`);
}"""

# A link in a line of text is as high as its line. Whatever stands alone wants 44 px; a list of tasks takes
# the whole of each task.
SMALL_TARGETS = """() => {
  const standsInText = (element) =>
    getComputedStyle(element).display === "inline" &&
    element.parentElement.textContent.trim() !== element.textContent.trim();
  const targetOf = (element) =>
    /^(radio|checkbox)$/.test(element.type) ? element.labels[0] : element.closest(".task") ?? element;
  const seen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.matches("[type=hidden], [aria-hidden=true], .skip");
  const inWords = (target, box) =>
    `${target.tagName} "${target.textContent.trim().slice(0, 40)}" ${box.width} x ${box.height}`;
  return [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
    .filter((element) => seen(element) && !standsInText(element))
    .map((element) => [targetOf(element), targetOf(element).getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 43.9)
    .map(([target, box]) => inWords(target, box));
}"""


def wider_than_the_window(page: Page) -> list[str]:
    """What makes somebody scroll sideways."""
    found: list[str] = page.evaluate(WIDER_THAN_THE_WINDOW)
    return found


def small_targets(page: Page) -> list[str]:
    """What stands alone to be clicked or tapped, and is less than 44 px high or wide."""
    found: list[str] = page.evaluate(SMALL_TARGETS)
    return found
