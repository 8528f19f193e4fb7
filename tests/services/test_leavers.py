"""Leaving by itself when the last day is past, and handing over as it was said beforehand."""

from datetime import datetime, timedelta

import pytest

from induction.records.people import days_here, handovers, history, people, sessions
from induction.records.people.people import NotAMentor
from induction.records.people.person import Details
from induction.records.school import outbox
from induction.records.store.contradictions import contradictions
from induction.records.store.database import transaction
from induction.rules.calendar import midnight
from induction.rules.letters import LetterState
from induction.rules.roles import Role
from induction.services import handovers as handing
from induction.services import leavers, letters, posting, sign_in
from induction.services import people as deeds
from induction.services.handovers import HandoverMeanwhile, LeavesToo, NobodyLeaves
from induction.services.posting import Round
from induction.services.sign_in import Browser
from induction.wording.history import told
from tests.records.making import NOW, TODAY, make_so

LAST = TODAY + timedelta(days=10)
AFTER = midnight(LAST + timedelta(days=1))
HASH = "x" * 40


@pytest.fixture
def leaving(db, cast):
    """Max, who mentors Tess, leaves in ten days; Lou can sign in."""
    with transaction(db):
        people.set_password(db, cast.lou.id, HASH, now=NOW)
        people.update(db, cast.max.id, ends=LAST, now=NOW, by=cast.lou.id)
    return people.find(db, cast.max.id)


def name(db, cast, follower, saw=0, now=NOW):
    return handing.name_follower(db, cast.max.id, follower and follower.id, saw=saw, by=cast.lou.id, now=now)


def words(db, person):
    return told(history.entries(db, person.id), [], [], {}, TODAY)[0].words


def test_the_day_after_the_last_the_account_ends_by_itself(db, cast, leaving):
    with transaction(db):
        token = sessions.start(db, cast.max.id, device="", now=AFTER - timedelta(minutes=1))
    assert leavers.end_whose_day_is_past(db, AFTER - timedelta(seconds=1)) == []
    assert sessions.find(db, token, AFTER - timedelta(seconds=1))
    assert sessions.find(db, token, AFTER) is None  # the door needs no chore
    assert leavers.end_whose_day_is_past(db, AFTER) == [cast.max.id]
    assert leavers.end_whose_day_is_past(db, AFTER + timedelta(days=40)) == []
    assert not people.find(db, cast.max.id).active and sessions.mine(db, cast.max.id, AFTER) == []
    assert words(db, cast.max) == "By itself, since the last day was 4 December 2026: the account was ended."
    assert words(db, cast.tess) == "Since the mentor’s last day was past: mentor from Max Reid to nobody."
    assert people.find(db, cast.tess.id).mentor_id is None and contradictions(db) == []


def test_after_a_month_asleep_it_is_done_once(db, cast, leaving):
    assert leavers.end_whose_day_is_past(db, AFTER + timedelta(days=30)) == [cast.max.id]
    assert len([each for each in history.entries(db, cast.max.id) if not each.active]) == 1


def test_who_was_named_follows(db, cast, leaving):
    assert name(db, cast, cast.nia) and not name(db, cast, cast.nia)
    leavers.end_whose_day_is_past(db, AFTER)
    assert people.find(db, cast.tess.id).mentor_id == cast.nia.id
    assert words(db, cast.tess) == "Since the mentor’s last day was past: mentor from Max Reid to Nia Évans."


def test_what_was_said_last_is_done(db, cast, leaving):
    assert name(db, cast, cast.nia)
    with pytest.raises(HandoverMeanwhile) as fault:
        name(db, cast, cast.lou)
    assert fault.value.latest.follower_name == "Nia Évans"
    assert name(db, cast, None, saw=fault.value.latest.id)
    leavers.end_whose_day_is_past(db, AFTER)
    assert people.find(db, cast.tess.id).mentor_id is None


def test_a_follower_who_has_left_follows_nobody(db, cast, leaving):
    name(db, cast, cast.nia)
    deeds.end(db, cast.nia.id, by=cast.lou.id, now=NOW, follower=deeds.NOBODY)
    [leaver] = leavers.mentors_who_leave(db, NOW)
    assert leaver.open and leaver.plan.vacant and leaver.teachers == 1
    leavers.end_whose_day_is_past(db, AFTER)
    assert people.find(db, cast.tess.id).mentor_id is None


def test_who_can_not_follow(db, cast, leaving):
    with pytest.raises(NotAMentor):
        name(db, cast, cast.tess)
    with pytest.raises(NotAMentor):
        name(db, cast, cast.max)
    with transaction(db):
        make_so(db, cast.nia, ends=LAST)
    with pytest.raises(LeavesToo):
        name(db, cast, cast.nia)
    with pytest.raises(NobodyLeaves):
        handing.name_follower(db, cast.lou.id, cast.nia.id, saw=0, by=cast.lou.id, now=NOW)
    assert handovers.latest(db, cast.max.id) is None


def test_the_plan_goes_with_another_day_and_not_with_another_time_here(db, cast, leaving):
    name(db, cast, cast.nia)
    with transaction(db):
        people.update(db, cast.max.id, ends=LAST + timedelta(days=7), now=NOW)
    assert leavers.end_whose_day_is_past(db, AFTER) == []
    later = AFTER + timedelta(days=7)
    assert leavers.end_whose_day_is_past(db, later) == [cast.max.id]
    deeds.bring_back(db, cast.max.id, by=cast.lou.id, now=later, starts=None, ends=LAST + timedelta(days=30))
    with transaction(db):
        people.update(db, cast.tess.id, mentor_id=cast.max.id, now=later)
    [leaver] = leavers.mentors_who_leave(db, later)
    assert leaver.plan is None and leaver.open
    assert name(db, cast, cast.nia, saw=handovers.latest(db, cast.max.id).id, now=later)


