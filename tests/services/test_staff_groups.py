"""Groups of staff: named, and who belongs to them, by hand and by a list."""

import pytest

from induction.records import exports
from induction.records.people import people, staff_groups
from induction.records.store.database import transaction
from induction.services import staff_groups as deeds
from induction.services.people_file import reader
from induction.services.people_import import bring_in
from induction.services.spreadsheet.csv_file import csv_text
from induction.services.staff_groups import CalledMeanwhile, GroupsMeanwhile, NameTaken, NoSuchGroup, Unknown
from tests.records.making import NOW, TODAY
from tests.records.test_standings import asked


def add(db, name):
    return deeds.add(db, name, by=None, now=NOW)


def names_of(db, person):
    return staff_groups.names(db).get(person.id, ())


def said_of(db, cast):
    return len(staff_groups.told_of(db, cast.tess.id))


def test_a_name_is_one_groups_until_it_is_closed(db, cast):
    kitchen = add(db, "kitchen")
    for name in ("kitchen", "Kitchen", "KITCHEN"):
        with pytest.raises(NameTaken):
            add(db, name)
    supply = add(db, "supply")
    with pytest.raises(NameTaken):
        deeds.call(db, supply, "kitchen", saw="supply", by=None, now=NOW)
    assert deeds.call(db, kitchen, "Kitchen", saw="kitchen", by=None, now=NOW), "its own name, written otherwise"
    assert not deeds.call(db, kitchen, "Kitchen", saw="kitchen", by=None, now=NOW), "twice is once"
    with pytest.raises(CalledMeanwhile, match="Kitchen"):
        deeds.call(db, kitchen, "cooks", saw="kitchen", by=None, now=NOW)
    deeds.close(db, kitchen, by=None, now=NOW)
    assert [each.name for each in staff_groups.listing(db)] == ["supply"]
    assert add(db, "kitchen") not in (kitchen, supply)
    for deed in (
        lambda: deeds.close(db, kitchen, by=None, now=NOW), lambda: deeds.call(db, kitchen, "x", saw="", by=None, now=NOW),
        lambda: deeds.take_out(db, kitchen, cast.tess.id, by=None, now=NOW), lambda: deeds.add_members(db, 99, [], by=None, now=NOW),
        lambda: deeds.take_course_back(db, kitchen, "x", by=None, now=NOW),
    ):  # fmt: skip
        with pytest.raises(NoSuchGroup):
            deed()


def test_all_who_are_named_are_put_in_or_nobody(db, cast):
    kitchen = add(db, "kitchen")
    with pytest.raises(Unknown) as fault:
        deeds.add_members(db, kitchen, [cast.tess.email, cast.ana.email, "x"], by=None, now=NOW)
    assert fault.value.emails == [cast.ana.email, "x"] and staff_groups.members(db, kitchen) == [], "Ana has left"
    assert deeds.add_members(db, kitchen, [cast.tess.email.upper(), cast.tess.email, cast.sam.email], by=None, now=NOW) == 2
    assert deeds.add_members(db, kitchen, [cast.tess.email], by=None, now=NOW) == 0
    assert staff_groups.members(db, kitchen) == [cast.sam.id, cast.tess.id], "by name"
    assert deeds.take_out(db, kitchen, cast.sam.id, by=None, now=NOW) and not deeds.take_out(db, kitchen, cast.sam.id, by=None, now=NOW)
    assert staff_groups.find(db, kitchen).members == 1


def test_groups_of_one_person_are_set_as_they_were_shown(db, cast):
    kitchen, supply = add(db, "kitchen"), add(db, "supply")

    def put(groups, saw):
        return deeds.set_groups(db, cast.tess.id, groups, saw=deeds.as_shown(saw), by=cast.lou.id, now=NOW)

    assert put([supply, kitchen], []) and names_of(db, cast.tess) == ("kitchen", "supply")
    assert not put([kitchen, supply], []), "so already, whatever was shown"
    with pytest.raises(GroupsMeanwhile) as fault:
        put([kitchen], [])
    assert fault.value.names == ["kitchen", "supply"]
    assert put([kitchen], [kitchen, supply]) and names_of(db, cast.tess) == ("kitchen",)
    with pytest.raises(NoSuchGroup):
        put([kitchen, 99], [kitchen])
    assert [(each.name, each.so, each.by_name) for each in staff_groups.told_of(db, cast.tess.id)][-1] == ("supply", False, "Lou Adeyemi")


