"""One scenario of a lesson, for a lead who finds it wrong: put aside for new attempts, until it is mended or taken back."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from werkzeug.wrappers import Response

from ...content.editions.lesson_for_leads import LessonForLeads
from ...content.editions.quiz_edition import JudgedScenario
from ...content.model import Course, Lesson
from ...records.school import scenarios_aside as records
from ...records.school.scenarios_aside import Kept, Said
from ...services import course_reading, scenarios_aside
from ...services.scenarios_aside import Outcome, Refused
from ...wording import scenarios_aside as words
from ...wording import standing
from ..incoming_request import sent
from ..parts.fields import CalmForm, Paragraph
from ..security.carried_fields import keeps_words_of
from ..site import current_programme, db, now, today, viewer
from .course_reading import find_lesson
from .room import blueprint

log = logging.getLogger("induction.school")


class WhyForm(CalmForm):
    why = Paragraph("What is wrong with it", "Write what is wrong with it.", "Leads read it here.", longest=2000)


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """What was said of it, as it is shown."""

    what: str
    by: str
    day: str
    why: str


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    course: Course
    lesson: Lesson
    shown: LessonForLeads
    scenario: JudgedScenario
    version: str
    aside: str  # what stands, where it is put aside
    stands_in: str  # what is asked in its place
    history: list[SaidBefore]
    form: WhyForm
    trouble: str  # why nothing was kept
    unkept: str  # what was written, where it is not kept

    @property
    def href(self) -> str:
        """Its place in the lesson."""
        return f"/school/courses/{self.course.slug}/{self.lesson.slug}#scene.{self.scenario.id}"


@blueprint.get("/courses/<course>/<lesson>/<scenario>", endpoint="scenario")
def read_scenario(course: str, lesson: str, scenario: str) -> str:
    return _page(*find_lesson(course, lesson), scenario, WhyForm(formdata=None))


def _page(course: Course, lesson: Lesson, word: str, form: WhyForm, trouble: str = "", unkept: str = "") -> str:
    programme = current_programme()
    shown = course_reading.to_read(programme, course, lesson)
    scenario = (shown.quiz.scenarios.get(word) if shown.quiz else None) or abort(404)
    version, kept = _version(course, lesson, word), programme.put_aside(course, lesson).get(word)
    page = ScenarioPage(
        course=course,
        lesson=lesson,
        shown=shown,
        scenario=scenario,
        version=version,
        aside=words.stands(kept.by_name, standing.day_of(kept.at, today()), kept.why) if kept else "",
        stands_in=words.stands_in(shown.quiz.scenarios[scenario.twin].title if shown.quiz and scenario.twin else None),
        history=[_before(each) for each in records.history(db(), word, version)],
        form=form,
        trouble=trouble,
        unkept=unkept,
    )
    return render_template("school/course-scenario.html", page=page)


def _version(course: Course, lesson: Lesson, word: str) -> str:
    return current_programme().scenario_version(course, lesson, word) or abort(404)


def _before(each: Kept) -> SaidBefore:
    return SaidBefore("Put aside" if each.aside else "Taken back", each.by_name, standing.day_of(each.at, today()), each.why)


@blueprint.post("/courses/<course>/<lesson>/<scenario>", endpoint="put_aside")
@keeps_words_of(lambda: WhyForm)
def put_aside(course: str, lesson: str, scenario: str) -> Response | str:
    """Put a scenario aside, or take it back; the form says which, so that sending it twice is harmless."""
    of, found = find_lesson(course, lesson)
    _version(of, found, scenario)
    form, aside = WhyForm(), sent("aside") != "0"
    if aside and not form.validate():
        already = scenario in current_programme().put_aside(of, found)
        return _page(of, found, scenario, form, "Nothing was kept: it is put aside already" if already else "Not put aside yet")
    said = Said(of.slug, found.slug, scenario, sent("version"), aside, form.why.data if aside else "", viewer().id)
    outcome = scenarios_aside.say(db(), current_programme(), said, now())
    if isinstance(outcome, Refused):
        form.why.errors = [words.too_few(outcome.why, outcome.lesson.title, outcome.twin)]
        return _page(of, found, scenario, form, "Not put aside")
    if outcome is Outcome.MEANWHILE:
        return _page(of, found, scenario, form, "Not kept: the scenario changed meanwhile")
    if outcome is Outcome.BEFORE:
        return _so_already(of, found, said)
    log.info("Scenario %s %s by person %s", scenario, "put aside" if aside else "taken back", viewer().id)
    flash(
        "Put aside. No new attempt asks it; attempts that have drawn it go on." if aside else "Taken back. New attempts ask it again.",
        "done",
    )
    return redirect(f"/school/courses/{of.slug}/{found.slug}#scene.{scenario}", 303)


def _so_already(course: Course, lesson: Lesson, said: Said) -> Response | str:
    """It stood so: by the same words, or by others, which stand."""
    last = next(iter(records.history(db(), said.scenario, said.sha256)), None)
    if said.aside and last and last.why != said.why:
        return _page(course, lesson, said.scenario, WhyForm(formdata=None), words.already(last.by_name, last.why), said.why)
    flash("That is how it stands already. Nothing more was changed.", "done")
    return redirect(f"/school/courses/{course.slug}/{lesson.slug}#scene.{said.scenario}", 303)
