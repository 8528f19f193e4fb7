"""Setting up where people sign in elsewhere, and what a test of it finds, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..rules.openid import Finding, Found, Provider, ProviderKind
from . import openid
from .numbers import counted

USUAL_LABEL = "your school account"  # of a provider that has no name: *Sign in with your school account*
MOST_NAMED = 10
NEW_SECRET = "a new client secret"
NAMES = {ProviderKind.GOOGLE: "Google", ProviderKind.MICROSOFT: "Microsoft", ProviderKind.OTHER: "another provider"}
CLIENT_IDS = {
    ProviderKind.GOOGLE: "Client ID",
    ProviderKind.MICROSOFT: "Application (client) ID",
    ProviderKind.OTHER: "Client ID",
}
DOMAINS = {
    ProviderKind.GOOGLE: "Google Workspace domain",
    ProviderKind.MICROSOFT: "Directory (tenant) ID",
    ProviderKind.OTHER: "Domain of the school’s addresses",
}
DOMAIN_HINTS = {
    ProviderKind.GOOGLE: (
        "What stands after the @ in your school’s Google accounts, such as school.example. Nobody of another domain gets in."
    ),
    ProviderKind.MICROSOFT: (
        "Your school’s number at Microsoft: figures and letters with four hyphens, from the app’s overview. Nobody of another"
        " school gets in."
    ),
    ProviderKind.OTHER: (
        "Where others than your school have accounts there, write what stands after the @ in your school’s addresses: then only"
        " proved addresses of that domain get in. Else leave it empty."
    ),
}
LABEL_HINT = "What the button on the sign-in page says after “Sign in with”, such as Keycloak."
ISSUER_HINT = "The address by which the provider names itself, letter for letter, such as https://sign-in.school.example/realms/staff."
NO_HTTPS = (
    "The public address of this site has no https, and Google and Microsoft refuse such an address to come back to. Whoever looks"
    " after the server sets INDUCTION_URL to an address with https first."
)
TYPED_ALREADY = "You have typed one, which is not shown. Type it again only to change it."
_SECRETS = {
    ProviderKind.GOOGLE: "Google may show it only once, when the client is made.",
    ProviderKind.MICROSOFT: "The Value, not the Secret ID. Microsoft shows it only once.",
    ProviderKind.OTHER: "Leave it empty where the provider gives none.",
}


def name(kind: ProviderKind, provider: Provider | None) -> str:
    """As leads know it."""
    return provider.label if provider and kind is ProviderKind.OTHER else NAMES[kind]


def secret_hint(kind: ProviderKind, kept: bool, lost: bool) -> str:
    if lost:
        return "It can’t be read any more, as the records came without the site’s key. Type it anew."
    return "Kept, and not shown again. Type a new one to change it; leave it empty to keep it." if kept else _SECRETS[kind]


def stands(provider: Provider | None, on_the_server: bool, lost: bool) -> str:
    """How it stands, beside its name."""
    if provider is None:
        return "Not set up"
    if lost:
        return "Can’t be used: its client secret has to be typed anew"
    where = {
        ProviderKind.GOOGLE: f"for {provider.domain}",
        ProviderKind.MICROSOFT: f"for the tenant {provider.domain}",
    }.get(provider.kind, f"at {provider.issuer}")
    return f"Set up {where}{', on the server' if on_the_server else ''}"


def saved(provider: Provider) -> str:
    return (
        f"Saved. Test it next: the sign-in page offers {provider.label} from now on, and nobody gets in by it while something in it is"
        " wrong."
    )


def taken_away(provider: Provider, ended: int) -> str:
    signed_out = f" {counted(ended, 'session').capitalize()} that began there ended." if ended else ""
    return f"Nobody signs in with {provider.label} any more.{signed_out} Whose accounts they are is still known."


def no_way_in(names: Sequence[str]) -> str:
    """Who can’t sign in any more, where a provider was taken away."""
    named = list(names[:MOST_NAMED])
    said = f"{', '.join(named)} and {len(names) - len(named)} more" if len(names) > len(named) else ", ".join(named)
    whom = "One person has" if len(names) == 1 else f"{len(names):,} people have"
    return f"{whom} no way in now: {said}. Make each a link, or set up the provider again."


def only_way_in(provider: Provider) -> str:
    return f"Teachers get in with {provider.label} alone. Let them sign in with a password first, under Rules."


def either(labels: Sequence[str]) -> str:
    """*Google, Microsoft or Keycloak*"""
    return " or ".join(filter(None, (", ".join(labels[:-1]), *labels[-1:])))


NO_LEAD = "No lead could get in any more: none has a password. Choose one for yourself first, or have a link for one made for a lead."


def how_people_sign_in(providers: Sequence[Provider], teachers_by_password: bool) -> str:
    """*With a password, or with Google*"""
    labels = [each.label for each in providers]
    if not labels:
        return "With a password"
    elsewhere = f"with {either(labels)}"
    if teachers_by_password:
        return f"With a password, or {elsewhere}"
    return f"Teachers {elsewhere}; mentors and leads with a password too"


# What became another


def changes(before: Provider | None, after: Provider | None) -> tuple[dict[str, str], dict[str, str]]:
    """What was and what became, by the label of the field, of what is another. Of a client secret only that it is new."""
    was, became = (_said(each) if each else {} for each in (before, after))
    labels = [label for label in {**was, **became} if was.get(label) != became.get(label)]
    told = (
        {label: was[label] for label in labels if label in was},
        {label: became[label] for label in labels if label in became},
    )  # fmt: skip
    if before and after and before.client_secret != after.client_secret:
        told[1]["Client secret"] = NEW_SECRET
    return told


def _said(provider: Provider) -> dict[str, str]:
    said = {"Client ID": provider.client_id, DOMAINS[provider.kind]: provider.domain}
    if provider.kind is ProviderKind.OTHER:
        said |= {"Name": provider.label, "Issuer": provider.issuer}
    return {label: value for label, value in said.items() if value}


# What a test finds


@dataclass(frozen=True, slots=True)
class Looked:
    well: bool
    words: str


_IN_TURN = (  # what is looked at, and what can be wrong with it; without the first two nothing further is known
    ("This server reaches {name}.", {Found.NOT_REACHED, Found.TOO_SLOW, Found.NOT_HTTPS, Found.CERTIFICATE}),
    ("It is the provider that it should be.", {Found.NOT_OPENID, Found.OTHER_ISSUER}),
    ("It offers what this site needs.", {Found.NO_CODE_FLOW, Found.NO_SIGNATURE, Found.NO_PKCE}),
    ("What it says can be checked by its keys.", {Found.KEYS_NOT_REACHED, Found.NO_KEYS}),
    ("It takes the client ID and the client secret.", {Found.CLIENT_REFUSED, Found.REDIRECT_REFUSED, Found.TOKENS_UNCLEAR}),
    ("Its clock and this server’s do not differ.", {Found.CLOCK}),
)


def looked(found: Sequence[Finding], provider: Provider) -> list[Looked]:
    """What was looked at, each well or not, in the order in which it is mended."""
    said: list[Looked] = []
    for number, (well, wrong) in enumerate(_IN_TURN):
        here = [each for each in found if each.what in wrong]
        said += [Looked(False, openid.finding(each, provider)) for each in here] or [Looked(True, well.format(name=provider.label))]
        if here and number < 2:
            break
    return said


# Whoever was not invited

NAME_HINT = "As the provider says it. Write it as it is to stand on certificates."
WAITS_NO_LONGER = "That account waits no longer: it was let in or refused before. Nothing more was changed."


def let_in(name: str, mail: bool, held: bool) -> str:
    """`mail`: a letter tells them; `held`: it waits until letters are let go."""
    told = "Letters are held back, so tell them." if mail and held else "A letter tells them so." if mail else "Tell them."
    return f"{name} is let in, as a teacher, and can sign in now. {told} Say here what else there is to say."


def not_ours(called: str) -> str:
    return f"{called} is not let in, now or later. Change your mind under Refused."


def waiting(count: int) -> str:
    """For what waits for a lead; empty where nobody does."""
    if not count:
        return ""
    return "One person with an account of the school waits to be let in." if count == 1 else (
        f"{count:,} people with an account of the school wait to be let in."
    )  # fmt: skip
