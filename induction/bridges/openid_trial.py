"""Trying out a provider of sign-ins as far as that goes without somebody who signs in, for whoever sets it up."""

from __future__ import annotations

import secrets
from datetime import datetime

from authlib.integrations.base_client import OAuthError

from ..rules.openid import Finding, Found, Provider, ProviderFault, ProviderKind, Reason, is_safe, safe_error
from . import openid_errands
from .openid_errands import Place
from .openid_line import Line
from .openid_token import LEEWAY, how_far_off

IN_DISCOVERY = {
    Reason.DOWN: Found.NOT_REACHED, Reason.SLOW: Found.TOO_SLOW, Reason.NOT_TRUSTED: Found.CERTIFICATE,
    Reason.WRONG_ISSUER: Found.OTHER_ISSUER,
}  # fmt: skip


def try_out(line: Line, provider: Provider, redirect_uri: str, now: datetime) -> list[Finding]:
    """What is wrong; empty where nothing is."""
    if not is_safe(provider.issuer, provider.issuer):
        return [Finding(Found.NOT_HTTPS)]
    try:
        place, date = openid_errands.discover(line, provider)
    except ProviderFault as fault:
        return [Finding(IN_DISCOVERY.get(fault.reason, Found.NOT_OPENID))]
    found = _by_what_it_says(provider, place) + _by_its_keys(line, provider, place)
    found += _by_a_made_up_code(line, provider, place, redirect_uri)
    off = how_far_off(now, date)
    return found + ([Finding(Found.CLOCK, off)] if off is not None and abs(off) > LEEWAY else [])


def _by_what_it_says(provider: Provider, place: Place) -> list[Finding]:
    lacks = {
        Found.NO_CODE_FLOW: not place.code_flow,
        Found.NO_SIGNATURE: not place.algorithms,
        # Microsoft does it and doesn't say so
        Found.NO_PKCE: not place.pkce and provider.kind is not ProviderKind.MICROSOFT,
    }
    return [Finding(what) for what, is_so in lacks.items() if is_so]


def _by_its_keys(line: Line, provider: Provider, place: Place) -> list[Finding]:
    try:
        return [] if openid_errands.keys(line, provider, place) else [Finding(Found.NO_KEYS)]
    except ProviderFault:
        return [Finding(Found.KEYS_NOT_REACHED)]


def _by_a_made_up_code(line: Line, provider: Provider, place: Place, redirect_uri: str) -> list[Finding]:
    """Who the site says that it is, is looked at before the code: one that is refused as a code is a good sign."""
    try:
        with line.to(provider, place.basic, redirect_uri=redirect_uri) as session:
            session.fetch_token(
                place.token, code=secrets.token_urlsafe(24), code_verifier=secrets.token_urlsafe(48),
                grant_type="authorization_code",
            )  # fmt: skip
    except OAuthError as fault:
        code = safe_error(fault.error)
        if code == "invalid_grant":
            return []
        if code == "redirect_uri_mismatch":
            return [Finding(Found.REDIRECT_REFUSED)]
        return [Finding(Found.CLIENT_REFUSED if code in openid_errands.OURS else Found.TOKENS_UNCLEAR)]
    except ProviderFault as fault:
        return [Finding(Found.TOO_SLOW if fault.reason is Reason.SLOW else Found.TOKENS_UNCLEAR)]
    return [Finding(Found.TOKENS_UNCLEAR)]
