"""The second step by a code: taken once, tried slowly, and what somebody has."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest

from induction.records.people import code_apps, people, recovery_codes, second_factors, sessions, sign_in_events
from induction.records.people.sessions import Beginning
from induction.records.school import outbox
from induction.records.store import sealed
from induction.records.store.database import transaction
from induction.records.store.sealed import Secret
from induction.rules.factor_codes import ALPHABET, NoCode
from induction.rules.letters import LetterKind
from induction.rules.second_factor import Due
from induction.rules.sign_in_events import EventKind
from induction.services import code_apps as apps
from induction.services import letters, second_factor
from induction.services.code_apps import SetUp, TheLastOne
from induction.services.second_factor import Given, Later
from tests.records.making import NOW

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PHONE = "Safari on iPhone"
LATER = NOW + timedelta(days=20)


@pytest.fixture(autouse=True)
def key(db):
    db.path.with_name("secret-key").write_bytes(b"k" * 32)
    letters.set_up_office(db, "http://induction.example", open=True)


def code(at=NOW, secret=SECRET):
    return pyotp.TOTP(secret).at(at)


def half(db, person, due=Due.FACTOR, at=NOW):
    """The token of a session in which that is due."""
    with transaction(db):
        return sessions.start(db, person.id, device=PHONE, now=at, how=Beginning(due=due))


def set_up(db, person, at=NOW, secret=SECRET):
    token = half(db, person, None, at)
    done = apps.confirm(db, token, secret, code(at, secret), PHONE, at)
    assert isinstance(done, SetUp)
    return done.codes


def told(db, person):
    """The subjects of the letters about it, the oldest first."""
    rows = db.rows("select subject from letters where kind = 'second step' and person = ? order by id", [person.id])
    return [row["subject"] for row in rows]


def happened(db, person):
    return [each.what for each in sign_in_events.of_person(db, person.id)]


def test_a_code_ends_what_was_due_under_a_new_token(db, cast):
    set_up(db, cast.max)
    token, at = half(db, cast.max), NOW + timedelta(minutes=2)
    found = second_factor.give(db, token, code(at), PHONE, at)
    assert isinstance(found, Given) and found.signed_in.due is None and found.codes_left is None and found.token != token
    assert sessions.find(db, token, at) is None and sessions.find(db, found.token, at).confirmed_at == at


def test_what_was_set_up_is_sealed_and_told(db, cast):
    codes = set_up(db, cast.max)
    app = code_apps.find(db, cast.max.id)
    assert SECRET not in app.sealed and sealed.open_sealed(db.path, Secret.CODE_APP, app.sealed) == SECRET
    assert len(set(codes)) == 10 and all(len(each) == 16 and set(each) <= set(ALPHABET) for each in codes)
    stored = " ".join(row["code_sha256"] for row in db.rows("select * from recovery_codes"))
    assert not any(each in stored for each in codes) and recovery_codes.left(db, cast.max.id) == 10
    assert happened(db, cast.max) == [EventKind.APP_ADDED]
    [letter] = db.rows("select * from letters where kind = 'second step'")
    assert letter["person"] == cast.max.id and "An app for codes was set up" in letter["words"] and PHONE in letter["words"]
    assert "http://induction.example/forgotten" in letter["words"]


def test_a_code_works_once_and_none_of_before_it(db, cast):
    set_up(db, cast.max)
    at = NOW + timedelta(minutes=2)
    assert second_factor.give(db, half(db, cast.max), code(), PHONE, NOW) is NoCode.USED  # the one that set it up
    assert isinstance(second_factor.give(db, half(db, cast.max), code(at), PHONE, at), Given)
    assert second_factor.give(db, half(db, cast.max), code(at), PHONE, at) is NoCode.USED
    assert second_factor.give(db, half(db, cast.max), code(at - timedelta(seconds=30)), PHONE, at) is NoCode.USED


def test_sent_by_five_at_one_instant_a_code_lets_one_in(db, cast):
    set_up(db, cast.max)
    at = NOW + timedelta(minutes=2)
    tokens = [half(db, cast.max) for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        found = list(pool.map(lambda token: second_factor.give(db, token, code(at), PHONE, at), tokens))
    assert sum(isinstance(each, Given) for each in found) == 1
    assert all(each is NoCode.USED for each in found if not isinstance(each, Given))


@pytest.mark.parametrize("off, taken", [(-60, False), (-30, True), (30, True), (60, False), (3600, False)])
def test_a_clock_may_differ_by_half_a_minute(db, cast, off, taken):
    set_up(db, cast.max)
    at = NOW + timedelta(minutes=10)
    found = second_factor.give(db, half(db, cast.max), code(at + timedelta(seconds=off)), PHONE, at)
    assert isinstance(found, Given) if taken else found is NoCode.WRONG


def test_what_looks_like_no_code_is_not_counted_as_a_try(db, cast):
    set_up(db, cast.max)
    token = half(db, cast.max)
    assert {second_factor.give(db, token, typed, PHONE, NOW) for typed in ("abcdef", "", "12345", "nine calm otters")} == {NoCode.UNLIKE}
    assert db.value("select count(*) from tries") == 0


def test_a_hundred_guesses_wait_whatever_session_they_come_from(db, cast):
    set_up(db, cast.max)
    at = NOW + timedelta(minutes=2)
    right = code(at)
    guesses = [f"{n:06}" for n in range(100) if f"{n:06}" not in {code(at + timedelta(seconds=s)) for s in (-30, 0, 30)}]
    found = [second_factor.give(db, half(db, cast.max, at=at), each, PHONE, at) for each in guesses]
    assert found[:5] == [NoCode.WRONG] * 5 and all(isinstance(each, Later) and each.seconds <= 30 for each in found[5:])
    assert isinstance(second_factor.give(db, half(db, cast.max), right, PHONE, at), Later)  # nor is a right one judged
    soon = at + timedelta(seconds=30)
    assert isinstance(second_factor.give(db, half(db, cast.max), code(soon), PHONE, soon), Given)
    again = soon + timedelta(seconds=40)
    assert isinstance(second_factor.give(db, half(db, cast.max, at=soon), code(again), PHONE, again), Given)  # and begins anew
    assert isinstance(second_factor.give(db, half(db, cast.lou), "123456", PHONE, at), NoCode)  # others' tries are their own


def test_whoever_guesses_all_day_is_judged_every_half_minute_and_never_refused_for_good(db, cast):
    set_up(db, cast.max)
    at, judged = NOW, 0
    for _ in range(120):
        at += timedelta(seconds=15)
        judged += isinstance(second_factor.give(db, half(db, cast.max, at=at), "000000", PHONE, at), NoCode)
    assert judged <= 66  # in half an hour
    waited = 0
    while isinstance(found := second_factor.give(db, half(db, cast.max, at=at), code(at), PHONE, at), Later):
        at, waited = at + timedelta(seconds=found.seconds), waited + found.seconds
    assert isinstance(found, Given) and waited <= 120


def test_whose_code_was_right_does_not_wait_for_what_was_tried_before(db, cast):
    set_up(db, cast.max)
    at = NOW + timedelta(minutes=2)
    for _ in range(20):
        found = second_factor.give(db, half(db, cast.max, at=at), "000000", PHONE, at)
        at += timedelta(seconds=found.seconds if isinstance(found, Later) else 0)
    assert isinstance(second_factor.give(db, half(db, cast.max, at=at), code(at), PHONE, at + timedelta(seconds=30)), Given)
    at += timedelta(seconds=61)
    assert isinstance(second_factor.give(db, half(db, cast.max, at=at), code(at), PHONE, at), Given)


def test_recovery_codes_work_once_each_and_new_ones_end_the_old(db, cast):
    codes = set_up(db, cast.max)
    at = NOW + timedelta(minutes=2)
    typed = " ".join(codes[0][n : n + 4] for n in range(0, 16, 4)).upper()
    first = second_factor.give(db, half(db, cast.max), typed, PHONE, at)
    assert isinstance(first, Given) and first.codes_left == 9
    assert second_factor.give(db, half(db, cast.max), codes[0], PHONE, at) is NoCode.WRONG
    assert second_factor.give(db, half(db, cast.lou), codes[1], PHONE, at) is NoCode.WRONG  # nobody else's
    new = second_factor.make_codes(db, cast.max, PHONE, at)
    assert recovery_codes.left(db, cast.max.id) == 10 and not set(new) & set(codes)
    assert second_factor.give(db, half(db, cast.max), codes[1], PHONE, at) is NoCode.WRONG
    assert happened(db, cast.max) == [EventKind.APP_ADDED, EventKind.CODE_USED, EventKind.CODES_MADE]
    assert len(told(db, cast.max)) == 3


def test_recovery_codes_are_used_up(db, cast):
    codes, at = set_up(db, cast.max), NOW + timedelta(minutes=2)
    left = [second_factor.give(db, half(db, cast.max), each, PHONE, at).codes_left for each in codes]
    assert left == list(range(9, -1, -1))
    assert second_factor.give(db, half(db, cast.max), codes[0], PHONE, at) is NoCode.WRONG
    assert second_factors.has_one(db, cast.max.id)  # the app is there yet


def test_without_a_second_step_there_are_no_recovery_codes(db, cast):
    assert second_factor.make_codes(db, cast.max, PHONE, NOW) is None
    assert happened(db, cast.max) == []


def test_a_wrong_code_sets_nothing_up(db, cast):
    token = half(db, cast.lou, Due.SET_UP)
    for typed, why in (("abc", NoCode.UNLIKE), (code(NOW + timedelta(hours=1)), NoCode.WRONG)):
        assert apps.confirm(db, token, SECRET, typed, PHONE, NOW) is why
    assert not second_factors.has_one(db, cast.lou.id) and sessions.find(db, token, NOW).due is Due.SET_UP


def test_setting_up_what_was_due_goes_on_under_a_new_token(db, cast):
    token = half(db, cast.lou, Due.SET_UP)
    done = apps.confirm(db, token, SECRET, code(), PHONE, NOW)
    assert done.went_on[1].due is None and sessions.find(db, token, NOW) is None
    assert apps.confirm(db, token, SECRET, code(), PHONE, NOW) is None


def test_a_session_that_waits_to_set_up_never_takes_the_place_of_what_was_set_up_meanwhile(db, cast):
    token, other = half(db, cast.lou, Due.SET_UP), half(db, cast.lou, Due.SET_UP)
    apps.confirm(db, other, SECRET, code(), PHONE, NOW)
    own = code_apps.find(db, cast.lou.id)
    secret = apps.new_secret()
    assert apps.confirm(db, token, secret, code(NOW, secret), PHONE, NOW) is None
    assert code_apps.find(db, cast.lou.id) == own and sessions.find(db, token, NOW).due is Due.FACTOR
    with transaction(db):
        plain = sessions.start(db, cast.max.id, device="", now=NOW)
        sessions.end(db, plain)
    assert apps.confirm(db, plain, SECRET, code(), PHONE, NOW) is None and not second_factors.has_one(db, cast.max.id)


def test_pressed_twice_an_app_is_set_up_once_and_the_codes_are_those_of_the_last_press(db, cast):
    first, second = set_up(db, cast.max), set_up(db, cast.max)
    assert len(second) == 10 and not set(first) & set(second) and happened(db, cast.max) == [EventKind.APP_ADDED]
    at = NOW + timedelta(minutes=2)
    assert isinstance(second_factor.give(db, half(db, cast.max), second[0], PHONE, at), Given)
    assert second_factor.give(db, half(db, cast.max), first[0], PHONE, at) is NoCode.WRONG


def test_another_app_takes_the_place_of_the_first_and_the_codes_stay(db, cast):
    codes = set_up(db, cast.max)
    other = SECRET[::-1].translate(str.maketrans("0189", "2222"))
    assert set_up(db, cast.max, NOW + timedelta(minutes=1), other) == [] and recovery_codes.left(db, cast.max.id) == len(codes)
    at = NOW + timedelta(minutes=5)
    assert second_factor.give(db, half(db, cast.max), code(at), PHONE, at) is NoCode.WRONG
    assert isinstance(second_factor.give(db, half(db, cast.max), code(at, other), PHONE, at), Given)


def test_the_last_one_stays_with_whoever_has_to_have_one(db, cast):
    for person in (cast.lou, cast.max, cast.tess):
        set_up(db, person)
    for person in (cast.lou, cast.max):
        with pytest.raises(TheLastOne):
            apps.take_away(db, person, PHONE, LATER)
    assert apps.take_away(db, cast.tess, PHONE, LATER) and apps.take_away(db, cast.max, PHONE, NOW)  # in the days of grace
    assert recovery_codes.left(db, cast.tess.id) == 0 and happened(db, cast.tess)[-1] is EventKind.APP_REMOVED
    assert not apps.take_away(db, cast.tess, PHONE, LATER)


def test_a_school_that_came_without_its_key_says_that_the_code_is_wrong(db, cast):
    codes = set_up(db, cast.max)
    db.path.with_name("secret-key").write_bytes(b"j" * 32)
    at = NOW + timedelta(minutes=2)
    assert second_factor.give(db, half(db, cast.max), code(at), PHONE, at) is NoCode.WRONG
    assert isinstance(second_factor.give(db, half(db, cast.max), codes[0], PHONE, at), Given)


def test_an_ended_session_is_given_nothing(db, cast):
    set_up(db, cast.max)
    assert second_factor.give(db, "made up", code(), PHONE, NOW) is None


def test_the_letters_are_of_their_kind(db, cast):
    set_up(db, cast.max)
    assert outbox.written(db, cast.max.id, LetterKind.SECOND_STEP, NOW - timedelta(minutes=1))
    assert people.find(db, cast.max.id).active
