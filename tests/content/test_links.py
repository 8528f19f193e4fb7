"""Links inside the site: followed by the check, wherever they stand, and drawn in full."""

import pytest

from induction.content.editions import fill
from induction.content.editions.policy_document import own_problems
from induction.content.model import OwnWords, School
from induction.content.reading import library
from tests.content.folders import LATE, LATE_QUIZ, LESSON, QUIZ

PAGES = ("/", "/policy", "/help", "/record")



def problems(folder):
    return [f"{each.line}: {each.message.partition(';')[0]}" for each in library.read(folder.shipped, folder.own, PAGES).problems]


@pytest.mark.parametrize(
    "address",
    [
        "/", "/policy", "/policy#photos", "/help?from=here", "/record", "/courses/c/", "/courses/c", "/courses/c/late", "late",
        "late#what-to-do", "./late", "../c/late", "/courses/c/late#what-to-do", "#here", "#what-to-do-then", "#", "mailto:a@b.example",
        "tel:01234", "https://a.example/b#c", "?x=1",
    ],
)  # fmt: skip
def test_links_that_lead_somewhere(folder, address):
    folder.write("courses/c/02-two.md", f"---\ntitle: Two\n---\n\n## Here {{#here}}\n\nGo [on]({address}).\n\nThere. {{#what-to-do-then}}\n")
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("/polcy", 'the link "/polcy" leads to no page of this site'),
        ("/school/overview", 'the link "/school/overview" leads to no page of this site'),
        ("/attempts/1", 'the link "/attempts/1" leads to no page of this site'),
        ("/courses/d/", 'the link "/courses/d/" leads to no page of this site'),
        ("/courses/c/early", 'the link "/courses/c/early" leads to no page of this site'),
        ("early", 'the link "early" leads to no page of this site'),
        ("map.png", 'the link "map.png" leads to no page of this site'),
        ("02-two.md", 'the link "02-two.md" leads to no page of this site'),
        ("late#nowhere", "the page /courses/c/late has no heading {#nowhere}"),
        ("/courses/c/#nowhere", "the page /courses/c/ has no heading {#nowhere}"),
        ("#nowhere", "this text has no heading {#nowhere}"),
        ("#Here", "this text has no heading {#Here}"),
        ("//[", 'the link "//[" leads to another site'),
        ("[::1", 'the link "[::1" leads to no page of this site'),
    ],
)
def test_links_that_lead_nowhere(folder, address, fault):
    folder.write("courses/c/02-two.md", f"---\ntitle: Two\n---\n\n## Here {{#here}}\n\nGo [on](<{address}>).\n")
    assert problems(folder) == [f"7: {fault}"]


def test_they_are_followed_in_quizzes_courses_policy_and_drawn_words(folder):
    folder.write(LATE_QUIZ, QUIZ.replace("It tempts,", "[It](/nowhere) tempts,"))
    folder.write("courses/c/index.md", "---\ntitle: x\nthemes: {messages: Messages}\n---\n\n[a](/nowhere)\n")
    folder.write("courses/policy.md", "---\ntitle: x\n---\n\n[a](photos)\n")
    folder.write("courses/d/index.md", "---\ntitle: D\n---\n")
    folder.write("courses/d/01-d.md", "---\ntitle: D\ndraws:\n  - c/late#what-to-do\n---\n")
    folder.write(LATE, LESSON.replace("Sleep on it.", "Sleep [on](late) it."))
    found = library.read(folder.shipped, None, PAGES).problems
    assert sorted((each.path, each.line) for each in found) == [
        ("courses/c/index.md", 6), ("courses/d/01-d.md", 4), ("courses/policy.md", 5), ("quizzes/c/01-late.md", 15)
    ]


def test_a_link_reads_in_full_wherever_it_is_shown(folder):
    folder.write(LATE_QUIZ, QUIZ.replace("It tempts,", "[It](late#what-to-do) tempts,"))
    reading = library.read(folder.shipped, None, PAGES)
    assert reading.problems == ()
    feedback = reading.library.courses["c"].quizzes["late"].scenarios[0].scenes["late"].options[1].feedback
    assert '<a href="/courses/c/late#what-to-do">' in fill.render(feedback, School("W"), reading.library)


def test_the_policys_own_words_are_held_against_the_same_pages(folder):
    known = library.read(folder.shipped, None, PAGES).library
    found = own_problems(OwnWords(True, "## A {#a}\n\n[1](/help) [2](#a) [3](/courses/c/late#what-to-do)\n\n[4](/hlep)\n\n[5](#b)"), known)
    assert [(each.line, each.message.partition(";")[0]) for each in found] == [
        (5, 'the link "/hlep" leads to no page of this site'), (7, "this text has no heading {#b}")
    ]
