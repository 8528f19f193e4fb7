"""Signing in elsewhere, by OpenID Connect: which accounts there are the school's own, and whose.

What a token is signed with, when and for whom it was made is looked at where it comes in (`bridges/openid.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from . import email_address, text

GOOGLE = "https://accounts.google.com"
MICROSOFT = "https://login.microsoftonline.com"
AT_HOME = "9188040d-6c67-4c5b-b112-36a304b66dad"  # the tenant of everybody's own Microsoft account
LONGEST_SUBJECT = 255  # letters (OpenID Connect Core, 2)
GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ERROR = re.compile(r"[a-z_]{1,40}")


class ProviderKind(StrEnum):
    GOOGLE = "google"
    MICROSOFT = "microsoft"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Provider:
    """Where people sign in. `domain`: Google's Workspace domain, Microsoft's tenant, an email domain or nothing of another."""

    kind: ProviderKind
    label: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    domain: str


@dataclass(frozen=True, slots=True)
class Account:
    """One of the school's own accounts there. `subject` never changes and is nobody else's; address and name may."""

    issuer: str
    subject: str
    address: str  # normal, or empty
    address_is_proved: bool
    name: str  # fit to keep, or empty


class Refusal(StrEnum):
    """Why an account there is none that may come in."""

    CONSUMER = "consumer account"
    OTHER_TENANT = "other tenant"
    OTHER_DOMAIN = "other domain"
    NOT_PROVED = "address not proved"
    GUEST = "guest"
    NO_SUBJECT = "no subject"


class Reason(StrEnum):
    """Why it could not be found out who somebody is."""

    DOWN = "down"
    SLOW = "slow"
    NOT_TRUSTED = "not trusted"
    WRONG_ISSUER = "wrong issuer"
    BAD_TOKEN = "bad token"
    CLOCK = "clock"
    CODE_REFUSED = "code refused"
    CLIENT_REFUSED = "client refused"
    NOT_ANEW = "not anew"
    MIXED_UP = "mixed up"
    NONSENSE = "nonsense"


class Found(StrEnum):
    """What a test of a provider finds."""

    NOT_REACHED = "not reached"
    TOO_SLOW = "too slow"
    NOT_HTTPS = "not https"
    CERTIFICATE = "certificate"
    NOT_OPENID = "not openid"
    OTHER_ISSUER = "other issuer"
    NO_CODE_FLOW = "no code flow"
    NO_SIGNATURE = "no signature"
    NO_PKCE = "no pkce"
    KEYS_NOT_REACHED = "keys not reached"
    NO_KEYS = "no keys"
    CLIENT_REFUSED = "client refused"
    REDIRECT_REFUSED = "redirect refused"
    TOKENS_UNCLEAR = "tokens unclear"
    CLOCK = "clock"


class ProviderFault(Exception):
    """It could not be found out who somebody is. Holds no secret, and nothing of what the provider said."""

    def __init__(self, reason: Reason, off: timedelta | None = None) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.off = off  # by how much this machine's clock is ahead of the provider's, where that is the reason


class Gone(Exception):
    """The provider says that a sign-in there has ended: the account was closed, or its owner or the school took it back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Who came back from the provider. `refresh_token`: by which the provider is asked later whether they still may."""

    account: Account | Refusal
    refresh_token: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Still:
    """The account is still good there. `refresh_token`: the one to ask with next time; None where it is the same."""

    refresh_token: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a test of a provider found wrong."""

    what: Found
    off: timedelta | None = None  # by how much this machine's clock is ahead, where that is it


def google(client_id: str, client_secret: str, domain: str) -> Provider:
    """Google, for the school's Workspace domain."""
    return Provider(ProviderKind.GOOGLE, "Google", GOOGLE, client_id.strip(), client_secret.strip(), _domain(domain))


def microsoft(client_id: str, client_secret: str, tenant: str) -> Provider:
    """Microsoft, for the school's tenant."""
    tenant = tenant.strip().casefold()
    return Provider(
        ProviderKind.MICROSOFT, "Microsoft", f"{MICROSOFT}/{tenant}/v2.0", client_id.strip(), client_secret.strip(), tenant
    )


def other(label: str, issuer: str, client_id: str, client_secret: str, domain: str = "") -> Provider:
    """Another provider. Its issuer stays as it was typed, with or without a slash at its end: it is compared sign by sign."""
    return Provider(
        ProviderKind.OTHER, label.strip(), issuer.strip(), client_id.strip(), client_secret.strip(), _domain(domain)
    )


