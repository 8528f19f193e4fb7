"""Sessions that run out, what was typed in them, and requests from elsewhere."""

from datetime import timedelta

import pytest

from induction.records.people import sessions
from induction.rules.roles import Role
from induction.web.account import first_run
from induction.web.learner.password import ChangePasswordForm
from induction.web.parts import error_pages
from induction.web.parts.fields import NewPassword, Password
from induction.web.parts.new_password import NewPasswordForm
from induction.web.security import carried_fields
from induction.web.security.sign_in import SignInForm
from tests.cast import COURSE, PASSWORD, email_of, own_site
from tests.markup import parse
from tests.walking import answer, start

PASSWORD_FIELDS = (Password, NewPassword)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.mark.parametrize(
    "unused, begun, goes_on",
    [
        (58 * MINUTE, 2 * HOUR, True),
        (61 * MINUTE, 2 * HOUR, False),  # idle
        (MINUTE, 11 * HOUR + 55 * MINUTE, True),
        (MINUTE, 12 * HOUR + MINUTE, False),  # absolute
        (-30 * MINUTE, -30 * MINUTE, True),  # a clock that was put back an hour's half
        (-400 * 24 * HOUR, -400 * 24 * HOUR, False),  # made when the clock was a year ahead
    ],
)
def test_a_teachers_session_lasts_an_hour_unused_and_twelve_in_all(cast, unused, begun, goes_on):
    cast.tess.open("/")
    cast.age_sessions("tess", unused, begun)
    assert cast.tess.open("/record").is_at("/record" if goes_on else "/sign-in")


@pytest.mark.parametrize(
    "unused, begun, goes_on",
    [(29 * MINUTE, 2 * HOUR, True), (31 * MINUTE, 2 * HOUR, False), (MINUTE, 8 * HOUR + MINUTE, False)],
)
@pytest.mark.parametrize("who", ["max", "lou"])
def test_of_whoever_sees_others_it_lasts_half_an_hour_unused_and_eight_hours_in_all(cast, who, unused, begun, goes_on):
    browser = getattr(cast, who)
    cast.age_sessions(who, unused, begun)
    assert browser.open("/record").is_at("/record" if goes_on else "/sign-in")


def test_using_a_session_keeps_it_and_is_noted_at_most_every_five_minutes(cast):
    cast.tess.open("/")
    find = "select last_used_at from sessions where person = ?"
    cast.age_sessions("tess", 4 * MINUTE, HOUR)
    before = cast.records.value(find, [cast.who("tess").id])
    cast.tess.open("/")
    assert cast.records.value(find, [cast.who("tess").id]) == before
    cast.age_sessions("tess", 6 * MINUTE, HOUR)
    before = cast.records.value(find, [cast.who("tess").id])
    cast.tess.open("/")
    assert cast.records.value(find, [cast.who("tess").id]) > before


# What was typed when the session ran out (each form: test_hostile.py)


WORDS = "The second choice says the same as the third.\n\n<b>Or nearly.</b>"


def write_a_note(cast):
    """Tess writes a note on a scenario, and her session runs out before she sends it."""
    attempt = start(cast.tess, "friend-requests").path
    answer(cast, cast.tess, "tess")
    cast.tess.open(f"{attempt}/1/note")
    cast.age_sessions("tess", 61 * MINUTE, 2 * HOUR)
    return f"{attempt}/1/note", cast.tess.press("Send the note", words=WORDS)


def shown(page):
    """The texts to copy from the page."""
    return ["".join(each._pieces()) for each in page.document.all("textarea")]


def test_long_words_are_kept_and_shown_in_full_after_signing_in(cast):
    where, page = write_a_note(cast)
    assert page.heading == "Sign in" and "The words you had typed are kept" in page.text
    assert "second choice" not in page.html, "a shared computer shows nobody what another had typed"
    page = cast.tess.press("Sign in", email=email_of("tess"), password=PASSWORD)
    assert page.heading == "You are signed in again"
    assert [text.replace("\r\n", "\n").removeprefix("\n") for text in shown(page)] == [WORDS]
    assert cast.tess.press("Go back to the page").is_at(where)
    assert cast.records.value("select count(*) from notes") == 0


