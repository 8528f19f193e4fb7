"""What `check` says of whole content folders, in the words that a lead reads."""

from datetime import date

import pytest

from induction.content.checks.checker import check, passes, remember_copies
from induction.content.reading import library

TODAY = date(2026, 11, 24)
FACTS = """\
helpline-phone:
  value: 0344 381 4772
  what: Helpline
  source: The helpline's own site
  checked: 2026-11-22
"""
POLICY = """\
pupil-contact:
  ask: How may staff be in touch with pupils?
  why: Schools differ.
  stances:
    none: {label: None, says: None.}
    platforms: {label: Platforms, says: On platforms.}
    accounts: {label: Accounts, says: On accounts.}
"""
INDEX = """\
---
title: Boundaries
themes:
  messages: Messages
---

What it is for.
"""
LESSON = """\
---
title: Late messages
reviewed: 2026-11-22
---

Some pupils write late. You can wait.
"""
FEEDBACK = "You leave it for now, and you say so in the morning."


def quiz(body, front="title: Late messages"):
    return f"---\n{front}\n---\n\n{body}"


def options(*rated, feedback=FEEDBACK):
    return "\n\n".join(f"- [{rating}] {words}\n\n  > {feedback}" for rating, words in rated) + "\n"


def scenario(word, *rated, extra="", feedback=FEEDBACK):
    return f"## A message {{#{word} .messages{extra}}}\n\nIt is late.\n\n{options(*rated, feedback=feedback)}\n"


# Its best options are spread so that no habit of guessing pays.
CLEAN = quiz(
    scenario("one", ("best", "Go left"), ("poor", "Go down"), ("poor", "Go back"))
    + scenario("two", ("poor", "Go left"), ("best", "Go down"), ("poor", "Go back"))
    + scenario("three", ("poor", "Go left"), ("poor", "Go down"), ("best", "Go back"))
)


class Content:
    """A folder of content that passes, to be spoilt."""

    def __init__(self, folder):
        self.shipped, self.own = folder / "shipped", folder / "own"
        self.write("courses/facts.yml", FACTS)
        self.write("courses/policy.yml", POLICY)
        self.write("courses/boundaries/index.md", INDEX)
        self.write("courses/boundaries/01-late.md", LESSON)
        self.write(QUIZ, CLEAN)

    def write(self, path, text, own=False):
        file = (self.own if own else self.shipped) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def said(self, today=TODAY, kept=None):
        return [str(problem) for problem in check(self.shipped, self.own, today, kept)]

    def about(self, words, today=TODAY):
        return [line for line in self.said(today) if words in line]


QUIZ = "quizzes/boundaries/01-late.md"
THREE = (("best", "Go left"), ("poor", "Go down"), ("poor", "Go back"))


@pytest.fixture
def content(tmp_path):
    return Content(tmp_path)


def test_content_without_a_problem_is_silent(content):
    assert check(content.shipped, content.own, TODAY) == []


def test_a_warning_fails_only_where_strict(content):
    content.write(QUIZ, CLEAN.replace(FEEDBACK, "Too short.", 1))
    found = check(content.shipped, None, TODAY)
    assert [str(each) for each in found] == [
        f"{QUIZ}:9: warning: this feedback has 2 words; say what follows, and why it tempts"
    ]
    assert passes(found) and not passes(found, strict=True)


def test_every_problem_at_once_by_path_and_line(content):
    content.write("courses/boundaries/01-late.md", LESSON.replace("2026-11-22", "2024-01-01"))
    content.write("courses/facts.yml", FACTS.replace("2026-11-22", "2027-01-01"))
    content.write(QUIZ, quiz(scenario("one", ("poor", "Go"), ("fine", "Stay")) + "\n### Later {#later}\n\nNobody comes here.\n"))
    problems = check(content.shipped, None, TODAY)
    assert [(p.path, p.line, p.warning) for p in problems if "reads no scenario" not in p.message] == [
        ("courses/boundaries/01-late.md", 3, True),
        ("courses/facts.yml", 5, True),
        (QUIZ, 5, False),
        (QUIZ, 5, True),
        (QUIZ, 18, False),
    ]
    assert not passes(problems)


def test_a_lesson_reviewed_over_a_year_ago(content):
    assert content.about("reviewed", date(2027, 11, 22)) == []
    assert content.about("reviewed", date(2027, 11, 23)) == [
        "courses/boundaries/01-late.md:3: warning: this lesson was reviewed on 2026-11-22, over a year ago; "
        "check it against its sources and write the new date"
    ]


def test_dates_in_the_future_where_the_clock_stands_at_1970(content):
    assert [line.split(": ")[:2] for line in content.said(date(1970, 1, 1))] == [
        ["courses/boundaries/01-late.md:3", "warning"], ["courses/facts.yml:5", "warning"]
    ]


