"""A real mail server (aiosmtpd), which keeps what it takes and can be told how to answer."""

from __future__ import annotations

import email
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from induction.settings import MailServer, from_environment
from tests.ports import free_port


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter as the server took it."""

    to: list[str]
    sender: str
    message: EmailMessage
    wire: bytes

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return part.get_content().replace("\r\n", "\n") if part else ""

    @property
    def html(self) -> str:
        part = self.message.get_body(("html",))
        return part.get_content().replace("\r\n", "\n") if part else ""


@dataclass
class Answers:
    """How the server answers. A function may look at what is asked."""

    mail: Callable[[str], str | None] = lambda sender: None  # None: it lets them write
    rcpt: Callable[[str], str | None] = lambda address: None  # None: it takes the address
    data: Callable[[Arrived], str | None] = lambda arrived: None  # None: it takes the letter
    arrived: list[Arrived] = field(default_factory=list)
    connections: int = 0
    login: bool = False  # whether one has to sign in first

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        said = "530 5.7.0 Authentication required" if self.login and not session.authenticated else self.mail(address)
        if said is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return said or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        said = self.rcpt(address)
        if said is None:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=default)
        one = Arrived(list(envelope.rcpt_tos), envelope.mail_from, message, envelope.content)
        said = self.data(one)
        if said is None:
            self.arrived.append(one)
        return said or f"250 OK: queued as {len(self.arrived)}"


class PostOffice(Controller):
    """The server, on a free port of this machine, while the `with` lasts."""

    def __init__(
        self, *, name: str | None = None, password: str | None = None, context: ssl.SSLContext | None = None,
        starttls: bool = False,
    ) -> None:  # fmt: skip
        self.answers = Answers()
        more: dict[str, Any] = {}
        if name is not None:

            def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
                good = isinstance(data, LoginPassword) and (data.login, data.password) == (name.encode(), (password or "").encode())
                return AuthResult(success=good, handled=False)  # handled, a refused login would hang

            more |= {"authenticator": check, "auth_require_tls": False}
            self.answers.login = True  # asked for here, since aiosmtpd warns where it asks without TLS
        self._name, self._password = name, password
        if context is not None and starttls:
            more |= {"tls_context": context}
        super().__init__(
            self.answers, hostname="127.0.0.1", port=free_port(), ssl_context=None if starttls else context, **more
        )

    @property
    def arrived(self) -> list[Arrived]:
        return self.answers.arrived

    @property
    def url(self) -> str:
        login = f"{quote(self._name, safe='')}:{quote(self._password or '', safe='')}@" if self._name else ""
        return f"smtp://{login}127.0.0.1:{self.port}?from=induction@school.example"

    @property
    def set_up(self) -> MailServer:
        """As the settings name it, in the plain."""
        return from_environment({"INDUCTION_DATA": "/nowhere", "INDUCTION_SMTP": self.url}).smtp

    def wait_for(self, count: int, seconds: float = 20) -> list[Arrived]:
        """The letters, once there are so many."""
        until = time.monotonic() + seconds
        while len(self.arrived) < count:
            assert time.monotonic() < until, f"{len(self.arrived)} of {count} letters came: {[each.subject for each in self.arrived]}"
            threading.Event().wait(0.02)
        return self.arrived

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Blunt(socketserver.ThreadingTCPServer):
    """A server of few words, for what aiosmtpd is too well-behaved to do.

    `say` is asked for each line that comes (empty at the beginning, `.` for the words of a letter): the bytes of the answer,
    nothing for silence, or None to hang up.
    """

    allow_reuse_address = daemon_threads = True
    block_on_close = False  # who is silent is left alone

    def __init__(self, say: Callable[[str], bytes | None]) -> None:
        self.lines: list[str] = []
        self._ask, self.over = say, threading.Event()
        super().__init__(("127.0.0.1", free_port()), _BluntTalk)

    def say(self, line: str) -> bytes | None:
        self.lines.append(line)
        return self._ask(line)

    @property
    def set_up(self) -> MailServer:
        host, port = self.server_address
        url = f"smtp://{host}:{port}?from=induction@school.example"
        return from_environment({"INDUCTION_DATA": "/nowhere", "INDUCTION_SMTP": url}).smtp

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()


class _BluntTalk(socketserver.StreamRequestHandler):
    server: Blunt

    def handle(self) -> None:
        if not self._answer(""):
            return
        for line in self.rfile:
            words = line.decode().strip()
            if words == "DATA" and not self._answer(words):
                return
            if words == "DATA" and self._taken:
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    pass
                words = "."
            elif words == "DATA":
                continue
            if not self._answer(words):
                return

    def _answer(self, line: str) -> bool:
        said = self.server.say(line)
        if said == b"":
            self.server.over.wait()
        self._taken = bool(said) and said.startswith(b"354")
        if said:
            self.wfile.write(said)
        return bool(said)


def usual(line: str) -> bytes:
    """What a server says when all is well."""
    word = line.partition(" ")[0].upper()
    return {"": b"220 here\r\n", "DATA": b"354 go on\r\n", "QUIT": b"221 bye\r\n"}.get(word, b"250 OK\r\n")


def but(**others: bytes | None) -> Callable[[str], bytes | None]:
    """The usual, but for these: RCPT=b"…"; `dot` after a letter's words, `hello` at the beginning."""

    def say(line: str) -> bytes | None:
        word = {"": "hello", ".": "dot"}.get(line, line.partition(" ")[0].upper())
        return others[word] if word in others else usual(line)

    return say


class Certificates:
    """A certificate authority of the test's own, in a folder, and certificates of it for 127.0.0.1."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.authority = folder / "authority.pem"
        self._openssl("req", "-x509", *self._KEY, "-keyout", "authority.key", "-out", "authority.pem", "-subj", "/CN=Tests", "-days", "2")

    _KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")

    def context(self, days: int = 2, name: str = "IP:127.0.0.1") -> ssl.SSLContext:
        """For a server; it ended yesterday where `days` is less than nothing."""
        (self._folder / "names").write_text(f"subjectAltName={name}\n")
        self._openssl("req", *self._KEY, "-keyout", "server.key", "-out", "asked.csr", "-subj", "/CN=mail")
        self._openssl(
            "x509", "-req", "-in", "asked.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial",
            "-days", str(days), "-extfile", "names", "-out", "server.pem",
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / "server.pem", self._folder / "server.key")
        return context

    def _openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self._folder, check=True, capture_output=True)
