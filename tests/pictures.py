"""The README's pictures, taken from the running demonstration: `python tests/pictures.py docs/pictures`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PORT = 8399
ADDRESS = f"http://127.0.0.1:{PORT}"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
LESSON = "/courses/professional-boundaries-online/friend-requests"


def sign_in(browser: Browser, who: str, width: int, height: int) -> Page:
    page = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce").new_page()
    page.goto(ADDRESS + "/sign-in")
    page.get_by_role("button", name=who).click()
    page.wait_for_load_state()
    return page


def take(browser: Browser, folder: Path) -> None:
    tess = sign_in(browser, "Tess Okafor, new teacher", 1280, 900)
    tess.screenshot(path=folder / "home.png")
    phone = sign_in(browser, "Tess Okafor, new teacher", 390, 844)
    phone.goto(ADDRESS + LESSON)
    phone.screenshot(path=folder / "lesson-phone.png")
    tess.goto(ADDRESS + "/courses/professional-boundaries-online/messages-and-chat")
    tess.get_by_role("button", name="Start the scenarios").click()
    for _ in range(12):  # until a scenario shows a lit phone
        if tess.locator(".phone.lit").count() and tess.locator("[name=option]").first.is_visible():
            break
        if not tess.locator("[name=option]").first.is_visible():
            tess.get_by_text("Show the scenario").click()
        tess.locator("[name=option]").first.check()
        tess.get_by_role("button", name="Answer").click()
        tess.get_by_role("link", name="Next").click()
    tess.screenshot(path=folder / "scenario.png")
    tess.locator("[name=option]").first.check()
    tess.get_by_role("button", name="Answer").click()
    tess.screenshot(path=folder / "what-follows.png")
    sign_in(browser, "Max Adeyemi, mentor", 1280, 800).screenshot(path=folder / "my-teachers.png")
    lead = sign_in(browser, "Lou Hartley, induction lead", 1280, 1000)
    lead.screenshot(path=folder / "overview.png")
    lead.goto(ADDRESS + "/school/policy/choices/pupil-contact")
    lead.set_viewport_size({"width": 1280, "height": 1250})
    lead.screenshot(path=folder / "policy.png")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as tools:
        command = [sys.executable, "-m", "induction", "serve", "--demo", "--listen", f"127.0.0.1:{PORT}"]
        server = subprocess.Popen(command, env={"INDUCTION_DATA": f"{data}/school", "PATH": "/usr/bin"})
        try:
            for _ in range(200):
                try:
                    urllib.request.urlopen(ADDRESS + "/healthz")
                    break
                except OSError:
                    time.sleep(0.1)
            browser = tools.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), args=FLAGS)
            take(browser, folder)
            browser.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
