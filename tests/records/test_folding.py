"""People whom version 1.1 kept: found, sorted and signed in as everybody is, whatever stood in their names and addresses."""

import unicodedata

import pytest
from sqlite_utils import Migrations

from induction.records.people import people
from induction.records.people.lists import PeopleFilter
from induction.records.people.person import Details
from induction.records.store import migrations
from induction.records.store.database import transaction
from induction.rules.roles import Role
from tests.records.making import NOW, open_new

AT = "2026-11-24T09:30:00.000000Z"
KEPT = {  # address as version 1.1 kept it: the one it becomes
    "tess@school.example\u200b": "tess@school.example",
    "ann.ray@sch\u00adool.example": "ann.ray@school.example",
    "jo@intranet": "jo@intranet",
    "kim\u2060@intranet": "kim@intranet",
    "e@school.example;": "e@school.example",
    "i@school..example": "i@school..example",
    "sam@school.example": "sam@school.example",
    "sam\u200e@school.example": "sam\u200e@school.example",  # another has it: both stay, for a lead to decide
    "\u200b@a.b": "\u200b@a.b",  # nothing would be left that can be an address
}


@pytest.fixture
def old(tmp_path):
    """A database of version 1.1 with these people, opened by this one."""
    second = Migrations("induction")
    for step in (migrations.m001_people_school_learning, migrations.m002_policy_register_courses):
        second(name=step.__name__)(step)
    db = migrations.open_database(tmp_path / "induction.db", NOW, second)
    with transaction(db):
        for number, email in enumerate(KEPT):
            db.execute(
                "insert into people (email, name, sort_name, role, created_at, checklist_key) values (?, ?, ?, 'teacher', ?, ?)",
                [email, f"Łukasz\u200b  {number}", f"łukasz\u200b  {number}", AT, f"a-key-of-sixteen-{number}"],
            )
        db.execute("update people set name = ?, sort_name = 'x' where email = 'jo@intranet'", ["W" * 200])
    db.close()
    db = open_new(tmp_path)
    yield db
    db.close()


def test_an_address_loses_what_nobody_could_type(old):
    assert [row["email"] for row in old.rows("select email from people order by id")] == list(KEPT.values())


@pytest.mark.parametrize("kept", [each for each in KEPT if KEPT[each].isascii()])
def test_its_owner_is_found_however_it_is_typed(old, kept):
    number = list(KEPT).index(kept) + 1 if kept != "sam\u200e@school.example" else 7
    for typed in (kept, KEPT[kept], f" {KEPT[kept].upper()}\u200b", unicodedata.normalize("NFD", KEPT[kept])):
        assert people.by_email(old, typed).id == number


def test_names_are_folded_anew(old):
    assert old.value("select sort_name from people where id = 1") == "lukasz 0"
    assert people.listing(old, PeopleFilter(search="LUKASZ 0")).count == 1


def test_whose_name_is_longer_than_names_may_be_now_can_be_edited_otherwise(old):
    jo = people.by_email(old, "jo@intranet")
    with transaction(old):
        changed = people.update(old, jo.id, email=jo.email, name=jo.name, role=Role.MENTOR, mentor_id=None, due=None, now=NOW)
    assert (changed.name, changed.email, changed.role) == ("W" * 200, "jo@intranet", Role.MENTOR)


def test_lists_are_searched_by_name_and_email_in_letters_of_a_british_keyboard(db, cast):
    for email, name in {
        "l.kowalski@school.example": "Łukasz Kowalski", "thor@school.example": "Þórs Ægir", "siobhan@school.example": "Siobhán O’Brien",
        "o'brien@school.example": "Ida  Brook", "zoë@ysgol.cymru": "Zed",
    }.items():  # fmt: skip
        with transaction(db):
            people.add(db, Details(email, name, Role.TEACHER), now=NOW)

    def found(search):
        return [person.name for person in people.listing(db, PeopleFilter(search=search)).people]

    assert found("lukasz") == found("l.kowalski@") == found("ŁUKASZ  kowalski") == ["Łukasz Kowalski"]
    assert found("thors") == found("thor@school") == ["Þórs Ægir"]
    assert found("o'brien") == found("O’Brien") == found("o´brien") == ["Ida  Brook", "Siobhán O’Brien"]
    assert found("ida brook") == found("ida\u00a0\u200b brook") == ["Ida  Brook"]
    assert found("zoë@ysgol") == ["Zed"]
    assert found("\u200b") == found("") != []
    names = [person.name for person in people.listing(db).people]
    assert names.index("Lou Adeyemi") < names.index("Łukasz Kowalski") < names.index("Max Reid")
