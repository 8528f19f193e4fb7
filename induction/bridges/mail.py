"""The school's mail server, by SMTP (RFC 5321, 2008): over TLS, with STARTTLS, or plain where nothing secret is said."""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime

from ..services.posting import Message, NoServer, NotNow, Refused, Unsure
from ..settings import MailServer

TIMEOUT = 30.0  # seconds for each of the server's answers
MOST = 500  # letters of what a server said
DOT = re.compile(rb"^\.", re.MULTILINE)  # begins a line, and would end the letter
FINER = re.compile(rb"5\.(\d{1,3})\.\d")
FOR_NOBODY = (421, 530, 534, 535, 538)  # it hangs up, or wants a login
TOO_LONG = 552
NO_SUCH_ADDRESS = (550, 551, 553)


@contextmanager
def dial(server: MailServer) -> Iterator[Connection]:
    """A line to the server, signed in where it asks for that. Raises NoServer."""
    smtp = _connected(server)
    try:
        yield Connection(smtp, server)
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
    finally:
        smtp.close()


class Connection:
    """An open line. Letters go over it one after another."""

    def __init__(self, smtp: smtplib.SMTP, server: MailServer) -> None:
        self._smtp, self._server = smtp, server

    def post(self, message: Message, at: datetime, about_to: Callable[[], bool]) -> str | None:
        """Post one letter; what the server said. See `services.posting.Line`."""
        if not message.to.isascii():
            raise Refused("The address has letters that mail servers don't take", address=True)
        wire = _wire(message, self._server.sender, at)
        smtp = self._smtp
        try:
            smtp.rset()  # whatever became of the letter before
            _check_sender(*smtp.mail(self._server.sender, [f"SIZE={len(wire)}"] if smtp.has_extn("size") else []))
        except (smtplib.SMTPException, OSError) as fault:
            raise NoServer(_in_words(fault)) from fault
        try:
            _check_address(*smtp.rcpt(message.to))
            if not about_to():
                smtp.rset()
                return None
            _check(*smtp.docmd("DATA"), good=(354,))
        except (smtplib.SMTPException, OSError) as fault:
            raise NoServer(_in_words(fault), on_letter=True) from fault
        try:
            smtp.send(DOT.sub(b"..", wire) + b".\r\n")
            code, said = smtp.getreply()
        except (smtplib.SMTPException, OSError) as fault:
            raise Unsure(f"The line broke while it was being posted ({_in_words(fault)})") from fault
        if code < 200:
            raise Unsure(_said(code, said))
        _check(code, said)
        return _said(code, said)


def _connected(server: MailServer) -> smtplib.SMTP:
    try:
        smtp = _greeted(server)
    except ssl.SSLCertVerificationError as fault:
        raise NoServer(f"The certificate of {server.host} is not valid: {fault.verify_message}") from fault
    except (OSError, smtplib.SMTPException, ValueError) as fault:
        raise NoServer(f"{server.host}:{server.port} can't be reached: {_in_words(fault)}") from fault
    try:
        _secure(smtp, server)
        if server.user:
            _sign_in(smtp, server.user, server.password or "")
    except ssl.SSLCertVerificationError as fault:
        smtp.close()
        raise NoServer(f"The certificate of {server.host} is not valid: {fault.verify_message}") from fault
    except smtplib.SMTPAuthenticationError as fault:
        smtp.close()
        raise NoServer(f"{server.host} refuses the name or the password: {_in_words(fault)}") from fault
    except (OSError, smtplib.SMTPException, ValueError) as fault:
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


def _sign_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    if f"{user}{password}".isascii():
        smtp.login(user, password)
        return
    secret = base64.b64encode(f"\0{user}\0{password}".encode()).decode()  # RFC 4616: UTF-8, which smtplib doesn't do
    code, said = smtp.docmd("AUTH", f"PLAIN {secret}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


def _check(code: int, said: bytes, good: Sequence[int] = range(200, 300)) -> None:
    """Raises NoServer where the server hangs up or wants something of the site first, NotNow, Refused."""
    if code in good:
        return
    words = _said(code, said)
    if code in FOR_NOBODY or not 400 <= code < 600 or "relay" in words.casefold():
        raise NoServer(words, on_letter=True)
    raise NotNow(words) if code < 500 else Refused(words)


def _check_sender(code: int, said: bytes) -> None:
    """What is said before the address is known is about the site and the sender, but for a letter that is too long."""
    try:
        _check(code, said)
    except (NotNow, Refused, NoServer) as fault:
        if code == TOO_LONG:
            raise
        raise NoServer(fault.said) from fault


def _check_address(code: int, said: bytes) -> None:
    """What is said to an address. Whether it is the address that is wrong, the finer number tells, where there is one (RFC 3463)."""
    try:
        _check(code, said)
    except Refused as fault:
        finer = FINER.match(said)
        raise Refused(fault.said, address=code in NO_SUCH_ADDRESS and (finer is None or finer[1] in (b"1", b"2"))) from fault


def _said(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return _short(f"{code} {words}")


def _short(words: str) -> str:
    """In one line, without signs that nobody sees."""
    return " ".join("".join(each if each.isprintable() else " " for each in words).split())[:MOST]


def _in_words(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        return _said(fault.smtp_code, fault.smtp_error)
    if isinstance(fault, socket.gaierror):
        return "no such name is known here"
    if isinstance(fault, TimeoutError) or isinstance(fault.__context__, TimeoutError):
        return f"it did not answer within {TIMEOUT:g} seconds"
    return _short(str(fault)) or type(fault).__name__


def _wire(message: Message, sender: str, at: datetime) -> bytes:
    """The letter as it goes over the line: plain words, and the same as simple HTML. Raises Refused where it can't be made."""
    made = EmailMessage(policy=WIRE)
    try:
        made["From"] = Address(_short(message.school), addr_spec=sender)
        made["To"] = Address(addr_spec=message.to)
        made["Subject"] = _short(message.subject)
        if message.reply_to.isascii() and message.reply_to:
            made["Reply-To"] = Address(addr_spec=message.reply_to)
        made["Date"] = format_datetime(at)
        made["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
        made["Auto-Submitted"] = "auto-generated"  # RFC 3834, 2004: whoever is away does not answer
        made.set_content(message.text, cte="quoted-printable")
        made.add_alternative(message.html, subtype="html", cte="quoted-printable")
        return made.as_bytes()
    except (MessageError, ValueError, LookupError) as fault:  # one such letter must not stop the others
        raise Refused(f"It can't be made into a letter ({_in_words(fault)})") from fault
