"""Signing in elsewhere: each refusal says what happened, that nothing was changed, and what to do."""

from datetime import timedelta

import pytest

from induction.rules import openid
from induction.rules.openid import Finding, Found, Reason, Refusal
from induction.rules.openid_typed import Fault
from induction.wording import openid as wording

GOOGLE = openid.google("id", "secret", "school.example")
MICROSOFT = openid.microsoft("id", "secret", "5f1e7d4a-0c1b-4a6e-9a52-3d0f8f6f7a11")
OTHER = openid.other("Keycloak", "https://sign-in.school.example", "id", "secret")
BACK = "https://induction.school.example/sign-in/from/google"


@pytest.mark.parametrize(
    "refusal, provider, says",
    [
        (
            Refusal.CONSUMER, GOOGLE,
            "That was a personal Google account, and this site knows only accounts of the school. Nothing was changed. Choose"
            " your school’s Google account instead; Google may ask you to sign out of the other one first.",
        ),
        (
            Refusal.OTHER_TENANT, MICROSOFT,
            "That Microsoft account belongs to another school or organisation. Nothing was changed. Choose your"
            " school’s Microsoft account instead.",
        ),
        (
            Refusal.OTHER_DOMAIN, GOOGLE,
            "That Google account has an address of another school or organisation, not of school.example. Nothing was changed."
            " Choose your school’s Google account instead.",
        ),
        (
            Refusal.NOT_PROVED, OTHER,
            "Keycloak does not say that the email address of that account is really yours, so the site can’t go by it. Nothing"
            " was changed. Tell your induction lead, who can see to it. Sign in with your password meanwhile, if you have one.",
        ),
        (
            Refusal.GUEST, MICROSOFT,
            "That account is a guest at the school’s Microsoft; it belongs to another organisation. Nothing was changed."
            " Choose your school’s Microsoft account instead. If you have none, sign in with a password: your induction lead"
            " can send you a link.",
        ),
        (
            Refusal.NO_SUBJECT, OTHER,
            "Keycloak did not say which account that was, so the site can’t tell whose it is. Nothing was changed. Sign in with"
            " your password meanwhile, if you have one. Tell your induction lead.",
        ),
    ],
)  # fmt: skip
def test_an_account_that_may_not_come_in(refusal, provider, says):
    assert wording.refused(refusal, provider) == says


@pytest.mark.parametrize(
    "reason, says",
    [
        (Reason.DOWN, "Google can’t be reached from this site at the moment. Nothing was changed. Try again in a minute."),
        (Reason.SLOW, "Google did not answer in time. Nothing was changed. Try again in a minute."),
        (Reason.NOT_TRUSTED, "The site could not make sure that it was speaking to Google, so it stopped. Nothing was changed."),
        (Reason.WRONG_ISSUER, "The answer names another sender than the Google that this site is set up for"),
        (Reason.BAD_TOKEN, "What Google said of you could not be proved genuine, so it was not believed. Nothing was changed."),
        (Reason.CODE_REFUSED, "Google no longer knows of that sign-in. It may have been used already, or taken too long."),
        (Reason.CLIENT_REFUSED, "Google does not accept this site: how signing in with Google is set up has to be looked at."),
        (Reason.NOT_ANEW, "Google did not ask you again who you are, as it should have before this. Nothing was changed."),
        (Reason.MIXED_UP, "That answer did not come from Google, where you were sent, so it was not used. Nothing was changed."),
        (Reason.NONSENSE, "Google answered something that this site does not understand. Nothing was changed."),
        (Reason.CLOCK, "You were not signed in: the clock of the server that this site runs on seems wrong, so the site can’t"),
    ],
)
def test_what_went_wrong_at_the_provider(reason, says):
    assert wording.fault(reason, GOOGLE).startswith(says)


