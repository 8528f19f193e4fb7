"""Accounts elsewhere: which of them are the school's own; and what a lead types to set it up."""

from dataclasses import replace

import pytest

from induction.rules import openid
from induction.rules.openid import Account, Provider, ProviderKind, Refusal, account_from
from induction.rules.openid_typed import Fault, faults

TENANT = "5f1e7d4a-0c1b-4a6e-9a52-3d0f8f6f7a11"
WHO = "11111111-2222-4333-8444-555555555555"
GOOGLE = openid.google(" id ", " secret ", "@School.example")
MICROSOFT = openid.microsoft("id", "secret", f" {TENANT.upper()} ")
OTHER = openid.other("Keycloak", "https://sign-in.school.example/realms/staff", "id", "secret")
AT_SCHOOL = replace(OTHER, domain="school.example")

IN_GOOGLE = {"sub": "123", "hd": "school.example", "email": "Tess@School.example", "email_verified": True, "name": "Tess Okafor"}
IN_MICROSOFT = {
    "iss": MICROSOFT.issuer, "sub": "of this app", "tid": TENANT, "oid": WHO, "name": "Tess Okafor",
    "preferred_username": "tess@school.example",
}  # fmt: skip
IN_OTHER = {"sub": "123", "email": "tess@school.example", "email_verified": True, "name": "Tess Okafor"}


def but(claims, **other):
    return {name: value for name, value in (claims | other).items() if value is not None}


def test_the_usual_issuers():
    assert GOOGLE == Provider(ProviderKind.GOOGLE, "Google", "https://accounts.google.com", "id", "secret", "school.example")
    assert MICROSOFT.issuer == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert "secret'" not in repr(GOOGLE)


def test_an_account_of_each():
    assert account_from(IN_GOOGLE, GOOGLE) == Account(GOOGLE.issuer, "123", "tess@school.example", True, "Tess Okafor")
    assert account_from(IN_MICROSOFT, MICROSOFT) == Account(
        MICROSOFT.issuer, f"{TENANT}.{WHO}", "tess@school.example", True, "Tess Okafor"
    )  # fmt: skip
    assert account_from(IN_OTHER, OTHER) == Account(OTHER.issuer, "123", "tess@school.example", True, "Tess Okafor")


@pytest.mark.parametrize(
    "claims, refusal",
    [
        ({"sub": None}, Refusal.NO_SUBJECT),
        ({"sub": " "}, Refusal.NO_SUBJECT),
        ({"sub": 123}, Refusal.NO_SUBJECT),
        ({"sub": "1" * 256}, Refusal.NO_SUBJECT),
        ({"hd": None}, Refusal.CONSUMER),
        ({"hd": ""}, Refusal.CONSUMER),
        ({"hd": ["school.example"]}, Refusal.CONSUMER),
        ({"hd": "sub.school.example"}, Refusal.OTHER_DOMAIN),
        ({"hd": "school.example.evil.example"}, Refusal.OTHER_DOMAIN),
        ({"email_verified": None}, Refusal.NOT_PROVED),
        ({"email_verified": False}, Refusal.NOT_PROVED),
        ({"email_verified": "false"}, Refusal.NOT_PROVED),
        ({"email_verified": 1}, Refusal.NOT_PROVED),
        ({"email": None}, Refusal.NOT_PROVED),
        ({"email": "no address"}, Refusal.NOT_PROVED),
    ],
)
def test_googles_that_are_refused(claims, refusal):
    assert account_from(but(IN_GOOGLE, **claims), GOOGLE) is refusal


def test_googles_domain_in_other_letters_is_the_same_and_none_lets_nobody_in():
    assert isinstance(account_from(but(IN_GOOGLE, hd="SCHOOL.Example", email_verified="true"), GOOGLE), Account)
    assert account_from(IN_GOOGLE, replace(GOOGLE, domain="")) is Refusal.OTHER_DOMAIN


