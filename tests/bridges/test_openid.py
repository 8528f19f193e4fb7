"""Providers of sign-ins: real ones, and ones that do one thing wrong."""

import logging
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from induction.bridges import openid, openid_line
from induction.bridges.openid import OpenID
from induction.rules.openid import Account, Finding, Found, Gone, ProviderFault, Reason, Refusal
from tests import hostile_provider as hostile
from tests.hostile_provider import WELL_KNOWN, Hostile, Proxy
from tests.ports import free_port
from tests.post import Certificates
from tests.providers import CONSUMERS, OTHER_TENANT, TENANT, Visitor, member

BACK = "http://localhost:9/sign-in/from/google"
STATE, NONCE, VERIFIER = "state-of-this-browser", "nonce", "verifier-" * 6
NOW = datetime.now(UTC)
ADDRESS = "tess@wrenfield.example"


class Clock:
    """Seconds that go forward when they are told to."""

    def __init__(self):
        self.at = 1000.0

    def __call__(self):
        return self.at


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def site(clock):
    site = OpenID(clock)
    yield site
    site.close()


@pytest.fixture
def bad():
    with Hostile() as open:
        yield open


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(openid, "WHOLE", 0.25)


def come_in(site, provider, visitor=None, again=False, now=None, **more):
    """As a browser does it: there, through its pages, and back."""
    visitor = visitor or Visitor(account="tess")
    said = visitor.through(site.start(provider, BACK, STATE, NONCE, VERIFIER, again, **more), BACK)
    assert said["state"] == STATE
    return site.finish(provider, BACK, said["code"], NONCE, VERIFIER, now or datetime.now(UTC), again, said.get("iss"))


def finish(site, bad, now=None, again=False, **more):
    return site.finish(bad.provider, BACK, "code", NONCE, VERIFIER, now or datetime.now(UTC), again, **more)


def reason(call, *words, **named):
    with pytest.raises(ProviderFault) as fault:
        call(*words, **named)
    return fault.value.reason


def test_the_server_loads_neither_authlib_nor_joserfc_before_somebody_asks():
    load = "import sys, induction.bridges.openid as o; o.OpenID().close(); print({'requests', 'authlib', 'joserfc'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-P", "-c", load], capture_output=True, text=True).stdout == "set()\n"


# Real ones


def test_a_google_account_of_the_school(site, there):
    answer = come_in(site, there.google)
    assert answer.account == Account(there.google.issuer, "tess", ADDRESS, True, "Tess Okafor")
    assert answer.refresh_token and answer.refresh_token not in repr(answer)


def test_a_microsoft_account_of_the_school_is_its_tenant_and_object(site, there):
    account = come_in(site, there.microsoft).account
    assert account.subject == f"{TENANT}.00000000-0000-4000-8000-000000000001"
    assert (account.address, account.address_is_proved) == (ADDRESS, True)


def test_another_provider_that_keeps_address_and_name_apart(site, there):
    assert come_in(site, there.plain).account == Account(there.plain.issuer, "tess", ADDRESS, True, "Tess Okafor")


def test_canaille_whose_addresses_are_not_proved(site, rascal):
    visitor = Visitor(login="sprice", password="correct horse battery")
    answer = come_in(site, rascal, visitor)
    assert answer.account == Account(rascal.issuer, "sprice", "sam@wrenfield.example", False, "Sam Price")
    pages = visitor.pages
    assert come_in(site, rascal, visitor, again=True).account == answer.account
    assert visitor.pages > pages, "they were asked again"
    assert site.look_again(rascal, answer.refresh_token) is not None
    assert site.test(rascal, BACK, datetime.now(UTC)) == []


@pytest.mark.parametrize(
    "kind, claims, refusal",
    [
        ("google", {"hd": None}, Refusal.CONSUMER),
        ("google", {"hd": "elsewhere.example"}, Refusal.OTHER_DOMAIN),
        ("google", {"email_verified": False}, Refusal.NOT_PROVED),
        ("microsoft", {"tid": CONSUMERS}, Refusal.CONSUMER),
        ("microsoft", {"tid": OTHER_TENANT}, Refusal.OTHER_TENANT),
        ("microsoft", {"idp": f"https://sts.windows.net/{OTHER_TENANT}/"}, Refusal.GUEST),
    ],
)
def test_an_account_that_is_not_the_schools(site, there, kind, claims, refusal):
    there.account("stranger", member("A Stranger", "stranger@gmail.com", 9, **claims))
    assert come_in(site, getattr(there, kind), Visitor(account="stranger")).account is refusal


