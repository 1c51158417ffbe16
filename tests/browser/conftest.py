"""Chromium for the tests of this folder: Debian's, driven by Playwright, never downloaded."""

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


def pytest_collection_modifyitems(config, items):
    """Without a browser the tests that need one are left out with one loud line, unless REQUIRE_BROWSER is set."""
    here = os.path.dirname(__file__)
    needing = [item for item in items if str(item.path).startswith(here)]
    if CHROMIUM or not needing:
        return
    if os.environ.get("REQUIRE_BROWSER"):
        raise pytest.UsageError("REQUIRE_BROWSER is set, and there is no chromium: apt-get install chromium")
    items[:] = [item for item in items if item not in needing]
    config.hook.pytest_deselected(items=needing)
    config.pluginmanager.get_plugin("terminalreporter").write_line(
        f"NO BROWSER: {len(needing)} tests left out; install chromium to run them", red=True, bold=True
    )
