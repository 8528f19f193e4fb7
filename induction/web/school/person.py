"""One of the school's people: changed, invited, ended, brought back; and who they were."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ...records.people import history, people
from ...records.people.one_time_links import LinkKind
from ...records.people.people import EmailTaken, LastLead, NotAMentor, Person
from ...rules.person_history import Entry, Way, WayIn
from ...services import people as deeds
from ...services import vacancies
from ...services.people import Change, ChangedMeanwhile, FollowerNotSaid, HasLeft, WayInMeanwhile
from ...services.vacancies import Held
from ...wording import dates
from ...wording.history import Told
from ...wording.invitations import YOU, no_link
from ..parts import seen
from ..parts.paging import list_address, page_number
from ..parts.person_history import told
from ..parts.seen import KEPT_ALREADY, Theirs
from ..site import current_programme, db, now, viewer
from . import links
from .person_form import GONE, EndForm, PersonForm, follower, follower_label
from .room import blueprint

log = logging.getLogger("induction.school")
PER_PAGE = 20
ONLY_LEAD = "This is the only lead who can sign in. Make somebody else a lead first, and see that they have chosen a password."


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: Person | None  # None: somebody new
    form: PersonForm
    end_form: EndForm | None = None
    links: Sequence[tuple[str, str]] = ()  # those that whoever asks may be shown: what is said of each, and where
    theirs: Theirs | None = None  # what another lead has saved meanwhile
    trouble: str | None = None  # why nothing was done, where no field is wrong
    ask_follower: bool = False  # their role ends, and it was not said who follows
    held: Held | None = None
    saw: int = 0  # the number of the entry that the page shows
    saw_way: int = 0  # and of the latest link or password
    history: tuple[Told, ...] = ()
    page: int = 1
    pages: int = 1

    def address(self, page: int) -> str:
        return list_address(f"/school/people/{self.person.id if self.person else 0}", page, "", "") + "#history"


class Outcome(TypedDict, total=False):
    """What came of a press, as the page says it; as in PersonPage."""

    theirs: Theirs
    trouble: str
    ask_follower: bool


def person_page(
    person: Person | None, form: PersonForm, saw: int | None = None, end_form: EndForm | None = None,
    **outcome: Unpack[Outcome],
) -> str:
    """The page of somebody, or of somebody new, with what is wrong on it.

    `saw` is what the page had shown that a form with a mistake came from: what somebody else saved since is still unseen.
    """
    if person is None:
        return render_template("school/person.html", page=PersonPage(None, form))
    page = _filled(person, form, history.latest(db(), person.id) if saw is None else saw, end_form, outcome)
    return render_template("school/person.html", page=page)


def _filled(person: Person, form: PersonForm, saw: int, end_form: EndForm | None, outcome: Outcome) -> PersonPage:
    held = vacancies.held_by(db(), person, current_programme().school.words)
    if held.teachers:
        form.follower.label.text = follower_label(held.teachers)
        end_form = end_form or EndForm(formdata=None)
        end_form.offer(person, held.teachers)
    every, latest = told(person.id), history.latest_way(db(), person.id)
    pages = max(1, math.ceil(len(every) / PER_PAGE))
    page = min(page_number(), pages)
    return PersonPage(
        person,
        form,
        end_form=end_form,
        held=held,
        links=links.open_links(person),
        saw=saw,
        saw_way=latest.id if latest else 0,
        history=tuple(every[(page - 1) * PER_PAGE : page * PER_PAGE]),
        page=page,
        pages=pages,
        **outcome,
    )


def _find(person_id: int) -> tuple[Person, PersonForm]:
    """Somebody, and a form with nothing typed into it."""
    found = people.find(db(), person_id) or abort(404)
    return found, PersonForm.of(found, formdata=None)


@blueprint.get("/people/<id:person_id>", endpoint="person")
def read(person_id: int) -> str:
    return person_page(*_find(person_id))


@blueprint.post("/people/<id:person_id>", endpoint="change_person")
def change(person_id: int) -> Response | str:
    """Keep what is changed, if it is still what the page had shown."""
    found = people.find(db(), person_id) or abort(404)
    form = PersonForm.of(found)
    saw = seen.number()
    if not form.validate():
        return person_page(found, form, saw)
    try:
        wanted = Change(form.details(), saw, follower(form.follower))
        changed = deeds.change(db(), found.id, wanted, by=viewer().id, now=now())
    except ChangedMeanwhile as fault:
        present = people.find(db(), found.id) or abort(404)
        return person_page(present, form, theirs=_theirs(form, present, fault.latest))
    except FollowerNotSaid as fault:
        form.follower.label.text = follower_label(fault.teachers)
        form.follower.errors = ["Choose who follows, or nobody at present."]
        return person_page(found, form, saw, ask_follower=True)
    except HasLeft:
        return person_page(found, form, trouble=f"{found.name} has left. Bring them back first.")
    except EmailTaken:
        form.email.errors = [email_taken(form.email.data)]
    except NotAMentor:
        form.mentor.errors = [GONE]
    except LastLead:
        form.role.errors = [ONLY_LEAD]
    if form.errors:
        return person_page(found, form, saw)
    if changed is None:
        flash(KEPT_ALREADY, "done")
    else:
        log.info("Person %s changed by person %s", found.id, viewer().id)
        if changed.role is not found.role:
            log.info("Role of person %s: %s to %s, by person %s", found.id, found.role, changed.role, viewer().id)
        flash(f"Saved. {changed.name} is up to date.", "done")
    return redirect(f"/school/people/{found.id}", 303)


def _theirs(form: PersonForm, present: Person, latest: Entry) -> Theirs:
    """What another lead has made of somebody, where it differs from what was typed."""
    who = "You" if latest.by == viewer().id else latest.by_name or "Somebody on the server"
    when = f"{dates.recently(latest.at, now())} at {dates.clock(latest.at)}"
    return Theirs(f"{who} changed it {when}", seen.differing(form.said(), form.stored(present)))


def email_taken(email: str) -> str:
    """Who has an email, and since when."""
    holder = people.by_email(db(), email)
    if holder is None:
        return "Somebody else has that email."
    since = dates.recently(holder.created_at, now())
    left = "" if holder.active else " They have left: bring them back on their own page."
    return f"Somebody with that email is here already: {holder.name}, added {since}. Search for them under People.{left}"


# Links


@blueprint.post("/people/<id:person_id>/invitation")
def invite(person_id: int) -> Response | str:
    return _new_link(person_id, LinkKind.INVITATION)


@blueprint.post("/people/<id:person_id>/reset")
def reset_link(person_id: int) -> Response | str:
    return _new_link(person_id, LinkKind.RESET)


def _new_link(person_id: int, kind: LinkKind) -> Response | str:
    """Pressed twice, it is one link."""
    found, form = _find(person_id)
    try:
        deeds.make_link(db(), found.id, kind, by=viewer().id, now=now(), saw=seen.number())
    except HasLeft:
        return person_page(found, form, trouble=f"{found.name} has left, so no link was made. Bring them back first.")
    except WayInMeanwhile as fault:
        if fault.latest.by != viewer().id or fault.latest.what != kind.value:
            return person_page(found, form, trouble=_no_link(found, kind, fault.latest))
    else:
        log.info("New %s link for person %s by person %s", kind, found.id, viewer().id)
    return redirect(links.address(found.id, kind), 303)


def _no_link(person: Person, kind: LinkKind, latest: WayIn) -> str:
    """Why no link was made, after a page that had not shown the latest one."""
    who = YOU if latest.by == viewer().id else latest.by_name
    made = links.WORDS[LinkKind(latest.what)] if latest.what in (Way.INVITATION, Way.RESET) else None
    return no_link(links.WORDS[kind], person.name.split()[0], who, made, latest.at, now())


# Leaving and coming back


@blueprint.post("/people/<id:person_id>/deactivate")
def deactivate(person_id: int) -> Response | str:
    """Somebody has left. What they did stays on record. Pressed twice, they have left once."""
    found, form = _find(person_id)
    held = vacancies.held_by(db(), found, current_programme().school.words)
    end_form = EndForm()
    end_form.offer(found, held.teachers)
    if not end_form.validate():
        return person_page(found, form, end_form=end_form)
    following = follower(end_form.follower)
    try:
        ended = deeds.end(db(), found.id, by=viewer().id, now=now(), follower=following)
    except FollowerNotSaid:
        end_form.follower.errors = ["Choose who follows, or nobody at present."]
        return person_page(found, form, end_form=end_form)
    except NotAMentor:
        end_form.follower.errors = [GONE]
        return person_page(found, form, end_form=end_form)
    except LastLead:
        flash(f"Nothing was changed: {ONLY_LEAD[0].lower()}{ONLY_LEAD[1:]}", "wait")
        return redirect(f"/school/people/{found.id}", 303)
    if not ended:
        flash(f"{found.name} had left before. Nothing was changed.", "done")
        return redirect(f"/school/people/{found.id}", 303)
    log.info("Person %s deactivated by person %s", found.id, viewer().id)
    _say_who_follows(found, held, following)
    return redirect("/school/people", 303)


def _say_who_follows(left: Person, held: Held, following: int | None) -> None:
    """What was done, whom it leaves, and where else the one who left is named."""
    words = f"{left.name} can’t sign in any more. What they did stays on record."
    if held.teachers:
        theirs, one = dates.listed([each.name for each in held.teachers]), len(held.teachers) == 1
        new = people.find(db(), following) if following else None
        if new:
            words += f" {new.name} mentors {theirs} now."
        else:
            words += f" {theirs} {'has' if one else 'have'} no mentor at present."
    flash(words, "done")
    named = [f"{each.latest.said.title}, which rests until somebody else looks after it" for each in held.accounts]
    named += [f"Settings, as {word}" for word in held.contacts]
    if named:
        flash(f"{left.name} is still named elsewhere: {'; '.join(named)}. Say there who follows.", "wait")


@blueprint.post("/people/<id:person_id>/reactivate")
def reactivate(person_id: int) -> Response:
    """Somebody is back, and needs an invitation. Pressed twice, they are back once."""
    found = people.find(db(), person_id) or abort(404)
    if deeds.bring_back(db(), found.id, by=viewer().id, now=now()):
        log.info("Person %s brought back by person %s", found.id, viewer().id)
        flash(f"{found.name} is back, with all they had done and without a password. Make a new invitation.", "done")
    else:
        flash(f"{found.name} is here already. Nothing was changed.", "done")
    return redirect(f"/school/people/{found.id}", 303)
