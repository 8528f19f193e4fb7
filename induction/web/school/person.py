"""One of the school's people: who they are and how they stand, changed, invited; and who they were."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ...records.people import deputies, handovers, history, people
from ...records.people.one_time_links import LinkKind
from ...records.people.people import EmailTaken, LastLead, NotAMentor, Person
from ...records.progress import groups
from ...records.school import outbox
from ...rules.email_address import as_typed
from ...rules.groups import Group
from ...rules.names import told_apart
from ...rules.person_history import Entry, Way, WayIn
from ...rules.roles import MENTORS
from ...services import people as deeds
from ...services import progress
from ...services.people import Change, ChangedMeanwhile, FollowerNotSaid, HasLeft, WayInMeanwhile
from ...wording import dates, standing
from ...wording import days_here as wording
from ...wording.deputies import stands_in
from ...wording.history import Told
from ...wording.invitations import YOU, no_link
from ...wording.mail import address_refused
from ...wording.second_factor import password_ended
from ..parts import certificate_rows, done_elsewhere, seen, sign_off
from ..parts.certificate_rows import CertificateRow
from ..parts.paging import list_address, within
from ..parts.person_history import told
from ..parts.seen import KEPT_ALREADY, Theirs
from ..parts.write_to import blank_letter, remind
from ..security.confirm import ask_again
from ..site import current_programme, db, now, today, viewer
from . import links, person_accounts
from .person_erase import erased_page
from .person_form import GONE, BackForm, GroupsForm, PersonForm, follower, follower_label, named
from .room import blueprint
from .second_step_form import ResetForm, SecondStep, second_step_of

log = logging.getLogger("induction.school")
PER_PAGE = 20
ONLY_LEAD = "This is the only lead who can sign in. Make somebody else a lead first, and see that they have chosen a password."


@dataclass(frozen=True, slots=True)
class HowTheyStand:
    group: Group | None  # None where they have no induction to do
    lessons: str  # *2 of 11*
    last_here: str
    due: tuple[str, str]  # the day, and how far it is from now
    starts: str  # that their first day is to come; else empty
    ends: tuple[str, str]  # the last day, and how far it is from now
    elsewhere: list[str]  # what was done elsewhere and counts
    write: str  # the address of a letter: on what is left, where something is
    signed: list[str]  # what was signed off, in sentences


@dataclass(frozen=True, slots=True)
class Mentoring:
    """What somebody does for others."""

    teachers: list[tuple[int, str]]  # with what they are called
    deputy: str  # who stands in for them, in a sentence; else empty
    deputy_saw: int
    stands_in: list[str]  # for whom they do
    leaves: tuple[str, str]  # when, and who follows, in sentences; empty where there is no last day


@dataclass(frozen=True, slots=True)
class PersonPage:
    person: Person | None  # None: somebody new
    form: PersonForm
    back: BackForm | None = None  # of somebody who has left
    standing: HowTheyStand | None = None  # of somebody who is here
    mentoring: Mentoring | None = None  # of a mentor or a lead who is here
    links: Sequence[tuple[str, str]] = ()  # those that whoever asks may be shown: what is said of each, and where
    theirs: Theirs | None = None  # what another lead has saved meanwhile
    trouble: str | None = None  # why nothing was done, where no field is wrong
    ask_follower: bool = False  # their role ends, and it was not said who follows
    back_with: str | None = None  # whose mentor they are again if the end is taken back, in words; None: it can't be any more
    mail: str = ""  # that the mail server refuses their address
    saw: int = 0  # the number of the entry that the page shows
    saw_way: int = 0  # and of the latest link or password
    certificates: Sequence[CertificateRow] = ()
    groups: GroupsForm | None = None  # of staff, of somebody who is here
    second_step: SecondStep | None = None  # of somebody who is here
    password_ended: str = ""  # that it did since they said that a sign-in was not theirs, in a sentence
    accounts: Sequence[tuple[int, str]] = ()  # with which they sign in elsewhere, and what is said of each
    history: tuple[Told, ...] = ()
    page: int = 1
    pages: int = 1

    def address(self, page: int) -> str:
        return list_address(f"/school/people/{self.person.id if self.person else 0}", page, "", "") + "#history"


class Outcome(TypedDict, total=False):
    """What came of a press, as the page says it; as in PersonPage."""

    back: BackForm
    theirs: Theirs
    trouble: str
    ask_follower: bool
    groups: GroupsForm
    reset: ResetForm


def person_page(person: Person | None, form: PersonForm, saw: int | None = None, **outcome: Unpack[Outcome]) -> str:
    """The page of somebody, or of somebody new, with what is wrong on it.

    `saw` is what the page had shown that a form with a mistake came from: what somebody else saved since is still unseen.
    """
    if person is None:
        return render_template("school/person.html", page=PersonPage(None, form))
    page = _filled(person, form, history.latest(db(), person.id) if saw is None else saw, outcome)
    return render_template("school/person.html", page=page)


def _filled(person: Person, form: PersonForm, saw: int, outcome: Outcome) -> PersonPage:
    teachers = people.teachers_of(db(), person.id)
    if not person.active:
        outcome.setdefault("back", BackForm(formdata=None))
    if teachers:
        form.follower.label.text = follower_label(teachers)
    every, latest = told(person.id), history.latest_way(db(), person.id)
    page, pages = within(len(every), PER_PAGE)
    if person.active:
        outcome.setdefault("groups", GroupsForm.of(person.id, formdata=None))
    reset = outcome.pop("reset", None)
    again = None if person.active else deeds.what_came_of_the_end(db(), person.id, now())
    return PersonPage(
        person,
        form,
        standing=how_they_stand(person) if person.active else None,
        mentoring=_mentoring(person, teachers) if person.active and person.role in MENTORS else None,
        back_with=None if again is None else named(again),
        links=links.open_links(person),
        mail=_mail(person),
        saw=saw,
        saw_way=latest.id if latest else 0,
        certificates=certificate_rows.rows(person.id),
        second_step=second_step_of(person, reset) if person.active else None,
        password_ended=_password_ended(person) if person.active else "",
        accounts=person_accounts.told(person),
        history=tuple(every[(page - 1) * PER_PAGE : page * PER_PAGE]),
        page=page,
        pages=pages,
        **outcome,
    )


def _password_ended(person: Person) -> str:
    ended = history.password_ended(db(), person.id)
    return password_ended(person.name.split()[0], ended.at, now(), mailed=ended.mailed) if ended else ""


def _mail(person: Person) -> str:
    said = outbox.refused_addresses(db(), [person.email]).get(person.email)
    return address_refused(person.name.split()[0], said) if said else ""


def how_they_stand(person: Person) -> HowTheyStand:
    programme = current_programme()
    induction = progress.of_many(db(), programme, [person], today())[person.id]
    everybody = groups.groups(db(), programme.required, today())
    where = next((group for group, ids in everybody.items() if person.id in ids), None)
    return HowTheyStand(
        where,
        f"{induction.done} of {len(induction.lessons)}",
        standing.last_here(person.last_seen_at, now()),
        (dates.day(induction.due, today()), dates.from_now(induction.due, today())) if induction.due else ("no date", ""),
        wording.not_begun_yet(person.name.split()[0], person.starts, today()) if person.starts and person.starts > today() else "",
        wording.last_day(person.ends, today()),
        done_elsewhere.in_words({person.id: induction.elsewhere}).get(person.id, []),
        (remind(person, induction) if where else "") or blank_letter(person.email),
        sign_off.signed(person.id),
    )


def _mentoring(person: Person, teachers: list[Person]) -> Mentoring:
    called = told_apart(teachers, people.shared_names(db(), (each.name for each in teachers)))
    latest, day = deputies.latest(db(), person.id), today()
    stands = latest is not None and not latest.is_over(day) and not latest.lapsed
    return Mentoring(
        list(called.items()),
        stands_in(latest.deputy_name or "", person.name, latest.begins, latest.ends, day) if latest and stands else "",
        latest.id if latest else 0,
        [stands_in(person.name, each.mentor_name, each.begins, each.ends, day) for each in deputies.stands_in(db(), person.id, day)],
        _leaves(person, len(teachers)),
    )


def person_page_of(person: Person, groups: GroupsForm, trouble: str) -> str:
    """The page of somebody, with what was ticked of their groups and why it was not kept."""
    return person_page(person, PersonForm.of(person, formdata=None), groups=groups, trouble=trouble)


def _leaves(person: Person, teachers: int) -> tuple[str, str]:
    """When a mentor leaves who has teachers, and who follows."""
    if not person.ends or not teachers or person.ends < today():
        return "", ""
    plan = handovers.planned(db(), [person.id]).get(person.id)
    said = wording.leaves(person.name.split()[0], person.ends, teachers, today())
    if plan is None or plan.vacant:
        return said, wording.nobody_follows(plan.follower_name if plan else None)
    return said, wording.follows(plan.follower_name, person.ends, today())


def _find(person_id: int) -> tuple[Person, PersonForm]:
    """Somebody, and a form with nothing typed into it."""
    found = people.find(db(), person_id) or abort(404)
    return found, PersonForm.of(found, formdata=None)


@blueprint.get("/people/<id:person_id>", endpoint="person")
def read(person_id: int) -> str:
    found, form = _find(person_id)
    return erased_page(found) if found.erased_at else person_page(found, form)


@blueprint.post("/people/<id:person_id>", endpoint="change_person")
def change(person_id: int) -> Response | str:
    """Keep what is changed, if it is still what the page had shown."""
    found = people.find(db(), person_id) or abort(404)
    if found.erased_at:
        return redirect(f"/school/people/{found.id}", 303)
    form = PersonForm.of(found)
    saw = seen.number()
    if not form.validate():
        return person_page(found, form, saw)
    if form.details().role is not found.role or (found.can_sign_in and as_typed(form.details().email) != found.email):
        ask_again()
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
    by_name = "A last day that was past" if latest.by_itself else latest.by_name
    return Theirs(seen.who_changed(latest.by, by_name, latest.at), seen.differing(form.said(), form.stored(present)))


def email_taken(email: str) -> str:
    """Who has an email, and since when."""
    holder = people.by_email(db(), email)
    if holder is None:
        return "Somebody else has that email."
    since = dates.recently(holder.created_at, now())
    left = "" if holder.active else " They have left: bring them back on their own page."
    return f"Somebody with that email is here already: {holder.name}, added {since}. Search for them under People.{left}"


@blueprint.post("/people/<id:person_id>/invitation")
def invite(person_id: int) -> Response | str:
    return _new_link(person_id, LinkKind.INVITATION)


@blueprint.post("/people/<id:person_id>/reset")
def reset_link(person_id: int) -> Response | str:
    return _new_link(person_id, LinkKind.RESET)


def _new_link(person_id: int, kind: LinkKind) -> Response | str:
    """Pressed twice, it is one link."""
    found, form = _find(person_id)
    if found.can_sign_in or found.role in MENTORS:  # whoever has such a link is in somebody's account
        ask_again()
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

