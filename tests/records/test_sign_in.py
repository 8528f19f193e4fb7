"""Sessions, links that work once, and tries that must wait."""

from datetime import timedelta

import pytest

from induction.records.people import one_time_links, people, sessions, sign_in_tries
from induction.records.people.one_time_links import LinkKind
from induction.records.store.database import Database, transaction
from tests.records.making import NOW, make_so

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def sign_in(db, person, now=NOW, device="Firefox on Windows"):
    with transaction(db):
        return sessions.start(db, person.id, device=device, now=now)


def test_a_session_tells_who_it_is_in_one_query(db, cast):
    token = sign_in(db, cast.tess)
    signed_in = sessions.find(db, token, NOW)
    assert signed_in.person == people.find(db, cast.tess.id)
    assert (signed_in.school_revision, signed_in.last_used_at) == (1, NOW)
    assert signed_in.person.last_seen_at == NOW
    assert sessions.find(db, token + "x", NOW) is None
    assert sessions.find(db, "\ud800", NOW) is None


def test_the_database_holds_no_token(db, cast):
    token = sign_in(db, cast.tess)
    with transaction(db):
        link = one_time_links.make(db, LinkKind.RESET, cast.tess.id, NOW)
        mark = sign_in_tries.know_device(db, cast.tess.email, NOW)
    tables = [row["name"] for row in db.rows("select name from sqlite_master where type = 'table'")]
    everything = repr([db.rows(f"select * from {table}") for table in tables])
    assert "tess@school.example" in everything
    assert not any(secret in everything for secret in (token, link, mark))


@pytest.mark.parametrize(
    "after, stands", [(timedelta(0), True), (60 * MINUTE, True), (61 * MINUTE, False), (-30 * MINUTE, True),
                      (-DAY, False), (DAY, False)],
)
def test_a_session_ends_an_hour_after_its_last_use(db, cast, after, stands):
    token = sign_in(db, cast.tess)
    assert bool(sessions.find(db, token, NOW + after)) is stands
    assert (sessions.find_ended(db, token, NOW + after) == cast.tess.id) is not stands


def test_a_session_ends_after_twelve_hours_however_busy(db, cast):
    token, now = sign_in(db, cast.tess), NOW
    while now < NOW + 12 * HOUR:
        now += 30 * MINUTE
        signed_in = sessions.find(db, token, now)
        assert signed_in
        sessions.touch(db, signed_in, now)
    assert sessions.find(db, token, now + MINUTE) is None


def test_a_use_is_noted_at_most_every_five_minutes_and_waits_for_nobody(db, cast):
    token = sign_in(db, cast.tess)
    signed_in = sessions.find(db, token, NOW)
    assert not sessions.touch(db, signed_in, NOW + 4 * MINUTE)
    assert sessions.find(db, token, NOW).last_used_at == NOW
    assert sessions.touch(db, signed_in, NOW + 5 * MINUTE)
    assert sessions.find(db, token, NOW).last_used_at == NOW + 5 * MINUTE
    assert people.find(db, cast.tess.id).last_seen_at == NOW + 5 * MINUTE
    another, sent = Database(db.path), []
    db.connection().conn.set_trace_callback(sent.append)
    with transaction(another):
        assert not sessions.touch(db, signed_in, NOW + 20 * MINUTE)
    another.close()
    assert sent[0] == "pragma busy_timeout = 0"
    assert sessions.find(db, token, NOW).last_used_at == NOW + 5 * MINUTE


def test_a_session_of_somebody_who_has_left_opens_nothing(db, cast):
    token = sign_in(db, cast.tess)
    assert sessions.find(db, token, NOW)
    with transaction(db):
        make_so(db, cast.tess, active=False)
    assert sessions.find(db, token, NOW) is None
    assert sessions.find_ended(db, token, NOW + DAY) is None


def test_sessions_end_one_by_one_or_all(db, cast):
    first, second, third = (sign_in(db, cast.tess, NOW + n * MINUTE, f"device {n}") for n in range(3))
    sams = sign_in(db, cast.sam)
    now = NOW + 5 * MINUTE
    mine = sessions.mine(db, cast.tess.id, now)
    assert [session.device for session in mine] == ["device 2", "device 1", "device 0"]
    with transaction(db):
        sessions.end(db, third)
    assert [bool(sessions.find(db, token, now)) for token in (first, second, third, sams)] == [True, True, False, True]
    with transaction(db):
        sessions.end_all(db, cast.tess.id, but_token=second)
    assert [bool(sessions.find(db, token, now)) for token in (first, second, sams)] == [False, True, True]
    with transaction(db):
        sessions.end(db, second)
    assert sessions.find(db, second, now) is None
    assert sessions.find_ended(db, second, now) is None  # ended on purpose
    assert sessions.mine(db, cast.tess.id, now) == []


