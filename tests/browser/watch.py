"""What no page of ours may do, whatever a test is about: each is noted, and fails the test that saw it."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (violation) =>
  console.error(`CSP: ${violation.violatedDirective} ${violation.blockedURI}`));
"""
# Chromium's own words for a reply that `_response` notes, or that `expect` names.
OF_A_REPLY = "Failed to load resource: the server responded with a status of"
OF_NO_CONNECTION = ("net::ERR_INTERNET_DISCONNECTED", "htmx: htmx:error")


class Watch:
    """Looks over the shoulder of every browser context that a test opens."""

    def __init__(self, address: str) -> None:
        self.faults: list[str] = []
        self._address = address
        self._expected: set[int] = set()
        self._came: set[int] = set()
        self._offline = False

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def start_over(self) -> None:
        """Watch for the next test, as if nothing had been seen or expected before."""
        self.faults.clear()
        self._expected.clear()
        self._came.clear()
        self._offline = False

    def expect(self, *statuses: int) -> None:
        """Take these refusals for granted in this test. One that never comes is a fault as well."""
        self._expected |= set(statuses)

    def expect_no_connection(self) -> None:
        """Take it for granted that requests find no connection."""
        self._offline = True

    def settle(self) -> list[str]:
        """Everything that was wrong."""
        missing = [f"no reply had the status {status}" for status in self._expected - self._came]
        return [*self.faults, *missing]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"} or message.text.startswith(OF_A_REPLY):
            return
        if self._offline and any(words in message.text for words in OF_NO_CONNECTION):
            return
        self.faults.append(f"console {message.type} on {message.page and message.page.url}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"uncaught on {error.page and error.page.url}: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._address + "/", "data:", "about:")):
            self.faults.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status < 400:
            return
        self._came.add(response.status)
        if response.status not in self._expected:
            self.faults.append(f"{response.request.method} {response.url} was answered {response.status}")
