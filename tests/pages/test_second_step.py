"""The second step on the pages: given after a password, set up, taken away, and its recovery codes."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from induction.records.people import (
    code_apps,
    history,
    kept_forms,
    passkeys,
    provider_accounts,
    recovery_codes,
    second_factors,
    sign_in_events,
    sign_in_rules,
)
from induction.records.people.history import PasswordOrigin
from induction.records.people.passkeys import New
from induction.records.people.provider_accounts import How
from induction.records.store import sealed
from induction.records.store.database import transaction
from induction.records.store.sealed import Secret
from induction.rules.person_history import Way
from induction.rules.sign_in_events import EventKind
from induction.rules.sign_in_rules import SignInRules
from induction.services import letters
from induction.web.security import carried_fields
from tests.cast import PASSWORD
from tests.pages.test_asked_again import ASKED, a_while_ago
from tests.pages.test_invitations import pictures
from tests.pages.test_sessions import write_a_note

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HERE = "/account/second-step"


@pytest.fixture(autouse=True)
def key(app, cast):
    """The key that lies beside a school's database."""
    (cast.data / "secret-key").write_bytes(app.secret_key)


def code(secret=SECRET, seconds=0):
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=seconds))


def has_app(cast, who, *codes):
    """They have an app for codes, and these recovery codes."""
    person = cast.who(who)
    with transaction(cast.records):
        code_apps.put(cast.records, person.id, sealed.seal(cast.records.path, Secret.CODE_APP, SECRET), 0, datetime.now(UTC))
        recovery_codes.put(cast.records, person.id, codes, datetime.now(UTC))


def no_grace(cast):
    with transaction(cast.records):
        sign_in_rules.add(cast.records, SignInRules(0, True, "refused"), by=None, at=datetime.now(UTC))


def happened(cast, who):
    """But for that their browser is a new one."""
    found = sign_in_events.of_person(cast.records, cast.who(who).id)
    return [each.what for each in found if each.what is not EventKind.NEW_DEVICE]


def half_in(cast, who, to="/"):
    """Their browser after the password, with what is due to come."""
    browser = cast.browser()
    cast.was_here(who)
    cast.try_to_sign_in(who, browser, to=to)
    return browser


def secret_of(page):
    """What an app reads from the square."""
    [link] = pictures(page)
    assert page.link("Open it in the app").get("href") == link
    return parse_qs(urlsplit(link).query)["secret"][0]


# Given


def test_after_the_password_a_code_is_asked_for_and_then_the_page_comes(cast):
    has_app(cast, "max")
    max = half_in(cast, "max", "/record")
    assert max.page.heading == "Your second step" and max.page.path == "/second-step?next=/record"
    field = max.page.field("code")
    assert (field.get("autocomplete"), field.get("inputmode"), field.get("value")) == ("one-time-code", "numeric", "")
    assert not max.page.has_link("My teachers") and max.page.has_button("Sign out")
    before = max.cookie()
    page = max.press("Go on", code=code())
    assert page.heading == "My record" and max.cookie() != before


def test_before_it_is_given_nothing_is_open(cast):
    has_app(cast, "lou")
    lou = half_in(cast, "lou")
    for path in ("/", "/school/overview", "/school/people", "/mentor/", HERE, "/confirm"):
        page = lou.open(path)
        assert page.heading == "Your second step" and page.way[0][0] == 303, path
    assert lou.open("/help").status == 200
    lou.open("/second-step")
    assert lou.press("Sign out").heading == "Sign in"
    assert cast.records.value("select count(*) from sessions") == 0


@pytest.mark.parametrize("typed, problem", [
    ("", "Write the code."),
    ("abcdef", "A code of your app is six figures"),
    ("1" * 5000, "Use at most 60 characters"),
    ("12\x0034", "can't be stored"),
    ("abcd efgh ijkm npqr", "That code does not fit."),
])  # fmt: skip
def test_what_is_no_code_is_said_and_where_they_went_is_kept(cast, typed, problem):
    has_app(cast, "max", "a" * 16)
    max = half_in(cast, "max", "/record")
    page = max.press("Go on", code=typed)
    assert page.status == 200 and page.title.startswith("You are not signed in yet")
    assert problem in page.problems[0], page.problems
    assert max.press("Go on", code=code()).heading == "My record"


@pytest.mark.parametrize("written", [
    lambda six: f" {six[:3]} {six[3:]} ",
    lambda six: "".join(chr(ord(each) - ord("0") + ord("０")) for each in six),  # full width
])  # fmt: skip
def test_a_code_is_taken_however_it_is_typed(cast, written):
    has_app(cast, "max")
    assert half_in(cast, "max").press("Go on", code=written(code())).heading == "My teachers"


