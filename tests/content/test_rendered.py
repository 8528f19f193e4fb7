"""What `check` says of lessons and scenarios as readers see them, under each combination of stances, in each nation and phase."""

import pytest

from induction.content.checks import rendered_words
from induction.content.checks.checker import checked
from induction.content.checks.rendered import as_read
from induction.content.checks.rendered_lessons import _phrases
from induction.content.checks.rendered_pieces import words_of
from induction.content.checks.scenes import check_quiz
from induction.content.model import NATIONS, Choice, School
from induction.content.reading import library
from induction.settings import HOME
from tests.content.folders import LATE, LATE_QUIZ, POLICY
from tests.content.limits import Reader, check_as_read
from tests.forks import Forks

TWO_FACETS = POLICY + """\
contact-hours:
  ask: When may staff write?
  why: Nights are private.
  stances:
    school-day: {label: In the day, says: Staff write to pupils only in the school day.}
    agreed:
      label: In agreed hours
      says: "Staff write to pupils only in the hours agreed: {{ contact hours }}."
      fill: {word: contact hours, ask: Which?, until: those set for the class}
"""
GOOD = """\
Words of {{ school }}, and of {{ headteacher }}.

## What to do {#what-to-do}

Sleep on it.

/// policy | pupil-contact: none
Staff have no contact online with any pupil.
///

/// policy | pupil-contact: platforms, accounts
Where it is allowed it is still worth a thought.
///

## Hours

{{ stance: contact-hours }}

### In Wales too

//// only | nation: wales
In Wales.
////

//// only | nation: england, scotland, northern-ireland
Elsewhere.
////
"""
REPLY = "\n\n  > Words that say what follows, and why it tempts so.\n\n"


@pytest.fixture
def said(folder):
    """What is said of the lesson, or of the quiz, each as `line: what is wrong; what to write instead`."""
    folder.write("courses/policy.yml", TWO_FACETS)

    def of(lesson="You can wait.", quiz=""):
        folder.lesson(lesson)
        if quiz:
            folder.quiz(quiz)
        reading = folder.read()
        assert not reading.problems
        found = list(as_read(reading.library))
        assert all(problem.warning and problem.path == (LATE_QUIZ if quiz else LATE) for problem in found)
        assert set(found) <= set(checked(reading).problems)
        return [f"{problem.line}: {problem.message}" for problem in found]

    return of


def scene(situation, *labels):
    ratings = ["best", *["poor"] * (len(labels) - 1)]
    options = "".join(f"- [{rating}] {label}{REPLY}" for rating, label in zip(ratings, labels, strict=True))
    return f"## Late {{#late .messages}}\n\n{situation}\n\n{options}"


def test_a_good_lesson_is_met_with_silence(said):
    assert said(GOOD) == []


def test_a_good_scenario_is_met_with_silence(said):
    assert said(quiz=scene("It is late.", "Tell {{ headteacher }}.", "Tell {{ safeguarding lead }}.", "Wait.")) == []


# Headings

@pytest.mark.parametrize(
    ("lesson", "expected"),
    [
        ("## A\n\n## B\n\nx", '5: nothing stands under the heading "A"; write what belongs there, or take the heading away'),
        ("## A\n\n### B", '7: nothing stands under the heading "B"; write what belongs there, or take the heading away'),
        ("x\n\n## Hours\n\n## Hours\n\nx\n\n## Hours", '7: nothing stands under the heading "Hours"'),
        ("## A\n\n/// policy | pupil-contact: none\nx\n///\n\n## B\n\nx", '5: nothing stands under the heading "A" where pupil-contact is platforms;'),
        ("## A\n\n/// only | nation: england, wales\nx\n///\n", '5: nothing stands under the heading "A" where nation is scotland;'),
        ("## A\n\n/// only | phase: primary\nx\n///\n", '5: nothing stands under the heading "A" where phase is secondary;'),
        (
            "## A\n\n/// policy | pupil-contact: none, platforms\nx\n///\n\n/// only | nation: wales\nx\n///\n",
            '5: nothing stands under the heading "A" where nation is england and pupil-contact is accounts;',
        ),
        (
            "## A\n\n//// only | nation: wales\n/// policy | pupil-contact: none\nx\n///\n////\n\n/// only | nation: england, scotland, northern-ireland\nx\n///",
            '5: nothing stands under the heading "A" where nation is wales and pupil-contact is platforms;',
        ),
        ("## A\n\n/// policy | pupil-contact: none\n## B\n///\n\nx", '5: nothing stands under the heading "A" where pupil-contact is none;'),
        (
            "//// only | nation: wales\n## A\n\n/// policy | pupil-contact: none\nx\n///\n////\n\n## B\n\nx",
            '6: nothing stands under the heading "A" where nation is wales and pupil-contact is platforms;',
        ),
    ],
)
def test_a_heading_with_nothing_under_it(said, lesson, expected):
    assert said(lesson)[0].startswith(expected)