@pytest.mark.parametrize(
    "claims, refusal",
    [
        ({"sub": None}, Refusal.NO_SUBJECT),
        ({"oid": None}, Refusal.NO_SUBJECT),
        ({"oid": "../x"}, Refusal.NO_SUBJECT),
        ({"tid": None}, Refusal.OTHER_TENANT),
        ({"tid": openid.AT_HOME}, Refusal.CONSUMER),
        ({"tid": WHO}, Refusal.OTHER_TENANT),
        ({"idp": "https://sts.windows.net/77777777-0c1b-4a6e-9a52-3d0f8f6f7a11/"}, Refusal.GUEST),
        ({"idp": "live.com"}, Refusal.GUEST),
        ({"acct": 1}, Refusal.GUEST),
        ({"acct": "1"}, Refusal.GUEST),
    ],
)
def test_microsofts_that_are_refused(claims, refusal):
    assert account_from(but(IN_MICROSOFT, **claims), MICROSOFT) is refusal


@pytest.mark.parametrize(
    "claims",
    [{"acct": 0}, {"idp": MICROSOFT.issuer}, {"idp": f"https://sts.windows.net/{TENANT}/"}, {"tid": TENANT.upper()}],
)
def test_microsofts_that_are_members(claims):
    assert isinstance(account_from(but(IN_MICROSOFT, **claims), MICROSOFT), Account)


def test_microsofts_address_is_the_email_or_else_the_name_one_signs_in_with():
    assert account_from(but(IN_MICROSOFT, email="t.okafor@school.example"), MICROSOFT).address == "t.okafor@school.example"
    nameless = account_from(but(IN_MICROSOFT, preferred_username="tess"), MICROSOFT)
    assert (nameless.address, nameless.address_is_proved) == ("", False)
    assert account_from(IN_MICROSOFT, replace(MICROSOFT, domain="")) is Refusal.OTHER_TENANT


@pytest.mark.parametrize("verified", [None, False, "yes"])
def test_an_address_elsewhere_that_is_not_proved(verified):
    account = account_from(but(IN_OTHER, email_verified=verified), OTHER)
    assert (account.address, account.address_is_proved) == ("tess@school.example", False)
    assert account_from(but(IN_OTHER, email_verified=verified), AT_SCHOOL) is Refusal.NOT_PROVED


def test_anothers_domain_where_the_school_named_one():
    assert isinstance(account_from(IN_OTHER, AT_SCHOOL), Account)
    for address in ("tess@elsewhere.example", "tess@sub.school.example", "tess@myschool.example"):
        assert account_from(but(IN_OTHER, email=address), AT_SCHOOL) is Refusal.OTHER_DOMAIN
        assert isinstance(account_from(but(IN_OTHER, email=address), OTHER), Account)
    account = account_from(but(IN_OTHER, email=None), OTHER)
    assert (account.address, account.address_is_proved) == ("", False)


@pytest.mark.parametrize(
    "said, name",
    [
        ({"name": "  Tess \t Okafor "}, "Tess Okafor"),
        ({"name": ""}, ""),
        ({"name": None}, ""),
        ({"name": None, "given_name": "Tess", "family_name": "Okafor"}, "Tess Okafor"),
        ({"name": "", "given_name": "Tess"}, "Tess"),
        ({"name": 7, "given_name": ["Tess"]}, ""),
        ({"name": "x" * 5000}, ""),
        ({"name": "Tess\u202e Okafor\x00", "given_name": "Tess"}, "Tess"),
        ({"name": "---"}, ""),
    ],
)
def test_whatever_the_name_is_it_keeps_nobody_out(said, name):
    assert account_from(but(IN_OTHER, **said), OTHER).name == name


@pytest.mark.parametrize(
    "iss, promised, is_so",
    [
        (GOOGLE.issuer, False, True),
        (GOOGLE.issuer, True, True),
        (None, False, True),
        (None, True, False),
        ("", False, False),
        (GOOGLE.issuer + "/", False, False),
        (MICROSOFT.issuer, False, False),
    ],
)
def test_whose_an_answer_in_the_browser_is(iss, promised, is_so):
    assert openid.is_the_issuers(GOOGLE, iss, promised) is is_so


@pytest.mark.parametrize(
    "code, safe",
    [("access_denied", "access_denied"), ("", "unknown"), ("<b>", "unknown"), (None, "unknown"), ("x" * 41, "unknown"), ("a\n", "unknown")],
)
def test_the_code_of_an_error_as_it_is_logged(code, safe):
    assert openid.safe_error(code) == safe