def test_a_leap_day_is_a_year_after_the_last_of_february(content):
    content.write("courses/boundaries/01-late.md", LESSON.replace("2026-11-22", "2027-02-28"))
    assert content.about("reviewed", date(2028, 2, 29)) == []
    assert len(content.about("reviewed", date(2028, 3, 1))) == 1


def test_the_school_own_fact_is_the_one_that_ages(content):
    content.write("courses/facts.yml", FACTS.replace("2026-11-22", "2020-01-01"))
    assert len(content.about("fact")) == 1
    content.write("courses/facts.yml", "\n\n" + FACTS, own=True)
    assert content.about("fact") == []
    content.write("courses/facts.yml", "\n\n" + FACTS.replace("2026-11-22", "2021-01-01"), own=True)
    assert content.about("fact")[0].startswith('courses/facts.yml:7: warning: the fact "helpline-phone" was checked on 2021-01-01')


def test_no_option_is_best_under_a_policy(content):
    content.write(QUIZ, quiz(scenario("one", ("poor; best if pupil-contact is not none", "Go"), ("fine", "Stay"), ("poor", "Wait"))))
    assert content.about("no option") == [
        f"{QUIZ}:5: no option is best where pupil-contact is none; "
        'rate one of them [best], or add "best if pupil-contact is none" to one'
    ]


def test_no_option_is_best_at_an_all_through_school(content):
    rated = ("poor; best if phase is not primary", "Go"), ("poor; best if phase is not secondary", "Stay"), ("poor", "Wait")
    content.write(QUIZ, quiz(scenario("one", *rated)))
    assert "where phase is primary and phase is secondary; rate" in content.about("no option")[0]


def test_no_option_is_ever_best(content):
    content.write(QUIZ, quiz(scenario("one", ("poor", "Go"), ("fine", "Stay"), ("poor", "Wait"))))
    assert content.about("no option") == [f"{QUIZ}:5: no option is best; rate one of them [best]"]


def test_a_rating_that_cannot_be_read_is_said_once(content):
    content.write(QUIZ, quiz(scenario("one", ("bets", "Go"), ("fine", "Stay"), ("poor", "Wait"))))
    lines = [line for line in content.said() if "warning" not in line]
    assert len(lines) == 1 and "bets" in lines[0]


def test_ratings_that_hang_on_too_much(content):
    stances = [f"s{number}" for number in range(10)]
    facets = "".join(
        f"f{facet}:\n  ask: Which?\n  why: So.\n  stances:\n"
        + "".join(f"    {name}: {{label: {name}, says: {name}.}}\n" for name in stances)
        for facet in range(11)
    )
    content.write("courses/policy.yml", POLICY + facets)
    rated = [
        ("poor; best if " + " or ".join(f"f{a} is {name} and f{b} is {name}" for name in stances), f"Take {a} and {b}")
        for a in range(11) for b in range(a)
    ]
    content.write(QUIZ, quiz(scenario("one", *rated)))
    assert len(content.about("these ratings hang on more stances than can be checked")) == 1


def test_scenes_that_cannot_be_reached_or_never_end(content):
    body = scenario("one", ("best", "Go [Round](#round)"), ("poor", "Stay"), ("poor", "Wait"))
    body += "### Round {#round}\n\n" + options(("best", "Go [On](#on)"), ("poor", "Stay [On](#on)"), ("poor", "Wait [On](#on)"))
    body += "\n### On {#on}\n\n" + options(("best", "Go [On](#on)"), ("poor", "Stay [On](#on)"), ("poor", "Wait [On](#on)"))
    body += "\n### Lost {#lost}\n\nNobody is here.\n"
    content.write(QUIZ, quiz(body))
    lines = [line.split(":", 2)[2] for line in content.said() if "warning" not in line]
    assert lines == [
        " this scene never comes to an end; take the link from one of its options, or add an option without",
        " this scene never comes to an end; take the link from one of its options, or add an option without",
        " this scene can't be reached from its scenario; end an option with a link to it, [Lost](#lost)",
    ]


def test_two_options_are_a_warning(content):
    content.write(QUIZ, quiz(scenario("one", ("best", "Go"), ("poor", "Stay"))))
    assert content.about("two options") == [
        f"{QUIZ}:5: warning: two options are little to choose from; write a third that tempts"
    ]


def test_a_quiz_that_one_phase_never_meets(content):
    content.write(QUIZ, quiz(scenario("one", *THREE, extra=" phase=secondary")))
    assert content.about("no scenario fits") == [
        f"{QUIZ}:5: warning: no scenario fits a primary school; write one without phase"
    ]


def test_feedback_that_some_schools_do_not_see(content):
    for_some = f"/// policy | pupil-contact: platforms, accounts\n  > {FEEDBACK}\n  > ///"
    content.write(QUIZ, quiz(scenario("one", *THREE, feedback=for_some)))
    assert content.about("feedback")[0] == (
        f"{QUIZ}:9: warning: this feedback has no words where pupil-contact is none; say what follows, and why it tempts"
    )
    content.write(QUIZ, quiz(scenario("one", *THREE, feedback=for_some.replace("platforms, accounts", "none, platforms, accounts"))))
    assert content.about("feedback") == []


