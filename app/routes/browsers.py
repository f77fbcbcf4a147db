"""Which browser somebody uses, as coarsely as they would say it themselves."""

from fastapi import Request

from app.vault.abouts import Browser

# In this order: most of them also name those that come after.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "CrOS": "ChromeOS",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def browser_of(request: Request) -> Browser:
    """The browser of a request, by names of ours: nothing else of what it says about itself is kept."""
    said = request.headers.get("user-agent", "")
    return Browser(_first(BROWSERS, said), _first(SYSTEMS, said))


def _first(names: dict[str, str], said: str) -> str:
    return next((name for sign, name in names.items() if sign in said), "")