@pytest.mark.parametrize(
    "address, issuer, safe",
    [
        ("https://a.example/x", "https://b.example", True),
        ("http://a.example/x", "https://a.example", False),
        ("http://127.0.0.1:8/x", "http://127.0.0.1:9", True),
        ("http://[::1]:8/x", "http://localhost:9", True),
        ("http://127.0.0.1/x", "https://a.example", False),
        ("http://localhost.evil.example/x", "http://localhost", False),
        ("https:///x", "https://a.example", False),
        ("javascript:alert(1)", "https://a.example", False),
        ("http://[::1", "http://localhost", False),
    ],
)
def test_where_secrets_may_go(address, issuer, safe):
    assert openid.is_safe(address, issuer) is safe


def google(client_id="id", secret="secret", domain="school.example"):
    return openid.google(client_id, secret, domain)


def microsoft(tenant=TENANT, secret="secret"):
    return openid.microsoft("id", secret, tenant)


def other(issuer="https://sign-in.school.example/realms/staff", domain="", secret=""):
    return openid.other("Keycloak", issuer, "id", secret, domain)


@pytest.mark.parametrize(
    "provider, found",
    [
        (google(), {}),
        (google(" ", "", ""), {"client_id": Fault.NO_CLIENT_ID, "client_secret": Fault.NO_SECRET, "domain": Fault.NO_DOMAIN}),
        (google("x" * 301), {"client_id": Fault.TOO_LONG}),
        (google(secret="x" * 301), {"client_secret": Fault.TOO_LONG}),
        (google(domain="school"), {"domain": Fault.NOT_A_DOMAIN}),
        (google(domain="https://school.example"), {"domain": Fault.NOT_A_DOMAIN}),
        (google(domain="lou@school.example"), {"domain": Fault.NOT_A_DOMAIN}),
        (google(domain="a." * 200 + "example"), {"domain": Fault.NOT_A_DOMAIN}),
        (google(domain="Gmail.com"), {"domain": Fault.CONSUMER_DOMAIN}),
        (microsoft(), {}),
        (microsoft(""), {"domain": Fault.NO_TENANT}),
        (microsoft("Common"), {"domain": Fault.ANYBODY}),
        (microsoft("organizations"), {"domain": Fault.ANYBODY}),
        (microsoft("consumers"), {"domain": Fault.ANYBODY}),
        (microsoft(openid.AT_HOME), {"domain": Fault.CONSUMER_TENANT}),
        (microsoft("school.onmicrosoft.com"), {"domain": Fault.TENANT_IS_A_NAME}),
        (microsoft("our tenant"), {"domain": Fault.NOT_A_TENANT}),
        (microsoft(secret=""), {"client_secret": Fault.NO_SECRET}),
        (microsoft(secret=WHO), {"client_secret": Fault.SECRET_ID}),
        (other(), {}),
        (other("http://127.0.0.1:8080/realms/staff"), {}),
        (other("https://school.example/", "school.example", "secret"), {}),
        (other(""), {"issuer": Fault.NO_ISSUER}),
        (other("sign-in.school.example"), {"issuer": Fault.NOT_AN_ISSUER}),
        (other("https://a.example/?x=1"), {"issuer": Fault.NOT_AN_ISSUER}),
        (other("https://a.example/#x"), {"issuer": Fault.NOT_AN_ISSUER}),
        (other("https://lou:secret@a.example/"), {"issuer": Fault.NOT_AN_ISSUER}),
        (other("https://a.example:port/"), {"issuer": Fault.NOT_AN_ISSUER}),
        (other("https://[a/"), {"issuer": Fault.NOT_AN_ISSUER}),
        (other("https://a.example/a b"), {"issuer": Fault.NOT_AN_ISSUER}),
        (other("https://a.example/" + "x" * 300), {"issuer": Fault.TOO_LONG}),
        (other("http://sign-in.school.example"), {"issuer": Fault.NOT_HTTPS}),
        (other("https://a.example/.well-known/openid-configuration"), {"issuer": Fault.WELL_KNOWN}),
        (other("https://accounts.google.com"), {"issuer": Fault.IS_GOOGLE}),
        (other("https://Login.MicrosoftOnline.com/common/v2.0"), {"issuer": Fault.IS_MICROSOFT}),
        (other(domain="school"), {"domain": Fault.NOT_A_DOMAIN}),
        (other(domain="gmail.com"), {"domain": Fault.CONSUMER_DOMAIN}),
    ],
)
def test_what_a_lead_types(provider, found):
    assert faults(provider) == found
