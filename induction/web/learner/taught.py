"""What somebody completed, tried or signed, and what has changed since. Open to them, and to those who see how they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import Response, abort, render_template
from markupsafe import Markup

from ...content.editions import since_last
from ...content.editions.lesson_pieces import Piece
from ...content.editions.pieces import Changed
from ...records import editions, evidence
from ...records.evidence import Entry
from ...records.policy import versions
from ...records.progress import certificates
from ...records.progress import corrections as correction_records
from ...records.progress import taught as records
from ...records.progress.taught import Taught
from ...rules import calendar
from ...rules import corrections as corrected
from ...rules.certificate_codes import grouped
from ...rules.happened import Kind
from ...services import taught as services
from ...services.taught import Since
from ...wording import corrections, cycles, openings
from ...wording import taught as wording
from ...wording.sentences import sentence
from ...wording.taught import Found
from ..parts import as_it_was
from ..parts.as_it_was import Head
from ..site import current_programme, db, today, viewer
from .room import blueprint


@dataclass(frozen=True, slots=True)
class Row:
    """Something to read as it was. Without an address its words are not kept."""

    title: str
    href: str
    detail: str


@dataclass(frozen=True, slots=True)
class Part:
    """What changed in one thing."""

    title: str
    words: str
    rules: tuple[since_last.Changed, ...] = ()
    gone: tuple[str, ...] = ()  # titles
    pieces: tuple[Changed[Piece], ...] = ()

    @property
    def shows(self) -> bool:
        """Whether there is more to see than a sentence."""
        return bool(self.rules or self.gone or self.pieces)


@dataclass(frozen=True, slots=True)
class TaughtPage:
    head: Head
    facts: list[tuple[str, list[str]]]
    rows: list[Row]
    lessons: list[Row]  # of a course
    about: Markup | None  # what a course was for
    since: list[Part]
    entry: Entry | None  # in the chain of evidence
    certificate: str  # the address of the one that came of it; empty where none did


@as_it_was.of_each(blueprint, "", *Kind)
def taught(kind: Kind, number: int) -> str:
    of = as_it_was.head(kind, number)
    entry = evidence.entry_of(db(), kind.removesuffix("s"), number)
    page = TaughtPage(
        of, _facts(of), _rows(of), _lessons(of), _about(of.taught), _since(of.taught), entry, _certificate(of.taught)
    )
    return render_template("learner/taught.html", page=page)


def _facts(of: Head) -> list[tuple[str, list[str]]]:
    found, policy = of.taught, services.policy_then(current_programme(), of.taught.policy_version).version
    published = calendar.local(policy.at).date() if policy else None
    said: list[tuple[str, list[str]]] = [("Who", [of.who]), ("When", [of.when])]
    if found.lesson:
        course = current_programme().library.courses.get(found.course)
        said.append(("Course", [wording.part_of(course.title if course else found.course, course is not None)]))
    if found.kind is Kind.ACKNOWLEDGEMENT:
        said.append(("How", [wording.signed(found.typed_name, found.signed_on, found.recorded_by)]))
    else:
        said.append(("Result", [wording.what_came(found.passed, found.percent, found.pass_mark, bool(found.lesson))]))
        opened = sentence(openings.by_the_day([found.opening], date.min))
        how = (wording.tries(found.tries), opened, wording.begun(found.began, found.at), sentence(cycles.round_of(found.round)))
        said.append(("How", [line for line in how if line]))
        said.append(("Our policy", [wording.policy(found.policy_version, published)]))
    said.append(("In which words", _versions(found, policy.sha256 if policy else None)))
    said.append(("On record", _corrected(found)))
    return [(label, lines) for label, lines in said if lines]


def _corrected(found: Taught) -> list[str]:
    """What leads have said of it since; nothing of a try, which nobody corrects."""
    if found.kind is Kind.ATTEMPT:
        return []
    what = corrected.Kind(found.kind.removesuffix("s"))
    said = [corrections.said(each, today()) for each in correction_records.of(db(), what, found.id)]
    return said if correction_records.counts(db(), what, found.id) else [*said, "Does not count at present."]


def _versions(found: Taught, policy: str | None) -> list[str]:
    """*Lesson 0f3a…*: what the SHA-256 of each begins with."""
    held = (("Course", found.course_version), ("Lesson", found.lesson_version), ("Scenarios", found.quiz_version), ("Policy", policy))
    return [f"{what} {sha256[: wording.SHORT]}" for what, sha256 in held if sha256]


def _rows(of: Head) -> list[Row]:
    found, rows = of.taught, []
    if found.lesson:
        kept = bool(found.lesson_version)
        rows.append(Row("The lesson", as_it_was.page(of, "lesson") if kept else "", wording.lesson_row(kept)))
    if found.quiz_version:
        rows.append(Row("The scenarios", as_it_was.page(of, "scenarios"), wording.scenarios_row(len(found.drawn))))
    rows.append(Row("Our policy", as_it_was.page(of, "policy"), wording.policy_row(found.policy_version)))
    return rows


def _lessons(of: Head) -> list[Row]:
    """The lessons of a course that was completed, as each was completed."""
    if of.taught.kind is not Kind.COMPLETION or of.taught.lesson:
        return []
    programme = current_programme()
    return [
        Row(services.title(programme, each), f"/{each.kind}/{each.id}", wording.lesson_of_course(each.at, each.percent))
        for each in records.lessons_of(db(), viewer().id, of.taught, today())
    ]


def _certificate(found: Taught) -> str:
    kept = certificates.of_person(db(), found.person_id) if found.course_version else []
    return next((f"/certificates/{grouped(each.code)}" for each in kept if each.completion_id == found.id), "")


def _about(found: Taught) -> Markup | None:
    then = services.course_then(current_programme(), found.course_version) if found.course_version else None
    return as_it_was.with_pictures(then.shown.html)[0] if then and then.shown else None


# What changed since

def _since(found: Taught) -> list[Part]:
    programme, parts = current_programme(), []
    if found.lesson:
        since = services.lesson_since(programme, found)
        parts.append(_part("The lesson", wording.lesson_since(_counted(since), "lesson"), since))
    elif found.course:
        since = services.course_since(programme, found)
        parts.append(_part("What the course says of itself", wording.lesson_since(_counted(since), "course"), since))
    if found.quiz_version:
        since = services.scenarios_since(programme, found)
        parts.append(_part("The scenarios that were asked", wording.scenarios_since(_counted(since)), since))
    since = services.policy_since(programme, found)
    parts.append(_part("Our policy", wording.policy_since(found.policy_version, programme.policy.version, _counted(since)), since))
    return parts


def _counted(since: Since) -> Found:
    return Found(since.there, since.known, len(since.pieces), len(since.rules), len(since.gone))


def _part(title: str, words: str, since: Since) -> Part:
    return Part(title, words, since.rules, since.gone, tuple(_said(since.pieces)))


def _said(pieces: Iterable[Changed[Piece]]) -> Iterable[Changed[Piece]]:
    """The same, with what is marked said for whoever hears it."""
    return (Changed(each.before and _spoken(each.before), each.after and _spoken(each.after)) for each in pieces)


def _spoken(piece: Piece) -> Piece:
    html = str(as_it_was.with_pictures(piece.html)[0])
    for tag, words in wording.MARKED.items():
        html = html.replace(f"<{tag}>", f'<{tag}><span class="unseen">{words} </span>')  # no text has these tags of its own
    return Piece(piece.id, piece.title, html, piece.rating)


@dataclass(frozen=True, slots=True)
class ChangesPage:
    head: Head
    since: list[Part]
    today: str


@as_it_was.of_each(blueprint, "changes", *Kind)
def changes(kind: Kind, number: int) -> str:
    of = as_it_was.head(kind, number)
    return render_template("learner/taught-changes.html", page=ChangesPage(of, _since(of.taught), wording.on(today())))


# To the letter

@as_it_was.of_each(blueprint, "lesson/words", Kind.COMPLETION)
def lesson_words(kind: Kind, number: int) -> Response:
    """The words of a version to the letter, for anyone to work out their SHA-256."""
    sha256 = as_it_was.head(kind, number).taught.lesson_version
    return _to_the_letter("lesson", number, editions.text(db(), sha256) if sha256 else None)


@as_it_was.of_each(blueprint, "scenarios/words", Kind.COMPLETION)
def scenarios_words(kind: Kind, number: int) -> Response:
    """All of them, also those that were not asked: not for those who may still meet them."""
    sha256 = as_it_was.head(kind, number).taught.quiz_version
    return _to_the_letter("scenarios", number, editions.text(db(), sha256) if sha256 and as_it_was.may_have_all_scenarios() else None)


@as_it_was.of_each(blueprint, "policy/words", Kind.COMPLETION)
def policy_words(kind: Kind, number: int) -> Response:
    """Of the version of the policy under which it was completed."""
    version = versions.version(db(), as_it_was.head(kind, number).taught.policy_version)
    return _to_the_letter("policy", number, version.text if version else None)


def _to_the_letter(what: str, number: int, text: str | None) -> Response:
    if not text:
        abort(404)
    answer = Response(text.encode(), content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{what}-of-completion-{number}.json"'
    return answer
