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
from ...rules.confidence import Answers, Moment
from ...services.confidence import open_stage
from ...wording.confidence import SCALE, ConfidenceChange, changes, heading, kept_words, lead, legend
from ..incoming_request import sent
from ..parts import sharing
from ..parts.fields import CalmForm
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
    heading: str
    lead: str
    stage: Moment | None  # of the questions that are open now
    form: CalmForm | None
    kept: Kept | None
    changes: list[ConfidenceChange]
    legend: str  # what the signs of the picture are
    talks: list[str]  # what the mentor would read
    mentor: Person | None  # at present
    may_share: bool  # there is something and somebody to share it with, or it is shared
    shared: str  # how it is shared, in words
    share: ShareForm

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
            may_share = bool(confidence.would_talk(course.confidence, {stage: answers}) and sharing.mentor())
            flash(kept_words(stage, bool(answers), kept is not None and kept.share is not None, may_share), "done")
            return redirect(f"/courses/{course.slug}/confidence" if answers else "/", 303)
    if kept is not None and stage in kept.said:
        flash("Kept before. The first answers stay; nothing was changed.", "done")
    else:
        flash("Nothing was kept: these questions are not open now.", "wait")
    return redirect(f"/courses/{course.slug}/confidence", 303)


def _page(course: Course, kept: Kept | None, form: CalmForm) -> str:
    stage, said = _open_now(course, kept), kept.said if kept else {}
    mentor = sharing.mentor()
    shared = sharing.standing(kept.share if kept else None, mentor)
    share = ShareForm(formdata=None)
    share.share.data = shared.with_mentor
    told, talks = changes(course.confidence, said), confidence.would_talk(course.confidence, said)
    page = ConfidencePage(
        course=course,
        heading=heading(stage),
        lead=lead(len(course.confidence), stage, said),
        stage=stage,
        form=form if stage else None,
        kept=kept,
        changes=told,
        legend=legend(told),
        talks=talks,
        mentor=mentor,
        may_share=bool(kept and kept.share) or bool(talks and mentor),
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
            shares.share_confidence(db(), viewer().id, found.slug, reader.id if reader else None, now())
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
