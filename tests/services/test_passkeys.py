"""Passkeys against a device in software: what is taken, what is refused and why, and what stands on record afterwards."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from induction.records.people import passkeys as records
from induction.records.people import people, recovery_codes, second_factors, sessions, sign_in_events, sign_in_rules
from induction.records.people.sessions import Beginning
from induction.records.store.database import transaction
from induction.rules.days_here import Shut
from induction.rules.passkeys import Asker, Place, Purpose, Why
from induction.rules.second_factor import Due, SessionWay
from induction.rules.sign_in_events import EventKind
from induction.services import passkeys
from induction.services.passkeys import Removal
from induction.services.sign_in import Browser
from induction.settings import HOME
from tests.authenticator import PRESENT, VERIFIED, Authenticator, read, written
from tests.records.making import NOW

HERE = Place("school.example", "https://school.example")
ASKER = Asker(HERE, b"the site's key", "this browser's own", Purpose.ADD)
MAC, OTHER = "Safari on Mac", "another browser's own"
BROWSER = Browser(MAC, None, "", None)
SIGN_IN, STEP = replace(ASKER, purpose=Purpose.SIGN_IN), replace(ASKER, purpose=Purpose.SECOND_STEP)
LATER = NOW + timedelta(minutes=20)


def begin(db, person, due=None, now=NOW):
    with transaction(db):
        return sessions.start(db, person.id, device=MAC, now=now, how=Beginning(due=due))


def add(db, person, device, name="My Mac", asker=ASKER, token=None, now=NOW, **changed):
    options = passkeys.to_make(db, asker, "Wrenfield", person, now)
    for what, value in changed.items():
        setattr(device, what, value)
    return passkeys.add(db, ASKER, token or begin(db, person, now=now), name, device.make(options), MAC, now)


@pytest.fixture
def mac():
    return Authenticator(HERE.origin)


@pytest.fixture
def lou(db, cast, mac):
    """Lou, who has a passkey on her Mac."""
    assert add(db, cast.lou, mac).codes
    return cast.lou


def come_in(db, device, now=LATER, asker=SIGN_IN):
    asked = passkeys.to_use(db, asker, None, now)
    return passkeys.come_in(db, SIGN_IN, device.use(asked), BROWSER, now, None)


def events(db, person):
    return [each.what for each in sign_in_events.of_person(db, person.id)]


def test_one_that_was_added_opens_the_door_and_says_when(db, lou, mac):
    [kept] = records.of_person(db, lou.id)
    assert (kept.name, kept.used_at, kept.count) == ("My Mac", None, 0) and events(db, lou) == [EventKind.PASSKEY_ADDED]
    begun = come_in(db, mac)
    assert begun.signed_in.person.id == lou.id and begun.signed_in.way is SessionWay.PASSKEY
    assert begun.signed_in.due is None and begun.signed_in.confirmed_at == LATER
    [kept] = records.of_person(db, lou.id)
    assert (kept.count, kept.used_at) == (1, LATER)
    assert not isinstance(come_in(db, mac, LATER + timedelta(minutes=1)), Why)


def test_it_is_a_second_step_after_a_password_and_confirms(db, lou, mac):
    token = begin(db, lou, Due.FACTOR)
    asked = passkeys.to_use(db, STEP, lou, LATER)
    assert asked["allowCredentials"] == [{"type": "public-key", "id": written(mac.credential)}]
    mac.handle = None  # a device need not say whose it is where it was asked for its own
    new, signed_in = passkeys.prove(db, STEP, token, mac.use(asked), MAC, LATER)
    assert new != token and signed_in.due is None and signed_in.confirmed_at == LATER
    assert sessions.find(db, token, LATER) is None, "the token from before is worth nothing"
    again = passkeys.to_use(db, replace(STEP, purpose=Purpose.CONFIRM), lou, LATER)
    assert passkeys.prove(db, replace(STEP, purpose=Purpose.CONFIRM), new, mac.use(again), MAC, LATER)[0] != new


def test_a_first_one_is_what_was_due_and_the_session_goes_on(db, cast, mac):
    token = begin(db, cast.max, Due.SET_UP)
    added = add(db, cast.max, mac, token=token)
    new, signed_in = added.went_on
    assert len(added.codes) == 10 and recovery_codes.left(db, cast.max.id) == 10
    assert add(db, cast.max, Authenticator(HERE.origin)).codes == [], "there are some"
    assert new != token and signed_in.due is None and signed_in.confirmed_at == NOW


def test_a_session_that_waits_for_a_first_one_adds_none_where_there_is_one_by_now(db, cast, mac):
    """Whoever has the password alone must not put a passkey of their own beside its owner's."""
    token = begin(db, cast.lou, Due.SET_UP)
    assert add(db, cast.lou, mac).codes
    assert sessions.find(db, token, NOW).due is Due.FACTOR
    assert add(db, cast.lou, Authenticator(HERE.origin), token=token) is None
    assert len(records.of_person(db, cast.lou.id)) == 1