def test_four_weeks_before_it_is_said_who_leaves(db, cast, leaving):
    day = midnight(LAST - timedelta(days=28))
    assert leavers.mentors_who_leave(db, day - timedelta(seconds=1)) == []
    assert [each.person.name for each in leavers.mentors_who_leave(db, day)] == ["Max Reid"]


def test_the_last_lead_stays(db, cast, leaving):
    with transaction(db):
        people.update(db, cast.lou.id, ends=LAST, now=NOW)
    assert [each.name for each in leavers.leads_who_stay(db, NOW)] == ["Lou Adeyemi"]
    assert leavers.end_whose_day_is_past(db, AFTER) == [cast.max.id]
    lou = people.find(db, cast.lou.id)
    assert lou.active and days_here.shut(db, lou, AFTER) is None
    assert [each.name for each in leavers.leads_who_stay(db, AFTER)] == ["Lou Adeyemi"]
    with transaction(db):
        kit = people.add(db, Details("kit@school.example", "Kit", Role.LEAD), now=AFTER)
        people.set_password(db, kit.id, HASH, now=AFTER)
    assert leavers.leads_who_stay(db, AFTER) == []
    assert leavers.end_whose_day_is_past(db, AFTER) == [cast.lou.id]


def test_a_lead_without_a_password_stops_nobody_elses_leaving(db, cast):
    with transaction(db):
        make_so(db, cast.lou, ends=LAST)
        make_so(db, cast.tess, ends=LAST)
    assert leavers.end_whose_day_is_past(db, AFTER) == [cast.tess.id] and people.find(db, cast.lou.id).active


def test_taken_back_within_the_week_without_the_day_that_is_past(db, cast, leaving):
    name(db, cast, cast.nia)
    leavers.end_whose_day_is_past(db, AFTER)
    assert [each.name for each in deeds.take_back(db, cast.max.id, by=cast.lou.id, now=AFTER)] == ["Tess Okafor"]
    back = people.find(db, cast.max.id)
    assert back.active and back.ends is None and leavers.end_whose_day_is_past(db, AFTER) == []
    assert people.find(db, cast.tess.id).mentor_id == cast.max.id


def test_back_next_month_with_new_days_and_the_same_record(db, cast, leaving):
    leavers.end_whose_day_is_past(db, AFTER)
    first, last = LAST + timedelta(days=30), LAST + timedelta(days=34)
    assert deeds.bring_back(db, cast.max.id, by=cast.lou.id, now=AFTER, starts=first, ends=last)
    back = people.find(db, cast.max.id)
    assert (back.starts, back.ends, back.active) == (first, last, True)
    assert words(db, cast.max) == (
        "Lou Adeyemi: the account was opened again; first day set to 3 January 2027; last day from 4 December 2026 to 7 January 2027."
    )


def test_who_was_given_more_time_meanwhile_stays(db, cast, leaving):
    with transaction(db):
        people.update(db, cast.max.id, starts=LAST + timedelta(days=3), ends=LAST + timedelta(days=9), now=AFTER)
    assert leavers.end_whose_day_is_past(db, AFTER) == []


def test_a_password_that_fits_opens_nothing_before_the_day(db, cast):
    with transaction(db):
        people.set_password(db, cast.tess.id, HASH, now=NOW)
        make_so(db, cast.tess, starts=LAST)
    verified, browser = people.password_of(db, cast.tess.email), Browser("", None, "secret", None)
    assert sign_in.shut_for(db, verified, NOW).day == LAST and sign_in.begin(db, verified, browser, NOW) is None
    assert sign_in.shut_for(db, verified, midnight(LAST)) is None and sign_in.begin(db, verified, browser, midnight(LAST))


def test_three_hundred_who_begin_on_one_day(db, cast):
    first = TODAY + timedelta(days=280)
    with transaction(db):
        for number in range(300):
            details = Details(f"new{number}@school.example", f"New {number:03}", Role.TEACHER, starts=first)
            people.add(db, details, now=NOW)
    before, on = midnight(first) - timedelta(seconds=1), midnight(first)
    assert len(days_here.to_come(db, first - timedelta(days=1))) == 300 and days_here.to_come(db, first) == []
    shut = [days_here.shut(db, each, before) for each in people.everybody(db) if each.starts]
    assert len(shut) == 300 and all(shut)
    assert not any(days_here.shut(db, each, on) for each in people.everybody(db))
    assert isinstance(on, datetime) and leavers.end_whose_day_is_past(db, on) == []


def test_an_invitation_by_mail_says_from_when_and_goes_to_nobody_whose_day_is_past(db, cast):
    letters.set_up_office(db, "https://x.example", open=True)
    deeds.add(db, Details("eve@school.example", "Eve", Role.TEACHER, starts=LAST, ends=LAST), by=cast.lou.id, now=NOW)
    [letter] = outbox.listing(db, list(LetterState))
    assert "From Friday 4 December on, your first day, open it" in letter.words
    done = posting.deliver(Round(db, nobody_is_rung, lambda: AFTER, lambda letter: ""))
    assert (done.dropped, done.sent) == (1, 0)


def nobody_is_rung():
    raise AssertionError("there is nothing to post")
