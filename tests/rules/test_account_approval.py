"""The register of approved accounts, read like a policy: which account may be used today, and if not, why."""

from datetime import date, timedelta

import pytest

from induction.content.model import Facet, Fact, School, Stance
from induction.rules import account_approval
from induction.rules.account_approval import Need, Reason
from tests.choices import chosen

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
CONTACT = Facet("pupil-contact", "How?", "Why.", (
    Stance("none", "None", "None."),
    Stance("approved-accounts", "Approved accounts", "Approved accounts.", needs="approved-accounts"),
))
PHONES = Facet("phones", "Phones?", "Why.", (Stance("never", "Never", "Never."),))


def standing(**changed):
    fine = {"need": Need.USED, "signed": True, "review_on": TODAY + DAY, "gone": [], "off": None, "today": TODAY}
    return account_approval.standing(**{**fine, **changed})


def test_a_signed_assessment_within_its_time_is_approved():
    found = standing()
    assert found.approved and found.word == "Approved" and not found.sentences and not found.late


WHY_NOT = {
    Reason.UNSIGNED: ({"signed": False}, "It is waiting for the second signature."),
    Reason.PAST: ({"review_on": TODAY - DAY}, "Its review date, 23 November, has passed."),
    Reason.GONE: ({"gone": ["Max Adeyemi"]}, "Max Adeyemi has left."),
    Reason.OFF: (
        {"off": (TODAY - DAY, "A pupil wrote to it.")},
        "It was switched off on Monday 23 November (A pupil wrote to it).",
    ),
    Reason.POLICY: ({"need": Need.NOT_USED}, "Our policy uses no approved accounts."),
}


@pytest.mark.parametrize("reason", WHY_NOT)
def test_what_is_not_approved_says_why(reason):
    changed, sentence = WHY_NOT[reason]
    found = standing(**changed)
    assert not found.approved and found.word == "Not approved now"
    assert found.reasons == (reason,) and found.sentences == (sentence,) and found.short == reason.value
    assert found.late is (reason is Reason.PAST)


def test_every_reason_is_tried():
    assert set(WHY_NOT) == set(Reason)


def test_all_reasons_are_said_at_once():
    found = standing(signed=False, review_on=TODAY - DAY, gone=["Max", "Tess"], off=(TODAY, "Hacked"), need=Need.NOT_CHOSEN)
    assert found.reasons == (Reason.POLICY, Reason.OFF, Reason.GONE, Reason.PAST, Reason.UNSIGNED)
    assert "Max and Tess have left." in found.sentences
    assert found.sentences[0] == "The school has not decided yet whether to use approved accounts."


def test_the_review_date_itself_is_still_in_time():
    assert standing(review_on=TODAY).approved


@pytest.mark.parametrize(
    "choices, expected",
    [
        ({"pupil-contact": "approved-accounts"}, Need.USED),
        ({"pupil-contact": "none"}, Need.NOT_USED),
        ({}, Need.NOT_CHOSEN),
        ({"phones": "never"}, Need.NOT_CHOSEN),
        ({"pupil-contact": "a-stance-of-an-older-release"}, Need.NOT_CHOSEN),
    ],
)
def test_the_register_is_needed_where_a_stance_in_force_says_so(choices, expected):
    assert account_approval.need([PHONES, CONTACT], School("Wrenfield School", choices=chosen(choices))) is expected


def test_where_no_stance_asks_for_a_register_none_is_used():
    assert account_approval.need([PHONES], School("Wrenfield School")) is Need.NOT_USED


def fact(name, value, what):
    return Fact(name, value, what, "its own terms", TODAY)


def test_platforms_are_the_facts_that_hold_a_minimum_age():
    facts = [
        fact("youtube-minimum-age", "13", "YouTube, for an account of one's own"),
        fact("bebo-minimum-age", "thirteen", "Bebo"),
        fact("instagram-minimum-age", "13", "Instagram"),
        fact("whatsapp-age", "13", "WhatsApp"),
    ]
    found = account_approval.platforms({each.name: each for each in facts})
    assert [(each.key, each.name, each.minimum_age) for each in found] == [
        ("instagram-minimum-age", "Instagram", 13), ("youtube-minimum-age", "YouTube", 13),
    ]


def test_an_audience_younger_than_the_platform_allows_is_refused_with_both_ages_and_the_source():
    fault = account_approval.age_fault("Instagram", 13, "Instagram's own terms", 12)
    assert all(words in fault for words in ("12", "13", "Instagram", "Instagram's own terms"))
    assert account_approval.age_fault("Instagram", 13, "Instagram's own terms", 13) is None


@pytest.mark.parametrize(
    "review_on, words",
    [
        (TODAY - DAY, "has passed"),
        (TODAY, None),
        (date(2027, 11, 24), None),
        (date(2027, 11, 25), "up to 24 November 2027"),
    ],
)
def test_a_review_lies_within_a_year(review_on, words):
    fault = account_approval.review_fault(review_on, TODAY)
    assert (words in fault) if words else fault is None


def test_a_year_from_the_29th_of_february_is_the_28th():
    assert account_approval.last_review(date(2028, 2, 29)) == date(2029, 2, 28)
