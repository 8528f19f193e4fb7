"""Signing in elsewhere, through the pages and providers on real sockets: every bad case refused in words, and nothing changed."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from induction.bridges import openid
from induction.bridges.openid import OpenID
from induction.records.people import people, provider_accounts, sign_in_rules, waiting_accounts
from induction.records.people.one_time_links import LinkKind
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules.openid import Provider, ProviderKind
from induction.rules.sign_in_rules import SignInRules, Strangers
from induction.services import providers
from induction.serving.chores import CHORES
from induction.web.account import elsewhere
from tests import hostile_provider as hostile
from tests.hostile_provider import SLOW_BODY, Hostile, error
from tests.ports import free_port
from tests.providers import CONSUMERS, OTHER_TENANT, SCHOOL, Visitor, member
from tests.walking import answer
from tests.walking import start as start_scenarios

AT = "http://127.0.0.1:8000"  # where links lead, as the site has no other address
CALM = "Nothing was changed."


@pytest.fixture
def school(cast):
    """The cast, in a site that knows no provider yet; the bridge is their own."""
    made = cast.site
    cast.site = cast.app.extensions["induction"] = replace(made, openid=OpenID())
    yield cast
    cast.site.openid.close()
    cast.app.extensions["induction"] = made


@pytest.fixture
def bad(school):
    """A provider that does one thing wrong, set up as the school's other one."""
    with Hostile() as open:
        use(school, open.provider)
        yield open


def use(school, *wanted):
    for each in wanted:
        providers.set_up(school.records, school.site.settings, each, lambda _: True, by=None, now=datetime.now(UTC))


def decide(school, **changes):
    with transaction(school.records):
        rules = replace(SignInRules(14, True, Strangers.REFUSED), **changes)
        sign_in_rules.add(school.records, rules, by=None, at=datetime.now(UTC))


def start(browser, kind="google", **asked):
    """The address at the provider to which the site sends this browser."""
    page = browser.open(f"/sign-in/with/{kind}?{urlencode(asked)}", follow=False)
    assert page.status == 303, page.text
    return page.headers["Location"]


def asked_of(address):
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def back(browser, kind="google", follow=True, **said):
    return browser.open(f"/sign-in/from/{kind}?{urlencode(said)}", follow=follow)


def through(browser, kind="google", visitor=None, button="", follow=True, **asked):
    visitor = visitor or Visitor(account="tess")
    said = visitor.through(start(browser, kind, **asked), f"{AT}/sign-in/from/{kind}", button)
    return back(browser, kind, follow, **said)


def by_any_code(browser, bad, **asked):
    """Back from a provider that takes any code."""
    gone = asked_of(start(browser, "other", **asked))
    bad.nonce = gone["nonce"]
    return back(browser, "other", state=gone["state"], code="code")


def refused(page, status, *words):
    assert page.status == status, (page.status, page.text)
    assert page.heading == "You are not signed in" and CALM in page.text
    for each in words:
        assert each in page.text
    assert page.has_link("Back to Sign in") or page.has_link("Back to the invitation")


# Three shapes of provider, and another maker's


@pytest.mark.parametrize("kind", ["google", "microsoft", "other"])
def test_signing_in_links_the_account_once_and_knows_it_from_then_on(school, there, kind):
    provider = there.plain if kind == "other" else getattr(there, kind)
    use(school, provider)
    page = school.browser().open("/sign-in?next=/record")
    assert page.link(f"Sign in with {provider.label}").get("href") == f"/sign-in/with/{kind}?next=/record"
    browser, visitor = school.browser(), Visitor(account="tess")
    page = through(browser, kind, visitor, next="/record")
    assert page.is_at("/record") and page.status == 200
    assert browser.open("/").is_at("/welcome"), "who comes in for the first time reads who sees what before home"
    assert browser.press("Go on").heading == "Hello, Tess" and browser.page.is_at("/")
    [account] = provider_accounts.of_person(school.records, school.who("tess").id)
    assert (account.issuer, account.address) == (provider.issuer, f"tess@{SCHOOL}")
    assert browser.press("Sign out").is_at("/sign-in")
    pages = visitor.pages
    assert through(browser, kind, visitor).is_at("/") and visitor.pages == pages, "nobody was asked anything"
    assert provider_accounts.of_person(school.records, school.who("tess").id) == [account]
    assert school.records.value("select count(*) from provider_tokens") == 1