def test_a_code_works_once_and_one_of_later_not_yet(cast):
    has_app(cast, "max")
    once = code()
    half_in(cast, "max").press("Go on", code=once)
    max = half_in(cast, "max")
    assert "used already" in max.press("Go on", code=once).problems[0]
    assert "does not fit" in max.press("Go on", code=code(seconds=95)).problems[0]


def test_a_hundred_guesses_are_told_to_wait_in_the_same_words(cast):
    has_app(cast, "max")
    max = half_in(cast, "max")
    wrong = next(each for each in ("000000", "111111") if each not in {code(seconds=s) for s in (-30, 0, 30)})
    pages = [max.press("Go on", code=wrong) for _ in range(8)]
    assert [each.status for each in pages] == [200] * 5 + [429] * 3
    assert pages[-1].problems == ["Go to the code"] and 1 <= int(pages[-1].headers["Retry-After"]) <= 4
    other = half_in(cast, "max")  # another browser is told to wait as well
    assert other.press("Go on", code=code()).status == 429
    assert "There were several tries with your account" in other.page.text


def test_a_recovery_code_lets_them_in_once_and_says_how_many_are_left(cast):
    has_app(cast, "max", "abcdefghijkm2345", "bbcdefghijkm2345")
    page = half_in(cast, "max").press("Go on", code="ABCD EFGH-IJKM 2345")
    assert page.heading == "My teachers" and "You have 1 recovery code left. Make new ones" in page.text
    assert "does not fit" in half_in(cast, "max").press("Go on", code="abcdefghijkm2345").problems[0]
    assert happened(cast, "max") == [EventKind.CODE_USED]
    page = half_in(cast, "max").press("Go on", code="bbcdefghijkm2345")
    assert "You have no recovery codes." in page.text


def test_who_has_nothing_due_is_sent_on_and_a_stranger_to_sign_in(cast):
    assert cast.tess.open("/second-step?next=/record").path == "/record"
    assert cast.browser().open("/second-step?next=/record").path == "/sign-in?next=/record"
    assert cast.browser().open("/second-step?next=//evil.example").path == "/sign-in"
    tess = cast.tess
    tess.open("/record")
    assert tess.send("/second-step", {"code": "123456"}).path == "/"


def test_two_tabs_and_the_back_button(cast):
    """The form of the second tab belongs to a session that has gone on."""
    has_app(cast, "max")
    max = half_in(cast, "max")
    path, form, _ = max.filled("Go on", code=code())
    max.press("Go on", code=code())
    page = max.send(path, form, token=False)
    assert page.status in (200, 400) and max.open("/mentor/").heading == "My teachers"
    assert max.open("/second-step").heading == "My teachers"


# Set up


def test_an_app_is_set_up_by_its_square_and_first_code(cast):
    letters.set_up_office(cast.records, "http://localhost", open=True)
    page = cast.tess.open("/account/devices")
    page = cast.tess.press("My second step")
    assert page.heading == "Your second step" and "If you like" in page.text
    page = cast.tess.press("Set up an app")
    secret = secret_of(page)
    assert secret in page.text.replace(" ", "") and cast.tess.open(f"{HERE}/app") and secret_of(cast.tess.page) == secret  # in two tabs
    page = cast.tess.press("Set it up", code="000 00")
    assert page.problems == ["Write the six figures that your app shows."] and secret_of(page) == secret
    page = cast.tess.press("Set it up", code=code(secret))
    assert page.heading == "Your recovery codes"
    codes = [each.text for each in page.document.all("li") if each.all("code")]
    assert len(codes) == 10 and all(len(each) == 19 for each in codes)
    page = cast.tess.press("I have kept them")
    assert page.heading == "Your second step" and "You have 10 recovery codes left." in page.text
    assert not any(each in page.html for each in codes)
    assert happened(cast, "tess") == [EventKind.APP_ADDED]
    assert cast.records.value("select count(*) from letters where kind = 'second step'") == 1
    tess = half_in(cast, "tess")
    assert tess.press("Go on", code=codes[0]).is_at("/")