@pytest.mark.parametrize(
    "off, says",
    [
        (timedelta(minutes=10), "(it is about 10 minutes fast)"),
        (timedelta(minutes=-10, seconds=5), "(it is about 10 minutes slow)"),
        (timedelta(seconds=-20), "(it is about 1 minute slow)"),
        (timedelta(hours=-25), "(it is about 25 hours slow)"),
    ],
)
def test_by_how_much_the_clock_is_wrong(off, says):
    assert f"seems wrong {says}, so" in wording.fault(Reason.CLOCK, GOOGLE, off)
    assert f"differ {says.replace('it', 'this one', 1)}. Whoever" in wording.finding(Finding(Found.CLOCK, off), GOOGLE)


@pytest.mark.parametrize(
    "error, says",
    [
        ("access_denied", "You stopped signing in at Google, or Google does not let you use this site. Nothing was changed."),
        ("login_required", "Google wants to ask you something first. Nothing was changed. Sign in once more"),
        ("server_error", "Google can’t be reached from this site at the moment. Nothing was changed."),
        ("unauthorized_client", "Google does not accept this site"),
        ("unknown", "Google does not accept this site"),
    ],
)
def test_sent_back_with_an_error(error, says):
    assert wording.came_back(error, GOOGLE).startswith(says)


SAID = [
    *(wording.refused(each, provider) for each in Refusal for provider in (GOOGLE, MICROSOFT, OTHER)),
    *(wording.fault(each, OTHER) for each in Reason),
    *(wording.typed(each) for each in Fault),
    *(wording.finding(Finding(each), provider) for each in Found for provider in (GOOGLE, MICROSOFT, OTHER)),
]


def test_each_is_said_calmly_and_to_the_end():
    for said in SAID:
        assert said.endswith(".") and "!" not in said and "  " not in said and "'" not in said, said
        assert "{" not in said and "secret'" not in said
    for said in SAID[: 3 * len(Refusal) + len(Reason)]:
        assert "Nothing was changed." in said


@pytest.mark.parametrize(
    "fault, says",
    [
        (Fault.SECRET_ID, "That is the secret’s ID. Copy what stands under Value beside it; Microsoft shows that only once."),
        (Fault.ANYBODY, "With that word people of any school could come in. Write your school’s own Directory (tenant) ID."),
        (Fault.NOT_HTTPS, "The issuer has to begin with https, or passwords and secrets could be read on the way."),
    ],
)
def test_what_a_lead_typed(fault, says):
    assert wording.typed(fault) == says


@pytest.mark.parametrize(
    "found, provider, says",
    [
        (Found.NOT_REACHED, OTHER, "Keycloak can’t be reached from this server at https://sign-in.school.example."),
        (Found.CLIENT_REFUSED, GOOGLE, "Google refuses the client ID or the client secret. Look at both in Google’s console under Clients"),
        (Found.CLIENT_REFUSED, MICROSOFT, "Microsoft refuses the client ID or the client secret. Look at both at Microsoft under"),
        (Found.CLIENT_REFUSED, OTHER, "Keycloak refuses the client ID or the client secret. Look at both at Keycloak, and copy"),
        (Found.OTHER_ISSUER, OTHER, "At https://sign-in.school.example another issuer answers. Write it letter for letter"),
    ],
)
def test_what_a_test_found(found, provider, says):
    assert wording.finding(Finding(found), provider).startswith(says)


def test_an_address_that_nobody_wrote_is_not_to_be_looked_at():
    assert "Look at how that is written" in wording.finding(Finding(Found.NOT_REACHED), OTHER)
    said = wording.finding(Finding(Found.NOT_REACHED), GOOGLE)
    assert "how that is written" not in said and "The service may reach only this machine until whoever looks after it" in said


def test_what_a_test_can_not_know():
    assert wording.to_check(OTHER, BACK) == [
        f"See that Keycloak has {BACK} as the address to come back to, letter for letter.",
        "See that it says whether an address is proved (email_verified); without that, and with a domain set, nobody gets in.",
        "Then sign in with it once yourself, in a private window.",
    ]
    assert "Internal" in wording.to_check(GOOGLE, BACK)[1] and "this organisational directory only" in wording.to_check(MICROSOFT, BACK)[1]
