"""The policy's words, its preview as a teacher would see it, publishing, and every published version."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import abort, flash, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from ...content.editions import differences, lesson_edition, policy_document
from ...content.editions.differences import Changes
from ...content.editions.fill import has_chosen
from ...content.editions.policy_document import OwnWords, PolicyDocument, SectionChange
from ...content.model import Facet
from ...content.problems import TooMuch
from ...content.source import written_text
from ...records.policy import versions as policies
from ...records.policy.versions import Draft, PublishedMeanwhile
from ...records.store.database import transaction
from ...records.store.tokens import digest
from ...rules.text import Unfit, bearable, written
from ...services import own_content, policy_publication, policy_words, retakes
from ...services.policy_publication import Proposal
from ...services.policy_words import Busy, LookedThrough
from ...services.retakes import Touched
from ...settings import HOME
from ..incoming_request import number, sent
from ..parts import seen
from ..parts.school_form import CalmForm, Line, Paragraph
from ..parts.seen import KEPT_ALREADY, Shown
from ..security.carried_fields import keeps_words_of
from ..site import current_programme, db, now, site, viewer
from .room import blueprint

log = logging.getLogger("induction.policy")
LONGEST_TEXT = 200_000  # characters; a policy of eighty pages
BUSY = "Other texts are being looked through at this moment. Nothing you typed is lost; save again in a few seconds."


class PolicyWords(Paragraph):
    """Markdown, pasted from anywhere: looked at as a file is, so that a sign that can't be shown is named with its line."""

    def fit(self, typed: str) -> str:
        if len(typed) > bearable(self.longest):
            return super().fit(typed)
        words = written_text.plain(typed)
        if fault := written_text.fault(words):
            raise Unfit(f"Line {fault[0]}: {fault[1]}.")
        return written(words, self.longest)


MODES = {
    "both": "The text of this site, with our choices in it, and our own words after it",
    "own": "Our own policy, pasted here. Questions that it is not tied to are added at its end",
}


class TextForm(CalmForm):
    mode = RadioField(
        "What the policy’s text is made of",
        choices=MODES,
        validators=[InputRequired("Choose one of the two.")],
    )
    words = PolicyWords(
        "Our own words",
        hint="Markdown: # before the title, ## before a heading, an empty line between paragraphs, - before an item of a list. "
        "{{ safeguarding lead }} and the other words of your settings are filled in.",
        longest=LONGEST_TEXT,
    )


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of a text that can't be drawn as it is written."""

    line: int
    words: str  # of that line
    message: str


def _marked(found: LookedThrough, words: str) -> list[Marked]:
    every = words.split("\n")
    return [Marked(each.line, every[each.line - 1].strip() if each.line <= len(every) else "", each.message) for each in found.problems]


@dataclass(frozen=True, slots=True)
class TextPage:
    form: TextForm
    facets: list[Facet]
    headings: tuple[tuple[str, str], ...]
    ties: Mapping[str, str]
    problems: list[Marked]
    drafted: bool
    saw: str  # what the page had shown when it was opened, by `_seen`
    meanwhile: str | None  # what another lead has saved since
    beside: list[tuple[str, list[str]]]  # what else that lead has chosen otherwise


NOTHING = LookedThrough((), ())


