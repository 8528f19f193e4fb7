"""What makes another version of a course, and what does not."""

from inspect import signature

import pytest

from induction.content.editions import course_version
from tests.content.folders import FACTS, INDEX, LATE, LATE_QUIZ, LESSON, NATIONS, POLICY, QUIZ

COURSE = "courses/c/index.md"


def version(folder, nation="england"):
    read = folder.read()
    assert not read.problems, folder.said()
    return course_version.course_version(read.library.courses["c"], read.library, nation)


def test_a_version_is_a_digest_and_stays(folder):
    first = version(folder)
    assert len(first) == 64 and set(first) <= set("0123456789abcdef")
    assert version(folder) == first


def test_sources_for_some_nations_are_another_version_in_another(folder):
    folder.lesson("Words.", "title: Late\nsources: [One]")
    assert version(folder, "wales") == version(folder)
    folder.lesson("Words.", "title: Late\nsources:\n  - wales: One")
    assert version(folder, "wales") != version(folder)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (COURSE, INDEX.replace("What it is for", "What it is all for")),
        (COURSE, INDEX.replace("Who is also a friend?", "Who else is a friend?")),
        (LATE, LESSON.replace("You can wait", "You may wait")),
        (LATE_QUIZ, QUIZ.replace("[poor]", "[breach]")),
        ("courses/c/02-later.md", LESSON),
    ],
    ids=["the course's words", "a question for mentors", "a lesson", "a rating", "a new lesson"],
)
def test_a_change_of_a_file_is_another_version(folder, path, text):
    before = version(folder)
    folder.write(path, text)
    assert version(folder) != before


def test_the_order_of_lessons_is_part_of_a_version(folder):
    other = folder.write("courses/c/02-other.md", LESSON)
    before = version(folder)
    other.rename(other.with_name("00-other.md"))
    assert version(folder) != before


def test_a_lesson_by_another_name_is_another_version(folder):
    other = folder.write("courses/c/02-other.md", LESSON)
    before = version(folder)
    other.rename(other.with_name("02-another.md"))
    assert version(folder) != before


NAMING = {
    "a lesson": (LATE, LESSON + "\nRing {{ fact helpline-phone }}.\n"),
    "a hidden block": (LATE, LESSON + "\n/// policy | pupil-contact: accounts\nRing {{ fact helpline-phone }}.\n///\n"),
    "the course": (COURSE, INDEX + "\nRing {{ fact helpline-phone }}.\n"),
    "feedback": (LATE_QUIZ, QUIZ.replace("Nothing is lost", "Ring {{ fact helpline-phone }}. Nothing is lost")),
    "an option": (LATE_QUIZ, QUIZ.replace("Wait.", "Wait and ring {{ fact helpline-phone }}.")),
    "help": (LATE, LESSON + "\n/// help\n///\n"),
}


@pytest.mark.parametrize(("path", "text"), NAMING.values(), ids=list(NAMING))
def test_a_fact_that_is_named_makes_another_version(folder, path, text):
    folder.write(path, text)
    before = version(folder)
    folder.write("courses/facts.yml", FACTS.replace("0344 381 4772", "0344 381 4773"))
    assert version(folder) != before


def test_what_the_help_block_says_of_a_number_counts_too(folder):
    folder.write(LATE, LESSON + "\n/// help\n///\n")
    before = version(folder)
    folder.write("courses/facts.yml", FACTS.replace("Helpline for staff, by", "Helpline for teachers, by"))
    assert version(folder) != before


def test_a_fact_that_nothing_names_and_the_day_it_was_checked_count_for_nothing(folder):
    folder.write(LATE, LESSON + "\nRing {{ fact helpline-phone }}.\n")
    before = version(folder)
    folder.write("courses/facts.yml", FACTS.replace("Monday to Friday", "Every day").replace("2026-11-22", "2026-11-24"))
    assert version(folder) == before


def test_a_word_of_the_nation_counts_where_it_is_named(folder):
    plain = version(folder)
    assert version(folder, "wales") == plain
    changed = NATIONS.replace("designated safeguarding lead", "safeguarding lead")
    folder.write("courses/nations.yml", changed)
    assert version(folder) == plain
    folder.write(LATE, LESSON + "\nTell the {{ nation: safeguarding lead title }}.\n")
    before = version(folder)
    assert version(folder, "wales") != before
    folder.write("courses/nations.yml", NATIONS)
    assert version(folder) != before


def test_what_only_some_nations_read_makes_a_version_each(folder):
    folder.write(LATE, LESSON + "\n/// only | nation: wales\nIn Wales.\n///\n")
    assert version(folder, "wales") != version(folder, "england")


HANGS_ON = {
    "a lesson's block": (LATE, LESSON + "\n/// policy | pupil-contact: none\nNone.\n///\n"),
    "a lesson's words": (LATE, LESSON + "\nWe say: {{ stance: pupil-contact }}\n"),
    "a rating": (LATE_QUIZ, QUIZ.replace("[poor]", "[poor; fine if pupil-contact is accounts]")),
}
ANOTHER_POLICY = {
    "what an answer says": POLICY.replace("Staff have none.", "Staff have none at all."),
    "the question": POLICY.replace("ask: ", "ask: Really, "),
}


@pytest.mark.parametrize("policy", ANOTHER_POLICY.values(), ids=list(ANOTHER_POLICY))
@pytest.mark.parametrize(("path", "text"), HANGS_ON.values(), ids=list(HANGS_ON))
def test_a_question_of_policy_makes_another_version_where_something_hangs_on_it(folder, path, text, policy):
    alone = version(folder)
    folder.write("courses/policy.yml", policy)
    assert policy != POLICY and version(folder) == alone, "nothing hangs on it"
    folder.write("courses/policy.yml", POLICY)
    folder.write(path, text)
    before = version(folder)
    folder.write("courses/policy.yml", policy)
    assert version(folder) != before


def test_what_a_school_chooses_and_writes_is_published_apart(folder):
    """Its version knows no school: neither its choice, nor its words and contacts."""
    folder.write(LATE, LESSON + "\nWe say: {{ stance: pupil-contact }} Tell {{ safeguarding lead }}.\n")
    assert "school" not in signature(course_version.course_version).parameters


def test_the_themes_of_another_course_make_another_version(folder):
    folder.write("courses/d/index.md", "---\ntitle: Short\nthemes from: c\n---\n\nWords.\n")

    def short():
        read = folder.read()
        return course_version.course_version(read.library.courses["d"], read.library, "england")

    before = short()
    folder.write(COURSE, INDEX.replace("Who is also a friend?", "Who else is a friend?"))
    assert short() != before


def test_the_version_of_the_second_release_is_known_again(folder):
    """So that a lead who approved this very course is told what the approval lacks, not that the course has changed."""

    def before():
        read = folder.read()
        return course_version.without_policy(read.library.courses["c"], read.library, "england")

    folder.write(LATE, LESSON + "\nWe say: {{ stance: pupil-contact }}\n")
    old, new = before(), version(folder)
    folder.write("courses/policy.yml", POLICY.replace("Staff have none.", "Staff have none at all."))
    assert before() == old != new != version(folder)
