"""The browser of the tests: the system's Chromium. As a script it installs one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What is asked for outside fails at once, so that a test cannot pass thanks to it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def system_chromium() -> str | None:
    """The first that runs: Ubuntu's ``chromium-browser`` is only a pointer to a snap where there are no snaps."""
    for path in filter(None, map(shutil.which, NAMES)):
        answer = subprocess.run([path, "--version"], capture_output=True, check=False)
        if answer.returncode == 0:
            return path
    return None


def playwright_chromium() -> str | None:
    """Playwright's own download."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """With apt where that is possible, else Playwright's build."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in ("apt-get update -q", "apt-get install -y -q chromium"):
            subprocess.run(command.split(), env=environment, check=False, stdin=subprocess.DEVNULL)
        if system_chromium():
            return
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit("No Chromium could be installed. Install Chromium or Chrome by hand for the browser tests.")


if __name__ == "__main__" and not (system_chromium() or playwright_chromium()):
    print("No Chromium was found; installing one for the browser tests.", flush=True)
    install()
