"""Bringing people in from a file: planned, agreed to where it matters, and done whole or not at all."""

import random
from datetime import date, timedelta

import pytest

from induction.records import exports
from induction.records.people import history, people
from induction.records.people.person import Details
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import people_import, people_plan
from induction.services.people_file import reader
from induction.services.spreadsheet.csv_file import csv_text
from tests.records.making import NOW, TODAY

HEADER = "name,email,role,mentor,due\n"


def planned(db, text):
    return people_plan.plan(reader.read(text.encode(), TODAY), people.everybody(db))


def bring_in(db, text):
    """What it was to do, and the ids of those who were invited."""
    plan, tokens = people_import.bring_in(db, reader.read(text.encode(), TODAY), agreed=True, now=NOW)
    return plan, tokens if tokens is None else list(tokens)


def who(plan):
    return [[change.email.split("@")[0] for change in part] for part in (plan.added, plan.changed, plan.returning)]


def weighty(plan):
    return [str(each) for each in plan.weighty]


def stored(db):
    return db.rows("select * from people order by id")


# Export and import


def test_an_export_brought_in_again_changes_nothing(db, cast):
    with transaction(db):
        people.add(db, Details("eve@school.example", "'=Eve", Role.TEACHER), now=NOW)
        people.deactivate(db, cast.max.id, now=NOW)
    before = stored(db)
    plan, new = bring_in(db, csv_text(exports.PEOPLE, exports.everyone(db)))
    assert who(plan) == [[], [], []] and plan.problems == () and plan.weighty == () and plan.unchanged == 5
    assert new == [] and stored(db) == before


NAMES = [
    *("Zoë O’Neill", "=1+1", "'=x", "-5", "+44 Ann", "@ann", "Okafor, Tess", 'Ann "Bob" Low', "G?en Ll?yd", "ZoÃ« Ray", "Bjšrn"),
    *("王小明", "Ŵyn-Tŷ", "JosŽ", "name", "email", "teacher", "''a", "2026-12-04", "sep=;", "x" * 120, "0", "Ö", "Sam ★ Ray"),
]


@pytest.mark.parametrize("seed", range(5))
def test_whatever_the_school_holds_an_export_brought_in_again_changes_nothing(db, cast, seed):
    """Seeded: names that look damaged, run as formulas or pass for headings; any roles, mentors and dates."""
    chance = random.Random(seed)
    with transaction(db):
        mentors = [cast.max.id, cast.nia.id, cast.lou.id]
        for number, name in enumerate(chance.sample(NAMES, 15)):
            role = chance.choice(list(Role))
            due = chance.choice([None, date(2020, 1, 1), TODAY + timedelta(chance.randrange(900))])
            mentor = chance.choice([None, *mentors])
            email = chance.choice(["p{}@s.example", "o'p{}@s.example", "p+{}@s.example", "=p{}@s.example"]).format(number)
            added = people.add(db, Details(email, name, role, mentor_id=mentor, due=due), now=NOW)
            mentors += [added.id] if role is not Role.TEACHER else []
    before = stored(db)
    text = csv_text(exports.PEOPLE, exports.everyone(db))
    for saved in (text, "\n".join(line.rstrip(",\r") for line in text.split("\n"))):
        plan, new = bring_in(db, saved)
        assert plan.problems == () and who(plan) == [[], [], []] and new == [] and stored(db) == before


def test_what_earlier_versions_took_stays_as_it_is(db, cast):
    """Longer names, addresses without a dot, days of long ago, signs that nobody sees; it is asked about of anybody new."""
    with transaction(db):
        old = people.add(db, Details("head@intranet", "N" * 150, Role.MENTOR, due=date(1999, 1, 1)), now=NOW)
        people.add(db, Details("eve@school.example", "E\u200bve  Low", Role.TEACHER, mentor_id=old.id), now=NOW)
    before = stored(db)
    text = csv_text(exports.PEOPLE, exports.everyone(db))
    plan, _ = bring_in(db, text)
    assert plan.problems == () and who(plan) == [[], [], []] and stored(db) == before
    problems = planned(db, text.replace("head@", "chief@")).problems
    assert [word for word in ("chief@intranet", "at most 120", "between 2020 and 2100") if word not in str(problems)] == []


# What a row says and what it doesn't


