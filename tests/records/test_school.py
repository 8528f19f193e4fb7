"""The school, and the versions of the words."""

import hashlib

import pytest

from induction.content.editions.edition import Edition
from induction.records import editions
from induction.records.people import people
from induction.records.policy import versions
from induction.records.school import school
from induction.records.store.database import RuleBroken, UnfitValue, transaction
from tests.records.making import NOW, SHA256, WORDS


def test_a_new_school_has_no_name_and_no_choices(db):
    assert school.details(db).name == ""
    loaded, now = school.load(db)
    assert (loaded.name, loaded.nation, loaded.phase) == ("our school", "england", "all-through")
    assert (dict(loaded.words), dict(loaded.choices), loaded.policy_version, loaded.policy_since) == ({}, {}, 0, None)
    assert now == versions.PolicyNow(0, None, {})
    assert not people.has_lead(db)


def test_a_school_is_set_up_with_its_lead(db, cast):
    assert people.has_lead(db)


def test_what_the_school_says_is_kept_and_makes_another_revision(db):
    words = {"safeguarding lead": "Ms Adeyemi", "out of hours": "07700 900123"}
    with transaction(db):
        school.save(db, name=" Oakfield ", nation="wales", phase="primary", words=words, public_contacts=True)
    assert school.details(db) == school.SchoolDetails("Oakfield", "wales", "primary", words, True, 2)
    assert school.load(db)[0].words == words
    assert school.revision(db) == 2
    with pytest.raises(RuleBroken), transaction(db):
        school.save(db, name="Oakfield", nation="cornwall", phase="primary", words={}, public_contacts=False)
    assert school.details(db).nation == "wales"


def test_a_version_is_kept_once_and_proved(db, cast):
    with transaction(db):
        editions.keep(db, Edition(SHA256, WORDS), "quiz", NOW)
    assert editions.text(db, SHA256) == WORDS
    with pytest.raises(LookupError):
        editions.text(db, "0" * 64)
    assert db.value("select count(*) from versions") == 1
    with pytest.raises(UnfitValue), transaction(db):
        editions.keep(db, Edition(hashlib.sha256(b"other").hexdigest(), WORDS), "quiz", NOW)
    assert db.value("select count(*) from versions") == 1
