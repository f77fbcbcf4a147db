"""Which browser it is: a name for it and for its system, out of lists of ours, and nothing else."""

import pytest
from starlette.requests import Request

from app.routes.browsers import browser_of

LIKE_SAFARI = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0"
SAID = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": ("Firefox", "Linux"),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {LIKE_SAFARI} Safari/537.36": ("Chrome", "Windows"),
    f"Mozilla/5.0 (Windows NT 10.0) {LIKE_SAFARI} Safari/537.36 Edg/138.0": ("Edge", "Windows"),
    f"Mozilla/5.0 (Windows NT 10.0) {LIKE_SAFARI} Safari/537.36 OPR/120.0": ("Opera", "Windows"),
    f"Mozilla/5.0 (Linux; Android 15) {LIKE_SAFARI} Mobile Safari/537.36": ("Chrome", "Android"),
    f"Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 {LIKE_SAFARI} Safari/537.36": (
        "Samsung Internet",
        "Android",
    ),
    f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {LIKE_SAFARI} Safari/537.36": ("Chrome", "ChromeOS"),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15": ("Safari", "macOS"),
    "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) FxiOS/140.0 Safari/605.1.15": ("Firefox", "iPad"),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) CriOS/138.0": ("Chrome", "iPhone"),
    "curl/8.5.0": ("", ""),
    "": ("", ""),
    "<b>somebody's own</b>" * 1000: ("", ""),
}


@pytest.mark.parametrize(("said", "named"), SAID.items(), ids=range(len(SAID)))
def test_a_browser_is_named_as_people_would_name_it(said: str, named: tuple[str, str]) -> None:
    request = Request({"type": "http", "headers": [(b"user-agent", said.encode())]})
    browser = browser_of(request)
    assert (browser.name, browser.system) == named