@pytest.mark.parametrize(
    "lesson",
    [
        "## A\n\n### B\n\nx",
        "## A\n\n/// policy | pupil-contact: none\nx\n///\n\n/// policy | pupil-contact: platforms, accounts\ny\n///\n",
        "## A\n\n/// only | phase: primary\nx\n///\n\n/// only | phase: secondary\ny\n///\n",
        "//// policy | pupil-contact: none\n## A\n\nx\n////\n\n## B\n\nx",
        "## A\n\n{{ stance: contact-hours }}",
        "## A\n\n/// help\n///",
    ],
)
def test_a_heading_with_something_under_it_in_every_school(said, lesson):
    assert not [each for each in said(lesson) if 'heading "A"' in each]


def test_forty_facets_under_one_heading_are_tried_one_at_a_time(said, folder):
    more = "".join(f"f{number}: {{ask: a, why: b, stances: {{x: {{label: l, says: s}}, y: {{label: m, says: t}}}}}}\n" for number in range(40))
    folder.write("courses/policy.yml", TWO_FACETS + more)
    blocks = "".join(f"/// policy | f{number}: y\nx\n///\n\n" for number in range(40))
    assert said(f"## A\n\n{blocks}")[0].startswith(
        '5: nothing stands under the heading "A" where f0 is x and f1 is x and f10 is x and f11 is x and f12 is x and f13 is x and so on;'
    )


# Left-overs

RULE = "/// policy | pupil-contact: none\nNo contact.\n///\n\n/// policy | pupil-contact: platforms, accounts\nSome.\n///\n\n"


@pytest.mark.parametrize(
    "left",
    ["Where it is allowed it is still worth a thought.", "So, whichever tools are allowed, ask.", "Where **calls** are used, end them.",
     "Ask first if {{ school }} allows it.", "Your own is none of these.", "Schools differ."],
)  # fmt: skip
def test_words_left_for_a_school_that_allows(said, left):
    [warning] = said(f"## A\n\n{RULE}{left}")
    assert warning.startswith("15: ") and " is read where pupil-contact is none too; put it into a block `policy | pupil-contact: …`" in warning


def test_what_speaks_of_a_choice_is_left_over_further_down_too(said):
    [warning] = said(f"## A\n\n{RULE}## B\n\nWhere accounts are\nallowed, schools differ.")
    assert warning.startswith('17: "Where accounts are allowed" is read where pupil-contact is none too')


def test_it_stands_where_its_own_reader_sees_it(said):
    [warning] = said(f"## A\n\n{RULE}/// only | nation: wales\nWhere it is allowed, ask.\n///")
    assert warning.startswith('16: "Where it is allowed" is read where nation is wales and pupil-contact is none too')


def test_it_may_stand_before_the_rule(said):
    assert said(f"## A\n\nSchools differ. Here is ours.\n\n{RULE}")[0].startswith('7: "Schools differ" is read where pupil-contact is none too')