@blueprint.route("/policy/text", methods=["GET", "POST"], endpoint="policy_text")
@keeps_words_of(lambda: TextForm)
def text() -> Response | str:
    """The school's own words, and which of their headings speak of which question."""
    programme, form = current_programme(), TextForm()
    draft = policies.draft(db())
    if request.method == "GET":
        kept = policy_publication.own_words(db(), draft)
        form.mode.data, form.words.data = "own" if kept.only else "both", kept.words
        return _text_page(form, kept.ties, draft, _seen(kept), _looked_through(kept))
    own = OwnWords(form.mode.data == "own", form.words.data or "")
    saw, chosen = sent("saw"), {facet: sent(f"tie_{facet}") for facet in programme.library.facets}
    if not form.validate():
        return _text_page(form, chosen, draft, saw, NOTHING)
    try:
        found = policy_words.look_through(own, programme.library)
    except Busy:
        form.words.errors = [BUSY]
        return _text_page(form, chosen, draft, saw, NOTHING)
    known = [name for name, _ in found.headings]
    ties = {facet: tied for facet, tied in chosen.items() if tied in known}
    ties |= {name: name for name in known if name in programme.library.facets}  # a heading named for a facet is tied to it
    if own.only and not own.words:
        form.words.errors = ["Paste your policy here, or choose the text of this site."]
    if found.problems or form.words.errors:
        return _text_page(form, ties, draft, saw, found)
    with transaction(db()):
        theirs = policy_publication.own_words(db(), policies.draft(db()))
        new = _seen(theirs) != _seen(replace(own, ties=ties))
        meanwhile = new and saw != _seen(theirs)
        if new and not meanwhile:
            policies.draft_text(db(), own_only=own.only, words=own.words, ties=ties, by=viewer().id, now=now())
    if meanwhile:
        beside = seen.differing(_beside(replace(own, ties=ties), found), _beside(theirs, _looked_through(theirs)))
        return _text_page(form, ties, draft, _seen(theirs), found, meanwhile=theirs.words, beside=beside)
    if new:
        log.info("Policy draft: text by person %s", viewer().id)
    flash("Saved in the draft. It applies once you publish." if new else KEPT_ALREADY, "done")
    return redirect("/school/policy/text" if sent("then") == "tie" else "/school/policy/preview", 303)


def _looked_through(own: OwnWords) -> LookedThrough:
    """What is known of words that are kept already."""
    try:
        return policy_words.look_through(own, current_programme().library)
    except Busy:
        return NOTHING


def _seen(own: OwnWords) -> str:
    """What changes when anything in a school's own words does."""
    return digest(json.dumps([own.only, own.words, dict(own.ties)], sort_keys=True))


def _beside(own: OwnWords, found: LookedThrough) -> Shown:
    """What is said of the school's own words: what the text is made of, and which headings speak of which question."""
    known = dict(found.headings)
    ties = {facet.ask: known.get(own.ties.get(facet.name, ""), "Nowhere") for facet in current_programme().library.facets.values()}
    return {"What the policy’s text is made of": MODES["own" if own.only else "both"], **ties}


def _text_page(
    form: TextForm,
    ties: Mapping[str, str],
    draft: Draft,
    saw: str,
    found: LookedThrough,
    meanwhile: str | None = None,
    beside: list[tuple[str, list[str]]] | None = None,
) -> str:
    page = TextPage(
        form=form,
        facets=list(current_programme().library.facets.values()),
        headings=() if found.problems else found.headings,
        ties=ties,
        problems=_marked(found, form.words.data or ""),
        drafted=draft.text is not None,
        saw=saw,
        meanwhile=meanwhile,
        beside=beside or [],
    )
    return render_template("school/policy-text.html", page=page)


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
            "minor": "No. Only words changed: what people have acknowledged stands",
        },
        default="material",
        validators=[InputRequired("Choose one of the two.")],
    )


@dataclass(frozen=True, slots=True)
class PreviewPage:
    school: str
    nothing: bool  # there is no draft, and the text reads as it was published
    stale: bool  # there is no draft, but settings or an update have changed what the text says
    version: int
    fingerprint: str
    undecided: list[Facet]  # questions that would still be open
    first: bool  # no text was published before
    stances_change: bool
    document: PolicyDocument
    problems: list[Marked]  # lines of the school's own words that can't be drawn as they are written
    sections: list[SectionChange]
    changes: Changes
    lessons: list[tuple[str, str]]  # address of the preview and title
    touched: list[Touched]
    form: PublishForm
    trouble: str | None


@blueprint.get("/policy/preview", endpoint="policy_preview")
def preview() -> str:
    return _preview(PublishForm())


