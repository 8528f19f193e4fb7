"""What the school says of itself is changed by a deed that says what it was."""

import json

import pytest

from induction.records.school import school
from induction.services import school_settings
from induction.services.school_settings import Page, SettingsMeanwhile
from tests.cast import SCHOOL
from tests.records.making import NOW


def in_words(about):
    return {"Name": about["name"], "Nation": about["nation"], **about["words"]}


def stored(db):
    return school_settings.about(school.details(db))


def change(db, cast, shown=True, **changes):
    page = Page(lambda _: shown, in_words)
    return school_settings.change(db, {**stored(db), **changes}, page, by=cast.lou.id, now=NOW)


def noted(db):
    return [(row["by"], json.loads(row["was"]), json.loads(row["became"])) for row in db.rows("select * from acts order by id")]


def test_what_is_another_is_noted_and_nothing_else(db, cast):
    assert change(db, cast, **SCHOOL)
    assert change(db, cast, words={**SCHOOL["words"], "headteacher": "Ida Marsh"}, nation="wales")
    assert stored(db)["nation"] == "wales"
    labels = {"headteacher": "Helen Marsh", "Nation": "england"}
    assert noted(db)[1] == (cast.lou.id, labels, {"headteacher": "Ida Marsh", "Nation": "wales"})
    assert noted(db)[0][1]["Name"] == "" and noted(db)[0][2]["Name"] == "Wrenfield School"


def test_what_stands_so_already_is_no_act(db, cast):
    change(db, cast, **SCHOOL)
    assert not change(db, cast, **SCHOOL)
    assert not change(db, cast, shown=False, **SCHOOL), "though the page was opened before"
    assert len(noted(db)) == 1


def test_what_another_lead_saved_meanwhile_stays(db, cast):
    change(db, cast, **SCHOOL)
    with pytest.raises(SettingsMeanwhile) as meanwhile:
        change(db, cast, shown=False, name="Oakfield")
    assert meanwhile.value.stored == stored(db) and stored(db)["name"] == "Wrenfield School" and len(noted(db)) == 1
