"""The letters that remind: what goes when, whether it goes, and in which words."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import BooleanField

from ...rules.reminders import Reminder
from ...services import letters, reminder_words, school_days
from ...services.reminder_words import Chosen, ChosenMeanwhile
from ...wording import dates, own_letters
from ...wording import reminders as wording
from ...wording import school_days as days_wording
from ...wording.letters import Letter
from ..incoming_request import sent
from ..parts import seen
from ..parts.fields import CalmForm, Paragraph
from ..parts.seen import KEPT_ALREADY, Theirs
from ..security.carried_fields import keeps_words_of
from ..site import current_programme, db, now, today, viewer
from .room import blueprint

log = logging.getLogger("induction.school")


class WordsForm(CalmForm):
    goes = BooleanField("It goes")
    words = Paragraph("Its words", "Write the words, or go back to those that are shipped.", longest=own_letters.LONGEST)


@dataclass(frozen=True, slots=True)
class Row:
    reminder: Reminder
    title: str
    when: str
    quiet: str  # what happens where its day is quiet
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class RemindersPage:
    rows: list[Row]
    mail: bool
    now: str  # whether letters go today
    holidays: list[tuple[str, str]]  # the next ones: name and days
    hours: str


@dataclass(frozen=True, slots=True)
class WordsPage:
    reminder: Reminder
    title: str
    when: str
    form: WordsForm
    gaps: list[tuple[str, str]]
    preview: Letter | None  # None where the words can't be sent
    problems: Sequence[tuple[int, str]]
    chosen: Chosen
    since: str  # who chose it last, and when; empty where nobody has
    mail: bool
    saw: int
    theirs: Theirs | None


@blueprint.get("/reminders", endpoint="reminders")
def read() -> str:
    chosen, days = reminder_words.now_chosen(db()), school_days.sending_days(db(), current_programme().school.nation)
    page = RemindersPage(
        rows=[Row(each, wording.TITLES[each], *wording.WHEN[each], chosen[each]) for each in Reminder],
        mail=letters.office(db()).open,
        now=days_wording.quiet_today(days.why_quiet(today()), today(), days.first_from(today())),
        holidays=[(each.name, days_wording.from_to(each.first, each.last, today())) for each in school_days.coming(db(), today())[:4]],
        hours=days_wording.HOURS,
    )
    return render_template("school/reminders.html", page=page)


@blueprint.route("/reminders/<reminder>", methods=["GET", "POST"], endpoint="reminder_words")
@keeps_words_of(lambda: WordsForm)
def words(reminder: str) -> Response | str:
    """Its words as they stand; looked at as they would go; or saved."""
    which = Reminder(reminder) if reminder in list(Reminder) else abort(404)
    stands = reminder_words.now_chosen(db())[which]
    form = WordsForm(data={"goes": stands.goes, "words": stands.words or wording.SHIPPED[which]})
    if not form.is_submitted():
        return _page(which, form, stands, stands.number)
    if sent("then") == "shipped":
        return _save(which, form, stands.goes, wording.SHIPPED[which])
    saw = seen.number()
    if not form.validate():
        return _page(which, form, stands, saw, look=False)
    problems = wording.own_words(which, form.words.data).problems
    if problems:
        form.words.errors = ["Some lines can’t be sent as they are written. They stand below."]
        return _page(which, form, stands, saw)
    if sent("then") == "look":
        return _page(which, form, stands, saw)
    return _save(which, form, form.goes.data, form.words.data)


def _save(which: Reminder, form: WordsForm, goes: bool, words: str) -> Response | str:
    try:
        new = reminder_words.choose(db(), which, goes=goes, words=words, saw=seen.number(), by=viewer().id, now=now())
    except ChosenMeanwhile as fault:
        theirs = fault.theirs
        typed = {"It goes": _yes(goes), "Its words": words}
        stored = {"It goes": _yes(theirs.goes), "Its words": theirs.words or wording.SHIPPED[which]}
        said = Theirs(f"{theirs.by_name} changed it", seen.differing(typed, stored))
        return _page(which, form, theirs, theirs.number, theirs=said)
    if new:
        log.info("Reminder %s: %s by person %s", which.value, "on" if goes else "off", viewer().id)
    flash(("Saved. " + ("It goes in these words." if goes else "It does not go.")) if new else KEPT_ALREADY, "done")
    return redirect(f"/school/reminders/{which.value}", 303)


def _yes(goes: bool) -> str:
    return "Yes" if goes else "No"


def _page(
    which: Reminder, form: WordsForm, chosen: Chosen, saw: int, *, look: bool = True, theirs: Theirs | None = None
) -> str:
    problems = wording.own_words(which, form.words.data).problems if look else ()
    name = current_programme().school.name
    page = WordsPage(
        reminder=which,
        title=wording.TITLES[which],
        when=wording.WHEN[which][0],
        form=form,
        gaps=[(each, wording.GAPS_MEAN[each]) for each in wording.GAPS[which]],
        preview=wording.preview(which, form.words.data, name, letters.office(db()).address, today()) if look and not problems else None,
        problems=problems,
        chosen=chosen,
        since=f"{chosen.by_name} chose so on {dates.day_and_clock(chosen.at, today())}." if chosen.at else "",
        mail=letters.office(db()).open,
        saw=saw,
        theirs=theirs,
    )
    return render_template("school/reminder-words.html", page=page)
