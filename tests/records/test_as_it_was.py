"""The records of one moment: what stood in them at the end of a day, and one state of them while others write."""

import threading
from contextlib import suppress
from datetime import date, timedelta

import pytest

from induction.records import erasure
from induction.records.people import history, lists, people, staff_groups
from induction.records.people.person import Details
from induction.records.policy import versions
from induction.records.progress import attempts, completions, conversations
from induction.records.school import course_approvals
from induction.records.store.as_it_was import HAPPENED, as_it_was
from induction.records.store.database import DatabaseFault, transaction
from induction.rules.retention import Kind
from induction.rules.roles import Role
from tests.records.making import COURSE, NOW, SHA256, TODAY, complete, finish, publish, start_attempt

LATER = NOW + timedelta(days=3)
# What has a moment of its own, and is met as it is whatever day is asked for.
AS_IT_IS = {
    "of letters": ("addresses_refused", "letters", "password_requests", "post_office", "reminders"),
    "of backups": ("backup_copies", "backup_runs", "backups_elsewhere", "drills"),
    "of browsers and links": ("calendar_addresses", "kept_forms", "links", "new_devices", "sessions", "tries", "used_once"),
    "how somebody signs in now": (
        "code_apps", "factor_resets", "passkeys", "provider_accounts", "provider_tokens", "recovery_codes", "waiting_accounts",
    ),
    "of the site": ("certificate_seen", "chores", "pulse"),
    "on its way": ("imports", "packs", "policy_draft_choices", "policy_draft_text"),
    "what is gone is gone": ("removals", "retention_periods"),
    "figures of nobody": ("scenario_tens",),
    "words, under their SHA-256": ("versions",),
    "sealed until now, whatever the day": ("evidence",),
    "said apart": ("attempts", "people", "people_history"),
}


def test_every_table_with_a_moment_of_its_own_is_met_as_it_was_or_left_so_for_a_reason(db):
    with_moments = {
        row["name"] for row in db.rows(
            "select distinct m.name from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table'"
            " and m.name not like '\\_%' escape '\\' and (c.name = 'at' or c.name like '%\\_at' escape '\\')")
    }  # fmt: skip
    assert sorted(with_moments - set(HAPPENED)) == sorted(table for tables in AS_IT_IS.values() for table in tables)


def test_a_table_of_then_has_the_columns_of_the_table(db):
    with as_it_was(db.path, TODAY) as then:
        views, own = ({row["name"] for row in then.rows(f"select name from {schema}.sqlite_schema where type = 'view'")}
                      for schema in ("temp", "main"))  # fmt: skip
        assert len(views) > 30 and own < views
        for name in views:
            shown, kept = ([row["name"] for row in then.rows(f"pragma {schema}.table_info({name})")] for schema in ("temp", "main"))
            assert shown == kept, name


@pytest.fixture
def two_days(db, cast):
    """Something on the first day, and something else three days later."""
    with transaction(db):
        group = staff_groups.add(db, "kitchen", by=cast.lou.id, now=NOW)
        staff_groups.put(db, cast.tess.id, group, True, by=cast.lou.id, now=NOW)
        complete(db, cast.tess.id)
        publish(db, {}, cast.lou)
        start_attempt(db, cast.sam)
    with transaction(db):
        people.update(db, cast.tess.id, name="Tess Müller", role=Role.MENTOR, now=LATER)
        people.add(db, new("Kit Moran"), now=LATER)
        people.deactivate(db, cast.sam.id, now=LATER)
        staff_groups.put(db, cast.tess.id, group, False, by=cast.lou.id, now=LATER)
        complete(db, cast.tess.id, "late-messages", completed_at=LATER)
        finish(db, 1, now=LATER)
        course_approvals.approve(db, course=COURSE, sha256=SHA256, typed_name="Lou", by=cast.lou.id, now=LATER)
    return db


def new(name):
    return Details(f"{name.split()[0].lower()}@school.example", name, Role.TEACHER)


def told(db, tess, sam):
    """What a reader meets of it."""
    return {
        "here": [each.name for each in lists.here(db)],
        "role": str(people.find(db, tess).role),
        "groups": staff_groups.names(db).get(tess, ()),
        "completed": [each.lesson for each in completions.of_person(db, tess)],
        "open": len(attempts.open_ones(db, sam)),
        "approved": len(course_approvals.latest(db)),
        "history": [each.name for each in history.entries(db, tess)],
    }