# By a list


def sheet(*lines):
    return reader.read(("\n".join(("name,email,groups", *lines)) + "\n").encode(), TODAY)


def bring(db, *lines):
    made, tokens = bring_in(db, sheet(*lines), agreed=True, now=NOW)
    assert tokens is not None, made.problems
    return made


def test_a_list_puts_people_into_groups_and_makes_those_that_are_new(db, cast):
    add(db, "kitchen")
    made = bring(db, 'Tess Okafor,tess@school.example,"Kitchen; supply, SUPPLY,"', 'Eve Hill,eve@x.example,"trainees"')
    assert [len(each) for each in (made.added, made.changed)] == [1, 1]
    assert names_of(db, cast.tess) == ("kitchen", "supply")
    assert names_of(db, people.by_email(db, "eve@x.example")) == ("trainees",)
    assert sorted(each.name for each in staff_groups.listing(db)) == ["kitchen", "supply", "trainees"]


def test_an_empty_cell_changes_nothing_and_a_dash_clears(db, cast):
    bring(db, "Tess Okafor,tess@school.example,kitchen; supply")
    before = said_of(db, cast)
    assert bring(db, "Tess Okafor,tess@school.example,").unchanged == 1
    assert bring(db, "Tess Okafor,tess@school.example,Supply; Kitchen").unchanged == 1
    assert said_of(db, cast) == before
    assert len(bring(db, "Tess Okafor,tess@school.example,supply").changed) == 1
    assert names_of(db, cast.tess) == ("supply",)
    bring(db, "Tess Okafor,tess@school.example,-")
    assert names_of(db, cast.tess) == ()


def test_groups_are_looked_up_once_however_many_are_put_into_them(db, cast):
    groups = {deeds.add(db, name, by=cast.lou.id, now=NOW) for name in ("kitchen", "supply")}

    def looks(*people_there):
        with transaction(db):
            sent = asked(db, lambda: deeds.put_into(db, {each.id: groups for each in people_there}, by=cast.lou.id, now=NOW))
        return [each for each in sent if each.strip().startswith("select")]

    assert len(looks(cast.tess)) == len(looks(cast.sam, cast.max, cast.nia)) == 2
    assert all(names_of(db, each) == ("kitchen", "supply") for each in (cast.tess, cast.sam, cast.max, cast.nia))


@pytest.mark.parametrize(
    "cell, words", [("x" * 61, "a group's name has at most 60"), (";".join(map(str, range(21))), "belongs to 20 at most")]
)
def test_groups_that_cant_be_are_told_by_line(db, cast, cell, words):
    made, tokens = bring_in(db, sheet(f"Tess Okafor,tess@school.example,{cell}"), agreed=True, now=NOW)
    assert tokens is None and words in str(made.problems[0]) and str(made.problems[0]).startswith("line 2:")
    assert staff_groups.listing(db) == []


def test_what_is_exported_and_brought_in_again_changes_nothing(db, cast):
    bring(db, "Tess Okafor,tess@school.example,kitchen; supply")
    text = csv_text(exports.PEOPLE, exports.everyone(db))
    made, tokens = bring_in(db, reader.read(text.encode(), TODAY), agreed=False, now=NOW)
    assert tokens == {} and made.unchanged == 5


def test_who_comes_back_is_in_the_groups_of_the_list(db, cast):
    bring(db, "Ana Costa,ana@school.example,supply")
    assert names_of(db, cast.ana) == ("supply",) and people.find(db, cast.ana.id).active
