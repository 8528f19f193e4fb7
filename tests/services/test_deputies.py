"""Naming who stands in for a mentor: once, and nothing that another lead said is overwritten unseen."""

from datetime import timedelta

import pytest

from induction.records.people import deputies, people
from induction.records.store.database import transaction
from induction.services.deputies import DeputyMeanwhile, NotTheirMentor, Stand, name_deputy
from tests.records.making import NOW, TODAY, make_so
from tests.services.test_people import at_once


def name(db, mentor, deputy, saw=0, ends=None):
    return name_deputy(db, mentor.id, Stand(deputy and deputy.id, TODAY, ends), saw=saw, by=1, now=NOW)


def test_it_is_said_once_however_often_it_is_sent(db, cast):
    assert name(db, cast.max, cast.nia) and not name(db, cast.max, cast.nia)
    assert len(deputies.told_of(db, cast.max.id)) == 1
    assert name(db, cast.max, cast.nia, 1, TODAY + timedelta(days=3)), "another last day is something else"
    assert name(db, cast.max, None, 2) and not name(db, cast.max, None, 2)
    assert not name(db, cast.nia, None), "nobody stood in"


def test_what_another_said_meanwhile_is_told_and_stays(db, cast):
    name(db, cast.max, cast.nia)
    with pytest.raises(DeputyMeanwhile) as fault:
        name(db, cast.max, cast.lou)
    assert (fault.value.latest.deputy_name, fault.value.latest.by_name) == ("Nia Évans", "Lou Adeyemi")
    assert name(db, cast.max, cast.lou, saw=fault.value.latest.id)


def test_of_two_at_once_one_is_told(db, cast):
    found = at_once(db, lambda: name(db, cast.max, cast.nia), lambda: name(db, cast.max, cast.lou))
    assert sorted(type(each).__name__ for each in found) == ["DeputyMeanwhile", "bool"]


def test_who_can_be_one_and_of_whom(db, cast):
    for who in (cast.tess, cast.ana, cast.max):
        with pytest.raises(people.NotAMentor):
            name(db, cast.max, who)
    for mentor in (cast.tess, cast.ana):
        with pytest.raises(NotTheirMentor):
            name(db, mentor, cast.nia)
    assert deputies.told_of(db, cast.max.id) == []


def test_whoever_had_lapsed_can_be_named_again(db, cast):
    name(db, cast.max, cast.nia)
    with transaction(db):
        make_so(db, cast.sam, mentor_id=None)
        make_so(db, cast.nia, active=False)
        make_so(db, cast.nia, active=True)
    assert deputies.of_mentor(db, cast.max.id, TODAY) is None
    assert name(db, cast.max, cast.nia, saw=1) and deputies.of_mentor(db, cast.max.id, TODAY)