def test_canaille_which_proves_no_address_brings_in_whoever_holds_an_invitation(school, rascal):
    use(school, rascal)
    visitor = Visitor(login="sprice", password="correct horse battery")
    refused(through(school.browser(), "other", visitor), 403, "belongs to nobody here", "If you have an invitation, open it")
    token = school.link(LinkKind.INVITATION, "sam")
    browser = school.browser()
    page = browser.open(f"/invitation/{token}")
    assert page.link("Sign in with Canaille").get("href") == f"/sign-in/with/other?invitation={token}"
    assert through(browser, "other", visitor, invitation=token).heading == "Hello, Sam"
    assert school.browser().open(f"/invitation/{token}").status == 404
    assert through(school.browser(), "other", visitor).heading == "Hello, Sam"


def test_on_their_own_phone_a_teacher_stays_and_a_lead_is_told_why_not(school, there):
    use(school, there.google)
    there.account("lou", member("Lou Hartley", f"lou@{SCHOOL}", 5))
    page = school.browser().open("/sign-in")
    assert page.link("This is my own phone: stay signed in with Google").get("href") == "/sign-in/with/google?own_phone=1"
    browser = school.browser()
    through(browser, own_phone=1)
    assert school.records.value("select own_phone from sessions order by id desc limit 1") == 1
    assert "thirty days is for teachers" in str(through(school.browser(), visitor=Visitor(account="lou"), own_phone=1).html)
    assert school.records.value("select own_phone from sessions order by id desc limit 1") == 0


# Whose account it is


@pytest.mark.parametrize(
    "kind, claims, words",
    [
        ("google", {"hd": None}, "That was a personal Google account"),
        ("google", {"hd": "elsewhere.example"}, "of another school or organisation, not of wrenfield.example"),
        ("google", {"email_verified": False}, "does not say that the email address of that account is really yours"),
        ("microsoft", {"tid": CONSUMERS}, "That was a personal Microsoft account"),
        ("microsoft", {"tid": OTHER_TENANT}, "belongs to another school or organisation"),
        ("microsoft", {"idp": f"https://sts.windows.net/{OTHER_TENANT}/"}, "is a guest at the school"),
        ("google", {"email": f"nobody@{SCHOOL}"}, f"The Google account nobody@{SCHOOL} belongs to nobody here."),
        ("google", {"email": f"ana@{SCHOOL}"}, "belongs to nobody here"),  # who has left
    ],
)
def test_an_account_that_is_none_of_ours_is_refused_in_words(school, there, kind, claims, words):
    use(school, getattr(there, kind))
    there.account("stranger", member("A Stranger", f"tess@{SCHOOL}", 9, **claims))
    before = school.all_that_is_kept()
    page = through(school.browser(), kind, Visitor(account="stranger"))
    refused(page, 403, words)
    assert page.link("Choose another account").get("href") == f"/sign-in/with/{kind}?other=1"
    assert school.all_that_is_kept() | {"used_once": []} == before | {"used_once": []}


def test_after_a_refusal_another_account_can_be_chosen_and_all_that_was_taken_along_stays(school, there):
    use(school, there.plain)
    there.account("stranger", member("A Stranger", f"nobody@{SCHOOL}", 9))
    browser, visitor = school.browser(), Visitor(account="stranger")
    page = through(browser, "other", visitor, next="/record", own_phone=1)
    link = page.link("Choose another account").get("href")
    assert link == "/sign-in/with/other?other=1&next=%2Frecord&own_phone=1"
    gone = browser.open(link, follow=False).headers["Location"]
    assert asked_of(gone)["prompt"] == "login" and "login_hint" not in asked_of(gone)
    page = back(browser, "other", **Visitor(account="tess").through(gone, f"{AT}/sign-in/from/other"))
    assert page.is_at("/record")
    assert "with Keycloak" in browser.open("/account/devices").text
    through(school.browser(), "other", Visitor(account="tess"))
    assert "Somebody signed in with Keycloak, where nobody had signed in" in browser.open("/record").text


