"""The log of what leads did: read together from every table that keeps it, page by page."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from induction.records import acts
from induction.records.act_sources import SOURCES
from induction.records.acts import SERVER, Wanted
from induction.records.people import one_time_links, people
from induction.records.people.one_time_links import LinkKind
from induction.records.school import backups_elsewhere, course_approvals
from induction.records.store import migrations
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules.acts import KINDS, Act, Kind, What
from induction.services import deputies
from induction.services import people as deeds
from induction.services.deputies import Stand
from tests.records.making import COURSE, NOW
from tests.records.test_restore import of_version
from tests.records.test_rules import (
    AT,
    HASH,
    acknowledgement,
    aside,
    asked,
    assessment,
    certificate,
    certificate_taken_back,
    entry,
    handover,
    insert,
    lesson_reading,
    person,
    signing_key,
    wording,
)

SHA = f"'{'d' * 64}'"


ALL = Wanted()


def group(**changed):
    return insert("staff_group_names", {"staff_group": "1", "name": "'Kitchen'", "closed": "0", "by": "1", "at": AT} | changed)


def member(**changed):
    return insert("staff_group_members", {"staff_group": "1", "person": "4", "member": "1", "by": "1", "at": AT} | changed)


def given(**changed):
    return insert("course_groups", {"course": "'c'", "staff_group": "1", "given": "1", "by": "1", "at": AT} | changed)


def reminder(**changed):
    return insert("reminder_choices", {"reminder": "'week-before'", "goes": "1", "by": "1", "at": AT} | changed)


def holiday():
    return insert("holidays", {"name": "'Half-term'", "first": "'2027-02-15'", "last": "'2027-02-19'", "by": "1", "at": AT})


def cycle(**changed):
    fields = {"course": "'c'", "every": "'09-01'", "joined_by": "'05-01'", "weeks": "4", "since": "'2026-11-24'", "by": "1", "at": AT}
    return insert("course_cycles", fields | changed)


def later(minutes):
    return NOW + timedelta(minutes=minutes)


def told(page):
    return [(str(each.what), each.by_name, each.person_name, each.about or each.course) for each in page.acts]


def whole(db, wanted=ALL, most=50):
    """The log as its pages tell it one after another."""
    place, found = None, []
    while True:
        page = acts.log(db, wanted, place, most)
        found += page.acts
        assert len(page.acts) <= most
        if page.older is None:
            return found
        place = page.older


@pytest.fixture
def busy(db, cast):
    """A lead who does one of everything, each a minute later than at the beginning."""
    lou = cast.lou.id
    deeds.make_link(db, cast.tess.id, LinkKind.RESET, by=lou, now=later(1))
    deputies.name_deputy(db, cast.max.id, Stand(cast.nia.id, date(2026, 11, 24)), saw=0, by=lou, now=later(2))
    with transaction(db):
        people.update(db, cast.sam.id, role="mentor", by=lou, now=later(3))
        course_approvals.approve(db, course=COURSE, sha256="e" * 64, typed_name="Lou", by=lou, now=later(4))
        backups_elsewhere.say(db, True, lou, later(5))
        acts.add(db, Act(What.ERASED, None, later(6), cast.ana.id, "what stays"))
        for statement in (
            insert("policy_versions", {"at": AT, "chosen_by": "1", "sha256": SHA, "text": "'words'"}),
            "insert into policy_choices (version, facet, stance) values (1, 'pupil-contact', 'none')",
            insert("policy_versions", {"at": AT, "chosen_by": "1"}),
            "insert into policy_choices (version, facet, stance) values (2, 'pupil-contact', 'school-only')",
            acknowledgement(recorded_by="1", signed_on="'2026-11-20'"), asked(), wording(), lesson_reading(), aside(),
            aside(aside="0", why="''"), insert("accounts", {"created_at": AT}), assessment(), assessment(youngest="16"),
            insert("assessment_signatures", {"assessment": "2", "signed_by": "2", "typed_name": "'Max'", "at": AT}),
            insert("accounts_switched_off", {"account": "1", "off": "1", "why": "'Nobody looks after it'", "by": "1", "at": AT}),
            insert("accounts_switched_off", {"account": "1", "off": "0", "why": "''", "by": "1", "at": AT}),
            insert("staff_groups", {"created_at": AT}), group(), group(name="'Kitchens'"), group(closed="1"), group(),
            member(), member(member="0"), given(), given(given="0"), cycle(), cycle(every="null", joined_by="null", months="12"),
            reminder(), reminder(goes="0"), reminder(words="'Hello'"), holiday(),
            insert("holidays_ended", {"holiday": "1", "by": "1", "at": AT}),
            handover(), handover(follower="null"), certificate(), certificate_taken_back(), signing_key(),
        ):  # fmt: skip
            db.execute(statement)
    return db


def test_every_table_that_keeps_what_leads_do_is_told(busy, cast):
    page = acts.log(busy, Wanted())
    assert page.older is None
    assert told(page)[:6] == [
        ("erased", None, "Ana Costa", "what stays"),
        ("copy elsewhere", "Lou Adeyemi", None, ""),
        ("approved", "Lou Adeyemi", None, COURSE),
        ("changed", "Lou Adeyemi", "Sam Price", ""),
        ("deputy", "Lou Adeyemi", "Max Reid", "Nia Évans"),
        ("reset made", "Lou Adeyemi", "Tess Okafor", ""),
    ]
    assert {each.what for each in page.acts} == {
        What.ADDED, What.CHANGED, What.ENDED, What.DEPUTY, What.RESET, What.PUBLISHED, What.PAPER_SIGNATURE, What.ASKED_AGAIN,
        What.APPROVED, What.READ, What.PUT_ASIDE, What.TAKEN_BACK, What.REGISTERED, What.ASSESSED_ANEW, What.SECOND_SIGNATURE,
        What.SWITCHED_OFF, What.SWITCHED_ON, What.COPY_ELSEWHERE, What.ERASED, What.FOLLOWER, What.GROUP_MADE, What.GROUP_RENAMED,
        What.GROUP_CLOSED, What.GROUP_OPENED, What.INTO_A_GROUP, What.OUT_OF_A_GROUP, What.GIVEN, What.NO_LONGER_GIVEN,
        What.COMES_ROUND, What.DONE_ELSEWHERE, What.ELSEWHERE_TAKEN_BACK, What.REMINDER, What.HOLIDAY, What.HOLIDAY_ENDED,
        What.SIGNING_KEY,
    }  # fmt: skip
    assert page.acts[0].by is None and page.acts[0].at == later(6)


def test_each_says_from_what_to_what(busy):
    found = {each.what: each.changes for each in whole(busy)}
    assert found[What.CHANGED] == [("role", "teacher", "mentor")]
    assert found[What.ASSESSED_ANEW] == [("youngest", "13", "16")]
    assert found[What.PUT_ASIDE] == [("why", "", "Wrong")] and found[What.TAKEN_BACK] == []
    assert found[What.SWITCHED_OFF] == [("why", "", "Nobody looks after it")]
    assert found[What.DEPUTY] == [("from", "", "2026-11-24")]
    rounds = [each.changes for each in whole(busy) if each.what is What.COMES_ROUND]
    assert rounds[0] == [("every year on", "09-01", ""), ("joined by", "05-01", ""), ("months after completion", "", "12")]
    assert ("weeks", "", "4") in rounds[1] and found[What.GROUP_RENAMED] == [("name", "Kitchen", "Kitchens")]
    reminders = [each.changes for each in whole(busy) if each.what is What.REMINDER]
    assert reminders == [[("goes", "no", "yes"), ("words", "as shipped", "Hello")], [("goes", "yes", "no")], []]
    assert found[What.HOLIDAY] == [("from", "", "2027-02-15"), ("until", "", "2027-02-19")]
    groups = {each.what: each.about for each in whole(busy) if each.what in (What.INTO_A_GROUP, What.GIVEN)}
    assert set(groups.values()) == {"Kitchen"}
    published = [each.changes for each in whole(busy) if each.what is What.PUBLISHED]
    assert published == [[("pupil-contact", "none", "school-only")], [("pupil-contact", "", "none")]]
    assert ("role", "", "lead") in found[What.ADDED] and found[What.ENDED] == []


@pytest.mark.parametrize("most", [1, 2, 3, 7])
def test_page_by_page_it_is_the_whole_of_it_and_nothing_twice(busy, most):
    in_one = whole(busy)
    assert whole(busy, most=most) == in_one
    assert len(in_one) > 20 and [each.at for each in in_one] == sorted((each.at for each in in_one), reverse=True)
    assert list(acts.whole_log(busy, Wanted())) == in_one


def test_what_is_done_meanwhile_moves_nothing_on_the_pages_that_follow(busy, cast):
    first = acts.log(busy, Wanted(), most=3)
    with transaction(busy):
        acts.add(busy, Act(What.TEST_LETTER, cast.lou.id, later(60)))
    assert [*first.acts, *acts.log(busy, Wanted(), first.older, 100).acts] == whole(busy)[1:]


def test_it_is_narrowed(busy, cast):
    everything = whole(busy)
    for wanted, fits in {
        Wanted(by=cast.lou.id): lambda each: each.by == cast.lou.id,
        Wanted(by=SERVER): lambda each: each.by is None,
        Wanted(about=frozenset({cast.tess.id})): lambda each: each.person_id == cast.tess.id,
        Wanted(about=frozenset({cast.nia.id})): lambda each: each.person_id == cast.nia.id or each.about == "Nia Évans",
        Wanted(since=later(2)): lambda each: each.at >= later(2),
        Wanted(before=later(2)): lambda each: each.at < later(2),
        Wanted(since=later(2), before=later(5), by=cast.lou.id): lambda each: later(2) <= each.at < later(5),
        **{Wanted(kind=kind): lambda each, kind=kind: each.kind is kind for kind in Kind},
    }.items():
        found = [each for each in everything if fits(each)]
        assert whole(busy, wanted, most=2) == found, wanted
        assert found or wanted.kind is Kind.FILES, wanted


def test_names_are_those_of_the_day(busy, cast):
    with transaction(busy):
        people.update(busy, cast.lou.id, name="Lou Brown", now=later(60))
    assert {each.by_name for each in whole(busy) if each.by == cast.lou.id} == {"Lou Adeyemi"}


def test_what_people_do_for_themselves_and_upgrades_do_is_none_of_it(db, cast):
    before = whole(db)
    with transaction(db):
        one_time_links.make(db, LinkKind.RESET, cast.tess.id, NOW, by=cast.tess.id)
        people.set_password(db, cast.tess.id, "x" * 30, now=NOW)
        db.execute(acknowledgement_of_own(db))
    [password, policy] = [each for each in whole(db) if each not in before]  # on the command line
    assert (password.what, policy.what, password.by, policy.by) == (What.PASSWORD_SET, What.PUBLISHED, None, None)


def test_an_account_that_ended_by_itself_is_nobodys_act(db, cast):
    """The act was to say which day is the last."""
    with transaction(db):
        db.execute(entry(active="0", by_itself="1"))
    assert [each.what for each in whole(db) if each.person_id == cast.tess.id] == [What.ADDED]


def acknowledgement_of_own(db):
    db.execute(insert("policy_versions", {"at": "'2019-11-24T09:30:00.000000Z'", "sha256": SHA, "text": "'words'"}))
    return acknowledgement()


def test_every_act_there_is_has_its_source():
    """What the tables say is a word of the vocabulary, and of the kind that the source is filtered by."""
    said = {word for source in SOURCES[:-1] for word in What if f"'{word}'" in source.what}
    said |= {What.INVITATION, What.RESET, What.PASSWORD_SET}  # t.what || ' made'
    said |= {word for source in SOURCES for word in What if f"'{word}'" in source.where and source.what == "t.what"}
    assert said == set(list(What)[: list(What).index(What.DOWNLOADED)])
    for source in SOURCES[:-1]:
        assert {KINDS[word] for word in What if f"'{word}'" in source.what} <= {source.kind}


@pytest.mark.parametrize("source", SOURCES, ids=[source.rows.split()[0] for source in SOURCES])
def test_a_page_is_read_from_the_newest_end_and_nothing_is_sorted(db, source):
    """Where a table grows with the school's years; the others stay as short as the lists that they are."""
    table = source.rows.split()[0]
    rows = []
    real = db.rows
    db.rows = lambda sql, values=(): rows.append((sql, values)) or real(sql, values)
    acts.log(db, Wanted(by=1))
    db.rows = real
    [(sql, values)] = [each for each in rows if f"from {table} t" in each[0]]
    plan = [row["detail"] for row in db.rows(f"explain query plan {sql}", values)]
    if table in ("people_history", "ways_in", "asked_again", "lesson_readings", "acknowledgements", "staff_group_members", "acts"):
        assert "_by_moment (at<?" in plan[0], plan
        assert not any("TEMP B-TREE" in each for each in plan), plan
    else:
        assert plan[0].startswith(("SCAN t", "SEARCH t")), plan