def test_a_changed_address_and_an_empty_name_leave_whose_it_is(site, there):
    there.account("ana", member("Ana Smith", "ana.smith@wrenfield.example", 3))
    before = come_in(site, there.microsoft, Visitor(account="ana")).account
    there.account("ana", member("", "ana.jones@wrenfield.example", 3))
    after = come_in(site, there.microsoft, Visitor(account="ana")).account
    assert after.subject == before.subject and (after.name, after.address) == ("", "ana.jones@wrenfield.example")


@pytest.mark.parametrize("kind", ["google", "microsoft", "plain"])
def test_they_are_asked_again_where_that_is_wanted_and_else_not(site, there, kind):
    provider, visitor = getattr(there, kind), Visitor(account="tess")
    pages = []
    for again in (False, False, True):
        come_in(site, provider, visitor, again)
        pages.append(visitor.pages)
    assert pages == [1, 1, 2]


def test_somebody_who_thinks_better_of_it_there(site, there):
    address = site.start(there.google, BACK, STATE, NONCE, VERIFIER)
    said = Visitor(account="tess").through(address, BACK, "Cancel")
    assert (said["error"], said["state"], said["iss"]) == ("access_denied", STATE, there.google.issuer)


def test_the_address_there_says_what_is_wanted_and_no_secret(site, there):
    google = site.start(there.google, BACK, STATE, NONCE, VERIFIER, True, "tess@wrenfield.example", consent=True)
    microsoft = site.start(there.microsoft, BACK, STATE, NONCE, VERIFIER, True)
    for words in ("access_type=offline", "prompt=select_account+consent", "hd=wrenfield.example", "login_hint=tess%40", "S256"):
        assert words in google
    others = [site.start(each, BACK, STATE, NONCE, VERIFIER, another=True) for each in (there.google, there.microsoft, there.plain)]
    assert [parse_qs(urlsplit(each).query)["prompt"] for each in others] == [["select_account"], ["select_account"], ["login"]]
    assert "offline_access" in microsoft and "prompt=login" in microsoft
    for secret in (VERIFIER, there.google.client_secret):
        assert secret not in google + microsoft


def test_a_code_counts_once_and_with_its_own_verifier(site, there):
    visitor = Visitor(account="tess")
    said = visitor.through(site.start(there.google, BACK, STATE, NONCE, VERIFIER), BACK)
    again = {"iss": there.google.issuer}
    assert reason(site.finish, there.google, BACK, said["code"], NONCE, VERIFIER[1:], NOW, **again) is Reason.CODE_REFUSED
    said = visitor.through(site.start(there.google, BACK, STATE, NONCE, VERIFIER), BACK)
    site.finish(there.google, BACK, said["code"], NONCE, VERIFIER, datetime.now(UTC), **again)
    assert reason(site.finish, there.google, BACK, said["code"], NONCE, VERIFIER, NOW, **again) is Reason.CODE_REFUSED


@pytest.mark.parametrize("code", ["", "x" * 9000, "a b\n", "cödé", "\ud800"])
def test_what_can_be_no_code_is_not_sent(site, bad, code):
    assert reason(site.finish, bad.provider, BACK, code, NONCE, VERIFIER, NOW) is Reason.CODE_REFUSED
    assert not bad.asked


def test_the_wrong_secret(site, there):
    wrong = replace(there.google, client_secret="wrong")
    assert reason(come_in, site, wrong) is Reason.CLIENT_REFUSED
    assert site.test(wrong, BACK, datetime.now(UTC)) == [Finding(Found.CLIENT_REFUSED)]


def test_an_answer_of_another_provider_is_refused_before_the_code_goes_anywhere(site, there, bad):
    assert reason(finish, site, bad, iss=there.google.issuer) is Reason.MIXED_UP
    assert not bad.asked
    said = Visitor(account="tess").through(site.start(there.google, BACK, STATE, NONCE, VERIFIER), BACK)
    assert reason(site.finish, there.google, BACK, said["code"], NONCE, VERIFIER, NOW) is Reason.MIXED_UP, "it promises to say so"


