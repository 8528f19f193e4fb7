"""Many people at once: what is to become of them, whom it changes from what to what, and then all of it or nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ...records.people import history, people
from ...records.people.people import LastLead, NotAMentor, Person
from ...rules.names import told_apart
from ...rules.people_many import MOST, ManyDeed
from ...rules.roles import Role
from ...services import people_many as deeds
from ...services.people_many import FollowersNotSaid, ManyPlan, SomeChangedMeanwhile, Wanted
from ...wording import dates
from ...wording import people_many as words
from ..incoming_request import all_sent, number
from ..parts import seen
from ..parts.paging import list_address, page_number, tidy_search
from ..parts.seen import KEPT_ALREADY
from ..security.confirm import ask_again
from ..site import current_programme, db, now, today, viewer
from .people import find, shown
from .people_many_form import Follower, followers_asked, form_for
from .person import ONLY_LEAD
from .person_form import ALL_COURSES, GONE
from .room import blueprint

log = logging.getLogger("induction.school")
LONGEST_IDS = 8 * MOST  # characters: as much as an address may bring


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is chosen, and for what."""

    deed: ManyDeed
    ids: list[int]
    hands_over: Person | None  # the mentor whose teachers they are
    too_many: int = 0  # how many were found, where that is more than one deed takes


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to become of them, as far as it was said."""

    form: Any  # None where accounts end
    followers: list[Follower]
    plan: ManyPlan
    wanted: Wanted | None  # None until it is sound
    saw: int  # the number of the latest entry before all this was looked at

    @property
    def to(self) -> str:
        return self.form.to() if self.form and self.wanted else ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    called: str
    before: str
    after: str
    stays: str  # why nothing changes


@dataclass(frozen=True, slots=True)
class ManyPage:
    whom: Whom
    title: str
    who: str  # *Ben, Farida and 36 more*
    answer: Answer
    rows: list[ShownRow]  # none until it is said what is to become of them
    handed_over: list[tuple[str, str]]  # teacher, and who follows
    button: str
    saw: int
    trouble: str
    show: str
    search: str
    back: str  # the list that they were chosen from


def _ids(values: Iterable[str]) -> list[int]:
    """Each once, in the order in which they came."""
    sent = "-".join(values)[:LONGEST_IDS].split("-")
    return list(dict.fromkeys(filter(None, map(number, sent))))[:MOST]


def _whom() -> Whom:
    """By ticks, by the list that they stand in, or by the mentor whose teachers they are; then by their numbers."""
    said = all_sent()
    deed = next((each for each in ManyDeed if each == said.get("do")), None) or abort(404)
    mentor = people.find(db(), of) or abort(404) if (of := number(said.get("of", ""))) else None
    wish = said.get("whom", "")
    if wish in ("page", "found"):
        found = find(shown(), tidy_search(), page_number()) if wish == "page" else find(shown(), tidy_search(), per_page=MOST)
        if wish == "found" and found.listing.count > MOST:
            return Whom(deed, [], None, found.listing.count)
        return Whom(deed, [each.id for each in found.listing.people], None)
    if mentor and "who" not in said:
        return Whom(deed, [each.id for each in people.teachers_of(db(), mentor.id)], mentor)
    return Whom(deed, _ids(said.getlist("who")), mentor)


def _answer(whom: Whom, complain: bool) -> Answer:
    """`complain`: something was said, so that what is missing is missed."""
    said, saw = all_sent(), history.newest(db())  # before anybody is looked at: what comes after is unseen
    if whom.deed is ManyDeed.END:
        wanted = Wanted(ManyDeed.END)
        plan = deeds.plan(db(), whom.ids, wanted)
        followers = followers_asked(plan.teachers, {row.before.id for row in plan.changing}, said, complain)
        chosen = {each.mentor.id: int(each.chosen) for each in followers if each.chosen}
        return Answer(None, followers, plan, Wanted(ManyDeed.END, followers=chosen) if len(chosen) == len(followers) else None, saw)
    form = form_for(whom.deed, whom.hands_over.id if whom.hands_over else None, said if complain else None)
    sound = form.wanted() if complain and form.validate() else None
    return Answer(form, [], deeds.plan(db(), whom.ids, sound or Wanted(whom.deed)), sound, saw)


def _page(whom: Whom, answer: Answer, trouble: str = "") -> str:
    plan, search, show = answer.plan, all_sent().get("search", "")[:100], all_sent().get("show", "")[:100]
    listed = [row.before for row in plan.rows]
    called = told_apart(listed, people.shared_names(db(), (each.name for each in listed)))
    page = ManyPage(
        whom=whom,
        title=words.title(whom.deed, len(plan.rows), whom.hands_over.name if whom.hands_over else ""),
        who=dates.listed([called[each.id] for each in listed]),
        answer=answer,
        rows=_rows(plan, whom.deed, called) if answer.wanted else [],
        handed_over=_handed_over(answer) if answer.wanted else [],
        button=words.button(whom.deed, len(plan.changing), answer.to),
        saw=answer.saw,
        trouble=trouble,
        show=show,
        search=search,
        back=f"/school/people/{whom.hands_over.id}" if whom.hands_over else list_address("/school/people", 0, show, search),
    )
    return render_template("school/people-many.html", page=page, words=words)


def _handed_over(answer: Answer) -> list[tuple[str, str]]:
    teachers = [each for listed in answer.plan.teachers.values() for each in listed]
    called = told_apart(teachers, people.shared_names(db(), (each.name for each in teachers)))
    return [
        (called[one.id], each.choices[each.chosen]) for each in answer.followers for one in answer.plan.teachers[each.mentor.id]
    ]


def _rows(plan: ManyPlan, deed: ManyDeed, called: dict[int, str]) -> list[ShownRow]:
    """Each of them, from what to what."""
    mentors = people.by_ids(db(), {each.mentor_id for row in plan.rows for each in (row.before, row.after) if each.mentor_id})
    names = told_apart(mentors.values(), people.shared_names(db(), (each.name for each in mentors.values())))
    courses = {each.slug: each.title for each in current_programme().courses}

    def said(person: Person) -> str:
        match deed:
            case ManyDeed.MENTOR:
                return names.get(person.mentor_id or 0, "nobody")
            case ManyDeed.DUE:
                return words.due(person.due, today())
            case ManyDeed.COURSE:
                return courses.get(person.course, person.course) if person.course else ALL_COURSES
            case ManyDeed.END:
                return f"{person.role.value}, here" if person.active else "has left"

    return [
        ShownRow(called[row.before.id], said(row.before), said(row.after), words.STAYS[row.stays] if row.stays else "")
        for row in plan.rows
    ]


@blueprint.get("/people/many", endpoint="many")
def look() -> Response | str:
    """What is to become of those who are chosen; once that is said, whom it changes from what to what."""
    if "do" not in all_sent():
        return redirect("/school/people", 303)
    whom = _whom()
    return _page(whom, _answer(whom, complain="go" in all_sent()))


@blueprint.post("/people/many", endpoint="change_many")
def change() -> Response | str:
    """All of it or nothing, as long as everybody stands as the page had shown. Pressed twice, it is done once."""
    whom = _whom()
    answer = _answer(whom, complain=True)
    if answer.wanted is None:
        return _page(whom, answer)
    if whom.deed is ManyDeed.END and any(row.before.role is Role.LEAD for row in answer.plan.changing):
        ask_again()
    try:
        changed = deeds.change_many(db(), whom.ids, answer.wanted, saw=seen.number(), by=viewer().id, now=now())
    except SomeChangedMeanwhile as fault:
        return _page(whom, _answer(whom, complain=True), _changed_by_others(fault))
    except FollowersNotSaid:
        return _page(whom, _answer(whom, complain=True))
    except NotAMentor:
        return _page(whom, answer, GONE)
    except LastLead:
        return _page(whom, answer, ONLY_LEAD)
    log.info("%s of %s people by person %s", whom.deed, len(changed), viewer().id)
    flash(words.done(whom.deed, len(changed), answer.to) if changed else KEPT_ALREADY, "done")
    back = f"/school/people/{whom.hands_over.id}" if whom.hands_over else None
    return redirect(back or list_address("/school/people", 0, all_sent().get("show", "")[:100], all_sent().get("search", "")[:100]), 303)


def _changed_by_others(fault: SomeChangedMeanwhile) -> str:
    latest = {each.name: each for each in fault.entries}
    return words.meanwhile(list(latest), [seen.who(each.by, each.by_name) for each in latest.values()])
