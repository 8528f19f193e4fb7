"""Signing in elsewhere: why somebody could not come in, what is wrong with how it is set up, and what to do."""

from __future__ import annotations

from datetime import timedelta

from ..rules.openid import Finding, Found, Provider, ProviderKind, Reason, Refusal
from ..rules.openid_typed import Fault
from .numbers import in_figures

_NOTHING = "Nothing was changed."
_ELSE = "Sign in with your password meanwhile, if you have one."
_TELL = "Tell your induction lead."
_OWN = {
    ProviderKind.GOOGLE: "your school’s Google account",
    ProviderKind.MICROSOFT: "your school’s Microsoft account",
}


def refused(refusal: Refusal, provider: Provider) -> str:
    """To whoever came back with an account that may not come in."""
    name = provider.label
    own = _OWN.get(provider.kind, f"your school’s account at {name}")
    said = {
        Refusal.CONSUMER: (
            f"That was a personal {name} account, and this site knows only accounts of the school. {_NOTHING}"
            f" Choose {own} instead; {name} may ask you to sign out of the other one first."
        ),
        Refusal.OTHER_TENANT: (
            f"That {name} account belongs to another school or organisation. {_NOTHING} Choose {own} instead."
        ),
        Refusal.OTHER_DOMAIN: (
            f"That {name} account has an address of another school or organisation, not of {provider.domain}. {_NOTHING}"
            f" Choose {own} instead."
        ),
        Refusal.NOT_PROVED: (
            f"{name} does not say that the email address of that account is really yours, so the site can’t go by it."
            f" {_NOTHING} Tell your induction lead, who can see to it. {_ELSE}"
        ),
        Refusal.GUEST: (
            f"That account is a guest at the school’s {name}; it belongs to another organisation. {_NOTHING}"
            f" Choose {own} instead. If you have none, sign in with a password: your induction lead can send you a link."
        ),
        Refusal.NO_SUBJECT: (
            f"{name} did not say which account that was, so the site can’t tell whose it is. {_NOTHING} {_ELSE} {_TELL}"
        ),
    }
    return said[refusal]


def fault(reason: Reason, provider: Provider, off: timedelta | None = None) -> str:
    """To whoever could not be signed in because of the provider, or of how it is set up."""
    name = provider.label
    if reason is Reason.CLOCK:
        return (
            f"You were not signed in: the clock of the server that this site runs on seems wrong{_by(off)}, so the site can’t"
            f" tell whether what {name} says is of today. {_NOTHING} {_ELSE} Tell whoever looks after the server."
        )
    said = {
        Reason.DOWN: f"{name} can’t be reached from this site at the moment. {_NOTHING} Try again in a minute. {_ELSE}",
        Reason.SLOW: f"{name} did not answer in time. {_NOTHING} Try again in a minute. {_ELSE}",
        Reason.NOT_TRUSTED: (
            f"The site could not make sure that it was speaking to {name}, so it stopped. {_NOTHING} {_ELSE} {_TELL}"
        ),
        Reason.WRONG_ISSUER: (
            f"The answer names another sender than the {name} that this site is set up for, so it was not believed."
            f" {_NOTHING} {_ELSE} {_TELL}"
        ),
        Reason.BAD_TOKEN: (
            f"What {name} said of you could not be proved genuine, so it was not believed. {_NOTHING} Sign in once more."
            f" If it happens again, tell your induction lead. {_ELSE}"
        ),
        Reason.CODE_REFUSED: (
            f"{name} no longer knows of that sign-in. It may have been used already, or taken too long. {_NOTHING}"
            " Sign in once more."
        ),
        Reason.CLIENT_REFUSED: (
            f"{name} does not accept this site: how signing in with {name} is set up has to be looked at. {_NOTHING} {_ELSE} {_TELL}"
        ),
        Reason.NOT_ANEW: (
            f"{name} did not ask you again who you are, as it should have before this. {_NOTHING}"
            f" Sign out at {name}, then try again."
        ),
        Reason.MIXED_UP: (
            f"That answer did not come from {name}, where you were sent, so it was not used. {_NOTHING} Sign in once more."
        ),
        Reason.NONSENSE: (
            f"{name} answered something that this site does not understand. {_NOTHING} {_ELSE} If it goes on, tell your induction lead."
        ),
    }
    return said[reason]


