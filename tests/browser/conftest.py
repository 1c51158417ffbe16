"""Chromium for the tests of this folder: Debian's, driven by Playwright, never downloaded; and a JupyterLab."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request

import pytest
from dossier.lab import command, copies

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


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The address of a JupyterLab over fresh student copies."""
    folder = tmp_path_factory.mktemp("lab")
    copies(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    env = {**os.environ, "JUPYTER_CONFIG_DIR": str(home), "JUPYTER_DATA_DIR": str(home / "share"), "HOME": str(home)}
    quiet = ["--no-browser", f"--port={port}", "--ip=127.0.0.1", "--IdentityProvider.token="]
    running = [*command(folder), *quiet]
    server = subprocess.Popen(running, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    wait_for(lambda: json.load(urllib.request.urlopen(f"{address}/api/status", timeout=2)), 90)
    yield address
    server.terminate()
    server.wait(20)


def wait_for(call, seconds):
    """Call until it does not raise."""
    end = time.monotonic() + seconds
    while True:
        try:
            return call()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


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
