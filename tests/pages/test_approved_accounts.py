"""The register of approved accounts: kept by leads, signed by a second one, read by all staff."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import people
from induction.records.school import approved_accounts
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.roles import Role
from tests.cast import email_of, move_in

LIST = "/school/policy/accounts"
TODAY = calendar.local(datetime.now(UTC)).date()
NEXT = f"{TODAY + timedelta(days=200):%d/%m/%Y}"
ANSWERS = {
    "platform": "Instagram (13 or older)",
    "handle": "@wrenfieldscience",
    "purpose": "To show practical work to families.",
    "closed_platform": "Families of next year’s pupils are not on it.",
    "audience": "Families, and year 12 and 13",
    "youngest": "16",
    "first_responsible": "Max Adeyemi",
    "second_responsible": "Tess Okafor",
    "school_email": "science@wrenfield.example",
    "two_steps": "Yes",
    "device": "Tablet 7 of the science department",
    "handover": "The head of science takes over and changes the password.",
    "messages": "An automatic answer points to the school office",
    "comments": "Each is read before it shows",
    "comments_words": "Max, at 8.30 am and 3.30 pm.",
    "follows": "Museums. No pupils.",
    "tagging": "No tags; first names only.",
    "consent": "Max keeps the list, Tess checks it.",
    "hours": "8 am to 5 pm on school days",
    "live": "Never",
    "incident": "Tell Priya Nair.\nIn the evening ring 01632 960145.",
    "keeping": "Posts go after a year.",
    "accessibility": "Tess writes descriptions.",
    "dpia": "It is done",
    "dpia_words": "On 3 September 2026.",
    "switch_off": "A week without Max or Tess.",
    "review_on": NEXT,
}


@pytest.fixture
def cast(cast):
    """A school whose policy uses approved accounts, with a second lead, Kit."""
    cast.choose(pupil_contact="approved-accounts")
    kit = cast.add("Kit Osei", Role.LEAD)
    secret = people.password_of(cast.records, email_of("lou")).password_hash
    with transaction(cast.records):
        people.set_password(cast.records, kit.id, secret, now=datetime.now(UTC))
    return cast


@pytest.fixture
def kit(cast):
    return cast.sign_in("kit")


def add(cast, **changed):
    cast.lou.open(f"{LIST}/add")
    return cast.lou.press("Save the risk assessment", **{**ANSWERS, **changed})


def sign(browser, account=1, name="Kit Osei"):
    browser.open(f"{LIST}/{account}")
    return browser.press("Sign it off", name=name)


def change(browser, account=1, **changed):
    browser.open(f"{LIST}/{account}/change")
    return browser.press("Save the risk assessment", **changed)


def turn(browser, words, why, account=1):
    browser.open(f"{LIST}/{account}")
    return browser.press(words, why=why)


def add_old(cast, days):
    """Make another account whose review date lies so many days back, signed off while there was time."""
    said = approved_accounts.find(cast.records, 1).latest.said
    with transaction(cast.records):
        old = approved_accounts.add(
            cast.records, replace(said, handle="@old", review_on=TODAY - timedelta(days=days)),
            by=cast.who("lou").id, now=datetime.now(UTC),
        )
        latest = approved_accounts.find(cast.records, old).latest.id
        approved_accounts.sign(cast.records, old, latest, typed_name="Kit", by=cast.who("kit").id, now=datetime.now(UTC))


def kept(cast):
    return {
        table: cast.records.value(f"select count(*) from {table}")
        for table in ("accounts", "assessments", "assessment_signatures", "accounts_switched_off")
    }


# From the empty list to an approved account


def test_the_empty_list_says_what_to_do(cast):
    page = cast.lou.open(LIST)
    assert page.heading == "Approved accounts" and "No accounts yet" in page.text
    assert cast.lou.press("Add an account").heading == "Add an account"


def test_the_form_shows_the_facts_it_stands_on(cast):
    page = cast.lou.open(f"{LIST}/add")
    facts = cast.programme.library.facts
    assert facts["under-16-rules"].value in page.text
    offered = [each.text for each in page.field("platform").all("option")]
    assert "Instagram (13 or older)" in offered and "YouTube (13 or older)" in offered and offered[-1] == "Another platform"


def test_an_account_is_approved_once_a_second_lead_has_signed(cast, kit):
    page = add(cast)
    assert page.is_at(f"{LIST}/1") and page.heading == "@wrenfieldscience on Instagram"
    assert "Not approved now" in page.text and "waiting for the second signature" in page.text
    assert "Kit Osei" in page.text and not page.has_button("Sign it off")  # Lou wrote it
    page = sign(kit)
    assert page.is_at(f"{LIST}/1") and "Signed off. It is approved until" in page.text
    assert "Not approved now" not in page.text and "Signed off by Kit Osei" in page.text
    page = cast.tess.open("/policy/accounts")
    for words in ("@wrenfieldscience", "Instagram", "practical work", "Max Adeyemi and Tess Okafor", "Approved since"):
        assert words in page.text
    assert "Not approved now" not in page.text


def test_the_page_says_all_that_was_written(cast):
    page = add(cast)
    skipped = {"platform", "youngest", "review_on"}
    for name, words in ANSWERS.items():
        assert " ".join(words.split()) in page.text or name in skipped, name
    assert "Instagram, for 13 and older" in page.text and "Hours in which it is used" in page.text


def test_the_overview_says_to_whoever_may_sign_that_an_account_waits(cast, kit):
    add(cast)
    assert "waits for you" not in cast.lou.open("/school/overview").text, "nobody signs off their own"
    assert "1 account waits for you to sign it off" in kit.open("/school/overview").text
    sign(kit)
    assert "for you to sign it off" not in kit.open("/school/overview").text


def test_the_paper_holds_what_a_second_person_signs(cast):
    page = add(cast)
    paper = next(each for each in page.main.walk() if each.get("class") == "only-print")
    assert "I have read this risk assessment" in paper.text and "Lou Hartley" in paper.text
    assert "Wrenfield School" in paper.text and "number 1" in paper.text and str(TODAY.year) in paper.text
    signed = [each.all("th")[0].text for each in paper.all("tr")[1:]]
    assert signed == ["Written", "Signed off"]
    assert [each.text for each in paper.all("tr")[2].all("td")] == ["", "", ""]  # room to sign
    assert page.main.all("form") == []  # what is done on the screen stands beside the paper


def test_what_waits_is_apart_in_the_register_of_staff(cast, kit):
    add(cast)
    page = cast.tess.open("/policy/accounts")
    assert "None is approved now" in page.text and "Nobody uses these until they are approved" in page.text
    assert "Waiting to be signed off" in page.text
    sign(kit)
    turn(cast.lou, "Switch it off", "A pupil wrote to it")
    page = cast.tess.open("/policy/accounts")
    assert "Switched off" in page.text and "Approved now" not in page.text and "A pupil wrote" not in page.text


def test_past_its_review_an_account_rests(cast, kit):
    add(cast)
    add_old(cast, 1)
    page = cast.tess.open("/policy/accounts")
    assert "Review date passed" in page.text and "@old" in page.text and "Approved now" not in page.text
    page = cast.lou.open(f"{LIST}/2")
    assert "Not approved now" in page.text and "has passed" in page.text
    assert "Review date passed" in cast.lou.open(LIST).text


def test_when_somebody_responsible_leaves_the_account_rests(cast, kit):
    add(cast)
    sign(kit)
    with transaction(cast.records):
        people.deactivate(cast.records, cast.who("max").id, now=datetime.now(UTC))
    assert "Max Adeyemi has left" in cast.lou.open(f"{LIST}/1").text
    assert "Not approved now" in cast.tess.open("/policy/accounts").text
    page = cast.lou.open(f"{LIST}/1/change")
    assert page.field("first_responsible").all("option")[0].text == "Choose a person"
    assert "Max Adeyemi" not in page.field("second_responsible").text


def test_another_platform_has_its_name_and_age_typed_in(cast):
    page = add(cast, platform="Another platform", other_platform="Wrenchat", other_minimum_age="16")
    assert page.heading == "@wrenfieldscience on Wrenchat" and "for 16 and older" in page.text
    page = cast.lou.open(f"{LIST}/1/change")
    assert page.field("other_platform").get("value") == "Wrenchat" and page.field("other_minimum_age").get("value") == "16"


def test_a_minimum_age_that_has_gone_up_since_is_pointed_out(cast):
    assert "minimum age has changed" not in add(cast).text
    said = replace(approved_accounts.find(cast.records, 1).latest.said, minimum_age=10, youngest=11)
    with transaction(cast.records):
        approved_accounts.change(cast.records, 1, said, based_on=1, by=cast.who("lou").id, now=datetime.now(UTC))
    page = cast.lou.open(f"{LIST}/1")
    assert "minimum age has changed" in page.text and "would be 11, and Instagram asks for 13" in page.text


# What is refused, in words


YESTERDAY = f"{TODAY - timedelta(days=1):%d/%m/%Y}"
OVER_A_YEAR = f"{TODAY + timedelta(days=370):%d/%m/%Y}"
REFUSED = {
    "no second person": ({"second_responsible": ""}, "nobody looks after an account alone"),
    "the same person twice": ({"second_responsible": "Max Adeyemi"}, "the same person twice"),
    "a review in the past": ({"review_on": YESTERDAY}, "That day has passed"),
    "a review in over a year": ({"review_on": OVER_A_YEAR}, "more than a year away"),
    "a review that is no day": ({"review_on": "30/02/2027"}, "Write the date as"),
    "an audience too young": ({"youngest": "12"}, "would be 12, and Instagram asks for 13 or older (Instagram's own terms)"),
    "an age in words": ({"youngest": "fifteen"}, "Write an age in years"),
    "an age below nothing": ({"youngest": "-1"}, "Write an age in years"),
    "another platform without a name": ({"platform": "Another platform", "other_minimum_age": "13"}, "platform’s name"),
    "another platform without an age": ({"platform": "Another platform", "other_platform": "Wrenchat"}, "its minimum age"),
    "too young for another platform": (
        {"platform": "Another platform", "other_platform": "Wrenchat", "other_minimum_age": "18"}, "Wrenchat asks for 18",
    ),
    "another way, without which": ({"messages": "Another way"}, "you chose “Another way”"),
    "comments that nobody reads": ({"comments_words": ""}, "you chose “Each is read before it shows”"),
    "no word on the impact assessment": ({"dpia_words": ""}, "you chose “It is done”"),
    "no email": ({"school_email": "science"}, "Write an email address"),
    "words that are too long": ({"purpose": "long " * 201}, "Use at most 1,000 characters"),
    "a name that is too long": ({"handle": "@" + "a" * 100}, "Use at most 100 characters"),
    "a NUL": ({"incident": "a\0b"}, "can't be stored"),
    "spaces alone": ({"handle": "   "}, "Write the account’s name"),
    "lines of nothing": ({"purpose": "\r\n \r\n"}, "Write what the account is for"),
    "a review on no day": ({"review_on": "  "}, "Write the review date"),
}


@pytest.mark.parametrize("changed, words", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(cast, changed, words):
    before = kept(cast)
    page = add(cast, **changed)
    assert page.status == 200 and any(words in each for each in page.problems), page.problems
    assert len(page.problems) == 1 and "Nothing you typed is lost" in page.text
    assert page.field("device").get("value") == ANSWERS["device"] and kept(cast) == before
    assert page.field("consent").text == ANSWERS["consent"]


def test_an_empty_form_names_each_field(cast):
    page = cast.lou.open(f"{LIST}/add")
    page = cast.lou.press("Save the risk assessment")
    assert page.status == 200 and len(page.problems) == len(ANSWERS) - 2  # words that no choice asks for
    assert kept(cast)["accounts"] == 0


def test_choices_that_are_not_offered_are_refused(cast):
    ana = str(cast.who("ana").id)  # she has left
    values = {**ANSWERS, "platform": "bebo", "first_responsible": ana, "second_responsible": "x", "two_steps": "perhaps"}
    page = cast.lou.send(f"{LIST}/add", values)
    assert page.status == 200 and kept(cast)["accounts"] == 0
    assert {"Choose one of these.", "That person is not here any more; choose somebody else."} <= set(page.problems)


def test_html_is_shown_as_it_was_typed(cast):
    page = add(cast, purpose="<script>alert(1)</script>\n{{ config }}", handle='"><h1>')
    assert "<script>alert(1)</script>" in page.text and page.heading == '"><h1> on Instagram' and "{{ config }}" in page.text


def test_lines_stay_lines(cast):
    add(cast)
    said = approved_accounts.find(cast.records, 1).latest.said
    assert said.answers["incident"] == ANSWERS["incident"]


def test_who_sends_the_form_does_not_say_who_wrote_it(cast):
    add(cast)
    values = {"written_by": cast.who("kit").id, "by": cast.who("kit").id, "name": "Lou", "assessment": 1}
    page = cast.lou.send(f"{LIST}/1/sign", values)
    assert "another lead" in page.text and kept(cast)["assessment_signatures"] == 0


def test_words_that_no_choice_asks_for_are_not_kept(cast):
    add(cast, comments="Switched off", comments_words="Somebody or other.")
    assert "Somebody or other" not in cast.lou.open(f"{LIST}/1").text


def test_the_same_account_is_not_put_there_twice(cast):
    assert add(cast).is_at(f"{LIST}/1")
    assert add(cast).is_at(f"{LIST}/1")  # sent twice
    page = add(cast, youngest="17")
    assert "on the register already" in page.problems[0] and kept(cast)["accounts"] == 1


# Changing


def test_a_changed_assessment_needs_a_new_signature(cast, kit):
    add(cast)
    sign(kit)
    page = cast.lou.open(f"{LIST}/1/change")
    assert page.field("handle").get("value") == "@wrenfieldscience" and page.field("review_on").get("value") == NEXT
    page = change(cast.lou, youngest="14")
    assert page.is_at(f"{LIST}/1") and "waiting for the second signature" in page.text and "14" in page.text
    earlier = page.link(next(each.text for each in page.document.all("a") if "signed off by Kit Osei" in each.text))
    page = cast.lou.open(earlier.get("href"))
    assert "an earlier risk assessment" in page.text and "Not approved now" not in page.text
    page = sign(kit)
    assert "approved until" in page.text and kept(cast)["assessment_signatures"] == 2


def test_a_second_lead_meanwhile_is_told_of_and_nothing_typed_is_lost(cast, kit):
    add(cast)
    cast.lou.open(f"{LIST}/1/change")
    change(kit, hours="9 am to 3 pm")
    page = cast.lou.press("Save the risk assessment", device="Tablet 9")
    assert page.status == 200 and "Kit Osei changed it today" in page.text and "Nothing you typed is lost" in page.text
    assert page.field("device").get("value") == "Tablet 9" and "9 am to 3 pm" in page.text
    theirs = next(each for each in page.main.walk() if each.get("id") == "theirs")
    assert "9 am to 3 pm" in theirs.text and ANSWERS["device"] not in theirs.text  # what changed, and only that
    assert approved_accounts.find(cast.records, 1).latest.said.answers["device"] == ANSWERS["device"]
    page = cast.lou.press("Save the risk assessment")  # having read it, Lou means it
    assert page.is_at(f"{LIST}/1") and "Tablet 9" in page.text


def test_nonsense_for_what_a_change_is_based_on_is_refused(cast):
    add(cast)
    cast.lou.open(f"{LIST}/1/change")
    for nonsense in ("", "x", "9" * 5000, str(2**63), "-1"):
        page = cast.lou.press("Save the risk assessment", based_on=nonsense)
        assert page.status == 200 and "Not saved yet" in page.text
    assert kept(cast)["assessments"] == 1


def test_what_cannot_be_is_refused_in_a_change_too(cast):
    add(cast)
    page = change(cast.lou, youngest="12")
    assert "asks for 13" in page.problems[0] and kept(cast)["assessments"] == 1


# Signing


def test_a_signature_is_of_what_was_read(cast, kit):
    add(cast)
    kit.open(f"{LIST}/1")
    change(cast.lou, youngest="14")
    page = kit.press("Sign it off", name="Kit Osei")
    assert "changed after you opened this page" in page.text and kept(cast)["assessment_signatures"] == 0
    assert page.field("name").get("value") == "Kit Osei"
    assert "approved until" in kit.press("Sign it off").text


@pytest.mark.parametrize(
    "name, words",
    [
        ("", "Type your name"), ("  ", "Type your name"), ("\u200b", "Type your name"), ("a\0", "can't be stored"),
        ("a" * 121, "at most 120"), ("…", "letters"),
    ],
)
def test_a_signature_has_a_name(cast, kit, name, words):
    add(cast)
    page = sign(kit, name=name)
    assert page.status == 200 and words in page.problems[0] and kept(cast)["assessment_signatures"] == 0


def test_pressing_twice_signs_once(cast, kit):
    add(cast)
    sign(kit)
    page = kit.send(f"{LIST}/1/sign", {"name": "Kit Osei", "assessment": "1"})
    assert "approved until" in page.text and kept(cast)["assessment_signatures"] == 1


def test_without_a_second_lead_it_says_what_to_do(cast):
    add(cast)
    with transaction(cast.records):
        people.deactivate(cast.records, cast.who("kit").id, now=datetime.now(UTC))
    assert "Make somebody a lead under People" in cast.lou.open(f"{LIST}/1").text


# Switching off


def test_switched_off_and_on_again(cast, kit):
    add(cast)
    sign(kit)
    page = turn(cast.lou, "Switch it off", "A pupil wrote to it")
    assert "Switched off." in page.text and "A pupil wrote to it" in page.text and "Not approved now" in page.text
    page = turn(kit, "Switch it on again", "Messages are off now")
    assert "Switched on again. It is approved until" in page.text
    told = page.document.all("aside")[0].text
    assert "On again" in told and "Kit Osei: Messages are off now" in told and "Lou Hartley: A pupil wrote to it" in told


def test_switching_needs_a_reason_and_twice_is_once(cast):
    add(cast)
    for why in ("", "  "):
        page = turn(cast.lou, "Switch it off", why)
        assert page.problems == ["Write why."] and kept(cast)["accounts_switched_off"] == 0
    for _ in range(2):
        cast.lou.send(f"{LIST}/1/switch", {"off": "1", "why": "Hacked"})
    assert kept(cast)["accounts_switched_off"] == 1


# Where the policy uses none


def test_where_the_policy_uses_none_no_account_is_approved(cast, kit):
    add(cast)
    sign(kit)
    cast.choose(pupil_contact="none")
    page = cast.tess.open("/policy/accounts")
    assert "uses none" in page.text and "@wrenfieldscience" not in page.text
    page = cast.lou.open(LIST)
    assert "Our policy uses no approved accounts" in page.text and "Not approved now" in page.text
    assert "Not approved now" in cast.lou.open(f"{LIST}/1").text


def test_until_the_school_decides_none_are_used(app, template, tmp_path):
    undecided = move_in(app, template, tmp_path / "undecided")
    page = undecided.tess.open("/policy/accounts")
    assert "has not decided yet" in page.text and "none are used" in page.text and "Our policy at" not in page.text
    assert "has not decided yet" in undecided.lou.open(LIST).text
    undecided.records.close()


# Wrong person, wrong method, missing thing


def test_only_leads_keep_the_register(cast):
    add(cast)
    before = kept(cast)
    for path in (LIST, f"{LIST}/add", f"{LIST}/1", f"{LIST}/1/change"):
        for browser in (cast.tess, cast.max):
            assert browser.open(path).status == 404
        assert cast.browser().open(path).is_at("/sign-in")
    for path in (f"{LIST}/add", f"{LIST}/1/change", f"{LIST}/1/sign", f"{LIST}/1/switch"):
        assert cast.max.send(path, {"name": "Max", "why": "x", "assessment": "1", "off": "1"}).status == 404
    assert kept(cast) == before and "Keep the register" not in cast.max.open("/policy/accounts").html
    assert cast.lou.open("/policy/accounts").has_link("Keep the register")


def test_the_register_is_for_staff(cast):
    assert cast.browser().open("/policy/accounts").is_at("/sign-in")
    for browser in (cast.tess, cast.max, cast.lou):
        assert browser.open("/policy/accounts").status == 200


def test_wrong_methods_and_forged_forms_change_nothing(cast, kit):
    add(cast)
    before = kept(cast)
    for path in (f"{LIST}/1/sign", f"{LIST}/1/switch"):
        assert kit.open(path).status == 405
    for path in (LIST, f"{LIST}/1", "/policy/accounts"):
        assert kit.send(path, {}).status == 405
    for path, fields in ((f"{LIST}/1/sign", {"name": "Kit", "assessment": "1"}), (f"{LIST}/1/switch", {"why": "x"})):
        assert kit.send(path, fields, token=False).status == 400
    assert kept(cast) == before


@pytest.mark.parametrize("id", ["2", str(2**63), "9" * 5000, "0", "x"])
def test_what_is_not_there_is_said_in_words(cast, id):
    add(cast)
    for path in ("", "/change"):
        assert cast.lou.open(f"{LIST}/{id}{path}").status == 404
    for path in ("/change", "/sign", "/switch"):
        assert cast.lou.send(f"{LIST}/{id}{path}", {**ANSWERS, "name": "Lou", "why": "x"}).status == 404
    assert cast.lou.open(f"{LIST}/1?assessment={id}").status == 404
