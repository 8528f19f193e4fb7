"""A school whose lessons, scenarios and policy change after somebody was taught: what was stays, what changed is said."""

import json

import pytest

from induction.content.editions.edition import Edition
from induction.records import editions
from induction.records.policy import versions
from induction.records.policy.acknowledgements import Signed
from induction.records.progress import taught as records
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.records.store.tokens import digest
from induction.rules.happened import Kind
from induction.services import completion, policy_publication, taught
from induction.services.open_editions import OpenEditions
from induction.services.programme import made_of
from tests.content.folders import COURSE, INDEX, LATE, LATE_QUIZ, LESSON, QUIZ, Folder
from tests.records.making import NOW, TODAY, complete
from tests.services.taking import Taker

RULE = "\n/// policy | pupil-contact: none\nStaff have none.\n///\n"
READ = "courses/c/02-read.md"


class School:
    """A small school, whose files may be written anew."""

    def __init__(self, db, cast, where):
        self.db, self.cast, self.folder, self.opened = db, cast, Folder(where), OpenEditions()
        self.folder.write(LATE, LESSON + RULE)
        self.folder.write("courses/policy.md", "---\ntitle: Our policy\n---\n\n## Contact\n\n{{ stance: pupil-contact }}\n")

    @property
    def programme(self):
        read = self.folder.read()
        assert not read.problems, self.folder.said()
        return made_of(read.library, self.db, self.opened)

    def choose(self, stance):
        policy_publication.choose(self.db, self.programme.library, {"pupil-contact": stance}, by=self.cast.lou.id, at=NOW)

    def passes(self):
        """Tess passes the lesson; what is kept of it."""
        Taker(self.db, self.programme, self.cast.tess.id).take("late", course="c")
        return self.find(self.db.value("select max(id) from completions where lesson <> ''"))

    def find(self, number=1, kind=Kind.COMPLETION):
        return records.find(self.db, self.cast.tess.id, kind, number, TODAY)


@pytest.fixture
def school(db, cast, tmp_path):
    made = School(db, cast, tmp_path / "content")
    made.choose("none")
    return made


def titles(since):
    return [each.shown.title for each in since.pieces]


def test_nothing_has_changed(school):
    found, programme = school.passes(), school.programme
    assert all(each(programme, found).nothing for each in (taught.lesson_since, taught.scenarios_since, taught.policy_since))
    assert taught.title(programme, found) == "Late messages"
    assert taught.lesson_then(programme, found.lesson_version).shown.title == "Late messages"


def test_a_lesson_that_is_written_anew_reads_as_it_did(school):
    found = school.passes()
    school.folder.write(LATE, (LESSON + RULE).replace("title: Late messages", "title: Later").replace("You can wait", "You may wait"))
    programme = school.programme
    then = taught.lesson_then(programme, found.lesson_version)
    assert "You can wait." in then.shown.html and taught.title(programme, found) == "Late messages"
    since = taught.lesson_since(programme, found)
    assert titles(since) == ["What it is called, and what it stands on", "The beginning"] and not since.rules
    assert since.pieces[1].after.html == "<p>You <ins>may</ins> wait.</p>"


@pytest.mark.parametrize("to", [None, "courses/c/01-at-night.md"])
def test_a_lesson_that_is_gone_or_has_another_name_is_still_there_to_be_read(school, to):
    found = school.passes()
    lesson, quiz = (school.folder.shipped / path for path in (LATE, LATE_QUIZ))
    if to:
        lesson.rename(school.folder.shipped / to)
        quiz.rename(school.folder.shipped / to.replace("courses", "quizzes"))
    else:
        lesson.unlink()
        quiz.unlink()
    school.folder.write(READ, LESSON)
    programme = school.programme
    assert taught.title(programme, found) == "Late messages"
    assert taught.lesson_then(programme, found.lesson_version).shown and taught.quiz_then(programme, found.quiz_version).shown
    assert taught.lesson_since(programme, found).there is taught.scenarios_since(programme, found).there is False
    assert taught.policy_since(programme, found).nothing


def test_a_scenario_that_is_edited_and_one_that_is_gone(school):
    second = QUIZ.split("---\n\n")[1].replace("#late", "#later").replace("A late message", "Later still")
    school.folder.write(LATE_QUIZ, f"{QUIZ}\n{second}")
    found = school.passes()
    assert set(found.drawn) == {"late", "later"}
    school.folder.write(LATE_QUIZ, QUIZ.replace("[poor] Answer.", "[breach] Answer."))
    since = taught.scenarios_since(school.programme, found)
    assert since.gone == ("Later still",)
    assert [(each.before.rating, each.after.rating) for each in since.pieces] == [("poor", "breach")]
    then = taught.quiz_then(school.programme, found.quiz_version).shown
    assert then.scenarios["later"].scenes["later"].options[0].feedback.strip() == "<p>Nothing is lost by morning.</p>"