def test_an_act_does_not_outlive_its_session(cast):
    """A form of an ended session that makes somebody a lead comes to nothing, however it is sent."""
    tess = cast.who("tess").id
    cast.lou.open(f"/school/people/{tess}")
    cast.age_sessions("lou", 61 * MINUTE, 2 * HOUR)
    page = cast.lou.press("Save", role="Lead")
    assert page.heading == "Sign in" and "was not taken" in page.text
    page = cast.lou.press("Sign in", email=email_of("lou"), password=PASSWORD)
    assert page.is_at(f"/school/people/{tess}"), "back on the page where it was chosen"
    assert cast.who("tess").role is Role.TEACHER


def test_an_answer_of_an_ended_session_is_chosen_again(cast):
    cast.tess.open(f"/courses/{COURSE}/friend-requests")
    page = cast.tess.press("Start the scenarios")
    asked, option = page.heading, page.options()[0]
    cast.age_sessions("tess", 61 * MINUTE, 2 * HOUR)
    page = cast.tess.press("Answer", option=option[0])
    assert page.heading == "Sign in" and cast.attempts_of("tess")[0].answers == ()
    page = cast.tess.press("Sign in", email=email_of("tess"), password=PASSWORD)
    assert page.heading == asked and cast.attempts_of("tess")[0].answers == ()


def test_it_is_offered_to_nobody_else(cast):
    write_a_note(cast)
    page = cast.tess.press("Sign in", email=email_of("max"), password=PASSWORD)
    assert page.heading != "You are signed in again" and "second choice" not in page.html


def test_it_survives_a_wrong_password(cast):
    write_a_note(cast)
    cast.tess.press("Sign in", email=email_of("tess"), password="the wrong one entirely")
    page = cast.tess.press("Sign in", email=email_of("tess"), password=PASSWORD)
    assert page.heading == "You are signed in again"


@pytest.mark.parametrize("referrer", ["https://elsewhere.example/", "http://localhost//elsewhere.example", "http://[", ""])
def test_where_a_form_came_from_never_leads_elsewhere(cast, referrer):
    attempt = start(cast.tess, "friend-requests").path
    answer(cast, cast.tess, "tess")
    cast.age_sessions("tess", 61 * MINUTE, 2 * HOUR)
    cast.tess.send(f"{attempt}/1/note", {"words": WORDS}, Referer=referrer)
    page = cast.tess.press("Sign in", email=email_of("tess"), password=PASSWORD)
    assert page.link("Go back to the page").get("href") == "/"


@pytest.mark.parametrize("made_up", ["nonsense", "WzEsICIvIiwgW11d.aaaa.bbbb", "", "\x00"])
def test_made_up_fields_are_left_aside(cast, made_up):
    fields = {"email": email_of("tess"), "password": PASSWORD, carried_fields.FIELD: made_up}
    assert cast.browser().send("/sign-in", fields).is_at("/welcome")


def test_passwords_are_never_carried(cast):
    cast.tess.open("/account/password")
    cast.age_sessions("tess", 61 * MINUTE, 2 * HOUR)
    cast.tess.press("Save the new password", present=PASSWORD, password="eleven brave herons nest")
    page = cast.tess.press("Sign in", email=email_of("tess"), password=PASSWORD)
    assert "herons" not in page.html and PASSWORD not in page.html


def test_every_field_for_a_password_is_left_out_where_a_form_is_sent_again():
    def of(form):
        return {name for name in dir(form) if getattr(getattr(form, name), "field_class", None) in PASSWORD_FIELDS}

    names = of(SignInForm) | of(ChangePasswordForm) | of(first_run.FirstRunForm) | of(NewPasswordForm)
    assert len(names) == 3
    assert names <= set(error_pages.NEVER_KEPT)


def test_a_session_ended_on_purpose_carries_nothing(cast):
    cast.tess.open(f"/courses/{COURSE}/friend-requests")
    page = cast.tess.press("Start the scenarios")
    other = cast.sign_in("tess")
    other.open("/account/devices")
    other.press("Sign out everywhere")
    page = cast.tess.press("Answer", option=[page.options()[0][0]])
    assert page.is_at("/sign-in") and "kept" not in page.text


def test_a_post_with_an_ended_session_still_needs_its_token(cast):
    cast.lou.open("/")
    cast.age_sessions("lou", 61 * MINUTE, 2 * HOUR)
    page = cast.lou.send("/school/people/add", {"name": "Ida"}, token=False)
    assert page.status == 400


