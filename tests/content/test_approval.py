"""What makes another version of a course, and what does not."""

import pytest

from induction.content import approval
from tests.content.folders import FACTS, INDEX, LATE, LATE_QUIZ, LESSON, NATIONS, POLICY, QUIZ

COURSE = "courses/c/index.md"


def version(folder, nation="england"):
    read = folder.read()
    assert not read.problems, folder.said()
    return approval.course_version(read.library.courses["c"], read.library, nation)


def test_a_version_is_a_digest_and_stays(folder):
    first = version(folder)
    assert len(first) == 64 and set(first) <= set("0123456789abcdef")
    assert version(folder) == first


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


def test_the_policy_is_published_apart(folder):
    said = "\n/// policy | pupil-contact: none\nNone.\n///\n\nWe say: {{ stance: pupil-contact }} Tell {{ safeguarding lead }}.\n"
    folder.write(LATE, LESSON + said)
    folder.write(LATE_QUIZ, QUIZ.replace("[poor]", "[poor; fine if pupil-contact is accounts]"))
    before = version(folder)
    folder.write("courses/policy.yml", POLICY.replace("Staff have none.", "Staff have none at all."))
    assert version(folder) == before
