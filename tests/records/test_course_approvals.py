"""Which lead has approved which version of a course."""

from datetime import timedelta

import pytest

from induction.records.school import course_approvals, school
from induction.records.school.course_approvals import Approval
from induction.records.store.database import RuleBroken, transaction
from tests.records.making import COURSE, NOW

FIRST, SECOND = "1" * 64, "2" * 64


def approve(db, person, sha256=FIRST, course=COURSE, later=0, name="Lou A."):
    with transaction(db):
        return course_approvals.approve(
            db, course=course, sha256=sha256, typed_name=name, by=person.id, now=NOW + timedelta(days=later)
        )


def test_nothing_is_approved_at_first(db, cast):
    assert course_approvals.latest(db) == {}
    assert course_approvals.of_course(db, COURSE) == []


def test_an_approval_is_kept_with_who_and_when(db, cast):
    assert approve(db, cast.lou) is True
    kept = Approval(COURSE, FIRST, "Lou A.", cast.lou.id, "Lou Adeyemi", NOW)
    assert course_approvals.latest(db) == {(COURSE, FIRST): kept}
    assert course_approvals.of_course(db, COURSE) == [kept]
    assert course_approvals.of_course(db, "another") == []


def test_every_page_is_drawn_anew_after_it(db, cast):
    before = school.revision(db)
    approve(db, cast.lou)
    assert school.revision(db) == before + 1


def test_approving_twice_changes_nothing(db, cast):
    approve(db, cast.lou)
    before = course_approvals.of_course(db, COURSE), school.revision(db)
    assert approve(db, cast.lou, later=3, name="Somebody else") is False
    assert (course_approvals.of_course(db, COURSE), school.revision(db)) == before


def test_another_lead_may_approve_the_same_version(db, cast):
    approve(db, cast.lou)
    assert approve(db, cast.max, later=1) is True
    assert [each.approved_by for each in course_approvals.of_course(db, COURSE)] == [cast.max.id, cast.lou.id]
    assert course_approvals.latest(db)[COURSE, FIRST].approved_by == cast.max.id


def test_the_latest_of_each_version_stands_last(db, cast):
    approve(db, cast.lou, FIRST)
    approve(db, cast.lou, FIRST, course="another")
    approve(db, cast.lou, SECOND, later=1)
    assert list(course_approvals.latest(db)) == [(COURSE, FIRST), ("another", FIRST), (COURSE, SECOND)]
    approve(db, cast.max, FIRST, later=2)  # the older words are taught again
    assert list(course_approvals.latest(db)) == [("another", FIRST), (COURSE, SECOND), (COURSE, FIRST)]


@pytest.mark.parametrize(
    "change",
    [
        "update approvals set typed_name = 'Eve'",
        "delete from approvals",
        f"insert or replace into approvals (id, course, sha256, typed_name, approved_by, at)"
        f" select id, course, '{SECOND}', typed_name, approved_by, at from approvals",
    ],
    ids=["changed", "taken away", "replaced"],
)
def test_an_approval_stays_as_it_was_made(db, cast, change):
    approve(db, cast.lou)
    before = course_approvals.of_course(db, COURSE)
    with pytest.raises(RuleBroken), transaction(db):
        db.execute(change)
    assert course_approvals.of_course(db, COURSE) == before


@pytest.mark.parametrize(
    "wrong",
    [{"course": ""}, {"sha256": "1" * 63}, {"name": ""}, {"name": "x" * 201}],
    ids=["no course", "no digest", "no name", "a long name"],
)
def test_what_is_no_approval_is_refused(db, cast, wrong):
    before = school.revision(db)
    with pytest.raises(RuleBroken):
        approve(db, cast.lou, **wrong)
    assert course_approvals.latest(db) == {} and school.revision(db) == before
