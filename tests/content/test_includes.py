"""Lessons and quizzes that draw from others, courses for named people, themes of another course, themes of danger."""

import json
from datetime import date

import pytest

from induction.content.checks.checker import check
from induction.content.checks.guessing import figures, measure, of_its_own, together
from induction.content.editions import lesson_edition, quiz_edition
from induction.content.model import School
from induction.content.source.files import LARGEST
from tests.choices import chosen
from tests.content.folders import COURSE, INDEX, LATE, LATE_QUIZ, LESSON, QUIZ

SHORT, SHORT_LESSON, SHORT_QUIZ = "courses/short/index.md", "courses/short/01-brief.md", "quizzes/short/01-brief.md"
TODAY = date(2026, 11, 25)
HOME = """\
---
title: Late messages
---

You can wait.

## What to do {#what-to-do}

Sleep on it.

### Then {#then}

/// policy | pupil-contact: none
See [our policy](/policy), {{ school }}.
///

## Phones

None.

## Help {#help}

Ring {{ fact helpline-phone }}.
"""
SCENARIOS = """\
---
title: Late messages
---

## A late message {#late .messages read="late#what-to-do"}

It is late.

- [best; poor if pupil-contact is accounts] Wait. [On](#on)

  > Nothing at all is lost if you wait until the morning.

- [poor; best if pupil-contact is accounts] Answer in a line.

  > It tempts, because it is quick, and then there is another.

- [poor] Call.

  > It tempts, because it is quick, and then there is another.

### On {#on}

It ends well.

## A parent {#parent .parents warn="anger" read='late#help' phase=primary}

- [poor] Shout back.

  > It tempts, because it is quick, and then there is another.

- [best] Wait a little.

  > Nothing at all is lost if you wait until the morning.

- [poor] Call.

  > It tempts, because it is quick, and then there is another.
"""


@pytest.fixture
def short(folder):
    """A folder with a second course, whose lesson and quiz draw from the first."""
    folder.write(LATE, HOME)
    folder.write(LATE_QUIZ, SCENARIOS)
    folder.write(SHORT, "---\ntitle: In short\nthemes from: c\n---\n")
    lesson(folder, "c/late#help", "c/late#what-to-do")
    quiz(folder, "c/late#parent", "c/late#late")
    return folder


def lesson(folder, *items, body="In short.\n"):
    """Write the drawing lesson. Its first item stands on line 4."""
    folder.write(SHORT_LESSON, _front(items) + body)


def quiz(folder, *items, body=""):
    folder.write(SHORT_QUIZ, _front(items) + body)


def _front(items):
    return "---\ntitle: In short\ndraws:\n" + "".join(f"  - {item}\n" for item in items) + "---\n\n"


def said(folder):
    return [str(problem) for problem in folder.read().problems]


def checked(folder):
    return [str(problem) for problem in check(folder.shipped, folder.own, TODAY)]


# Drawing

def test_a_lesson_is_its_own_words_and_then_the_sections_it_draws(short):
    reading = short.read()
    assert reading.problems == ()
    drawn = reading.library.courses["short"].lesson("brief")
    assert [heading.id for heading in drawn.headings] == ["help", "what-to-do", "then"]
    assert drawn.source.partition("---\n\n")[2] == (
        "In short.\n\n## Help {#help}\n\nRing {{ fact helpline-phone }}.\n\n"
        "## What to do {#what-to-do}\n\nSleep on it.\n\n### Then {#then}\n\n"
        "/// policy | pupil-contact: none\nSee [our policy](/policy), {{ school }}.\n///\n"
    )


def test_only_a_heading_ends_a_section(short):
    section = (
        "## What to do {#what-to-do}\n\n/// key | A\n\n## In a block\n\n///\n\n> ## In a quote {#quote}\n\n- item\n\n  ## In a list\n\n"
        "Then code:\n\n```\n## In code\n```\n\n\\## Words\n\nLast."
    )
    short.write(LATE, LESSON.partition("## What")[0] + section + "\n\nUnderlined {#under}\n---\n\nNot this.\n")
    short.write(LATE_QUIZ, SCENARIOS.replace("read='late#help' ", ""))
    lesson(short, "c/late#what-to-do")
    drawn = short.read().library.courses["short"].lesson("brief")
    assert drawn.source.endswith(f"\n\n{section}\n")
    lesson(short, "c/late#quote", "c/late#under")
    assert said(short) == [f'{SHORT_LESSON}:4: {LATE} has no section "quote"; known are: under, what-to-do']
    assert short.read().library.courses["short"].lesson("brief").source.endswith("Underlined {#under}\n---\n\nNot this.\n")