def test_an_address_that_moved_and_one_person_with_two_accounts(school, there):
    use(school, there.google)
    there.account("first", member("Sam Price", f"sam@{SCHOOL}", 7))
    there.account("second", member("Sam Price", f"sam@{SCHOOL}", 8))
    assert through(school.browser(), visitor=Visitor(account="first")).heading == "Hello, Sam"
    refused(through(school.browser(), visitor=Visitor(account="second")), 409, "signs in here with another Google account already",
            "they can take the old account away")  # fmt: skip


def test_a_changed_name_an_empty_one_and_a_strange_one_change_nothing_here(school, there):
    use(school, there.microsoft)
    visitor = Visitor(account="sam")
    through(school.browser(), "microsoft", visitor)
    for name in ("Sam Newname", "", "\u202e\u0000Sam\u200b", "S" * 300):
        there.account("sam", member(name, f"sam.newname@{SCHOOL}", 2))
        assert through(school.browser(), "microsoft", visitor).heading == "Hello, Sam"
    assert school.who("sam").name == "Sam Price"
    there.account("sam", member("Sam Price", f"sam@{SCHOOL}", 2))


def test_before_a_first_day_it_is_said_when(school, there):
    use(school, there.google)
    first = datetime.now(UTC).date() + timedelta(days=9)
    with transaction(school.records):
        people.update(school.records, school.who("tess").id, starts=first, now=datetime.now(UTC))
    page = through(school.browser())
    assert page.status == 403 and "your first day here" in page.text


def test_an_invitation_taken_up_with_a_colleagues_account_is_still_good(school, there):
    use(school, there.google)
    through(school.browser())
    token = school.link(LinkKind.INVITATION, "sam")
    refused(through(school.browser(), invitation=token), 403, "belongs to somebody else here", "The invitation is still good")
    assert school.browser().open(f"/invitation/{token}").status == 200
    ended = school.link(LinkKind.INVITATION, "nia", datetime.now(UTC) - timedelta(days=20))
    there.account("nobody", member("Nobody", f"nobody@{SCHOOL}", 44))
    refused(through(school.browser(), visitor=Visitor(account="nobody"), invitation=ended), 403, "does not work any more")


def test_a_stranger_of_the_schools_domain_is_held_and_told_so(school, there):
    use(school, there.google)
    decide(school, strangers=Strangers.HELD)
    there.account("new", member("Nell Wu", f"nell@{SCHOOL}", 12))
    for _ in range(2):
        page = through(school.browser(), visitor=Visitor(account="new"))
        assert page.status == 403 and "An induction lead sees it when they next look here" in page.text
    [waiting] = waiting_accounts.listing(school.records)
    assert (waiting.address, waiting.name, waiting.device) == (f"nell@{SCHOOL}", "Nell Wu", "Safari on iPhone")


# The provider does wrong


def wrong_issuer(bad):
    bad.claims["iss"] = "https://accounts.google.com"


def alg_none(bad):
    bad.sign = hostile.none


def key_forged(bad):
    bad.sign = hostile.forged


def clock_off(bad):
    bad.now = datetime.now(UTC) + timedelta(minutes=10)


def nonce_of_another(bad):
    bad.claims["nonce"] = "another"


def code_replayed(bad):
    bad.at["/token"] = error("invalid_grant")


def secret_refused(bad):
    bad.at["/token"] = error("invalid_client", 401)


def is_down(bad):
    bad.at["/token"] = error("server_error", 500)


def nonsense(bad):
    bad.at["/token"] = hostile.body(b"<html>Maintenance</html>")