def test_the_end_of_a_day(two_days, cast):
    with as_it_was(two_days.path, TODAY) as then:
        assert told(then, cast.tess.id, cast.sam.id) == {
            "here": ["Lou Adeyemi", "Max Reid", "Nia Évans", "Sam Price", "Tess Okafor"], "role": "teacher",
            "groups": ("kitchen",), "completed": ["friend-requests"], "open": 1, "approved": 0, "history": ["Tess Okafor"],
        }  # fmt: skip
        assert versions.now(then).version == 1


def test_the_day_before_anything_was(two_days, cast):
    with as_it_was(two_days.path, TODAY - timedelta(days=1)) as then:
        assert lists.here(then) == [] and versions.now(then).version == 0


def test_a_view_of_the_schema_looks_at_what_was_there(two_days, cast):
    """Sam's try was over when he had left, three days later."""
    over = "select since from tries_over where person = ?"
    with as_it_was(two_days.path, TODAY) as then:
        assert then.value(over, [cast.sam.id]) is None
    assert two_days.value(over, [cast.sam.id]) is not None


@pytest.mark.parametrize("day", [None, LATER.date(), date(9999, 12, 30)])
def test_as_it_stands(two_days, cast, day):
    with as_it_was(two_days.path, day) as then:
        assert told(then, cast.tess.id, cast.sam.id) == told(two_days, cast.tess.id, cast.sam.id) == {
            "here": ["Kit Moran", "Lou Adeyemi", "Max Reid", "Nia Évans", "Tess Müller"], "role": "mentor", "groups": (),
            "completed": ["friend-requests", "late-messages"], "open": 0, "approved": 1, "history": ["Tess Okafor", "Tess Müller"],
        }  # fmt: skip


def test_who_was_here_before_their_history_was_kept_is_met_as_it_began(db, cast):
    """As an upgrade from version 1.1 leaves it: its first entry is of the upgrade's own day."""
    with transaction(db):
        for trigger in ("people_history_does_not_change", "people_history_that_change_are_counted"):
            db.execute(f"drop trigger {trigger}")
        db.execute("update people_history set what = 'began', at = replace(at, '2026', '2027') where person = ?", [cast.tess.id])
    with as_it_was(db.path, TODAY) as then:
        assert people.find(then, cast.tess.id).name == "Tess Okafor"
    with as_it_was(db.path, TODAY - timedelta(days=1)) as then:
        assert people.find(then, cast.tess.id) is None


def test_nothing_can_be_written_there(two_days):
    for day in (None, TODAY):
        with as_it_was(two_days.path, day) as then:
            with pytest.raises(RuntimeError), transaction(then):
                pass
            with pytest.raises(DatabaseFault):
                then.rows("delete from main.completions returning id")


def test_one_moment_while_a_hundred_are_written(db, cast):
    """A writer keeps a lesson and a conversation in each transaction: whoever reads finds as many of one as of the other."""
    reading, written = threading.Event(), threading.Event()

    def write():
        reading.wait(10)
        with suppress(IndexError):
            for number in range(100):
                with transaction(db):
                    complete(db, cast.tess.id, f"lesson-{number}")
                    conversations.record(db, teacher_id=cast.tess.id, mentor_id=cast.max.id, held_on=TODAY, themes=[],
                                         key=f"{number:020}", now=NOW)  # fmt: skip
                if number == 50:
                    written.set()
        db.close()

    writer = threading.Thread(target=write)
    writer.start()
    for day in (TODAY, None):
        with as_it_was(db.path, day) as then:
            first = len(completions.of_person(then, cast.tess.id))
            reading.set()
            written.wait(20)
            counts = {first, len(completions.of_person(then, cast.tess.id)), len(conversations.about(then, cast.tess.id))}
            assert len(counts) == 1
    writer.join()
    with as_it_was(db.path) as then:
        assert len(completions.of_person(then, cast.tess.id)) == len(conversations.about(then, cast.tess.id)) == 100


def test_who_was_erased_since_stands_there_by_a_number(db, cast):
    with transaction(db):
        people.deactivate(db, cast.sam.id, now=LATER)
        erasure.erase(db, people.find(db, cast.sam.id), kind=Kind.ERASED, by=1, why="Asked for", until=LATER, now=LATER)
    with as_it_was(db.path, TODAY) as then:
        assert f"Erased person {cast.sam.id}" in [each.name for each in lists.here(then)]
        assert people.find(then, cast.sam.id).erased_at == LATER