def test_a_quiz_draws_scenarios_with_their_scenes(short):
    drawn = short.read().library.courses["short"].quizzes["brief"]
    assert [(scenario.id, list(scenario.scenes)) for scenario in drawn.scenarios] == [("parent", ["parent"]), ("late", ["late", "on"])]
    assert (drawn.scenarios[0].warn, drawn.scenarios[0].phase) == ("anger", "primary")
    assert drawn.scenarios[1].scenes["late"].options[0].leads_to == "on"


def test_a_drawn_scenario_sends_back_to_the_lesson_of_its_new_quiz(short):
    lesson(short, "c/late#help")
    drawn = short.read().library.courses["short"].quizzes["brief"]
    assert [(scenario.read.lesson, scenario.read.heading) for scenario in drawn.scenarios] == [("brief", "help"), ("brief", None)]
    at_home = short.read().library.courses["c"].quizzes["late"]
    assert [(scenario.read.lesson, scenario.read.heading) for scenario in at_home.scenarios] == [("late", "what-to-do"), ("late", "help")]


def test_a_read_that_is_only_words_of_the_title_stays(short):
    short.write(LATE_QUIZ, SCENARIOS.replace("A late message", "Please read=this {{ school }}"))
    drawn = short.read().library.courses["short"].quizzes["brief"]
    assert '## Please read=this {{ school }} {#late .messages read="brief#what-to-do"}\n' in drawn.source


def test_a_school_own_home_file_is_the_one_that_is_drawn_from(short):
    short.write(LATE, HOME.replace("Sleep on it.", "Sleep well."), own=True)
    assert "Sleep well." in short.read().library.courses["short"].lesson("brief").source


def test_what_a_schools_copy_no_longer_has_is_drawn_from_the_shipped_file_with_a_warning(short):
    short.write(LATE_QUIZ, SCENARIOS.partition("## A parent")[0], own=True)
    reading = short.read()
    assert [str(problem) for problem in reading.problems] == [
        f'{SHORT_QUIZ}:4: warning: your copy of {LATE_QUIZ} has no scenario "parent", so the shipped words are drawn here'
    ]
    drawn = reading.library.courses["short"].quizzes["brief"]
    assert [scenario.id for scenario in drawn.scenarios] == ["parent", "late"]
    short.write(SHORT_QUIZ, _front(["c/late#parent"]), own=True)  # a file of the school's own draws from what is taught here
    assert f'{LATE_QUIZ} has no scenario "parent"' in said(short)[0]


def test_editions_hold_the_whole_and_open_without_the_other_files(short):
    library = short.read().library
    course, school = library.courses["short"], School("Wrenfield", choices=chosen({"pupil-contact": "accounts"}), policy_version=1)
    made = quiz_edition.quiz_edition(course, course.quizzes["brief"], library, school)
    assert json.loads(made.text)["source"] == course.quizzes["brief"].source
    opened = quiz_edition.open_quiz(made.text)
    assert [option.rating for option in opened.scenarios["late"].scenes["late"].options] == ["poor", "best", "poor"]
    assert opened.scenarios["late"].read == quiz_edition.ReadAgainShown("brief", "what-to-do", "What to do")
    assert opened.themes["parents"].question == "Who is also a friend?"
    shown = lesson_edition.open_lesson(lesson_edition.lesson_edition(course.lesson("brief"), library, school).text)
    assert "Ring 0344 381 4772." in shown.html and "Sleep on it." in shown.html


# What can't be drawn