@pytest.mark.parametrize(
    "lesson",
    [
        "Where it is allowed, schools differ.",  # in a lesson without a rule
        f"## A\n\n{RULE}## B\n\nSchools differ, and some schools are small.",
        f"## A\n\n{RULE}/// law | The law\nIn some schools the law differs.\n///",
        f"## A\n\n{RULE}/// chat | Sam\nSam: some schools are mad\n///",
        "## A\n\n/// policy | pupil-contact: accounts\nSome.\n///\n\nWhere it is allowed, ask.",  # no rule that forbids is shown
        f"## A\n\n{RULE}You may be allowed to wait. Everyone is used to it.",
    ],
)
def test_what_is_not_left_over(said, lesson):
    assert not [each for each in said(lesson) if " is read where " in each]


def test_each_phrase_is_found_by_itself():
    for listed in (rendered_words.LEFT_OVERS, rendered_words.NEAR_A_RULE):
        assert len(set(listed)) == len(listed)
        for phrase in listed:
            assert _phrases(listed).fullmatch(phrase.replace("*", "a new tool"))


# Rules that are said twice

NEVER = "Staff never write to any pupil online."


@pytest.mark.parametrize(
    ("lesson", "expected"),
    [
        (
            f"/// policy | pupil-contact: none\n{NEVER}\n///\n\n/// policy | pupil-contact: none, accounts\nWait. At {{{{ school }}}}, staff never\nwrite to *any* pupil online.\n///",
            "10: \"At {{ school }}, staff never write to any pupil online\" stands on line 6 too, so the rule is read twice "
            "where pupil-contact is none; say it once, and send readers there",
        ),
        (
            f"/// policy | pupil-contact: none\n{NEVER}\n///\n\n/// policy | contact-hours: agreed\n{NEVER}\n///",
            '10: "Staff never write to any pupil online" stands on line 6 too, so the rule is read twice '
            "where contact-hours is agreed and pupil-contact is none;",
        ),
        (
            "{{ stance: contact-hours }}\n\n/// policy | contact-hours: agreed\nStaff write to pupils only in the hours agreed: {{ contact hours }}.\n///",
            "8: \"Staff write to pupils only in the hours agreed: {{ contact …\" stands on line 5 too, so the rule is read twice "
            "where contact-hours is agreed;",
        ),
        ("{{ stance: contact-hours }}\n\nSo:\n\n{{ stance: contact-hours }}", '9: "Staff write to pupils only in the school day" stands on line 5 too'),
    ],
)
def test_a_rule_that_is_said_twice(said, lesson, expected):
    assert said(lesson)[0].startswith(expected)


@pytest.mark.parametrize(
    "lesson",
    [
        f"/// policy | pupil-contact: none\n{NEVER}\n///\n\n/// policy | pupil-contact: accounts\n{NEVER}\n///",
        f"/// policy | pupil-contact: none\n{NEVER}\n///\n\n{NEVER}",
        "/// policy | pupil-contact: none\nAsk first.\n///\n\n/// policy | pupil-contact: none\nAsk first.\n///",
        f"//// only | nation: wales\n/// policy | pupil-contact: none\n{NEVER}\n///\n////\n\n//// only | nation: england\n/// policy | pupil-contact: none\n{NEVER}\n///\n////",
    ],
)
def test_a_rule_that_nobody_reads_twice(said, lesson):
    assert said(lesson) == []


# People, and words in braces

@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Go on.\nTell the headteacher first.", '6: "the headteacher" is read at every school, whoever it names there; write {{ headteacher }}'),
        ("The chair of governors reads it.", '5: "The chair of governors" is read at every school, whoever it names there; write {{ chair of governors }}'),
        ("Ask the designated safeguarding person.", "write {{ safeguarding lead }}"),
        ("Ask the deputy Designated Teacher.", "write {{ deputy safeguarding lead }}"),
        ("Ask the induction lead.", "write {{ induction lead }}"),
    ],
)
def test_a_person_who_stands_in_by_hand(said, words, expected):
    [warning] = said(words)
    assert expected in warning


@pytest.mark.parametrize(
    "words",
    [
        "Ask the head, or the headteacher of her next school.",
        "Every school has a designated safeguarding lead.",
        "Tell {{ headteacher }}, the headteacher, or the headteacher, {{ headteacher }}.",
        "Tell {{ safeguarding lead }} (the safeguarding lead).",
        "/// law | The law\nOnly the designated safeguarding lead may look.\n///",
        "/// chat | Sam\nSam: the headteacher saw it\n///",
        "Look in the office, and in the headteachers' room.",
    ],
)
def test_where_nobody_stands_in(said, words):
    assert said(words) == []


