"""Times of day that hang on a school's policy, and answers that only some nations' law allows."""

import json
from datetime import date

import pytest

from induction.content.checks.checker import problems
from induction.content.conditions import chosen, in_force, not_allowed
from induction.content.editions import course_version, differences, lesson_edition, lesson_for_leads, quiz_edition
from induction.content.editions.fill import plain, render
from induction.content.model import NATIONS, Choice, School
from tests.content.folders import POLICY, QUIZ, Folder

HOURS = """\
hours:
  ask: When?
  why: Schools differ.
  stances:
    school-day:
      label: In the school day
      says: "Only in the school day, {{ school day }}."
      fill: {word: school day, ask: When is it?, times: 8.30am to 3.30pm, until: from its beginning to its end}
    until-six: {label: Until six, says: Until six., hours: 8am to 6pm}
searches:
  ask: Who may look?
  why: The law differs.
  stances:
    head: {label: The head, says: The head decides.}
    staff: {label: Staff, says: Staff may., nations: [england], elsewhere: The law is another there.}
"""


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path)
    made.write("courses/policy.yml", POLICY + HOURS)
    return made


def school(stance="", words="", nation="england"):
    return School("Wrenfield", nation, choices={"hours": Choice("hours", stance, words)} if stance else {})


def lesson(folder, body):
    folder.lesson(body)
    reading = folder.read()
    assert reading.problems == ()
    return reading.library, reading.library.courses["c"].lesson("late")


# Words and times


@pytest.mark.parametrize(
    "where, day, begins, ends, later",
    [
        (school(), "from its beginning to its end", "8.30am", "3.30pm", "4pm"),  # nothing chosen
        (school("school-day"), "from its beginning to its end", "8.30am", "3.30pm", "4pm"),  # nothing written
        (school("school-day", "08:45-15:15"), "8.45am to 3.15pm", "8.45am", "3.15pm", "3.45pm"),
        (school("school-day", "whenever"), "whenever", "8.30am", "3.30pm", "4pm"),  # words of before clock times were asked for
        (school("until-six"), "from its beginning to its end", "8am", "6pm", "6.30pm"),
        (school("gone", "1am to 2am"), "from its beginning to its end", "8.30am", "3.30pm", "4pm"),
    ],
)
def test_times_are_counted_from_the_hours_in_force(folder, where, day, begins, ends, later):
    library, late = lesson(
        folder, "{{ school day }}; {{ hours: hours begin }}; {{ hours:hours end }}; {{ hours:  hours   end+30 }}; {{ hours: hours end + 0 }}"
    )
    assert plain(late.words, where, library) == f"{day}; {begins}; {ends}; {later}; {ends}"


def test_a_time_never_leaves_its_day_and_begins_a_sentence_well(folder):
    library, late = lesson(folder, "{{ hours: hours begin - 20 }}; {{ hours: hours end + 240 }}. {{ hours: hours begin - 120 }}.")
    assert plain(late.words, school("school-day", "00:10 to 22:00"), library) == "Midnight; midnight. Midnight."
    assert plain(late.words, school("school-day", "14:00 to 22:00"), library) == "1.40pm; midnight. Midday."


@pytest.mark.parametrize(
    "name, fault",
    [
        ("hourz end", 'unknown facet "hourz"; write "hours"'),
        ("pupil-contact end", 'the stance "none" of pupil-contact has no hours to count from; write `hours: 8am to 6pm` under it'),
        ("hours", '"hours" is no time that can be worked out; write {{ hours: contact-hours end + 30 }}, say'),
        ("hours middle + 5", '"hours middle + 5" is no time that can be worked out'),
        ("hours end + 2.5", '"hours end + 2.5" is no time that can be worked out'),
        ("hours end + 30 minutes", '"hours end + 30 minutes" is no time that can be worked out'),
        ("hours end - 241", '"hours end - 241" is more than 240 minutes away; write whole minutes from 0 to 240'),
        ("", '"" is no time that can be worked out'),
    ],
)
def test_a_time_that_cannot_be_worked_out_is_reported_with_its_line(folder, name, fault):
    folder.lesson(f"You can wait.\n\nUntil {{{{ hours: {name} }}}}.")
    [said] = folder.said()
    assert said.startswith(f"01-late.md:7: {fault}")