def test_a_key_that_was_changed_there(site, there):
    come_in(site, there.google)
    there.rotate()
    assert come_in(site, there.google).account.subject == "tess"


def test_whether_an_account_is_still_good(site, there):
    there.account("max", member("Max Bell", "max@wrenfield.example", 4))
    google = come_in(site, there.google, Visitor(account="max")).refresh_token
    microsoft = come_in(site, there.microsoft, Visitor(account="max")).refresh_token
    assert site.look_again(there.google, google).refresh_token is None, "the same serves again"
    new = site.look_again(there.microsoft, microsoft).refresh_token
    assert new and new != microsoft
    there.account("max", None)
    for provider, token in ((there.google, google), (there.microsoft, new)):
        with pytest.raises(Gone):
            site.look_again(provider, token)


def test_a_provider_that_is_down_says_nothing_of_an_account(site, there):
    token = come_in(site, there.google).refresh_token
    there.hang_up(True)
    try:
        assert reason(site.look_again, there.google, token) is Reason.DOWN
        assert site.test(there.google, BACK, NOW) == [Finding(Found.NOT_REACHED)]
    finally:
        there.hang_up(False)
    assert site.look_again(there.google, token)


def test_a_clock_that_is_slow_by_ten_minutes(site, there):
    with pytest.raises(ProviderFault) as fault:
        come_in(site, there.google, now=datetime.now(UTC) - timedelta(minutes=10))
    assert fault.value.reason is Reason.CLOCK
    assert round(fault.value.off / timedelta(minutes=1)) == -10


@pytest.mark.parametrize("kind", ["google", "microsoft", "plain"])
def test_a_provider_that_is_well_set_up_passes_its_test(site, there, kind):
    assert site.test(getattr(there, kind), BACK, datetime.now(UTC)) == []


def test_many_at_one_instant(site, there):
    """Each with a code of their own, from one address."""
    visitor = Visitor(account="tess")
    codes = [visitor.through(site.start(there.google, BACK, STATE, NONCE, VERIFIER), BACK)["code"] for _ in range(30)]
    here = {"now": datetime.now(UTC), "iss": there.google.issuer}
    with ThreadPoolExecutor(30) as browsers:
        answers = list(browsers.map(lambda code: site.finish(there.google, BACK, code, NONCE, VERIFIER, **here), codes))
    assert {answer.account.subject for answer in answers} == {"tess"}


# Tokens that are not believed


def test_the_hostile_one_is_believed_as_long_as_it_does_nothing_wrong(site, bad):
    assert finish(site, bad).account == Account(bad.issuer, "1", ADDRESS, True, "Tess Okafor")
    assert bad.forms[0]["code_verifier"] == VERIFIER and bad.forms[0]["redirect_uri"] == BACK
    assert site.test(bad.provider, BACK, datetime.now(UTC)) == [Finding(Found.TOKENS_UNCLEAR)], "it takes any code"


@pytest.mark.parametrize("sign", [hostile.none, hostile.with_the_public_key, hostile.forged, hostile.changed])
def test_a_signature_that_is_none(site, bad, sign):
    bad.sign = sign
    assert reason(finish, site, bad) is Reason.BAD_TOKEN


@pytest.mark.parametrize(
    "claims, why",
    [
        ({"iss": "https://accounts.google.com"}, Reason.WRONG_ISSUER),
        ({"iss": None}, Reason.WRONG_ISSUER),
        ({"aud": "another-site"}, Reason.BAD_TOKEN),
        ({"aud": None}, Reason.BAD_TOKEN),
        ({"aud": ["induction", "another-site"]}, Reason.BAD_TOKEN),
        ({"aud": ["induction", "another-site"], "azp": "another-site"}, Reason.BAD_TOKEN),
        ({"azp": "another-site"}, Reason.BAD_TOKEN),
        ({"nonce": "of another browser"}, Reason.BAD_TOKEN),
        ({"nonce": None}, Reason.BAD_TOKEN),
        ({"nonce": "nöncé"}, Reason.BAD_TOKEN),
        ({"exp": int(NOW.timestamp()) - 300}, Reason.BAD_TOKEN),
        ({"exp": None}, Reason.BAD_TOKEN),
        ({"exp": 10**30}, Reason.BAD_TOKEN),
        ({"iat": int(NOW.timestamp()) + 600}, Reason.BAD_TOKEN),
        ({"iat": "today"}, Reason.BAD_TOKEN),
        ({"nbf": int(NOW.timestamp()) + 600}, Reason.BAD_TOKEN),
        ({"at_hash": "another"}, Reason.BAD_TOKEN),
    ],
)
def test_a_token_that_is_not_for_here_and_now(site, bad, claims, why):
    bad.claims = claims
    assert reason(finish, site, bad) is why