WRONG = {
    "of another site's address": ({"origin": "https://sch00l.example"}, Why.ELSEWHERE),
    "under http": ({"origin": "http://school.example"}, Why.ELSEWHERE),
    "for another site's name": ({"rp_id": "sch00l.example"}, Why.UNREADABLE),
    "without asking who holds it": ({"flags": PRESENT}, Why.UNLOCKED),
    "without anybody there": ({"flags": VERIFIED}, Why.UNREADABLE),
}


@pytest.mark.parametrize("changed, why", WRONG.values(), ids=list(WRONG))
def test_what_is_not_taken_when_one_is_added(db, cast, mac, changed, why):
    assert add(db, cast.lou, mac, **changed) is why
    assert records.of_person(db, cast.lou.id) == [] and not second_factors.has_one(db, cast.lou.id)


MORE = {
    **WRONG,
    "with a signature in which a bit is another": ({"spoil": True}, Why.UNREADABLE),
    "signed by another key": ({"key": Authenticator().key}, Why.UNREADABLE),
    "one that nobody has": ({"credential": bytes(32)}, Why.UNKNOWN),
    "as somebody else's": ({"handle": written(bytes(32))}, Why.UNKNOWN),
    "without saying whose": ({"handle": None}, Why.UNKNOWN),
}


@pytest.mark.parametrize("changed, why", MORE.values(), ids=list(MORE))
def test_what_does_not_open_the_door(db, lou, mac, changed, why):
    assert come_in(db, replace(mac, **changed)) is why
    assert records.of_person(db, lou.id)[0].used_at is None
    assert not isinstance(come_in(db, mac), Why), "nothing is locked"


def test_why_one_could_not_be_read_stands_in_the_log_by_its_kind_alone(db, lou, mac, caplog):
    with caplog.at_level("INFO", "induction.account"):
        assert come_in(db, replace(mac, spoil=True)) is Why.UNREADABLE
    [said] = [each.getMessage() for each in caplog.records if "passkey" in each.getMessage()]
    assert said == "A passkey was not taken: InvalidAuthenticationResponse"


@pytest.mark.parametrize(
    "asker, now",
    [
        (replace(SIGN_IN, browser=OTHER), LATER),
        (replace(SIGN_IN, purpose=Purpose.SECOND_STEP), LATER),
        (SIGN_IN, LATER - timedelta(minutes=6)),
    ],
    ids=["of another browser", "for another purpose", "too long ago"],
)
def test_a_challenge_that_was_not_for_this(db, lou, mac, asker, now):
    asked = passkeys.to_use(db, asker, None, now)
    assert passkeys.come_in(db, SIGN_IN, mac.use(asked), BROWSER, LATER, None) is Why.OLD