def test_seven_years_of_it_are_told_page_by_page_like_a_day_of_it(db, cast):
    """The work of a page, counted in SQLite's own steps: no more with a hundred thousand acts than with few."""

    def steps(wanted, place=None):
        counted = [0]
        connection = db.connection().conn
        connection.set_progress_handler(lambda: counted.__setitem__(0, counted[0] + 1), 100)
        try:
            page = acts.log(db, wanted, place)
        finally:
            connection.set_progress_handler(None, 100)
        assert len(page.acts) == 50
        return counted[0]

    def fill(count):
        rows = [(moment_text(NOW - timedelta(minutes=each)), cast.lou.id, cast.tess.id) for each in range(1, count)]
        with transaction(db):
            db.connection().conn.executemany(
                "insert into acts (at, \"by\", what, person, about, was, became) values (?, ?, 'downloaded', ?, 'a', '{}', '{}')", rows
            )

    fill(200)
    few = steps(Wanted()), steps(Wanted(by=cast.lou.id)), steps(Wanted(since=NOW - timedelta(minutes=60)))
    fill(100_000)
    many = steps(Wanted()), steps(Wanted(by=cast.lou.id)), steps(Wanted(since=NOW - timedelta(minutes=60)))
    assert all(now <= 2 * before for now, before in zip(many, few, strict=True)), (few, many)
    last = acts.Place(moment_text(NOW - timedelta(minutes=99_900)))
    assert steps(Wanted(), last) <= 2 * few[0], "nor at its far end"
    assert len(list(acts.whole_log(db, Wanted()))) > 100_000