# Telephones and conversations


def test_a_phone_is_lit_at_a_time_that_hangs_on_policy(folder):
    late = "/// phone | Instagram, Sunday {{ hours: hours end + 60 }}\n**jo** wrote\n///"
    library, read = lesson(folder, late)
    html = render(read.words, school("until-six"), library)
    folder.lesson(late.replace("{{ hours: hours end + 60 }}", "19:00"))
    reading = folder.read()
    assert html == render(reading.library.courses["c"].lesson("late").words, school("until-six"), reading.library)
    assert '<span class="phone-time">19:00</span>' in html
    assert "16:30" in render(read.words, school(), library)


@pytest.mark.parametrize("title", ["{{ hours: hours end }}", "Instagram, {{ school }}", "Room {{ hours: hours end }}", "Late, {{ hours: hours end }} on"])
def test_other_words_in_braces_light_no_phone(folder, title):
    library, read = lesson(folder, f"/// phone | {title}\n**jo** wrote\n///")
    html = render(read.words, school(), library)
    assert "phone-clock" not in html and ("Wrenfield" in html or "3.30pm" in html)


def test_what_is_said_has_a_time_that_hangs_on_policy(folder):
    library, read = lesson(
        folder, "/// chat | Jordan\nJordan {{ hours: hours end + 10 }}: Hey\nYou {{ hours: hours end + 11 }}: Hi\nMr {{ headteacher }}: Hm\n///"
    )
    html = render(read.words, school("until-six"), library)
    assert '<li><p class="who">Jordan · 18:10</p>' in html and '<li class="you"><p class="who">You · 18:11</p>' in html
    assert '<p class="who">Mr the headteacher</p>' in html
    library, read = lesson(folder, "/// post | Jo, Instagram\nHey\nMr {{ headteacher }}: Hm\nKit {{ hours: hours end }}: Ha\n///")
    html = render(read.words, school(), library)
    assert "<strong>Mr the headteacher</strong> Hm" in html and "<strong>Kit</strong> Ha" in html


# Editions


def test_an_edition_keeps_the_time_that_somebody_met(folder):
    library, late = lesson(folder, "/// phone | X, {{ hours: hours end + 60 }}\nhey\n///\n\nIt is {{ hours: hours end + 60 }}.")
    for where in (school(), school("until-six"), school("school-day", "9am to 3pm")):
        text = lesson_edition.lesson_edition(late, library, where).text
        assert lesson_edition.open_lesson(text).html == render(late.words, where, library)
    assert json.loads(text)["times"] == {"hours end + 60": ["4pm", "16:00"]}
    changed = text.replace('["4pm","16:00"]', '["teatime","16.00"]')  # as another release might have said it
    assert changed != text and "teatime" in lesson_edition.open_lesson(changed).html


def test_an_edition_without_such_times_is_as_it_was(folder):
    library, late = lesson(folder, "At {{ school }}, {{ school day }}. {{ stance: hours }}")
    kept = json.loads(lesson_edition.lesson_edition(late, library, school("until-six")).text)
    assert "times" not in kept and set(kept["stances"]["hours"]) == {"ask", "name", "label", "says", "chosen"}


def test_a_course_says_that_it_hangs_on_the_hours_it_counts_from(folder):
    folder.write("quizzes/c/01-late.md", QUIZ.replace("It is late.", "It is {{ hours: hours end + 30 }}."))
    library = folder.read().library
    course = library.courses["c"]
    assert [each.name for each in lesson_for_leads.lesson_for_leads(course, course.lesson("late"), library, school()).questions] == ["hours"]
    assert differences.bears_on(library, school())["hours"] == (0, 1)
    opened = quiz_edition.open_quiz(quiz_edition.quiz_edition(course, course.quizzes["late"], library, school("until-six")).text)
    assert "It is 6.30pm." in opened.scenarios["late"].scenes["late"].html
    before = course_version.course_version(course, library, "england")
    folder.write("courses/policy.yml", POLICY + HOURS.replace("8am to 6pm", "8am to 7pm"))
    assert course_version.course_version(course, folder.read().library, "england") != before


