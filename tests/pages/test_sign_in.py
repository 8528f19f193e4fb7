"""Signing in and out: the same words for everyone, tries counted before they are judged."""

import re
from datetime import UTC, datetime

import pytest

from induction.records.people import people
from induction.records.store.database import transaction
from tests.cast import PASSWORD, email_of

WRONG = "seven wrong otters paddle"
MANY = 5  # wrong tries before anybody waits


def words_of(page):
    """The page without what differs from one form to the next: token and typed email."""
    html = re.sub(r'value="[^"]*"', "", page.html)
    return re.sub(r"Wait \d+ seconds", "Wait N seconds", html)


def test_signing_in_leads_home_and_signing_out_leads_back(cast):
    assert cast.tess, "who has signed in before"
    page = cast.try_to_sign_in("tess", browser := cast.browser())
    assert page.is_at("/") and page.heading == "Hello, Tess"
    assert page.way == [(303, "/")]
    page = browser.press("Sign out")
    assert page.is_at("/sign-in")
    assert browser.open("/").is_at("/sign-in")


def test_the_email_may_be_typed_with_capitals_and_spaces(cast):
    assert cast.try_to_sign_in("  TESS@Wrenfield.Example ", cast.browser()).is_at("/welcome")


@pytest.mark.parametrize("password", [PASSWORD.upper(), PASSWORD + " ", PASSWORD[:-1]])
def test_the_password_is_exact(cast, password):
    page = cast.try_to_sign_in("tess", cast.browser(), password)
    assert (page.status, page.heading) == (200, "Sign in")


def test_unknown_inactive_invited_and_known_accounts_get_the_same_page(cast):
    cast.add("Ivy Invited")
    pages = [cast.try_to_sign_in(who, cast.browser(), WRONG) for who in ("nobody", "ana", "ivy", "tess")]
    pages.append(cast.try_to_sign_in("ana", cast.browser(), PASSWORD))  # who has left has no way in
    assert {page.status for page in pages} == {200}
    assert len({words_of(page) for page in pages}) == 1
    assert "No account has that email and password" in pages[0].text


def test_an_invited_person_without_a_password_cant_sign_in_with_none(cast):
    cast.add("Ivy Invited")
    browser = cast.browser()
    page = browser.send("/sign-in", {"email": email_of("ivy"), "password": ""})
    assert page.problems == ["Write your password."]
    assert browser.open("/").is_at("/sign-in")


def test_after_five_wrong_tries_everybody_waits_with_the_same_words(cast):
    pages = []
    for who in ("nobody", "ana", "tess"):
        for _ in range(MANY):
            assert cast.try_to_sign_in(who, cast.browser(), WRONG).status == 200
        pages.append(cast.try_to_sign_in(who, cast.browser(), PASSWORD))
    assert [page.status for page in pages] == [429, 429, 429]
    assert len({words_of(page) for page in pages}) == 1
    assert "Nothing is locked" in pages[0].text
    assert cast.try_to_sign_in("max", cast.browser()).is_at("/mentor/") or cast.max.open("/mentor/").status == 200


def test_an_owner_in_a_new_browser_is_asked_to_come_back_and_is_in(cast):
    """While a stranger guesses, each guess from a browser made up for it."""
    for _ in range(MANY):
        cast.try_to_sign_in("tess", cast.browser(), WRONG)
    owner = cast.browser()
    page = cast.try_to_sign_in("tess", owner)
    assert (page.status, page.headers["Retry-After"]) == (429, "3")
    assert "Wait 3 seconds, then try again" in page.text and page.title.startswith("Wait 3 seconds")
    assert cast.try_to_sign_in("tess", owner).status == 429, "not at once"
    with owner.client.session_transaction() as session:
        session["turn"] = [session["turn"][0], session["turn"][1] - 3]  # three seconds later
    assert cast.try_to_sign_in("tess", cast.browser()).status == 429, "whoever was not told waits"
    assert cast.try_to_sign_in("tess", owner).is_at("/welcome")


