"""A browser for tests: it reads forms and their tokens, follows 303s, and checks the house rules on every page."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests import house_rules
from tests.markup import Element, parse

HERE = "http://localhost"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


@dataclass
class Page:
    """What came back, after following 303s."""

    status: int
    path: str
    headers: dict[str, str]
    body: bytes
    way: list[tuple[int, str]] = field(default_factory=list)  # (status, where to) of each 303 and 308 on the way

    @property
    def html(self) -> str:
        return self.body.decode("utf-8")

    @cached_property
    def document(self) -> Element:
        return parse(self.html)

    @property
    def main(self) -> Element:
        return self.document.all("main")[0]

    @property
    def heading(self) -> str:
        return self.document.all("h1")[0].text

    @property
    def title(self) -> str:
        return self.document.all("title")[0].text

    @property
    def text(self) -> str:
        """The words of the main part."""
        return self.main.text

    @property
    def problems(self) -> list[str]:
        """The links of the error summary."""
        found = [each for each in self.document.walk() if "govuk-error-summary" in each.get("class").split()]
        return [link.text for each in found for link in each.all("a")]

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    def is_at(self, path: str) -> bool:
        return urlsplit(self.path).path == path

    def button(self, words: str) -> Element:
        found = [each for each in self.document.all("button") if each.text == words]
        assert found, f"no button {words!r} on {self.path}; there are {[b.text for b in self.document.all('button')]}"
        return found[0]

    def link(self, words: str) -> Element:
        found = [each for each in self.document.all("a") if each.text == words]
        assert found, f"no link {words!r} on {self.path}"
        return found[0]

    def has_link(self, words: str) -> bool:
        return any(each.text == words for each in self.document.all("a"))

    def has_button(self, words: str) -> bool:
        return any(each.text == words for each in self.document.all("button"))

    def field(self, name: str) -> Element:
        return next(each for each in self.document.all(*house_rules.FIELDS) if each.get("name") == name)

    def options(self) -> list[tuple[str, str]]:
        """(value, words) of each option of a scene."""
        inputs = [each for each in self.document.all("input") if each.get("name") == "option"]
        return [(each.get("value"), each.within("label").text) for each in inputs]


def form_values(form: Element) -> MultiDict:
    """What a browser would send for a form as it stands."""
    values: MultiDict = MultiDict()
    for each in form.all("input", "select", "textarea"):
        name, kind = each.get("name"), each.get("type")
        if not name or kind in ("submit", "button", "file"):
            continue
        if each.tag == "select":
            chosen = [option for option in each.all("option") if "selected" in option.attrs] or each.all("option")[:1]
            for option in chosen:
                values.add(name, option.get("value"))
        elif each.tag == "textarea":
            values.add(name, each.text)
        elif kind not in ("radio", "checkbox") or "checked" in each.attrs:
            values.add(name, each.get("value") or ("on" if kind == "checkbox" else ""))
    return values


class Browser:
    """One browser with its own cookies."""

    def __init__(self, app: Flask, agent: str = SAFARI) -> None:
        self.client = app.test_client()
        self._agent = agent
        self.page: Page | None = None

    def open(self, path: str, follow: bool = True, **headers: str) -> Page:
        return self.request("GET", path, follow=follow, headers=headers)

    def press(self, words: str, /, **fields: object) -> Page:
        """Press the button or follow the link of those words on the page that is open.

        `fields` are filled in first; each must be on the page. Options and ticks may be given by their words.
        """
        assert self.page is not None, "open a page first"
        if not self.page.has_button(words):
            assert not fields, f"{words!r} is a link"
            return self.open(urljoin(self.page.path, self.page.link(words).get("href")))
        path, values, method = self.filled(words, **fields)
        if method == "post":
            return self.send(path, values, token=False)
        query = "&".join(f"{name}={value}" for name, value in values.items(multi=True))
        return self.open(f"{path}?{query}")

    def filled(self, words: str, /, **fields: object) -> tuple[str, MultiDict, str]:
        """(address, fields, method) of what the button of those words on the page that is open would send."""
        assert self.page is not None, "open a page first"
        button = self.page.button(words)
        form = button.within("form")
        assert form is not None, f"the button {words!r} is in no form"
        values = form_values(form)
        if button.get("name"):
            values.add(button.get("name"), button.get("value"))
        for name, value in fields.items():
            values.setlist(name, _typed(form, name, value))
        return urljoin(self.page.path, form.get("action") or self.page.path), values, form.get("method").lower()

    def token(self) -> str:
        """A token of this browser's session, from the page that everyone may open."""
        client_page = self.client.get("/sign-in", headers={"User-Agent": self._agent})
        document = None
        if client_page.status_code != 200:  # signed in: home has the form to sign out
            client_page = self.client.get("/what-we-keep", headers={"User-Agent": self._agent})
        document = parse(client_page.get_data(as_text=True))
        return next(each for each in document.all("input") if each.get("name") == "csrf_token").get("value")

    def send(self, path: str, fields: object = None, token: bool = True, follow: bool = True, **headers: str) -> Page:
        """POST any fields at all, with a good token unless told otherwise. Names and values may be bytes."""
        pairs = list(fields.items(multi=True)) if isinstance(fields, MultiDict) else list(dict(fields or {}).items())
        flat: list[tuple[object, object]] = []
        for name, value in pairs:
            flat += [(name, each) for each in value] if isinstance(value, list | tuple) else [(name, value)]
        if token:
            flat.append(("csrf_token", self.token()))
        came_from = {"Referer": HERE + self.page.path} if self.page else {}
        sent = {"Origin": HERE, **came_from, **headers}
        return self.request("POST", path, data=_encode(flat), follow=follow, headers=sent)

    def send_files(self, path: str, fields: dict[str, object], files: dict[str, bytes]) -> Page:
        data: dict[str, object] = {**fields, "csrf_token": self.token()}
        data |= {name: (BytesIO(body), f"{name}.csv") for name, body in files.items()}
        answer = self.client.post(path, data=data, headers={"Origin": HERE})
        return self._arrived(answer, path)

    def request(
        self,
        method: str,
        path: str,
        data: bytes | None = None,
        follow: bool = True,
        headers: dict[str, str] | None = None,
    ) -> Page:
        sent = {"User-Agent": self._agent, **{name.replace("_", "-"): value for name, value in (headers or {}).items()}}
        kind = {"content_type": "application/x-www-form-urlencoded"} if data is not None else {}
        host = sent.pop("Host", None)
        base = {"base_url": f"http://{host}"} if host else {}
        answer = self.client.open(path, method=method, data=data, headers=sent, **kind, **base)
        way: list[tuple[int, str]] = []
        while follow and answer.status_code in (303, 308):
            house_rules.check_headers(dict(answer.headers), answer.status_code)
            where = answer.headers["Location"]
            assert where.startswith("/") and not where.startswith("//"), f"sent elsewhere: {where}"
            way.append((answer.status_code, where))
            assert len(way) < 6, f"sent round in circles: {way}"
            path = where
            answer = self.client.get(path, headers={"User-Agent": self._agent})
        return self._arrived(answer, path, way, method)

    def _arrived(self, answer: TestResponse, path: str, way: list[tuple[int, str]] | None = None, method: str = "GET"):
        page = Page(answer.status_code, path, dict(answer.headers), answer.get_data(), way or [])
        if not path.startswith("/static/"):
            house_rules.check_headers(page.headers, page.status)
        if page.is_html and method != "HEAD":
            if page.status not in (303, 308):
                house_rules.check_once(page.html, lambda: page.document)
            self.page = page
        return page

    def cookie(self, name: str = "induction", path: str = "/") -> str | None:
        found = self.client.get_cookie(name, path=path)
        return found.value if found else None

    def with_cookie(self, value: str) -> Browser:
        self.client.set_cookie("induction", value)
        return self


