"""What holds on every page, whoever wrote it: the test browser asks this of each page it opens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.markup import Element

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FIELDS = ("input", "select", "textarea")
POINTING = ("aria-labelledby", "aria-describedby", "aria-controls", "for")


def check_headers(headers: dict[str, str], status: int) -> None:
    """Every answer, errors and downloads too."""
    for name, value in HEADERS.items():
        assert headers.get(name) == value, f"{name}: {headers.get(name)}"
    assert headers.get("Cache-Control") == "no-store"
    assert "Server" not in headers and "X-Powered-By" not in headers
    assert headers.get("Content-Type", "").count("charset") <= 1, headers["Content-Type"]
    assert status not in (429, 503) or headers.get("Retry-After", "").isdigit(), "it says when to come back"


_TAG, _NUMBER = re.compile(r"<[a-z][^>]*>"), re.compile(r"[0-9]+|[\w.~-]{30,}")
_looked_at: set[int] = set()


def check_once(html: str, document: Callable[[], Element]) -> None:
    """Every HTML page that has a part which none before had, or a second of one; numbers and tokens make no other part."""
    tags = Counter(_TAG.findall(_NUMBER.sub("0", html)))
    parts = hash(frozenset((tag, count > 1) for tag, count in tags.items()))
    if parts not in _looked_at:
        check_page(document())
        _looked_at.add(parts)


def check_page(document: Element) -> None:
    _check_head(document)
    _check_ids(document)
    _check_nothing_inline(document)
    _check_links(document)
    for form in document.all("form"):
        _check_form(form)
        _check_passwords(form)
    _check_what_is_said_first(document)
    for element in document.all(*FIELDS):
        assert _is_labelled(element, document), f"no label: {element.attrs}"
    for element in document.all("button", "a", "label", "legend", "th", "h1", "h2", "h3", "summary", "caption"):
        assert element.text or element.get("aria-label"), f"nothing to read in <{element.tag}> {element.attrs}"
    for table in document.all("table"):
        assert table.all("th"), "a table without headings"


def _check_head(document: Element) -> None:
    assert document.all("html")[0].get("lang") == "en-GB"
    titles = document.all("title")
    assert len(titles) == 1 and titles[0].text.partition(" · ")[0], "a page has a title of its own"
    headings = document.all("h1")
    assert len(headings) == 1, f"{len(headings)} main headings"
    assert len(document.all("main")) == 1 and headings[0].within("main")


def _check_ids(document: Element) -> None:
    ids = Counter(element.attrs["id"] for element in document.walk() if "id" in element.attrs)
    assert [word for word, count in ids.items() if count > 1] == [], "an id stands twice"
    for element in document.walk():
        for name in POINTING:
            for word in element.get(name).split():
                assert word in ids, f"{name} points to #{word}, which isn't there"
        if element.tag in ("a", "use") and element.get("href").startswith("#"):
            assert element.get("href")[1:] in ids, f"a link to {element.get('href')}, which isn't there"


def _check_nothing_inline(document: Element) -> None:
    assert document.all("style", "iframe", "object", "embed", "base") == []
    for script in document.all("script"):
        assert script.get("src") and not script.text
    for element in document.walk():
        wrong = [name for name in element.attrs if name == "style" or name.startswith("on") or name == "srcdoc"]
        assert wrong == [], f"{wrong} in <{element.tag}>"


def _check_links(document: Element) -> None:
    for element in document.walk():
        for name in ("src", "href", "action", "formaction", "data", "poster"):
            if name not in element.attrs:
                continue
            parts = urlsplit(element.attrs[name])
            if element.tag == "a" and parts.scheme in ("https", "tel", "mailto", "otpauth"):
                continue  # words may lead elsewhere; nothing is fetched from there
            assert not parts.scheme and not parts.netloc, f"<{element.tag} {name}={element.attrs[name]}> leads elsewhere"


def _check_form(form: Element) -> None:
    assert form.within("form") is None
    tokens = [each for each in form.all("input") if each.get("name") == "csrf_token" and each.get("value")]
    if form.get("method").lower() == "post":
        assert len(tokens) == 1, "a form without its token"
    else:
        assert tokens == [], "a token in an address"
    assert form.all("button"), "a form without a button"


def _check_passwords(form: Element) -> None:
    """Password managers need to see whose password it is, and whether it is the present one or a new one."""
    secrets = [each for each in form.all("input") if each.get("type") == "password"]
    assert all(each.get("autocomplete") in ("current-password", "new-password") for each in secrets)
    names = [each for each in form.all("input") if each.get("autocomplete") == "username"]
    assert len(names) == bool(secrets), "a password without a name, or a name without a password"
    assert all(each.get("type") in ("email", "text") for each in names), "people see the field"


def _check_what_is_said_first(document: Element) -> None:
    """What went wrong stands first in the title; what was done is a status that can take the focus."""
    title = document.all("title")[0].text
    for element in [each for each in document.walk() if "govuk-error-summary__title" in each.get("class").split()][:1]:
        assert title.startswith(f"{element.text}: "), f"{title!r} does not say {element.text!r} first"
    for element in [each for each in document.walk() if "steps" in each.get("class").split()]:
        assert element.text in title, f"{title!r} does not say how far one has got"
    for flashed in document.all("div"):
        if flashed.get("role") == "status":
            assert flashed.get("tabindex") == "-1" and flashed.text


def _is_labelled(element: Element, document: Element) -> bool:
    if element.get("type") == "hidden":
        return True
    around = element.within("label")
    labels = [each for each in document.all("label") if element.get("id") and each.get("for") == element.get("id")]
    words = [each.text for each in [around, *labels] if each is not None]
    return any(words) or bool(element.get("aria-label"))
