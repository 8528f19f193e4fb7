"""Somebody at a browser, whose eyes see what house rules and axe see, on every page they meet."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

AXE = (Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What axe passes is counted, not described: to describe it would be most of its work.
AXE_LOOKS = """async only => {
    const result = await axe.run({runOnly: only, resultTypes: ['violations'], selectors: false});
    const words = each => `${each.id}: ${each.help} — ${each.nodes[0].html.slice(0, 160)}`;
    return [result.passes.length, result.violations.map(words)];
}"""
EVERYTHING = {"type": "tag", "values": RULES}
PLACES = {"type": "rule", "values": ["target-size", "color-contrast", "scrollable-region-focusable"]}  # all that a width changes
COLOURS = {"type": "rule", "values": ["color-contrast"]}  # all that a dark scheme changes
PARTS = "[...new Set([...document.querySelectorAll('body *')].map(each => each.getAttribute('class') || each.tagName))]"
DESKTOP, PHONE = 1280, 375
Seen = dict[str, set[str]]  # kind of address: the classes of parts that were looked at there


class Person:
    """One person at one device. `findings` of axe, wide pages and console errors fail at once."""

    def __init__(self, page: Page, address: str, javascript: bool, seen: Seen) -> None:
        self.page = page
        self.address = address
        self._javascript = javascript
        self._seen = seen
        self.asked: list[str] = []  # the addresses that the browser asked for
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", self._console)

    def _console(self, message) -> None:
        # an account elsewhere that opens nothing, a page that isn't there, too much at once: met on purpose
        meant = any(code in message.text for code in ("403", "404", "413"))
        assert message.type != "error" or meant, f"{self.page.url}: {message.text}"

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
        """Look at a page that holds what none at its address held before: its width on a desk and a phone; with axe, and
        in the dark, where the address is new or no page at all held it; with folded parts open. Its hosts are looked at on
        every page."""
        assert all(urlsplit(url).hostname in ("127.0.0.1", "localhost", None) for url in self.asked), self.asked
        if not self._javascript:
            return self
        seen = self._seen.setdefault(re.sub(r"/\d+|/[-\w]{30,}|/courses/.+", "/N", urlsplit(self.page.url).path), set())
        parts = set(self.page.evaluate(PARTS))
        if parts <= seen:
            return self
        new = not seen or not parts <= set().union(*self._seen.values())
        seen |= parts
        self.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        if new:
            self.page.evaluate(AXE)
        size = self.page.viewport_size
        for width, rules in ((DESKTOP, EVERYTHING), (PHONE, PLACES)):
            self.page.set_viewport_size({"width": width, "height": 800})
            self._fits()
            if new:
                self._axe(rules)
        self.page.set_viewport_size(size)
        if not new:
            return self
        self.page.emulate_media(color_scheme="dark")
        self._axe(COLOURS)
        self.page.emulate_media(color_scheme="light")
        return self

    def _fits(self) -> None:
        wide, room = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= room, f"{self.page.url} scrolls sideways: {wide} px in {room}"

    def _axe(self, only: dict[str, object]) -> None:
        looked_at, findings = self.page.evaluate(AXE_LOOKS, only)
        assert looked_at, "axe looked at nothing"
        assert not findings, f"{self.page.url} ({self.page.viewport_size}): " + "\n".join(findings)