def test_a_word_in_braces_that_comes_out_empty(folder):
    nations = (folder.shipped / "courses/nations.yml").read_text()
    folder.write("courses/nations.yml", nations + "  lead's deputy: the deputy\n")
    folder.lesson("They answer.\n\n/// only | nation: wales\nAsk {{ nation: lead's deputy }}.\n///\n\n"
                  "/// only | nation: northern-ireland\nAsk {{ nation: lead's deputy }}.\n///")  # fmt: skip
    assert [str(problem) for problem in as_read(folder.read().library)] == [
        f"{LATE}:8: warning: {{{{ nation: lead's deputy }}}} comes out empty where nation is wales; give it words, or write others here",
    ]


# Scenarios

@pytest.mark.parametrize(
    ("situation", "stances"),
    [
        ("/// policy | pupil-contact: none, accounts\nIt is late.\n///", "pupil-contact is platforms"),
        ("/// only | nation: wales\nIt is late.\n///\n\n/// policy | contact-hours: agreed\nx\n///", "contact-hours is school-day and nation is england"),
        ("/// only | phase: primary\nIt is late.\n///", "phase is secondary"),
    ],
)
def test_a_situation_of_which_nothing_is_left(said, situation, stances):
    assert said(quiz=scene(situation, "Wait.", "Go.")) == [
        f"5: nothing is left of this situation where {stances}; write words there that all see"
    ]


def test_a_situation_for_one_phase_may_hang_on_it(said):
    quiz = scene("/// only | phase: primary\nIt is late.\n///", "Wait.", "Go.")
    assert said(quiz=quiz.replace(".messages}", ".messages phase=primary}")) == []


def test_two_options_that_come_out_alike(said):
    quiz = scene("It is late.", "Tell {{ headteacher }} now.", "Wait.", "Tell {{ concerns about adults }} now.")
    assert said(quiz=quiz) == [
        '17: this option comes out as "Tell the headteacher now." until the school has named people of its own, '
        "as the one on line 9 does; write other words"
    ]
    quiz = scene("It is late.", "In {{ contact hours }}.", "Wait.", "In those set for the class.")
    assert said(quiz=quiz) == [
        '17: this option comes out as "In those set for the class." where contact-hours is school-day, as the one on line 9 does; write other words'
    ]


def test_an_option_without_words(folder):
    nations = (folder.shipped / "courses/nations.yml").read_text()
    folder.write("courses/nations.yml", nations + "  answer: Wait\n")
    folder.quiz(scene("It is late.", "{{ nation: answer }}", "Go."))
    assert "no words are left of this option where nation is england; write words that all see" in [
        problem.message for problem in as_read(folder.read().library)
    ]


def test_feedback_of_which_nothing_is_left_is_found_where_it_is_counted(folder):
    folder.quiz("## Late {#late .messages}\n\nIt is late.\n\n- [best] Wait.\n\n  > /// policy | pupil-contact: none\n  > It can wait.\n  > ///\n")
    taught = folder.read().library
    [quiz] = taught.courses["c"].quizzes.values()
    assert "this feedback has no words where pupil-contact is platforms; say what follows, and why it tempts" in [
        problem.message for problem in check_quiz(quiz, taught)
    ]


# Drawn words, and hostile ones

def test_drawn_words_are_told_where_they_stand_alone(folder):
    folder.write("courses/policy.yml", TWO_FACETS)
    folder.lesson("x\n\n## A {#a}\n\nTell the headteacher.")
    folder.write("courses/c/02-two.md", "---\ntitle: Two\ndraws:\n  - c/late#a\n---\n")
    assert [str(problem).partition(" is read")[0] for problem in as_read(folder.read().library)] == [f'{LATE}:9: warning: "the headteacher"']
    folder.write("courses/c/03-three.md", f"---\ntitle: Three\ndraws:\n  - c/late#a\n  - c/four#b\n---\n\n/// policy | pupil-contact: none\n{NEVER}\n///\n")
    folder.write("courses/c/04-four.md", f"---\ntitle: Four\n---\n\n## B {{#b}}\n\nx\n\n/// policy | pupil-contact: none\n{NEVER}\n///\n")
    assert [str(problem).partition(" is read")[0] for problem in as_read(folder.read().library)][1:] == [
        'courses/c/03-three.md:5: warning: in what is drawn here, "Staff never write to any pupil online" stands on line 9 too, so the rule'
    ]