@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ("d/late#help", 'unknown course "d"; known are: c, short'),
        ("c/latte#help", 'the course "c" has no lesson "latte"; write "late"'),
        ("c/index#help", 'the course "c" has no lesson "index"; known are: late'),
        ("c/late#helpp", 'courses/c/01-late.md has no section "helpp"; write "help"'),
        ("c/late#then", 'courses/c/01-late.md has no section "then"; known are: help, what-to-do'),
        ("short/brief#help", "courses/short/01-brief.md itself draws from others; name the file where the words stand"),
        ("c/late", '"c/late" names nothing to draw; write COURSE/LESSON#ID, with the id of a section there'),
        ('""', '"" names nothing to draw; write COURSE/LESSON#ID, with the id of a section there'),
        ("[c/late#help]", "a list or table stands where something to draw belongs; write `- COURSE/LESSON#ID`"),
        ("{c: d}", "a list or table stands where something to draw belongs; write `- COURSE/LESSON#ID`"),
        ("c/late#what-to-do", '"c/late#what-to-do" is drawn twice; keep one of them'),
    ],
)
def test_what_is_not_there_is_said_at_its_item(short, item, fault):
    lesson(short, "c/late#what-to-do", item)
    quiz(short, "c/late#late")
    assert said(short) == [f"{SHORT_LESSON}:5: {fault}"]
    assert "Sleep on it." in short.read().library.courses["short"].lesson("brief").source


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ("c/brief#late", 'the course "c" has no quiz "brief"; known are: late'),
        ("c/late#latte", 'quizzes/c/01-late.md has no scenario "latte"; write "late"'),
        ("c/late#on", 'quizzes/c/01-late.md has no scenario "on"; known are: late, parent'),
    ],
)
def test_what_no_quiz_has(short, item, fault):
    quiz(short, "c/late#late", item)
    assert said(short) == [f"{SHORT_QUIZ}:5: {fault}"]


@pytest.mark.parametrize("value", ["c/late#help", "", "{a: b}", "[]"])
def test_draws_that_are_no_list(short, value):
    short.write(SHORT_LESSON, f"---\ntitle: In short\ndraws: {value}\n---\n\nIn short.\n")
    assert said(short)[0] == f"{SHORT_LESSON}:3: `draws` is no list; write each on a line of its own under it, as `- COURSE/LESSON#ID`"


def test_a_chain_is_refused(short):
    short.write("courses/short/02-more.md", _front(["short/brief#help"]))
    assert said(short) == [
        "courses/short/02-more.md:4: courses/short/01-brief.md itself draws from others; name the file where the words stand"
    ]


def test_a_home_that_cannot_be_read(short):
    short.write(LATE, HOME + "[" * 8_000)
    assert [line for line in said(short) if line.startswith(SHORT_LESSON)] == [
        f"{SHORT_LESSON}:{line}: nothing can be drawn from courses/c/01-late.md as it stands; mend that file first" for line in (4, 5)
    ]


def test_the_whole_may_not_be_larger_than_a_file(short):
    many = "\n\n".join(["Sleep on it, all of you. " * 300] * 20)
    short.write(LATE, HOME.replace("Sleep on it.", many))
    lesson(short, "c/late#what-to-do", "c/late#help", body=f"{many}\n")
    assert said(short) == [f"{SHORT_LESSON}:4: with this the whole has more than {LARGEST:,} bytes; draw less, or part it in two"]


# Problems in drawn words

def test_a_problem_at_home_is_said_there_alone(short):
    short.write(LATE, HOME.replace("{{ school }}", "{{ skool }}").replace("///\n\n## Phones", "\n## Phones"))
    short.write(LATE_QUIZ, SCENARIOS.replace("[best] Wait", "[bets] Wait").replace("Call.", "Shout back."))
    lines = said(short)
    assert [line.split(": ")[0] for line in lines] == [f"{LATE}:13", f"{LATE}:14", f"{LATE_QUIZ}:31", f"{LATE_QUIZ}:35"]
    assert [line.split(": ")[0] for line in checked(short) if "warning" not in line] == sorted(line.split(": ")[0] for line in lines)


def test_an_id_that_is_twice_only_here(short):
    lesson(short, "c/late#help", body="## Ours {#HELP}\n\nWords.\n")
    ours = SCENARIOS.partition("---\n\n")[2].partition("## A parent")[0]
    quiz(short, "c/late#late", "c/late#parent", body=ours.replace("#late ", "#parent ").replace(' read="late#what-to-do"', ""))
    assert said(short) == [
        f'{SHORT_LESSON}:4: in what is drawn here, the id "help" is on line 7 too; give one of them another',
        f'{SHORT_QUIZ}:4: in what is drawn here, the id "on" is on line 24 too; give one of them another',
        f'{SHORT_QUIZ}:5: in what is drawn here, the id "parent" is on line 8 too; give one of them another',
    ]


def test_an_id_that_two_homes_have(short):
    short.write("courses/c/02-early.md", "---\ntitle: Early\n---\n\n## Early help {#help}\n\nWords.\n")
    lesson(short, "c/late#help", "c/early#help")
    assert said(short) == [
        f'{SHORT_LESSON}:5: in what is drawn here, the id "help" is on line 21 of {LATE} too; give one of them another'
    ]