def test_an_answer_is_taken_once(db, lou, mac):
    asked = passkeys.to_use(db, SIGN_IN, None, LATER)
    answer = mac.use(asked)
    assert not isinstance(passkeys.come_in(db, SIGN_IN, answer, BROWSER, LATER, None), Why)
    assert passkeys.come_in(db, SIGN_IN, answer, BROWSER, LATER, None) is Why.OLD
    assert records.of_person(db, lou.id)[0].stopped_at is None, "sent twice is no copy"
    assert passkeys.come_in(db, SIGN_IN, mac.use(asked), BROWSER, LATER, None) is Why.OLD, "nor a second answer to one challenge"


@pytest.mark.parametrize("count", [-1, 4, 3], ids=["to nought", "stands still", "goes back"])
def test_a_count_that_does_not_go_on_stops_it_and_it_is_still_asked_for(db, lou, mac, count):
    mac.count = 4
    assert not isinstance(come_in(db, mac), Why)
    copy = replace(mac, count=count)
    assert come_in(db, copy) is Why.STOPPED and events(db, lou)[-1] is EventKind.PASSKEY_REFUSED
    assert come_in(db, mac) is Why.STOPPED, "nobody can say which of them is the copy"
    assert events(db, lou).count(EventKind.PASSKEY_REFUSED) == 1
    assert second_factors.has_one(db, lou.id), "a password alone opens no more than before"
    assert passkeys.to_use(db, STEP, lou, LATER) is None
    assert passkeys.to_make(db, ASKER, "", lou, LATER)["excludeCredentials"] == [], "it can be made anew"


def test_one_that_does_not_count_is_taken_each_time(db, cast, mac):
    mac.counts = False
    add(db, cast.tess, mac)
    for _ in range(2):
        assert not isinstance(come_in(db, mac), Why)


def test_a_removed_one_is_as_one_that_nobody_has(db, lou, mac):
    [kept] = records.of_person(db, lou.id)
    assert passkeys.remove(db, lou, kept.id, MAC, LATER) is Removal.DONE
    assert events(db, lou)[-1] is EventKind.PASSKEY_REMOVED and recovery_codes.left(db, lou.id) == 0
    assert come_in(db, mac) is Why.UNKNOWN
    assert passkeys.remove(db, lou, kept.id, MAC, LATER) is Removal.NOT_THEIRS


@pytest.mark.parametrize("who, days, became", [("lou", 15, Removal.ONLY_ONE), ("lou", 1, Removal.DONE), ("tess", 15, Removal.DONE)])
def test_who_has_to_have_one_keeps_the_last_that_opens_something(db, cast, mac, who, days, became):
    person, then = getattr(cast, who), sign_in_rules.began(db) + timedelta(days=days)
    add(db, person, mac, now=then)
    [kept] = records.of_person(db, person.id)
    assert passkeys.remove(db, person, kept.id, MAC, then) is became


def test_one_that_was_stopped_goes_when_there_is_another(db, lou, mac):
    then = sign_in_rules.began(db) + timedelta(days=15)
    [stopped] = records.of_person(db, lou.id)
    with transaction(db):
        records.stop(db, stopped.id, NOW)
    assert passkeys.remove(db, lou, stopped.id, MAC, then) is Removal.ONLY_ONE
    add(db, lou, Authenticator(HERE.origin), now=then)
    another = records.of_person(db, lou.id)[1]
    assert passkeys.remove(db, lou, another.id, MAC, then) is Removal.ONLY_ONE
    assert passkeys.remove(db, lou, stopped.id, MAC, then) is Removal.DONE


def test_nobody_removes_or_uses_anothers(db, cast, lou, mac):
    [kept] = records.of_person(db, lou.id)
    assert passkeys.remove(db, cast.max, kept.id, MAC, LATER) is Removal.NOT_THEIRS
    token = begin(db, cast.max, Due.FACTOR)
    add(db, cast.max, Authenticator(HERE.origin))
    asked = passkeys.to_use(db, STEP, cast.max, LATER)
    assert passkeys.prove(db, STEP, token, mac.use(asked), MAC, LATER) is Why.UNKNOWN
    assert sessions.find(db, token, LATER).due is Due.FACTOR


