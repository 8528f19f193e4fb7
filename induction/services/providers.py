"""Where people sign in elsewhere: what is set up by a lead or on the server, changed and taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from ..records.people import sign_in_rules
from ..records.school import providers
from ..records.school.providers import StoredProvider
from ..records.store.database import Database, transaction
from ..records.store.sealed import Secret, open_sealed, seal
from ..rules import openid
from ..rules.acts import Act, What
from ..rules.openid import GOOGLE, MICROSOFT, Provider, ProviderKind
from ..rules.openid_typed import faults
from ..settings import OIDC, BadSettings, OpenIDThere, Settings
from ..wording import openid as wording
from ..wording import providers as told
from . import acts

KINDS = tuple(ProviderKind)
LONGEST_LABEL = 60
NAMED = {"client_id": "CLIENT_ID", "client_secret": "CLIENT_SECRET", "domain": "DOMAIN", "issuer": "ISSUER"}  # in the environment


class ProviderMeanwhile(Exception):
    """Somebody else has set it up otherwise after the page had been opened; nothing was overwritten."""

    def __init__(self, stored: StoredProvider | None) -> None:
        super().__init__()
        self.stored = stored


class OnlyWayIn(Exception):
    """Teachers sign in there alone."""


class NoLeadGetsIn(Exception):
    """No lead has a password, or an account where people can still sign in."""


class OnTheServer(Exception):
    """It is set up on the server, and is changed there."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One that is set up."""

    provider: Provider
    on_the_server: bool  # by INDUCTION_OIDC_…
    lost_secret: bool = False  # it can't be used before the secret is typed anew


def standing(db: Database, settings: Settings) -> list[Standing]:
    """Each that is set up, the server's in the place of the row of its kind."""
    fixed = given(settings)
    found = [Standing(each.provider, False, each.lost_secret) for each in providers.stored(db)]
    if fixed:
        found = [each for each in found if each.provider.kind is not fixed.kind] + [Standing(fixed, True)]
    return sorted(found, key=lambda each: KINDS.index(each.provider.kind))


def seal_typed(db: Database, secret: str) -> str:
    """A client secret that was typed, as it goes along in a page until the form can be kept."""
    return seal(db.path, Secret.TYPED_CLIENT, secret)


def open_typed(db: Database, sealed: str) -> str:
    """What was typed; empty where it was not sealed by this."""
    return open_sealed(db.path, Secret.TYPED_CLIENT, sealed) or ""


def configured(db: Database, settings: Settings) -> list[Provider]:
    """Where people can sign in now."""
    return [each.provider for each in standing(db, settings) if not each.lost_secret]


def of_kind(db: Database, settings: Settings, kind: str) -> Provider | None:
    """The one of that kind where people can sign in now."""
    return next((each for each in configured(db, settings) if each.kind == kind), None)


def label(db: Database, settings: Settings, issuer: str) -> str:
    """By what name people know the one at that issuer, as far as it is set up."""
    return next((each.label for each in configured(db, settings) if each.issuer == issuer), told.USUAL_LABEL)


def given(settings: Settings) -> Provider | None:
    """What INDUCTION_OIDC_… says. Raises BadSettings, whose words hold no secret."""
    return _given(settings.openid) if settings.openid else None


@lru_cache(maxsize=4)
def _given(said: OpenIDThere) -> Provider:
    provider = _provider(said)
    for field, fault in faults(provider).items():
        in_the_issuer = field == "domain" and provider.kind is ProviderKind.MICROSOFT
        raise BadSettings(f"{OIDC}{'ISSUER' if in_the_issuer else NAMED[field]} can’t be used. {wording.typed(fault)}")
    if len(provider.label) > LONGEST_LABEL:
        raise BadSettings(f"{OIDC}NAME is too long; use at most {LONGEST_LABEL} characters.")
    return provider