def test_a_theme_that_only_home_has(short):
    short.write(SHORT, "---\ntitle: In short\nthemes:\n  messages: Messages\n---\n")
    assert said(short) == [
        f'{SHORT_QUIZ}:4: in what is drawn here, unknown theme "parents"; known are: messages, or add it to the course'
    ]


def test_warnings_are_said_at_home_alone(short):
    heavy = "Practitioners necessarily prioritise organisational responsibilities whenever communicating electronically. " * 6
    short.write(LATE_QUIZ, SCENARIOS.replace("Nothing at all is lost if you wait until the morning.", "Short."))
    short.write(LATE, HOME.replace("Sleep on it.", heavy))
    quiz(short, "c/late#late", "c/late#parent")
    lines = [line for line in checked(short) if "reads no scenario" not in line]
    assert [line.partition(":")[0] for line in lines] == [LATE, LATE, LATE_QUIZ, LATE_QUIZ]
    short.write(LATE, HOME)
    lesson(short, "c/late#help", body=heavy)
    assert [line.split(" ")[0] for line in checked(short) if "reading age" in line] == [f"{SHORT_LESSON}:1:"]


def test_a_rating_that_cannot_be_read_is_said_once(short):
    short.write(LATE_QUIZ, SCENARIOS.replace("[best] Wait a", "[bets] Wait a"))
    assert [line.partition(";")[0] for line in checked(short) if "warning" not in line] == [f'{LATE_QUIZ}:31: unknown rating "bets"']


def test_a_drawn_scenario_is_counted_once_among_all(short):
    library = short.read().library
    drawn, at_home = library.courses["short"].quizzes["brief"], library.courses["c"].quizzes["late"]
    measured = measure(drawn, library)
    assert [guess.scenario for guess in figures(measured)[0].guesses] == ["parent", "late"]
    assert not any(of_its_own(measured, drawn))
    assert of_its_own(measure(at_home, library), at_home) == measure(at_home, library)
    both = QUIZ.partition("---\n\n")[2].replace("#late", "#ours")
    quiz(short, "c/late#late", body=both)
    library = short.read().library
    drawn = library.courses["short"].quizzes["brief"]
    assert [guess.scenario for guess in figures(of_its_own(measure(drawn, library), drawn))[0].guesses] == ["ours"]
    quizzes = [quiz for course in library.courses.values() for quiz in course.quizzes.values()]
    own = figures(together(of_its_own(measure(quiz, library), quiz) for quiz in quizzes))
    assert round(own[0].chance) == 39  # of 33, 33 and 50; counted twice it would be 38


def test_all_quizzes_together_are_not_one_quiz_and_what_is_drawn_from_it(short):
    short.write(LATE_QUIZ, SCENARIOS.replace("Wait a little", "Wait a little, and then a little more"))
    assert [line for line in checked(short) if "in all quizzes together" in line] == []
    quiz(short, "c/late#late", body=QUIZ.partition("---\n\n")[2].replace("#late", "#ours"))
    assert [line.split(" ")[0] for line in checked(short) if "in all quizzes together" in line]


# Hostile input

HOSTILE = {
    "ten thousand": ["c/late#help"] * 10_000,
    "ten thousand others": [f"c/late#what-to-do-{number}" for number in range(10_000)],
    "itself": ["short/brief#help"] * 10_000,
    "lists": ["[[[[[[a]]]]]]"] * 5_000,
    "one that is long": ["c/late#" + "a" * 200_000],
    "signs": ["c/" + "#/" * 100_000],
}


@pytest.mark.parametrize("flood", HOSTILE)
def test_hostile_draws_are_refused_in_time(short, read_within_limits, flood):
    short.write(SHORT_LESSON, _front(HOSTILE[flood])[:LARGEST])
    short.write(SHORT_QUIZ, _front(HOSTILE[flood])[:LARGEST])
    found = read_within_limits(short)
    assert {line.partition(":")[0] for line in found} == {SHORT_LESSON, SHORT_QUIZ}
    assert len(found) < 300


def test_more_is_drawn_than_may_be(short):
    lesson(short, *[f"c/late#help{number}" for number in range(61)])
    assert said(short)[0] == f"{SHORT_LESSON}:3: more than 60 things are drawn; draw fewer, or part the file in two"


