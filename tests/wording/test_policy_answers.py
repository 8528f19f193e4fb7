"""What is said of the policy's questions and answers, one by one and together, and of what an answer would change."""

import pytest

from induction.rules.policy_answers import Standing
from induction.wording import policy

OPEN, ANOTHER, NO_TIMES, DRAFTED, CHOSEN = Standing


@pytest.mark.parametrize(
    "words, said",
    [
        ("", "In agreed hours"),
        ("8am to 5pm", "In agreed hours (8am to 5pm)"),
        ("Quill\n\n Slate \n", "In agreed hours (Quill; Slate)"),
    ],
)
def test_an_answer_with_what_is_written_beside_it(words, said):
    assert policy.answer("In agreed hours", words) == said


@pytest.mark.parametrize(
    "standing, drafted, words",
    [
        (OPEN, False, "not chosen: the cautious rule applies"),
        (ANOTHER, False, "asks for another answer"),
        (ANOTHER, True, "asks for another answer"),
        (NO_TIMES, False, "clock times missing"),
        (NO_TIMES, True, "clock times missing, not published yet"),
        (DRAFTED, True, "chosen, not published yet"),
        (CHOSEN, False, "chosen"),
    ],
)
def test_how_a_question_stands(standing, drafted, words):
    assert policy.state(standing, drafted) == words


@pytest.mark.parametrize(
    "standings, drafted, words",
    [
        ([OPEN] * 22, 0, "None of the 22 questions is answered yet, so the cautious rule applies on each."),
        ([ANOTHER, OPEN], 0, "None of the 2 questions is answered yet, so the cautious rule applies on each."),
        ([CHOSEN, OPEN, OPEN], 0, "One of the 3 questions is answered; on the other two the cautious rule applies."),
        ([CHOSEN, CHOSEN, OPEN], 0, "Two of the 3 questions are answered; on the other the cautious rule applies."),
        (
            [DRAFTED, CHOSEN, OPEN, ANOTHER], 1,
            "Two of the 4 questions are answered, one of them not published yet; on the other two the cautious rule applies.",
        ),
        (
            [DRAFTED, DRAFTED, OPEN], 2,
            "Two of the 3 questions are answered, and not published yet; on the other the cautious rule applies.",
        ),
        ([CHOSEN] * 22, 0, "All 22 questions are answered."),
        ([DRAFTED] * 3 + [CHOSEN], 3, "All 4 questions are answered, three of them not published yet."),
        ([DRAFTED, NO_TIMES], 2, "All 2 questions are answered, and not published yet; one asks for clock times."),
        (
            [NO_TIMES, NO_TIMES, OPEN], 0,
            "Two of the 3 questions are answered; on the other the cautious rule applies; two ask for clock times.",
        ),
    ],
)  # fmt: skip
def test_how_the_whole_stands(standings, drafted, words):
    assert policy.how_it_stands(standings, drafted) == words


@pytest.mark.parametrize(
    "applies, words",
    [
        (False, "Saved in the draft: Parents, “School channels only”. It applies once you publish."),
        (True, "Saved: Parents, “School channels only”. It is what applies already, so nothing waits in the draft on it."),
    ],
)
def test_what_was_saved(applies, words):
    assert policy.saved("Parents", "School channels only", applies) == words


def test_what_stood_there_already():
    assert policy.unchanged("Parents", "Declared") == "Parents stands as it did, “Declared”. Nothing more was changed."


def test_what_applies_until_it_is_published():
    assert policy.until_published("Never") == "Not published yet: until it is, “Never” applies"


@pytest.mark.parametrize(
    "taken, meanwhile, words",
    [
        (14, 0, "Saved in the draft: the cautious rule on 14 questions. It is your policy once you publish."),
        (
            1, 1,
            "Saved in the draft: the cautious rule on one question. It is your policy once you publish. "
            "One question was answered meanwhile, and stays as it is.",
        ),
        (0, 3, "Nothing was changed. Three questions were answered meanwhile, and stay as they are."),
        (0, 0, "Nothing was changed."),
    ],
)  # fmt: skip
def test_where_the_cautious_rule_was_taken(taken, meanwhile, words):
    assert policy.took_cautious(taken, meanwhile) == words


def test_what_becomes_what():
    assert policy.from_to("Never", "On trips") == "From “Never” to “On trips”"


@pytest.mark.parametrize(
    "names, words",
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B, C and D"),
        (["A", "B", "C", "D", "E"], "A, B, C and two more"),
        (list("ABCDEFGHIJKLMNOP"), "A, B, C and 13 more"),
    ],
)
def test_the_first_few_of_many(names, words):
    assert policy.first_few(names) == words


@pytest.mark.parametrize(
    "titles, words",
    [
        ([], "No lesson reads otherwise."),
        (["A gift"], "One lesson reads otherwise: A gift."),
        (["A gift", "A call"], "Two lessons read otherwise: A gift and A call."),
    ],
)
def test_which_lessons_an_answer_changes(titles, words):
    assert policy.read_otherwise(titles) == words


@pytest.mark.parametrize(
    "scenarios, words",
    [
        (0, "No scenario is judged otherwise."),
        (1, "One scenario is judged otherwise:"),
        (2, "Two scenarios are judged otherwise:"),
        (14, "14 scenarios are judged otherwise, among them:"),
    ],
)
def test_how_many_scenarios_an_answer_changes(scenarios, words):
    assert policy.judged_otherwise(scenarios, 2) == words


@pytest.mark.parametrize(
    "chosen, words",
    [
        (True, "“Never” is in force now."),
        (
            False,
            "“Never” is the cautious rule, which applies already. To choose it changes no judgement; lessons then call it your policy.",
        ),
    ],
)
def test_the_answer_in_force_says_whose_it_is(chosen, words):
    assert policy.applies_now("Never", chosen) == words


def test_what_is_still_to_be_written():
    assert policy.still_to_write("When does the day end?") == "Still to be written: When does the day end?"


@pytest.mark.parametrize(
    "lessons, scenarios, words",
    [
        (0, 0, ""),
        (1, 0, "All of it, now and then: one lesson"),
        (0, 2, "All of it, now and then: two scenarios"),
        (3, 14, "All of it, now and then: three lessons and 14 scenarios"),
    ],
)
def test_what_can_be_unfolded(lessons, scenarios, words):
    assert policy.folded(lessons, scenarios) == words


@pytest.mark.parametrize(
    "people, words",
    [
        (0, "Nobody was taught otherwise."),
        (1, "One person was taught otherwise, and can be asked again."),
        (2, "Two people were taught otherwise, and can be asked again."),
        (1200, "1200 people were taught otherwise, and can be asked again."),
    ],
)
def test_whom_an_answer_touches(people, words):
    assert policy.taught_otherwise(people) == words
