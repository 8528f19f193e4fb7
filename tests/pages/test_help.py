"""Help now: what it says of its own numbers, and whom it names in each nation."""

import re
from datetime import date

import pytest

from induction.content.model import Fact
from induction.records.school import school
from induction.records.store.database import transaction
from induction.web.public import help
from tests.cast import SCHOOL, WORDS

LOCAL = {
    "social care phone": "01632 960150", "social care out of hours phone": "01632 960151", "adult concerns phone": "01632 960152",
}  # fmt: skip
CALLED = {
    "england": ("Children's social care", "Council's emergency duty team", "Local authority designated officer (LADO)"),
    "scotland": ("Social work", "Social work out of hours", "Council's education service"),
    "northern-ireland": (
        "Gateway team", "Regional Emergency Social Work Service", "Education Authority's Child Protection Support Service",
    ),
}  # fmt: skip


def save(cast, nation="england", **words):
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "nation": nation, "words": {**WORDS, **words}})


def rows(page):
    """What each line of Help is for -> its words."""
    found = [item for item in page.main.all("li") if item.all("strong") and item.all("span")]
    return {item.all("strong")[0].text: item.text for item in found}


OLDEST, NEWEST = date(2026, 3, 2), date(2026, 9, 9)
HELPLINE = Fact("helpline-phone", "0344 381 4772", "A helpline, for you", "its own page", OLDEST)
CHILDLINE = Fact("childline-phone", "0800 1111", "Childline", "its own page", NEWEST)
HOURS = Fact("childline-hours", "day and night", "When", "its own page", None)
ELSEWHERE = Fact("other-phone", "0300 000 0000", "Another", "its own page", date(2020, 1, 1), nations=("wales",))


def test_help_claims_no_fresher_check_than_its_oldest():
    lines, checked = help.helplines_of({each.name: each for each in (HELPLINE, CHILDLINE, ELSEWHERE)}, "england")
    assert len(lines) == 2 and checked == OLDEST
    assert len(help.helplines_of({ELSEWHERE.name: ELSEWHERE}, "wales")[0]) == 1


def test_help_marks_what_nobody_has_looked_up_its_hours_too():
    lines, checked = help.helplines_of({each.name: each for each in (HELPLINE, CHILDLINE, HOURS)}, "england")
    assert [(line.what_for, line.who, line.to_confirm) for line in lines] == [
        ("A helpline", "For you", False), ("Childline", "Day and night", True)
    ]
    assert checked == OLDEST
    assert help.helplines_of({CHILDLINE.name: Fact("a-phone", "1", "A", "s", None)}, "england")[1] is None


def test_help_says_which_helplines_are_to_be_confirmed(cast):
    page = cast.browser().open("/help")
    assert "To be confirmed by your school" in rows(page)["Professionals Online Safety Helpline"]
    assert "To be confirmed" not in rows(page)["NSPCC whistleblowing advice line"]
    said = r"Numbers without that note checked on (\w+ )?28 November 2026\. To be confirmed by your school: nobody has"
    assert re.search(said, page.text)


@pytest.mark.parametrize(("nation", "shown"), [("england", True), ("scotland", True), ("northern-ireland", False)])
def test_a_helpline_stands_where_it_helps(cast, nation, shown):
    save(cast, nation)
    found = rows(cast.browser().open("/help"))
    assert ("Revenge Porn Helpline" in found) is shown
    assert ("Regional Emergency Social Work Service" in found) is not shown


@pytest.mark.parametrize("nation", CALLED)
def test_local_numbers_are_for_anyone_to_ring_under_the_nations_names(cast, nation):
    assert "Local numbers" not in cast.browser().open("/help").text
    save(cast, nation, **LOCAL)
    page = cast.browser().open("/help")
    for name, number in zip(CALLED[nation], LOCAL.values(), strict=True):
        assert number in rows(page)[name] and f'href="tel:{number.replace(" ", "")}"' in page.html
    assert "Priya Nair" not in page.html
    assert page.text.count(CALLED[nation][1]) - rows(page)["Out of hours"].count(CALLED[nation][1]) == 1, "said once"


def test_out_of_hours_there_is_always_somebody(cast):
    assert rows(cast.tess.open("/help"))["Out of hours"] == "Out of hoursPriya Nair on 01632 960145"
    strangers = rows(cast.browser().open("/help"))
    assert "The council's emergency duty team (the number is on the council's website)" in strangers["Out of hours"]
    save(cast, "northern-ireland", **{"out of hours": "", **LOCAL})
    assert "The Regional Emergency Social Work Service on 01632 960151" in rows(cast.tess.open("/help"))["Out of hours"]


@pytest.mark.parametrize(
    ("nation", "title", "chair", "head"),
    [
        ("england", "headteacher", "chair of governors", "head"),
        ("scotland", "headteacher", "head's line manager, or chair of the board", "head"),
        ("northern-ireland", "principal", "chair of the Board of Governors", "principal"),
    ],
)
def test_roles_are_the_nations(cast, nation, title, chair, head):
    save(cast, nation, **{"chair of governors": "Owen Clarke"})
    found = rows(cast.tess.open("/help"))
    assert f"Helen Marsh, {title}" in found["Worried about an adult"]
    assert f"Owen Clarke, {chair}" in found[f"Worried about the {head}"]


def test_settings_speak_as_the_nation_does_and_lose_nothing(cast):
    lou = cast.lou
    page = lou.open("/school/settings")
    assert "Chair of governors: name" in page.text and "Children's social care: telephone" in page.text and "LADO" in page.text
    words = {"chair_of_governors": "Owen Clarke", "data_protection_lead": "Carol Whitfield", "social_care_phone": "01632 960150",
             "social_care_out_of_hours_phone": "01632 960151", "adult_concerns_phone": "01632 960152"}  # fmt: skip
    page = lou.press("Save the settings", nation="scotland", **words)
    for said in ("Head's line manager, or chair of the board: name", "Social work: telephone", "Social work out of hours: telephone"):
        assert said in page.text
    assert "Chair of governors" not in page.text
    assert {name: page.field(name).get("value") for name in words} == words
    page = lou.press("Save the settings", nation="northern-ireland")
    for said in ("Principal: name", "Worries about the principal go to", "Leave it empty where they go to the principal."):
        assert said in page.text
    lou.press("Save the settings", nation="england")
    assert {name: lou.open("/school/settings").field(name).get("value") for name in words} == words
    assert "Carol Whitfield, data protection lead" in rows(cast.tess.open("/help"))["Personal data gone astray"]


def test_leads_see_what_is_to_be_confirmed_with_its_source(cast):
    waiting = cast.programme.facts_to_confirm()
    assert f"{len(waiting)} facts are to be confirmed by your school" in cast.lou.open("/school/overview").text
    text = cast.lou.open("/school/courses").text
    assert all(fact.name in text and fact.source in text for fact in waiting)
    assert "emergency-social-work-phone" not in text


def test_the_form_of_an_account_says_how_far_the_ages_rule_is_known(cast):
    cast.choose(pupil_contact="approved-accounts")
    assert "to be confirmed by your school)" in cast.lou.open("/school/policy/accounts/add").text
