"""The school's own words for its policy, and which of their headings speak of which question."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from ...content.model import Facet, Library, OwnWords
from ...content.source import written_text
from ...records.policy import draft
from ...rules.text import Unfit, bearable, written
from ...services import policy_draft, policy_publication, policy_words
from ...services.policy_draft import WrittenMeanwhile
from ...services.policy_words import Busy, LookedThrough, MarkedLine
from ..incoming_request import sent
from ..parts import seen
from ..parts.fields import CalmForm, Paragraph
from ..parts.seen import KEPT_ALREADY, Shown
from ..security.carried_fields import keeps_words_of
from ..site import current_programme, db, now, viewer
from .room import blueprint

log = logging.getLogger("induction.policy")
LONGEST_TEXT = 200_000  # characters; a policy of eighty pages
BUSY = "Other texts are being looked through at this moment. Nothing you typed is lost; save again in a few seconds."
NOT_LOOKED = LookedThrough()
MODES = {
    "both": "The text of this site, with our choices in it, and our own words after it",
    "own": "Our own policy, pasted here. Questions that it is not tied to are added at its end",
}


class PolicyWords(Paragraph):
    """Markdown, pasted from anywhere: looked at as a file is, so that a sign that can't be shown is named with its line."""

    def fit(self, typed: str) -> str:
        if len(typed) > bearable(self.longest):
            return super().fit(typed)
        words = written_text.plain(typed)
        if fault := written_text.fault(words):
            raise Unfit(f"Line {fault[0]}: {fault[1]}.")
        return written(words, self.longest)


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

    def own(self, ties: Mapping[str, str]) -> OwnWords:
        """The school's own words as they were typed."""
        return OwnWords(self.mode.data == "own", self.words.data or "", ties)


@dataclass(frozen=True, slots=True)
class TheirWords:
    """What another lead has saved: the words, and what else they have chosen otherwise."""

    words: str
    beside: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class TextPage:
    form: TextForm
    facets: list[Facet]
    headings: tuple[tuple[str, str], ...]
    ties: Mapping[str, str]
    problems: list[MarkedLine]
    saw: str  # what the page had shown when it was opened
    theirs: TheirWords | None  # what another lead has saved since


@blueprint.route("/policy/text", methods=["GET", "POST"], endpoint="policy_text")
@keeps_words_of(lambda: TextForm)
def text() -> Response | str:
    """The school's own words as they are written now, or saved in the draft."""
    if request.method == "POST":
        return _save()
    stored = policy_publication.own_words(db(), draft.read(db()))
    form = TextForm(data={"mode": "own" if stored.only else "both", "words": stored.words})
    return _page(form, stored.ties, policy_draft.shown(stored), _looked_through(stored))


def _save() -> Response | str:
    """Save them, where they can be published as they are written and nobody has saved others meanwhile."""
    library, form, saw = current_programme().library, TextForm(), sent("saw")
    chosen = {facet: sent(f"tie_{facet}") for facet in library.facets}
    if not form.validate():
        return _page(form, chosen, saw)
    try:
        found = policy_words.look_through(form.own({}), library)
    except Busy:
        form.words.errors = [BUSY]
        return _page(form, chosen, saw)
    own = form.own(_ties(chosen, found, library))
    if own.only and not own.words:
        form.words.errors = ["Paste your policy here, or choose the text of this site."]
    if found.problems or form.words.errors:
        return _page(form, own.ties, saw, found)
    try:
        new = policy_draft.save_words(db(), own, saw, by=viewer().id, at=now())
    except WrittenMeanwhile as fault:
        return _page(form, own.ties, policy_draft.shown(fault.theirs), found, _compared(own, found, fault.theirs))
    if new:
        log.info("Policy draft: text by person %s", viewer().id)
    flash("Saved in the draft. It applies once you publish." if new else KEPT_ALREADY, "done")
    return redirect("/school/policy/text" if sent("then") == "tie" else "/school/policy/preview", 303)


def _ties(chosen: Mapping[str, str], found: LookedThrough, library: Library) -> dict[str, str]:
    """The heading of each question, as far as there are such headings; one named for a question is tied to it."""
    known = [name for name, _ in found.headings]
    return {facet: tied for facet, tied in chosen.items() if tied in known} | {name: name for name in known if name in library.facets}


def _looked_through(stored: OwnWords) -> LookedThrough:
    return policy_words.look_through_stored(stored, current_programme().library)


def _compared(own: OwnWords, found: LookedThrough, theirs: OwnWords) -> TheirWords:
    return TheirWords(theirs.words, seen.differing(_beside(own, found), _beside(theirs, _looked_through(theirs))))


def _beside(own: OwnWords, found: LookedThrough) -> Shown:
    """What is said of the school's own words: what the text is made of, and which headings speak of which question."""
    known, facets = dict(found.headings), current_programme().library.facets.values()
    ties = {facet.ask: known.get(own.ties.get(facet.name, ""), "Nowhere") for facet in facets}
    return {"What the policy’s text is made of": MODES["own" if own.only else "both"], **ties}


def _page(
    form: TextForm, ties: Mapping[str, str], saw: str, found: LookedThrough = NOT_LOOKED, theirs: TheirWords | None = None
) -> str:
    page = TextPage(
        form=form,
        facets=list(current_programme().library.facets.values()),
        headings=() if found.problems else found.headings,
        ties=ties,
        problems=found.marked(form.words.data or ""),
        saw=saw,
        theirs=theirs,
    )
    return render_template("school/policy-text.html", page=page)
