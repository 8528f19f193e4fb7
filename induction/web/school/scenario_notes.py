"""Notes on scenarios: the lead reads what colleagues say is wrong, beside the scenario as it was asked, and answers."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response
from wtforms import BooleanField

from ...content.editions.edition import Edition
from ...content.editions.quiz_edition import JudgedQuiz, JudgedScenario, open_quiz
from ...records import editions
from ...records.progress import scenario_notes
from ...records.progress.scenario_notes import Note
from ...services import scenarios_aside
from ...services.programme import Programme
from ...services.scenarios_aside import Outcome, Refused
from ...wording import standing
from ...wording.dates import day_and_clock
from ...wording.scenarios_aside import stands, too_few
from ..parts.fields import CalmForm, Paragraph
from ..parts.paging import list_address, within
from ..parts.past_attempts import lesson_titles
from ..security.carried_fields import keeps_words_of
from ..site import current_programme, db, now, today, viewer
from .room import blueprint

log = logging.getLogger("induction.notes")


class AnswerForm(CalmForm):
    words = Paragraph("Your answer", "Write your answer.", longest=2000)
    aside = BooleanField(
        "Right, the scenario is wrong: put it aside",
        description="Your answer says why. No new attempt asks it until it is mended, or taken back under Courses.",
    )


@dataclass(frozen=True, slots=True)
class NoteShown:
    note: Note
    scenario: JudgedScenario
    lesson: str
    sent: str  # *Friday 4 December, 7.42 pm*
    answered: str  # *Friday 4 December, 7.42 pm*; empty where it waits
    changed: bool  # whether the scenario, or how it is judged, is another today
    file: str  # where its words stand; empty where it is taught no more
    href: str  # where it can be put aside or taken back; empty where it is taught no more
    aside: str  # what is said of it, where it is put aside as it is today
    form: AnswerForm

    @property
    def first_name(self) -> str:
        return self.note.person_name.split()[0]


@dataclass(frozen=True, slots=True)
class Unkept:
    """An answer to a note that somebody else had answered meanwhile, to be copied or left."""

    note: NoteShown
    words: str


@dataclass(frozen=True, slots=True)
class NotesPage:
    open: list[NoteShown]
    answered: list[NoteShown]
    waiting: int  # how many notes are open in all
    done: int  # how many are answered in all
    page: int
    pages: int
    faulty: AnswerForm | None  # the one that was sent and has to be mended
    unkept: Unkept | None

    def address(self, page: int) -> str:
        return list_address("/school/notes", page, "", "") + "#answered"


@blueprint.get("/notes", endpoint="notes")
def listing() -> str:
    return _page()


@blueprint.post("/notes/<id:note_id>", endpoint="answer_note")
@keeps_words_of(lambda: AnswerForm)
def answer(note_id: int) -> Response | str:
    """Answer a note, once: a second answer changes nothing and is shown again to whoever wrote it."""
    form, note = AnswerForm(), scenario_notes.find(db(), note_id) or abort(404)
    if not form.validate():
        return _page(note, form)
    outcome = scenarios_aside.answer_note(
        db(), current_programme(), note, words=form.words.data, aside=form.aside.data, by=viewer().id, now=now()
    )
    if isinstance(outcome, Refused):
        form.aside.errors = [f"It can’t be put aside. {too_few(outcome.why, outcome.lesson.title, outcome.twin)}"]
        return _page(note, form)
    if outcome is Outcome.MEANWHILE:
        form.aside.errors = ["It is taught no more, so there is nothing to put aside."]
        return _page(note, form)
    if outcome is Outcome.KEPT:
        log.info("Note %s answered by person %s", note_id, viewer().id)
    note = scenario_notes.find(db(), note_id) or abort(404)
    if note.answer and note.answer.words == form.words.data:
        aside = " The scenario is put aside: no new attempt asks it." if outcome is Outcome.KEPT and form.aside.data else ""
        flash(f"Answered. {note.person_name.split()[0]} reads it under My record.{aside}", "done")
        return redirect("/school/notes", 303)
    return _page(note, form)


def _page(sent: Note | None = None, form: AnswerForm | None = None) -> str:
    waiting, done = scenario_notes.count(db())
    number, pages = within(done, scenario_notes.PER_PAGE)
    late = sent is not None and sent.answer is not None
    listed = scenario_notes.waiting(db())
    if sent and not late and sent.id not in {each.id for each in listed}:
        listed.insert(0, sent)  # what was typed for it stands on the page, wherever the note lies in the queue
    page = NotesPage(
        open=[_shown(each, form if sent and each.id == sent.id else None) for each in listed],
        answered=[_shown(each) for each in scenario_notes.answered(db(), number)],
        waiting=waiting,
        done=done,
        page=number,
        pages=pages,
        faulty=None if late else form,
        unkept=Unkept(_shown(sent), form.words.data) if sent and form and late and form.words.data else None,
    )
    return render_template("school/scenario-notes.html", page=page)


def _shown(note: Note, form: AnswerForm | None = None) -> NoteShown:
    """A note beside its scenario in the words, and under the policy, that it was asked in."""
    programme = current_programme()
    quiz = programme.stored_quiz(note.quiz_version)
    course = programme.library.courses.get(note.course)
    lesson = course.lesson(note.lesson) if course else None
    today_quiz = programme.quiz_edition(course, lesson) if course and lesson else None
    kept = programme.put_aside(course, lesson).get(note.scenario) if course and lesson else None
    taught = course and lesson and programme.scenario_version(course, lesson, note.scenario)
    form = form or AnswerForm(formdata=None)
    form.words.id, form.aside.id = f"answer-{note.id}", f"aside-{note.id}"  # each note has such a form
    return NoteShown(
        note=note,
        scenario=quiz.scenarios[note.scenario],
        lesson=lesson_titles(programme).get((note.course, note.lesson), quiz.title),
        sent=day_and_clock(note.at, today()),
        answered=day_and_clock(note.answer.at, today()) if note.answer else "",
        changed=today_quiz is None or _has_changed(note, today_quiz, programme),
        file=course.quizzes[note.lesson].path if course and today_quiz else "",
        href=f"/school/courses/{note.course}/{note.lesson}/{note.scenario}" if taught else "",
        aside=stands(kept.by_name, standing.day_of(kept.at, today()), kept.why) if kept else "",
        form=form,
    )


def _has_changed(note: Note, today_quiz: Edition, programme: Programme) -> bool:
    """Whether the scenario reads or is judged otherwise today; a new version of the policy alone is no change of it."""
    if today_quiz.sha256 == note.quiz_version:
        return False
    before = programme.remember(
        ("undated", note.quiz_version), lambda: _undated(editions.text(db(), note.quiz_version))
    )
    after = programme.remember(("undated", today_quiz.sha256), lambda: _undated(today_quiz.text))
    return before.scenarios[note.scenario] != after.scenarios.get(note.scenario)


def _undated(text: str) -> JudgedQuiz:
    """The scenarios of an edition without the policy's number and day, which stand below every policy box."""
    return open_quiz(json.dumps(json.loads(text) | {"policy": None}))
