"""The wording of a lesson: what makes it another, what does not, and what is shown of a change."""

from dataclasses import replace

import pytest

from induction.content.editions import course_version, lesson_pieces, lesson_wording
from induction.content.editions.lesson_for_leads import course_for_leads, lesson_for_leads
from induction.content.editions.pieces import marked
from induction.content.model import School
from tests.choices import chosen
from tests.content.folders import COURSE, FACTS, INDEX, LATE, LATE_QUIZ, LESSON, NATIONS, POLICY, QUIZ

SCHOOL = School("Wrenfield", words={"safeguarding lead": "Priya Nair"}, choices=chosen({"pupil-contact": "none"}), policy_version=1)
OTHER = "courses/c/02-other.md"
TWO = LESSON.replace("Late messages", "Other")
WITH_ALL = LESSON.replace("Sleep on it.", "Sleep on it. Ring {{ fact helpline-phone }}.\n\n/// policy | pupil-contact: none\nNone.\n///\n")


def wordings(folder, nation="england"):
    """The wording of each lesson, and of the course itself, by its slug; with the course's version."""
    read = folder.read()
    assert not read.problems, folder.said()
    course = read.library.courses["c"]
    made = {each.slug: lesson_wording.lesson_wording(course, each, read.library, nation) for each in course.lessons}
    made[""] = lesson_wording.course_wording(course, read.library, nation)
    return made, course_version.course_version(course, read.library, nation)


def changes(folder, before, slug="late", school=SCHOOL):
    """What is shown of a lesson, or of the course itself, since it had this wording."""
    library = folder.read().library
    course = library.courses["c"]
    was, known, then = lesson_wording.reopened(before.text, course, library, school)
    if not slug:
        old = course_for_leads(was, lesson_wording.lessons_of(before.text), known, then)
        new = course_for_leads(course, [each.title for each in course.lessons], library, school)
        return lesson_pieces.changes(lesson_pieces.of_course(old), lesson_pieces.of_course(new))
    old = lesson_for_leads(was, was.lessons[0], known, then)
    new = lesson_for_leads(course, course.lesson(slug), library, school)
    return lesson_pieces.changes(lesson_pieces.of_lesson(old), lesson_pieces.of_lesson(new))


def said(found):
    return [(each.shown.title, each.before and each.before.html, each.after and each.after.html) for each in found]


CHANGES = {  # what is changed -> whose wording that is another then
    "a lesson": ((LATE, WITH_ALL.replace("You can wait", "You may wait")), {"late"}),
    "a rating": ((LATE_QUIZ, QUIZ.replace("[poor]", "[breach]")), {"late"}),
    "another lesson": ((OTHER, TWO.replace("Sleep", "Dream")), {"other"}),
    "a lesson more": (("courses/c/03-third.md", LESSON), {"third", ""}),
    "the course's words": ((COURSE, INDEX.replace("What it is for", "What it is all for")), {""}),
    "a theme of its scenarios": ((COURSE, INDEX.replace("messages: Messages", "messages: Our messages")), {"late", ""}),
    "what mentors are given to ask": ((COURSE, INDEX.replace("messages: Messages", "messages: {words: Messages, question: Who?}")), {""}),
    "a theme of no scenario": ((COURSE, INDEX.replace("Who is also a friend?", "Who else is one?")), {""}),
    "a fact": (("courses/facts.yml", FACTS.replace("0344 381 4772", "0344 381 4773")), {"late"}),
    "a fact that nothing names": (("courses/facts.yml", FACTS.replace("Monday to Friday", "Every day")), set()),
    "a question of policy": (("courses/policy.yml", POLICY.replace("Staff have none.", "Staff have none at all.")), {"late"}),
    "a word of the nation that nothing names": (("courses/nations.yml", NATIONS.replace("designated s", "s")), set()),
}


@pytest.mark.parametrize(("file", "whose"), CHANGES.values(), ids=list(CHANGES))
def test_a_change_makes_another_wording_of_what_it_changes_and_of_nothing_else(folder, file, whose):
    """And another version of the course just then, so that nothing that is approved escapes those who read it."""
    folder.write(LATE, WITH_ALL)
    folder.write(OTHER, TWO)
    before, version = wordings(folder)
    folder.write(*file)
    after, now = wordings(folder)
    assert {slug for slug, wording in after.items() if wording != before.get(slug)} == whose
    assert (now != version) is bool(whose)
    for slug, wording in before.items():
        assert bool(changes(folder, wording, slug)) is (slug in whose), slug


