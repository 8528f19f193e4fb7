"""Somebody at a browser, whose eyes see what house rules and axe see, on every page they meet."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

AXE = (Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Person:
    """One person at one device. `findings` of axe, wide pages and console errors fail at once."""

    def __init__(self, page: Page, address: str, javascript: bool, schemes: tuple[str, ...], seen: set[str]) -> None:
        self.page = page
        self.address = address
        self._javascript = javascript
        self._schemes = schemes
        self._seen = seen  # kinds of pages that this story has looked at
        self.asked: list[str] = []  # the addresses that the browser asked for
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", self._console)

    def _console(self, message) -> None:
        missing = "404" in message.text  # a page that isn't there is met on purpose
        assert message.type != "error" or missing, f"{self.page.url}: {message.text}"

    def open(self, path: str) -> Person:
        self.page.goto(path if path.startswith("http") else self.address + path)
        return self.look()

    def press(self, words: str, role: str = "button") -> Person:
        self.page.get_by_role(role, name=words, exact=True).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state()
        return self.look()

    def follow(self, words: str) -> Person:
        return self.press(words, "link")

    def fill(self, **fields: str) -> Person:
        for name, words in fields.items():
            self.page.locator(f"[name={name}]").fill(words)
        return self

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def words(self) -> str:
        return self.page.locator("body").inner_text()

    def look(self) -> Person:
        """Look at a page of each kind once: its width, its hosts, and axe in light and dark with folded parts open."""
        assert all(urlsplit(url).hostname in ("127.0.0.1", None) for url in self.asked), self.asked
        kind = re.sub(r"\d+|[-\w]{30,}", "N", urlsplit(self.page.url).path) + self.heading[:12]
        if kind in self._seen:
            return self
        self._seen.add(kind)
        if self._javascript:
            self.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            self._fits()
            self.page.evaluate(AXE)
            for scheme in self._schemes:
                self.page.emulate_media(color_scheme=scheme)
                self._axe(scheme)
            self.page.emulate_media(color_scheme="light")
        return self

    def _fits(self) -> None:
        wide, room = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room, f"{self.page.url} scrolls sideways: {wide} px in {room}"

    def _axe(self, scheme: str) -> None:
        result = self.page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
        findings = [
            f"{each['id']}: {each['help']} — {each['nodes'][0]['html'][:160]}" for each in result["violations"]
        ]
        assert result["passes"], "axe looked at nothing"
        assert not findings, f"{self.page.url} ({scheme}): " + "\n".join(findings)