def test_a_file_adds_changes_and_brings_back(db, cast):
    with transaction(db):
        people.set_password(db, cast.ana.id, "a hash of more than twenty characters", now=NOW)
    text = HEADER + (
        "Eve,eve@school.example,,ivy@school.example,04/12/2026\n"
        "Ivy,ivy@school.example,mentor,,\n"
        "Tess Okafor,tess@school.example,,nia@school.example,\n"
        "Sam Price,sam@school.example,teacher,nia@school.example,\n"
        "Ana Costa,ana@school.example,,,\n"
    )
    assert who(planned(db, text)) == [["eve", "ivy"], ["tess"], ["ana"]]
    plan, new = bring_in(db, text)
    assert plan.unchanged == 1
    eve, ivy = people.by_email(db, "eve@school.example"), people.by_email(db, "ivy@school.example")
    assert sorted(new) == sorted([eve.id, ivy.id, cast.ana.id])
    assert (eve.role, eve.mentor_id, eve.due) == (Role.TEACHER, ivy.id, date(2026, 12, 4))
    tess = people.find(db, cast.tess.id)
    assert (tess.role, tess.mentor_id, tess.due) == (Role.TEACHER, cast.nia.id, date(2026, 12, 4))
    ana = people.find(db, cast.ana.id)
    assert (ana.active, ana.has_password, ana.mentor_id) == (True, False, cast.max.id)
    assert who(planned(db, text)) == [[], [], []]


def test_new_mentors_may_be_each_others_whoever_stands_first(db, cast):
    text = HEADER + (
        "Eve,eve@school.example,mentor,ivy@school.example,\nIvy,ivy@school.example,mentor,oda@school.example,\n"
        "Oda,oda@school.example,lead,eve@school.example,\n"
    )
    bring_in(db, text)
    eve, ivy, oda = (people.by_email(db, f"{name}@school.example") for name in ("eve", "ivy", "oda"))
    assert (eve.mentor_id, ivy.mentor_id, oda.mentor_id) == (ivy.id, oda.id, eve.id)
    assert who(planned(db, text)) == [[], [], []]


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "Tess Okafor,tess@school.example,,,\n",
        HEADER + "Tess Okafor,tess@school.example\n",
        HEADER + ",tess@school.example\n",
        "email,role\ntess@school.example,teacher\n",
        "name,email\n,tess@school.example\n",
    ],
)
def test_what_is_not_said_changes_nothing(db, cast, text):
    before = stored(db)
    plan, _ = bring_in(db, text)
    assert plan.unchanged == 1 and stored(db) == before


def test_a_dash_clears(db, cast):
    with transaction(db):
        people.update(db, cast.max.id, role=Role.LEAD, mentor_id=cast.nia.id, due=TODAY, now=NOW)
    bring_in(db, HEADER + "Tess Okafor,tess@school.example,-,-,-\nMax Reid,max@school.example,-,-,-\nEve,eve@school.example,-,-,-\n")
    for email in ("tess", "max", "eve"):
        person = people.by_email(db, f"{email}@school.example")
        assert (person.role, person.mentor_id, person.due) == (Role.TEACHER, None, None)


def test_somebody_new_needs_a_name(db, cast):
    [problem] = planned(db, "email,mentor\neve@school.example,max@school.example\n").problems
    assert str(problem) == "line 2: the name is missing."


# Mentors


@pytest.mark.parametrize(
    "mentor, helps",
    [*((each, "") for each in ("nobody@school.example", "sam@school.example", "ana@school.example", "Sam Price", "Ana Costa", "Eve")),
     ("nia@school.example", "Nia Évans,nia@school.example,teacher,,\n"), ("Nia Évans", "Nia Évans,nia@school.example,-,,\n")],
)  # fmt: skip
def test_a_mentor_must_be_one_and_all_or_nothing_is_brought_in(db, cast, mentor, helps):
    """Nobody, a teacher, one who has left, oneself, one who is none any more by the same file."""
    text = f"{HEADER}Eve,eve@school.example,,{mentor},\n{helps}Ivy,ivy@school.example,,,\n"
    before = stored(db)
    [problem] = planned(db, text).problems
    assert problem.line == 2 and mentor in problem.words
    assert bring_in(db, text)[1] is None and stored(db) == before


@pytest.mark.parametrize("said", ["Nia Évans", "nia evans", "Évans, Nia", "NIA  EVANS", "nia@school.example", "Nia <nia@school.example>"])
def test_a_mentor_by_name(db, cast, said):
    bring_in(db, f'{HEADER}Eve,eve@school.example,,"{said}",\n')
    assert people.by_email(db, "eve@school.example").mentor_id == cast.nia.id