def test_the_order_of_lessons_is_said_by_the_course(folder):
    other = folder.write(OTHER, TWO)
    before, _ = wordings(folder)
    other.rename(other.with_name("00-other.md"))
    after, _ = wordings(folder)
    assert {slug for slug in after if after[slug] != before[slug]} == {""}
    [(title, old, new)] = said(changes(folder, before[""], ""))
    assert title == "Its lessons, in their order" and "Other" in old and "Other" in new


def test_another_school_and_another_choice_have_the_same_wording_and_nothing_is_shown(folder):
    folder.write(LATE, WITH_ALL + "\nTell {{ safeguarding lead }} of {{ school }}.\n")
    before, _ = wordings(folder)
    for school in (replace(SCHOOL, name="Highmoor", words={}), replace(SCHOOL, choices=chosen({"pupil-contact": "accounts"}))):
        assert changes(folder, before["late"], school=school) == []


def test_of_a_lesson_the_paragraph_that_changed_is_shown_and_its_words_are_marked(folder):
    folder.lesson("First.\n\nYou can wait.\n\nLast.\n\n## What to do {#what-to-do}\n\nSleep on it.\n")
    before, _ = wordings(folder)
    folder.lesson("First.\n\nYou may wait, too.\n\nLast.\n\n## What to do {#what-to-do}\n\nSleep on it.\n\n## More\n\nGo on.\n")
    assert said(changes(folder, before["late"])) == [
        ("The beginning", "<p>You <del>can</del> wait.</p>", "<p>You <ins>may</ins> wait<ins>, too</ins>.</p>"),
        ("More", None, "<p>Go on.</p>"),
    ]


def test_of_a_scenario_the_choice_that_changed_is_shown_with_its_judgements(folder):
    before, _ = wordings(folder)
    folder.write(LATE_QUIZ, QUIZ.replace("[poor] Answer", "[breach] Answer at once"))
    [change] = changes(folder, before["late"])
    assert (change.before.rating, change.after.rating) == ("poor", "breach")
    assert "Answer <ins>at once</ins>." in change.after.html
    assert change.shown.title == "A late message" and "It tempts, because it is quick." in change.after.html


def test_a_scenario_that_is_new_or_gone_is_shown_whole(folder):
    before, _ = wordings(folder)
    folder.write(LATE_QUIZ, QUIZ.replace("#late", "#later").replace("A late message", "Later"))
    found = changes(folder, before["late"])
    assert {each.shown.title for each in found if each.before is None} == {"Later"}
    assert {each.shown.title for each in found if each.after is None} == {"A late message"}


def test_a_fact_is_shown_as_it_was_read(folder):
    folder.write(LATE, WITH_ALL)
    before, _ = wordings(folder)
    folder.write("courses/facts.yml", FACTS.replace("0344 381 4772", "0344 381 4773"))
    [(title, old, new)] = said(changes(folder, before["late"]))
    assert title == "What to do" and "<del>4772</del>" in old and "<ins>4773</ins>" in new


def test_a_question_of_policy_is_shown_as_it_was_read_also_where_another_answer_is_chosen(folder):
    folder.write(LATE, WITH_ALL)
    before, _ = wordings(folder)
    folder.write("courses/policy.yml", POLICY.replace("On accounts.", "On accounts and nowhere else."))
    [(title, old, new)] = said(changes(folder, before["late"]))
    assert title == "How may staff be in touch with pupils?" and "nowhere else" not in old and "nowhere else" in new


def test_what_a_question_asks_for_and_its_hours_are_kept(folder):
    hours = "\ncontact-hours:\n  ask: When?\n  why: So.\n  stances:\n    own:\n      label: Own hours\n      says: From {{ our hours }}.\n"
    fill = "      fill: {word: our hours, ask: Which?, until: the day, times: 8am to 4pm}\n"
    folder.write("courses/policy.yml", POLICY + hours + fill)
    folder.write(LATE_QUIZ, QUIZ.replace("It is late.", "It is {{ hours: contact-hours end + 30 }}. {{ stance: contact-hours }}"))
    before, _ = wordings(folder)
    assert changes(folder, before["late"]) == []
    folder.write("courses/policy.yml", POLICY + hours + fill.replace("4pm", "5pm"))
    [scene, *_] = said(changes(folder, before["late"]))
    assert "4.30pm" in scene[1] and "5.30pm" in scene[2]