def came_back(error: str, provider: Provider) -> str:
    """To whoever the provider sent back with an error instead of an answer, by its safe code."""
    name = provider.label
    if error == "access_denied":
        return f"You stopped signing in at {name}, or {name} does not let you use this site. {_NOTHING} You can sign in as before."
    if error in ("login_required", "interaction_required", "account_selection_required", "consent_required"):
        return f"{name} wants to ask you something first. {_NOTHING} Sign in once more and answer what it asks."
    if error in ("temporarily_unavailable", "server_error"):
        return fault(Reason.DOWN, provider)
    return fault(Reason.CLIENT_REFUSED, provider)


def typed(what: Fault) -> str:
    """To a lead, beside the field."""
    return _TYPED[what]


_TYPED = {
    Fault.NO_CLIENT_ID: "Write the client ID that the provider gave you for this site.",
    Fault.NO_SECRET: "Write the client secret that the provider gave you for this site.",
    Fault.SECRET_ID: "That is the secret’s ID. Copy what stands under Value beside it; Microsoft shows that only once.",
    Fault.TOO_LONG: "Use at most 300 characters.",
    Fault.NO_DOMAIN: (
        "Write your school’s Google Workspace domain, such as school.example. Without it anybody with a Google account"
        " could ask to come in."
    ),
    Fault.NOT_A_DOMAIN: (
        "Write a domain alone, such as school.example: what stands after the @ in your school’s"
        " addresses."
    ),
    Fault.CONSUMER_DOMAIN: "That domain is everybody’s. Write your school’s own, such as school.example.",
    Fault.NO_TENANT: "Write the Directory (tenant) ID. It stands on the overview of the app at Microsoft.",
    Fault.ANYBODY: "With that word people of any school could come in. Write your school’s own Directory (tenant) ID.",
    Fault.CONSUMER_TENANT: (
        "That is the tenant of personal Microsoft accounts. Write your school’s own Directory (tenant)"
        " ID."
    ),
    Fault.TENANT_IS_A_NAME: (
        "That is a domain. Write the Directory (tenant) ID, which is figures and letters with four hyphens; it stands"
        " on the app’s overview at Microsoft."
    ),
    Fault.NOT_A_TENANT: (
        "That is no tenant ID. It is figures and letters with four hyphens, and stands on the app’s overview at"
        " Microsoft."
    ),
    Fault.NO_ISSUER: (
        "Write the issuer: the address that the provider names itself by, such as"
        " https://sign-in.school.example/realms/staff."
    ),
    Fault.NOT_AN_ISSUER: (
        "Write the issuer as an address alone, such as https://sign-in.school.example/realms/staff, without a question"
        " mark or spaces."
    ),
    Fault.NOT_HTTPS: "The issuer has to begin with https, or passwords and secrets could be read on the way.",
    Fault.WELL_KNOWN: "Leave out /.well-known/ and what follows: the issuer is what stands before it.",
    Fault.IS_GOOGLE: "That is Google. Set it up under Google, where the school’s domain is checked as well.",
    Fault.IS_MICROSOFT: "That is Microsoft. Set it up under Microsoft, where the school’s tenant is checked as well.",
}


