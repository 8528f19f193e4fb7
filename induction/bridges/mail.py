"""The school's mail server, by SMTP (RFC 5321, 2008): over TLS, with STARTTLS, or plain to this machine alone."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime

from ..services.letters import Message, NoServer, NotNow, Refused, Unsure
from ..settings import MailServer

TIMEOUT = 30.0  # seconds for each of the server's answers
MOST = 500  # letters of what a server said


@contextmanager
def dial(server: MailServer) -> Iterator[Connection]:
    """A line to the server, signed in where it asks for that. Raises NoServer."""
    smtp = _connected(server)
    try:
        yield Connection(smtp, server)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


class Connection:
    """An open line. Letters go over it one after another."""

    def __init__(self, smtp: smtplib.SMTP, server: MailServer) -> None:
        self._smtp, self._server = smtp, server

    def post(self, message: Message, at: datetime, about_to: Callable[[], bool]) -> str:
        """Post one letter; what the server said. See `services.letters.Line`."""
        if not message.to.isascii():
            raise Refused("The address has letters that mail servers don't take", address=True)
        wire = _wire(message, self._server.sender, at)
        try:
            self._smtp.rset()  # whatever became of the letter before
            code, said = self._smtp.mail(self._server.sender, [f"SIZE={len(wire)}"] if self._smtp.has_extn("size") else [])
            _check(code, said)
            code, said = self._smtp.rcpt(message.to)
            _check(code, said, address=True)
            if not about_to():
                self._smtp.rset()
                return ""
        except (smtplib.SMTPException, OSError) as fault:
            raise NoServer(_in_words(fault)) from fault
        try:
            code, said = self._smtp.data(wire)
        except smtplib.SMTPDataError as fault:  # it took no words
            _check(fault.smtp_code, fault.smtp_error)
            raise Unsure(_in_words(fault)) from fault
        except (smtplib.SMTPException, OSError) as fault:
            raise Unsure(f"The line broke while it was being posted ({_in_words(fault)})") from fault
        _check(code, said)
        return _said(code, said)


def _connected(server: MailServer) -> smtplib.SMTP:
    try:
        smtp = _greeted(server)
    except ssl.SSLCertVerificationError as fault:
        raise NoServer(f"The certificate of {server.host} is not valid: {fault.verify_message}") from fault
    except (OSError, smtplib.SMTPException) as fault:
        raise NoServer(f"{server.host}:{server.port} can't be reached: {_in_words(fault)}") from fault
    try:
        _secure(smtp, server)
        if server.user:
            smtp.login(server.user, server.password or "")
    except ssl.SSLCertVerificationError as fault:
        smtp.close()
        raise NoServer(f"The certificate of {server.host} is not valid: {fault.verify_message}") from fault
    except smtplib.SMTPAuthenticationError as fault:
        smtp.close()
        raise NoServer(f"{server.host} refuses the name or the password: {_in_words(fault)}") from fault
    except (OSError, smtplib.SMTPException) as fault:
        smtp.close()
        raise NoServer(f"{server.host}: {_in_words(fault)}") from fault
    except BaseException:
        smtp.close()
        raise
    return smtp


def _greeted(server: MailServer) -> smtplib.SMTP:
    here = server.sender.rpartition("@")[2]  # else this machine's name is looked up, which can take long
    if server.tls:
        return smtplib.SMTP_SSL(server.host, server.port, here, timeout=TIMEOUT, context=ssl.create_default_context())
    return smtplib.SMTP(server.host, server.port, here, timeout=TIMEOUT)


def _secure(smtp: smtplib.SMTP, server: MailServer) -> None:
    """Raises NoServer where the server can't be spoken to in secret, though it must."""
    smtp.ehlo_or_helo_if_needed()
    if server.tls or not server.starttls:
        return
    if not smtp.has_extn("starttls"):
        raise NoServer(f"{server.host} offers no STARTTLS, so letters and the password would cross the network unprotected")
    smtp.starttls(context=ssl.create_default_context())
    smtp.ehlo()


def _check(code: int, said: bytes | str, address: bool = False) -> None:
    """Raises NoServer where it hangs up, NotNow, Refused."""
    if 200 <= code < 400:
        return
    words = _said(code, said)
    if code == 421:
        raise NoServer(words)
    if 400 <= code < 500:
        raise NotNow(words)
    raise Refused(words, address)


def _said(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {words}".split())[:MOST]


def _in_words(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        return _said(fault.smtp_code, fault.smtp_error)
    if isinstance(fault, socket.gaierror):
        return "no such name is known here"
    if isinstance(fault, TimeoutError):
        return f"it did not answer within {TIMEOUT:.0f} seconds"
    return " ".join(str(fault).split())[:MOST] or type(fault).__name__


def _wire(message: Message, sender: str, at: datetime) -> bytes:
    """The letter as it goes over the line: plain words, and the same as simple HTML."""
    made = EmailMessage(policy=WIRE)
    made["From"] = Address(message.school, addr_spec=sender)
    made["To"] = message.to
    made["Subject"] = message.subject
    if message.reply_to:
        made["Reply-To"] = message.reply_to
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834, 2004: whoever is away does not answer
    made.set_content(message.text, cte="quoted-printable")
    made.add_alternative(message.html, subtype="html", cte="quoted-printable")
    return made.as_bytes()
