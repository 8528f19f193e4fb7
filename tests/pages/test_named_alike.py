"""Two who are named alike: wherever people stand in a list or a choice, their addresses stand beside."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.records.people import people
from induction.records.people.person import Details
from induction.records.policy import acknowledgements
from induction.records.policy.acknowledgements import Signed
from induction.records.school import approved_accounts
from induction.records.school.approved_accounts import Said
from induction.records.store.database import transaction
from induction.rules.roles import Role
from tests.cast import Cast
from tests.records.making import make_so
from tests.walking import walk

OTHERS = {"sam.reed@wrenfield.example": "Sam Reed", "reed.s@wrenfield.example": "Sam  Réed", "j.smith@wrenfield.example": "Jo Smith",
          "jan@wrenfield.example": "Jan Smith"}  # fmt: skip
REEDS = ["Sam Reed, sam.reed@wrenfield.example", "Sam Réed, reed.s@wrenfield.example"]  # as a page shows them


@pytest.fixture
def alike(cast) -> Cast:
    """Two Sam Reeds, teachers of Max, and two J. Smiths."""
    mentor = cast.who("max").id
    with transaction(cast.records):
        for email, name in OTHERS.items():
            people.add(
                cast.records, Details(email, name, Role.TEACHER, mentor_id=mentor, due=date.today() + timedelta(days=3)),
                now=datetime.now(UTC),
            )
    return cast


def make(cast: Cast, role: Role) -> None:
    with transaction(cast.records):
        for email in OTHERS:
            make_so(cast.records, people.by_email(cast.records, email), role=role)


def choice(page, name: str) -> list[str]:
    return [option.text for option in page.field(name).all("option")]


def test_in_the_choice_of_a_mentor(alike):
    make(alike, Role.MENTOR)
    offered = choice(alike.lou.open("/school/people/add"), "mentor")
    assert [each for each in offered if "Sam R" in each] == REEDS
    assert "Jo Smith" in offered and "Max Adeyemi" in offered


def test_in_the_list_of_people(alike):
    make(alike, Role.MENTOR)
    reed = people.by_email(alike.records, "reed.s@wrenfield.example")
    with transaction(alike.records):
        make_so(alike.records, alike.who("sam"), mentor_id=reed.id)
    row = next(each.text for each in alike.lou.open("/school/people").main.all("tr") if "Sam Price" in each.text)
    assert "Sam Réed, reed.s@wrenfield.example" in row


def test_in_the_overview(alike):
    page = alike.lou.open("/school/overview")
    heads = [each.text for each in page.main.all("th") if each.get("scope") == "row"]
    assert {*REEDS, "Jo Smith", "Jan Smith", "Tess Okafor"} <= set(heads)
    [found] = [each.text for each in alike.lou.open("/school/overview?search=reed.s@").main.all("th") if "Réed" in each.text]
    assert found == "Sam Réed, reed.s@wrenfield.example"  # though the other stands on another page


def test_among_my_teachers(alike):
    page = alike.max.open("/mentor/")
    links = [each.text for each in page.main.all("a")]
    assert {*REEDS, "Jo Smith", "Tess Okafor"} <= set(links)


def test_among_those_who_have_read_the_policy(alike):
    alike.choose(pupil_contact="none")
    version, sha256 = alike.records.row("select max(version) as version, sha256 from policy_versions").values()
    with transaction(alike.records):
        for email in OTHERS:
            person = people.by_email(alike.records, email).id
            acknowledgements.acknowledge(alike.records, Signed(person, version, sha256, "S", datetime.now(UTC)))
    text = alike.lou.open("/school/policy/readers?show=done").text
    assert all(each in text for each in REEDS) and "Jo Smith" in text
    left = alike.lou.open("/school/policy/readers?show=left").text
    assert "tess@wrenfield.example" in left


def test_on_the_register_of_accounts(alike):
    alike.choose(pupil_contact="approved-accounts")
    offered = choice(alike.lou.open("/school/policy/accounts/add"), "first_responsible")
    assert set(REEDS) <= set(offered)
    ids = [people.by_email(alike.records, email).id for email in OTHERS if "reed" in email]
    said = Said("Instagram", "@wrenfield", 16, 13, *ids, date.today() + timedelta(days=90), {"purpose": "Science"})
    kit = alike.add("Kit Moran", Role.LEAD)
    with transaction(alike.records):
        account = approved_accounts.add(alike.records, said, by=kit.id, now=datetime.now(UTC))
        approved_accounts.sign(alike.records, account, 1, typed_name="Lou", by=alike.who("lou").id, now=datetime.now(UTC))
    for browser, path in (
        (alike.lou, "/school/policy/accounts"), (alike.lou, f"/school/policy/accounts/{account}"), (alike.tess, "/policy/accounts")
    ):  # fmt: skip
        text = browser.open(path).text
        assert all(each in text for each in REEDS), path


def test_among_leads(alike):
    make(alike, Role.LEAD)
    for email in OTHERS:
        alike.sign_in_new(email)
    walk(alike, "tess", "friend-requests")
    assert "other leads read" in alike.tess.open("/attempts/1/1/note").text
    reed = people.by_email(alike.records, "reed.s@wrenfield.example")
    said = Said("Instagram", "@wrenfield", 16, 13, reed.id, alike.who("lou").id, date.today() + timedelta(days=90), {})
    with transaction(alike.records):
        approved_accounts.add(alike.records, said, by=alike.who("lou").id, now=datetime.now(UTC))
    told = alike.lou.open("/school/policy/accounts/1").text
    assert "Sam Reed, sam.reed@wrenfield.example or" in told


def test_among_those_whom_a_new_policy_touches(alike):
    alike.choose(pupil_contact="approved-accounts")
    for email in OTHERS:
        alike.__dict__[email] = alike.sign_in_new(email)
        for _ in range(2):
            walk(alike, email, "where-the-line-is")
    alike.choose(pupil_contact="none")
    text = alike.lou.open("/school/policy/touched").text
    assert all(each in text for each in REEDS)