def finding(found: Finding, provider: Provider) -> str:
    """To a lead who tried out what they set up: what is wrong, and what to do."""
    name = provider.label
    if found.what is Found.CLOCK:
        return (
            f"The clock of this server and that of {name} differ{_by(found.off, 'this one')}. Whoever looks after the server should set"
            " it right, or sign-ins will be refused."
        )
    secret = {
        ProviderKind.GOOGLE: "in Google’s console under Clients",
        ProviderKind.MICROSOFT: "at Microsoft under Certificates & secrets, where you also see when the secret ends",
    }.get(provider.kind, f"at {name}")
    written = " Look at how that is written." if provider.kind is ProviderKind.OTHER else ""
    return _FOUND[found.what].format(name=name, issuer=provider.issuer, secret=secret, written=written)


_FOUND = {
    Found.NOT_REACHED: (
        "{name} can’t be reached from this server at {issuer}.{written} The service may reach only this machine until whoever looks"
        " after it has done “Signing in with Google or Microsoft” in docs/running.md."
    ),
    Found.TOO_SLOW: (
        "{name} did not answer within ten seconds. Try again; if it stays so, see whether the server reaches the"
        " internet."
    ),
    Found.NOT_HTTPS: (
        "The issuer {issuer} does not begin with https, so passwords and secrets could be read on the"
        " way."
    ),
    Found.CERTIFICATE: (
        "This server does not trust the certificate shown at {issuer}. It may have run out, or a filter of the"
        " school’s network opens what is sent."
    ),
    Found.NOT_OPENID: (
        "What answers at {issuer} is no OpenID Connect provider. The issuer has to be written exactly as the provider"
        " names it."
    ),
    Found.OTHER_ISSUER: (
        "At {issuer} another issuer answers. Write it letter for letter as the provider does, with a slash at its end"
        " or without."
    ),
    Found.NO_CODE_FLOW: "{name} does not offer the code flow, which this site needs (response type “code”).",
    Found.NO_SIGNATURE: "{name} offers no signature that this site takes. Choose RS256, ES256, PS256 or EdDSA there.",
    Found.NO_PKCE: (
        "{name} does not say that it knows PKCE with S256, by which only the browser that began a sign-in finishes it. Switch it on"
        " there."
    ),
    Found.KEYS_NOT_REACHED: (
        "The keys of {name} can’t be fetched, without which nothing it says can be checked. Look at its address of the"
        " key set (JWKS)."
    ),
    Found.NO_KEYS: "{name} shows no key that its answers could be checked with. Look at its key set (JWKS).",
    Found.CLIENT_REFUSED: (
        "{name} refuses the client ID or the client secret. Look at both {secret}, and copy them"
        " again."
    ),
    Found.REDIRECT_REFUSED: "{name} does not know the address to come back to. Add it there as it stands below.",
    Found.TOKENS_UNCLEAR: (
        "When {name} was sent a made-up sign-in, it answered something else than that it does not know it. The client"
        " ID and secret could not be checked."
    ),
}


def to_check(provider: Provider, redirect_uri: str) -> list[str]:
    """What a test can't know, for a lead who tried it out."""
    said = [f"See that {provider.label} has {redirect_uri} as the address to come back to, letter for letter."]
    if provider.kind is ProviderKind.GOOGLE:
        said.append("See that in Google’s console the audience is Internal.")
    if provider.kind is ProviderKind.MICROSOFT:
        said.append("See that the app’s supported accounts are those of this organisational directory only.")
    if provider.kind is ProviderKind.OTHER:
        said.append(
            "See that it says whether an address is proved (email_verified); without that, and with a domain set, nobody gets in."
        )
    return [*said, "Then sign in with it once yourself, in a private window."]


def _by(off: timedelta | None, what: str = "it") -> str:
    """*: it is 10 minutes ahead*, of this machine's clock."""
    if off is None:
        return ""
    minutes = max(1, round(abs(off).total_seconds() / 60))
    apart = in_figures(minutes, "minute") if minutes < 120 else in_figures(round(minutes / 60), "hour")
    return f" ({what} is about {apart} {'fast' if off > timedelta() else 'slow'})"
