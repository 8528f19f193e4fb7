"""First and last days: written where somebody is added, kept at the door, said to whom they concern; and who follows."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import handovers, people
from induction.records.people.one_time_links import LinkKind
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.calendar import written
from induction.rules.roles import Role
from induction.services import leavers
from induction.serving import caretaker
from induction.wording import dates
from tests.cast import PASSWORD, email_of
from tests.records.making import make_so

NOW = datetime.now(UTC)
TODAY = calendar.local(NOW).date()


def in_days(count):
    return TODAY + timedelta(days=count)


def spoken(day):
    return dates.day(day, TODAY)


def person(cast, who):
    return f"/school/people/{cast.who(who).id}"


def give(cast, who, **days):
    """Days as they stand after some have gone by."""
    with transaction(cast.records):
        make_so(cast.records, cast.who(who), **days)


def test_supply_staff_for_a_week_is_one_form(cast):
    cast.lou.open("/school/people/add")
    days = {"starts": written(in_days(7)), "ends": written(in_days(11))}
    page = cast.lou.press("Add and make the invitation", name="Sue Supply", email="sue@wrenfield.example", **days)
    assert page.heading == "An invitation for Sue Supply"
    sue = cast.who("sue")
    assert (sue.starts, sue.ends) == (in_days(7), in_days(11))
    page = cast.lou.open(person(cast, "sue"))
    assert f"Sue begins on {spoken(in_days(7))}, in 7 days." in page.text and f"Last day {spoken(in_days(11))} in 11 days" in page.text
    assert page.field("starts").get("value") == written(in_days(7)) and page.field("ends").get("value") == written(in_days(11))
    row = cast.lou.open("/school/people?show=to-come").main
    assert f"begins on {spoken(in_days(7))}, leaves after {spoken(in_days(11))}" in row.text
    assert "Sue Supply" in cast.lou.open("/school/people?show=leaving").text


@pytest.mark.parametrize(("starts", "ends", "words"), [
    (3, 2, "The last day is before the first."), (None, -1, "That day is past already. Write today, or a day to come."),
])  # fmt: skip
def test_days_that_can_not_be_are_refused_with_what_was_typed(cast, starts, ends, words):
    cast.lou.open("/school/people/add")
    days = {"starts": written(in_days(starts)) if starts else "", "ends": written(in_days(ends))}
    page = cast.lou.press("Add and make the invitation", name="Sue Supply", email="sue@wrenfield.example", **days)
    assert words in page.text and page.field("ends").get("value") == days["ends"] and page.heading == "Add a person"
    assert people.by_email(cast.records, "sue@wrenfield.example") is None


def test_a_day_out_of_all_years_is_refused(cast):
    cast.lou.open(person(cast, "tess"))
    for wrong in ("01/01/2019", "01/01/2101", "31/02/2027", "soon"):
        page = cast.lou.press("Save", starts=wrong)
        assert page.problems and page.field("starts").get("value") == wrong
    assert cast.who("tess").starts is None


def test_a_day_that_has_become_past_stays_and_another_is_refused(cast):
    give(cast, "lou", ends=in_days(-3))  # the last lead stays
    cast.lou.open(person(cast, "lou"))
    assert "up to date" in cast.lou.press("Save", name="Lou Hart").text
    page = cast.lou.press("Save", ends=written(in_days(-1)))
    assert "To end the account now, use the button under Leaving." in page.text
    assert cast.who("lou").ends == in_days(-3)


def test_before_the_first_day_only_who_knows_the_password_reads_when(cast):
    give(cast, "tess", starts=in_days(1))
    page = cast.try_to_sign_in("tess", cast.browser())
    assert f"Your account opens on {spoken(in_days(1))}, your first day here." in page.text and page.is_at("/sign-in")
    wrong, nobody = (cast.try_to_sign_in(who, cast.browser(), "wrong horse") for who in ("tess", "nobody@wrenfield.example"))
    assert wrong.main.text == nobody.main.text.replace("nobody@wrenfield.example", "tess@wrenfield.example")
    give(cast, "tess", starts=TODAY)
    assert not cast.sign_in("tess").open("/").is_at("/sign-in")


def test_the_door_shuts_on_the_day_itself(cast):
    assert cast.tess.open("/").status == 200
    give(cast, "tess", ends=in_days(-1))
    assert cast.tess.open("/").is_at("/sign-in")
    page = cast.try_to_sign_in("tess", cast.browser())
    assert f"Your last day here was {spoken(in_days(-1))}" in page.text
    assert leavers.end_whose_day_is_past(cast.records, datetime.now(UTC)) == [cast.who("tess").id]
    page = cast.lou.open(person(cast, "tess"))
    assert f"By itself, since the last day was {dates.short_in_full(in_days(-1))}: the account was ended." in page.text


def test_an_invitation_says_from_when_it_can_be_used(cast):
    give(cast, "sam", starts=in_days(3))
    token = cast.link(LinkKind.INVITATION, "sam")
    browser = cast.browser()
    page = browser.open(f"/invitation/{token}")
    assert page.heading == f"This link works from {spoken(in_days(3))}" and page.status == 200 and not page.has_button("Sign in")
    page = browser.send(f"/invitation/{token}", {"password": PASSWORD, "again": PASSWORD})
    assert page.heading == f"This link works from {spoken(in_days(3))}"
    reset = cast.link(LinkKind.RESET, "sam")
    page_of_reset = browser.open(f"/reset/{reset}")
    assert page_of_reset.heading == f"Your account opens on {spoken(in_days(3))}"
    give(cast, "sam", starts=TODAY)
    assert browser.open(f"/invitation/{token}").heading != page.heading, "it was not used up"
    give(cast, "sam", starts=None, ends=in_days(-1))
    assert browser.open(f"/invitation/{token}").status == 404


def test_bringing_back_next_month(cast):
    page = cast.lou.open(person(cast, "ana"))
    page = cast.lou.press("Bring them back", starts=written(in_days(30)), ends=written(in_days(20)))
    assert "The last day is before the first." in page.text and not cast.who("ana").active
    assert page.field("ends").get("value") == written(in_days(20))
    page = cast.lou.press("Bring them back", ends=written(in_days(34)))
    assert "Ana Costa is back" in page.text
    assert (cast.who("ana").starts, cast.who("ana").ends) == (in_days(30), in_days(34))


def test_a_mentor_who_leaves_hands_over_first(cast):
    give(cast, "max", ends=in_days(29))
    assert "Max Adeyemi leaves" not in cast.lou.open("/school/overview").text
    give(cast, "max", ends=in_days(28))
    page = cast.lou.open("/school/overview")
    words = f"Max Adeyemi leaves after {spoken(in_days(28))}, in 28 days, and mentors one teacher."
    assert f"{words} Nobody is named to follow yet. Say who follows" in page.text
    cast.lou.open(f"{person(cast, 'max')}/handover")
    page = cast.lou.press("Save who follows")
    assert "Choose who follows, or nobody at first." in page.text
    page = cast.lou.press("Save who follows", follower="Nia Évans")
    assert page.is_at(person(cast, "max")) and f"Nia Évans mentors them after {spoken(in_days(28))}." in page.text
    assert words not in cast.lou.open("/school/overview").text, "nothing is left to do"
    assert cast.who("tess").mentor_id == cast.who("max").id, "until then nothing changes"
    caretaker.walk(cast.site, lambda: datetime.now(UTC) + timedelta(days=29), waits=False)
    assert cast.who("tess").mentor_id == cast.who("nia").id


def test_where_nobody_was_named_the_overview_says_whose_place_is_empty(cast):
    give(cast, "max", ends=in_days(-1))
    leavers.end_whose_day_is_past(cast.records, datetime.now(UTC))
    assert "Tess Okafor has no mentor at present." in cast.lou.open("/school/overview").text


def test_pressed_twice_and_after_another_lead(cast):
    give(cast, "max", ends=in_days(5))
    cast.lou.open(f"{person(cast, 'max')}/handover")
    path, fields, _ = cast.lou.filled("Save who follows", follower="Nia Évans")
    assert "Nia Évans mentors them" in cast.lou.send(path, fields).text
    assert "Nia Évans mentors them" in cast.lou.send(path, fields).text
    assert cast.records.value("select count(*) from handovers") == 1
    fields["follower"] = str(cast.who("lou").id)
    page = cast.lou.send(path, fields)
    assert "You changed it today" in page.text and handovers.latest(cast.records, cast.who("max").id).follower_name == "Nia Évans"
    page = cast.lou.press("Save who follows", follower="Nobody at first")
    assert f"Nobody mentors them after {spoken(in_days(5))}" in page.text


def test_who_leaves_too_does_not_follow(cast):
    give(cast, "max", ends=in_days(5))
    give(cast, "nia", ends=in_days(5))
    cast.lou.open(f"{person(cast, 'max')}/handover")
    page = cast.lou.press("Save who follows", follower="Nia Évans")
    assert "They leave by then too. Choose somebody who stays longer." in page.text
    assert cast.lou.open(f"{person(cast, 'lou')}/handover").status == 404, "there is no last day"


def test_the_overview_says_that_the_last_lead_stays(cast):
    give(cast, "lou", ends=in_days(3))
    assert "no other lead can sign in. The account stays open until one can." in cast.lou.open("/school/overview").text
    give(cast, "lou", ends=in_days(-3))
    assert "The account stays open all the same: no other lead can sign in." in cast.lou.open("/school/overview").text


def test_who_has_not_been_here_for_a_term(cast):
    long_ago = moment_text(NOW - timedelta(weeks=14))
    with transaction(cast.records):
        for who in ("sam", "nia"):
            cast.records.execute("update people set last_seen_at = ? where email = ?", [long_ago, email_of(who)])
    page = cast.lou.open("/school/overview")
    assert "Nia Évans and Sam Price have not signed in for a term, and can still do so. End the account of whoever has left" in page.text
    page = cast.lou.open("/school/people?show=dormant")
    assert "2 people have not signed in for a term, and can. End the accounts of those who have left." in page.text
    give(cast, "sam", starts=in_days(-20))
    assert "Nia Évans has not signed in for a term" in cast.lou.open("/school/overview").text


def test_whoever_has_not_begun_needs_no_word(cast):
    give(cast, "tess", starts=in_days(5), due=in_days(-2))
    assert "Tess Okafor" not in cast.lou.open("/school/overview").main.text
    page = cast.max.open("/mentor/")
    assert f"Begins on {spoken(in_days(5))}" in page.text and "past the date" not in page.text and "has not begun" not in page.text
    assert "begins on" in cast.max.open(f"/mentor/{cast.who('tess').id}").text


def test_a_list_shows_what_becomes_of_the_days(cast):
    cast.lou.open("/school/people/import")
    lines = [f"Sue Supply,sue@wrenfield.example,{in_days(7)},{in_days(8)}", f"Tess Okafor,tess@wrenfield.example,,{in_days(90)}"]
    sheet = "\n".join(["name,email,start,end", *lines])
    page = cast.lou.open(cast.lou.send_files("/school/people/import", {"list": sheet}, {}).headers["Location"])
    assert f"from {dates.short_day(in_days(7), TODAY)} until {dates.short_day(in_days(8), TODAY)}" in page.text
    assert f"no days → until {dates.short_day(in_days(90), TODAY)}" in page.text


def test_a_lead_of_next_month_does_not_lead_yet(cast):
    cast.add("Kit Moran", Role.LEAD)
    kit = cast.sign_in_new("kit")
    assert kit.open("/school/people").status == 200
    give(cast, "kit", starts=in_days(30))
    assert kit.open("/school/people").is_at("/sign-in")