MANY = "".join(f"f{number}: {{ask: a, why: b, stances: {{x: {{label: l, says: s}}, y: {{label: m, says: t}}, z: {{label: n, says: u}}}}}}\n" for number in range(24))
HOSTILE = {
    "combinations": "## A\n\n" + "".join(f"/// policy | f{number % 24}: {'xyz'[number % 3]}\nx\n///\n\n" for number in range(790)),
    "headings in blocks": "".join(f"/// policy | f{number % 24}: {'xyz'[number % 3]}\n## A\n///\n\n" for number in range(790)),
    "blocks in each other": "".join(
        "".join(f"{'/' * (14 - deep)} policy | f{(deep + number) % 24}: x, y\n## A\n" for deep in range(11))
        + "".join("/" * (4 + deep) + "\n" for deep in range(11)) + "\n" for number in range(70)
    ),
    "one rule again and again": "".join(f"/// policy | f{number % 24}: x\n{NEVER}\n///\n\n" for number in range(790)),
    "what policy says again and again": "{{ stance: f1 }}\n\n" * 2_900,
    "left over again and again": "## A\n\n/// policy | f1: x\nx\n///\n\n" + ("Where it is allowed, the headteacher knows. " * 400 + "\n\n") * 14,
    "nearly left over": "## A\n\n/// policy | f1: x\nx\n///\n\n" + ("where a b c " * 1_500 + "\n\n") * 13,
    "headings": "## a\n\n" * 2_900,
    "laws": "/// law | a\nb\n///\n\n" * 790,
}


@pytest.fixture(scope="module")
def check_within_limits():
    with Forks(check_as_read) as forks:
        yield Reader(forks).read


@pytest.mark.parametrize("flood", HOSTILE)
def test_floods(folder, flood, check_within_limits):
    folder.write("courses/policy.yml", MANY)
    folder.lesson(HOSTILE[flood])
    folder.quiz(scene("It is late.", *(f"In {{{{ stance: f{number} }}}} {{{{ headteacher }}}} {'x ' * 1_000} {number}" for number in range(24))))
    assert folder.read().library.courses["c"].lessons, "the checks have something to look at"
    assert len(check_within_limits(folder)) <= 100


# What is shipped

TAUGHT = library.read(HOME, None).library
LESSONS = [lesson for course in TAUGHT.courses.values() for lesson in course.lessons]


def test_shipped_content_reads_well_in_every_school():
    assert [str(problem) for problem in as_read(TAUGHT)] == []


def policies(nation):
    """A school that takes every strictest stance, and one that takes every most open one."""
    for at in (0, -1):
        yield School("Wrenfield School", nation, choices={
            facet.name: Choice(facet.name, facet.stances[at].name) for facet in TAUGHT.facets.values()
        })  # fmt: skip


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: f"{lesson.course}/{lesson.slug}")
def test_every_shipped_lesson_is_neither_long_nor_thin(lesson):
    counts = {words_of(lesson, school, TAUGHT) for nation in NATIONS for school in policies(nation)}
    assert 300 <= min(counts) and max(counts) <= 840, f"{lesson.path} has {min(counts)} to {max(counts)} words; write about 700"


def test_what_is_folded_away_and_the_frame_of_a_rule_are_not_counted(folder):
    folder.lesson("One two.\n\n//// more | Three four\nFive.\n\n/// more | Six\nSeven.\n///\n////\n\n/// policy | pupil-contact: none\nEight {{ school }}.\n///\n\nNine.")
    taught = folder.read().library
    [lesson] = taught.courses["c"].lessons
    assert words_of(lesson, School("Ash Hill"), taught) == len("One two Three four Eight Ash Hill Nine".split())