@pytest.mark.parametrize(
    "claims", [{"aud": ["induction"]}, {"aud": ["induction", "another-site"], "azp": "induction"}, {"nbf": 0, "iat": 1}]
)
def test_a_token_that_is_a_little_other_and_good(site, bad, claims):
    """Microsoft's are made five minutes before."""
    bad.claims = claims
    assert isinstance(finish(site, bad).account, Account)


@pytest.mark.parametrize("minutes", [-10, 10, 90])
def test_two_clocks_that_differ(site, bad, minutes):
    """Forward by ten minutes nothing is over yet."""
    now = datetime.now(UTC) + timedelta(minutes=minutes)
    if minutes == 10:
        assert isinstance(finish(site, bad, now).account, Account)
    else:
        with pytest.raises(ProviderFault) as fault:
            finish(site, bad, now)
        assert (fault.value.reason, round(fault.value.off / timedelta(minutes=1))) == (Reason.CLOCK, minutes)
    [found] = [each for each in site.test(bad.provider, BACK, now) if each.what is Found.CLOCK]
    assert round(found.off / timedelta(minutes=1)) == minutes


def test_one_who_was_not_asked_again(site, bad):
    bad.claims = {"auth_time": int(NOW.timestamp()) - 3600}
    assert reason(finish, site, bad, again=True) is Reason.NOT_ANEW
    bad.claims = {"auth_time": int(NOW.timestamp()) - 60}
    assert isinstance(finish(site, bad, again=True).account, Account)


@pytest.mark.parametrize("token", [None, "", "a.b", "a.b.c", "a.b.c.d.e", 7, "é.b.c", "e30.e30.", "x" * 70_000])
def test_what_is_no_token(site, bad, token):
    bad.tokens = {"id_token": token}
    assert reason(finish, site, bad) is Reason.BAD_TOKEN


def test_address_and_name_from_elsewhere_count_only_of_the_same_person(site, bad):
    bad.claims = {"email_verified": None, "name": None}
    bad.userinfo = {"sub": "2", "email": ADDRESS, "email_verified": True}
    assert reason(finish, site, bad) is Reason.BAD_TOKEN
    bad.userinfo = {"sub": "1", "email": "another@wrenfield.example", "email_verified": True, "name": "T Okafor"}
    assert finish(site, bad).account == Account(bad.issuer, "1", ADDRESS, False, "T Okafor")


# Keys


def test_a_key_that_is_not_known_is_looked_for_at_most_once_a_minute(site, bad, clock):
    finish(site, bad)
    bad.signed_with = "second"
    for _ in range(3):
        assert reason(finish, site, bad) is Reason.BAD_TOKEN
    assert bad.asked["/keys"] == 2
    bad.shown = "second"
    clock.at += openid.NEW_KEYS
    finish(site, bad)
    assert (bad.asked["/keys"], bad.asked[WELL_KNOWN]) == (3, 1)


def test_keys_without_a_name(site, bad):
    bad.sign = hostile.without_kid
    finish(site, bad)
    bad.signed_with = bad.shown = "second"
    finish(site, bad)
    assert bad.asked["/keys"] == 2


def test_what_it_says_of_itself_is_asked_again_each_hour(site, bad, clock):
    for _ in range(2):
        finish(site, bad)
    clock.at += openid.KNOWN
    finish(site, bad)
    assert bad.asked[WELL_KNOWN] == 2


# Ways to fail