@pytest.mark.parametrize(
    "wrong, status, words",
    [
        (wrong_issuer, 502, "another sender than the Keycloak"),
        (alg_none, 502, "could not be proved genuine"),
        (key_forged, 502, "could not be proved genuine"),
        (nonce_of_another, 502, "could not be proved genuine"),
        (clock_off, 503, "the clock of the server that this site runs on seems wrong (it is about 10 minutes slow)"),
        (code_replayed, 400, "no longer knows of that sign-in"),
        (secret_refused, 502, "does not accept this site"),
        (is_down, 503, "can’t be reached from this site at the moment"),
        (nonsense, 502, "answered something that this site does not understand"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_provider_that_does_wrong_brings_nobody_in(school, bad, caplog, wrong, status, words):
    before = school.all_that_is_kept()
    wrong(bad)
    with caplog.at_level(logging.INFO, "induction"):
        refused(by_any_code(school.browser(), bad), status, words)
    assert school.all_that_is_kept() == before
    assert "secret words" not in caplog.text and "wrenfield.example" not in caplog.text


def test_a_provider_that_is_down_or_slow_is_said_before_anybody_goes_there(school, bad, monkeypatch):
    use(school, Provider(ProviderKind.GOOGLE, "Google", f"http://127.0.0.1:{free_port()}", "id", "secret", SCHOOL))
    refused(school.browser().open("/sign-in/with/google"), 503, "Google can’t be reached", "Sign in with your password meanwhile")
    monkeypatch.setattr(openid, "WHOLE", 0.3)
    bad.at[hostile.WELL_KNOWN] = SLOW_BODY
    refused(school.browser().open("/sign-in/with/other"), 504, "Keycloak did not answer in time")


def test_a_key_rotated_there_is_fetched(school, bad):
    assert by_any_code(school.browser(), bad).heading == "Hello, Tess"
    bad.signed_with = bad.shown = "second"
    assert by_any_code(school.browser(), bad).heading == "Hello, Tess"


# What comes back is not what was begun


def test_a_callback_without_a_start_in_another_browser_late_or_twice(school, bad):
    browser, other = school.browser(), school.browser()
    other.open("/sign-in")
    gone = asked_of(start(browser, "other"))
    bad.nonce = gone["nonce"]
    said = {"state": gone["state"], "code": "code"}
    for stranger in (other, school.browser()):
        refused(back(stranger, "other", **said), 400, "was not begun in this browser")
    assert back(browser, "other", **said).heading == "Hello, Tess"
    twice = back(browser, "other", **said)
    assert (twice.status, twice.heading) == (400, "Nothing was done") and "it is finished already" in twice.text
    assert twice.has_link("Go to the home page") and browser.open("/").heading == "Hello, Tess"
    with browser.client.session_transaction() as session:
        session[elsewhere.KEPT] = [["other", "old", int(datetime.now(UTC).timestamp()) - 601, "/", False, "", False, False]]
    assert "longer than ten minutes ago" in back(browser, "other", state="old", code="code").text
    assert not bad.asked["/token"] > 1


def test_the_same_cookie_and_answer_at_two_places_at_once_begin_one_session(school, bad):
    """As somebody does who copied both."""
    browser, copy = school.browser(), school.browser()
    gone = asked_of(start(browser, "other"))
    bad.nonce = gone["nonce"]
    copy.with_cookie(browser.cookie())
    assert back(browser, "other", state=gone["state"], code="code").heading == "Hello, Tess"
    refused(back(copy, "other", state=gone["state"], code="code"), 409, "was finished already")
    assert school.records.value("select count(*) from sessions where way = 'other'") == 1


def test_an_answer_mixed_up_between_two_providers(school, there, bad):
    use(school, there.google)
    browser = school.browser()
    gone = asked_of(start(browser, "other"))
    refused(back(browser, "google", state=gone["state"], code="code"), 400, "did not come from Keycloak, where you were sent")
    gone = asked_of(start(browser, "other"))
    refused(back(browser, "other", state=gone["state"], code="code", iss=there.google.issuer), 400, "did not come from Keycloak")
    gone = asked_of(start(browser, "google"))
    refused(back(browser, "google", state=gone["state"], code="code"), 400, "did not come from Google")  # which always names itself
    assert not bad.asked["/token"]


@pytest.mark.parametrize("name", ["state", "code", "iss", "error"])
def test_what_comes_back_twice_under_one_name_is_not_looked_at(school, bad, name):
    browser = school.browser()
    gone = asked_of(start(browser, "other"))
    said = [("state", gone["state"]), ("code", "code"), (name, "x"), (name, "y")]
    refused(browser.open(f"/sign-in/from/other?{urlencode(said)}"), 400, "is not one that a sign-in makes")


@pytest.mark.parametrize("query", ["", "state=", "code=1", "state=%00%ff", "state=" + "x" * 3000, "error=%3Cb%3E", "state=\u20ac"])
def test_nonsense_comes_back(school, bad, query):
    browser = school.browser()
    start(browser, "other")
    refused(browser.open(f"/sign-in/from/other?{quote(query, safe='=&%')}"), 400, "was not begun in this browser")
    assert not bad.asked["/token"]


def test_a_state_alone_and_an_error_that_nobody_knows(school, bad):
    browser = school.browser()
    refused(back(browser, "other", state=asked_of(start(browser, "other"))["state"]), 400, "no longer knows of that sign-in")
    page = back(browser, "other", state=asked_of(start(browser, "other"))["state"], error="<b>x</b>", error_description="words of theirs")
    refused(page, 400, "does not accept this site")
    assert "words of theirs" not in page.html and "<b>x" not in page.html


def test_whoever_thinks_better_of_it_there_is_back_with_a_kind_word(school, there):
    use(school, there.google)
    browser = school.browser()
    page = through(browser, button="Cancel", next="/record")
    assert page.path == "/sign-in?next=/record" and "You stopped at Google, so nothing was done." in page.html
    token = school.link(LinkKind.INVITATION, "sam")
    assert through(browser, button="Cancel", invitation=token).is_at(f"/invitation/{token}")


def test_a_kind_that_is_not_set_up_or_is_taken_away_on_the_way(school, bad):
    browser = school.browser()
    for kind in ("google", "nonsense"):
        refused(browser.open(f"/sign-in/with/{kind}"), 404, "is not set up here")
    gone = asked_of(start(browser, "other"))
    providers.take_away(school.records, school.site.settings, ProviderKind.OTHER, by=None, now=datetime.now(UTC))
    refused(back(browser, "other", state=gone["state"], code="code"), 404, "is not set up here, or not any more")
    assert "Sign in with Keycloak" not in browser.open("/sign-in").text


ELSEWHERE = ("//evil.example", "https://evil.example", "/\\evil.example", "/sign-out", "javascript:alert(1)", "/" + "x" * 600)


@pytest.mark.parametrize("where", ELSEWHERE)
def test_it_leads_nowhere_but_here_afterwards(school, bad, where):
    school.was_here("tess")
    assert by_any_code(school.browser(), bad, next=where).is_at("/")


def test_nothing_is_written_on_the_way_there_and_three_are_kept_at_most(school, bad):
    browser = school.browser()
    before = school.all_that_is_kept()
    states = [asked_of(start(browser, "other", next="/" + "n" * 400))["state"] for _ in range(5)]
    assert school.all_that_is_kept() == before
    with browser.client.session_transaction() as session:
        assert [each[1] for each in session[elsewhere.KEPT]] == states[2:]
    assert len(browser.cookie()) < 3500
    refused(back(browser, "other", state=states[0], code="code"), 400, "was not begun in this browser")
    gone = asked_of(start(browser, "other"))
    assert gone["nonce"] not in browser.cookie()
    assert (gone["redirect_uri"], gone["code_challenge_method"]) == (f"{AT}/sign-in/from/other", "S256")


def test_who_is_signed_in_already_goes_on_and_another_takes_the_place_by_an_invitation(school, there):
    use(school, there.google)
    page = school.tess.open("/sign-in/with/google?next=/record", follow=False)
    assert (page.status, page.headers["Location"]) == (303, "/record")
    page = through(school.tess, next="/record", anew=1)
    assert page.is_at("/record") and "It works: you are signed in with Google as tess@" in page.text, "as a lead tries what they set up"
    assert school.records.value("select group_concat(way) from sessions") == "google"
    token = school.link(LinkKind.INVITATION, "sam")
    assert through(school.tess, visitor=Visitor(account="sam"), invitation=token).heading == "Hello, Sam"
    assert school.records.value("select count(*) from sessions where person = ?", [school.who("tess").id]) == 0


# Passwords, and what goes on in a session


def test_where_teachers_sign_in_elsewhere_alone_their_password_opens_nothing(school, there):
    use(school, there.google)
    decide(school, teachers_by_password=False)
    page = school.browser().open("/sign-in")
    assert "Mentors, leads and the technician sign in with a password here" in page.text
    assert "Teachers sign in with Google, not with a password." in page.text and "choose a password" not in page.html
    page = school.try_to_sign_in("tess", school.browser())
    assert page.status == 200 and "Teachers sign in with Google here." in page.text
    assert "No account has that email and password" in school.try_to_sign_in("tess", school.browser(), "another calm otter").text
    assert school.try_to_sign_in("max", school.browser()).is_at("/welcome")
    for kind, path in ((LinkKind.INVITATION, "invitation"), (LinkKind.RESET, "reset")):
        browser, token = school.browser(), school.link(kind, "sam")
        page = browser.open(f"/{path}/{token}")
        assert "password" not in [each.get("name") for each in page.document.all("input")]
        assert browser.send(f"/{path}/{token}", {"password": "eleven quiet otters"}).status == 200
        assert school.try_to_sign_in("sam", school.browser(), "eleven quiet otters").status == 200
    assert page.link("Go to Sign in") and "no password of this site opens anything" in page.text
    assert "The link works once" not in page.text
    assert through(school.browser()).heading == "Hello, Tess"


def test_words_typed_in_a_session_that_ended_are_shown_to_whose_they_are(school, there):
    use(school, there.google)
    visitor = Visitor(account="tess")
    browser = school.tess
    start_scenarios(browser, "friend-requests")
    answer(school, browser, "tess")
    browser.open("/attempts/1/1/note")
    school.age_sessions("tess", timedelta(hours=2), timedelta(hours=3))
    page = browser.press("Send the note", words="The second choice and the third are the same.")
    assert "You were signed out after a while" in page.text
    page = through(browser, visitor=visitor)
    assert page.heading == "You are signed in again"
    assert [each.text.strip() for each in page.document.all("textarea")] == ["The second choice and the third are the same."]
    assert browser.open("/").heading == "Hello, Tess" and school.records.value("select count(*) from kept_forms") == 0


def test_asked_again_the_same_account_confirms_it_and_another_does_not(school, there):
    use(school, there.google)
    browser, visitor = school.browser(), Visitor(account="tess")
    through(browser, visitor=visitor)
    long_ago = moment_text(datetime.now(UTC) - timedelta(minutes=30))
    with transaction(school.records):
        school.records.execute("update sessions set confirmed_at = ?", [long_ago])
    cookie = browser.cookie()
    page = through(browser, visitor=Visitor(account="sam"), again=1, next="/account/devices")
    assert (page.status, page.heading) == (403, "It is not confirmed yet") and "You came back with another Google account" in page.text
    assert page.link("Go back").get("href") == "/account/devices"
    page = through(browser, visitor=visitor, again=1, next="/account/devices", button="Cancel")
    assert page.is_at("/account/devices") and "You stopped at Google" in page.html
    assert school.records.value("select count(*) from sessions where confirmed_at > ?", [long_ago]) == 0
    assert through(browser, visitor=visitor, again=1, next="/account/devices").is_at("/account/devices")
    assert school.records.value("select count(*) from sessions where confirmed_at > ?", [long_ago]) == 1
    assert school.browser().with_cookie(cookie).open("/").is_at("/sign-in"), "a copied session is worth nothing now"
    assert school.browser().open("/sign-in/with/google?again=1").is_at("/sign-in")


def test_before_an_act_that_matters_a_lead_is_asked_again_where_they_sign_in(school, there):
    use(school, there.google)
    there.account("lou", member("Lou Hartley", f"lou@{SCHOOL}", 5))
    browser, visitor = school.browser(), Visitor(account="lou")
    through(browser, visitor=visitor)
    with transaction(school.records):
        school.records.execute("update sessions set confirmed_at = ?", [moment_text(datetime.now(UTC) - timedelta(minutes=30))])
    browser.open(f"/school/people/{school.who('tess').id}")
    page = browser.press("Save", name="Tess Newname", role="Mentor")
    assert page.is_at("/confirm") and school.who("tess").name == "Tess Okafor"
    asked = asked_of(page.link("Confirm where you signed in").get("href"))
    page = through(browser, visitor=visitor, **asked)
    assert page.is_at("/confirm/go-on") and "Tess Newname" in page.html
    browser.press("Save the details of Tess Okafor")
    assert school.who("tess").name == "Tess Newname"


def test_where_google_says_not_how_to_ask_later_they_are_asked_to_allow_it(school, bad):
    """As when they had allowed it before, and what came of it was lost."""
    google = replace(bad.provider, kind=ProviderKind.GOOGLE, domain=SCHOOL)
    use(school, google)
    bad.claims |= {"hd": SCHOOL}

    def come_back(browser, address):
        gone = asked_of(address)
        bad.nonce = gone["nonce"]
        return back(browser, "google", False, state=gone["state"], code="code")

    browser = school.browser()
    bad.tokens["refresh_token"] = None
    come_back(browser, start(browser))
    browser = school.browser()
    page = come_back(browser, start(browser, next="/record"))
    assert page.status == 303 and "prompt=consent" in page.headers["Location"]
    bad.tokens.clear()
    page = come_back(browser, page.headers["Location"])
    assert (page.status, page.headers["Location"]) == (303, "/record")
    assert school.records.value("select count(*) from provider_tokens") == 1


def test_whoever_leaves_the_provider_is_signed_out_within_the_hour(school, there):
    use(school, there.google)
    there.account("leaver", member("Tess Okafor", f"tess@{SCHOOL}", 31))
    browser = school.browser()
    through(browser, visitor=Visitor(account="leaver"), own_phone=1)
    [look] = [each for each in CHORES if each.name.startswith("ask whether those who sign in elsewhere")]
    assert look.every == timedelta(minutes=10)
    later = datetime.now(UTC) + timedelta(minutes=51)
    look.do(school.site, later)
    assert browser.open("/").heading == "Hello, Tess"
    there.account("leaver", None)
    look.do(school.site, later + timedelta(minutes=51))
    assert school.records.value("select count(*) from sessions where way = 'google'") == 0
    assert browser.open("/").is_at("/sign-in")


# What a lead sees


def test_a_lead_sees_how_somebody_signs_in_and_takes_an_account_away(school, there):
    use(school, there.google)
    browser = school.browser()
    through(browser)
    tess = school.who("tess").id
    page = school.lou.open(f"/school/people/{tess}")
    assert f"Google: tess@{SCHOOL}, since" in page.text and "known by that address" in page.text
    path, fields, _ = school.lou.filled("Take it away now")
    page = school.lou.press("Take it away now")
    assert "Where Tess had signed in with that account they are signed out. Their password goes on." in page.html
    assert browser.open("/").is_at("/sign-in")
    assert "was taken away already" in school.lou.send(path, fields, token=False).html
    refused(through(school.browser()), 403, "opens nothing here any more")
    assert school.max.send(path, {}).status == 404 and school.lou.send(path.replace(f"/{tess}/", "/99/"), {}).status == 404


def test_whoever_signs_in_elsewhere_is_invited_no_longer_and_their_invitation_has_ended(school, there):
    use(school, there.google)
    ivy = school.add("Ivy Invited")
    there.account("ivy", member("Ivy", f"ivy@{SCHOOL}", 61))
    token = school.link(LinkKind.INVITATION, "ivy")
    assert "Ivy Invited" in school.lou.open("/school/people/links").text
    through(school.browser(), visitor=Visitor(account="ivy"), invitation=token)
    assert "Ivy Invited" not in school.lou.open("/school/people/links").text
    page = school.lou.open(f"/school/people/{ivy.id}")
    assert "by an invitation." in page.text and "Ivy has no password." in page.text and "has not chosen a password yet" not in page.text
    assert "This link is used up" in school.browser().open(f"/invitation/{token}").html