def test_a_mentor_by_name_who_comes_with_the_file(db, cast):
    bring_in(db, HEADER + "Eve,eve@school.example,,Ivy Low,\nIvy Low,ivy@school.example,mentor,,\n")
    ivy = people.by_email(db, "ivy@school.example")
    assert people.by_email(db, "eve@school.example").mentor_id == ivy.id


def test_of_two_mentors_of_one_name_nobody_is_taken(db, cast):
    text = HEADER + "Eve,eve@school.example,,Max Reid,\nMax Reid,max.reid@school.example,mentor,,\n"
    [problem] = planned(db, text).problems
    assert "2 mentors are called Max Reid" in problem.words


def test_mentors_mentor_each_other_and_come_in_any_order(db, cast):
    """One who is new, one who is made a mentor by the same file, one who hands over."""
    bring_in(
        db,
        HEADER
        + "Nia Évans,nia@school.example,mentor,ivy@school.example,\nIvy,ivy@school.example,mentor,sam@school.example,\n"
        + "Sam Price,sam@school.example,mentor,nia@school.example,\nMax Reid,max@school.example,lead,lou@school.example,\n"
        + "Lou Adeyemi,lou@school.example,mentor,max@school.example,\n",
    )
    mentor = {person.email.split("@")[0]: person.mentor_id for person in people.everybody(db)}
    ids = {person.email.split("@")[0]: person.id for person in people.everybody(db)}
    named = {name: next((other for other in ids if ids[other] == mentor[name]), None) for name in ids}
    assert named | {"tess": "max"} == {"nia": "ivy", "ivy": "sam", "sam": "nia", "max": "lou", "lou": "max", "tess": "max", "ana": "max"}


def test_who_comes_back_has_the_mentor_of_before_only_where_they_still_are_one(db, cast):
    with transaction(db):
        people.update(db, cast.max.id, role=Role.TEACHER, now=NOW)
    plan, _ = bring_in(db, HEADER + "Ana Costa,ana@school.example,,,\n")
    assert people.find(db, cast.ana.id).mentor_id is None


def test_a_mentor_who_hands_over_by_the_same_file_leaves_nobody_behind(db, cast):
    """Whatever the order; and it is entered once for each of them."""
    rows = ["Max Reid,max@school.example,teacher,,", "Tess Okafor,tess@school.example,,nia@school.example,"]
    for order in (rows, rows[::-1]):
        plan = planned(db, HEADER + "\n".join(order))
        assert [each.words for each in plan.weighty] == ["Max Reid (max@school.example) becomes teacher, and is no longer mentor."]
    before = len(history.entries(db, cast.tess.id))
    bring_in(db, HEADER + "\n".join(rows))
    assert people.find(db, cast.tess.id).mentor_id == cast.nia.id and len(history.entries(db, cast.tess.id)) == before + 1


def test_a_row_that_names_a_mentor_whom_the_file_makes_none_is_asked_about(db, cast):
    text = HEADER + "Max Reid,max@school.example,teacher,,\nTess Okafor,tess@school.example,,max@school.example,\n"
    assert [problem.line for problem in planned(db, text).problems] == [3]


# Leads


def test_the_last_lead_may_hand_over_but_not_vanish(db, cast):
    gone = "Lou Adeyemi,lou@school.example,teacher,,\n"
    [problem] = planned(db, HEADER + "Ivy,ivy@school.example,,,\n" + gone).problems
    assert problem.line == 3 and "lead" in problem.words
    bring_in(db, HEADER + gone + "Ivy,ivy@school.example,lead,,\n" + "Max Reid,max@school.example,lead,,\n")
    roles = {person.email: person.role for person in people.listing(db).people}
    assert (roles["lou@school.example"], roles["ivy@school.example"]) == (Role.TEACHER, Role.LEAD)


def test_a_lead_hands_over_whoever_stands_first_in_the_file(db, cast):
    bring_in(db, HEADER + "Lou Adeyemi,lou@school.example,teacher,,\nMax Reid,max@school.example,lead,,\n")
    assert (people.find(db, cast.lou.id).role, people.find(db, cast.max.id).role) == (Role.TEACHER, Role.LEAD)


# What has to be agreed to


