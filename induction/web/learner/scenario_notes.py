"""*This question is wrong*: a note to the lead on a scenario that has been answered."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ...content.editions.quiz_edition import JudgedQuiz
from ...records.people import people
from ...records.progress.attempts import Attempt
from ...rules.names import told_apart
from ...services import scenario_notes as deeds
from ...wording.scenario_notes import who_reads
from ..parts.fields import CalmForm, Paragraph
from ..parts.past_attempts import mine
from ..parts.seen import new_key, page_key
from ..security.carried_fields import keeps_words_of
from ..site import db, now, viewer
from .room import blueprint

log = logging.getLogger("induction.notes")


class NoteForm(CalmForm):
    words = Paragraph(
        "What is wrong with it?",
        "Write what is wrong with it.",
        "What is wrong with the scenario: its words, its choices or how it is judged. Not names or real incidents.",
        longest=2000,
    )


@dataclass(frozen=True, slots=True)
class NotePage:
    attempt: Attempt
    step: int
    scenario: str  # its title
    lesson_title: str
    scenes: int  # that ask: where there are several, the note has to say which one
    readers: str
    form: NoteForm
    key: str


@blueprint.route("/attempts/<id:attempt_id>/<id:step>/note", methods=["GET", "POST"])
@keeps_words_of(lambda: NoteForm)
def note(attempt_id: int, step: int) -> Response | str:
    """Write a note on what was asked at a step; only whoever answered it finds the page."""
    found, quiz = mine(attempt_id)
    if step > len(found.answers):
        abort(404)
    form, key = NoteForm(), page_key()
    if form.validate_on_submit():
        title = quiz.scenarios[found.answers[step - 1].scenario].title
        kept, new = deeds.send(db(), found, step, form.words.data, key, title, now())
        if new:
            log.info("Note sent: person %s, attempt %s, step %s", viewer().id, found.id, step)
        if kept:
            flash(f"Sent. {_readers()} it. You find the answer under My record.", "done")
            return redirect(f"/attempts/{attempt_id}/{step}", 303)
        form.words.errors = ["Another note was sent from this page before. Send this one too, if you want both."]
        key = new_key()
    return _page(found, quiz, step, form, key)


def _page(attempt: Attempt, quiz: JudgedQuiz, step: int, form: NoteForm, key: str) -> str:
    scenario = quiz.scenarios[attempt.answers[step - 1].scenario]
    page = NotePage(
        attempt=attempt,
        step=step,
        scenario=scenario.title,
        lesson_title=quiz.title,
        scenes=sum(bool(scene.options) for scene in scenario.scenes.values()),
        readers=_readers(),
        form=form,
        key=key,
    )
    return render_template("learner/scenario-note.html", page=page)


def _readers() -> str:
    return who_reads(list(told_apart(people.leads(db())).values()))
