"""Twins: two scenarios with the same options and one fact changed; what is said where they are none, and where a warning may stand."""

import json
from datetime import date

import pytest

from induction.content.checks.checker import check
from induction.content.editions import quiz_edition
from induction.content.model import School
from induction.content.twins import most_asked, twins_of
from tests.content.folders import LESSON

TODAY = date(2026, 11, 25)
WAIT, ANSWER, CALL = "Wait until the *morning*.", "Answer {{ school }} in a line.", "Call the office."
SHORT, SHORT_LESSON, SHORT_QUIZ = "courses/short/index.md", "courses/short/01-brief.md", "quizzes/short/01-brief.md"


def scenario(word, best=WAIT, attributes="", options=(WAIT, ANSWER, CALL), best_if=""):
    """Sixteen lines: the heading is the first, options stand on the fifth, ninth and thirteenth."""
    listed = "\n\n".join(
        f"- [{'best' + best_if if option == best else 'poor'}] {option}\n\n  > This is what follows from it, and why it tempts in {word}."
        for option in options
    )
    return f"## {word.title()} {{#{word} .messages {attributes}}}\n\nIt is late.\n\n{listed}\n\n"


def pair(one="twin=later", other="twin=late", **of_other):
    """`late` on line 5, its options on 9, 13 and 17; `later` on line 21, its options on 25, 29 and 33."""
    return scenario("late", attributes=one) + scenario("later", attributes=other, **{"best": ANSWER, **of_other})


@pytest.fixture
def said(folder):
    def say(body, front="title: Late messages"):
        folder.quiz(body.rstrip() + "\n", front)
        problems = check(folder.shipped, folder.own, TODAY)
        return [str(each).removeprefix("quizzes/c/01-late.md:") for each in problems if "reads no scenario" not in str(each)]

    return say


@pytest.fixture
def opened(folder):
    """The quiz as a school meets it, in the words of its edition."""
    def open_it(phase="all-through", path="c", slug="late"):
        library = folder.read().library
        course = library.courses[path]
        return quiz_edition.open_quiz(quiz_edition.quiz_edition(course, course.quizzes[slug], library, School("Wrenfield", phase=phase)).text)

    return open_it


@pytest.mark.parametrize("quote", ["", '"'])
def test_twins_name_each_other_and_have_the_same_options(folder, said, opened, quote):
    assert said(pair(f"twin={quote}later{quote}", f"twin={quote}late{quote}")) == []
    scenarios = folder.read().library.courses["c"].quizzes["late"].scenarios
    assert twins_of(scenarios) == {"late": "later", "later": "late"} and most_asked(scenarios) == 1
    assert {word: each.twin for word, each in opened().scenarios.items()} == {"late": "later", "later": "late"}


def test_the_options_may_come_in_any_order_with_feedback_links_and_scenes_of_their_own(said):
    broken = WAIT.replace("until the", "until\n  the")
    body = pair(options=(CALL, ANSWER, broken)).replace(f"] {CALL}", f"] {CALL} [Then](#then)", 1)
    assert said(body.replace("## Later", "### Then {#then}\n\nIt ends well.\n\n## Later")) == []


def test_an_edition_holds_nothing_of_twins_but_its_source(folder, said):
    said(pair())
    library = folder.read().library
    course = library.courses["c"]
    kept = json.loads(quiz_edition.quiz_edition(course, course.quizzes["late"], library, School("Wrenfield")).text)
    folder.quiz(pair("", ""))
    library = folder.read().library
    course = library.courses["c"]
    without = json.loads(quiz_edition.quiz_edition(course, course.quizzes["late"], library, School("Wrenfield")).text)
    assert kept.keys() == without.keys()
    assert {key for key in kept if kept[key] != without[key]} == {"source"}


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (pair("twin="), '21: its twin "late" on line 5 does not name it back; write twin=later after that heading'),
        (pair("twin=late"), "5: this scenario is its own twin; write the id of the other one"),
        (pair("twin=latr"), '5: `twin` names no other scenario of this quiz: "latr"; write "later"'),
        (pair("twin=Later"), '5: `twin` names no other scenario of this quiz: "Later"; write "later"'),
        (pair(other=""), '5: its twin "later" on line 21 does not name it back; write twin=late after that heading'),
        (
            pair() + scenario("third", attributes="twin=late", best=CALL),
            '37: "late" on line 5 is the twin of "later", and only two can be twins; name another one here',
        ),
        (pair("phase=primary twin=later"), '5: its twin "later" on line 21 has no phase, so some schools'),
        (pair(other="phase=primary twin=late"), '5: its twin "later" on line 21 has phase=primary, so some schools'),
        (pair("phase=secondary twin=later", "twin=late phase=primary"), '5: its twin "later" on line 21 has phase=primary'),
    ],
)
def test_what_is_no_pair(said, body, line):
    found = said(body)
    assert any(each.startswith(line) for each in found), found
    assert not any(each.startswith("warning") for each in found)


