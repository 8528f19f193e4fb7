"""Letters: written with the fact, posted once, tried again, and not at all where nobody wants them; with a moved clock."""

import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from induction.bridges import mail
from induction.records.people import history, one_time_links, people
from induction.records.people.one_time_links import LinkKind
from induction.records.people.person import Details
from induction.records.school import outbox, post_office
from induction.records.school.school import UNNAMED
from induction.records.store.database import Database, transaction
from induction.rules.letters import LetterKind, LetterState
from induction.rules.roles import Role
from induction.services import letters, posting, sign_in
from induction.services import people as deeds
from induction.services.posting import NoServer, Round
from induction.wording.letters import Letter as Words
from tests.post import Blunt, PostOffice, but

NOW = datetime(2026, 9, 1, 7, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADDRESS = "https://induction.school.example"
NAME = UNNAMED


@pytest.fixture
def office(db, cast):
    with PostOffice() as server:
        letters.set_up_office(db, ADDRESS, open=True)
        yield server


class Clock:
    def __init__(self, now=NOW):
        self.now = now

    def __call__(self):
        return self.now


def deliver(db, office, now=NOW, wanted=lambda letter: "", **more):
    clock = now if callable(now) else lambda: now
    return posting.deliver(Round(db, lambda: mail.dial(office.set_up), clock, wanted, **more))


def put(db, person, key="a", now=NOW, **more):
    with transaction(db):
        return letters.put(
            db, LetterKind.NOTE, person, Words("About that", "Hello.\n\nA word."), key=key, why="you are here", now=now, **more
        )


def state(db, key="a"):
    found = outbox.with_key(db, key)
    return found.state, found.said, found.words


# Written


def test_a_letter_is_written_with_its_fact_or_not_at_all(db, cast, office):
    with pytest.raises(ZeroDivisionError), transaction(db):
        letters.put(db, LetterKind.NOTE, cast.tess, Words("s", "w"), key="a", why="y", now=NOW)
        raise ZeroDivisionError
    assert outbox.with_key(db, "a") is None
    assert put(db, cast.tess) and outbox.with_key(db, "a").state is LetterState.WAITING


def test_the_same_is_never_written_twice_even_long_after_it_went(db, cast, office):
    assert put(db, cast.tess) is True
    deliver(db, office)
    assert put(db, cast.tess, now=NOW + timedelta(days=900)) is False
    assert len(office.arrived) == 1


def test_without_mail_or_for_somebody_who_has_left_nothing_is_written(db, cast):
    assert put(db, cast.tess) is False
    letters.set_up_office(db, ADDRESS, open=True)
    assert put(db, cast.ana) is False
    letters.set_up_office(db, ADDRESS, open=False)
    assert put(db, cast.tess) is False
    assert outbox.counts(db) == {}


def test_a_subject_with_ends_of_lines_is_one_line(db, cast, office):
    with transaction(db):
        letters.put(db, LetterKind.NOTE, cast.tess, Words("a\r\nb\u2028c", "w"), key="a", why="y", now=NOW)
    assert outbox.with_key(db, "a").subject == "a b c"


# Posted


def test_a_letter_goes_once_and_its_words_are_forgotten(db, cast, office):
    put(db, cast.tess)
    assert deliver(db, office).sent == 1 and deliver(db, office).sent == 0
    assert state(db) == (LetterState.SENT, "250 OK: queued as 1", None)
    assert office.arrived[0].text == (
        f"Hello.\n\nA word.\n\n-- \nYou get this letter because you are here. It was sent by the induction site of {NAME}: {ADDRESS}\n"
    )


def test_held_letters_wait_and_go_when_they_are_let_go(db, cast, office):
    put(db, cast.tess)
    assert letters.hold(db, True, by=cast.lou.id, now=NOW) and not letters.hold(db, True, by=cast.lou.id, now=NOW)
    assert deliver(db, office).sent == 0
    letters.hold(db, False, by=cast.lou.id, now=NOW)
    assert deliver(db, office).sent == 1


def test_before_its_time_it_waits_and_after_it_is_dropped_with_its_words(db, cast, office):
    put(db, cast.tess, not_before=NOW + HOUR, not_after=NOW + 2 * HOUR)
    put(db, cast.tess, "b", not_before=NOW + HOUR, not_after=NOW + 2 * HOUR)
    assert deliver(db, office, NOW + HOUR - timedelta(seconds=1)).sent == 0
    letters.hold(db, True, by=cast.lou.id, now=NOW)
    deliver(db, office, NOW + 3 * HOUR)
    assert state(db) == (LetterState.DROPPED, "It could not be sent in time.", None)
    assert office.arrived == []


def test_a_letter_whose_time_ends_while_others_are_posted_is_dropped(db, cast, office):
    clock = Clock()
    put(db, cast.max)
    put(db, cast.tess, "b", not_after=NOW + timedelta(minutes=2))
    office.answers.data = lambda arrived: setattr(clock, "now", NOW + HOUR)
    assert deliver(db, office, clock).dropped == 1
    assert state(db, "b") == (LetterState.DROPPED, "It could not be sent in time.", None)


def test_three_hundred_on_one_morning_go_in_one_round_each_once(db, cast, office):
    with transaction(db):
        staff = [people.add(db, Details(f"s{n}@school.example", f"Staff {n}", Role.TEACHER), now=NOW) for n in range(300)]
        for each in staff:
            letters.put(db, LetterKind.NOTE, each, Words("s", "w"), key=f"n {each.id}", why="y", now=NOW)
    assert deliver(db, office).sent == 300
    assert sorted(one.to[0] for one in office.arrived) == sorted(each.email for each in staff)
    assert office.answers.connections == 15


def test_who_sits_and_waits_goes_first(db, cast, office):
    put(db, cast.tess)
    letters.put_test(db, cast.lou, NOW)
    deliver(db, office)
    assert [one.to[0] for one in office.arrived] == [cast.lou.email, cast.tess.email]


def test_of_test_letters_asked_for_within_a_minute_one_is_written(db, cast, office):
    assert letters.put_test(db, cast.lou, NOW) and not letters.put_test(db, cast.lou, NOW + timedelta(seconds=59))
    assert letters.put_test(db, cast.max, NOW), "to whoever else asks too"
    assert letters.put_test(db, cast.lou, NOW + timedelta(seconds=61))
    assert letters.put_test(db, cast.lou, NOW - timedelta(days=1)), "after the clock was put back"
    assert db.value("select count(*) from acts where what = 'test letter'") == 4


# No longer wanted


def change(db, person, **changes):
    with transaction(db):
        history.enter(db, replace(people.find(db, person.id), **changes), by=None, now=NOW)


@pytest.mark.parametrize(
    "changes, why",
    [({"active": False}, "Their account has ended."), ({"email": "t@new.example"}, "Their address was changed after it was written.")],
)
def test_who_left_or_moved_meanwhile_gets_nothing(db, cast, office, changes, why):
    put(db, cast.tess)
    change(db, cast.tess, **changes)
    assert deliver(db, office).dropped == 1
    assert state(db) == (LetterState.DROPPED, why, None) and office.arrived == []


def test_what_is_no_longer_wanted_is_asked_before_each_try(db, cast, office):
    put(db, cast.tess)
    assert deliver(db, office, wanted=lambda letter: "They have finished.").dropped == 1
    assert state(db) == (LetterState.DROPPED, "They have finished.", None)


def test_a_link_that_was_used_or_replaced_meanwhile_is_not_sent(db, cast, office):
    first = deeds.make_link(db, cast.tess.id, LinkKind.INVITATION, by=cast.lou.id, now=NOW)
    second = deeds.make_link(db, cast.tess.id, LinkKind.INVITATION, by=cast.lou.id, now=NOW)
    assert (deliver(db, office).dropped, [second in one.text for one in office.arrived]) == (1, [True])
    assert first not in office.arrived[0].text
    third = deeds.make_link(db, cast.sam.id, LinkKind.RESET, by=cast.lou.id, now=NOW)
    sign_in.choose_password(db, LinkKind.RESET, third, "$argon2id$" + "x" * 60, device="", now=NOW)
    deliver(db, office)
    assert [one.subject for one in office.arrived[1:]] == [f"Your password at {NAME} was changed"]


# Trouble


def test_a_server_that_says_later_for_an_hour_is_asked_ever_more_rarely_and_takes_it_once(db, cast, office):
    put(db, cast.tess)
    asked = []
    office.answers.rcpt = lambda to: asked.append(clock()) or ("450 4.2.0 Later" if clock() < NOW + HOUR else None)
    clock = Clock()
    while clock.now < NOW + 3 * HOUR:
        deliver(db, office, clock)
        clock.now += timedelta(minutes=1)
    assert [(each - NOW) / timedelta(minutes=1) for each in asked] == [0, 1, 6, 21, 81]
    assert len(office.arrived) == 1 and outbox.with_key(db, "a").tries == 5


def test_a_server_that_is_down_is_told_of_counted_and_tried_again(db, cast, office):
    put(db, cast.tess)

    @contextmanager
    def down():
        raise NoServer("127.0.0.1:25 can't be reached: refused")
        yield

    def round_at(now):
        return posting.deliver(Round(db, down, lambda: now, lambda letter: ""))

    assert round_at(NOW).trouble and not round_at(NOW + timedelta(seconds=30)).trouble
    assert round_at(NOW + timedelta(minutes=1)).trouble
    found = letters.office(db)
    assert (found.failures, found.failing_since, found.next_try) == (2, NOW, NOW + timedelta(minutes=6))
    assert outbox.with_key(db, "a").tries == 0
    assert deliver(db, office, NOW + timedelta(minutes=6)).sent == 1
    found = letters.office(db)
    assert (found.failures, found.trouble, found.last_sent_at) == (0, "", NOW + timedelta(minutes=6))


def test_one_refused_for_good_marks_its_address_and_nothing_more_is_tried_there(db, cast, office):
    asked = []
    office.answers.rcpt = lambda to: asked.append(to) or ("550 5.1.1 No such mailbox" if to == cast.tess.email else None)
    put(db, cast.tess)
    put(db, cast.max, "b")
    done = deliver(db, office)
    assert (done.sent, done.refused) == (1, 1) and state(db)[:2] == (LetterState.REFUSED, "550 5.1.1 No such mailbox")
    put(db, cast.tess, "c")
    assert deliver(db, office).refused == 1 and asked.count(cast.tess.email) == 1
    assert outbox.refused_addresses(db, [cast.tess.email]) == {cast.tess.email: "550 5.1.1 No such mailbox"}
    office.answers.rcpt = lambda to: None
    assert letters.send_again(db, outbox.with_key(db, "c").id, by=cast.lou.id, now=NOW)
    assert deliver(db, office).sent == 1 and outbox.refused_addresses(db, [cast.tess.email]) == {}


def test_a_letter_on_which_the_server_breaks_down_holds_up_no_other(db, cast):
    letters.set_up_office(db, ADDRESS, open=True)
    put(db, cast.tess)
    for number, person in enumerate((cast.max, cast.nia, cast.sam, cast.lou)):
        put(db, person, f"n {number}")
    taken = []

    def say(line):
        if line.upper().startswith("RCPT") and cast.tess.email in line:
            return None
        taken.append(line) if line == "." else None
        return but()(line)

    with Blunt(say) as blunt:
        clock = Clock()
        for _ in range(6):
            deliver(db, blunt, clock)
            clock.now += timedelta(minutes=20)
    assert len(taken) == 4 and state(db)[0] is LetterState.WAITING
    assert {state(db, f"n {number}")[0] for number in range(4)} == {LetterState.SENT}


def test_a_letter_that_cant_be_made_is_refused_and_holds_up_no_other(db, cast, office):
    with transaction(db):
        letters.put(
            db, LetterKind.NOTE, cast.tess, Words("=?utf-8?q?x=0d=0aBcc:_e@e.example?=", "w"), key="a", why="y", now=NOW
        )
    put(db, cast.max, "b")
    assert deliver(db, office).sent >= 1
    assert [one.to for one in office.arrived if one.message["Bcc"]] == []


# Stopped in between


def test_whoever_dies_between_claim_and_post_leaves_it_to_another_after_ten_minutes(db, cast, office):
    put(db, cast.tess)
    with transaction(db):
        assert len(outbox.claim(db, "c" * 16, NOW + posting.UNDER_WAY, 20, NOW)) == 1
    assert deliver(db, office, NOW + timedelta(minutes=9)).sent == 0
    assert deliver(db, office, NOW + timedelta(minutes=10)).sent == 1


def test_a_start_waits_for_nobody_who_is_gone(db, cast, office):
    put(db, cast.tess)
    with transaction(db):
        outbox.claim(db, "c" * 16, NOW + posting.UNDER_WAY, 20, NOW)
    posting.put_in_order(db, NOW, at_start=True)
    assert deliver(db, office).sent == 1


def test_whoever_dies_between_post_and_mark_leaves_it_unsure_and_a_lead_decides(db, cast, office):
    put(db, cast.tess)
    with transaction(db):
        [letter] = outbox.claim(db, "c" * 16, NOW + posting.UNDER_WAY, 20, NOW)
        outbox.posting(db, letter, NOW + posting.UNDER_WAY)
    done = deliver(db, office, NOW + timedelta(minutes=11))
    assert done.sent == 0 and state(db)[:2] == (LetterState.UNSURE, "The program was stopped while it was being posted.")
    assert deliver(db, office, NOW + timedelta(days=1)).sent == 0
    assert letters.send_again(db, letter.id, by=cast.lou.id, now=NOW + timedelta(days=1))
    assert not letters.send_again(db, letter.id, by=cast.lou.id, now=NOW + timedelta(days=1))
    assert deliver(db, office, NOW + timedelta(days=1)).sent == 1


def test_what_was_posted_and_could_not_be_marked_is_not_posted_again(db, cast, office):
    """The disk fills up between the server's answer and the mark."""
    put(db, cast.tess)
    put(db, cast.max, "b")
    full = threading.Event()
    office.answers.data = lambda arrived: full.set()

    def clock():
        if full.is_set():
            raise OSError("no space left")
        return NOW

    with pytest.raises(OSError, match="no space"):
        deliver(db, office, clock)
    office.answers.data = lambda arrived: None
    assert state(db)[0] is LetterState.POSTING
    assert deliver(db, office, NOW + HOUR).sent == 1
    assert sorted(one.to[0] for one in office.arrived) == [cast.max.email, cast.tess.email]
    assert state(db)[0] is LetterState.UNSURE


def test_whoever_is_slow_and_finds_its_claim_given_to_another_posts_nothing(db, cast, office):
    put(db, cast.tess)
    clock = Clock()

    @contextmanager
    def slow():
        with mail.dial(office.set_up) as line:
            clock.now += timedelta(minutes=11)
            deliver(db, office, clock)
            yield line

    assert posting.deliver(Round(db, slow, clock, lambda letter: "")).sent == 0
    assert len(office.arrived) == 1 and state(db)[0] is LetterState.SENT


def test_whoever_hears_of_it_late_settles_what_was_unsure(db, cast, office):
    put(db, cast.tess)
    clock = Clock()

    def late(arrived):
        clock.now += timedelta(minutes=11)
        other = Database(db.path)
        posting.put_in_order(other, clock.now)
        other.close()

    office.answers.data = late
    assert deliver(db, office, clock).sent == 1
    assert state(db)[0] is LetterState.SENT


@pytest.mark.parametrize("count", [2, 4])
def test_several_at_once_send_each_letter_once(db, cast, office, count):
    with transaction(db):
        for number in range(90):
            letters.put(db, LetterKind.NOTE, cast.tess, Words(f"No {number}", "w"), key=f"n {number}", why="y", now=NOW)
    ready, done = threading.Barrier(count), []

    def walk():
        own = Database(db.path)
        ready.wait()
        done.append(deliver(own, office).sent)
        own.close()

    threads = [threading.Thread(target=walk) for _ in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(done) == 90
    assert sorted(one.subject for one in office.arrived) == sorted(f"No {number}" for number in range(90))


# The clock


@pytest.mark.parametrize("moved", [timedelta(days=-1), timedelta(days=365)])
def test_a_clock_that_is_moved_in_the_middle_of_a_claim_makes_nothing_go_twice(db, cast, office, moved):
    put(db, cast.tess, not_after=NOW + timedelta(days=800))
    clock = Clock()

    @contextmanager
    def dial():
        with mail.dial(office.set_up) as line:
            clock.now += moved
            deliver(db, office, clock)
            yield line

    posting.deliver(Round(db, dial, clock, lambda letter: ""))
    deliver(db, office, NOW + timedelta(days=366))
    assert len(office.arrived) == 1 and state(db)[0] is LetterState.SENT


def test_after_the_clock_was_put_back_neither_a_claim_nor_trouble_lasts_until_the_old_day(db, cast, office):
    put(db, cast.tess, now=NOW - timedelta(days=1))
    with transaction(db):
        outbox.claim(db, "c" * 16, NOW + posting.UNDER_WAY, 20, NOW)
        post_office.failed(db, "no", NOW + HOUR, NOW)
    assert deliver(db, office, NOW - timedelta(days=1)).sent == 1


# Asked for at sign-in


def ask(db, email, now=NOW):
    letters.ask_for_password(db, email, now)


def test_who_is_known_invited_and_nobody_else_gets_a_link(db, cast, office):
    with transaction(db):
        people.set_password(db, cast.tess.id, "$argon2id$" + "x" * 60, now=NOW)
    for email in (cast.tess.email, cast.sam.email, cast.ana.email, "nobody@x.example"):
        ask(db, email)
    assert db.value("select count(*) from password_requests") == 4, "the same row for each"
    deliver(db, office)
    found = {one.to[0]: one for one in office.arrived}
    assert set(found) == {cast.tess.email, cast.sam.email}
    assert f"{ADDRESS}/reset/" in found[cast.tess.email].text and f"{ADDRESS}/invitation/" in found[cast.sam.email].text
    assert "If it was not you who asked, do nothing" in found[cast.tess.email].text
    assert db.value("select count(*) from password_requests") == 0


def test_three_an_hour_are_answered_and_a_thousand_kept(db, cast, office):
    for minute in range(10):
        ask(db, cast.sam.email, NOW + timedelta(minutes=minute))
        deliver(db, office, NOW + timedelta(minutes=minute))
    assert len(office.arrived) == 3
    ask(db, cast.sam.email, NOW + HOUR)
    deliver(db, office, NOW + HOUR)
    assert len(office.arrived) == 4
    for number in range(1010):
        ask(db, f"a{number}@x.example")
    assert db.value("select count(*) from password_requests") == 1000


def test_asked_for_again_it_waits_once_but_what_is_too_old_to_be_answered_hides_no_new_one(db, cast, office):
    for at in (NOW, NOW + timedelta(minutes=1), NOW + 2 * HOUR):
        ask(db, cast.sam.email, at)
    assert db.value("select count(*) from password_requests") == 2
    deliver(db, office, NOW + 2 * HOUR)
    assert len(office.arrived) == 1


def test_whoever_asks_does_not_end_the_link_that_a_lead_has_given_them(db, cast, office):
    """A stranger who knows an address: the slip in somebody's hand goes on working, and their record holds nothing more."""
    with transaction(db):
        token = one_time_links.make(db, LinkKind.INVITATION, cast.sam.id, NOW, by=cast.lou.id)
        letters.put_link(db, cast.sam, LinkKind.INVITATION, token, by=cast.lou.id, now=NOW)
    deliver(db, office)
    ways = db.rows("select * from ways_in")
    for minute in (10, 20):
        ask(db, cast.sam.email, NOW + timedelta(minutes=minute))
        deliver(db, office, NOW + timedelta(minutes=minute))
    assert [f"{ADDRESS}/invitation/{token}\n" in one.text for one in office.arrived] == [True, True, True]
    assert one_time_links.find(db, LinkKind.INVITATION, token, NOW + HOUR) and db.rows("select * from ways_in") == ways


def test_no_token_lies_in_the_outbox_and_so_in_no_backup(db, cast, office, tmp_path):
    """Held, refused or waiting for days: whoever finds a backup must not get in by it."""
    with transaction(db):
        token = one_time_links.make(db, LinkKind.INVITATION, cast.sam.id, NOW, by=cast.lou.id)
        letters.put_link(db, cast.sam, LinkKind.INVITATION, token, by=cast.lou.id, now=NOW)
    files = [each for each in db.path.parent.glob("induction.db*") if token.encode() in each.read_bytes()]
    assert files == [] and "\ufffc" in db.value("select words from letters")
    deliver(db, office)
    assert f"{ADDRESS}/invitation/{token}\n" in office.arrived[0].text and f"/invitation/{token}</a>" in office.arrived[0].html


def test_a_link_that_is_nearly_over_is_made_anew(db, cast, office):
    with transaction(db):
        people.set_password(db, cast.tess.id, "$argon2id$" + "x" * 60, now=NOW)
        first = one_time_links.make(db, LinkKind.RESET, cast.tess.id, NOW, by=cast.lou.id)
    ask(db, cast.tess.email, NOW + timedelta(minutes=31))
    deliver(db, office, NOW + timedelta(minutes=31))
    assert first not in office.arrived[0].text and one_time_links.find(db, LinkKind.RESET, first, NOW + timedelta(minutes=31)) is None


def test_a_request_made_to_a_site_that_then_slept_is_not_answered(db, cast, office):
    ask(db, cast.sam.email)
    deliver(db, office, NOW + 2 * HOUR)
    assert office.arrived == [] and one_time_links.kept(db, LinkKind.INVITATION, [cast.sam.id]) == {}


def test_a_request_is_not_refused_for_letters_of_a_day_to_come(db, cast, office):
    for minute in range(3):
        ask(db, cast.sam.email, NOW + timedelta(days=1, minutes=minute))
        deliver(db, office, NOW + timedelta(days=1, minutes=minute))
    ask(db, cast.sam.email)
    deliver(db, office)
    assert len(office.arrived) == 4


# With the deeds


def test_a_deed_writes_its_letter_to_those_whom_it_concerns(db, cast, office):
    with transaction(db):
        kit = people.add(db, Details("kit@school.example", "Kit Moran", Role.LEAD), now=NOW)
        for lead in (kit, cast.lou):
            people.set_password(db, lead.id, "$argon2id$" + "x" * 60, now=NOW)
        letters.put_finished(db, cast.tess.id, "Boundaries", NOW)
        letters.put_finished(db, cast.lou.id, "Boundaries", NOW)  # who has no mentor
        letters.put_signature_waits(db, 1, "@wrenfield", by=kit.id, now=NOW)
        letters.put_note_waits(db, "a-key-of-sixteen", "Sunday night", NOW)
    deliver(db, office)
    assert sorted((one.to[0], one.subject) for one in office.arrived) == [
        ("kit@school.example", "A note on a scenario waits for an answer"),
        ("lou@school.example", "A note on a scenario waits for an answer"),
        ("lou@school.example", "A risk assessment waits for a second signature"),
        ("max@school.example", "Tess Okafor has completed Boundaries"),
    ]


def test_by_night_they_wait_for_the_morning(db, cast, office):
    night = datetime(2026, 9, 1, 22, tzinfo=UTC)
    with transaction(db):
        letters.put_finished(db, cast.tess.id, "Boundaries", night)
    assert deliver(db, office, night + timedelta(hours=7, minutes=59)).sent == 0
    assert deliver(db, office, night + timedelta(hours=8)).sent == 1


def test_adding_somebody_writes_the_invitation_and_one_that_fails_writes_nothing(db, cast, office):
    person, token = deeds.add(db, Details("kim@school.example", "Kim", Role.TEACHER), by=cast.lou.id, now=NOW)
    with pytest.raises(people.EmailTaken):
        deeds.add(db, Details("kim@school.example", "Kim Again", Role.TEACHER), by=cast.lou.id, now=NOW)
    assert deliver(db, office).sent == 1
    [one] = office.arrived
    assert f"{ADDRESS}/invitation/{token}" in one.text.splitlines() and one.message["Reply-To"] == cast.lou.email


def test_nothing_of_an_address_or_a_link_stands_in_the_log(db, cast, office, caplog):
    caplog.set_level("DEBUG", "induction")
    deeds.make_link(db, cast.tess.id, LinkKind.INVITATION, by=cast.lou.id, now=NOW)
    office.answers.mail = lambda sender: "451 4.7.1 <induction@school.example> may not write to tess@school.example"
    deliver(db, office)
    office.answers.mail = lambda sender: None
    office.answers.rcpt = lambda to: f"550 5.1.1 <{to}> is not here"
    deliver(db, office, NOW + HOUR)
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert "refused by the mail server" in said and "may not write to …@…" in said and "school.example" not in said.replace(ADDRESS, "")
