"""Providers of sign-ins on real sockets: npm's certified `oidc-provider` in three shapes, and Canaille; and a way through their pages.

`there()` gives addresses and providers; `through` goes where a browser would be sent, says who they are, and gives the address
at the site to which they come back. Hostile ones stand in `tests/hostile_provider.py`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener, urlopen

from induction.rules.openid import Provider, ProviderKind

HERE = Path(__file__).parent
CLIENT = {"id": "induction", "secret": "a-secret-of-the-tests"}
SCHOOL = "wrenfield.example"
TENANT = "5f1e7d4a-0c1b-4a6e-9a52-3d0f8f6f7a11"
OTHER_TENANT = "77777777-0c1b-4a6e-9a52-3d0f8f6f7a11"
CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad"


def member(name: str, address: str, number: int = 1, **more: object) -> dict[str, object]:
    """What each shape says of somebody of the school. Google's, Microsoft's and a plain one's claims don't get in each other's way."""
    said = {
        "name": name, "email": address, "email_verified": True, "hd": SCHOOL, "tid": TENANT,
        "oid": f"00000000-0000-4000-8000-{number:012d}", "preferred_username": address,
    }  # fmt: skip
    return {claim: value for claim, value in (said | more).items() if value is not None}


class There:
    """`oidc-provider` at work."""

    def __init__(self, said: dict[str, str]) -> None:
        self._said = said
        self.google = Provider(ProviderKind.GOOGLE, "Google", said["google"], CLIENT["id"], CLIENT["secret"], SCHOOL)
        self.microsoft = Provider(
            ProviderKind.MICROSOFT, "Microsoft", said["microsoft"], CLIENT["id"], CLIENT["secret"], TENANT
        )  # fmt: skip
        self.plain = Provider(ProviderKind.OTHER, "Keycloak", said["plain"], CLIENT["id"], CLIENT["secret"], "")

    def account(self, name: str, claims: dict[str, object] | None) -> None:
        """What is said of somebody from now on; None closes the account."""
        self._control(account={name: claims})

    def rotate(self) -> None:
        """Sign with another key from now on."""
        self._control(rotate=True)

    def hang_up(self, down: bool) -> None:
        self._control(down=down)

    def _control(self, **wish: object) -> None:
        urlopen(Request(self._said["control"], json.dumps(wish).encode()), timeout=20).close()


@contextmanager
def oidc_provider(accounts: dict[str, dict[str, object]]) -> Iterator[There]:
    with _process(["node", str(HERE / "provider.mjs")], {"accounts": accounts, "client": CLIENT}) as said:
        yield There(said)


@contextmanager
def canaille(user_name: str, name: str, address: str, password: str) -> Iterator[Provider]:
    """Canaille with one user. It doesn't say whether an address is proved."""
    given, _, family = name.partition(" ")
    user = {
        "user_name": user_name, "formatted_name": name, "given_name": given, "family_name": family or given,
        "emails": [address], "password": password,
    }  # fmt: skip
    with _process([sys.executable, "-P", "-W", "ignore", str(HERE / "canaille_there.py")], {"user": user, "client": CLIENT}) as said:
        yield Provider(ProviderKind.OTHER, "Canaille", said["issuer"], CLIENT["id"], CLIENT["secret"], "")


@contextmanager
def _process(command: list[str], told: dict[str, object]) -> Iterator[dict[str, str]]:
    with subprocess.Popen(
        command, cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:  # fmt: skip
        try:
            assert process.stdin and process.stdout
            process.stdin.write(json.dumps(told) + "\n")
            process.stdin.flush()
            said = process.stdout.readline()
            assert said, f"{command} did not start"
            yield json.loads(said)
        finally:
            process.stdin.close()
            process.terminate()


class Visitor:
    """A plain browser at a provider, with its own cookies. `typed`: what is filled in, by field, wherever it is asked for."""

    def __init__(self, **typed: str) -> None:
        self._typed = typed
        self._jar = CookieJar(DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainLiberal))
        self._browser = build_opener(_Stay, HTTPCookieProcessor(self._jar))
        self.pages = 0  # on which something was asked

    def through(self, address: str, back: str, button: str = "") -> dict[str, str]:
        """What the site is told when they come back to `back`, which is not asked itself. `button`: pressed instead of the first."""
        body = None
        for _ in range(20):
            status, headers, text = self._ask(address, body)
            body = None
            if 300 <= status < 400:
                address = urljoin(address, headers["Location"])
                if address.partition("?")[0] == back:
                    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
                continue
            assert status == 200, f"{status} at {address}: {text[:500]}"
            address, body = self._filled(address, text, button)
            self.pages += 1
        raise AssertionError("sent round in circles")

    def _ask(self, address: str, body: bytes | None) -> tuple[int, dict[str, str], str]:
        try:
            with self._browser.open(Request(address, body), timeout=20) as answer:
                return answer.status, dict(answer.headers), answer.read().decode()
        except HTTPError as fault:
            with fault:
                return fault.code, dict(fault.headers), fault.read().decode()

    def _filled(self, address: str, text: str, button: str) -> tuple[str, bytes]:
        form = _Form(text)
        fields = form.fields | {name: value for name, value in self._typed.items() if name in form.fields}
        pressed = [each[1:] for each in form.buttons if each[0] == button] or [each[1:] for each in form.buttons[:1]]
        return urljoin(address, form.action or address), urlencode(fields | dict(pressed)).encode()


class _Form(HTMLParser):
    """The last form of a page that is sent by POST. Other people's pages keep no rules of ours."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.action, self.fields, self.buttons = "", {}, []
        self._open: tuple[str, str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post":
            self.action, self.fields, self.buttons = said.get("action", ""), {}, []
        elif tag == "input" and said.get("name"):
            self.fields[said["name"]] = said.get("value", "")
        elif tag == "button" and said.get("name"):
            self._open = said["name"], said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self.buttons.append((data.strip(), *self._open))
            self._open = None


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None