def test_a_square_that_was_not_begun_here_begins_anew(cast):
    """Without what the browser keeps, or after a quarter of an hour, or of somebody else before."""
    cast.tess.open(f"{HERE}/app")
    secret = secret_of(cast.tess.page)
    with cast.tess.client.session_transaction() as session:
        hidden = session["app"][0]
    for pending in (None, [hidden, cast.who("sam").id, datetime.now(UTC).timestamp()], [hidden, cast.who("tess").id, 0.0]):
        cast.tess.open(f"{HERE}/app")
        with cast.tess.client.session_transaction() as session:
            session.pop("app")
            if pending:
                session["app"] = pending
        page = cast.tess.press("Set it up", code=code(secret))
        assert "begins anew" in page.text and secret_of(page) != secret
    assert not second_factors.has_one(cast.records, cast.who("tess").id)


def test_a_page_of_another_session_sets_nothing_up_in_this_one(cast):
    cast.tess.open(f"{HERE}/app")
    secret = secret_of(cast.tess.page)
    other = cast.sign_in("tess")
    other.open(f"{HERE}/app")
    assert secret_of(other.page) != secret
    page = other.press("Set it up", code=code(secret))
    assert "That code does not fit" in page.problems[0]


def test_sent_twice_the_app_is_set_up_once(cast):
    cast.tess.open(f"{HERE}/app")
    path, form, _ = cast.tess.filled("Set it up", code=code(secret_of(cast.tess.page)))
    cast.tess.send(path, form, token=False)
    page = cast.tess.send(path, form, token=False)
    assert page.status == 200 and happened(cast, "tess") == [EventKind.APP_ADDED]


def test_after_the_days_of_grace_a_lead_sets_one_up_before_all_else(cast):
    no_grace(cast)
    lou = half_in(cast, "lou", "/school/people")
    assert lou.page.heading == "Set up your second step"
    for path in ("/", "/school/overview", "/record", "/second-step"):
        assert lou.open(path).heading == "Set up your second step", path
    page = lou.open("/school/people")
    assert not page.has_link("Overview") and page.has_button("Sign out")
    page = lou.press("Set up an app")
    before = lou.cookie()
    page = lou.press("Set it up", code=code(secret_of(page)))
    assert page.heading == "Your recovery codes" and lou.cookie() != before
    assert lou.press("I have kept them").heading == "People"
    assert lou.open("/school/overview").status == 200
    assert half_in(cast, "lou").page.heading == "Your second step"


def test_whoever_has_to_set_one_up_can_sign_out(cast):
    no_grace(cast)
    max = half_in(cast, "max")
    assert max.press("Sign out").heading == "Sign in"
    assert half_in(cast, "tess").page.is_at("/")  # teachers need none


# Changed


def test_changing_it_asks_again_who_it_is(cast):
    has_app(cast, "max")
    max = half_in(cast, "max")
    max.press("Go on", code=code())
    max.open(HERE)
    a_while_ago(cast, "max")
    page = max.press("Make new recovery codes")
    assert page.heading == ASKED and "to make new recovery codes" in page.text and not page.has_button("Sign out there")
    assert max.press("Confirm", code="12").problems
    page = max.press("Confirm", code=code(seconds=30))
    assert page.heading == "You have confirmed"
    assert max.press("Make new recovery codes").heading == "Your recovery codes"
    a_while_ago(cast, "max")
    assert max.open(f"{HERE}/app").heading == ASKED


def test_guesses_are_told_to_wait_where_it_is_asked_again_too(cast):
    has_app(cast, "max")
    max = half_in(cast, "max")
    max.press("Go on", code=code())
    a_while_ago(cast, "max")
    max.open(f"{HERE}/app")
    pages = [max.press("Confirm", code=f"{n:06}") for n in range(7)]
    assert [each.status for each in pages][-1] == 429 and pages[-1].heading == ASKED


def test_new_recovery_codes_end_the_old_and_without_a_second_step_there_are_none(cast):
    page = cast.tess.open(HERE)
    assert not page.has_button("Make new recovery codes")
    page = cast.tess.send(f"{HERE}/codes", {})
    assert "Recovery codes stand in for an app or a passkey" in page.text
    has_app(cast, "tess", "abcdefghijkm2345")
    page = cast.tess.open(HERE)
    assert "You have 1 recovery code left. Make new ones" in page.text
    page = cast.tess.press("Make new recovery codes")
    assert page.heading == "Your recovery codes" and "The old ones have ended" in page.text
    assert "Staff induction of Wrenfield" in page.text and ", http" in page.text
    assert recovery_codes.left(cast.records, cast.who("tess").id) == 10
    before = cast.records.rows("select * from recovery_codes")
    page = cast.tess.open(page.path)  # loaded anew
    assert "shown once, and yours were" in page.text and page.has_button("Make new recovery codes")
    assert cast.records.rows("select * from recovery_codes") == before


