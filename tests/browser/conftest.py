"""The browser that the tests in this folder use, and where there is none, what becomes of them."""

import os
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("PLUMBLINE_CHROMIUM")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark this folder's tests, and run them last: Playwright's event loop stays in their thread."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that `./run test` found, headless, silent towards the network."""
    if not CHROMIUM:
        reason = "no Chromium: ./run test looks for one, or name it in PLUMBLINE_CHROMIUM"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return browser_type_launch_args | {
        "executable_path": CHROMIUM,
        "headless": True,
        "args": QUIET + ["--no-sandbox"] * as_root,
    }
