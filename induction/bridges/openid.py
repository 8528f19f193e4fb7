"""Providers of sign-ins, by OpenID Connect: where somebody is sent, who came back, and whether they still may.

Authlib speaks to them and joserfc checks what they sign; both are loaded when a provider is first asked. One that is down or
slow costs whoever asks ten seconds at most, and for a while nobody else anything. What is said over the line stands in
`openid_line.py`, what is asked for and answered in `openid_errands.py`, how a token is judged in `openid_token.py`.
"""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ..rules import openid as rules
from ..rules.openid import Answer, Finding, Found, Provider, ProviderFault, Reason, Still

if TYPE_CHECKING:
    from .openid_errands import Place
    from .openid_line import Line
    from .openid_token import Asked

log = logging.getLogger("induction.openid")

WHOLE = 10.0  # seconds for all that is asked of a provider in one go
THREADS = 4
KNOWN = 3600.0  # seconds that its addresses and keys hold
NEW_KEYS = 60.0  # seconds between two looks for a key that wasn't known
DOWN = 15.0  # seconds for which it is not asked again
LONGEST_CODE = 8192  # letters

T = TypeVar("T")


class _NoThread(ProviderFault):
    """Its turn did not come: others waited for their providers, which says nothing of this one."""


@dataclass(slots=True)
class _Known:
    """What is known of a provider. Its lock is held by the thread that finds out more."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    place: Place | None = None
    keys: list[dict[str, Any]] = field(default_factory=list)
    until: float = 0.0
    keys_again: float = 0.0
    fault: Reason | None = None
    fault_until: float = 0.0


class OpenID:
    """All providers of the site, asked by a few threads of their own. `tick`: seconds that only go forward."""

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick = tick
        self._lock = threading.Lock()
        self._known: dict[str, _Known] = {}
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="openid")
        self._trust: tuple[float, ssl.SSLContext] | None = None

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def start(
        self, provider: Provider, redirect_uri: str, state: str, nonce: str, verifier: str, again: bool = False,
        hint: str = "", consent: bool = False, another: bool = False,
    ) -> str:  # fmt: skip
        """The address to send somebody to. Raises ProviderFault.

        It can be asked later whether they still may. `again`: they shall show anew who they are. `another`: they shall choose
        which account, whoever is signed in there.
        `consent`: they are asked to allow that once more; Google says how to ask later only then, or the first time.
        """
        from .openid_errands import address_there

        return address_there(
            provider, self._place(provider), redirect_uri, state, nonce, verifier,
            again=again, another=another, hint=hint, consent=consent,
        )  # fmt: skip

    def finish(
        self, provider: Provider, redirect_uri: str, code: str, nonce: str, verifier: str, now: datetime,
        again: bool = False, iss: str | None = None,
    ) -> Answer:  # fmt: skip
        """Who came back with that code. Raises ProviderFault. `iss`: whose answer it is, as the address they came back to says."""
        if not rules.is_the_issuers(provider, iss):
            raise ProviderFault(Reason.MIXED_UP)
        if not code or len(code) > LONGEST_CODE or not (code.isascii() and code.isprintable()):
            raise ProviderFault(Reason.CODE_REFUSED)

        def errand(line: Line) -> Answer:
            from . import openid_errands, openid_token

            place = self._learn(provider, line)
            if not rules.is_the_issuers(provider, iss, place.names_itself):  # before the code goes to anybody
                raise ProviderFault(Reason.MIXED_UP)
            tokens, date = openid_errands.spend(line, provider, place, code, redirect_uri, verifier)
            asked = openid_token.Asked(provider, place.algorithms, nonce, now, date, again, tokens.access)
            claims = self._claims(line, place, tokens.id, asked)
            whole = openid_errands.completed(line, provider, place, claims, tokens.access)
            return Answer(rules.account_from(whole, provider), tokens.refresh)

        return self._do(provider, errand)

    def look_again(self, provider: Provider, refresh_token: str) -> Still:
        """Whether the account is still good there. Raises Gone where it says not, ProviderFault where it can't be known."""

        def errand(line: Line) -> Still:
            from .openid_errands import refresh

            return refresh(line, provider, self._learn(provider, line), refresh_token)

        return self._do(provider, errand)

    def test(self, provider: Provider, redirect_uri: str, now: datetime) -> list[Finding]:
        """What is wrong, asked anew and as far as that can be known without somebody who signs in; empty where nothing is."""
        from .openid_trial import try_out

        try:
            return self._run(lambda line: try_out(line, provider, redirect_uri, now))
        except ProviderFault as fault:
            return [Finding(Found.TOO_SLOW if fault.reason is Reason.SLOW else Found.NOT_REACHED)]

    # What is known, and finding out

    def _of(self, provider: Provider) -> _Known:
        with self._lock:
            return self._known.setdefault(provider.issuer, _Known())

    def _place(self, provider: Provider) -> Place:
        known = self._of(provider)
        if known.place and self._tick() < known.until:
            return known.place
        return self._do(provider, lambda line: self._learn(provider, line))

    def _learn(self, provider: Provider, line: Line) -> Place:
        """Its addresses and keys, read at most once an hour, by one thread while others wait."""
        from . import openid_errands

        known = self._of(provider)
        with known.lock:
            if known.place and self._tick() < known.until:
                return known.place
            self._check_up(known)
            try:
                place, _ = openid_errands.discover(line, provider)
                known.keys = openid_errands.keys(line, provider, place)
            except ProviderFault as fault:
                if not line.is_cut:  # else whoever cut it has done so
                    self._hold_against(known, fault)
                raise
            known.place, known.until = place, self._tick() + KNOWN
            return place

    def _claims(self, line: Line, place: Place, token: object, asked: Asked) -> dict[str, Any]:
        """What the token says; where it is signed with a key that isn't known, newer ones are fetched, but not all the time."""
        from . import openid_errands, openid_token

        known = self._of(asked.provider)
        try:
            return openid_token.claims(token, known.keys, asked)
        except openid_token.UnknownKey:
            pass
        with known.lock:
            if self._tick() >= known.keys_again:
                known.keys_again = self._tick() + NEW_KEYS
                known.keys = openid_errands.keys(line, asked.provider, place)
        try:
            return openid_token.claims(token, known.keys, asked)
        except openid_token.UnknownKey:
            raise ProviderFault(Reason.BAD_TOKEN) from None

    # Threads

    def _do(self, provider: Provider, errand: Callable[[Line], T]) -> T:
        """An errand to a provider, unless it could not be read, or was slow, a moment ago."""
        known = self._of(provider)
        try:
            self._check_up(known)
            return self._run(errand)
        except ProviderFault as fault:
            if fault.reason is Reason.SLOW and not isinstance(fault, _NoThread):
                self._hold_against(known, fault)
            log.warning("%s: %s", provider.kind, fault.reason)
            raise

    def _run(self, errand: Callable[[Line], T]) -> T:
        from .openid_line import Line

        line = Line(self._trusted)

        def run() -> T:
            try:
                return errand(line)
            finally:
                line.close()

        done = self._pool.submit(run)
        try:
            return done.result(WHOLE)
        except TimeoutError:
            if done.cancel():
                raise _NoThread(Reason.SLOW) from None
            line.cut()
            raise ProviderFault(Reason.SLOW) from None

    def _check_up(self, known: _Known) -> None:
        if known.fault and self._tick() < known.fault_until:
            raise ProviderFault(known.fault)

    def _hold_against(self, known: _Known, fault: ProviderFault) -> None:
        if self._tick() >= known.fault_until:  # else it was held already, and would be for ever
            known.fault, known.fault_until = fault.reason, self._tick() + DOWN

    def _trusted(self) -> ssl.SSLContext:
        """Whom this machine trusts, read again each hour: that takes as long as many answers."""
        with self._lock:
            if self._trust is None or self._tick() > self._trust[0]:
                self._trust = (self._tick() + KNOWN, ssl.create_default_context())
            return self._trust[1]