def _preview(form: PublishForm, trouble: str | None = None) -> str:
    programme, draft = current_programme(), policies.draft(db())
    own = policy_publication.own_words(db(), draft)
    looked = _looked_through(own)
    if not looked.readable:
        raise TooMuch
    proposed = policy_publication.propose(db(), programme.library, programme.school, draft, now())
    document = policy_document.open_policy(proposed.edition.text)
    found = differences.changes(programme.library, programme.school, proposed.school)
    sections = policy_document.changes(programme.document, document) if programme.document else []
    page = PreviewPage(
        school=programme.school.name,
        nothing=draft.empty and programme.document is not None and not sections,
        stale=draft.empty and bool(sections),
        version=programme.policy.version,
        fingerprint=_fingerprint(draft, proposed),
        undecided=[each for each in programme.library.facets.values() if not has_chosen(proposed.school, programme.library, each.name)],
        first=programme.document is None,
        stances_change=proposed.stances_change,
        document=document,
        problems=_marked(looked, own.words),
        sections=sections,
        changes=found,
        lessons=[(f"/school/policy/preview/{each.course}/{each.slug}", each.title) for each in found.lessons],
        touched=retakes.touched(db(), programme, proposed.school) if not draft.empty else [],
        form=form,
        trouble=trouble,
    )
    return render_template("school/policy-preview.html", page=page)


def _fingerprint(draft: Draft, proposed: Proposal) -> str:
    """What somebody saw who presses *Publish*: the draft, and the words that it makes."""
    return f"{draft.fingerprint}.{proposed.edition.sha256}"


@blueprint.get("/policy/preview/<course>/<lesson>")
def preview_lesson(course: str, lesson: str) -> str:
    """A lesson as a teacher would read it if the draft were published."""
    programme, draft = current_programme(), policies.draft(db())
    of = programme.library.courses.get(course) or abort(404)
    found = of.lesson(lesson) or abort(404)
    proposed = policy_publication.propose(db(), programme.library, programme.school, draft, now())
    shown = lesson_edition.open_lesson(lesson_edition.lesson_edition(found, programme.library, proposed.school).text)
    number = of.lessons.index(found) + 1
    words = render_template("learner/_lesson-words.html", lesson=shown, number=number, lessons=len(of.lessons), approved=True)
    return render_template("school/policy-preview-lesson.html", title=shown.title, words=Markup(words))


@blueprint.post("/policy/publish", endpoint="publish_policy")
def publish() -> Response | str:
    form, programme = PublishForm(), current_programme()
    if not form.validate():
        return _preview(form)
    drafted = policies.draft(db())
    try:
        if drafted.text and policy_words.look_through(policy_publication.own_words(db(), drafted), programme.library).problems:
            return _preview(form, "words")
    except Busy:
        return _preview(form, "busy")
    own_content.keep_pictures(HOME, site().settings.data, programme.library.pictures)
    try:
        with transaction(db()):
            draft = policies.draft(db())
            proposed = policy_publication.propose(db(), programme.library, programme.school, draft, now())
            if sent("fingerprint") != _fingerprint(draft, proposed):
                raise PublishedMeanwhile
            version = policy_publication.publish(
                db(),
                proposed,
                after=number(sent("after")),
                minor=form.kind.data == "minor",
                note=form.note.data or "",
                by=viewer().id,
                now=now(),
            )
            policies.discard_draft(db())
    except PublishedMeanwhile:
        return _published_before() or _preview(form, "meanwhile")
    log.info("Policy version %s published by person %s", version, viewer().id)
    asks = policies.now(db()).asks_for == version
    told = "Everybody is asked to read it and say so." if asks else "What people have acknowledged stands."
    flash(f"Published: version {version}. Lessons and scenarios say so from this moment. {told}", "done")
    turned = retakes.touched(db(), programme, proposed.school)
    return redirect("/school/policy/touched" if turned else "/school/policy", 303)


def _published_before() -> Response | None:
    """What to say where one has published the page's very words before: the same button, pressed twice."""
    latest = policies.versions(db())[:1]
    saw = sent("fingerprint").rpartition(".")[2]
    shown = latest and latest[0].sha256 == saw and sent("after") == str(latest[0].number - 1)
    if not shown or latest[0].published_by != viewer().id:
        return None
    flash(f"You have published these words already, as version {latest[0].number}. Nothing more was changed.", "done")
    return redirect("/school/policy", 303)
