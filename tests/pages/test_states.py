"""What a page says of how things stand is so, in every state a school and a person can be in.

Each state is made in the records; each sentence has the fact beside it that makes it true. Whatever sentence a page shows,
its fact must hold, and where a state must be told, it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from induction.content.editions import course_version
from induction.content.model import Choice
from induction.records import editions
from induction.records.people import people
from induction.records.policy import acknowledgements, draft, versions
from induction.records.policy.acknowledgements import Signed
from induction.records.policy.draft import Draft
from induction.records.progress import completions
from induction.records.progress.completions import Completion
from induction.records.school import course_approvals
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.services import attempts, completion, policy_publication
from induction.services.lesson_visits import LessonVisit
from tests.cast import COURSE, Cast
from tests.choices import chosen

SHORT = "boundaries-in-ten-minutes"
LESSON = "friend-requests"
NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Facts:
    """How things stand, for Tess and for the school."""

    published: bool = False  # a text of the policy
    chosen: bool = False  # a stance in force
    undecided: bool = True  # a question is open
    drafted: bool = False
    asked: bool = False  # Tess is asked to acknowledge
    read: bool = False  # she has acknowledged a version
    differs: bool = False  # what is asked reads otherwise than that
    approved: frozenset[str] = frozenset()  # courses, as they stand
    approved_otherwise: bool = False  # in another version
    without_policy: bool = False  # before an approval covered the questions of policy
    tried: bool = False
    done: int = 0  # lessons
    open: bool = False  # a try at LESSON
    passed: bool = False  # LESSON
    completed: bool = False  # the course
    due: bool = True
    mentor: bool = True
    lessons: int = 11


# Making states, each a step that says what it makes so

Step = Callable[[Cast], dict]


def chosen_without_text(count: int | None = 1) -> Step:
    """As the first release did."""

    def make(cast: Cast) -> dict:
        facets = list(cast.programme.library.facets.values())
        with transaction(cast.records):
            cast.records.execute("insert into policy_versions (at) values (?)", [moment_text(NOW)])
            for facet in facets[:count]:
                stance = facet.stances[-1].name if count == 1 else facet.stances[0].name
                cast.records.execute("insert into policy_choices (version, facet, stance) values (1, ?, ?)", [facet.name, stance])
            cast.records.execute("update school set revision = revision + 1")
        return {"chosen": True, "undecided": count is not None}

    return make


def chose_what_is_no_longer_offered(cast: Cast) -> dict:
    with transaction(cast.records):
        cast.records.execute("insert into policy_versions (at) values (?)", [moment_text(NOW)])
        cast.records.execute("insert into policy_choices (version, facet, stance) values (1, 'pupil-contact', 'by-pigeon')")
        cast.records.execute("update school set revision = revision + 1")
    return {}


def text_alone(cast: Cast) -> dict:
    _publish(cast)
    return {"published": True, "asked": True}


def _publish(cast: Cast, minor: bool = False, **stances: str) -> None:
    programme = cast.programme
    choices = chosen({facet.replace("_", "-"): stance for facet, stance in stances.items()})
    proposed = policy_publication.propose(cast.records, programme.library, programme.school, Draft(choices), NOW)
    policy_publication.publish(cast.records, proposed, by=1, minor=minor)


def published(cast: Cast) -> dict:
    cast.choose(pupil_contact="school-platforms")
    return {"published": True, "chosen": True, "asked": True}


def published_whole(cast: Cast) -> dict:
    cast.choose(**{facet.name.replace("-", "_"): facet.stances[0].name for facet in cast.programme.library.facets.values()})
    return {"published": True, "chosen": True, "undecided": False, "asked": True}


def drafted(cast: Cast) -> dict:
    with transaction(cast.records):
        draft.save_choice(cast.records, Choice("parents", "declared-friendships"), cast.who("lou").id, NOW)
    return {"drafted": True}


def acknowledged(cast: Cast) -> dict:
    with transaction(cast.records):
        now = versions.now(cast.records)
        signed = Signed(cast.who("tess").id, now.version, now.sha256, "Tess Okafor", NOW)
        acknowledgements.acknowledge(cast.records, signed)
    return {"asked": False, "read": True}


def published_anew(cast: Cast) -> dict:
    cast.choose(pupil_contact="none")
    return {"asked": True, "differs": True}


def published_the_same_again(cast: Cast) -> dict:
    _publish(cast)
    return {"asked": True, "differs": False}


def published_a_minor_version(cast: Cast) -> dict:
    _publish(cast, minor=True)
    return {}


def lessons_done(count: int | None, course: str = COURSE) -> Step:
    def make(cast: Cast) -> dict:
        programme, tess = cast.programme, cast.who("tess").id
        of = programme.library.courses[course]
        with transaction(cast.records):
            for lesson in of.lessons[:count]:
                words = programme.lesson_edition(of, lesson)
                editions.keep(cast.records, words, "lesson", NOW)
                completions.complete(cast.records, Completion(
                    person_id=tess, course=course, lesson=lesson.slug, version=words.sha256, policy_version=0, completed_at=NOW
                ))
            whole = completion.finish_course(cast.records, programme, of, tess, NOW)
        done = of.lessons[:count]
        return {"done": len(done), "passed": any(each.slug == LESSON for each in done), "completed": whole}

    return make


def begun(cast: Cast) -> dict:
    programme, tess = cast.programme, cast.who("tess").id
    course = programme.library.courses[COURSE]
    visit = LessonVisit(tess, course, course.lesson(LESSON), NOW)
    attempts.begin(cast.records, programme, visit, lambda words: None)
    return {"tried": True, "open": True}


def due(days: int | None) -> Step:
    def make(cast: Cast) -> dict:
        with transaction(cast.records):
            day = (NOW + timedelta(days=days)).date() if days is not None else None
            people.update(cast.records, cast.who("tess").id, due=day, now=NOW)
        return {"due": days is not None}

    return make


def without_mentor(cast: Cast) -> dict:
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, mentor_id=None, now=NOW)
    return {"mentor": False}


def given_the_short_course(cast: Cast) -> dict:
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, course=SHORT, now=NOW)
    return {"lessons": len(cast.programme.library.courses[SHORT].lessons)}


def approved(how: str, *courses: str) -> Step:
    def make(cast: Cast) -> dict:
        programme = cast.programme
        with transaction(cast.records):
            for word in courses:
                course = programme.library.courses[word]
                before = course_version.without_policy(course, programme.library, programme.school.nation)
                sha256 = {"as it stands": programme.version(course), "otherwise": "0" * 64, "without policy": before}[how]
                course_approvals.approve(
                    cast.records, course=word, sha256=sha256, typed_name="Lou", by=cast.who("lou").id, now=NOW
                )
        found = {"as it stands": {"approved": frozenset(courses)}, "otherwise": {"approved_otherwise": True}}
        return found.get(how, {"without_policy": True})

    return make


BOTH = (COURSE, SHORT)
STATES: dict[str, tuple[Step, ...]] = {
    "nothing yet": (),
    "a draft of the policy": (drafted,),
    "one stance, no text": (chosen_without_text(1),),
    "one stance, no text, and a draft": (chosen_without_text(1), drafted),
    "every stance, no text": (chosen_without_text(None),),
    "a stance no longer offered": (chose_what_is_no_longer_offered,),
    "a text without a choice": (text_alone,),
    "published": (published,),
    "published whole": (published_whole,),
    "published, and a draft": (published, drafted),
    "read": (published, acknowledged),
    "read, and a minor version": (published, acknowledged, published_a_minor_version),
    "read, and a new version": (published, acknowledged, published_anew),
    "read, and the same again": (published, acknowledged, published_the_same_again),
    "all approved": (published, approved("as it stands", *BOTH)),
    "one approved": (published, approved("as it stands", COURSE)),
    "one changed": (published, approved("otherwise", COURSE), approved("as it stands", SHORT)),
    "approved before it covered the policy": (published, approved("without policy", *BOTH)),
    "begun": (published, begun),
    "overdue, begun": (due(-3), begun),
    "no date, no mentor": (due(None), without_mentor),
    "some lessons done": (published, lessons_done(4)),
    "all but one done": (published, lessons_done(10)),
    "done, and trying again": (lessons_done(4), begun),
    "all lessons done, policy to read": (published, lessons_done(None)),
    "all done": (published, acknowledged, lessons_done(None)),
    "all done before there was a policy": (lessons_done(None), published),
    "all done, and a new version": (published, acknowledged, lessons_done(None), published_anew),
    "all done, and the same again": (published, acknowledged, lessons_done(None), published_the_same_again),
    "the short course": (given_the_short_course,),
    "the short course, done": (published, acknowledged, given_the_short_course, lessons_done(None, SHORT)),
}

# Sentences, by the fact that makes each true

TRUE_WHEN: dict[str, Callable[[Facts], bool]] = {
    # the policy
    "Until then the cautious rules apply": lambda is_: not is_.published and not is_.chosen,
    "Published. Where you have not chosen": lambda is_: is_.published and is_.undecided,
    "your policy’s text is not published yet": lambda is_: not is_.published and is_.chosen,
    "and the cautious rule where you have not": lambda is_: is_.chosen and is_.undecided,
    "has not published its policy yet": lambda is_: not is_.published and not is_.chosen,
    "Nothing has to be acknowledged yet": lambda is_: not is_.published,
    "Where it has not chosen yet": lambda is_: is_.undecided,
    "has not chosen yet, the cautious rule applies": lambda is_: is_.undecided,
    "Nothing is published yet": lambda is_: not is_.published,
    "Nothing published yet": lambda is_: not is_.published and not is_.chosen,
    "The rules that apply": lambda is_: not is_.published and not is_.chosen,
    "Our policy at": lambda is_: is_.chosen or is_.drafted,  # in the preview of a draft
    "is not published yet": lambda is_: not is_.published or is_.drafted,
    "One change is not published yet": lambda is_: is_.drafted,
    "Read it once, in your own time": lambda is_: is_.asked and not is_.read,
    "Nothing more is asked of you": lambda is_: is_.read and not is_.asked,
    "something in it has changed": lambda is_: is_.read and is_.asked and is_.differs,
    "It reads the same": lambda is_: is_.read and is_.asked and not is_.differs,
    "The words are the same": lambda is_: is_.read and is_.asked and not is_.differs,
    "I have read and understood version": lambda is_: is_.published,
    "Done · you have read and understood it": lambda is_: is_.read and not is_.asked,
    "to read and to say so": lambda is_: is_.asked,
    # home
    "Welcome.": lambda is_: not is_.tried and not is_.done,
    "You have made a start": lambda is_: is_.tried or is_.done > 0,
    "You are over halfway": lambda is_: is_.done * 2 > is_.lessons,
    "You have done every lesson": lambda is_: is_.done == is_.lessons,
    "You have finished": lambda is_: is_.lessons > 0 and is_.done == is_.lessons and not is_.asked,
    "and no lesson": lambda is_: is_.done == is_.lessons and is_.asked,
    "has changed since you read it": lambda is_: is_.read and is_.asked and is_.differs,
    "Read what has changed": lambda is_: is_.read and is_.asked and is_.differs,
    "It reads as it did": lambda is_: is_.read and is_.asked and not is_.differs,
    "read our policy once more": lambda is_: is_.read and is_.asked and not is_.differs,
    "published after you had completed": lambda is_: is_.completed and is_.asked and not is_.read,
    "been published since then": lambda is_: is_.completed and is_.asked and not is_.read,
    "What you have completed stands": lambda is_: is_.completed,
    "no date is set": lambda is_: not is_.due,
    "no new date": lambda is_: is_.due and is_.completed and is_.asked,
    "Once our policy is published": lambda is_: not is_.published,
    "No mentor at present. Your induction lead can say who it is.": lambda is_: not is_.mentor,
    "There are no lessons yet": lambda is_: is_.lessons == 0,
    "There is more, if you like": lambda is_: is_.lessons == 1,
    # a lesson
    "Not yet approved by": lambda is_: COURSE not in is_.approved,
    "You have passed this lesson": lambda is_: is_.passed,
    "and begun another try": lambda is_: is_.passed and is_.open,
    "Go on where you stopped": lambda is_: is_.open,
    "Now try it": lambda is_: not is_.passed and not is_.open,
    "Try it again": lambda is_: is_.passed and not is_.open,
    # courses
    "is not approved yet": lambda is_: len(is_.approved) == 1 and not is_.approved_otherwise,
    "Not approved yet": lambda is_: len(is_.approved) < 2 and not is_.without_policy,
    "has changed since it was approved": lambda is_: is_.approved_otherwise,
    "Changed since": lambda is_: is_.approved_otherwise,
    "are not approved as they stand": lambda is_: not is_.approved and not is_.without_policy,
    "An approval now covers the questions of policy too": lambda is_: is_.without_policy,
    "Approve its questions of policy too": lambda is_: is_.without_policy,
    "Approved by Lou Hartley": lambda is_: bool(is_.approved),
    # everybody
    "Nobody has an induction to do yet": lambda is_: False,
    "Nobody here yet": lambda is_: False,
    "Nobody found": lambda is_: False,
    "has no mentor at present": lambda is_: not is_.mentor,
}
PAGES = {
    "tess": ("/", f"/courses/{COURSE}/{LESSON}", "/policy"),
    "lou": (
        "/school/overview", "/school/courses", "/school/people", "/school/settings", "/school/policy", "/school/policy/preview",
        "/school/policy/versions", "/school/policy/readers",
    ),
}
TOLD = {  # in which state somebody must be told what
    "nothing yet": ("lou", "/", "Publish your policyTo do · Until then the cautious rules apply"),
    "one stance, no text": ("lou", "/school/overview", "What you have chosen applies, and the cautious rule where you have not;"),
    "every stance, no text": ("lou", "/", "What you have chosen applies; your policy’s text is not published yet."),
    "a stance no longer offered": ("lou", "/", "Until then the cautious rules apply"),
    "read, and a new version": ("tess", "/policy", "Since then something in it has changed."),
    "read, and the same again": ("tess", "/policy", "It reads the same; you are asked to read it once more."),
    "one approved": ("lou", "/", "is not approved yet."),
    "one changed": ("lou", "/", "has changed since it was approved."),
    "approved before it covered the policy": ("lou", "/school/courses", "Approve its questions of policy too"),
    "overdue, begun": ("tess", "/", "3 days ago"),
    "no date, no mentor": ("lou", "/school/overview", "Tess Okafor has no mentor at present."),
    "done, and trying again": ("tess", f"/courses/{COURSE}/{LESSON}", "Go on where you stopped"),
    "all done before there was a policy": ("tess", "/", "It was published after you had completed the induction."),
    "all done, and a new version": ("tess", "/", "Read what has changed"),
    "all done, and the same again": ("tess", "/", "Read our policy once more"),
    "all done": ("tess", "/", "You have finished You completed your induction on"),
    "the short course, done": ("tess", "/", "You have finished"),
}


def facts_of(cast: Cast, steps: tuple[Step, ...]) -> Facts:
    facts = Facts()
    for step in steps:
        facts = replace(facts, **step(cast))
    return facts


@pytest.mark.parametrize("state", STATES)
def test_no_page_says_what_is_not_so(cast, state):
    facts, untrue = facts_of(cast, STATES[state]), []
    for who, paths in PAGES.items():
        for path in paths:
            page = getattr(cast, who).open(path)
            assert page.status == 200, path
            words = page.document.text
            untrue += [f"{path}: {said}" for said, is_so in TRUE_WHEN.items() if said in words and not is_so(facts)]
    assert untrue == []
    if state in TOLD:
        who, path, words = TOLD[state]
        assert words in getattr(cast, who).open(path).document.text


def test_every_state_that_must_be_told_is_one():
    assert set(TOLD) <= set(STATES)
