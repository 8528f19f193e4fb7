"""*This is my own phone*: a teacher stays signed in for thirty days, nobody else does, and it can be ended."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import people, sign_in_rules
from induction.records.people.one_time_links import LinkKind
from induction.records.school import providers
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.openid import google
from induction.rules.roles import Role
from induction.rules.sign_in_rules import SignInRules, Strangers
from induction.wording import dates
from tests.cast import PASSWORD, email_of

TICK = "This is my own phone"
FOR_TEACHERS = "Staying signed in for thirty days is for teachers"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def on_own_phone(cast, who="tess"):
    """A browser in which somebody has signed in with the tick."""
    browser = cast.browser()
    browser.open("/sign-in")
    browser.press("Sign in", email=email_of(who), password=PASSWORD, own_phone=TICK)
    return browser


def kept_until_closed(browser) -> bool:
    """Whether the browser forgets the cookie when it is closed."""
    return browser.client.get_cookie("induction").expires is None


@pytest.mark.parametrize(
    "unused, begun, goes_on",
    [(2 * DAY, 3 * DAY, True), (29 * DAY, 29 * DAY, True), (MINUTE, 30 * DAY - MINUTE, True), (MINUTE, 30 * DAY + MINUTE, False)],
)
def test_a_teacher_stays_signed_in_for_thirty_days_used_or_not(cast, unused, begun, goes_on):
    phone = on_own_phone(cast)
    assert phone.page.heading == "Hello, Tess" and not kept_until_closed(phone)
    cast.age_sessions("tess", unused, begun)
    assert phone.open("/record").is_at("/record" if goes_on else "/sign-in")


def test_a_teacher_who_did_not_tick_it_says_so_where_they_see_where_they_are_signed_in(cast):
    page = cast.tess.open("/account/devices")
    assert "with the password" in page.text and kept_until_closed(cast.tess)
    page = cast.tess.press("This is my own phone")
    assert "your own phone, until" in page.text and not page.has_button("This is my own phone") and not kept_until_closed(cast.tess)
    cast.age_sessions("tess", 29 * DAY, 29 * DAY)
    assert cast.tess.open("/record").is_at("/record")


def test_nobody_else_may_say_so(cast):
    assert not cast.max.open("/account/devices").has_button("This is my own phone")
    cast.max.send("/account/devices/own-phone")
    assert "your own phone" not in cast.max.open("/account/devices").text


def test_a_session_by_a_password_grows_no_longer_once_passwords_are_closed(cast):
    cast.tess.open("/account/devices")
    with transaction(cast.records):
        providers.put(cast.records, google("client", "secret", "wrenfield.example"), datetime.now(UTC))
        sign_in_rules.add(cast.records, SignInRules(14, False, Strangers.REFUSED), by=None, at=datetime.now(UTC))
    assert "days" not in cast.tess.press("This is my own phone").text
    assert not cast.tess.page.has_button("This is my own phone")
    assert cast.records.value("select max(own_phone) from sessions") == 0


def test_without_the_tick_it_is_as_ever(cast):
    cast.tess.open("/")
    assert kept_until_closed(cast.tess)
    cast.age_sessions("tess", 61 * MINUTE, 2 * HOUR)
    assert cast.tess.open("/").is_at("/sign-in")


@pytest.mark.parametrize("who, home", [("max", "/mentor/"), ("lou", "/school/overview")])
def test_mentors_and_leads_are_told_that_it_is_for_teachers_and_get_the_usual_session(cast, who, home):
    browser = on_own_phone(cast, who)
    assert browser.page.is_at("/welcome") and FOR_TEACHERS in browser.page.text and kept_until_closed(browser)
    assert FOR_TEACHERS not in browser.open(home).text
    assert "your own phone" not in browser.open("/account/devices").text
    cast.age_sessions(who, 61 * MINUTE, 2 * HOUR)
    assert browser.open("/record").is_at("/sign-in")


@pytest.mark.parametrize("role", ["Mentor", "Lead"])
def test_it_ends_when_somebody_becomes_more_than_a_teacher(cast, role):
    phone = on_own_phone(cast)
    cast.lou.open(f"/school/people/{cast.who('tess').id}")
    cast.lou.press("Save", role=role)
    assert cast.who("tess").role is Role(role.lower())
    assert phone.open("/record").is_at("/sign-in")


def test_a_long_session_is_never_enough_for_more_than_a_teacher_however_the_role_came(cast):
    """Not even where the session outlived the change of role, as in a database that was put together by hand."""
    phone = on_own_phone(cast)
    kept = cast.records.rows("select * from sessions where person = ?", [cast.who("tess").id])
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, role=Role.LEAD, now=cast.who("tess").last_seen_at)
        for row in kept:
            cast.records.execute(
                f"insert into sessions ({', '.join(row)}) values ({', '.join('?' for _ in row)})", list(row.values())
            )
    assert phone.open("/school/people").is_at("/school/people"), "within the hour, as any session"
    cast.age_sessions("tess", 61 * MINUTE, 2 * HOUR)
    assert phone.open("/school/people").is_at("/sign-in")


def test_it_says_where_and_until_when_and_is_ended_from_elsewhere(cast):
    phone = on_own_phone(cast)
    page = cast.tess.open("/account/devices")
    [began] = [row["started_at"] for row in cast.records.rows("select started_at from sessions where own_phone = 1")]
    ends, today = (calendar.local(at).date() for at in (datetime.fromisoformat(began) + 30 * DAY, datetime.now(UTC)))
    until = dates.day(ends, today)
    assert f"your own phone, until {until}" in page.text and page.text.count("Sign out there") == 1
    page = cast.tess.press("Sign out there")
    assert page.is_at("/account/devices") and "Signed out there. Your answers are kept." in page.text
    assert phone.open("/").is_at("/sign-in") and not page.has_button("Sign out there")


def test_nobody_ends_anothers(cast):
    phone = on_own_phone(cast)
    [session] = cast.records.rows("select id from sessions where own_phone = 1")
    page = cast.sam.send(f"/account/devices/{session['id']}", {})
    assert "Signed out there." in page.text, "as of one that is not there"
    assert phone.open("/").is_at("/")


def test_a_new_password_goes_on_as_it_was(cast):
    phone = on_own_phone(cast)
    phone.open("/account/password")
    phone.press("Save the new password", present=PASSWORD, password="eleven brave herons nest")
    assert not kept_until_closed(phone)
    cast.age_sessions("tess", 2 * DAY, 2 * DAY)
    assert phone.open("/record").is_at("/record")


@pytest.mark.parametrize(
    "kind, path, button",
    [(LinkKind.INVITATION, "invitation", "Open my induction"), (LinkKind.RESET, "reset", "Save the password")],
)
def test_it_is_offered_where_a_teacher_chooses_a_password(cast, kind, path, button):
    cast.add("Ivy Brook")
    phone = cast.browser()
    assert TICK in phone.open(f"/{path}/{cast.link(kind, 'ivy')}").text
    assert phone.press(button, password="eleven brave herons nest", own_phone=TICK).heading == "Hello, Ivy"
    cast.age_sessions("ivy", 2 * DAY, 2 * DAY)
    assert phone.open("/record").is_at("/record")


def test_it_is_not_offered_to_others_who_choose_a_password(cast):
    cast.add("Ivy Brook", Role.MENTOR)
    browser, token = cast.browser(), cast.link(LinkKind.INVITATION, "ivy")
    assert TICK not in browser.open(f"/invitation/{token}").text
    page = browser.send(f"/invitation/{token}", {"password": "eleven brave herons nest", "own_phone": "y"})
    assert FOR_TEACHERS in page.text
    cast.age_sessions("ivy", 61 * MINUTE, 2 * HOUR)
    assert browser.open("/record").is_at("/sign-in")


def test_what_was_ticked_comes_back_after_a_wrong_password(cast):
    browser = cast.browser()
    browser.open("/sign-in")
    page = browser.press("Sign in", email=email_of("tess"), password="not the password", own_phone=TICK)
    assert "checked" in page.field("own_phone").attrs


def test_the_next_who_signs_in_there_does_not_inherit_it(cast):
    phone = on_own_phone(cast)
    phone.open("/")
    phone.press("Sign out")
    phone.press("Sign in", email=email_of("sam"), password=PASSWORD)
    assert kept_until_closed(phone)
    cast.age_sessions("sam", 61 * MINUTE, 2 * HOUR)
    assert phone.open("/record").is_at("/sign-in")


def test_my_record_says_so(cast):
    phone = on_own_phone(cast)
    assert '"own_phone": true' in phone.open("/record/export").html
    assert "own phone: yes" in phone.open("/record/whole").text