def test_the_same_device_is_not_added_twice_nor_more_than_a_few(db, cast, lou, mac, monkeypatch):
    assert add(db, lou, mac) is Why.TAKEN and add(db, cast.max, mac) is Why.TAKEN
    monkeypatch.setattr("induction.rules.passkeys.MOST", 1)
    assert add(db, lou, Authenticator(HERE.origin)) is Why.TOO_MANY


def test_it_is_closed_to_whoever_has_left_or_is_not_here_yet(db, lou, mac):
    with transaction(db):
        people.update(db, lou.id, ends=date(2026, 11, 24), now=NOW)
    assert isinstance(come_in(db, mac, NOW + timedelta(days=2)), Shut)


def test_it_goes_with_the_account(db, cast, mac):
    add(db, cast.max, mac)
    with transaction(db):
        people.deactivate(db, cast.max.id, now=NOW)
    assert come_in(db, mac) is Why.UNKNOWN


def nested(depth):
    return '{"a":' * depth + "1" + "}" * depth


GARBAGE = [
    "", "x", "null", "[]", "1", '{"id": 1}', '{"id": "a", "response": []}', nested(2000),
    '{"id": "é", "response": {"clientDataJSON": "é"}}', "9" * 15_000, "x" * 20_000,
]  # fmt: skip


@pytest.mark.parametrize("sent", GARBAGE, ids=range(len(GARBAGE)))
def test_what_no_browser_sends(db, cast, sent):
    token = begin(db, cast.lou)
    assert passkeys.add(db, ASKER, token, "x", sent, MAC, NOW) is Why.UNREADABLE
    assert passkeys.come_in(db, SIGN_IN, sent, BROWSER, NOW, None) is Why.UNREADABLE
    assert passkeys.prove(db, STEP, token, sent, MAC, NOW) is Why.UNREADABLE


@pytest.mark.parametrize("name", ["authenticatorData", "signature", "clientDataJSON", "userHandle"])
@pytest.mark.parametrize("value", [None, "", "AAAA", 7, [], "é", "A" * 9000], ids=range(7))
def test_a_part_of_an_answer_that_is_something_else(db, lou, mac, name, value):
    answer = json.loads(mac.use(passkeys.to_use(db, SIGN_IN, None, LATER)))
    answer["response"][name] = value
    assert passkeys.come_in(db, SIGN_IN, json.dumps(answer), BROWSER, LATER, None) in (Why.UNREADABLE, Why.UNKNOWN)


@pytest.mark.parametrize("spoil", [b"\xff" * 3, b"\x9b" + b"\xff" * 8, b"\x81" * 5000, b""], ids=["short", "endless", "deep", "nothing"])
def test_an_attestation_that_is_none(db, cast, mac, spoil):
    answer = json.loads(mac.make(passkeys.to_make(db, ASKER, "", cast.lou, NOW)))
    answer["response"]["attestationObject"] = written(spoil)
    assert passkeys.add(db, ASKER, begin(db, cast.lou), "x", json.dumps(answer), MAC, NOW) is Why.UNREADABLE


def test_a_session_that_ended_proves_nothing(db, lou, mac):
    asked = passkeys.to_use(db, STEP, lou, LATER)
    assert passkeys.prove(db, STEP, "no token", mac.use(asked), MAC, LATER) is None
    assert read(asked["challenge"]) != read(passkeys.to_use(db, STEP, lou, LATER)["challenge"])


def test_the_server_loads_nothing_of_it_before_a_passkey_answers():
    load = "import sys, induction.services.passkeys; print({'webauthn', 'cbor2', 'OpenSSL'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-P", "-c", load], capture_output=True, text=True, cwd=HOME).stdout == "set()\n"