def test_codes_lead_back_to_where_somebody_began(cast):
    max = cast.max
    max.open("/mentor/")
    max.press("Set one up")
    page = max.press("Set up an app")
    max.press("Set it up", code=code(secret_of(page)))
    assert max.press("I have kept them").heading == "My teachers"


def test_the_only_one_of_somebody_who_has_to_have_one_stays(cast):
    has_app(cast, "max")
    max = half_in(cast, "max")
    max.press("Go on", code=code())
    no_grace(cast)
    max.open(HERE)
    page = max.press("Take it away now")
    assert page.title.startswith("Nothing was changed") and "It is your only second step" in page.text
    assert second_factors.has_one(cast.records, cast.who("max").id)
    has_app(cast, "tess")
    tess = half_in(cast, "tess")
    tess.press("Go on", code=code())
    tess.open(HERE)
    assert tess.press("Take it away now").heading == "Your second step"
    assert not second_factors.has_one(cast.records, cast.who("tess").id)
    assert "It is gone already." in tess.send(f"{HERE}/app/remove", {}).text



def test_words_that_were_typed_before_are_shown_when_it_is_given_and_not_before(cast):
    where, _ = write_a_note(cast)
    has_app(cast, "tess")
    page = cast.tess.press("Sign in", email="tess@wrenfield.example", password=PASSWORD)
    assert page.heading == "Your second step" and "second choice" not in page.html
    assert "second choice" not in cast.tess.press("Go on", code="12").html
    page = cast.tess.press("Go on", code=code())
    assert page.heading == "You are signed in again" and "second choice" in page.html
    assert cast.tess.press("Go back to the page").is_at(where)
    assert cast.records.value("select count(*) from kept_forms") == 0


def test_they_are_shown_to_whoever_had_to_set_one_up_first(cast):
    note = write_a_note(cast)[0]
    page = cast.tess.press("Sign in", email="tess@wrenfield.example", password=PASSWORD)
    carried_on = page.heading == "You are signed in again"  # of a teacher, who has to set nothing up
    with transaction(cast.records):
        cast.records.execute("update sessions set due = 'set up'")
        kept_forms.put(cast.records, _token(cast.tess), cast.who("tess").id, _packed(cast, note), datetime.now(UTC))
    cast.tess.open(f"{HERE}/app")
    cast.tess.press("Set it up", code=code(secret_of(cast.tess.page)))
    page = cast.tess.press("I have kept them")
    assert carried_on and page.heading == "You are signed in again" and "a word of before" in page.html


def _token(browser):
    with browser.client.session_transaction() as session:
        return session["_user_id"]


def _packed(cast, where):
    with cast.app.app_context():
        return carried_fields._serializer().dumps([cast.who("tess").id, where, [["Words", "a word of before"]]])


def test_whoever_has_no_password_reads_with_what_they_sign_in(cast):
    cast.sam.open("/record")
    with transaction(cast.records):
        sam = cast.who("sam")
        provider_accounts.link(cast.records, sam.id, "https://id.example", "s", sam.email, How.ADDRESS, datetime.now(UTC))
        entry = history.note_way(cast.records, sam.id, PasswordOrigin(Way.CLEARED, None), now=datetime.now(UTC))
        cast.records.execute("update people set password_hash = null, password_entry = ? where id = ?", [entry, sam.id])
    page = cast.sam.open("/account/password")
    assert "You sign in with id.example; there is no password here to change." in page.text and not page.has_button("Save the new password")
    assert "You need none here: you sign in with id.example." in cast.sam.open(HERE).text


def test_a_recovery_code_has_a_field_of_its_own_and_only_an_app_is_asked_for_codes(cast):
    has_app(cast, "max", "abcdefghijkm2345")
    max = half_in(cast, "max")
    assert max.page.field("recovery").get("inputmode") == "" and max.page.field("recovery").get("autocapitalize") == "off"
    assert "does not fit" in max.press("Use this code", recovery="bbcdefghijkm2345").problems[0]
    assert max.press("Use this code", recovery="ABCD efgh ijkm 2345").heading == "My teachers"
    with transaction(cast.records):
        code_apps.end(cast.records, max_id := cast.who("max").id)
        passkeys.add(cast.records, max_id, New("mine", "credential", "key", 0), datetime.now(UTC))
    max = half_in(cast, "max")
    assert max.page.heading == "Your second step" and "Code from your app" not in max.page.text and max.page.field("recovery")