def test_what_is_kept_is_what_was_said(db, cast):
    act = Act(What.SETTINGS, cast.lou.id, NOW, was={"Name": "Wrenfield"}, became={"Name": "Wrenfield’s \"new\" <school>"})
    with transaction(db):
        acts.add(db, act)
        acts.add(db, replace(act, about="=1+1", was={}, became={}))
    [row, other] = [each for each in whole(db) if each.what is What.SETTINGS][::-1]
    assert json.loads(db.value("select became from acts")) == dict(act.became) == dict(row.became)
    assert other.about == "=1+1" and other.changes == []


def test_what_happened_before_the_upgrade_is_there_too(tmp_path):
    """As version 1.4 wrote it."""
    old = migrations.open_database(tmp_path / "induction.db", NOW, of_version(9))
    with transaction(old):
        for statement in (
            person(role="'lead'", email="'lou@school.example'", name="'Lou'"), person(added_by="1", checklist_key="'another-key-of-16'"),
            entry(person="2", email="'eve@school.example'", name="'Eve Brown'", mentor="null", by="1"),
            insert("approvals", {"course": "'c'", "sha256": HASH, "typed_name": "'Lou'", "approved_by": "1", "at": AT}),
        ):
            old.execute(statement)
    old.close()
    db = migrations.open_database(tmp_path / "induction.db", later(60))
    assert [(str(each.what), each.by_name, each.changes) for each in whole(db)][:2] == [
        ("changed", "Lou", [("name", "Eve", "Eve Brown")]),
        ("added", "Lou", [("name", "", "Eve"), ("email", "", "eve@school.example"), ("role", "", "teacher")]),
    ]
    assert [each.what for each in whole(db)].count(What.APPROVED) == 1
    db.close()