def _provider(said: OpenIDThere) -> Provider:
    """Of the kind that its issuer shows."""
    issuer = said.issuer.strip()
    if issuer.rstrip("/") == GOOGLE:
        return openid.google(said.client_id, said.client_secret, said.domain)
    if issuer.rstrip("/") == MICROSOFT:
        raise BadSettings(f"{OIDC}ISSUER names no tenant. Write {MICROSOFT}/TENANT/v2.0, with your school’s own Directory (tenant) ID.")
    if issuer.startswith(f"{MICROSOFT}/"):
        tenant = issuer.removeprefix(f"{MICROSOFT}/").partition("/")[0]
        found = openid.microsoft(said.client_id, said.client_secret, tenant)
        if said.domain and said.domain.strip().casefold() != found.domain:
            raise BadSettings(f"{OIDC}DOMAIN names another tenant than {OIDC}ISSUER; leave it out, the issuer says it.")
        return found
    return openid.other(said.name or told.USUAL_LABEL, issuer, said.client_id, said.client_secret, said.domain)


def set_up(
    db: Database, settings: Settings, wanted: Provider, had_shown: Callable[[StoredProvider | None], bool], *,
    by: int | None, now: datetime,
) -> bool:  # fmt: skip
    """Set one up, or change it; False, and nothing kept, where it stands so already. Without a client secret the one that is
    kept stays. Sessions that began at another issuer, or for another domain, end. Raises ProviderMeanwhile, OnTheServer, and
    NoLeadGetsIn where no lead could any more.
    """
    if is_on_the_server(settings, wanted.kind):
        raise OnTheServer
    with transaction(db):
        before = stored(db, wanted.kind)
        if before and not wanted.client_secret and not before.lost_secret:
            wanted = replace(wanted, client_secret=before.provider.client_secret)
        if before and before.provider == wanted and not before.lost_secret:
            return False
        if not had_shown(before):
            raise ProviderMeanwhile(before)
        if before and (before.provider.issuer, before.provider.domain) != (wanted.issuer, wanted.domain):
            _check_a_lead_gets_in(db, settings, wanted.kind, by)
            providers.end_what_rests_on(db, wanted.kind, before.provider.issuer)
        providers.put(db, wanted, now)
        was, became = told.changes(before.provider if before else None, wanted)
        acts.note(db, Act(What.PROVIDER_SET, by, now, about=wanted.label, was=was, became=became))
    return True


def take_away(db: Database, settings: Settings, kind: ProviderKind, *, by: int | None, now: datetime) -> int | None:
    """Take one away; how many sessions ended with it, None where there is none. Whose accounts there are stays known, so that
    they fit again where it is set up once more. Raises OnTheServer; OnlyWayIn where teachers would be locked out, NoLeadGetsIn
    where leads would be.
    """
    if is_on_the_server(settings, kind):
        raise OnTheServer
    with transaction(db):
        before = stored(db, kind)
        if before is None:
            return None
        others = [each for each in configured(db, settings) if each.kind is not kind]
        if not others and not sign_in_rules.now(db).teachers_by_password:
            raise OnlyWayIn
        _check_a_lead_gets_in(db, settings, kind, by)
        providers.remove(db, kind)
        ended = providers.end_what_rests_on(db, kind, before.provider.issuer)
        was, _ = told.changes(before.provider, None)
        acts.note(db, Act(What.PROVIDER_GONE, by, now, about=before.provider.label, was=was))
    return ended


def _check_a_lead_gets_in(db: Database, settings: Settings, without: ProviderKind, by: int | None) -> None:
    """Raises NoLeadGetsIn. Whoever is at the server can make links, and is asked nothing."""
    left = [each.issuer for each in configured(db, settings) if each.kind is not without]
    if by is not None and not sign_in_rules.a_lead_gets_in(db, left):
        raise NoLeadGetsIn


def is_on_the_server(settings: Settings, kind: ProviderKind) -> bool:
    fixed = given(settings)
    return fixed is not None and fixed.kind is kind


def stored(db: Database, kind: ProviderKind) -> StoredProvider | None:
    """What a lead has set up of a kind."""
    return next((each for each in providers.stored(db) if each.provider.kind is kind), None)


def shown(stored: StoredProvider | None) -> Mapping[str, str] | None:
    """What a page shows of one, by which it is known again: never the secret."""
    if stored is None:
        return None
    about = stored.provider
    return {
        "label": about.label, "issuer": about.issuer, "client id": about.client_id, "domain": about.domain,
        "since": stored.since.isoformat(),
    }  # fmt: skip
