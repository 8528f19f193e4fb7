"""On which days somebody gets in, asked of the database at the moment, whatever a chore has done; and lists by their days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.records.people import days_here, one_time_links, people, sessions
from induction.records.people.one_time_links import LinkKind
from induction.records.people.people import EndBeforeStart, EndIsPast, LastLead
from induction.records.people.person import Details
from induction.records.progress import groups
from induction.records.store.database import transaction
from induction.rules.days_here import Shut, When
from induction.rules.groups import Group
from induction.rules.induction import Required
from induction.rules.roles import Role
from tests.records.making import LESSONS, NOW, TODAY, make_so

HASH = "x" * 40
SUMMER = datetime(2027, 6, 30, 22, 59, 59, tzinfo=UTC)  # a second before midnight in the school's summer hour


def in_days(count):
    return TODAY + timedelta(days=count)


def gets_in(db, who, now):
    """Whether the door lets somebody in who was signed in a moment before."""
    with transaction(db):
        token = sessions.start(db, who.id, device="", now=now)
    return sessions.find(db, token, now) is not None


def give_password(db, *whom):
    with transaction(db):
        for who in whom:
            people.set_password(db, who.id, HASH, now=NOW)


def test_the_door_opens_on_the_first_day_and_shuts_after_the_last(db, cast):
    with transaction(db):
        make_so(db, cast.tess, starts=in_days(1), ends=in_days(2))
    found = {days: gets_in(db, cast.tess, NOW + timedelta(days=days)) for days in range(4)}
    assert found == {0: False, 1: True, 2: True, 3: False}


@pytest.mark.parametrize(("starts", "ends", "before", "after"), [
    (date(2027, 7, 1), None, False, True), (None, date(2027, 6, 30), True, False),
])  # fmt: skip
def test_a_day_begins_at_midnight_in_the_school_in_summer_too(db, cast, starts, ends, before, after):
    with transaction(db):
        make_so(db, cast.tess, starts=starts, ends=ends)
    assert gets_in(db, cast.tess, SUMMER) is before and gets_in(db, cast.tess, SUMMER + timedelta(seconds=1)) is after


def test_on_the_day_with_two_half_past_ones_the_day_is_one_day(db, cast):
    with transaction(db):
        make_so(db, cast.tess, ends=date(2027, 10, 31))  # 25 hours long
    midnight = datetime(2027, 10, 30, 23, tzinfo=UTC)
    assert gets_in(db, cast.tess, midnight) and gets_in(db, cast.tess, midnight + timedelta(hours=24, minutes=59))
    assert not gets_in(db, cast.tess, midnight + timedelta(hours=25))


def test_the_last_lead_stays_and_no_other(db, cast):
    with transaction(db):
        kit = people.add(db, Details("kit@school.example", "Kit", Role.LEAD), now=NOW)
        make_so(db, cast.lou, ends=in_days(-2))
        make_so(db, kit, ends=in_days(-1))
    give_password(db, cast.lou, kit)
    assert days_here.shut(db, people.find(db, cast.lou.id), NOW) == Shut(When.AFTER, in_days(-2))
    assert days_here.shut(db, people.find(db, kit.id), NOW) is None  # who was to stay longest
    with transaction(db):
        uma = people.add(db, Details("uma@school.example", "Uma", Role.LEAD, starts=in_days(1)), now=NOW)
    give_password(db, uma)
    assert gets_in(db, kit, NOW) and not gets_in(db, kit, NOW + timedelta(days=1))


def test_the_last_lead_is_not_sent_off_until_next_month(db, cast):
    give_password(db, cast.lou)
    with transaction(db):
        kit = people.add(db, Details("kit@school.example", "Kit", Role.LEAD, starts=in_days(9)), now=NOW)
        people.set_password(db, kit.id, HASH, now=NOW)
    for change in ({"starts": in_days(1)}, {"role": Role.TEACHER}):
        with pytest.raises(LastLead), transaction(db):
            people.update(db, cast.lou.id, now=NOW, **change)
    with transaction(db):
        people.update(db, cast.lou.id, now=NOW + timedelta(days=9), role=Role.TEACHER)


def test_days_that_can_not_be(db, cast):
    def add(**days):
        with transaction(db):
            people.add(db, Details("eve@school.example", "Eve", Role.TEACHER, **days), now=NOW)

    with pytest.raises(EndBeforeStart):
        add(starts=in_days(2), ends=in_days(1))
    with pytest.raises(EndIsPast):
        add(ends=in_days(-1))
    with pytest.raises(EndIsPast), transaction(db):
        people.update(db, cast.tess.id, ends=in_days(-1), now=NOW)
    add(starts=in_days(-400), ends=TODAY)
    eve = people.by_email(db, "eve@school.example")
    with transaction(db):  # what has become past by now stays
        people.update(db, eve.id, name="Eva", now=NOW + timedelta(days=5))


def test_an_invitation_works_from_the_first_day_on_as_long_as_any(db, cast):
    with transaction(db):
        eve = people.add(db, Details("eve@school.example", "Eve", Role.TEACHER, starts=date(2027, 9, 1)), now=NOW)
        token = one_time_links.make(db, LinkKind.INVITATION, eve.id, NOW)
        tess = one_time_links.make(db, LinkKind.INVITATION, cast.tess.id, NOW)
    until = datetime(2027, 8, 31, 23, tzinfo=UTC) + timedelta(days=14)
    assert one_time_links.find(db, LinkKind.INVITATION, token, NOW).expires_at == until
    assert one_time_links.find(db, LinkKind.INVITATION, tess, NOW).expires_at == NOW + timedelta(days=14)
    with transaction(db):
        people.update(db, eve.id, starts=date(2027, 10, 1), now=NOW)
        people.update(db, cast.tess.id, starts=in_days(-30), now=NOW)
    assert one_time_links.find(db, LinkKind.INVITATION, token, NOW).expires_at == until + timedelta(days=30)
    assert one_time_links.find(db, LinkKind.INVITATION, tess, NOW).expires_at == NOW + timedelta(days=14)


def test_whoever_has_not_begun_stands_in_no_group(db, cast):
    with transaction(db):
        make_so(db, cast.tess, starts=in_days(1), due=in_days(-3))
    required = Required(tuple(LESSONS))
    found = groups.groups(db, required, TODAY)
    assert cast.tess.id not in [each for ids in found.values() for each in ids]
    assert cast.tess.id in groups.groups(db, required, in_days(1))[Group.OVERDUE]


def test_lists_by_their_days(db, cast):
    with transaction(db):
        make_so(db, cast.tess, starts=in_days(1), ends=in_days(3))
        make_so(db, cast.sam, ends=in_days(28))
        make_so(db, cast.nia, ends=in_days(29))
        make_so(db, cast.max, ends=in_days(-1))
    assert [each.id for each in days_here.leaving(db, TODAY)] == [cast.tess.id, cast.sam.id]
    assert days_here.to_come(db, TODAY) == [cast.tess.id] and days_here.to_come(db, in_days(1)) == []
    assert cast.tess.id not in days_here.unseen(db, TODAY) and cast.tess.id in days_here.unseen(db, in_days(1))
    assert [each.id for each in days_here.over(db, TODAY)] == [cast.max.id]


def test_who_could_have_been_here_all_of_a_term_and_was_not(db, cast):
    then = NOW + timedelta(weeks=13, seconds=1)
    assert days_here.dormant(db, then) == []  # nobody has a password
    give_password(db, cast.tess, cast.sam, cast.max, cast.nia)
    with transaction(db):
        sessions.start(db, cast.sam.id, device="", now=NOW + timedelta(days=1))
        make_so(db, cast.max, starts=in_days(30))
        make_so(db, cast.nia, ends=in_days(40))
    assert days_here.dormant(db, NOW + timedelta(weeks=13)) == []
    assert days_here.dormant(db, then) == [cast.tess.id]
    assert sorted(days_here.dormant(db, then + timedelta(days=1))) == sorted([cast.sam.id, cast.tess.id])
    assert sorted(days_here.dormant(db, then + timedelta(days=60))) == sorted([cast.max.id, cast.sam.id, cast.tess.id])