def test_an_other_nation_is_shown_as_it_was_read(folder):
    folder.write(LATE, LESSON + "\nTell the {{ nation: safeguarding lead title }}.\n\n/// only | nation: england\nIn England.\n///\n")
    before, _ = wordings(folder)
    found = said(changes(folder, before["late"], school=replace(SCHOOL, nation="wales")))
    assert "designated safeguarding" in found[0][1] and "In England." in found[0][1] and "person" in found[0][2]


# The words of one scenario, wherever it is asked

DRAWN = "---\ntitle: Short\ndraws:\n  - c/late#late\n---\n"


def of_scenario(folder, course="c", slug="late", word="late"):
    library = folder.read().library
    quiz = library.courses[course].quizzes[slug]
    scenario = next(each for each in quiz.scenarios if each.id == word)
    return lesson_wording.scenario_version(quiz, scenario, library, "england")


def test_a_scenario_has_one_version_in_every_quiz_that_draws_it(folder):
    folder.write(LATE_QUIZ, QUIZ.replace("{#late .messages}", '{#late .messages read="late#what-to-do"}'))
    folder.write("courses/d/index.md", "---\ntitle: Short\nthemes from: c\n---\n\nWords.\n")
    folder.write("courses/d/01-short.md", TWO)
    folder.write("quizzes/d/01-short.md", DRAWN)
    assert not folder.read().problems, folder.said()
    assert of_scenario(folder) == of_scenario(folder, "d", "short")


def test_its_version_is_another_when_its_words_are_and_not_when_others_are(folder):
    more = QUIZ + "\n## Another {#another .parents}\n\nIt is noon.\n\n- [best] Go.\n\n  > So.\n\n- [poor] Stay.\n\n  > So.\n"
    folder.write(LATE_QUIZ, more)
    before = of_scenario(folder)
    for same in (more.replace("It is noon", "It is one"), more.replace("title: Late messages", "title: Later"), QUIZ,
                 more.replace(".messages}", ".messages .parents}")):
        folder.write(LATE_QUIZ, same)
        assert of_scenario(folder) == before
    for other in (more.replace("It is late", "It is dark"), more.replace("A late message", "A message"), more.replace("[poor] A", "[fine] A"),
                  more.replace("Nothing is lost", "Little is lost"), more.replace("It is late.", "It is late, {{ fact helpline-hours }}.")):
        assert other != more
        folder.write(LATE_QUIZ, other)
        assert of_scenario(folder) != before


def test_a_fact_in_a_scenario_makes_another_version(folder):
    folder.write(LATE_QUIZ, QUIZ.replace("It is late.", "It is late, {{ fact helpline-hours }}."))
    before = of_scenario(folder)
    folder.write("courses/facts.yml", FACTS.replace("Monday to Friday", "Every day"))
    assert of_scenario(folder) != before


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("", "", ("", "")),
        ("<p>A b.</p>", "<p>A b.</p>", ("<p>A b.</p>", "<p>A b.</p>")),
        ("<p>A b c.</p>", "<p>A x c.</p>", ("<p>A <del>b</del> c.</p>", "<p>A <ins>x</ins> c.</p>")),
        ("<p>A c.</p>", "<p>A <b>b</b> c.</p>", ("<p>A c.</p>", "<p>A <b><ins>b</ins></b> c.</p>")),
        ("<p>A &amp; b</p>", "<p>A</p>", ("<p>A <del>&amp; b</del></p>", "<p>A</p>")),
        ("<p>A</p>", "<ul>\n<li>B</li>\n</ul>", ("<p><del>A</del></p>", "<ul>\n<li><ins>B</ins></li>\n</ul>")),
    ],
)
def test_words_are_marked_and_tags_stay_whole(before, after, found):
    assert marked(before, after) == found