# Requests from elsewhere


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "wrenfield.example", "localhost.elsewhere.example", "a@localhost", ""]
)
def test_an_unknown_host_is_refused_but_health_answers_under_any(cast, host):
    browser = cast.browser()
    for path in ("/healthz", "/readyz"):
        assert browser.client.get(path, headers={"Host": host}).status_code == 200
    for path in ("/sign-in", "/help", "/", "/static/induction.css", "/nowhere"):
        answer = browser.client.get(path, headers={"Host": host})
        assert answer.status_code == 400, path
        assert host == "" or host.encode() not in answer.get_data()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machines_own_names_are_known(cast, host):
    assert cast.browser().client.get("/sign-in", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://localhost:9", "http://localhost.example"]
)
def test_a_form_that_another_site_sends_is_refused(cast, origin):
    cast.tess.open("/")
    page = cast.tess.send("/sign-out", Origin=origin)
    assert page.status == 400 and "came from another site" in page.text
    assert cast.tess.open("/").is_at("/")


def test_reading_from_elsewhere_is_fine(cast):
    assert cast.tess.open("/help", Origin="https://elsewhere.example").status == 200


@pytest.mark.parametrize("token", [None, "", "nonsense", "\x00", "another's"])
def test_a_failed_token_is_said_and_nothing_is_done(cast, token):
    before = cast.fact_count()
    value = cast.max.token() if token == "another's" else token
    fields = {"name": "Ida Brook", "email": "ida@wrenfield.example", "role": "teacher", "mentor": ""}
    page = cast.lou.send("/school/people/add", fields | ({} if value is None else {"csrf_token": value}), token=False)
    assert page.status == 400 and page.heading == "That did not arrive as it should"
    assert cast.fact_count() == before


def test_a_cookie_made_up_or_changed_opens_nothing(cast):
    good = cast.tess.cookie()
    for value in ("nonsense", good[:-2], good + "x", "." + good, '{"_user_id": "1"}'):
        assert cast.browser().with_cookie(value).open("/").is_at("/sign-in")
    assert cast.browser().with_cookie(good).open("/").is_at("/")


def test_a_cookie_that_comes_twice_is_read_as_it_came(cast):
    """What is remembered of a cookie is not what a request makes of it."""
    cast.tess.open("/")
    cast.tess.send("/policy", follow=False)  # leaves a message in the cookie: no policy is published yet
    kept = cast.tess.cookie()
    for _ in range(2):
        again = cast.browser().with_cookie(kept)
        page = again.client.get("/help").get_data(as_text=True)
        assert page.count('class="flash') == 1
        again.with_cookie(kept).send("/policy", {"csrf_token": cast.tess.token()}, token=False, follow=False)
        assert again.client.get("/help").get_data(as_text=True).count('class="flash') == 2


def test_only_the_hash_of_a_token_is_stored(cast):
    cast.tess.open("/")
    with cast.tess.client.session_transaction() as session:
        token = session["_user_id"]
    assert sessions.find(cast.records, token, cast.who("tess").last_seen_at) is not None
    stored = (cast.data / "induction.db").read_bytes() + (cast.data / "induction.db-wal").read_bytes()
    assert token.encode() not in stored


def sign_in_over_https(browser):
    here = "https://induction.wrenfield.example"
    form = parse(browser.client.get("/sign-in", base_url=here).get_data(as_text=True))
    token = next(each.get("value") for each in form.all("input") if each.get("name") == "csrf_token")
    fields = {"email": email_of("tess"), "password": PASSWORD, "csrf_token": token}
    answer = browser.client.post("/sign-in", data=fields, base_url=here, headers={"Origin": here})
    assert answer.status_code == 303
    return answer


def test_under_https_cookies_are_secure_and_the_public_name_is_known(template, tmp_path):
    cast = own_site(template, tmp_path / "data", url="https://induction.wrenfield.example")
    browser = cast.browser()
    answer = browser.client.get("/sign-in", base_url="https://induction.wrenfield.example")
    assert answer.status_code == 200
    page = sign_in_over_https(browser)
    assert [cookie.partition("=")[0] for cookie in page.headers.getlist("Set-Cookie")] == [
        "__Host-induction_device", "__Host-induction",
    ]
    for cookie in (*answer.headers.getlist("Set-Cookie"), *page.headers.getlist("Set-Cookie")):
        parts = {part.strip() for part in cookie.split(";")[1:]}
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= parts and not any("Domain" in part for part in parts)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert browser.client.get("/sign-in", headers={"Host": "induction.wrenfield.example:81"}).status_code == 400
    cast.records.close()
