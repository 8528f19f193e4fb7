"""Leads who read a course lesson by lesson, and what of it a school must read again."""

from datetime import timedelta

import pytest

from induction.records.school import course_approvals, lesson_readings, school
from induction.records.store.database import transaction
from induction.services import course_reading, policy_publication
from induction.services.course_reading import Outcome
from induction.services.programme import Programmes
from induction.services.shelf import Shelf
from induction.settings import HOME
from tests.cast import OPENED
from tests.records.making import NOW

INDEX = "---\ntitle: Ours\nthemes: {messages: {words: Messages, question: What now?}}\n---\n\nWhat it is for.\n"
LESSON = "---\ntitle: {title}\n---\n\nTell {{{{ safeguarding lead }}}} at {{{{ school }}}}. Ring {{{{ fact posh-phone }}}}.\n\n{more}\n"
SHIPPED = {"name": "Wrenfield School", "nation": "england", "phase": "all-through", "words": {}, "public_contacts": False}


class Site:
    """A school with a course of its own of three lessons, and two leads."""

    def __init__(self, db, cast, folder):
        self.db, self.lou, self.kit, self.folder = db, cast.lou.id, cast.max.id, folder
        self._put("courses/ours/index.md", INDEX)
        for number, word in enumerate(("first", "second", "third"), 1):
            self._put(f"courses/ours/0{number}-{word}.md", LESSON.format(title=word.title(), more=f"This is {word}."))
        self.open()

    def write(self, path, text):
        self._put(path, text)
        self.open()

    def _put(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def open(self):
        self.programme = Programmes(Shelf(HOME, self.folder), self.db, OPENED).current()

    @property
    def course(self):
        return self.programme.library.courses["ours"]

    def version(self, word):
        return course_reading.wording(self.programme, self.course, self.course.lesson(word)).sha256

    def read(self, word, by=None, version=None, later=0):
        return course_reading.read(
            self.db, self.programme, self.course, self.course.lesson(word), version or self.version(word), by or self.lou,
            NOW + timedelta(days=later),
        )

    def read_all(self):
        for each in self.course.lessons:
            self.read(each.slug)

    def approve(self, by=None, version=None):
        version = version or self.programme.version(self.course)
        done = course_reading.approve(
            self.db, self.programme, self.course, version, typed_name="Lou", by=by or self.lou, now=NOW + timedelta(days=9)
        )
        self.open()
        return done

    @property
    def stands(self):
        """The lessons by who has read them, and who had read them in other words."""
        names = {self.lou: "lou", self.kit: "kit"}
        found = {}
        for each in course_reading.standings(self.db, self.programme, self.course):
            found[each.lesson.slug] = (
                each.reading and names[each.reading.read_by], each.before and names[each.before.read_by]
            )
        return found


@pytest.fixture
def site(db, cast, tmp_path):
    return Site(db, cast, tmp_path / "own")


def test_two_leads_share_three_sittings_and_one_approves(site):
    assert site.approve() is Outcome.UNREAD
    assert site.read("first") is Outcome.KEPT
    assert site.read("second", site.kit, later=1) is Outcome.KEPT
    assert site.stands == {"first": ("lou", None), "second": ("kit", None), "third": (None, None)}
    assert site.approve(site.kit) is Outcome.UNREAD and not site.programme.approved(site.course)
    assert site.read("third", later=2) is Outcome.KEPT
    assert site.approve(site.kit) is Outcome.KEPT and site.programme.approved(site.course)
    [approval] = course_approvals.of_course(site.db, "ours")
    assert (approval.sha256, approval.approved_by) == (site.programme.version(site.course), site.kit)


def test_what_was_read_is_kept_once_and_the_first_reader_counts(site):
    site.read("first")
    assert site.read("first") is Outcome.BEFORE
    assert site.read("first", site.kit) is Outcome.KEPT
    assert site.stands["first"] == ("lou", None)
    assert len(lesson_readings.of_course(site.db, "ours")) == 2


def test_other_words_than_those_on_the_page_are_not_read(site):
    stale = site.version("first")
    site.write("courses/ours/01-first.md", LESSON.format(title="First", more="This is first of all."))
    assert site.read("first", version=stale) is Outcome.MEANWHILE
    assert site.stands["first"] == (None, None)
    assert site.approve(version="0" * 64) is Outcome.MEANWHILE


def test_after_a_change_only_what_changed_is_to_be_read(site):
    site.read_all()
    site.approve()
    site.write("courses/ours/02-second.md", LESSON.format(title="Second", more="This is the second."))
    assert not site.programme.approved(site.course)
    assert site.stands == {"first": ("lou", None), "second": (None, "lou"), "third": ("lou", None)}
    assert site.approve() is Outcome.UNREAD
    before = lesson_readings.of_course(site.db, "ours")[1]
    words = lesson_readings.words(site.db, before.sha256)
    [change] = course_reading.changes(site.programme, site.course, site.course.lesson("second"), words)
    assert "This is second." in change.before.html and "This is <ins>the </ins>" not in change.before.html
    assert "<ins>the</ins>" in change.after.html
    site.read("second", site.kit)
    assert site.approve(site.kit) is Outcome.KEPT


def test_what_is_put_back_is_read_again_without_anybody(site):
    site.read_all()
    words = LESSON.format(title="Second", more="This is second.")
    site.write("courses/ours/02-second.md", words.replace("second.", "the second."))
    assert site.stands["second"] == (None, "lou")
    site.write("courses/ours/02-second.md", words)
    assert site.stands["second"] == ("lou", None)


def test_a_fact_asks_again_and_neither_the_school_nor_its_choices_do(site):
    """As an approval does."""
    site.read_all()
    with transaction(site.db):
        school.save(site.db, **{**SHIPPED, "name": "Highmoor School", "words": {"safeguarding lead": "Priya Nair"}})
    policy_publication.choose(site.db, site.programme.library, {"pupil-contact": "none"}, by=None, at=NOW)
    site.open()
    assert set(site.stands.values()) == {("lou", None)}
    fact = "posh-phone:\n  value: 0344 381 4773\n  what: Them, by telephone\n  source: Them\n  checked: 2026-11-24\n"
    site.write("courses/facts.yml", fact)
    assert set(site.stands.values()) == {(None, "lou")}


def test_what_a_course_says_of_itself_is_read_when_it_is_approved_and_its_change_is_shown(site):
    site.read_all()
    assert course_reading.itself(site.db, site.programme, site.course) == (None, None)
    site.approve()
    reading, _ = course_reading.itself(site.db, site.programme, site.course)
    assert reading.read_by == site.lou
    site.write("courses/ours/index.md", INDEX.replace("What now?", "What then?"))
    assert set(site.stands.values()) == {("lou", None)} and not site.programme.approved(site.course), "no lesson has changed"
    now, before = course_reading.itself(site.db, site.programme, site.course)
    assert now is None
    found = course_reading.changes(site.programme, site.course, None, lesson_readings.words(site.db, before.sha256))
    assert [each.shown.title for each in found] == ["Messages"]
    assert site.approve() is Outcome.KEPT


def approved_whole(site):
    """As it was before lessons were read one by one."""
    with transaction(site.db):
        course_approvals.approve(
            site.db, course="ours", sha256=site.programme.version(site.course), typed_name="Lou", by=site.lou, now=NOW
        )
    site.open()


def test_an_approval_from_before_stays_and_all_counts_as_read(site):
    approved_whole(site)
    assert site.programme.approved(site.course)
    assert set(site.stands.values()) == {("lou", None)}
    assert lesson_readings.of_course(site.db, "ours") == []


def test_after_the_next_start_only_what_changes_is_asked_again_of_an_approval_from_before(site):
    approved_whole(site)
    before = course_approvals.of_course(site.db, "ours")
    for _ in range(2):  # a second start keeps nothing more
        course_reading.keep_what_was_approved(site.db, site.programme)
    kept = lesson_readings.of_course(site.db, "ours")
    assert [(each.lesson, each.read_by, each.at) for each in kept] == [
        (word, site.lou, NOW) for word in ("", "first", "second", "third")
    ]
    assert course_approvals.of_course(site.db, "ours") == before
    site.write("courses/ours/02-second.md", LESSON.format(title="Second", more="This is the second."))
    assert site.stands == {"first": ("lou", None), "second": (None, "lou"), "third": ("lou", None)}


def test_a_start_keeps_nothing_of_what_is_not_approved_as_it_stands(site):
    site.read("first")
    approved_whole(site)
    site.write("courses/ours/02-second.md", LESSON.format(title="Second", more="This is the second."))
    course_reading.keep_what_was_approved(site.db, site.programme)
    assert [each.lesson for each in lesson_readings.of_course(site.db, "ours")] == ["first"]