@pytest.mark.parametrize(
    "row, said",
    [
        ("Eve,eve@school.example,mentor,,", "Eve (eve@school.example) comes in as mentor."),
        ("Eve,eve@school.example,lead,,", "Eve (eve@school.example) comes in as lead."),
        ("Sam Price,sam@school.example,lead,,", "Sam Price (sam@school.example) becomes lead, and is no longer teacher."),
        ("Max Reid,max@school.example,lead,,", "Max Reid (max@school.example) becomes lead, and is no longer mentor."),
        *((f"Nia,nia@school.example,{role},,", "Nia (nia@school.example) becomes teacher, and is no longer mentor. "
           "Without a mentor at present is then: Sam Price.") for role in ("teacher", "-")),
        ("Tess Okafor,tess@school.example,,-,", "Tess Okafor (tess@school.example) loses the mentor max@school.example."),
        ("Tess Okafor,tess@school.example,,,-", "Tess Okafor (tess@school.example) loses the date 04/12/2026."),
        ("Ana,ana@school.example,,,", "Ana (ana@school.example) had left, and comes back as teacher, without the old password."),
        ("Ana,ana@school.example,lead,,", "Ana (ana@school.example) had left, and comes back as lead, without the old password."),
    ],
)  # fmt: skip
def test_roles_returns_and_lost_values_are_named_one_by_one(db, cast, row, said):
    assert weighty(planned(db, f"{HEADER}Ivy,ivy@school.example,teacher,lou@school.example,\n{row}\n")) == [f"line 3: {said}"]


@pytest.mark.parametrize(
    "row", ["Eve,eve@school.example,,,", "Tess Ray,tess@school.example,,nia@school.example,05/12/2026", "Max,max@school.example,,-,-"]
)
def test_nothing_else_has_to_be_agreed_to(db, cast, row):
    assert weighty(planned(db, HEADER + row)) == []


# Damage


@pytest.mark.parametrize("name", ["ZoÃ« Ray", "G?en", "Ze\ufffdo"])
def test_a_damaged_name_does_not_come_in_but_stays_where_it_stands_already(db, cast, name):
    row = f"{HEADER}{name},zoe@school.example,,,\n"
    [problem] = planned(db, row).problems
    assert problem.line == 2 and name in problem.words
    with transaction(db):
        people.add(db, Details("zoe@school.example", name, Role.TEACHER), now=NOW)
    assert planned(db, row).problems == ()


def test_an_old_export_that_excel_saved_as_we_advised_is_asked_about(db, cast):
    text = csv_text(exports.PEOPLE, exports.everyone(db)).removeprefix("\ufeff")
    damaged = text.encode().decode("cp1252")
    assert "Ã‰vans" in damaged and "did you mean “nia évans”" in str(planned(db, damaged).problems).casefold()


def test_an_export_that_excel_saved_changes_nothing(db, cast):
    """With its mark Excel reads it as UTF-8; it writes days its own way and leaves out empty cells at the end."""
    text = csv_text(exports.PEOPLE, exports.everyone(db))
    assert text.startswith("\ufeff")
    saved = "\r\n".join(line.rstrip(",").replace("2026-12-04", "04/12/2026") for line in text.split("\r\n"))
    assert who(planned(db, saved)) == [[], [], []] and planned(db, saved).problems == ()


def test_problems_of_the_file_and_of_the_school_are_told_together_by_line(db, cast):
    text = HEADER + "Eve,eve,,,\nIvy,ivy@school.example,,nobody@school.example,\nUma,uma,,,\n"
    assert [problem.line for problem in planned(db, text).problems] == [2, 3, 4]


def test_nothing_is_done_that_was_not_agreed_to(db, cast):
    before, sheet = stored(db), reader.read((HEADER + "Eve,eve@s.example,lead\nIvy,ivy@s.example\n").encode(), TODAY)
    assert people_import.bring_in(db, sheet, agreed=False, now=NOW)[1] is None and stored(db) == before
    assert len(people_import.bring_in(db, sheet, agreed=True, now=NOW)[1]) == 2


def test_how_far_it_is_is_told(db, cast):
    told, sheet = [], reader.read((HEADER + "Eve,eve@s.example\nIvy,ivy@s.example\n").encode(), TODAY)
    people_import.bring_in(db, sheet, agreed=False, now=NOW, tell=lambda *far: told.append(far))
    assert told == [(1, 2), (2, 2)]


