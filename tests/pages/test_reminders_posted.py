"""A reminder from the chore that writes it to the mail server that takes it, with a clock that is moved."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.records.people import people
from induction.records.store.database import transaction
from induction.rules.reminders import week_before
from induction.rules.sending_days import SendingDays, hours
from induction.serving import caretaker
from induction.settings import from_environment
from tests.cast import email_of, own_site
from tests.post import PostOffice


@pytest.fixture
def post():
    with PostOffice() as post:
        yield post


@pytest.fixture
def cast(template, tmp_path, post):
    smtp = from_environment({"INDUCTION_SMTP": post.url}).smtp
    cast = own_site(template, tmp_path, smtp=smtp)
    yield cast
    cast.records.close()


def test_it_is_written_by_the_caretaker_and_arrives_once(cast, post):
    due = date.today() + timedelta(days=40)
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, due=due, now=datetime.now(UTC))
    day = week_before(due, SendingDays("england"))
    opens, _ = hours(day)
    for minutes in (-60, 0, 15, 30, 120):
        moment = opens + timedelta(minutes=minutes)
        caretaker.walk(cast.site, lambda moment=moment: moment, waits=False)
        caretaker.post_letters(cast.site, clock=lambda moment=moment: moment)
    arrived = [each for each in post.arrived if each.to == [email_of("tess")]]
    assert len(arrived) == 1
    [letter] = arrived
    assert letter.subject.startswith("Your induction is to be done by")
    assert letter.text.startswith("Hello Tess,") and "lessons are left" in letter.text
    assert letter.message["Reply-To"] == email_of("max")
    assert "You get this letter because you have an induction to do." in " ".join(letter.text.split())


def test_whose_date_is_taken_away_while_it_waits_is_not_written_to(cast, post):
    due = date.today() + timedelta(days=40)
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, due=due, now=datetime.now(UTC))
    opens, _ = hours(week_before(due, SendingDays("england")))
    caretaker.walk(cast.site, lambda: opens, waits=False)
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, due=None, now=datetime.now(UTC))
    done = caretaker.post_letters(cast.site, clock=lambda: opens + timedelta(minutes=1))
    assert done.dropped == 1 and [each for each in post.arrived if each.to == [email_of("tess")]] == []
    assert cast.lou.open("/school/mail?show=dropped").text.count("What it says is not so any more.") == 1
