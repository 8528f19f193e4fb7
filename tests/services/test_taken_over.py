"""Whoever has taken over a session, a password or a mailbox gets no further by what somebody's ways in are changed with."""

from datetime import timedelta

import pytest

from induction.records.people import (
    code_apps,
    new_devices,
    passkeys,
    people,
    provider_accounts,
    second_factors,
    sessions,
    sign_in_events,
)
from induction.records.people.new_devices import NewDevice
from induction.records.people.person import Details
from induction.records.people.provider_accounts import How
from induction.records.people.sessions import Beginning
from induction.records.school import outbox, post_office
from induction.records.store.database import transaction
from induction.rules.letters import WARN, LetterKind
from induction.rules.roles import Role
from induction.rules.second_factor import Due, SessionWay
from induction.rules.sign_in_events import EventKind
from induction.services import code_apps as apps
from induction.services import factor_resets, letters, second_factor, sign_in
from induction.services import new_devices as devices
from induction.services import people as deeds
from induction.services.factor_resets import NotReset
from induction.services.people import Change
from induction.services.sign_in import Browser, Entrance
from tests.records.making import NOW
from tests.services.test_second_factor import code

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
BROWSER = Browser("Firefox on Windows", None, "", None)


@pytest.fixture(autouse=True)
def key(db):
    db.path.with_name("secret-key").write_bytes(b"k" * 32)


def start(db, person, way=SessionWay.PASSWORD, at=NOW):
    with transaction(db):
        return sessions.start(db, person.id, device="", now=at, how=Beginning(way))


def with_an_app(db, person, at=NOW):
    with transaction(db):
        code_apps.put(db, person.id, "sealed", 0, at)


def kinds(db, email):
    return [LetterKind(row["kind"]) for row in db.rows("select kind from letters where email = ? order by id", [email])]


def test_the_first_second_step_is_given_in_every_other_session_that_a_password_began(db, cast):
    mine, other, elsewhere = start(db, cast.lou), start(db, cast.lou), start(db, cast.lou, SessionWay.GOOGLE)
    secret = apps.new_secret()
    apps.confirm(db, mine, secret, code(NOW, secret), "", NOW)
    assert [sessions.find(db, each, NOW).due for each in (mine, other, elsewhere)] == [None, Due.FACTOR, None]
    assert sessions.find(db, other, NOW).confirmed_at is None and sessions.find(db, mine, NOW).confirmed_at == NOW


def test_a_new_password_is_not_the_second_step(db, cast):
    with transaction(db):
        people.set_password(db, cast.lou.id, "h" * 30, now=NOW)
    kept, by = people.password_of(db, cast.lou.email), Entrance(proved=True, proved_at=NOW - 20 * MINUTE)
    assert sign_in.begin(db, kept, BROWSER, NOW, by=by).signed_in.confirmed_at == NOW
    with_an_app(db, cast.lou)
    assert sign_in.begin(db, kept, BROWSER, NOW, by=by).signed_in.confirmed_at == NOW - 20 * MINUTE


def test_whoever_leaves_and_comes_back_still_gives_their_second_step(db, cast):
    with_an_app(db, cast.nia)
    deeds.end(db, cast.nia.id, by=cast.lou.id, now=NOW, follower=deeds.NOBODY)
    assert deeds.bring_back(db, cast.nia.id, by=cast.lou.id, now=NOW)
    with transaction(db):
        people.set_password(db, cast.nia.id, "h" * 30, now=NOW)
    begun = sign_in.begin(db, people.password_of(db, cast.nia.email), BROWSER, NOW, by=Entrance(SessionWay.LINK))
    assert begun.signed_in.due is Due.FACTOR


@pytest.mark.parametrize("days, agreed", [(0, False), (29, False), (31, True)])
def test_a_lead_whom_another_has_made_agrees_to_nothing_of_theirs_for_a_month(db, cast, days, agreed):
    with_an_app(db, cast.max)
    with transaction(db):
        mallory = people.add(db, Details("mallory@school.example", "Mallory", Role.LEAD), by=cast.lou.id, now=NOW - days * DAY)
        people.set_password(db, mallory.id, "h" * 30, now=NOW)
    asked = factor_resets.ask(db, cast.max.id, "Lost", by=cast.lou.id, now=NOW)
    try:
        factor_resets.agree(db, cast.max.id, asked.at, by=mallory.id, now=NOW)
    except NotReset as fault:
        assert fault.args == (factor_resets.TIED,)
    assert second_factors.has_one(db, cast.max.id) is not agreed


def test_it_was_not_me_takes_away_what_was_set_up_since(db, cast):
    with_an_app(db, cast.sam, NOW - DAY)
    start(db, cast.sam)
    with transaction(db):
        token = new_devices.put(db, NewDevice(cast.sam.id, NOW, "Edge", SessionWay.PASSWORD))
        passkeys.add(db, cast.sam.id, passkeys.New("Edge", "theirs", "key", 0), NOW + MINUTE)
        link = provider_accounts.link(db, cast.sam.id, "https://a.example", "s", "x@a.example", How.INVITATION, NOW + MINUTE)
    by_it = start(db, cast.sam, SessionWay.OTHER, NOW + MINUTE)
    assert devices.not_me(db, token, NOW + 2 * MINUTE)
    assert passkeys.of_person(db, cast.sam.id) == [] and provider_accounts.of_person(db, cast.sam.id) == []
    assert code_apps.find(db, cast.sam.id) and sessions.find(db, by_it, NOW + 2 * MINUTE) is None
    assert provider_accounts.was_linked(db, link.issuer, link.subject), "and it is linked by no address again"


def test_another_address_is_told_to_the_one_of_before(db, cast):
    post_office_open(db)
    with transaction(db):
        people.set_password(db, cast.sam.id, "h" * 30, now=NOW)
    sam = people.find(db, cast.sam.id)
    details = Details("eve@elsewhere.example", sam.name, sam.role, sam.mentor_id)
    saw = db.value("select max(id) from people_history where person = ?", [sam.id])
    deeds.change(db, sam.id, Change(details, saw), by=cast.lou.id, now=NOW)
    assert kinds(db, "sam@school.example") == [LetterKind.ADDRESS_CHANGED]
    [letter] = outbox_letters(db)
    assert "Lou Adeyemi changed the address of your induction account to eve@elsewhere.example" in letter["words"]


def test_letters_that_warn_somebody_are_held_back_by_nobody(db, cast):
    post_office_open(db)
    letters.hold(db, True, by=cast.lou.id, now=NOW)
    with transaction(db):
        letters.put_password_changed(db, cast.sam, NOW)
        letters.put_signature_waits(db, 1, "@wren", by=cast.max.id, now=NOW)
    with transaction(db):
        taken = outbox.claim(db, "c" * 32, NOW + MINUTE, 10, NOW + 9 * DAY, WARN)
    assert [each.kind for each in taken] == [LetterKind.PASSWORD_CHANGED]


def test_many_wrong_codes_are_told_once(db, cast):
    post_office_open(db)
    with_an_app(db, cast.lou)
    token, at = start(db, cast.lou), NOW
    for _ in range(14):
        at += MINUTE
        second_factor.give(db, token, "000000", "", at)
    told = [each.what for each in sign_in_events.of_person(db, cast.lou.id)]
    assert told == [EventKind.WRONG_CODES] and kinds(db, cast.lou.email) == [LetterKind.SECOND_STEP]


def post_office_open(db):
    with transaction(db):
        post_office.set_up(db, "http://localhost", True)


def outbox_letters(db):
    return db.rows("select * from letters")
