"""sign-in show, set, remove-provider."""

from __future__ import annotations

from dataclasses import asdict, replace

import click

from ..records.people import sign_in_rules, waiting_accounts
from ..records.store.database import Database
from ..rules.openid import ProviderKind
from ..rules.second_factor import GRACE_DAYS
from ..rules.sign_in_rules import Strangers
from ..services import providers
from ..services import sign_in_rules as deeds
from ..services.providers import OnlyWayIn, OnTheServer, Standing
from ..services.sign_in_rules import NoWayElse
from ..settings import OIDC, Settings
from ..wording import providers as wording
from ..wording import sign_in_rules as rules_wording
from .command import Group, format_option, looking, now, records
from .terminal import Refused, say, show, show_json

NO_WAY_ELSE = "Passwords can’t be closed for teachers: nothing else is set up, so no teacher could get in. Nothing was changed."


@click.group("sign-in", cls=Group)
def group() -> None:
    """Who signs in how, and by which rules: for when no lead gets in."""


@group.command("show")
@format_option("text", "json")
def sign_in_show(settings: Settings, format: str) -> None:
    """Show who signs in how, the rules, and the providers; never a secret."""
    db = looking(settings)
    set_up = providers.standing(db, settings)
    if format == "json":
        show_json(_all_of_it(db, settings, set_up))
        return
    for label, said in rules_wording.in_words(sign_in_rules.now(db)).items():
        show(f"{label}: {said}\n")
    if deeds.closed_in_vain(db, settings):
        show(f"{rules_wording.OPEN_ALL_THE_SAME}\n")
    for each in set_up:
        words = wording.stands(each.provider, each.on_the_server, each.lost_secret)
        show(f"{each.provider.kind}  {each.provider.label}: {words}; client ID {each.provider.client_id}\n")
    for ways in deeds.who_signs_in_how(db, settings):
        show(
            f"{ways.role}  {ways.people}: {ways.password} with a password, {ways.elsewhere} with an account elsewhere,"
            f" {ways.second_step} with a second step\n"
        )
    show(f"waiting to be let in  {waiting_accounts.count(db)}\n")


def _all_of_it(db: Database, settings: Settings, set_up: list[Standing]) -> dict[str, object]:
    return {
        "rules": asdict(sign_in_rules.now(db)),
        "providers": [
            {
                "kind": each.provider.kind, "label": each.provider.label, "issuer": each.provider.issuer,
                "client_id": each.provider.client_id, "domain": each.provider.domain, "on_the_server": each.on_the_server,
                "secret_can_be_read": not each.lost_secret,
            }
            for each in set_up
        ],
        "people": [asdict(each) for each in deeds.who_signs_in_how(db, settings)],
        "waiting": waiting_accounts.count(db),
    }  # fmt: skip


@group.command("set")
@click.option("--teachers-by-password", type=click.Choice(["yes", "no"]), show_default=False, help="May teachers sign in with a password?")
@click.option("--strangers", type=click.Choice([each.value for each in Strangers]), show_default=False, help="Whoever was not invited.")
@click.option(
    "--grace", metavar="DAYS", type=click.IntRange(0, GRACE_DAYS), help="Days in which mentors and leads need no second step yet."
)
def sign_in_set(settings: Settings, teachers_by_password: str | None, strangers: str | None, grace: int | None) -> None:
    """Change the rules of signing in; what is left out stays."""
    if teachers_by_password is None and strangers is None and grace is None:
        raise click.UsageError("Say what is to be another: --teachers-by-password, --strangers or --grace.", click.get_current_context())
    db = records(settings)
    stored = sign_in_rules.now(db)
    wanted = replace(
        stored,
        teachers_by_password=stored.teachers_by_password if teachers_by_password is None else teachers_by_password == "yes",
        strangers=stored.strangers if strangers is None else Strangers(strangers),
        grace_days=stored.grace_days if grace is None else grace,
    )
    try:
        new = deeds.decide(db, settings, wanted, lambda then: then == stored, by=None, now=now())
    except NoWayElse:
        raise Refused(NO_WAY_ELSE) from None
    except deeds.RulesMeanwhile:
        raise Refused("A lead changed the rules at this moment. Nothing was changed; run it again.") from None
    for label, said in rules_wording.in_words(wanted).items():
        say(f"{label}: {said}")
    say("It holds from now on." if new else "That is how it stood already.")


@group.command("remove-provider")
@click.argument("kind", type=click.Choice([each.value for each in ProviderKind]))
def remove_provider(settings: Settings, kind: str) -> None:
    """Take away one that a lead has set up: nobody signs in there any more."""
    db, which = records(settings), ProviderKind(kind)
    try:
        found = providers.stored(db, which)
        ended = providers.take_away(db, settings, which, by=None, now=now())
    except OnTheServer:
        raise Refused(f"That one is set up by {OIDC}… names. Take those out of the environment and start the site again.") from None
    except OnlyWayIn:
        raise Refused(
            "Teachers get in there alone. Open passwords for them first: induction sign-in set --teachers-by-password yes."
            " Nothing was changed."
        ) from None
    if found is None or ended is None:
        raise Refused(f"{wording.NAMES[which].capitalize()} is not set up.")
    say(wording.taken_away(found.provider, ended))
    if left := deeds.without_a_way_in(db, settings, found.provider.issuer):
        say(wording.no_way_in(left))