def _typed(form: Element, name: str, value: object) -> list[str]:
    """The values a field takes when somebody types or chooses: by the words beside it, or as it is."""
    there = [each for each in form.all(*house_rules.FIELDS) if each.get("name") == name]
    assert there, f"no field {name!r} in this form; there are {sorted({e.get('name') for e in form.all('input')})}"
    wanted = [str(each) for each in value] if isinstance(value, list | tuple | set | frozenset) else [str(value)]
    if there[0].get("type") in ("radio", "checkbox"):
        by_words = {_words_beside(each): each.get("value") for each in there}
        wanted = [by_words.get(each, each) for each in wanted]
        offered = {each.get("value") for each in there}
        assert set(wanted) <= offered, f"{name} offers {offered}, not {wanted}"
    if there[0].tag == "select":
        by_words = {option.text: option.get("value") for option in there[0].all("option")}
        wanted = [by_words.get(each, each) for each in wanted]
    return wanted


def _words_beside(element: Element) -> str:
    around = element.within("label")
    if around is not None:
        return around.text
    document = list(element.ancestors())[-1]
    return next((each.text for each in document.all("label") if each.get("for") == element.get("id")), "")


def _encode(pairs: list[tuple[object, object]]) -> bytes:
    def one(value: object) -> bytes:
        raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        return b"".join(b"%%%02X" % byte for byte in raw) if len(raw) < 5000 else raw

    return b"&".join(one(name) + b"=" + one(value) for name, value in pairs)
