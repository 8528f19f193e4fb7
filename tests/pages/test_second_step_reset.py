"""A second step that is lost: on a person's page, and who is told of what; and who has none yet."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import second_factors, sign_in_events
from induction.rules.roles import Role
from induction.services import factor_resets, letters
from tests.pages.test_asked_again import ASKED, a_while_ago
from tests.pages.test_second_step import half_in, has_app, key, no_grace

__all__ = ["key"]
WHY = "Max rang from home: the phone is broken"
LINE = "signing in with your password asks for a second step too"


@pytest.fixture
def kit(cast):
    """A browser of a second lead."""
    cast.add("Kit Moran", Role.LEAD)
    return cast.sign_in_new("kit")


@pytest.fixture
def page_of_max(cast):
    has_app(cast, "max")
    return f"/school/people/{cast.who('max').id}"


def events(cast, who):
    return [(each.what.value, each.by_name) for each in sign_in_events.of_person(cast.records, cast.who(who).id)]


def test_one_lead_asks_and_a_second_agrees(cast, kit, page_of_max):
    letters.set_up_office(cast.records, "http://localhost", open=True)
    page = cast.lou.open(page_of_max)
    assert "Max has one" in page.text
    page = cast.lou.press("Ask that it be reset", why="  ")
    assert page.problems == ["Write why: a second lead reads it."] and events(cast, "max") == []
    page = cast.lou.press("Ask that it be reset", why=WHY)
    assert page.way[0][0] == 303 and "Lou Hartley asked for it" in page.text and WHY in page.text
    assert not page.has_button("Agree: reset it")  # nor does the one who asked answer
    assert cast.records.value("select count(*) from letters where subject like '%to be reset%'") == 2
    page = kit.open("/school/overview")
    assert "Lou Hartley asks that the second step of Max Adeyemi be reset" in page.text
    assert "Lou Hartley asks" not in cast.lou.open("/school/overview").text
    page = kit.press("Agree or refuse")
    assert WHY in page.text
    page = kit.press("Agree: reset it")
    assert "Done. The second step of Max Adeyemi is reset" in page.text
    assert events(cast, "max") == [("reset asked", "Lou Hartley"), ("reset agreed", "Kit Moran")]
    assert not second_factors.has_one(cast.records, cast.who("max").id)
    assert half_in(cast, "max").page.heading == "Set up your second step"  # though others have days of grace
    acts = cast.lou.open("/school/acts").text
    assert "agreed that the second step of Max Adeyemi be reset" in acts


def test_a_second_lead_may_refuse(cast, kit, page_of_max):
    cast.lou.open(page_of_max)
    cast.lou.press("Ask that it be reset", why=WHY)
    kit.open(page_of_max)
    assert "stays as it is" in kit.press("Do not agree").text
    assert second_factors.has_one(cast.records, cast.who("max").id)
    assert cast.lou.open(page_of_max).has_button("Ask that it be reset")


def test_ones_own_is_never_ones_own_to_reset(cast, kit):
    assert cast.lou.page  # signed in before
    has_app(cast, "lou")
    lou = f"/school/people/{cast.who('lou').id}"
    page = cast.lou.open(lou)
    assert "Another lead asks on your page" in page.text and not page.has_button("Ask that it be reset")
    assert "Your own second step is reset by others" in cast.lou.send(f"{lou}/second-step", {"do": "ask", "why": WHY}).text


def test_whose_it_is_sees_that_it_waits_and_cannot_answer(cast, kit):
    cast.add("Zoe Lind", Role.LEAD)
    cast.sign_in_new("zoe")
    assert cast.lou.page  # signed in before
    has_app(cast, "lou")
    lou = f"/school/people/{cast.who('lou').id}"
    kit.open(lou)
    kit.press("Ask that it be reset", why=WHY)
    page = cast.lou.open(lou)
    assert "If you have not lost it, tell them." in page.text and not page.has_button("Agree: reset it")
    reset = cast.records.value("select at from factor_resets")
    for do in ("agree", "refuse"):
        page = cast.lou.send(f"{lou}/second-step", {"do": do, "asked_at": reset})
        assert "Your own second step is reset by others" in page.text
        assert "A second lead answers it" in kit.send(f"{lou}/second-step", {"do": do, "asked_at": reset}).text
    assert second_factors.has_one(cast.records, cast.who("lou").id)


def test_with_one_lead_the_page_names_the_command_of_the_server(cast, page_of_max):
    page = cast.lou.open(page_of_max)
    assert "induction people reset-second-step max@wrenfield.example" in page.text
    assert "no other lead who could agree" in cast.lou.send(f"{page_of_max}/second-step", {"do": "ask", "why": WHY}).text


@pytest.mark.parametrize("fields", [
    {"do": "agree"}, {"do": "agree", "asked_at": "9" * 400}, {"do": "refuse", "asked_at": "0001-01-01T00:00:00+23:59"},
])  # fmt: skip
def test_what_does_not_wait_is_not_answered(cast, kit, page_of_max, fields):
    assert "That does not wait any more" in kit.send(f"{page_of_max}/second-step", fields).text
    assert kit.send(f"{page_of_max}/second-step", {"do": "nonsense"}).status == 404
    assert kit.send("/school/people/9999/second-step", {"do": "ask"}).status == 404


def test_asking_and_agreeing_ask_again_who_it_is(cast, kit, page_of_max):
    cast.lou.open(page_of_max)
    a_while_ago(cast, "lou")
    assert cast.lou.press("Ask that it be reset", why=WHY).heading == ASKED
    assert events(cast, "max") == []


def test_in_the_days_of_grace_one_calm_line_says_from_when_on(cast):
    for browser, path in ((cast.lou, "/school/overview"), (cast.max, "/mentor/")):
        page = browser.open(path)
        assert LINE in page.text and page.link("Set one up").get("href") == f"/account/second-step?next={path}"
    assert LINE not in cast.tess.open("/").text
    has_app(cast, "max")
    assert LINE not in cast.max.open("/mentor/").text


def test_the_overview_says_how_many_have_none_and_the_list_shows_who(cast):
    page = cast.lou.open("/school/overview")
    assert "2 mentors and leads sign in with a password alone" in page.text, "beside the line about her own"
    has_app(cast, "max")
    assert "1 mentor or lead signs in with a password alone" in cast.lou.open("/school/overview").text
    page = cast.lou.open("/school/people?show=no-second-step")
    assert "2 mentors and leads can sign in with a password alone." in page.text
    assert "Nia Évans" in page.text and "Max Adeyemi" not in page.document.all("table")[0].text
    for who in ("lou", "nia"):
        has_app(cast, who)
    page = cast.lou.open("/school/people?show=no-second-step")
    assert "Every mentor and lead who signs in with a password has a second step." in page.text


def test_a_person_s_page_says_how_it_stands(cast):
    tess, nia = (f"/school/people/{cast.who(who).id}" for who in ("tess", "nia"))
    assert "Tess has none, and need not have one." in cast.lou.open(tess).text
    assert "Nia has none yet. From" in cast.lou.open(nia).text
    no_grace(cast)
    assert "It is set up at the next sign-in" in cast.lou.open(nia).text


def test_it_is_gone_from_the_page_after_a_week(cast, kit, page_of_max):
    lou, then = cast.who("lou").id, datetime.now(UTC) - timedelta(days=8)
    factor_resets.ask(cast.records, cast.who("max").id, WHY, by=lou, now=then)
    assert kit.open(page_of_max).has_button("Ask that it be reset")
    assert "Lou Hartley asks" not in kit.open("/school/overview").text
