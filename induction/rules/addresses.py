"""Addresses as browsers send them: hosts in small letters, other letters as punycode, no port where it is the usual one;
and places on this site.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

USUAL_PORTS = {"http": 80, "https": 443}
LONGEST = 300  # characters: a name has 253
LONGEST_PLACE = 2000  # characters of an address on this site
NAME = re.compile(r"[a-z0-9_.-]+")


def host(text: str, scheme: str) -> str | None:
    """`name` or `name:port` in its one form, from a Host header or an address; None where it is no host.

    `scheme` says which port is the usual one and goes. A full stop after the name goes too.
    """
    if len(text) > LONGEST or any(sign in text for sign in "/?#@\\ "):
        return None
    try:
        asked = urlsplit(f"//{_read(text)}")
        name, port = _name(asked.hostname or ""), asked.port
    except (ValueError, UnicodeError):
        return None
    if not name or port == 0:
        return None
    return name if port in (None, USUAL_PORTS.get(scheme)) else f"{name}:{port}"


def origin(text: str) -> str | None:
    """`https://name` in its one form, from an Origin header or a site's address; None where it is none, as `null` is."""
    try:
        parts = urlsplit(text if len(text) <= LONGEST else "")
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in USUAL_PORTS or parts.path not in ("", "/") or parts.query or parts.fragment:
        return None
    name = host(parts.netloc, scheme)
    return f"{scheme}://{name}" if name else None


def safe_next(text: str | None) -> str:
    """The place on this site that `next` names, else home. What leads elsewhere, or is far too long, leads home."""
    if not text or len(text) > LONGEST_PLACE or not text.startswith("/") or text.startswith("//") or "\\" in text or not text.isprintable():
        return "/"
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc or parts.path in ("/sign-out", "/sign-in") else text


def with_next(page: str, where: str) -> str:
    """The address of a page from which it goes on to `where`; home is where it goes by itself."""
    return page if where == "/" else f"{page}?next={quote(where, safe='/')}"


def _name(text: str) -> str:
    """Raises UnicodeError for a name that can't be."""
    try:
        address = ip_address(text)
    except ValueError:
        name = text.removesuffix(".").encode("idna").decode("ascii").lower() if text else ""
        return name if NAME.fullmatch(name) else ""
    return f"[{address}]" if address.version == 6 else str(address)


def _read(text: str) -> str:
    """A server hands on the bytes of a header as Latin-1; a name that was sent in UTF-8 is read as such."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