def test_sessions_long_gone_are_swept(db, cast):
    old = sign_in(db, cast.tess)
    sign_in(db, cast.sam, NOW + 29 * DAY)
    assert sessions.find_ended(db, old, NOW + 29 * DAY) == cast.tess.id
    sign_in(db, cast.sam, NOW + 31 * DAY)
    assert sessions.find_ended(db, old, NOW + 31 * DAY) is None


@pytest.mark.parametrize(
    "kind, lasts", [(LinkKind.FIRST_RUN, 7 * DAY), (LinkKind.INVITATION, 14 * DAY), (LinkKind.RESET, HOUR)]
)
def test_a_link_works_once_and_for_its_time(db, cast, kind, lasts):
    person = None if kind is LinkKind.FIRST_RUN else cast.tess.id
    with transaction(db):
        token = one_time_links.make(db, kind, person, NOW)
    last = NOW + lasts - MINUTE
    assert one_time_links.find(db, kind, token, last) == one_time_links.find(db, kind, token, last)  # looking changes nothing
    assert [one_time_links.find(db, kind, token, NOW + lasts + late) for late in (0 * MINUTE, MINUTE, 99 * DAY)] == [None] * 3
    others = [other for other in LinkKind if other is not kind]
    assert [one_time_links.find(db, other, token, NOW) for other in others] == [None, None]
    with transaction(db):
        assert one_time_links.use(db, others[0], token, last) is None
        link = one_time_links.use(db, kind, token, last)
    assert (link.kind, link.person_id, link.expires_at) == (kind, person, NOW + lasts)
    with transaction(db):
        assert one_time_links.use(db, kind, token, last) is None


def test_a_link_whose_use_fails_still_works(db, cast):
    with transaction(db):
        token = one_time_links.make(db, LinkKind.RESET, cast.tess.id, NOW)
    with pytest.raises(ZeroDivisionError), transaction(db):
        assert one_time_links.use(db, LinkKind.RESET, token, NOW)
        raise ZeroDivisionError
    assert one_time_links.find(db, LinkKind.RESET, token, NOW)


def test_a_newer_link_ends_the_older_of_its_kind_and_person(db, cast):
    with transaction(db):
        older = one_time_links.make(db, LinkKind.INVITATION, cast.tess.id, NOW)
        reset = one_time_links.make(db, LinkKind.RESET, cast.tess.id, NOW)
        sams = one_time_links.make(db, LinkKind.INVITATION, cast.sam.id, NOW)
        first_run = one_time_links.make(db, LinkKind.FIRST_RUN, None, NOW)
        newer = one_time_links.make(db, LinkKind.INVITATION, cast.tess.id, NOW)
        one_time_links.make(db, LinkKind.FIRST_RUN, None, NOW)
    tokens = [(LinkKind.INVITATION, older), (LinkKind.INVITATION, newer), (LinkKind.RESET, reset)]
    tokens += [(LinkKind.INVITATION, sams), (LinkKind.FIRST_RUN, first_run)]
    assert [bool(one_time_links.find(db, *token, NOW)) for token in tokens] == [False, True, True, True, False]


def test_a_link_of_somebody_who_has_left_does_not_work(db, cast):
    with transaction(db):
        token = one_time_links.make(db, LinkKind.INVITATION, cast.ana.id, NOW)
    assert one_time_links.find(db, LinkKind.INVITATION, token, NOW) is None
    with transaction(db):
        people.reactivate(db, cast.ana.id, now=NOW)
    assert one_time_links.find(db, LinkKind.INVITATION, token, NOW) is None, "nor when they are back: they get a new one"
    with transaction(db):
        make_so(db, cast.ana, active=True)
        token = one_time_links.make(db, LinkKind.INVITATION, cast.ana.id, NOW)
        make_so(db, cast.ana, active=False)
    assert one_time_links.find(db, LinkKind.INVITATION, token, NOW) is None


def waits(db, number, mark=None, email="tess@school.example", now=NOW, browser="a stranger's", asked=None):
    with transaction(db):
        return [sign_in_tries.note_try(db, email, mark=mark, browser=browser, asked=asked, now=now) for _ in range(number)]


def test_a_browser_known_here_has_five_free_tries_then_waits_that_grow_to_thirty_seconds(db):
    with transaction(db):
        mark = sign_in_tries.know_device(db, "tess@school.example", NOW)
    assert waits(db, 7, mark) == [0, 0, 0, 0, 0, 2, 2]  # one that must wait doesn't count
    now, grown = NOW, []
    for _ in range(6):
        grown += waits(db, 1, mark, now=now)
        now += timedelta(seconds=grown[-1])
        assert waits(db, 1, mark, now=now) == [0]
    assert grown == [2, 4, 8, 16, 30, 30]
    assert waits(db, 1, mark, now=now + timedelta(seconds=29.5)) == [1]
    assert waits(db, 1, mark, now=now + timedelta(seconds=30)) == [0]