def test_an_empty_name(said):
    assert "5: `twin` names no scenario; write twin=other-id, with the id of the other one" in said(pair('twin=""'))


def test_three_that_name_each_other_are_each_told(said):
    three = pair("twin=later", "twin=third") + scenario("third", attributes="twin=late", best=CALL)
    assert [line.partition(";")[0] for line in said(three)] == [
        '5: "later" on line 21 is the twin of "third", and only two can be twins',
        '21: "third" on line 37 is the twin of "late", and only two can be twins',
        '37: "late" on line 5 is the twin of "later", and only two can be twins',
    ]


@pytest.mark.parametrize(
    "other", ["Wait until the *mornings*.", "Wait until the morning.", "wait until the *morning*.", "Wait until the *morning*"]
)
def test_an_option_that_differs_by_a_word_is_named_with_its_nearest(said, other):
    assert said(pair(options=(other, ANSWER, CALL))) == [
        f'9: the twin "later" on line 21 has no option "{WAIT}"; write "{other}", the same in both'
    ]


def test_a_word_in_braces_is_compared_as_it_is_written(said):
    other = ANSWER.replace("school", "headteacher")
    assert said(pair(options=(WAIT, other, CALL), best=other)) == [
        f'13: the twin "later" on line 21 has no option "{ANSWER}"; write "{other}", the same in both'
    ]


def test_an_option_more_stands_nowhere_in_the_twin(said):
    more = "Go and see."
    assert said(pair(options=(WAIT, ANSWER, CALL, more))) == [
        f'37: the twin "late" on line 5 has no option "{more}"; write it there too, or take it out here'
    ]
    assert said(scenario("late", attributes="twin=later", options=(WAIT, ANSWER, CALL, more)) + scenario(
        "later", ANSWER, "twin=late"
    )) == [f'21: the twin "later" on line 25 has no option "{more}"; write it there too, or take it out here']


def test_only_first_scenes_are_compared(said):
    later = "### Then {#then}\n\nAnd now?\n\n- [best] Sleep.\n\n  > This is what follows from it, and why it tempts.\n\n" \
        "- [poor] Wake.\n\n  > This is what follows from it, and why it tempts.\n\n" \
        "- [poor] Read.\n\n  > This is what follows from it, and why it tempts.\n\n"
    body = pair().replace(f"] {CALL}", f"] {CALL} [Then](#then)", 1).replace("## Later", later + "## Later")
    assert said(body) == []


SAME = '5: warning: the same option is best here and in its twin "later" on line 21; change the fact that tells them apart'


@pytest.mark.parametrize(
    ("best_if", "other_best", "other_if", "warned"),
    [
        ("", WAIT, "", True),
        ("", WAIT, "; best if nation is wales", True),
        ("; fine if nation is wales", WAIT, "; poor if nation is wales", True),  # not best there, either
        ("; fine if nation is wales", WAIT, "", False),
        ("", ANSWER, "", False),
    ],
)
def test_twins_in_which_the_same_option_is_best_are_warned_of(said, best_if, other_best, other_if, warned):
    body = scenario("late", attributes="twin=later", best_if=best_if) + scenario("later", other_best, "twin=late", best_if=other_if)
    assert any(line.startswith(SAME) for line in said(body)) is warned


def test_what_is_best_under_one_policy_alone_tells_twins_apart(said):
    hangs = "poor; best if pupil-contact is accounts"
    other = pair(best=WAIT).replace(f"[best] {WAIT}", f"[best; poor if pupil-contact is accounts] {WAIT}").replace(
        f"[poor] {ANSWER}", f"[{hangs}] {ANSWER}"
    )
    first, _, second = other.partition("## Later")
    assert said(pair(best=WAIT).partition("## Later")[0] + "## Later" + second) == []
    assert [line.startswith(SAME) for line in said(first + "## Later" + second)] == [True], "where both hang on it alike"


def test_of_a_rating_that_cant_be_read_nothing_more_is_said(said):
    found = said(pair(best=WAIT).replace("[poor]", "[bad]", 1))
    assert len(found) == 1 and "unknown rating" in found[0]


@pytest.mark.parametrize(
    ("ask", "one", "other", "fault"),
    [
        (2, "twin=later", "twin=late", None),
        (3, "twin=later", "twin=late",
         "3: `ask` is 3, and 2 of the scenarios fit a primary school, of twins one; write `ask: 2` or less"),
        (2, "phase=primary twin=later", "phase=primary twin=late",
         "3: `ask` is 2, and 1 of the scenarios fit a secondary school, of twins one; write `ask: 1` or less"),
        (3, "", "", None),
    ],
)
def test_twins_count_as_one_towards_what_is_asked(said, ask, one, other, fault):
    found = said(pair(one, other) + scenario("third", CALL), f"title: Late\nask: {ask}")
    assert [line for line in found if "`ask`" in line][:1] == ([fault] if fault else [])