def test_a_known_device_has_its_own_count(cast):
    """A stranger, a pupil say, who keeps guessing can't keep Tess out of her own browser."""
    own = cast.sign_in("tess")
    own.press("Sign out")
    for _ in range(MANY):
        cast.try_to_sign_in("tess", cast.browser(), WRONG)
    assert cast.try_to_sign_in("tess", cast.browser()).status == 429
    assert cast.try_to_sign_in("tess", own).is_at("/")


def test_a_device_known_to_one_account_is_a_stranger_to_another(cast):
    of_max = cast.sign_in("max")
    of_max.press("Sign out")
    for _ in range(MANY):
        cast.try_to_sign_in("tess", of_max, WRONG)
    assert cast.try_to_sign_in("tess", of_max).status == 429


def test_a_right_password_clears_the_count(cast):
    for _ in range(MANY - 1):
        cast.try_to_sign_in("tess", cast.browser(), WRONG)
    assert cast.try_to_sign_in("tess", cast.browser()).is_at("/welcome")
    for _ in range(MANY):
        assert cast.try_to_sign_in("tess", cast.browser(), WRONG).status == 200


def test_an_empty_form_says_what_is_missing_and_loses_nothing(cast):
    browser = cast.browser()
    browser.open("/sign-in")
    page = browser.press("Sign in")
    assert (page.status, page.problems) == (200, ["Write your email.", "Write your password."])
    page = browser.press("Sign in", email=email_of("tess"))
    assert page.problems == ["Write your password."]
    assert page.field("email").get("value") == email_of("tess")


def test_the_password_never_comes_back_in_the_page(cast):
    page = cast.try_to_sign_in("tess", cast.browser(), WRONG)
    assert WRONG not in page.html


# Where one is sent after signing in


def test_a_stranger_comes_to_where_they_wanted(cast):
    assert cast.tess, "who has signed in before"
    browser = cast.browser()
    page = browser.open("/record?print=yes")
    assert page.way == [(303, "/sign-in?next=/record%3Fprint%3Dyes")]
    page = browser.press("Sign in", email=email_of("tess"), password=PASSWORD)
    assert page.way == [(303, "/record?print=yes")]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        "/\t/elsewhere.example",
        "http:elsewhere.example",
        "elsewhere",
        "/sign-out",
        "/\r\nSet-Cookie: a=b",
        "/http://[",
        "///elsewhere.example",
    ],
)
def test_next_never_leads_elsewhere(cast, elsewhere):
    browser = cast.browser()
    fields = {"email": email_of("tess"), "password": PASSWORD, "next": elsewhere}
    page = browser.send("/sign-in", fields, follow=False)
    where = page.headers["Location"]
    assert page.status == 303 and where.startswith("/") and not where.startswith(("//", "/\\"))
    assert where == "/" or "elsewhere" not in where


def test_whoever_is_signed_in_is_not_asked_again(cast):
    assert cast.tess.open("/sign-in?next=/record").way == [(303, "/record")]


# Signing out


def test_a_copied_cookie_is_worthless_after_sign_out(cast):
    copied = cast.tess.cookie()
    assert cast.browser().with_cookie(copied).open("/").is_at("/"), "until then it is worth something"
    cast.tess.open("/")
    cast.tess.press("Sign out")
    assert cast.browser().with_cookie(copied).open("/").is_at("/sign-in")


def test_signing_out_clears_the_cache_and_not_the_private_checklists(cast):
    cast.tess.open("/")
    page = cast.tess.send("/sign-out", follow=False)
    assert page.headers["Clear-Site-Data"] == '"cache"'


def test_signing_out_takes_a_post_with_a_token(cast):
    assert cast.tess.open("/sign-out").status == 405
    assert cast.tess.send("/sign-out", token=False).status == 400
    assert cast.tess.open("/").is_at("/")


def test_signing_out_ends_this_browser_alone(cast):
    other = cast.sign_in("tess")
    cast.tess.open("/")
    cast.tess.press("Sign out")
    assert other.open("/").is_at("/")


def test_the_session_of_before_is_dropped_at_sign_in(cast):
    """A cookie planted before signing in opens nothing afterwards."""
    browser = cast.browser()
    browser.open("/sign-in")
    planted = browser.cookie()
    cast.sign_in("tess", browser)
    assert browser.cookie() != planted
    assert cast.browser().with_cookie(planted).open("/").is_at("/sign-in")


