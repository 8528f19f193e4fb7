"""What leads did is noted with the deed, or not at all."""

import pytest

from induction.records.store.database import transaction
from induction.rules.acts import KINDS, LONGEST, Act, What
from induction.services import acts
from tests.records.making import NOW


def held(db):
    return db.rows("select at, by, what, person, about, was, became from acts order by id")


def test_an_act_is_kept_as_it_is_said(db, cast):
    act = Act(What.SETTINGS, cast.lou.id, NOW, was={"Name": "Wrenfield"}, became={"Name": "Wrenfield Academy"})
    with transaction(db):
        acts.note(db, act)
        acts.note(db, Act(What.ERASED, None, NOW, cast.tess.id, "what stays"))
    assert [tuple(row.values())[1:] for row in held(db)] == [
        (cast.lou.id, "settings", None, "", '{"Name": "Wrenfield"}', '{"Name": "Wrenfield Academy"}'),
        (None, "erased", cast.tess.id, "what stays", "{}", "{}"),
    ]


def test_an_act_goes_with_its_deed(db, cast):
    with pytest.raises(ZeroDivisionError), transaction(db):
        acts.note(db, Act(What.LETTERS_HELD, cast.lou.id, NOW))
        raise ZeroDivisionError
    with pytest.raises(RuntimeError):
        acts.note(db, Act(What.LETTERS_HELD, cast.lou.id, NOW))
    assert held(db) == []
    acts.note_alone(db, Act(What.DOWNLOADED, cast.lou.id, NOW, about="the links to be handed out"))
    assert len(held(db)) == 1


def test_long_values_are_cut_short(db, cast):
    acts.note_alone(db, Act(What.SETTINGS, cast.lou.id, NOW, about="é" * 501, was={"": "x" * 500}, became={"": "x" * 9000}))
    [row] = held(db)
    assert row["about"] == "é" * (LONGEST - 1) + "…"
    assert row["was"] == '{"": "' + "x" * 500 + '"}' and len(row["became"]) == len(row["was"])


def test_every_act_is_of_a_kind():
    assert set(KINDS) == set(What)