# A school's own policy.yml, written before stances had hours


def test_a_facet_of_ones_own_has_the_hours_of_the_one_it_stands_for(folder):
    own = HOURS.partition("searches:")[0].replace(", hours: 8am to 6pm", "").replace(", times: 8.30am to 3.30pm", "")
    own = own.replace("word: school day", "word: our day").replace("{{ school day }}", "{{ our day }}") + "    ever: {label: Ever, says: Ever.}\n"
    folder.write("courses/policy.yml", own, own=True)
    library, late = lesson(folder, "{{ hours: hours end }}, {{ school day }}")
    assert plain(late.words, school("until-six"), library) == "6pm, from its beginning to its end"
    assert plain(late.words, school("school-day", "8am to 2pm"), library) == "2pm, 8am to 2pm"
    assert plain(late.words, school("ever"), library) == "3.30pm, from its beginning to its end"


# policy.yml


@pytest.mark.parametrize(
    "old, new, fault",
    [
        ("hours: 8am to 6pm", "hours: 8 to 6", ":16: `hours`: Morning or afternoon? Write am or pm beside both times"),
        ("times: 8.30am to 3.30pm", "times: all day", ":15: `times`: These are not two clock times alone"),
        ("until: from", "list: yes, until: from", ":15: `times` asks for clock times, and `list` for one thing a line; keep one"),
        ("nations: [england]", "nations: [england, france]", ':22: unknown nation "france"; known are: '),
        ("nations: [england], ", "", ':22: "staff" says why it can\'t be chosen elsewhere, and not where it can; write `nations: england`'),
        (", elsewhere: The law is another there.", "", ":22: `elsewhere` is missing; write `elsewhere: …`"),
        ("says: The head decides.}", "says: The head decides., nations: wales, elsewhere: No.}", ':21: the stance "head" stands first'),
    ],
)
def test_what_is_wrong_with_hours_and_nations_has_its_line(folder, old, new, fault):
    folder.write("courses/policy.yml", POLICY + HOURS.replace(old, new))
    assert [each.replace("courses/policy.yml", "")[: len(fault)] for each in folder.said()] == [fault]


def test_fixed_hours_beside_a_fill_that_asks_for_times_are_refused(folder):
    folder.write("courses/policy.yml", POLICY + HOURS.replace("      fill: {word", "      hours: 8am to 9am\n      fill: {word"))
    assert folder.said() == ["courses/policy.yml:15: `hours` stands beside a `fill` that asks for `times`; keep one of them"]


# Answers that the law allows in some nations


@pytest.mark.parametrize("nation", NATIONS)
def test_an_answer_holds_only_where_the_law_allows_it(folder, nation):
    facet = folder.read().library.facets["searches"]
    here = School("W", nation, choices={"searches": Choice("searches", "staff")})
    allowed = nation == "england"
    assert (in_force(here, facet).name, chosen(here, facet) is not None) == (("staff", True) if allowed else ("head", False))
    assert (not_allowed(here, facet) is None) == allowed
    assert [each.name for each in facet.offered_in(nation)] == ["head", "staff"][: 1 + allowed]
    assert not_allowed(School("W", nation), facet) is None, "nothing is chosen"
    assert set(differences.by_stance(folder.read().library, here, "searches", {})) == {each.name for each in facet.offered_in(nation)}


def test_too_few_words_of_feedback_count_only_where_they_can_be_shown(folder):
    six = "one two three four five six"
    feedback = (
        f"> {six}\n  >\n  > /// policy | searches: head\n  > {six}\n  > ///\n  >\n  > /// only | nation: wales, scotland, northern-ireland\n"
        f"  > Never.\n  > ///\n  >\n  > /// only | nation: england\n  > {six}\n  > ///"
    )
    def said(text):
        folder.write("quizzes/c/01-late.md", QUIZ.replace("> Nothing is lost by morning.", text))
        return [each.message for each in problems(folder.read(), date(2026, 11, 24)) if "this feedback has" in each.message and each.line == 9]

    assert said(feedback) == []
    [few] = said(feedback.replace("searches: head", "pupil-contact: none"))
    assert "7 words where" in few and "nation is wales" in few
