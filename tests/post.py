"""A real mail server (aiosmtpd), which keeps what it takes and can be told how to answer."""

from __future__ import annotations

import email
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.ports import free_port


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter as the server took it."""

    to: list[str]
    sender: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return part.get_content() if part else ""

    @property
    def html(self) -> str:
        part = self.message.get_body(("html",))
        return part.get_content() if part else ""


@dataclass
class Answers:
    """How the server answers. A function may look at what is asked."""

    rcpt: Callable[[str], str | None] = lambda address: None  # None: it takes the address
    data: Callable[[Arrived], str | None] = lambda arrived: None  # None: it takes the letter
    arrived: list[Arrived] = field(default_factory=list)
    connections: int = 0

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
        one = Arrived(list(envelope.rcpt_tos), envelope.mail_from, message)
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

            more |= {"authenticator": check, "auth_required": True, "auth_require_tls": False}
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
        return f"smtp://127.0.0.1:{self.port}?from=induction@school.example"

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