@pytest.mark.parametrize(
    "path, answer, why, found",
    [
        (WELL_KNOWN, hostile.elsewhere, Reason.NONSENSE, Found.NOT_OPENID),
        (WELL_KNOWN, hostile.body(b"<html>"), Reason.NONSENSE, Found.NOT_OPENID),
        (WELL_KNOWN, hostile.body(b"[]"), Reason.NONSENSE, Found.NOT_OPENID),
        (WELL_KNOWN, hostile.body(b"[" * 200_000), Reason.NONSENSE, Found.NOT_OPENID),
        (WELL_KNOWN, hostile.body(b"", 404), Reason.NONSENSE, Found.NOT_OPENID),
        (WELL_KNOWN, hostile.body(b"{}", Content_Encoding="gzip"), Reason.NONSENSE, Found.NOT_OPENID),
        (WELL_KNOWN, hostile.endless, Reason.NONSENSE, Found.NOT_OPENID),
        (WELL_KNOWN, hostile.body(b"", 503), Reason.DOWN, Found.NOT_REACHED),
        ("/keys", hostile.body(b"", 500), Reason.DOWN, Found.KEYS_NOT_REACHED),
        ("/keys", hostile.body(b'{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}'), Reason.BAD_TOKEN, Found.NO_KEYS),
        ("/token", hostile.error("invalid_grant"), Reason.CODE_REFUSED, None),
        ("/token", hostile.error("invalid_client", 401), Reason.CLIENT_REFUSED, Found.CLIENT_REFUSED),
        ("/token", hostile.error("redirect_uri_mismatch"), Reason.CLIENT_REFUSED, Found.REDIRECT_REFUSED),
        ("/token", hostile.error("<script>"), Reason.NONSENSE, Found.TOKENS_UNCLEAR),
        ("/token", hostile.error({"a": 1}), Reason.NONSENSE, Found.TOKENS_UNCLEAR),
        ("/token", hostile.error("temporarily_unavailable"), Reason.DOWN, Found.TOKENS_UNCLEAR),
        ("/token", hostile.body(b"no", 503), Reason.DOWN, Found.TOKENS_UNCLEAR),
        ("/token", hostile.body(b"[]"), Reason.NONSENSE, Found.TOKENS_UNCLEAR),
        ("/token", hostile.body(b"{}"), Reason.BAD_TOKEN, Found.TOKENS_UNCLEAR),
        ("/token", hostile.elsewhere, Reason.NONSENSE, Found.TOKENS_UNCLEAR),
        ("/token", hostile.endless, Reason.NONSENSE, Found.TOKENS_UNCLEAR),
    ],
)
def test_an_answer_that_is_none(site, bad, caplog, path, answer, why, found):
    bad.at[path] = answer
    with caplog.at_level(logging.DEBUG, "induction"):
        assert reason(finish, site, bad) is why
        bad.at.setdefault("/token", hostile.error("invalid_grant"))
        assert site.test(bad.provider, BACK, datetime.now(UTC)) == ([Finding(found)] if found else [])
    assert "/elsewhere" not in bad.asked
    for words in ("secret words", "script", bad.provider.client_secret + " ", VERIFIER):
        assert words not in caplog.text


@pytest.mark.parametrize(
    "says, why, found",
    [
        ({"issuer": "https://accounts.google.com"}, Reason.WRONG_ISSUER, Found.OTHER_ISSUER),
        ({"token_endpoint": "http://elsewhere.example/token"}, Reason.NONSENSE, Found.NOT_OPENID),
        ({"jwks_uri": None}, Reason.NONSENSE, Found.NOT_OPENID),
        ({"authorization_endpoint": "javascript:alert(1)"}, Reason.NONSENSE, Found.NOT_OPENID),
        ({"id_token_signing_alg_values_supported": ["HS256", "none"]}, Reason.BAD_TOKEN, Found.NO_SIGNATURE),
        ({"response_types_supported": ["id_token"]}, None, Found.NO_CODE_FLOW),
        ({"code_challenge_methods_supported": ["plain"]}, None, Found.NO_PKCE),
    ],
)
def test_a_provider_that_says_something_wrong_of_itself(site, bad, says, why, found):
    bad.discovery = says
    if why:
        assert reason(finish, site, bad) is why
    bad.at["/token"] = hostile.error("invalid_grant")
    assert site.test(bad.provider, BACK, datetime.now(UTC)) == [Finding(found)]


def test_an_issuer_that_is_nearly_the_one(site, bad):
    """With a slash at its end it is found at the same address, and is another."""
    nearly = replace(bad.provider, issuer=f"{bad.issuer}/")
    assert reason(site.start, nearly, BACK, STATE, NONCE, VERIFIER) is Reason.WRONG_ISSUER