def test_twins_for_one_phase_are_met_by_it_alone(said, opened):
    assert said(pair("phase=primary twin=later", "phase=primary twin=late") + scenario("third", CALL)) == []
    assert {word: each.twin for word, each in opened("primary").scenarios.items()} == {"late": "later", "later": "late", "third": None}
    assert [(word, each.twin) for word, each in opened("secondary").scenarios.items()] == [("third", None)]


# Drawn from another quiz

@pytest.fixture
def short(folder, said):
    """A course whose quiz draws from the first one's: the problems that the two have."""
    folder.write(SHORT, "---\ntitle: In short\nthemes from: c\n---\n")
    folder.write(SHORT_LESSON, LESSON)

    def draw(*items, at_home=None, body="", front=""):
        listed = "".join(f"  - c/late#{item}\n" for item in items)
        folder.write(SHORT_QUIZ, f"---\ntitle: In short\n{front}draws:\n{listed}---\n\n{body}")
        return said(at_home or pair())

    return draw


def test_a_scenario_that_is_drawn_without_its_twin_has_none(short, opened):
    assert short("later") == []
    assert opened(path="short", slug="brief").scenarios["later"].twin is None


@pytest.mark.parametrize("items", [("late", "later"), ("later", "late")])
def test_two_that_are_drawn_are_twins_as_at_home(short, opened, items):
    assert short(*items) == []
    assert [each.twin for each in opened(path="short", slug="brief").scenarios.values()] == [*reversed(items)]
    primary, _ = short(*items, front="ask: 2\n")
    assert primary.startswith(f"{SHORT_QUIZ}:3: `ask` is 2, and 1 of the scenarios fit a primary school, of twins one;")


@pytest.mark.parametrize("items", [("late", "later"), ("later", "late")])
def test_what_is_wrong_with_drawn_twins_is_said_at_home_alone(short, items):
    (fault,) = short(*items, at_home=pair(options=(WAIT, ANSWER, "Call.")))
    assert fault.startswith("17: ")
    (fault,) = short(*items, at_home=pair(best=WAIT))
    assert fault.startswith("5: warning: ")


def test_a_drawn_scenario_is_no_twin_of_one_that_happens_to_have_the_name(short, opened):
    assert short("later", body=scenario("late", CALL, options=(CALL, "Sleep.", "Read."))) == []
    assert {word: each.twin for word, each in opened(path="short", slug="brief").scenarios.items()} == {"late": None, "later": None}


# Where a warning may stand

WARNED = 'warn="anger"'
FIRST = "warning: the first scenario of a course carries a warning; begin with another one"
MORE = (
    "warning: a course's first lesson has one scenario with a warning at most, and that is on line 21; "
    "move this one into a later lesson"
)


def plain(*warned):
    """Four scenarios, on lines 5, 21, 37 and 53."""
    return "".join(scenario(word, attributes=WARNED if word in warned else "") for word in ("one", "two", "three", "four"))


def test_the_first_scenario_of_a_course_carries_no_warning(said):
    assert said(plain("one")) == [f"5: {FIRST}"]
    assert said(plain("two")) == said(plain("four")) == []


def test_a_courses_first_lesson_has_one_warning_at_most(said):
    assert said(plain("two", "three", "four")) == [f"37: {MORE}", f"53: {MORE}"]
    assert said(plain("one", "two")) == [f"5: {FIRST}", f"21: {MORE.replace('21', '5')}"]


def test_twins_with_a_warning_count_as_one(said):
    assert said(scenario("one") + scenario("late", CALL, f"{WARNED} twin=later") + scenario("later", ANSWER, f"{WARNED} twin=late")) == []


def test_later_lessons_may_have_more(folder, said):
    folder.write("courses/c/00-early.md", LESSON)
    folder.write("quizzes/c/00-early.md", "---\ntitle: Early\n---\n\n" + plain())
    assert said(plain("one", "two", "three")) == []
    (folder.shipped / "quizzes/c/00-early.md").unlink()
    assert said(plain("one")) == [f"5: {FIRST}"], "what a course begins with is the first that is asked"


def test_it_is_the_order_of_the_lessons_that_counts(folder, said):
    folder.write("courses/c/02-early.md", LESSON)
    folder.write("quizzes/c/00-early.md", "---\ntitle: Early\n---\n\n" + plain("one", "two"))
    assert said(plain()) == []


def test_a_course_that_draws_is_told_at_what_it_draws(short):
    assert short("two", "one", at_home=plain("two")) == [f"{SHORT_QUIZ}:4: warning: in what is drawn here, {FIRST.partition(': ')[2]}"]
    assert short("one", "two", at_home=plain("two")) == []