def test_a_row_that_gives_somebody_anothers_name_is_named(db, cast):
    swapped = "name,email\nTess Okafor,sam@school.example\nSam Price,tess@school.example\n"
    assert weighty(planned(db, swapped)) == [
        f"line 2: {cast.sam.name} (sam@school.example) would be called Tess Okafor.",
        "line 3: Tess Okafor (tess@school.example) would be called Sam Price.",
    ]
    assert weighty(planned(db, "name,email\nTess Okafor-Lee,tess@school.example\n")) == []


def test_leads_come_first_and_last_whoever_is_less_than_before(db, cast):
    lines = ["Max Reid,max@school.example,teacher", "Ann,ann@school.example,teacher", "Ben,ben@school.example,mentor",
             "Cleo,cleo@school.example,lead"]
    plan = planned(db, "name,email,role\n" + "\n".join(lines))
    assert not plan.problems
    made = sorted([*plan.added, *plan.changed], key=lambda change: change.turn)
    assert [change.email[:3] for change in made] == ["cle", "ben", "ann", "max"]


# First and last days


def test_days_come_in_with_a_list(db, cast):
    text = "name,email,start,end\nEve,eve@x.example,2027-09-01,2027-09-03\nTess Okafor,tess@school.example,,2027-07-20\n"
    plan, tokens = bring_in(db, text)
    assert who(plan) == [["eve"], ["tess"], []] and weighty(plan) == [] and len(tokens) == 1
    found = {each.email: (each.starts, each.ends) for each in people.everybody(db) if each.starts or each.ends}
    assert found == {"eve@x.example": (date(2027, 9, 1), date(2027, 9, 3)), "tess@school.example": (None, date(2027, 7, 20))}
    assert who(planned(db, text)) == [[], [], []]
    plan, _ = bring_in(db, "email,start,end\neve@x.example,-,-\ntess@school.example,,\n")
    assert [each.partition("loses")[2] for each in weighty(plan)] == [" the first day 01/09/2027.", " the last day 03/09/2027."]
    assert [(each.starts, each.ends) for each in people.everybody(db) if each.name in ("Eve", "Tess Okafor")] == [
        (None, date(2027, 7, 20)), (None, None),
    ]


def test_a_last_day_before_the_first_is_a_problem_of_that_line(db, cast):
    with transaction(db):
        people.update(db, cast.sam.id, starts=date(2027, 9, 1), now=NOW)
    plan = planned(db, "name,email,start,end\nEve,eve@x.example,2027-09-03,2027-09-01\nSam Price,sam@school.example,,2027-08-01\n")
    assert [str(each) for each in plan.problems] == [
        "line 2: the last day, 01/09/2027, is before the first, 03/09/2027; mend one of the two.",
        "line 3: the last day, 01/08/2027, is before the first, 01/09/2027; mend one of the two.",
    ]


def test_who_comes_back_by_a_list_has_the_days_of_now(db, cast):
    with transaction(db):
        people.update(db, cast.tess.id, starts=TODAY, ends=TODAY, now=NOW)
        people.deactivate(db, cast.tess.id, now=NOW)
    text, later = "name,email,start,end\nTess Okafor,tess@school.example,2027-01-11,2027-01-15\n", NOW + timedelta(days=30)
    people_import.bring_in(db, reader.read(text.encode(), later.date()), agreed=True, now=later)
    tess = people.find(db, cast.tess.id)
    assert (tess.active, tess.starts, tess.ends) == (True, date(2027, 1, 11), date(2027, 1, 15))
    with transaction(db):
        people.deactivate(db, cast.tess.id, now=later)
    text = "name,email\nTess Okafor,tess@school.example\n"
    people_import.bring_in(db, reader.read(text.encode(), later.date()), agreed=True, now=later + timedelta(days=60))
    tess = people.find(db, cast.tess.id)
    assert (tess.active, tess.starts, tess.ends) == (True, None, None)


def test_that_a_mentor_or_a_lead_leaves_has_to_be_agreed_to(db, cast):
    text = "email,contract end\nmax@school.example,31/08/2027\ntess@school.example,31/08/2027\n"
    assert weighty(planned(db, text)) == [
        "line 2: Max Reid (max@school.example), a mentor, leaves after 31/08/2027: the account ends by itself."
    ]
    bring_in(db, text)
    assert weighty(planned(db, text)) == []