def account_from(claims: Mapping[str, object], provider: Provider) -> Account | Refusal:
    """The account that a good token tells of, or why it may not come in. Name and address alone never keep anybody out."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject.strip() or len(subject) > LONGEST_SUBJECT:
        return Refusal.NO_SUBJECT
    if provider.kind is ProviderKind.GOOGLE:
        return _googles(claims, provider, subject)
    return _microsofts(claims, provider) if provider.kind is ProviderKind.MICROSOFT else _anothers(claims, provider, subject)


def is_the_issuers(provider: Provider, iss: str | None, promised: bool = False) -> bool:
    """Whether an answer in the browser comes from this provider and from no other (RFC 9207, 2022).

    `promised`: the provider says that it always names itself.
    """
    return not promised if iss is None else iss == provider.issuer


def safe_error(code: object) -> str:
    """The code of a provider's error as it may be logged; `unknown` where it is none."""
    return code if isinstance(code, str) and ERROR.fullmatch(code) else "unknown"


def is_safe(address: str, issuer: str) -> bool:
    """Whether secrets may go to this address: by https, or on this machine where the issuer is there as well."""
    try:
        parts = urlsplit(address)
        near = is_loopback(parts.hostname or "") and is_loopback(urlsplit(issuer).hostname or "")
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and near))


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _googles(claims: Mapping[str, object], provider: Provider, subject: str) -> Account | Refusal:
    domain = claims.get("hd")
    if not isinstance(domain, str) or not domain:
        return Refusal.CONSUMER
    if not provider.domain or domain.casefold() != provider.domain.casefold():
        return Refusal.OTHER_DOMAIN
    address = _address(claims.get("email"))
    if not address or not _is_true(claims.get("email_verified")):
        return Refusal.NOT_PROVED
    return Account(provider.issuer, subject, address, True, _name(claims))


def _microsofts(claims: Mapping[str, object], provider: Provider) -> Account | Refusal:
    """By tenant and object: `sub` is another for each app that a school registers, and these stay."""
    tenant, who = (str(claims.get(each) or "").casefold() for each in ("tid", "oid"))
    if tenant == AT_HOME:
        return Refusal.CONSUMER
    if not provider.domain or tenant != provider.domain.casefold():
        return Refusal.OTHER_TENANT
    if _is_a_guest(claims, tenant):
        return Refusal.GUEST
    if not GUID.fullmatch(who):
        return Refusal.NO_SUBJECT
    address = _address(claims.get("email")) or _address(claims.get("preferred_username"))
    return Account(provider.issuer, f"{tenant}.{who}", address, bool(address), _name(claims))


def _is_a_guest(claims: Mapping[str, object], tenant: str) -> bool:
    home = claims.get("idp")
    at_home = home is None or home == claims.get("iss") or f"/{tenant}/" in f"{home}/".casefold()
    return not at_home or claims.get("acct") in (1, "1")


def _anothers(claims: Mapping[str, object], provider: Provider, subject: str) -> Account | Refusal:
    address = _address(claims.get("email"))
    proved = bool(address) and _is_true(claims.get("email_verified"))
    if provider.domain:
        if not proved:
            return Refusal.NOT_PROVED  # anybody may say that they are of the school's domain
        if address.rpartition("@")[2] != provider.domain.casefold():
            return Refusal.OTHER_DOMAIN
    return Account(provider.issuer, subject, address, proved, _name(claims))


def _is_true(claim: object) -> bool:
    return claim is True or claim == "true"  # some send it as a word


def _address(claim: object) -> str:
    """An address that needs no reading: what somebody pastes is read kindly, what a provider says is that address or none."""
    try:
        return claim.lower() if isinstance(claim, str) and claim.lower() == email_address.normal(claim) else ""
    except text.Unfit:
        return ""


def _name(claims: Mapping[str, object]) -> str:
    parts = (claims.get("given_name"), claims.get("family_name"))
    for said in (claims.get("name"), " ".join(each for each in parts if isinstance(each, str))):
        try:
            if isinstance(said, str) and (fit := text.name(said)):
                return fit
        except text.Unfit:
            continue
    return ""


def _domain(typed: str) -> str:
    return typed.strip().removeprefix("@").casefold()
