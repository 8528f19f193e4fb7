"""The school's own folder, laid over the shipped one."""

import shutil

from tests.content.folders import COURSE, FACTS, INDEX, LATE, LATE_QUIZ, LESSON, POLICY, QUIZ


def course(folder):
    reading = folder.read()
    assert reading.problems == ()
    return reading.library.courses["c"]


def test_a_file_with_the_same_path_replaces_the_shipped_one(folder):
    folder.write(LATE, LESSON.replace("title: Late messages", "title: Our own"), own=True)
    assert [lesson.title for lesson in course(folder).lessons] == ["Our own"]
    assert list(course(folder).quizzes) == ["late"]


def test_a_new_one_adds_to_it(folder):
    folder.write("courses/c/02-more.md", LESSON, own=True)
    folder.write("quizzes/c/02-more.md", QUIZ, own=True)
    folder.write("courses/d/index.md", INDEX, own=True)
    assert [lesson.slug for lesson in course(folder).lessons] == ["late", "more"]
    assert list(course(folder).quizzes) == ["late", "more"]
    assert list(folder.read().library.courses) == ["c", "d"]


def test_facts_policy_and_nations_are_merged_by_key_and_the_schools_win(folder):
    folder.write("courses/facts.yml", FACTS.replace("helpline-phone", "our-phone").replace("Monday to Friday", "Daily"), own=True)
    folder.write("courses/policy.yml", POLICY.replace("pupil-contact", "our-own"), own=True)
    folder.write("courses/nations.yml", "wales:\n  safeguarding lead title: our own words\n", own=True)
    reading = folder.read()
    assert reading.problems == ()
    assert sorted(reading.library.facts) == ["helpline-hours", "helpline-phone", "our-phone"]
    assert reading.library.facts["helpline-hours"].value == "Daily"
    assert list(reading.library.facets) == ["pupil-contact", "our-own"]
    assert reading.library.nations["wales"]["safeguarding lead title"] == "our own words"
    assert reading.library.nations["england"]["safeguarding lead title"] == "designated safeguarding lead"


def test_the_shipped_text_may_name_the_schools_own_facts_and_the_other_way_round(folder):
    folder.write(LATE, LESSON + "\n{{ fact our-phone }}\n", own=True)
    folder.write("courses/facts.yml", FACTS.replace("helpline-phone", "our-phone"), own=True)
    folder.lesson("{{ fact our-phone }} {{ fact helpline-phone }}")
    assert folder.read().problems == ()


def test_both_files_are_kept_for_the_checker_to_compare(folder):
    folder.write(LATE, LESSON + "Ours.\n", own=True)
    files = [(file.root, file.text) for file in folder.read().files if file.path == LATE]
    assert files == [("shipped", LESSON), ("own", LESSON + "Ours.\n")]


def test_problems_of_the_schools_own_are_said_with_its_path(folder):
    folder.write(LATE, LESSON + "\n{{ schol }}\n", own=True)
    assert [str(problem) for problem in folder.read().problems] == [
        'courses/c/01-late.md:11: unknown word in braces "schol"; write "school"'
    ]


def test_one_own_file_that_cant_be_read_leaves_the_shipped_one_and_is_said(folder):
    folder.write(LATE, b"\xff", own=True)
    reading = folder.read()
    assert len(reading.problems) == 1
    assert reading.library.courses["c"].lesson("late").title == "Late messages"


def test_a_new_name_for_a_shipped_lesson_is_two_lessons(folder):
    folder.write("courses/c/05-late.md", LESSON, own=True)
    assert folder.said() == ['05-late.md:1: two lessons are called "late", this one and courses/c/01-late.md; give one another name']


def test_no_folder_of_ones_own_and_an_empty_one_are_the_same(folder):
    from induction.content.reading import library

    before = library.read(folder.shipped, None).library
    assert folder.read().library == before
    shutil.rmtree(folder.own)
    assert folder.read().library == before


def test_a_course_may_be_all_the_schools_own(folder):
    shutil.rmtree(folder.shipped)
    for path, text in ((COURSE, INDEX), (LATE, LESSON), (LATE_QUIZ, QUIZ)):
        folder.write(path, text, own=True)
    assert [lesson.slug for lesson in course(folder).lessons] == ["late"]
