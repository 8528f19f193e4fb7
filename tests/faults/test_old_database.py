"""A later version is installed on an old database, and then the old version again."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils import Migrations
from sqlite_utils.utils import sqlite3

from induction.content.editions import course_version, lesson_edition, quiz_edition
from induction.content.editions.edition import Edition
from induction.records import editions
from induction.records.people import people
from induction.records.school import course_approvals, lesson_readings, school
from induction.records.store import migrations
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.records.store.tokens import digest
from induction.services.password_hashing import Hashing
from induction.settings import HOME
from tests.cast import COURSE, PASSWORD, SCHOOL
from tests.faults.learner import Learner, read
from tests.faults.server import Server, command
from tests.post import PostOffice

BEFORE_LESSONS_WERE_READ, BEFORE_LETTERS = 6, 9  # steps of the schema
MOMENT = datetime(2026, 9, 1, 9, tzinfo=UTC)
LATER = ("-m", "tests.faults.later")


def columns(database) -> list[str]:
    connection = sqlite3.connect(database)
    try:
        return [row[1] for row in connection.execute("pragma table_info(people)")]
    finally:
        connection.close()


def test_an_upgrade_backs_up_first_keeps_everything_and_the_old_version_then_refuses(data, wise):
    database = data / "induction.db"
    with Server(data) as old:
        learner = Learner(old.sign_in("tess"), wise)
        learner.answer()
        old.kill()  # what is in the journal alone must come along
    assert not (data / "backups").exists()

    with Server(data, program=LATER) as new:
        learner.browser.port = new.port
        learner.answer()
        new.stop()
    assert "telephone" in columns(database)
    assert len(learner.saved) == 2 and read(database).lacks(learner.saved) == []
    (backup,) = (data / "backups").iterdir()
    with zipfile.ZipFile(backup) as whole:
        kept = whole.extract("induction.db", data.parent / "taken-out")
    assert "telephone" not in columns(kept)
    assert read(Path(kept)).lacks(learner.saved[:1]) == []

    before = database.read_bytes()
    refused = command(data, "serve", "--listen", "127.0.0.1:0")
    assert refused.returncode == 1
    assert "newer version" in refused.stderr and "Traceback" not in refused.stderr
    assert database.read_bytes() == before

    with Server(data, program=LATER):
        assert len(list((data / "backups").iterdir())) == 1, "the second start upgrades nothing"

    assert command(data, "restore", "--older", str(backup)).returncode == 0, "the way back that the refusal names"
    (aside,) = (data / "backups").glob("replaced-*/induction.db")
    assert "telephone" in columns(aside), "the newer one is kept aside"
    assert read(database).lacks(learner.saved[:1]) == []
    with Server(data) as old:
        assert old.sign_in("tess").open("/").status == 200


def _lead_of_then(db, email: str = "lou@wrenfield.example", name: str = "Lou Hartley") -> int:
    """A lead, in the columns that there were."""
    return db.value(
        "insert into people (email, name, sort_name, role, created_at, checklist_key)"
        " values (?, ?, ?, 'lead', ?, 'a-key-of-sixteen-letters-' || ?) returning id",
        [email, name, name.casefold(), moment_text(MOMENT), email],
    )


@pytest.fixture
def approved_before(app, tmp_path):
    """The folder of a school that approved a course whole, before leads read lessons one by one."""
    earlier = Migrations("induction")
    for step in migrations.SCHEMA.pending(sqlite_utils.Database(memory=True))[:BEFORE_LESSONS_WERE_READ]:
        earlier(name=step.name)(step.fn)
    library = app.extensions["induction"].shelf.library()
    version = course_version.course_version(library.courses[COURSE], library, SCHOOL["nation"])
    folder = tmp_path / "before"
    folder.mkdir(mode=0o700)
    db = migrations.open_database(folder / "induction.db", MOMENT, earlier)
    with transaction(db):
        school.save(db, **SCHOOL)
        lou = _lead_of_then(db)
        people.set_password(db, lou, Hashing().hash(PASSWORD), now=MOMENT)
        course_approvals.approve(db, course=COURSE, sha256=version, typed_name="L. Hartley", by=lou, now=MOMENT)
    db.close()
    return folder


@pytest.fixture
def before_letters(tmp_path):
    """The folder of a school of the schema before letters, with an address that would be none today."""
    earlier = Migrations("induction")
    for step in migrations.SCHEMA.pending(sqlite_utils.Database(memory=True))[:BEFORE_LETTERS]:
        earlier(name=step.name)(step.fn)
    folder = tmp_path / "before"
    folder.mkdir(mode=0o700)
    db = migrations.open_database(folder / "induction.db", MOMENT, earlier)
    with transaction(db):
        school.save(db, **SCHOOL)
        for email, name in {"lou@wrenfield.example": "Lou Hartley", "head@intranet": "É \u202e*Head*\u2028two"}.items():
            people.set_password(db, _lead_of_then(db, email, name), Hashing().hash(PASSWORD), now=MOMENT)
    db.close()
    return folder


def _of_the_first_release(db, kind: str, edition) -> str:
    """An edition as it was written at first: without the words that a school writes beside a stance, and what came later."""
    kept = {name: held for name, held in json.loads(edition.text).items() if name not in ("fills", "pictures", "checked", "times")}
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    editions.keep(db, Edition(digest(text), text), kind, MOMENT)
    return digest(text)


@pytest.fixture
def taught_before(app, tmp_path):
    """The folder of a school in which a lesson was passed under a policy without a text, in words of the first release."""
    earlier = Migrations("induction")
    for step in migrations.SCHEMA.pending(sqlite_utils.Database(memory=True))[:BEFORE_LESSONS_WERE_READ]:
        earlier(name=step.name)(step.fn)
    library = app.extensions["induction"].shelf.library()
    course, lesson = library.courses[COURSE], library.courses[COURSE].lesson("friend-requests")
    folder, at = tmp_path / "before", moment_text(MOMENT)
    folder.mkdir(mode=0o700)
    db = migrations.open_database(folder / "induction.db", MOMENT, earlier)
    with transaction(db):
        school.save(db, **SCHOOL)
        lou = _lead_of_then(db)
        people.set_password(db, lou, Hashing().hash(PASSWORD), now=MOMENT)
        db.execute("insert into policy_versions (chosen_by, at) values (?, ?)", [lou, at])
        here, _ = school.load(db)
        words = _of_the_first_release(db, "lesson", lesson_edition.lesson_edition(lesson, library, here))
        quiz = _of_the_first_release(db, "quiz", quiz_edition.quiz_edition(course, course.quizzes[lesson.slug], library, here))
        db.execute(
            "insert into attempts (person, course, lesson, quiz_version, lesson_version, policy_version, pass_mark, drawn, started_at,"
            " finished_at, mark, percent, breaches, passed) values (?, ?, ?, ?, ?, 1, 80, '[\"hockey-sticks\"]', ?, ?, '1/1', 100, 0, 1)",
            [lou, COURSE, lesson.slug, quiz, words, at, at],
        )
        db.execute(
            "insert into completions (person, course, lesson, attempt, version, percent, pass_mark, attempts, policy_version, completed_at)"
            " values (?, ?, ?, 1, ?, 100, 80, 1, 1, ?)",
            [lou, COURSE, lesson.slug, quiz, at],
        )
    db.close()
    return folder


def test_what_was_taught_before_an_upgrade_is_drawn_from_what_was_kept(taught_before):
    with Server(taught_before) as server:
        lou = server.sign_in("lou")
        page = lou.open("/completions/1")
        assert "100 of 100, passed" in page.text and page.text.count("Nothing has changed.") == 3, "whatever joined editions since"
        page = lou.open("/completions/1/lesson")
        assert "As it was on 1 September 2026, when you completed it." in page.text and "sofa" in page.text
        page = lou.open("/completions/1/scenarios")
        assert "Hockey sticks" in page.text and "The single choices have had their time" in page.text
        assert "The words of this version are not kept" in lou.open("/completions/1/policy").text
        server.stop()


def test_a_school_from_before_letters_gets_an_outbox_and_posts_to_whoever_was_there(before_letters):
    with PostOffice() as office:
        with Server(before_letters) as server:  # without mail all goes on
            assert "This site has no mail server" in server.sign_in("lou").open("/school/mail").text
            server.stop()
        with Server(before_letters, environment={"INDUCTION_SMTP": office.url}) as server:
            for who in ("lou@wrenfield.example", "head@intranet"):
                browser = server.sign_in(who)
                browser.open("/school/mail")
                assert browser.send("/school/mail/test").status == 303
            office.wait_for(3)
            server.stop()
    tests = [one.to[0] for one in office.arrived if one.subject.startswith("A test ")]
    assert sorted(tests) == ["head@intranet", "lou@wrenfield.example"]
    [other] = [one for one in office.arrived if not one.subject.startswith("A test ")]  # Lou came in a second browser
    assert other.to == ["lou@wrenfield.example"] and other.subject.startswith("You signed in on a new device at ")


def test_what_was_approved_before_an_upgrade_stays_and_afterwards_only_changes_are_read(approved_before):
    path = f"/school/courses/{COURSE}"
    for _ in range(2):  # the second start keeps nothing more
        with Server(approved_before) as server:
            lou = server.sign_in("lou")
            page = lou.open(path)
            assert "All 11 read" in page.text and "You approved it on Tuesday 1 September" in page.text
            assert ">Read</button>" not in lou.open(f"{path}/friend-requests").text
            server.stop()
    db = migrations.open_database(approved_before / "induction.db", MOMENT)
    [approval] = course_approvals.of_course(db, COURSE)
    assert (approval.typed_name, approval.at) == ("L. Hartley", MOMENT)
    assert [each.at for each in lesson_readings.of_course(db, COURSE)] == [MOMENT] * 12
    db.close()

    file = f"courses/{COURSE}/02-friend-requests.md"
    (approved_before / file).parent.mkdir(parents=True)
    words = (HOME / file).read_text(encoding="utf-8")
    (approved_before / file).write_text(words.replace("Remove followers you", "Remove all followers whom you"), encoding="utf-8")
    with Server(approved_before) as server:
        lou = server.sign_in("lou")
        assert "10 of 11 read" in lou.open(path).text
        page = lou.open(f"{path}/friend-requests")
        assert "<ins>all</ins>" in page.text and "Sunday-night request" not in page.text