HEAVY = "Practitioners necessarily prioritise organisational responsibilities whenever communicating electronically " * 3


def test_reading_age_of_a_lesson_and_of_a_quiz(content):
    content.write("courses/boundaries/01-late.md", LESSON + HEAVY)
    content.write(QUIZ, CLEAN.replace("It is late.", HEAVY))
    lines = content.about("reading age")
    assert [line.split(" ")[:4] for line in lines] == [
        ["courses/boundaries/01-late.md:1:", "warning:", "this", "lesson"], [f"{QUIZ}:1:", "warning:", "this", "quiz"]
    ]
    assert all(line.endswith("more than 14; write shorter sentences and plainer words") for line in lines)


def test_a_quiz_that_gives_itself_away(content):
    content.write(QUIZ, quiz(scenario("one", *THREE) + scenario("two", *THREE[::-1])+ scenario("three", *THREE)))
    assert content.about("reads no scenario") == [
        f"{QUIZ}:1: warning: someone who reads no scenario and always picks the first option gets 67 of 100, "
        "and 33 by chance; change the order of the options in one, three"
    ]


def test_the_school_is_named_where_it_pays_more_at_some(content):
    def of(phase, word, *rated):
        return scenario(word, *rated, extra=f" phase={phase}")

    def where(*scenarios):
        content.write(QUIZ, quiz("".join(scenarios)))
        return [line.partition(" gets ")[2].partition(",")[0] for line in content.about("picks the first option")]

    both = scenario("one", *THREE), scenario("two", *THREE[::-1])
    assert where(*both, scenario("three", *THREE)) == ["67 of 100"]
    for phase, other in (("primary", "secondary"), ("secondary", "primary")):
        apart = of(phase, "three", *THREE), of(other, "four", *THREE[::-1])
        assert where(*both, *apart) == [f"67 of 100 at a {phase} school in England"]
    welsh = ("poor; best if nation is wales", "Go home"), ("best; poor if nation is wales", "Go back"), ("poor", "Go down")
    assert where(*both, scenario("three", *welsh)) == ["67 of 100 at an all-through school in Wales"]


def test_all_quizzes_together_are_named_at_the_worst(content):
    content.write("courses/boundaries/02-early.md", LESSON)
    content.write("quizzes/boundaries/02-early.md", quiz(scenario("one", *THREE) + scenario("two", *THREE)))
    lines = content.about("in all quizzes together")
    assert lines == [
        "quizzes/boundaries/02-early.md:1: warning: in all quizzes together, someone who reads no scenario and always picks "
        "the first option gets 60 of 100, and 33 by chance; change the order of the options in one, two"
    ]


def test_a_shipped_file_that_changes_under_a_copy(content):
    content.write("courses/boundaries/01-late.md", LESSON.replace("You can wait.", "We wait."), own=True)
    content.write("courses/boundaries/02-ours.md", LESSON, own=True)
    kept = remember_copies(library.read(content.shipped, content.own), {})
    assert list(kept) == ["courses/boundaries/01-late.md"]
    assert content.said(kept=kept) == []
    content.write("courses/boundaries/01-late.md", LESSON.replace("late.", "very late."))
    assert content.said(kept=kept) == [
        "courses/boundaries/01-late.md:1: warning: the shipped file under your copy has changed since you made it; "
        "read both, and bring into yours what it lacks"
    ]
    assert remember_copies(library.read(content.shipped, content.own), kept) == kept
    (content.shipped / "courses/boundaries/01-late.md").unlink()
    assert "is no longer shipped" in content.said(kept=kept)[0]
    (content.own / "courses/boundaries/01-late.md").unlink()
    assert remember_copies(library.read(content.shipped, content.own), kept) == {}


def test_lines_are_counted_under_any_line_ending(content):
    (content.shipped / "courses/boundaries/01-late.md").write_bytes(
        b"\xef\xbb\xbf" + LESSON.replace("2026", "2024").replace("\n", "\r\n").encode()
    )
    assert content.about("reviewed")[0].startswith("courses/boundaries/01-late.md:3: warning: ")


@pytest.mark.parametrize("path", ["courses/boundaries/01-late.md", QUIZ])
def test_a_file_past_the_limits_is_reported_and_the_rest_is_read(content, path):
    """A lesson that can't be read doesn't leave its quiz without one."""
    content.write("courses/boundaries/02-early.md", LESSON.replace("2026", "2024"))
    content.write(path, LESSON.replace("reviewed: 2026-11-22\n", "") + "word " * 5_000)
    assert [(line.split(":")[0], "warning" in line) for line in content.said()] == sorted(
        [(path, False), ("courses/boundaries/02-early.md", True)]
    )
