"""The certificate that a web server shows: until when it holds, or why a browser would not trust it."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime

SHORT = 5.0  # seconds for each step


@dataclass(frozen=True, slots=True)
class Shown:
    ends_at: datetime | None  # None where it is not trusted, or could not be seen
    refused: str = ""  # why it is not trusted
    trouble: str = ""  # why it could not be seen


def look(host: str, port: int, proxy: str | None = None, trusted: ssl.SSLContext | None = None) -> Shown:
    """Look at the one of that name once, as a browser on this machine would.

    Where its address can't be reached from here, the `proxy` in front is asked for that name: a service may be kept from
    all other machines. `trusted`: by what it is judged, if not by this machine's own.
    """
    shown = _ask(host, host, port, trusted or ssl.create_default_context())
    return _ask(proxy, host, port, trusted or ssl.create_default_context()) if shown.trouble and proxy else shown


def _ask(address: str, host: str, port: int, context: ssl.SSLContext) -> Shown:
    try:
        with socket.create_connection((address, port), SHORT) as line, context.wrap_socket(line, server_hostname=host) as safe:
            shown = safe.getpeercert() or {}
        return Shown(datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC))
    except ssl.SSLCertVerificationError as fault:
        return Shown(None, refused=fault.verify_message)
    except (OSError, ValueError, KeyError) as fault:  # among them: nobody there, no https, another year than there is
        return Shown(None, trouble=_words(fault))


def _words(fault: Exception) -> str:
    return getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
