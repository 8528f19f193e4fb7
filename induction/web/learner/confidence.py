"""Confidence before and after a course: a few questions, skippable, and what they show to whom."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField
from wtforms.validators import Optional

from ...content.model import Course
from ...records.people.people import Person
from ...records.progress import completions, shares
from ...records.progress import confidence as records
from ...records.progress.confidence import Kept
from ...records.store.database import transaction
from ...rules import confidence
from ...rules.confidence import SCALE, Answers, ConfidenceChange, Moment
from ...services.confidence import open_stage
from ...wording import dates
from ..incoming_request import sent
from ..parts import sharing
from ..parts.school_form import CalmForm
from ..site import current_programme, db, now, today, viewer
from .room import blueprint

log = logging.getLogger("induction.confidence")
CHOICES = {str(number): words for number, words in SCALE.items()}
PLACES = {number: f"{20 * number - 10}%" for number in SCALE}  # on the line of the picture


class ShareForm(CalmForm):
    share = BooleanField("Share this with my mentor")


@dataclass(frozen=True, slots=True)
class ConfidencePage:
    course: Course
    stage: Moment | None  # of the questions that are open now
    form: CalmForm | None
    kept: Kept | None
    changes: list[ConfidenceChange]
    talks: list[str]  # what the mentor would read
    mentor: Person | None  # at present
    shared: str  # how it is shared, in words
    share: ShareForm

    @property
    def heading(self) -> str:
        headings = {Moment.BEFORE: "Before you begin", Moment.AFTER: "At the end", None: "How ready you feel"}
        return headings[self.stage]

    @property
    def lead(self) -> str:
        count = len(self.course.confidence)
        asked = f"{dates.number(count)} question{'s' * (count != 1)}"
        if self.stage is None:
            return self._said_when()
        again = f"The same {asked} again" if self.stage is Moment.AFTER and self.changes else asked.capitalize()
        return f"{again}, one minute. There is no right answer, and you may leave any of them open."

    def _said_when(self) -> str:
        if not self.changes:
            return "A few questions, before the first lesson and after the last."
        said = self.kept.said if self.kept else {}
        if Moment.AFTER not in said:
            return "What you said at the start. The questions come once more when every lesson is done."
        return "What you said at the start and at the end." if Moment.BEFORE in said else "What you said at the end."

    @property
    def legend(self) -> str:
        """What the signs of the picture are."""
        before, after = any(each.before for each in self.changes), any(each.after for each in self.changes)
        if before and after:
            return "A ring is where you stood at the start, a dot where you stood at the end."
        return f"A {'ring' if before else 'dot'} is where you stood at the {'start' if before else 'end'}."

    def place(self, answer: int) -> str:
        """Where an answer lies on the line of the picture."""
        return PLACES[answer]


def _course(word: str) -> tuple[Course, Kept | None]:
    """A course that asks, or asked, this person about confidence, and what they said."""
    found = current_programme().library.courses.get(word) or abort(404)
    kept = records.of_person(db(), viewer().id).get(word)
    if not found.confidence and kept is None:
        abort(404)
    return found, kept


def _open_now(course: Course, kept: Kept | None) -> Moment | None:
    done = {(each.course, each.lesson) for each in completions.of_person(db(), viewer().id)}
    return open_stage(course, done, kept) if course.confidence else None


@blueprint.route("/courses/<course>/confidence", methods=["GET", "POST"], endpoint="confidence")
def questions(course: str) -> Response | str:
    """The questions that are open now, what was said, and whether it is shared. Answered once, at each end."""
    found, kept = _course(course)
    form = _form(found)
    if not form.is_submitted():
        return _page(found, kept, form)
    skipped = bool(sent("skip"))
    if not skipped and not form.validate() and _open_now(found, kept):
        return _page(found, kept, form)
    return _save(found, {} if skipped else _answers(found, form))


def _form(course: Course) -> CalmForm:
    """Five radio buttons for each question, none chosen and none required."""
    fields = {
        f"about-{question.name}": RadioField(
            question.ask,
            [Optional()],
            choices=CHOICES,
            id=f"question-{number}",
            invalid_choice_message="Choose one of the five, or leave it open.",
        )
        for number, question in enumerate(course.confidence, start=1)
    }
    make = current_programme().remember(("confidence form", course.slug), lambda: type("ConfidenceForm", (CalmForm,), fields))
    return make()


def _answers(course: Course, form: CalmForm) -> Answers:
    given = {question.name: form[f"about-{question.name}"].data for question in course.confidence}
    return {name: int(chosen) for name, chosen in given.items() if chosen in CHOICES}


def _save(course: Course, answers: Answers) -> Response:
    """Keep the answers of the stage the page was opened in, if that is open still; the first ones stay."""
    stage = next((each for each in Moment if each == sent("stage")), None)
    with transaction(db()):
        kept = records.of_person(db(), viewer().id).get(course.slug)
        if stage is not None and stage is _open_now(course, kept):
            records.save(db(), person_id=viewer().id, course=course.slug, stage=stage, answers=answers, now=now())
            log.info("Confidence kept: person %s, %s", viewer().id, stage)
            flash(_kept_words(stage, answers, kept), "done")
            return redirect(f"/courses/{course.slug}/confidence" if answers else "/", 303)
    if kept is not None and stage in kept.said:
        flash("Kept before. The first answers stay; nothing was changed.", "done")
    else:
        flash("Nothing was kept: these questions are not open now.", "wait")
    return redirect(f"/courses/{course.slug}/confidence", 303)


def _kept_words(stage: Moment, answers: Answers, kept: Kept | None) -> str:
    if not answers:
        later = " The page opens once more when every lesson is done." if stage is Moment.BEFORE else ""
        return f"Left open, and not offered again.{later}"
    if kept is not None and kept.share:
        return "Kept. Your mentor reads nothing of it any more: these are new answers, so you decide anew below."
    return "Kept. Nobody else sees it unless you share it below."


def _page(course: Course, kept: Kept | None, form: CalmForm) -> str:
    stage, said = _open_now(course, kept), kept.said if kept else {}
    mentor = sharing.mentor()
    shared = sharing.standing(kept.share if kept else None, mentor)
    share = ShareForm(formdata=None)
    share.share.data = shared.with_mentor
    page = ConfidencePage(
        course=course,
        stage=stage,
        form=form if stage else None,
        kept=kept,
        changes=confidence.changes(course.confidence, said),
        talks=confidence.would_talk(course.confidence, said),
        mentor=mentor,
        shared=shared.words("what you would like to talk about", today()),
        share=share,
    )
    return render_template("learner/confidence.html", page=page)


@blueprint.post("/courses/<course>/confidence/share", endpoint="share_confidence")
def share(course: str) -> Response:
    """Let the mentor whom the page names read what one would like to talk about, or take that back."""
    wanted = sent("share") == "y"
    try:
        with transaction(db()):
            found, kept = _course(course)
            if kept is None or not confidence.latest(kept.said):
                abort(404)
            reader = sharing.reader() if wanted else None
            shares.share_confidence(db(), viewer().id, found.slug, reader and reader.id, now())
    except sharing.NotShared as fault:
        flash(str(fault), "wait")
        return redirect(f"/courses/{found.slug}/confidence", 303)
    log.info("Confidence %s: person %s", "shared" if wanted else "not shared", viewer().id)
    flash(
        "Shared. Your mentor reads what you would like to talk about, and no answer." if wanted
        else "Not shared. Your mentor reads nothing of it.",
        "done",
    )
    return redirect(f"/courses/{found.slug}/confidence", 303)
