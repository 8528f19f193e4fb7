"""Who somebody was and how they came in: kept by construction, whoever writes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from induction.records import exports, own_record
from induction.records.people import history, one_time_links, people
from induction.records.people.history import PasswordOrigin
from induction.records.people.one_time_links import LinkKind
from induction.records.people.person import Details
from induction.records.policy import acknowledgements, versions
from induction.records.policy.acknowledgements import Signed
from induction.records.progress import conversations, scenario_notes
from induction.records.school import approved_accounts, course_approvals
from induction.records.school.approved_accounts import Said
from induction.records.store.database import transaction
from induction.rules.person_history import Way, What
from induction.rules.roles import Role
from tests.records.making import COURSE, NOW, SHA256, complete, publish, save_answer, start_attempt

SECRET = "$argon2id$v=19$m=19456,t=2,p=1$salt$hash"
HOUR = timedelta(hours=1)
CHANGES = {
    "name": "Tess Öztürk", "email": "tess.o@school.example", "role": Role.MENTOR, "mentor_id": 3, "due": date(2027, 1, 8),
    "course": "in-ten-minutes",
}


def change(db, person, at=NOW + HOUR, by=1, **changes):
    with transaction(db):
        return people.update(db, person.id, by=by, now=at, **changes)


def entries(db, person):
    return history.entries(db, person.id)


@pytest.mark.parametrize("field", CHANGES)
def test_each_change_is_an_entry_with_who_and_when(db, cast, field):
    changed = change(db, cast.tess, **{field: CHANGES[field]})
    assert changed == people.find(db, cast.tess.id) == replace(cast.tess, **{field: CHANGES[field]})
    added, entry = entries(db, cast.tess)
    assert (added.what, added.at, added.by, added.name) == (What.ADDED, NOW, None, "Tess Okafor")
    assert (entry.what, entry.at, entry.by, entry.by_name) == (What.CHANGED, NOW + HOUR, cast.lou.id, "Lou Adeyemi")
    assert getattr(entry, field) == CHANGES[field]


def test_what_differs_in_nothing_is_no_entry(db, cast):
    change(db, cast.tess, name=" Tess Okafor ", email="TESS@school.example", role=Role.TEACHER, mentor_id=cast.max.id)
    assert len(entries(db, cast.tess)) == 1


def test_what_is_not_named_stays(db, cast):
    change(db, cast.tess, course="in-ten-minutes")
    after = change(db, cast.tess, name="Tess Brown")
    assert (after.course, after.mentor_id, after.due, after.role) == ("in-ten-minutes", cast.max.id, cast.tess.due, Role.TEACHER)


def test_who_added_somebody_is_kept(db, cast):
    with transaction(db):
        eve = people.add(db, Details("eve@school.example", "Eve", Role.TEACHER), now=NOW, by=cast.lou.id)
    assert entries(db, eve)[0].by_name == "Lou Adeyemi"


def test_leaving_and_coming_back_are_entries_once_each(db, cast):
    for _ in range(2):
        with transaction(db):
            people.deactivate(db, cast.sam.id, by=cast.lou.id, now=NOW)
    for _ in range(2):
        with transaction(db):
            people.reactivate(db, cast.sam.id, by=cast.lou.id, now=NOW)
    assert [each.active for each in entries(db, cast.sam)] == [True, False, True]


def test_a_mentors_teachers_go_to_the_follower_in_the_same_change(db, cast):
    with pytest.raises(people.NotAMentor), transaction(db):
        people.deactivate(db, cast.max.id, by=cast.lou.id, now=NOW, follower_id=cast.sam.id)
    assert people.find(db, cast.max.id).active and people.find(db, cast.tess.id).mentor_id == cast.max.id
    with pytest.raises(people.NotAMentor), transaction(db):
        people.deactivate(db, cast.max.id, now=NOW, follower_id=cast.max.id)
    with transaction(db):
        people.deactivate(db, cast.max.id, by=cast.lou.id, now=NOW, follower_id=cast.nia.id)
    entry = entries(db, cast.tess)[-1]
    assert (entry.mentor_name, entry.by_name) == ("Nia Évans", "Lou Adeyemi")
    assert people.find(db, cast.ana.id).mentor_id == cast.max.id, "who had left keeps what was"
    change(db, cast.nia, role=Role.TEACHER)
    assert [people.find(db, each.id).mentor_id for each in (cast.tess, cast.sam)] == [None, None]


def test_links_and_passwords_are_ways_in(db, cast):
    device = "Firefox on Windows"
    with transaction(db):
        token = one_time_links.make(db, LinkKind.INVITATION, cast.tess.id, NOW, by=cast.lou.id)
        one_time_links.make(db, LinkKind.RESET, cast.tess.id, NOW + HOUR)
    with transaction(db):
        assert one_time_links.use(db, LinkKind.INVITATION, token, NOW + HOUR)
        people.set_password(db, cast.tess.id, SECRET, PasswordOrigin(Way.CHOSEN, device=device, kind=LinkKind.INVITATION), now=NOW + HOUR)
        people.set_password(db, cast.tess.id, SECRET + "2", PasswordOrigin(Way.CHANGED, by=cast.tess.id), now=NOW + 2 * HOUR)
    ways = history.ways_in(db, cast.tess.id)
    assert [(each.what, each.by_name) for each in ways] == [
        (Way.INVITATION, "Lou Adeyemi"), (Way.RESET, None), (Way.CHOSEN, None), (Way.CHANGED, "Tess Okafor"),
    ]
    assert (ways[2].through, ways[2].device) == (ways[0].id, device)
    assert history.latest_way(db, cast.tess.id) == ways[-1] and history.latest_way(db, cast.sam.id) is None
    with transaction(db):
        people.deactivate(db, cast.tess.id, now=NOW)
        people.reactivate(db, cast.tess.id, now=NOW, by=cast.lou.id)
    assert history.latest_way(db, cast.tess.id).what is Way.CLEARED and not people.find(db, cast.tess.id).has_password


def swap(db, one, other):
    """Two people change names and addresses, a day later."""
    tomorrow = NOW + timedelta(days=1)
    change(db, one, tomorrow, name="For now", email="for.now@school.example")
    change(db, other, tomorrow, name=one.name, email=one.email)
    change(db, one, tomorrow, name=other.name, email=other.email)


def test_records_carry_the_names_of_their_day(db, cast):
    with transaction(db):
        kit = people.add(db, Details("kit@school.example", "Kit Osei", Role.LEAD), now=NOW)
        complete(db, cast.tess.id, "")
        publish(db, {"phones": "never"}, cast.lou)
        sha256 = versions.now(db).sha256
        for person in (cast.tess, cast.sam):
            paper = {"recorded_by": cast.lou.id, "signed_on": NOW.date()} if person is cast.sam else {}
            acknowledgements.acknowledge(db, Signed(person.id, 1, sha256, person.name, NOW, **paper))
        course_approvals.approve(db, course=COURSE, sha256=SHA256, typed_name="Lou", by=cast.lou.id, now=NOW)
        conversations.record(
            db, teacher_id=cast.tess.id, mentor_id=cast.max.id, held_on=NOW.date(), themes=["a"], key="k" * 16, now=NOW
        )
        save_answer(db, start_attempt(db, cast.tess))
        scenario_notes.send(
            db, person_id=cast.tess.id, attempt_id=1, step=1, scenario="sunday-night", words="Hm", key="k" * 16, now=NOW
        )
        scenario_notes.answer(db, 1, words="Thanks", by=cast.lou.id, now=NOW)
        said = Said("Instagram", "@wrenfield", 16, 13, cast.max.id, cast.tess.id, date(2027, 9, 1), {})
        account = approved_accounts.add(db, said, by=cast.lou.id, now=NOW)
        approved_accounts.sign(db, account, 1, typed_name="Kit", by=kit.id, now=NOW)
        approved_accounts.switch(db, account, off=True, why="Hacked", by=cast.lou.id, now=NOW)
    before = all_names(db)
    assert set(before) >= {"Tess Okafor", "Lou Adeyemi", "Max Reid", "Kit Osei"}
    swap(db, cast.tess, cast.sam)
    swap(db, cast.lou, cast.max)
    change(db, kit, NOW + timedelta(days=1), name="Another")
    assert all_names(db) == before


def all_names(db):
    """Every name that stands beside something that happened."""
    [approval], [talk] = course_approvals.of_course(db, COURSE), conversations.about(db, 4)
    note, account = scenario_notes.find(db, 1), approved_accounts.find(db, 1)
    found = [each["person_name"] for each in exports.completions(db)]
    found += [each["person_email"] for each in exports.completions(db)]
    found += sorted(f"{each['person_name']} {each['person_email']} {each['recorded_by']}" for each in acknowledgements.export(db))
    found += [str(each.recorded_by_name) for each in acknowledgements.of_person(db, 5)]
    found += [approval.approved_by_name, talk.mentor_name, note.person_name, note.answer.by_name]
    found += [account.latest.written_by_name, account.latest.signature.signed_by_name, account.switch.by_name]
    found += [versions.versions(db)[0].published_by_name, versions.now(db).hands["phones"].name]
    return found + [own_record.of_person(db, 2)["conversations_held_as_mentor"][0]["teacher"]]


def test_before_anything_was_kept_the_first_name_stands(db, cast):
    with transaction(db):
        complete(db, cast.tess.id, "", completed_at=NOW - timedelta(days=400))
    change(db, cast.tess, name="Tess Brown")
    assert exports.completions(db)[0]["person_name"] == "Tess Okafor"


def test_an_acknowledgement_says_by_which_link_the_password_came(db, cast):
    with transaction(db):
        for number, kind in enumerate((None, LinkKind.INVITATION, LinkKind.RESET), start=1):
            at = NOW + timedelta(days=number)
            if kind:
                one_time_links.make(db, kind, cast.tess.id, at, by=cast.lou.id if kind is LinkKind.RESET else None)
                people.set_password(db, cast.tess.id, SECRET + kind, PasswordOrigin(Way.CHOSEN, kind=kind), now=at + HOUR)
            publish(db, {"phones": str(kind)}, cast.lou, now=at)
            sha256 = versions.now(db).sha256
            acknowledgements.acknowledge(db, Signed(cast.tess.id, number, sha256, "Tess", at + 2 * HOUR))
    assert [each["way_in"] for each in acknowledgements.export(db)] == [
        "", "invitation, made by the command line on 2026-11-26, used on 2026-11-26",
        "link for a new password, made by Lou Adeyemi on 2026-11-27, used on 2026-11-27",
    ]


def test_the_history_of_everybody_leaves_the_building(db, cast):
    with transaction(db):
        one_time_links.make(db, LinkKind.RESET, cast.tess.id, NOW + HOUR, by=cast.lou.id)
    change(db, cast.tess, NOW + 2 * HOUR, name="=Tess", email="t@school.example")
    rows = exports.history_of_people(db, {}, email="TESS@school.example")
    assert [tuple(each.values()) for each in rows] == [
        (
            "tess@school.example", "Tess Okafor", "2026-11-24T09:30:00Z", "added", "",
            "Somebody with access to the server added Tess Okafor, tess@school.example, as teacher.",
        ),
        (
            "tess@school.example", "Tess Okafor", "2026-11-24T10:30:00Z", "reset", "Lou Adeyemi",
            "Lou Adeyemi made a link for a new password. It has not been used.",
        ),
        (
            "t@school.example", "=Tess", "2026-11-24T11:30:00Z", "changed", "Lou Adeyemi",
            "Lou Adeyemi: name from Tess Okafor to =Tess; email from tess@school.example to t@school.example.",
        ),
    ]
    assert tuple(rows[0]) == exports.HISTORY
    assert len(exports.history_of_people(db, {})) == 6 + 1 + 2, "everybody, and those who have left"


def test_lately_tells_what_others_did_and_nothing_of_ones_own(db, cast):
    assert history.lately(db, cast.tess.id, NOW) is None
    with transaction(db):
        one_time_links.make(db, LinkKind.INVITATION, cast.tess.id, NOW, by=cast.lou.id)
        people.set_password(db, cast.tess.id, SECRET, PasswordOrigin(Way.CHOSEN, kind=LinkKind.INVITATION), now=NOW)
        people.set_password(db, cast.tess.id, SECRET + "2", PasswordOrigin(Way.CHANGED, by=cast.tess.id), now=NOW)
    change(db, cast.tess, due=None, mentor_id=None)
    assert history.lately(db, cast.tess.id, NOW) is None, "an invitation is nobody's surprise, nor is a date"
    with transaction(db):
        one_time_links.make(db, LinkKind.RESET, cast.tess.id, NOW + HOUR, by=cast.lou.id)
        people.set_password(db, cast.tess.id, SECRET + "3", PasswordOrigin(Way.CHOSEN, kind=LinkKind.RESET), now=NOW + HOUR)
    found = history.lately(db, cast.tess.id, NOW)
    assert (found.password_at, found.link.by_name, found.changed) == (NOW + HOUR, "Lou Adeyemi", None)
    change(db, cast.tess, NOW + 2 * HOUR, email="other@school.example")
    found = history.lately(db, cast.tess.id, NOW)
    assert (found.before.email, found.changed.email) == ("tess@school.example", "other@school.example")
    assert history.lately(db, cast.tess.id, NOW + 3 * HOUR) is None


def test_a_persons_record_has_all_of_it_and_no_secret(db, cast):
    with transaction(db):
        token = one_time_links.make(db, LinkKind.INVITATION, cast.tess.id, NOW, by=cast.lou.id)
    change(db, cast.tess, name="Tess Brown")
    record = own_record.of_person(db, cast.tess.id)
    assert [(each["name"], each["by"]) for each in record["who_you_were"]] == [
        ("Tess Okafor", None), ("Tess Brown", "Lou Adeyemi"),
    ]
    assert record["ways_in"][0]["what"] == "invitation" and record["ways_in"][0]["by"] == "Lou Adeyemi"
    assert token not in str(record)
