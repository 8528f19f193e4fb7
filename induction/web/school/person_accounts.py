"""With which accounts somebody signs in elsewhere; and one taken away from them."""

from __future__ import annotations

import logging

from flask import abort, flash, redirect
from werkzeug.wrappers import Response

from ...records.people import people, provider_accounts
from ...records.people.people import LastLead, Person
from ...services import provider_accounts as deeds
from ...wording import elsewhere as wording
from ..parts import provider_labels
from ..security.confirm import ask_again
from ..site import db, now, viewer
from .room import blueprint

log = logging.getLogger("induction.school")


def told(person: Person) -> list[tuple[int, str]]:
    """Each of their accounts, and what is said of it."""
    if not person.has_account:
        return []
    labels = provider_labels.of_issuers()
    return [
        (each.id, wording.signs_in(labels.get(each.issuer) or provider_labels.called(each.issuer), each.address, each.at, each.how, now()))
        for each in provider_accounts.of_person(db(), person.id)
    ]


@blueprint.post("/people/<id:person_id>/accounts/<id:account_id>/take-away")
def take_account_away(person_id: int, account_id: int) -> Response:
    """They are signed out where they came by it. Pressed twice, it is taken away once."""
    found = people.find(db(), person_id) or abort(404)
    ask_again()
    here = f"/school/people/{found.id}#accounts"
    try:
        gone = deeds.take_away(db(), found.id, account_id, by=viewer().id, now=now())
    except LastLead:
        flash(wording.ONLY_LEAD, "wait")
        return redirect(here, 303)
    if gone:
        log.info("Account elsewhere of person %s taken away by person %s", found.id, viewer().id)
    flash(wording.taken_away(found.name.split()[0], found.has_password) if gone else wording.NOT_THERE, "done")
    return redirect(here, 303)
