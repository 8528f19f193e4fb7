"""The register in the database: what is kept, what waits for whom, and two leads at once."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest

from induction.records.people import people
from induction.records.people.person import Details
from induction.records.school import approved_accounts
from induction.records.school.approved_accounts import (
    ChangedMeanwhile,
    NotHere,
    OnTheRegister,
    OwnAssessment,
    Said,
    SignedAlready,
)
from induction.records.store.database import RuleBroken, transaction
from induction.rules.account_approval import Need
from induction.rules.roles import Role
from tests.records.making import NOW, TODAY

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def kit(db, cast):
    """A second lead."""
    with transaction(db):
        return people.add(db, Details("kit@school.example", "Kit Osei", Role.LEAD), now=NOW)


@pytest.fixture
def said(cast):
    return Said("Instagram", "@wrenfield", 16, 13, cast.max.id, cast.tess.id, date(2027, 9, 1), {"purpose": "Science"})


@pytest.fixture
def account(db, cast, said):
    with transaction(db):
        return approved_accounts.add(db, said, by=cast.lou.id, now=NOW)


def sign(db, account, by, assessment=None):
    with transaction(db):
        approved_accounts.sign(
            db, account, assessment or approved_accounts.find(db, account).latest.id, typed_name="Kit Osei", by=by.id, now=LATER
        )


def change(db, account, said, by, based_on=None):
    with transaction(db):
        based_on = based_on or approved_accounts.find(db, account).latest.id
        approved_accounts.change(db, account, said, based_on=based_on, by=by.id, now=LATER)


def switch(db, account, off, by, why="Somebody left"):
    with transaction(db):
        return approved_accounts.switch(db, account, off=off, why=why, by=by.id, now=LATER + timedelta(hours=1))


def approved(db, account):
    return approved_accounts.find(db, account).standing(Need.USED, TODAY).approved


def test_what_was_written_is_read_back(db, cast, account, said):
    found = approved_accounts.find(db, account)
    assert found.latest.said == said and found.latest.at == NOW and found.latest.signature is None
    assert [each.name for each in found.latest.responsible] == ["Max Reid", "Tess Okafor"]
    assert found.latest.written_by_name == "Lou Adeyemi" and found.switch is None and found.since is None
    assert approved_accounts.listing(db) == [found] and approved_accounts.assessments(db, account) == [found.latest]


def test_there_is_no_account_of_an_unknown_id(db, account):
    assert approved_accounts.find(db, account + 1) is None


def test_a_second_person_approves(db, cast, kit, account):
    assert not approved(db, account)
    sign(db, account, kit)
    found = approved_accounts.find(db, account)
    assert approved(db, account) and found.since == LATER
    assert (found.latest.signature.signed_by_name, found.latest.signature.typed_name) == ("Kit Osei", "Kit Osei")


def test_nobody_signs_off_what_they_wrote(db, cast, account):
    with pytest.raises(OwnAssessment):
        sign(db, account, cast.lou)
    with pytest.raises(RuleBroken), transaction(db):  # nor by the way round
        db.execute(
            "insert into assessment_signatures (assessment, signed_by, typed_name, at)"
            " select id, written_by, 'Lou', at from assessments"
        )
    assert not approved(db, account)


def test_signing_twice_is_signing_once(db, kit, account):
    sign(db, account, kit)
    sign(db, account, kit)
    assert db.value("select count(*) from assessment_signatures") == 1


def test_a_third_lead_hears_that_it_is_signed(db, cast, kit, account):
    with transaction(db):
        third = people.add(db, Details("uma@school.example", "Uma Roy", Role.LEAD), now=NOW)
    sign(db, account, kit)
    with pytest.raises(SignedAlready):
        sign(db, account, third)


def test_a_change_waits_for_a_signature_and_leaves_what_was(db, cast, kit, account, said):
    sign(db, account, kit)
    before = approved_accounts.find(db, account).latest
    change(db, account, replace(said, youngest=14), cast.lou)
    assert not approved(db, account)
    every = approved_accounts.assessments(db, account)
    assert [each.said.youngest for each in every] == [14, 16] and every[1] == before
    sign(db, account, kit)
    assert approved(db, account)


def test_who_signs_signs_what_they_read(db, cast, kit, account, said):
    read = approved_accounts.find(db, account).latest.id
    change(db, account, replace(said, youngest=14), cast.lou)
    with pytest.raises(ChangedMeanwhile):
        sign(db, account, kit, read)


def test_a_change_of_what_somebody_else_has_changed_is_refused(db, cast, kit, account, said):
    read = approved_accounts.find(db, account).latest.id
    change(db, account, replace(said, youngest=14), cast.lou, read)
    with pytest.raises(ChangedMeanwhile):
        change(db, account, replace(said, youngest=17), kit, read)
    assert approved_accounts.find(db, account).latest.said.youngest == 14


def test_two_leads_at_once_make_one_change(db, cast, kit, account, said):
    read, outcomes, ready = approved_accounts.find(db, account).latest.id, [], threading.Barrier(2)

    def one(by, youngest):
        ready.wait()
        try:
            change(db, account, replace(said, youngest=youngest), by, read)
            outcomes.append("kept")
        except ChangedMeanwhile:
            outcomes.append("refused")
        finally:
            db.close()

    both = [threading.Thread(target=one, args=each) for each in ((cast.lou, 14), (kit, 17))]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(outcomes) == ["kept", "refused"] and len(approved_accounts.assessments(db, account)) == 2


def test_sent_twice_it_is_one(db, cast, account, said):
    with transaction(db):
        assert approved_accounts.add(db, said, by=cast.lou.id, now=LATER) == account
    read = approved_accounts.find(db, account).latest.id
    for _ in range(2):
        change(db, account, replace(said, youngest=14), cast.lou, read)
    assert len(approved_accounts.assessments(db, account)) == 2


@pytest.mark.parametrize("handle", ["@WRENFIELD", "wrenfield"])
def test_one_account_is_one_entry(db, cast, kit, account, said, handle):
    with pytest.raises(OnTheRegister), transaction(db):
        approved_accounts.add(db, replace(said, handle=handle), by=kit.id, now=LATER)
    with transaction(db):
        another = approved_accounts.add(db, replace(said, platform="YouTube"), by=kit.id, now=LATER)
    with pytest.raises(OnTheRegister):
        change(db, another, said, kit)
    assert len(approved_accounts.listing(db)) == 2


def test_who_has_left_looks_after_nothing(db, cast, kit, account, said):
    with pytest.raises(NotHere), transaction(db):
        approved_accounts.add(db, replace(said, handle="@another", second_responsible=cast.ana.id), by=cast.lou.id, now=NOW)
    with pytest.raises(NotHere):
        change(db, account, replace(said, first_responsible=cast.ana.id), cast.lou)
    sign(db, account, kit)
    with transaction(db):
        people.deactivate(db, cast.max.id, now=NOW)
    assert approved_accounts.find(db, account).standing(Need.USED, TODAY).gone == ("Max Reid",)


def test_switched_off_and_on_again_is_on_record(db, cast, kit, account):
    sign(db, account, kit)
    assert switch(db, account, True, cast.lou, "Hacked") and not approved(db, account)
    assert not switch(db, account, True, kit)  # it was off already
    assert approved_accounts.find(db, account).off.why == "Hacked" and approved_accounts.find(db, account).since is None
    assert switch(db, account, False, kit, "New password") and approved(db, account)
    assert not switch(db, account, False, kit)
    told = [(each.off, each.why, each.by_name) for each in approved_accounts.switches(db, account)]
    assert told == [(False, "New password", "Kit Osei"), (True, "Hacked", "Lou Adeyemi")]
    assert approved_accounts.find(db, account).since == LATER + timedelta(hours=1)  # not since the signature


def test_switching_one_account_off_leaves_the_others(db, cast, kit, account, said):
    with transaction(db):
        other = approved_accounts.add(db, replace(said, platform="YouTube"), by=cast.lou.id, now=NOW)
    switch(db, other, True, cast.lou)
    assert [(each.id, each.off is not None) for each in approved_accounts.listing(db)] == [(account, False), (other, True)]
    switch(db, account, True, kit)
    assert [(each.id, each.off is not None) for each in approved_accounts.listing(db)] == [(account, True), (other, True)]


def test_another_lead_may_sign(db, cast, kit):
    assert people.leads(db) == [], "nobody has chosen a password"
    with transaction(db):
        for lead in (kit, cast.lou):
            people.set_password(db, lead.id, "$argon2id$v=19$m=19456,t=2,p=1$salt$hash", now=NOW)
    assert [each.name for each in people.leads(db)] == ["Kit Osei", "Lou Adeyemi"]
    with transaction(db):
        people.deactivate(db, kit.id, now=NOW)
    assert [each.name for each in people.leads(db)] == ["Lou Adeyemi"]
def test_two_who_are_named_alike_are_told_apart(db, cast, account, said):
    assert [each.called for each in approved_accounts.find(db, account).latest.responsible] == ["Max Reid", "Tess Okafor"]
    with transaction(db):
        people.add(db, Details("max.other@school.example", "MAX  Réid", Role.TEACHER), now=NOW)
    called = [each.called for each in approved_accounts.find(db, account).latest.responsible]
    assert called == ["Max Reid, max@school.example", "Tess Okafor"]


KEPT = {
    "assessments_do_not_change": "update assessments set youngest = 11",
    "assessments_stay": "delete from assessments where id = 2",
    "assessment_signatures_do_not_change": "update assessment_signatures set typed_name = 'Somebody'",
    "assessment_signatures_stay": "delete from assessment_signatures",
    "accounts_switched_off_do_not_change": "update accounts_switched_off set why = 'No reason'",
    "accounts_switched_off_stay": "delete from accounts_switched_off",
}


@pytest.mark.parametrize("trigger", KEPT)
def test_what_was_said_of_an_account_stays(db, cast, kit, account, said, trigger):
    sign(db, account, kit)
    change(db, account, replace(said, youngest=14), cast.lou)
    switch(db, account, True, cast.lou)
    with pytest.raises(RuleBroken), transaction(db):
        db.execute(KEPT[trigger])
    with transaction(db):
        db.execute(f"drop trigger {trigger}")
        assert db.execute(KEPT[trigger])  # it was this rule that refused
