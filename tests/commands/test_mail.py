"""send-mail, as a shell starts it."""

from datetime import UTC, datetime

import pytest

from induction.records.people import people
from induction.records.store import migrations
from induction.services import letters
from tests.cast import email_of
from tests.post import PostOffice

SITE = "https://induction.wrenfield.example"


@pytest.fixture
def office(monkeypatch):
    with PostOffice() as server:
        monkeypatch.setenv("INDUCTION_SMTP", server.url)
        yield server


@pytest.fixture
def waiting(peopled, data):
    """The command, in a school in which a letter waits, written by a site of another address."""
    now = datetime.now(UTC)
    db = migrations.open_database(data / "induction.db", now)
    letters.set_up_office(db, SITE, open=True)
    letters.put_test(db, people.by_email(db, email_of("lou")), now)
    db.close()
    return peopled


def test_without_a_mail_server_it_says_what_to_set(waiting):
    done = waiting("send-mail")
    assert (done.code, done.out) == (1, "") and "There is no mail server: set INDUCTION_SMTP" in done.err


def test_what_waits_is_posted_and_counted(waiting, office):
    done = waiting("send-mail")
    assert (done.code, done.out) == (0, "")
    assert "Sent 1, refused 0, waiting 0, no longer wanted 0, unsure 0." in done.err
    assert [one.to for one in office.arrived] == [[email_of("lou")]]
    assert "Sent 0," in waiting("send-mail").err and len(office.arrived) == 1


def test_links_are_those_of_the_site_that_runs_not_of_the_shell(waiting, office):
    waiting("send-mail")
    assert office.arrived[0].text.rstrip().endswith(f": {SITE}")


def test_a_refused_letter_is_a_problem(waiting, office):
    office.answers.rcpt = lambda to: "550 5.1.1 No such mailbox"
    done = waiting("send-mail")
    assert done.code == 1 and "Sent 0, refused 1," in done.err


def test_a_server_that_cant_be_used_is_a_problem_in_its_words_and_is_tried_by_hand_at_once(waiting, office):
    office.answers.mail = lambda sender: "451 4.3.0 Busy"
    for _ in range(2):
        done = waiting("send-mail")
        assert done.code == 1 and "The mail server can't be used: 451 4.3.0 Busy." in done.err
    office.answers.mail = lambda sender: None
    assert waiting("send-mail").code == 0 and len(office.arrived) == 1


def test_the_server_may_stand_in_a_file(waiting, office, monkeypatch, tmp_path):
    (tmp_path / "smtp").write_text(office.url + "\n")
    monkeypatch.delenv("INDUCTION_SMTP")
    monkeypatch.setenv("INDUCTION_SMTP_FILE", str(tmp_path / "smtp"))
    assert waiting("send-mail").code == 0 and len(office.arrived) == 1


def test_nonsense_is_wrong_usage_and_shows_no_password(waiting, monkeypatch):
    monkeypatch.setenv("INDUCTION_SMTP", "smtp://u:hush@m.x?to=me")
    done = waiting("send-mail")
    assert done.code == 2 and "INDUCTION_SMTP can't be used" in done.err and "hush" not in done.err
