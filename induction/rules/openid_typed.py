"""What a lead types to set up signing in elsewhere: what is wrong with it, as far as that can be known without asking there."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import urlsplit

from .openid import AT_HOME, GUID, Provider, ProviderKind, is_safe

LONGEST = 300  # letters of each
FOR_ANYBODY = ("common", "organizations", "consumers")  # in a tenant's place, and anybody could come in
CONSUMERS = ("gmail.com", "googlemail.com")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


class Fault(StrEnum):
    """What is wrong with what a lead typed."""

    NO_CLIENT_ID = "no client id"
    NO_SECRET = "no secret"
    SECRET_ID = "secret id"
    TOO_LONG = "too long"
    NO_DOMAIN = "no domain"
    NOT_A_DOMAIN = "not a domain"
    CONSUMER_DOMAIN = "consumer domain"
    NO_TENANT = "no tenant"
    ANYBODY = "anybody"
    CONSUMER_TENANT = "consumer tenant"
    TENANT_IS_A_NAME = "tenant is a name"
    NOT_A_TENANT = "not a tenant"
    NO_ISSUER = "no issuer"
    NOT_AN_ISSUER = "not an issuer"
    NOT_HTTPS = "not https"
    WELL_KNOWN = "well known"
    IS_GOOGLE = "is google"
    IS_MICROSOFT = "is microsoft"


def faults(provider: Provider) -> dict[str, Fault]:
    """What is wrong with what a lead typed, by field: client_id, client_secret, domain, issuer. Empty where nothing is."""
    found = {
        "client_id": _client_id_fault(provider),
        "client_secret": _secret_fault(provider),
        "domain": _tenant_fault(provider.domain) if provider.kind is ProviderKind.MICROSOFT else _domain_fault(provider),
        "issuer": _issuer_fault(provider.issuer) if provider.kind is ProviderKind.OTHER else None,
    }
    return {name: fault for name, fault in found.items() if fault}


def _client_id_fault(provider: Provider) -> Fault | None:
    if not provider.client_id:
        return Fault.NO_CLIENT_ID
    return Fault.TOO_LONG if len(provider.client_id) > LONGEST else None


def _secret_fault(provider: Provider) -> Fault | None:
    if not provider.client_secret:  # another provider may do without: PKCE stands
        return None if provider.kind is ProviderKind.OTHER else Fault.NO_SECRET
    if provider.kind is ProviderKind.MICROSOFT and GUID.fullmatch(provider.client_secret.casefold()):
        return Fault.SECRET_ID
    return Fault.TOO_LONG if len(provider.client_secret) > LONGEST else None


def _tenant_fault(tenant: str) -> Fault | None:
    if not tenant:
        return Fault.NO_TENANT
    if tenant in FOR_ANYBODY:
        return Fault.ANYBODY
    if tenant == AT_HOME:
        return Fault.CONSUMER_TENANT
    if GUID.fullmatch(tenant):
        return None
    return Fault.TENANT_IS_A_NAME if DOMAIN.fullmatch(tenant) else Fault.NOT_A_TENANT


def _domain_fault(provider: Provider) -> Fault | None:
    if not provider.domain:
        return Fault.NO_DOMAIN if provider.kind is ProviderKind.GOOGLE else None
    if len(provider.domain) > LONGEST or not DOMAIN.fullmatch(provider.domain):
        return Fault.NOT_A_DOMAIN
    return Fault.CONSUMER_DOMAIN if provider.domain in CONSUMERS else None


def _issuer_fault(issuer: str) -> Fault | None:
    if not issuer:
        return Fault.NO_ISSUER
    try:
        parts = urlsplit(issuer)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return Fault.NOT_AN_ISSUER
    if not host or parts.query or parts.fragment or parts.username is not None or not issuer.isprintable() or " " in issuer:
        return Fault.NOT_AN_ISSUER
    if len(issuer) > LONGEST:
        return Fault.TOO_LONG
    if not is_safe(issuer, issuer):
        return Fault.NOT_HTTPS
    if "/.well-known/" in parts.path:
        return Fault.WELL_KNOWN
    own = {"accounts.google.com": Fault.IS_GOOGLE, "login.microsoftonline.com": Fault.IS_MICROSOFT}
    return own.get(host)  # without their own checks anybody with an account there could come in