def test_after_five_tries_a_strangers_browser_is_judged_once_it_comes_back(db):
    assert waits(db, 7) == [0, 0, 0, 0, 0, 3, 3]
    later = NOW + timedelta(seconds=3)
    assert waits(db, 1, browser="another", now=later) == [3], "it was not told to come back yet"
    assert waits(db, 1, browser="another", now=later, asked=later - timedelta(seconds=1)) == [2]
    assert waits(db, 1, browser="another", now=later, asked=NOW) == [0]
    assert waits(db, 1, browser="another", now=later, asked=NOW) == [3], "for one try"
    assert waits(db, 1, browser="a third", now=later, asked=NOW - 6 * MINUTE) == [3], "and for five minutes"


def test_accounts_count_apart_and_unknown_ones_alike(db, cast):
    for email in ("tess@school.example", "nobody@school.example"):
        assert waits(db, 6, email=email) == [0, 0, 0, 0, 0, 3]
    assert waits(db, 1, email=" TESS@school.example") == [3]
    assert waits(db, 1, email="sam@school.example") == [0]


def test_a_browser_that_signed_in_before_has_a_count_of_its_own(db):
    with transaction(db):
        mark = sign_in_tries.know_device(db, "tess@school.example", NOW)
        sams = sign_in_tries.know_device(db, "sam@school.example", NOW)
    assert sign_in_tries.knows_device(db, "tess@school.example", mark)
    assert not sign_in_tries.knows_device(db, "tess@school.example", sams)
    assert waits(db, 6)[-1] == 3
    assert waits(db, 1, mark) == [0]
    assert waits(db, 1, sams) == waits(db, 1, "made-up") == [3]  # a mark counts for its own account alone
    assert waits(db, 5, mark)[-1] == 2
    assert waits(db, 1, sams, "sam@school.example") == [0]


def test_the_right_password_clears_its_own_count_and_the_strangers_where_they_are_few(db):
    with transaction(db):
        mark = sign_in_tries.know_device(db, "tess@school.example", NOW)
    assert (waits(db, 6)[-1], waits(db, 6, mark)[-1]) == (3, 2)
    with transaction(db):
        sign_in_tries.clear(db, "Tess@school.example", mark, "a stranger's")
    assert (waits(db, 1, mark), waits(db, 1)) == ([0], [3])
    with transaction(db):
        sign_in_tries.clear(db, "tess@school.example", None, "a stranger's")
    assert waits(db, 6) == [0, 0, 0, 0, 0, 3]
    assert waits(db, 1, browser="hers", asked=NOW - MINUTE) == [0]
    with transaction(db):
        sign_in_tries.clear(db, "tess@school.example", None, "hers")
    assert waits(db, 1, browser="another") == [3], "the owner's way in gives nobody else's guesses back"


def test_no_clock_locks_anybody_out_and_old_tries_are_swept(db):
    assert waits(db, 6)[-1] == 3
    assert waits(db, 1, now=NOW - DAY) == [0]
    assert waits(db, 6, email="sam@school.example")[-1] == 3
    assert waits(db, 6, email="sam@school.example", now=NOW + 2 * DAY) == [0, 0, 0, 0, 0, 3]
    assert db.value("select count(*) from tries") == 2  # the strangers' and one browser's


def test_a_browser_is_known_as_long_as_its_cookie_lasts_and_then_forgotten(db):
    with transaction(db):
        old = sign_in_tries.know_device(db, "tess@school.example", NOW - 401 * DAY)
        young = sign_in_tries.know_device(db, "tess@school.example", NOW - 399 * DAY)
        sign_in_tries.know_device(db, "sam@school.example", NOW)
    assert sign_in_tries.knows_device(db, "tess@school.example", young)
    assert not sign_in_tries.knows_device(db, "tess@school.example", old)
    assert db.value("select count(*) from devices") == 2


def test_made_up_accounts_and_browsers_fill_no_disk(db, monkeypatch):
    monkeypatch.setattr(sign_in_tries, "MOST_COUNTS", 100)
    assert waits(db, 6)[-1] == 3
    for number in range(200):
        waits(db, 1, email=f"made-up-{number}@school.example", browser=f"browser {number}")
    assert db.value("select count(*) from tries") <= 100
    assert waits(db, 1) == [3], "an account that is guessed at is not forgotten for them"
