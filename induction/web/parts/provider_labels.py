"""What the places are called at which somebody signs in with an account."""

from __future__ import annotations

from urllib.parse import urlsplit

from ...records.people import provider_accounts
from ...records.people.person import Person
from ...rules.openid import GOOGLE, MICROSOFT
from ...services import providers
from ...wording.dates import listed
from ..site import db, site


def of_issuers() -> dict[str, str]:
    """Of those that are set up."""
    return {each.issuer: each.label for each in providers.configured(db(), site().settings)}


def called(issuer: str) -> str:
    """A provider that is set up no longer."""
    host = urlsplit(issuer).hostname or issuer
    return {urlsplit(GOOGLE).hostname: "Google", urlsplit(MICROSOFT).hostname: "Microsoft"}.get(host, host)


def instead_of_a_password(person: Person) -> str:
    """*Keycloak*, of somebody who has no password; empty where they have one, or no account elsewhere either."""
    if person.has_password or not person.has_account:
        return ""
    labels = of_issuers()
    return listed([labels.get(each.issuer) or called(each.issuer) for each in provider_accounts.of_person(db(), person.id)])
