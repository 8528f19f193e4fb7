"""The school's rules of signing in: whether teachers may by password, what becomes of strangers, the days without a second step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ..records.people import sign_in_rules
from ..records.people.sign_in_rules import WaysIn
from ..records.school import providers as provider_records
from ..records.store.database import Database, transaction
from ..rules.roles import Role
from ..rules.sign_in_rules import SignInRules
from ..settings import Settings
from ..wording.providers import USUAL_LABEL, either
from . import providers


class RulesMeanwhile(Exception):
    """Another lead has decided otherwise after the page had been opened; nothing was overwritten."""

    def __init__(self, stored: SignInRules) -> None:
        super().__init__()
        self.stored = stored


class NoWayElse(Exception):
    """Passwords can't be closed where nothing else is set up."""


@dataclass(frozen=True, slots=True)
class Teachers:
    here: int
    linked: int  # of whom it is known which account elsewhere is theirs


def shut_for(db: Database, settings: Settings, role: Role) -> bool:
    """Whether somebody of that role gets in with no password. Where no provider can be used any more, everybody may again:
    nobody is locked out by what became of it."""
    return role is Role.TEACHER and not sign_in_rules.now(db).teachers_by_password and bool(providers.configured(db, settings))


def only_with(db: Database, role: Role, settings: Settings | None = None) -> str:
    """*Google*: with what somebody of that role signs in where no password opens anything for them; else empty. Without settings
    a provider that is set up on the server is not known by its name.
    """
    if role is not Role.TEACHER or sign_in_rules.now(db).teachers_by_password:
        return ""
    if settings:
        return either([each.label for each in providers.configured(db, settings)])
    stored = provider_records.stored(db)
    return either([each.provider.label for each in stored if not each.lost_secret]) or ("" if stored else USUAL_LABEL)


def closed_in_vain(db: Database, settings: Settings) -> bool:
    """Whether passwords are closed for teachers, and open all the same."""
    return not sign_in_rules.now(db).teachers_by_password and not shut_for(db, settings, Role.TEACHER)


def teachers(db: Database, settings: Settings) -> Teachers:
    """How many teachers are here, and how many have signed in where people can now."""
    return Teachers(*sign_in_rules.teachers(db, [each.issuer for each in providers.configured(db, settings)]))


def who_signs_in_how(db: Database, settings: Settings) -> list[WaysIn]:
    """An account elsewhere counts where it can be used now."""
    return sign_in_rules.ways_in(db, [each.issuer for each in providers.configured(db, settings)])


def without_a_way_in(db: Database, settings: Settings, gone: str) -> list[str]:
    """The names of those who can’t sign in any more since the provider at that issuer is not asked any more."""
    return sign_in_rules.without_a_way_in(db, gone, [each.issuer for each in providers.configured(db, settings)])


def decide(
    db: Database, settings: Settings, wanted: SignInRules, had_shown: Callable[[SignInRules], bool], *,
    by: int | None, now: datetime,
) -> bool:  # fmt: skip
    """Keep what was decided; False, and nothing kept, where it stands so already. Where passwords are closed for teachers, those
    who said that a phone is theirs alone sign in anew. Raises RulesMeanwhile, and NoWayElse where nothing else is set up.
    """
    with transaction(db):
        stored = sign_in_rules.now(db)
        if wanted == stored:
            return False
        if not had_shown(stored):
            raise RulesMeanwhile(stored)
        if stored.teachers_by_password and not wanted.teachers_by_password:
            if not providers.configured(db, settings):
                raise NoWayElse
            sign_in_rules.end_own_phones(db)
        sign_in_rules.add(db, wanted, by=by, at=now)
    return True
