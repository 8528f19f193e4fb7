"""Where links and pictures may lead, and whether anything is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from .problems import instead, short

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
WRITE = "write https:, mailto:, tel: or a page of this site, such as /policy"
NO_ADDRESS = re.compile(r"[\s\\<>\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses that a text may lead to on this site.

    `pages` come from outside, which knows the site; where they are None only what lies under `/courses/` is looked up.
    """

    pages: frozenset[str] | None = None
    texts: Mapping[str, Collection[str]] = field(default_factory=dict)  # each course and lesson, with the ids in it

    def fault(self, folder: str, address: str, ids: Collection[str]) -> str | None:
        """What is wrong with a link within the site, from a text that lies in `folder` and has these ids; None where nothing is."""
        if address.startswith("#"):
            return self._no_id(address[1:], ids, "this text") if address != "#" else None
        path, _, name = within(folder, address).partition("#")
        path = path.partition("?")[0]
        path = path if path in self.texts or path in (self.pages or ()) else f"{path.rstrip('/')}/"
        if path in self.texts:
            return self._no_id(name, self.texts[path], f"the page {path}") if name else None
        known = self.texts if self.pages is None else {*self.pages, *self.texts}
        if path in known or (self.pages is None and not path.startswith("/courses/")):
            return None
        return f'the link "{short(address)}" leads to no page of this site; {instead(path.rstrip("/"), list(known))}'

    @staticmethod
    def _no_id(name: str, ids: Collection[str], where: str) -> str | None:
        return None if name in ids else f'{where} has no heading {{#{short(name)}}}; {instead(name, ids)}'


def within(folder: str, address: str) -> str:
    """An address of this site in full, as it reads in a text that lies in `folder`. Those of the text itself stay."""
    try:
        return address if address.startswith("#") else urljoin(folder, address)
    except ValueError:
        return address


def fault_of_link(address: str) -> str | None:
    """What is wrong with how a link is written, and what to write instead; None where nothing is."""
    shown = short(address)
    if not address:
        return f"this link leads nowhere; {WRITE}"
    if NO_ADDRESS.search(address):
        return f'the link "{shown}" has a space or a sign that no address has; {WRITE}'
    scheme = SCHEME.match(address)
    if scheme is None:
        return f'the link "{shown}" leads to another site; {WRITE}' if address.startswith("//") else None
    if scheme[1] not in ("https", "mailto", "tel"):
        return f'a link may not begin with "{short(scheme[1])}:"; {WRITE}'
    rest = address[scheme.end() :]
    if scheme[1] == "https" and not _has_host(address):
        return f'the link "{shown}" names no site; write https://, the site and the page'
    if scheme[1] == "tel" and not re.fullmatch(r"\+?[0-9().-]+", rest):
        return f'the link "{shown}" is no telephone number; write digits alone, as in tel:03443814772'
    if scheme[1] == "mailto" and not rest:
        return f'the link "{shown}" names nobody; write mailto: and an address'
    return None


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname) and address.lower().startswith("https://")
    except ValueError:
        return False


def fault_of_picture(address: str) -> str | None:
    """What is wrong with where a picture comes from; None where nothing is. Pictures lie beside the text that shows them."""
    if SCHEME.match(address) or address.startswith("//") or NO_ADDRESS.search(address) or not address:
        return f'the picture "{short(address)}" comes from elsewhere; put it into the folder pictures/ here, as pictures/map.png'
    return None
