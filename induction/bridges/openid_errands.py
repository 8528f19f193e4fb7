"""What is asked of a provider of sign-ins, and what of its answers is taken.

An error that it names is logged by its code, cut to letters that are safe; its words are neither logged nor shown.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from ..rules.openid import Gone, Provider, ProviderFault, ProviderKind, Reason, Still, is_safe, safe_error
from . import openid_token
from .openid_line import Line

log = logging.getLogger("induction.openid")

ANEW = "300"  # seconds: so that it says when they showed it. By nought, some send people round in circles
WELL_KNOWN = "/.well-known/openid-configuration"
SCOPE = "openid profile email"
FROM_USERINFO = ("email", "email_verified", "name", "given_name", "family_name", "preferred_username")
OURS = ("invalid_client", "unauthorized_client", "redirect_uri_mismatch", "unsupported_grant_type")
LATER = ("temporarily_unavailable", "server_error")


@dataclass(frozen=True, slots=True)
class Place:
    """What a provider says of itself."""

    authorize: str
    token: str
    keys: str
    userinfo: str | None
    algorithms: tuple[str, ...]  # of those that are taken
    basic: bool  # how the client says who it is
    offline: bool  # whether it knows the scope
    names_itself: bool  # in each answer (RFC 9207)
    code_flow: bool
    pkce: bool


@dataclass(frozen=True, slots=True)
class Tokens:
    id: object = field(repr=False)
    access: str | None = field(repr=False)
    refresh: str | None = field(repr=False)


def discover(line: Line, provider: Provider) -> tuple[Place, str | None]:
    """What the provider says of itself, and what time it is there. Raises ProviderFault."""
    said, date = line.get(provider, provider.issuer.removesuffix("/") + WELL_KNOWN)
    if said.get("issuer") != provider.issuer:
        raise ProviderFault(Reason.WRONG_ISSUER)
    return _place(said, provider), date


def keys(line: Line, provider: Provider, place: Place) -> list[dict[str, Any]]:
    """The keys that the provider signs with today."""
    said, _ = line.get(provider, place.keys)
    return openid_token.public_keys(said)


def address_there(
    provider: Provider, place: Place, redirect_uri: str, state: str, nonce: str, verifier: str, *,
    again: bool, another: bool, hint: str, consent: bool,
) -> str:  # fmt: skip
    """The address at the provider to send somebody to."""
    google = provider.kind is ProviderKind.GOOGLE
    more: dict[str, str] = {"nonce": nonce}
    chooses = google or (another and not again and provider.kind is ProviderKind.MICROSOFT)
    prompts = ["select_account" if chooses else "login"] if again or another else []
    if again and not google:  # which offers the account again and asks nobody who they are
        more["max_age"] = ANEW
    if google:
        more["access_type"] = "offline"
    if consent:
        prompts.append("consent")
    if prompts:
        more["prompt"] = " ".join(prompts)
    if hint:
        more["login_hint"] = hint
    if google:
        more["hd"] = provider.domain  # which account is offered; whether it is one of the school's, the token says
    scope = f"{SCOPE} offline_access" if not google and place.offline else SCOPE
    session = OAuth2Session(provider.client_id, scope=scope, redirect_uri=redirect_uri, code_challenge_method="S256")
    with session:
        return str(session.create_authorization_url(place.authorize, state, verifier, **more)[0])


def spend(
    line: Line, provider: Provider, place: Place, code: str, redirect_uri: str, verifier: str
) -> tuple[Tokens, str | None]:
    """What the code is worth, and what time it is there. Raises ProviderFault."""
    dates: list[str | None] = []

    def note(answer: Any) -> Any:
        dates.append(answer.headers.get("Date"))
        return answer

    with line.to(provider, place.basic, redirect_uri=redirect_uri) as session:
        session.register_compliance_hook("access_token_response", note)
        try:
            said = session.fetch_token(place.token, code=code, code_verifier=verifier, grant_type="authorization_code")
        except OAuthError as fault:
            raise as_fault(provider, fault) from None
    return Tokens(said.get("id_token"), _text(said.get("access_token")), _text(said.get("refresh_token"))), dates[-1]


def refresh(line: Line, provider: Provider, place: Place, token: str) -> Still:
    """Raises Gone, ProviderFault."""
    with line.to(provider, place.basic) as session:
        try:
            said = session.refresh_token(place.token, refresh_token=token)
        except OAuthError as fault:
            if fault.error == "invalid_grant":
                raise Gone from None
            raise as_fault(provider, fault) from None
    new = _text(said.get("refresh_token"))
    return Still(None if new == token else new)


def completed(
    line: Line, provider: Provider, place: Place, claims: dict[str, Any], access: str | None
) -> dict[str, Any]:
    """The claims of a token, with address and name from where another provider keeps them, if it does. Raises ProviderFault."""
    lacks = any(each not in claims for each in ("email", "email_verified", "name"))
    if provider.kind is not ProviderKind.OTHER or not lacks or not place.userinfo or not access:
        return claims
    said, _ = line.get(provider, place.userinfo, access)
    if said.get("sub") != claims.get("sub"):
        raise ProviderFault(Reason.BAD_TOKEN)
    more = {name: said[name] for name in FROM_USERINFO if name in said}
    if "email" in claims and claims["email"] != more.get("email"):  # then it is of another address that it is proved
        more.pop("email_verified", None)
    return more | claims


def as_fault(provider: Provider, fault: OAuthError) -> ProviderFault:
    """An error that the token endpoint names."""
    code = safe_error(fault.error)
    log.warning("%s: it says %s", provider.kind, code)
    if code == "invalid_grant":
        return ProviderFault(Reason.CODE_REFUSED)
    if code in OURS:
        return ProviderFault(Reason.CLIENT_REFUSED)
    return ProviderFault(Reason.DOWN if code in LATER else Reason.NONSENSE)


def _place(said: dict[str, Any], provider: Provider) -> Place:
    """Raises ProviderFault where what it says of itself can't be used."""
    where = {name: said.get(f"{name}_endpoint") for name in ("authorization", "token", "userinfo")}
    where["keys"] = said.get("jwks_uri")
    for name, address in where.items():
        missing = address is None and name == "userinfo"
        if not missing and not (isinstance(address, str) and is_safe(address, provider.issuer)):
            raise ProviderFault(Reason.NONSENSE)
    signs = _list(said, "id_token_signing_alg_values_supported")
    ways = _list(said, "token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    scopes = _list(said, "scopes_supported")
    return Place(
        str(where["authorization"]), str(where["token"]), str(where["keys"]), _text(where["userinfo"]),
        tuple(each for each in openid_token.OF if each in signs),
        basic="client_secret_basic" in ways or "client_secret_post" not in ways,
        offline=not scopes or "offline_access" in scopes,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
        code_flow="code" in _list(said, "response_types_supported"),
        pkce="S256" in _list(said, "code_challenge_methods_supported"),
    )  # fmt: skip


def _list(said: dict[str, Any], name: str) -> list[Any]:
    value = said.get(name)
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