def test_what_the_cookies_say_of_themselves(cast):
    browser = cast.browser()
    browser.open("/sign-in")
    page = browser.send("/sign-in", {"email": email_of("tess"), "password": PASSWORD}, follow=False)
    answer = browser.client.get("/")
    assert answer.status_code == 200 and page.status == 303
    for name in ("induction", "induction_device"):
        cookie = browser.client.get_cookie(name, path="/")
        assert cookie.http_only and cookie.same_site == "Lax" and not cookie.secure


# Where I am signed in


def test_devices_show_where_and_end_them_all(cast):
    other = cast.sign_in("tess")
    page = cast.tess.open("/account/devices")
    assert page.text.count("Safari on iPhone") == 2 and page.text.count("iPhone, this one") == 1
    page = cast.tess.press("Sign out everywhere")
    assert page.is_at("/sign-in")
    assert other.open("/").is_at("/sign-in")


# A new password


NEW = "eleven brave herons nest"


def test_changing_the_password_ends_every_other_session(cast):
    other = cast.sign_in("tess")
    copied = cast.tess.cookie()
    cast.tess.open("/account/password")
    page = cast.tess.press("Save the new password", present=PASSWORD, password=NEW)
    assert page.is_at("/account/devices") and "Your password is changed" in page.text
    assert other.open("/").is_at("/sign-in")
    assert cast.browser().with_cookie(copied).open("/").is_at("/sign-in")
    assert cast.tess.open("/").is_at("/")
    assert cast.try_to_sign_in("tess", cast.browser()).heading == "Sign in"
    assert cast.try_to_sign_in("tess", cast.browser(), NEW).is_at("/")


@pytest.mark.parametrize(
    "present, new, problem",
    [
        ("", NEW, "Write your present password."),
        (PASSWORD, "", "Choose a password."),
        (WRONG, NEW, "That is not your present password; type it again."),
        (PASSWORD, "short", "Use 12 characters or more; three or four words you can picture make a good one."),
        (PASSWORD, "tess-okafor-1", "That one is close to a name or an email here. Three or four unrelated words"),
    ],
)
def test_a_password_that_wont_do_changes_nothing(cast, present, new, problem):
    cast.tess.open("/account/password")
    page = cast.tess.press("Save the new password", present=present, password=new)
    assert page.status == 200 and [words.startswith(problem) for words in page.problems] == [True]
    assert PASSWORD not in page.html
    assert cast.try_to_sign_in("tess", cast.browser()).is_at("/")


def test_a_wrong_present_password_is_counted_for_ones_own_browser_and_marks_no_other(cast):
    cast.tess.open("/account/password")
    cast.tess.press("Save the new password", present=WRONG, password=NEW)
    assert cast.records.value("select count(*) from tries where device = ''") == 0
    assert cast.records.value("select count(*) from tries") == 1
    marks = cast.records.value("select count(*) from devices")
    cast.tess.press("Save the new password", present=PASSWORD, password=NEW)
    assert cast.records.value("select count(*) from devices") == marks


# Roles and leaving


def test_another_role_ends_the_sessions(cast):
    cast.lou.open(f"/school/people/{cast.who('max').id}")
    cast.max.open("/mentor/")
    cast.lou.press("Save", role="Teacher")
    cast.lou.press("Save", follower="Nobody at present")
    assert cast.max.open("/mentor/").is_at("/sign-in")
    cast.sign_in("max", cast.max)
    assert cast.max.open("/mentor/").status == 404


def test_leaving_ends_the_sessions(cast):
    cast.tess.open("/")
    cast.lou.open(f"/school/people/{cast.who('tess').id}/deactivate")
    cast.lou.press("End Tess’s account")
    assert cast.tess.open("/").is_at("/sign-in")
    assert cast.try_to_sign_in("tess", cast.tess).heading == "Sign in"


def test_another_name_ends_no_session(cast):
    cast.tess.open("/")
    me = cast.who("tess")
    with transaction(cast.records):
        people.update(cast.records, me.id, name="Tess Okafor-Bell", now=datetime.now(UTC))
    assert cast.tess.open("/record").is_at("/record")
    assert "Okafor-Bell" in cast.tess.page.text
