"""Where links and pictures may lead."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .nearest import short

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
WRITE = "write https:, mailto:, tel: or a page of this site, such as /policy"


def fault_of_link(address: str) -> str | None:
    """What is wrong with where a link leads, and what to write instead; None where nothing is."""
    shown = short(address)
    if not address:
        return f"this link leads nowhere; {WRITE}"
    if re.search(r"[\s\\<>\x00-\x1f\x7f]", address):
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
    """What is wrong with where a picture comes from; None where nothing is. Pictures come from this site alone."""
    if SCHEME.match(address) or address.startswith("//") or re.search(r"[\s\\<>\x00-\x1f\x7f]", address) or not address:
        return f'the picture "{short(address)}" comes from elsewhere; write the address of one on this site, such as /static/map.png'
    return None
