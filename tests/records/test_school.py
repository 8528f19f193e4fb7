"""The school, its policy version by version, and the versions of the words."""

import hashlib
from datetime import UTC, date, datetime

import pytest

from induction.records import people, school, versions
from induction.records.database import RuleBroken, UnfitValue, transaction
from tests.records.making import NOW, SHA256, WORDS


def test_a_new_school_has_no_name_and_no_choices(db):
    assert school.details(db).name == ""
    loaded = school.load(db)
    assert (loaded.name, loaded.nation, loaded.phase) == ("our school", "england", "all-through")
    assert (dict(loaded.words), dict(loaded.choices), loaded.policy_version, loaded.policy_since) == ({}, {}, 0, None)
    assert school.policy(db) == school.PolicyNow(0, None, {})
    assert not school.set_up(db)


def test_a_school_is_set_up_with_its_lead(db, cast):
    assert school.set_up(db)
    assert people.has_lead(db)


def test_what_the_school_says_is_kept_and_makes_another_revision(db):
    words = {"safeguarding lead": "Ms Adeyemi", "out of hours": "07700 900123"}
    with transaction(db):
        school.save(db, name=" Oakfield ", nation="wales", phase="primary", words=words, public_contacts=True)
    assert school.details(db) == school.SchoolDetails("Oakfield", "wales", "primary", words, True, 2)
    assert school.load(db).words == words
    assert school.revision(db) == 2
    with pytest.raises(RuleBroken), transaction(db):
        school.save(db, name="Oakfield", nation="cornwall", phase="primary", words={}, public_contacts=False)
    assert school.details(db).nation == "wales"


def test_a_choice_is_a_new_version_and_the_old_one_stays(db, cast):
    with transaction(db):
        first = school.choose(db, {"pupil-contact": "none", "phones": "never"}, cast.lou.id, NOW)
    later = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July in the school
    with transaction(db):
        second = school.choose(db, {"pupil-contact": "school-platforms", "phones": "never"}, None, later)
    assert (first, second, school.revision(db)) == (1, 2, 3)
    policy = school.policy(db)
    assert (policy.version, policy.since) == (2, later)
    assert policy.choices["phones"] == school.Choice("phones", "never", 1, cast.lou.id, "Lou Adeyemi", NOW)
    assert policy.choices["pupil-contact"] == school.Choice("pupil-contact", "school-platforms", 2, None, None, later)
    loaded = school.load(db)
    assert loaded.choices == {"pupil-contact": "school-platforms", "phones": "never"}
    assert (loaded.policy_version, loaded.policy_since) == (2, date(2027, 7, 1))
    kept = db.rows("select stance from policy_choices where facet = 'pupil-contact' order by version")
    assert [row["stance"] for row in kept] == ["none", "school-platforms"]


def test_choosing_what_is_chosen_makes_no_version(db, cast):
    with transaction(db):
        assert school.choose(db, {}, cast.lou.id, NOW) == 0
        assert school.choose(db, {"phones": "never"}, cast.lou.id, NOW) == 1
        assert school.choose(db, {"phones": "never"}, cast.lou.id, NOW) == 1
    assert school.revision(db) == 2


def test_a_version_is_kept_once_and_proved(db, cast):
    with transaction(db):
        versions.keep(db, SHA256, "quiz", WORDS, NOW)
    assert versions.text(db, SHA256) == WORDS
    assert versions.text(db, "0" * 64) is None
    assert db.value("select count(*) from versions") == 1
    with pytest.raises(UnfitValue), transaction(db):
        versions.keep(db, hashlib.sha256(b"other").hexdigest(), "quiz", WORDS, NOW)
    assert db.value("select count(*) from versions") == 1