def test_another_rule_is_told_of_the_lesson_and_of_the_policy(school):
    found = school.passes()
    school.choose("platforms")
    programme = school.programme
    assert [(each.before, each.after) for each in taught.lesson_since(programme, found).rules] == [("No online contact", "Platforms only")]
    assert titles(taught.policy_since(programme, found)) == ["Contact"]
    assert "Staff have none." in taught.policy_then(programme, found.policy_version).then.shown.sections[0].html


def test_of_a_policy_whose_text_is_not_kept_the_rules_are_told_that_the_words_hold(school):
    """The first release published choices without a text."""
    with transaction(school.db):
        school.db.execute("insert into policy_versions (chosen_by, at) values (?, ?)", [school.cast.lou.id, moment_text(NOW)])
    found, programme = school.passes(), school.programme
    then = taught.policy_then(programme, found.policy_version)
    assert (then.version.number, then.then) == (2, None)
    assert [(each.label, each.chosen) for each in taught.stances_held(programme, found)] == [("No online contact", True)]
    school.choose("platforms")
    assert not taught.policy_since(school.programme, found).known


def test_before_any_policy_the_cautious_rules_are_held_by_the_words(db, cast, tmp_path):
    school = School(db, cast, tmp_path / "content")
    found = school.passes()
    assert found.policy_version == 0 and taught.policy_then(school.programme, 0).version is None
    assert not taught.policy_since(school.programme, found).there
    assert [(each.says, each.chosen) for each in taught.stances_held(school.programme, found)] == [("Staff have none.", False)]


def test_a_course_is_kept_with_what_it_said_of_itself(school):
    school.passes()
    signed = Signed(school.cast.tess.id, 1, versions.version(school.db, 1).sha256, "T. Okafor", NOW)
    assert completion.acknowledge(school.db, school.programme, signed).completed
    found = school.find(school.db.value("select id from completions where lesson = ''"))
    school.folder.write(COURSE, INDEX.replace("What it is for.", "What it is all for."))
    programme = school.programme
    assert taught.title(programme, found) == "Boundaries"
    assert taught.course_then(programme, found.course_version).shown.html == "<p>What it is for.</p>\n"
    assert titles(taught.course_since(programme, found)) == ["The beginning"]


def test_an_edition_that_this_release_cannot_read_is_not_compared_and_not_lost(school):
    found = school.passes()
    text = editions.text(school.db, found.lesson_version)
    kept = json.loads(text)
    deep = json.dumps({**kept, "source": kept["source"] + "".join(f"{'/' * (40 - n)} key\n" for n in range(20)) + "Deep.\n"})
    with transaction(school.db):
        editions.keep(school.db, Edition(digest(deep), deep), "lesson", NOW)
        complete(school.db, school.cast.sam.id, "late", course="c", version=digest(deep))
    other = records.find(school.db, school.cast.sam.id, Kind.COMPLETION, school.db.value("select max(id) from completions"), TODAY)
    programme = school.programme
    assert taught.lesson_then(programme, other.lesson_version).shown is None and taught.title(programme, other) == "Late messages"
    assert taught.lesson_then(programme, other.lesson_version).source.endswith("Deep.\n")
    assert not taught.lesson_since(programme, other).known


def test_what_was_opened_and_compared_once_is_not_again(school):
    found = school.passes()
    school.folder.write(LATE, LESSON.replace("You can wait", "You may wait") + RULE)
    programme = school.programme
    assert taught.lesson_then(programme, found.lesson_version) is taught.lesson_then(programme, found.lesson_version)
    first, second = taught.lesson_since(programme, found), taught.lesson_since(programme, found)
    assert first.pieces[0] is second.pieces[0]


def test_why_a_text_of_then_cannot_be_read_stands_in_the_log(caplog):
    text = '{"kind":"lesson","source":"As it was written."}'
    then = OpenEditions().lesson_then("a" * 64, lambda: text)
    assert (then.shown, then.source) == (None, "As it was written.") and then.trouble
    [record] = caplog.records
    assert "a" * 64 in record.getMessage() and then.trouble in record.getMessage()
