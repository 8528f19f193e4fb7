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
    assert found.approved and not found.reasons and not found.late


WHY_NOT = {
    Reason.UNSIGNED: {"signed": False},
    Reason.PAST: {"review_on": TODAY - DAY},
    Reason.GONE: {"gone": ["Max Adeyemi"]},
    Reason.OFF: {"off": (TODAY - DAY, "A pupil wrote to it.")},
    Reason.POLICY: {"need": Need.NOT_USED},
}


@pytest.mark.parametrize("reason", WHY_NOT)
def test_what_is_not_approved_has_its_reason(reason):
    found = standing(**WHY_NOT[reason])
    assert not found.approved and found.reasons == (reason,) and found.late is (reason is Reason.PAST)


def test_every_reason_is_tried():
    assert set(WHY_NOT) == set(Reason)


def test_all_reasons_stand_at_once():
    found = standing(signed=False, review_on=TODAY - DAY, gone=["Max", "Tess"], off=(TODAY, "Hacked"), need=Need.NOT_CHOSEN)
    assert found.reasons == (Reason.POLICY, Reason.OFF, Reason.GONE, Reason.PAST, Reason.UNSIGNED)


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


def test_a_year_from_the_29th_of_february_is_the_28th():
    assert account_approval.last_review(date(2028, 2, 29)) == date(2029, 2, 28)