def test_nobody_there(site):
    with Hostile() as gone:
        nowhere = replace(gone.provider, issuer=f"http://127.0.0.1:{free_port()}")
    assert reason(site.start, nowhere, BACK, STATE, NONCE, VERIFIER) is Reason.DOWN
    assert site.test(nowhere, BACK, NOW) == [Finding(Found.NOT_REACHED)]


def test_http_elsewhere_than_here_is_found_in_the_test(site, bad):
    assert site.test(replace(bad.provider, issuer="http://sign-in.school.example"), BACK, NOW) == [Finding(Found.NOT_HTTPS)]


def test_one_that_was_down_is_not_asked_for_a_while(site, bad, clock):
    bad.at[WELL_KNOWN] = hostile.body(b"", 503)
    for _ in range(3):
        assert reason(site.start, bad.provider, BACK, STATE, NONCE, VERIFIER) is Reason.DOWN
    assert bad.asked[WELL_KNOWN] == 1
    bad.at.clear()
    clock.at += openid.DOWN
    assert site.start(bad.provider, BACK, STATE, NONCE, VERIFIER)


@pytest.mark.parametrize("path", [WELL_KNOWN, "/token"])
@pytest.mark.parametrize("answer", [hostile.SLOW_HEAD, hostile.SLOW_BODY], ids=["head", "body"])
def test_one_that_is_slow_is_cut_off_and_holds_no_thread(site, bad, clock, monkeypatch, impatient, path, answer):
    """As many as there are threads, each of which would wait for ever."""
    bad.at[path] = answer
    for _ in range(openid.THREADS):
        assert reason(finish, site, bad) is Reason.SLOW
        clock.at += openid.DOWN
    bad.at.clear()
    monkeypatch.setattr(openid, "WHOLE", 10.0)
    assert isinstance(finish(site, bad).account, Account)


def test_one_that_was_slow_is_not_waited_for_by_everybody(site, bad, monkeypatch):
    finish(site, bad)
    bad.asked.clear()
    bad.at["/token"] = hostile.SLOW_HEAD
    monkeypatch.setattr(openid, "WHOLE", 0.25)
    for _ in range(3):
        assert reason(finish, site, bad) is Reason.SLOW
    assert bad.asked["/token"] == 1


def test_one_that_is_slow_is_told_to_whoever_tests_it(site, bad, impatient):
    bad.at[WELL_KNOWN] = hostile.SLOW_HEAD
    assert site.test(bad.provider, BACK, NOW) == [Finding(Found.TOO_SLOW)]


def test_no_single_wait_is_long_either(site, bad, monkeypatch):
    monkeypatch.setattr(openid_line, "EACH", 0.2)
    never = threading.Event()
    bad.at[WELL_KNOWN] = lambda ask: never.wait(20)
    assert reason(site.start, bad.provider, BACK, STATE, NONCE, VERIFIER) is Reason.SLOW
    never.set()


# By https


def test_a_certificate_that_this_machine_trusts(certificates, monkeypatch, site):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with Hostile(certificates.context()) as safe:
        assert isinstance(finish(site, safe).account, Account)
        monkeypatch.delenv("SSL_CERT_FILE")  # which is read once an hour
        assert isinstance(finish(site, safe).account, Account)


def test_through_the_proxy_of_the_school(certificates, monkeypatch, site):
    """What is there is still who it says: the proxy passes on what it can't read."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with Hostile(certificates.context(2, "DNS:sign-in.school.example")) as far, Proxy(int(far.issuer.rpartition(":")[2])) as proxy:
        far.issuer = "https://sign-in.school.example"
        far.provider = replace(far.provider, issuer=far.issuer)
        monkeypatch.setenv("HTTPS_PROXY", proxy.address)
        assert isinstance(finish(site, far).account, Account)
        assert set(proxy.asked) == {"sign-in.school.example:443"}


@pytest.mark.parametrize("trusted, name", [(False, "IP:127.0.0.1"), (True, "DNS:elsewhere.example")])
def test_a_certificate_of_nobody_or_of_somebody_else(certificates, monkeypatch, site, trusted, name):
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with Hostile(certificates.context(2, name)) as unsafe:
        assert reason(site.start, unsafe.provider, BACK, STATE, NONCE, VERIFIER) is Reason.NOT_TRUSTED
        assert site.test(unsafe.provider, BACK, NOW) == [Finding(Found.CERTIFICATE)]
        assert not unsafe.asked