def test_the_largest_quiz_there_may_be_can_be_drawn_from(short, read_within_limits):
    one = QUIZ.partition("---\n\n")[2].replace("It is late.", "It is late. " * 60)
    many = "\n".join(one.replace("#late", f"#parent-{number}") for number in range(240_000 // len(one)))
    short.write(LATE_QUIZ, f"{SCENARIOS}\n{many}")
    quiz(short, "c/late#late", "c/late#parent", "c/late#parent-7")
    assert read_within_limits(short) == []


# Courses for named people, and themes of another course

def test_a_course_for_named_people(folder):
    assert folder.read().library.courses["c"].by_name is False
    for words, by_name in (("named people", True), ("everyone", False)):
        folder.write(COURSE, INDEX.replace("pass mark: 75", f"given to: {words}"))
        reading = folder.read()
        assert (reading.problems, reading.library.courses["c"].by_name) == ((), by_name)
    folder.write(COURSE, INDEX.replace("pass mark: 75", "given to: named persons"))
    assert folder.said() == ['index.md:3: `given to` can\'t be "named persons"; write "named people"']
    folder.write(COURSE, INDEX.replace("pass mark: 75", "given to: [governors]"))
    assert folder.said() == ["index.md:3: `given to` is not plain words; write it on one line as `given to: …`"]


def test_themes_of_another_course_and_own_ones(short):
    short.write(SHORT, "---\ntitle: In short\nthemes from: c\nthemes:\n  visits: Visits\n---\n")
    themes = short.read().library.courses["short"].themes
    assert list(themes) == ["messages", "parents", "visits"]
    assert themes["parents"].question == "Who is also a friend?"


@pytest.mark.parametrize(
    ("front", "fault"),
    [
        ("themes from: cc", '3: `themes from` names no other course: "cc"; write "c"'),
        ("themes from: short", '3: `themes from` names no other course: "short"; known are: c'),
        ("themes from: [c]", "3: `themes from` is not plain words; write it on one line as `themes from: …`"),
        ("themes from: c\nthemes:\n  Parents: Ours", '5: the theme "Parents" comes from the course "c"; give this one another name'),
    ],
)
def test_themes_that_cannot_be_taken(short, front, fault):
    short.write(SHORT, f"---\ntitle: In short\n{front}\n---\n")
    assert said(short)[0] == f"{SHORT}:{fault}"
    if "themes from: c" in front or "short" in front:
        assert len(said(short)) == 1  # its scenarios' themes are not unknown besides


def test_themes_are_taken_from_where_they_stand(short):
    short.write("courses/third/index.md", "---\ntitle: Third\nthemes from: short\n---\n")
    assert said(short) == ['courses/third/index.md:3: the course "short" has its themes from another; write `themes from: c`']


# Danger

DANGER = "messages: {words: Messages, danger: yes}"


@pytest.mark.parametrize("condition", ["pupil-contact is accounts", "nation is wales", "phase is primary"])
def test_where_a_child_may_be_in_danger_nothing_decides_a_rating(folder, condition):
    folder.write(LATE_QUIZ, QUIZ.replace(".messages", ".parents .messages").replace("[poor]", f"[poor; fine if {condition}]"))
    danger = [f"{LATE_QUIZ}:13: where a child may be in danger no choice of the school decides a rating; rate this option for every school alike"]
    assert [line for line in checked(folder) if "warning" not in line] == []
    folder.write(COURSE, INDEX.replace("messages: Messages", DANGER))
    assert folder.read().library.courses["c"].themes["messages"].danger
    assert [line for line in checked(folder) if "warning" not in line] == danger
    folder.write(LATE_QUIZ, QUIZ)
    assert [line for line in checked(folder) if "warning" not in line] == []


def test_danger_is_said_at_home_alone_and_holds_for_what_is_taken(short):
    short.write(COURSE, INDEX.replace("messages: Messages", DANGER))
    assert [line.split(" ")[0] for line in checked(short) if "in danger" in line] == [f"{LATE_QUIZ}:9:", f"{LATE_QUIZ}:13:"]
    short.write(COURSE, INDEX)
    short.write(SHORT, f"---\ntitle: In short\nthemes:\n  parents: Parents\n  {DANGER}\n---\n")
    assert [line.split(" ")[0] for line in checked(short) if "in danger" in line] == [f"{SHORT_QUIZ}:5:"]


@pytest.mark.parametrize(("value", "danger"), [("no", False), ("yes", True), ("true", None)])
def test_danger_is_yes_or_no(folder, value, danger):
    folder.write(COURSE, INDEX.replace("messages: Messages", DANGER.replace("yes", value)))
    if danger is None:
        assert folder.said() == ['index.md:5: `danger` can\'t be "true"; known are: no, yes']
    else:
        assert folder.said() == []
        assert folder.read().library.courses["c"].themes["messages"].danger is danger
