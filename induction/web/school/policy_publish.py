"""The next version of the policy: its preview as a teacher would see it, and publishing it."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from ...content.editions import differences, lesson_edition, policy_document
from ...content.editions.fill import has_chosen
from ...content.editions.policy_document import PolicyDocument, SectionChange
from ...content.model import Facet
from ...content.problems import TooMuch
from ...records.policy import draft, versions
from ...records.policy.versions import PublishedMeanwhile
from ...services import own_content, policy_publication, policy_words, retakes
from ...services.policy_words import Busy, MarkedLine
from ...services.retakes import Touched
from ...settings import HOME
from ...wording import policy
from ..incoming_request import number, sent
from ..parts.fields import CalmForm, Line
from ..site import current_programme, db, now, site, viewer
from .policy_changes import ChangesShown, shown
from .room import blueprint

log = logging.getLogger("induction.policy")
MINOR = "minor"


@blueprint.errorhandler(TooMuch)
def too_much(fault: TooMuch) -> Response:
    """An update has made the site's own text longer, and with the school's words it no longer fits."""
    flash("With the text of this site, our own words are more than one policy can hold now. Make them shorter.", "wait")
    return redirect("/school/policy/text", 303)


class PublishForm(CalmForm):
    note = Line("What has changed, in a sentence", hint="Leads read it in the list of versions. It may stay empty.", longest=500)
    kind = RadioField(
        "Is everybody asked to read it?",
        choices={
            "material": "Yes. Everybody is asked to acknowledge it, and is shown what has changed",
            MINOR: "No. Only words changed: what people have acknowledged stands",
        },
        default="material",
        validators=[InputRequired("Choose one of the two.")],
    )


@dataclass(frozen=True, slots=True)
class PreviewPage:
    nothing: bool  # there is no draft, and the text reads as it was published
    lead: str
    version: int
    fingerprint: str
    undecided: list[Facet]  # questions that would still be open
    still_open: str  # of them
    all_are_asked: str  # why, where a version that nobody is asked to read is no choice; else empty
    document: PolicyDocument
    problems: list[MarkedLine]  # lines of the school's own words that can't be drawn as they are written
    sections: list[SectionChange]
    changes: ChangesShown
    lessons: list[tuple[str, str]]  # address of the preview and title
    touched: list[Touched]
    form: PublishForm
    trouble: str | None


@blueprint.get("/policy/preview", endpoint="policy_preview")
def preview() -> str:
    return _preview(PublishForm())


def _preview(form: PublishForm, trouble: str | None = None) -> str:
    programme, drafted = current_programme(), draft.read(db())
    library, school, before = programme.library, programme.school, programme.document
    own = policy_publication.own_words(db(), drafted)
    looked = policy_words.look_through_stored(own, library)
    if not looked.readable:
        raise TooMuch
    proposed = policy_publication.propose(db(), library, school, drafted, now())
    document = policy_document.open_policy(proposed.edition.text)
    sections = policy_document.changes(before, document) if before else []
    found = differences.changes(library, school, proposed.school)
    undecided = [each for each in library.facets.values() if not has_chosen(proposed.school, library, each.name)]
    page = PreviewPage(
        nothing=drafted.empty and before is not None and not sections,
        lead=policy.would_change(proposed.after, first=before is None, stale=drafted.empty and bool(sections)),
        version=proposed.after,
        fingerprint=proposed.fingerprint,
        undecided=undecided,
        still_open=policy.still_open(len(undecided)),
        all_are_asked=policy.why_all_are_asked(before is None) if proposed.stances_change else "",
        document=document,
        problems=looked.marked(own.words),
        sections=sections,
        changes=shown(found),
        lessons=[(f"/school/policy/preview/{each.course}/{each.slug}", each.title) for each in found.lessons],
        touched=retakes.touched(db(), programme, proposed.school) if not drafted.empty else [],
        form=form,
        trouble=trouble,
    )
    return render_template("school/policy-preview.html", page=page)


@blueprint.get("/policy/preview/<course>/<lesson>")
def preview_lesson(course: str, lesson: str) -> str:
    """A lesson as a teacher would read it if the draft were published."""
    programme = current_programme()
    of = programme.library.courses.get(course) or abort(404)
    found = of.lesson(lesson) or abort(404)
    proposed = policy_publication.propose(db(), programme.library, programme.school, draft.read(db()), now())
    shown = lesson_edition.open_lesson(lesson_edition.lesson_edition(found, programme.library, proposed.school).text)
    position = of.lessons.index(found) + 1
    words = render_template("learner/_lesson-words.html", lesson=shown, number=position, lessons=len(of.lessons), approved=True)
    return render_template("school/policy-preview-lesson.html", title=shown.title, words=Markup(words))


@blueprint.post("/policy/publish", endpoint="publish_policy")
def publish() -> Response | str:
    """Publish what the preview had shown, and nothing else."""
    form, programme, drafted = PublishForm(), current_programme(), draft.read(db())
    if not form.validate():
        return _preview(form)
    try:
        if drafted.text and policy_words.look_through(drafted.text, programme.library).problems:
            return _preview(form, "words")
    except Busy:
        return _preview(form, "busy")
    own_content.keep_pictures(HOME, site().settings.data, programme.library.pictures)
    proposed = policy_publication.propose(db(), programme.library, programme.school, drafted, now())
    minor = form.kind.data == MINOR
    try:
        if (sent("fingerprint"), number(sent("after"))) != (proposed.fingerprint, proposed.after):
            raise PublishedMeanwhile
        version = policy_publication.publish_draft(db(), proposed, by=viewer().id, note=form.note.data or "", minor=minor)
    except PublishedMeanwhile:
        return _published_before() or _preview(form, "meanwhile")
    log.info("Policy version %s published by person %s", version, viewer().id)
    flash(policy.published(version, proposed.asks(minor)), "done")
    return redirect("/school/policy/touched" if retakes.touched(db(), programme, proposed.school) else "/school/policy", 303)


def _published_before() -> Response | None:
    """What to say where one has published the page's very words before: the same button, pressed twice."""
    latest, saw = versions.latest(db()), sent("fingerprint").rpartition(".")[2]
    if latest is None or latest.published_by != viewer().id:
        return None
    if latest.sha256 != saw or sent("after") != str(latest.number - 1):
        return None
    flash(f"You have published these words already, as version {latest.number}. Nothing more was changed.", "done")
    return redirect("/school/policy", 303)
