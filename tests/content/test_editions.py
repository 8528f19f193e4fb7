"""Editions: what depends on what, and how an attempt goes on with the words it began with."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from induction.content.editions import fill, lesson_edition, quiz_edition
from induction.content.model import Rating, School
from induction.content.reading import library
from tests.choices import chosen
from tests.content.folders import COURSE, FACTS, INDEX, NATIONS, POLICY

ROOT = Path(__file__).parents[2]
SCHOOL = School(
    "Wrenfield",
    nation="wales",
    phase="primary",
    words={"safeguarding lead": "Priya Nair"},
    choices=chosen({"pupil-contact": "accounts"}),
    policy_version=3,
    policy_since=date(2026, 9, 1),
)
SCENARIOS = """\
## Late at {{ school }} {#late .messages read="late#what-to-do"}

Ring {{ fact helpline-phone }}, a {{ nation: safeguarding lead title }}.

- [breach; best if pupil-contact is accounts] Tell {{ safeguarding lead }}. [Then](#then)

  > /// policy | pupil-contact: accounts
  > Accounts may be used.
  > ///

- [poor; fine if nation is wales] Answer **now**.

  > It tempts.

### Then {#then .choose-all}

- [best] One.

  > Yes.

- [breach] Two.

  > No.

## Secondary {#second .parents phase=secondary warn="self-harm"}

- [best] One.

  > Yes.

- [poor] Two.

  > No.
"""


@pytest.fixture
def reading(folder):
    folder.quiz(SCENARIOS, "title: Late\nask: 1")
    found = folder.read()
    assert found.problems == ()
    return found


def of_quiz(reading, school=SCHOOL):
    course = reading.library.courses["c"]
    return quiz_edition.quiz_edition(course, course.quizzes["late"], reading.library, school)


def test_an_edition_is_canonical_json_known_by_its_sha256(reading):
    made = of_quiz(reading)
    kept = json.loads(made.text)
    assert made.sha256 == hashlib.sha256(made.text.encode()).hexdigest()
    assert made.text == json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert of_quiz(reading) == made
    assert (kept["kind"], kept["course"], kept["word"], kept["pass_mark"], kept["ask"]) == ("quiz", "c", "late", 75, 1)
    assert kept["source"].startswith("---\ntitle: Late\n")
    assert kept["facts"] == {"helpline-phone": "0344 381 4772"}
    assert kept["words"] == {"school": "Wrenfield", "safeguarding lead": "Priya Nair"}
    assert kept["nation_words"] == {"safeguarding lead title": "designated safeguarding person"}
    assert kept["titles"] == {"late#what-to-do": "What to do"}
    assert kept["stances"]["pupil-contact"]["name"] == "accounts"
    assert kept["policy"] == {"version": 3, "date": "2026-09-01"}


def test_a_judged_quiz(reading):
    quiz = quiz_edition.open_quiz(of_quiz(reading).text)
    assert (quiz.course, quiz.slug, quiz.title, quiz.ask, quiz.pass_mark) == ("c", "late", "Late", 1, 75)
    assert quiz.themes["messages"].words == "Messages"
    assert quiz.themes["parents"].question == "Who is also a friend?"
    assert list(quiz.scenarios) == ["late"]  # the other is for secondary schools
    late = quiz.scenarios["late"]
    assert (late.title, late.read) == ("Late at Wrenfield", quiz_edition.ReadAgainShown("late", "what-to-do", "What to do"))
    assert late.scenes["late"].html == "<p>Ring 0344 381 4772, a designated safeguarding person.</p>\n"
    first, second = late.scenes["late"].options
    assert (first.number, first.label, first.rating, first.leads_to) == (1, "Tell Priya Nair.", Rating.BEST, "then")
    assert "Our policy at Wrenfield" in first.feedback
    assert "version 3, 1 September 2026" in first.feedback
    assert (second.number, second.label, second.label_html, second.rating) == (2, "Answer now.", "Answer <strong>now</strong>.", Rating.FINE)
    assert late.scenes["then"].choose_all
    stance = quiz.stances["pupil-contact"]
    assert (stance.stance, stance.label, stance.says, stance.chosen) == ("accounts", "Accounts too", "On accounts.", True)


def test_an_all_through_school_meets_every_scenario(reading):
    quiz = quiz_edition.open_quiz(of_quiz(reading, replace(SCHOOL, phase="all-through")).text)
    assert list(quiz.scenarios) == ["late", "second"]
    assert (quiz.scenarios["second"].phase, quiz.scenarios["second"].warn) == ("secondary", "self-harm")


def test_an_attempt_goes_on_with_its_words_after_everything_has_changed(folder, reading):
    before = of_quiz(reading)
    opened = quiz_edition.open_quiz(before.text)
    folder.write("courses/policy.yml", POLICY.replace("pupil-contact", "contact-of-another-kind"))
    folder.write("courses/facts.yml", FACTS.replace("0344 381 4772", "0300 000 0000").replace("helpline-hours", "hours"))
    folder.write("courses/nations.yml", NATIONS.replace("safeguarding lead title", "title"))
    folder.write(COURSE, INDEX.replace("75", "90").replace("messages", "letters"))
    folder.quiz("## Other {#other .letters}\n\n- [best] a\n\n  > b\n\n- [poor] c\n\n  > d\n")
    assert quiz_edition.open_quiz(before.text) == opened
    assert of_quiz(folder.read()) != before


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Another"},
        {"nation": "england"},
        {"phase": "secondary"},
        {"words": {"safeguarding lead": "Sam"}},
        {"choices": chosen({"pupil-contact": "none"})},
        {"choices": {}},
        {"policy_version": 4},
        {"policy_since": date(2026, 10, 1)},
    ],
)
def test_what_the_words_name_makes_a_new_edition(reading, changed):
    assert of_quiz(reading, replace(SCHOOL, **changed)).sha256 != of_quiz(reading).sha256


@pytest.mark.parametrize(
    "changed",
    [
        {"words": {"safeguarding lead": "Priya Nair", "headteacher": "Sam"}},
        {"choices": chosen({"pupil-contact": "accounts", "another": "facet"})},
    ],
)
def test_what_they_dont_name_makes_none(reading, changed):
    assert of_quiz(reading, replace(SCHOOL, **changed)) == of_quiz(reading)


def test_a_new_policy_version_that_touches_nothing_here_makes_none(folder):
    plain = folder.read()
    later = replace(SCHOOL, policy_version=4, policy_since=date(2026, 10, 1), nation="scotland", phase="secondary", name="X")
    assert of_quiz(plain, later) == of_quiz(plain)
    course = plain.library.courses["c"]
    assert lesson_edition.lesson_edition(course.lessons[0], plain.library, later) == lesson_edition.lesson_edition(course.lessons[0], plain.library, SCHOOL)
    assert lesson_edition.course_edition(course, plain.library, later) == lesson_edition.course_edition(course, plain.library, SCHOOL)


@pytest.mark.parametrize(
    ("path", "before", "after", "new"),
    [
        ("courses/facts.yml", "0344 381 4772", "0300 000 0000", True),
        ("courses/facts.yml", "Monday", "Sunday", False),  # not named
        ("courses/facts.yml", "checked: 2026-11-22", "checked: 2026-11-23", False),  # the value is the same
        ("courses/policy.yml", "On accounts.", "On our accounts.", True),
        ("courses/policy.yml", "Staff have none.", "None at all.", False),  # not the stance in force
        ("courses/c/index.md", "75", "80", True),
        ("courses/c/index.md", "What it is for.", "What for.", False),
        ("courses/c/01-late.md", "## What to do {", "## What you do {", True),
        ("courses/c/01-late.md", "You can wait.", "Wait.", False),
        ("quizzes/c/01-late.md", "It tempts.", "It tempts us.", True),
    ],
)
def test_a_changed_file_makes_a_new_edition_where_it_matters(folder, reading, path, before, after, new):
    first = of_quiz(reading)
    text = (folder.shipped / path).read_text()
    assert before in text
    folder.write(path, text.replace(before, after))
    again = folder.read()
    assert again.problems == ()
    assert (of_quiz(again) != first) is new


def test_a_lesson_is_shown_as_it_was(folder):
    folder.lesson("# ", "title: Late\nsummary: s\nminutes: 6\nreviewed: 2026-11-22\nsources: [One]")
    folder.lesson(
        "{{ school }}.\n\n/// help\n///\n\n## At {{ school }} {#at}\n\n/// only | phase: primary\nPrimary.\n///\n\n### Two {#two}\n",
        "title: Late\nsummary: s\nminutes: 6\nreviewed: 2026-11-22\nsources: [One]",
    )
    reading = folder.read()
    assert reading.problems == ()
    lesson = reading.library.courses["c"].lessons[0]
    made = lesson_edition.lesson_edition(lesson, reading.library, SCHOOL)
    folder.write("courses/facts.yml", "")
    shown = lesson_edition.open_lesson(made.text)
    assert (shown.title, shown.summary, shown.minutes, shown.reviewed, shown.sources) == ("Late", "s", 6, date(2026, 11, 22), ("One",))
    assert shown.headings == (("at", "At Wrenfield"), ("two", "Two"))
    assert shown.html == fill.render(lesson.words, SCHOOL, reading.library)
    assert "0344 381 4772" in shown.html
    assert "Priya Nair, designated safeguarding person" in shown.html
    assert "Primary." in shown.html


BY_NATION = "title: Late\nsources:\n  - One\n  - wales, scotland: Two\n  - england: Three"


def test_sources_are_those_of_the_schools_nation(folder):
    folder.lesson("Words.", BY_NATION)
    found = folder.read()
    assert found.problems == ()
    lesson = found.library.courses["c"].lesson("late")
    made = {
        nation: lesson_edition.lesson_edition(lesson, found.library, replace(SCHOOL, nation=nation))
        for nation in ("england", "wales", "scotland", "northern-ireland")
    }
    shown = {nation: lesson_edition.open_lesson(edition.text).sources for nation, edition in made.items()}
    assert shown == {"england": ("One", "Three"), "wales": ("One", "Two"), "scotland": ("One", "Two"), "northern-ireland": ("One",)}
    assert len({edition.sha256 for edition in made.values()}) == 4


def test_sources_for_every_nation_leave_an_edition_as_it_was(folder):
    folder.lesson("Words.", "title: Late\nsources:\n  - One\n  - Two, 2026")
    found = folder.read()
    made = lesson_edition.lesson_edition(found.library.courses["c"].lesson("late"), found.library, SCHOOL)
    assert made.sha256 == "e6420c4db40b3bba69429f534443d3aa5343f7419cc55ab839719055f829f523"  # of version 1.2.1


SCHOOLS = [
    School(""),
    SCHOOL,
    School("W", "scotland", "secondary", choices=chosen({"pupil-contact": "approved-accounts"}), policy_version=1),
    School("W", "northern-ireland", "primary", {"headteacher": "Mx <Head>", "out of hours": "01632 960141"}),
]


@pytest.mark.parametrize("school", SCHOOLS, ids=range(len(SCHOOLS)))
def test_shipped_editions_open_to_what_the_library_says(school):
    """Opening from the stored text and drawing from the library are one and the same."""
    shipped = library.read(ROOT, None).library
    assert shipped.courses
    for course in shipped.courses.values():
        for lesson in course.lessons:
            text = lesson_edition.lesson_edition(lesson, shipped, school).text
            assert lesson_edition.open_lesson(text).html == fill.render(lesson.words, school, shipped)
        for quiz in course.quizzes.values():
            opened = quiz_edition.open_quiz(quiz_edition.quiz_edition(course, quiz, shipped, school).text)
            for scenario in quiz.scenarios:
                if scenario.id not in opened.scenarios:
                    assert scenario.phase not in (None, school.phase)
                    continue
                for scene in scenario.scenes.values():
                    judged = opened.scenarios[scenario.id].scenes[scene.id]
                    assert judged.html == fill.render(scene.words, school, shipped)
                    assert [option.label for option in judged.options] == [
                        fill.plain(option.label, school, shipped) for option in scene.options
                    ]
                    assert [option.feedback for option in judged.options] == [
                        fill.render(option.feedback, school, shipped) for option in scene.options
                    ]
        assert lesson_edition.open_course(lesson_edition.course_edition(course, shipped, school).text).html == fill.render(course.words, school, shipped)


# What an edition leaves out: its hash is evidence of what somebody met, and of nothing more

def test_it_holds_the_themes_of_its_scenarios_and_no_other_of_the_course(folder):
    found = folder.read()  # its quiz is about messages; the course has parents too
    kept = json.loads(of_quiz(found).text)
    assert list(kept["themes"]) == ["messages"] and set(found.library.courses["c"].themes) == {"messages", "parents"}


@pytest.mark.parametrize(("stance", "version"), [("platforms", 3), ("accounts", None)])
def test_it_names_the_policys_version_where_a_block_shows_it(folder, stance, version):
    folder.lesson("/// policy | pupil-contact: platforms\nOnly there.\n///")
    found = folder.read()
    school = replace(SCHOOL, choices=chosen({"pupil-contact": stance}))
    kept = json.loads(lesson_edition.lesson_edition(found.library.courses["c"].lesson("late"), found.library, school).text)
    assert (kept["policy"] or {"version": None})["version"] == version


@pytest.mark.parametrize(("words", "said"), [("Ring {{ fact helpline-phone }}.", {}), ("/// help\n///", {"helpline-phone", "helpline-hours"})])
def test_it_says_what_helplines_are_where_the_help_block_does(folder, words, said):
    folder.lesson(words)
    found = folder.read()
    kept = json.loads(lesson_edition.lesson_edition(found.library.courses["c"].lesson("late"), found.library, SCHOOL).text)
    assert set(kept["helplines"]) == set(said)
