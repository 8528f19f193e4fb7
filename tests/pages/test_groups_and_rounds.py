"""Groups of staff, and courses that come round: what a lead says of them, and what staff read."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.content.editions.edition import Edition
from induction.records import editions
from induction.records.people import people, staff_groups
from induction.records.progress import completions
from induction.records.progress.completions import Completion
from induction.records.school import course_cycles
from induction.records.store.database import transaction
from induction.rules.calendar import DayOfYear
from induction.rules.cycles import Cycle, Saying
from tests import walking

SHORT = "boundaries-in-ten-minutes"
GIVEN = f"/school/given/{SHORT}"


def typed(page, name):
    field = page.field(name)
    return field.text if field.tag == "textarea" else field.get("value")


def names(cast):
    return [each.name for each in staff_groups.listing(cast.records)]


def make(cast, name):
    cast.lou.open("/school/people/groups")
    return cast.lou.press("Make the group", group=name)


def group_id(cast, name):
    return next(each.id for each in staff_groups.listing(cast.records) if each.name == name)


# Groups


def test_a_lead_names_a_group_and_puts_people_into_it(cast):
    page = make(cast, "kitchen")
    assert page.heading == "kitchen" and "Nobody yet" in page.text
    page = cast.lou.press("Put them in", people="TESS@wrenfield.example; sam@wrenfield.example\n")
    assert "2 people more belong to kitchen" in page.text
    assert "Tess Okafor" in page.text and "Lou Hartley: Tess Okafor belongs to it" in page.text
    assert cast.lou.open("/school/people").has_link("Groups of staff")
    assert "2 people" in cast.lou.open("/school/people/groups").text


@pytest.mark.parametrize(
    "name, words",
    [
        ("", "Write the name of the group."), ("   ", "Write the name of the group."), ("KITCHEN", "There is a group of that name already"),
        ("supply, short", "Leave out commas"), ("supply; short", "Leave out commas"), ("--", "with a letter in it"), ("x" * 61, "60"),
    ],
)  # fmt: skip
def test_a_name_that_cant_be_is_said_and_stays_in_its_field(cast, name, words):
    make(cast, "kitchen")
    page = make(cast, name)
    assert words in page.text and names(cast) == ["kitchen"]
    if name.strip():
        assert typed(page, "group") == name


def test_an_email_of_nobody_puts_nobody_in(cast):
    make(cast, "kitchen")
    sent = "tess@wrenfield.example\nnobody@wrenfield.example\nana@wrenfield.example"
    page = cast.lou.press("Put them in", people=sent)
    assert "Nobody here has these emails: nobody@wrenfield.example, ana@wrenfield.example." in page.text, "Ana has left"
    assert typed(page, "people").split() == sent.split()
    assert staff_groups.members(cast.records, group_id(cast, "kitchen")) == []


def test_a_group_is_called_otherwise_emptied_and_closed(cast):
    make(cast, "kichen")
    cast.lou.press("Put them in", people="tess@wrenfield.example")
    assert cast.lou.press("Save the name", group="kitchen").heading == "kitchen"
    page = cast.lou.press("Take out Tess Okafor")
    assert "Tess Okafor belongs to it no longer." in page.text
    page = cast.lou.press("Close kitchen")
    assert "Closed." in page.text and names(cast) == []
    assert make(cast, "kitchen").heading == "kitchen", "the name is free again"


def test_the_groups_of_one_person_are_ticked_on_their_page(cast):
    for name in ("kitchen", "supply"):
        make(cast, name)
    tess, address = cast.who("tess").id, f"/school/people/{cast.who('tess').id}"
    kitchen, supply = group_id(cast, "kitchen"), group_id(cast, "supply")
    cast.lou.open(address)
    page = cast.lou.press("Save the groups", groups=[str(kitchen), str(supply)])
    assert "The groups of Tess Okafor are up to date." in page.text
    assert set(staff_groups.of_people(cast.records, [tess])[tess]) == {kitchen, supply}
    cast.lou.open(address)
    with transaction(cast.records):
        staff_groups.put(cast.records, tess, kitchen, False, by=None, now=datetime.now(UTC))
    page = cast.lou.press("Save the groups", groups=[str(kitchen)])
    assert "The groups were changed meanwhile: now supply." in page.text
    page = cast.lou.press("Save the groups", groups=[str(kitchen)])
    assert staff_groups.of_people(cast.records, [tess])[tess] == (kitchen,)



def test_a_course_that_is_gone_is_told_of_and_taken_back(cast):
    make(cast, "kitchen")
    with transaction(cast.records):
        staff_groups.give(cast.records, "knife-safety", group_id(cast, "kitchen"), True, by=None, now=datetime.now(UTC))
    assert "The group kitchen is given a course that is no longer here (knife-safety)" in cast.lou.open("/school/overview").text
    page = cast.lou.press("Take it back, or leave it")
    assert "It is asked of nobody." in page.text
    cast.lou.press("Take knife-safety back")
    assert "knife-safety" not in cast.lou.open("/school/overview").text


# To whom and when


def say(cast, address=GIVEN, **fields):
    cast.lou.open(address)
    return cast.lou.press("Save", **fields)


def test_a_course_is_given_to_a_group_and_comes_round_every_september(cast):
    make(cast, "kitchen")
    cast.lou.press("Put them in", people="tess@wrenfield.example")
    kitchen = str(group_id(cast, "kitchen"))
    page = say(cast, groups=[kitchen], turn="year", every="1st of September", joined_by="1 May", weeks="8")
    assert "Saved. The next round begins on" in page.text
    assert "Given to kitchen, and whoever is given it by name." in page.text
    assert "It comes round every 1 September, with 8 weeks to do it. Whoever joined or completed it after 1 May" in page.text
    course = cast.programme.library.courses[SHORT]
    assert cast.programme.cycle(course) == Cycle(DayOfYear(9, 1), None, DayOfYear(5, 1), 8)
    assert course.title in cast.tess.open("/").text and course.title not in cast.sam.open("/").text.split("There is more")[0]
    assert "What was said before" in cast.lou.open(GIVEN).text
    assert "as it stands already" in say(cast).text.replace("how it stands already", "as it stands already")


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"turn": "months", "months": "0"}, "Write a number from 1 to 60."),
        ({"turn": "months", "months": "-1"}, "Write a number from 1 to 60."),
        ({"turn": "months", "months": "61"}, "Write a number from 1 to 60."),
        ({"turn": "months", "months": "twelve"}, "Write a number from 1 to 60."),
        ({"turn": "months", "months": ""}, "Write after how many months"),
        ({"turn": "months", "months": "9" * 5000}, ""),
        ({"turn": "year", "every": ""}, "Write a day of the year"),
        ({"turn": "year", "every": "30 February"}, "There is no such day."),
        ({"turn": "year", "every": "1 September", "joined_by": "31 June"}, "There is no such day."),
        ({"turn": "year", "every": "1 September", "weeks": "0"}, "Write a number from 1 to 52."),
        ({"turn": "year", "every": "1 September", "weeks": ""}, "Write how many weeks"),
    ],
)
def test_a_cycle_that_cant_be_is_said_and_what_was_typed_comes_back(cast, fields, words):
    page = say(cast, **fields)
    assert words in page.text and "Not saved yet" in page.text
    assert course_cycles.history(cast.records, SHORT) == []
    for name, sent in fields.items():
        if name != "turn" and sent and len(sent) < 100:
            assert typed(page, name) == sent


def test_a_turn_that_is_none_is_not_kept(cast):
    page = cast.lou.send(GIVEN, {"turn": "now and then", "every": "1 September", "weeks": "6", "saw": "0"})
    assert "Choose one of these." in page.text and course_cycles.history(cast.records, SHORT) == []


def test_a_leap_day_is_taken_and_explained(cast):
    page = say(cast, turn="year", every="29/02")
    assert "every 29 February, with 6 weeks to do it. In a year without a 29 February it is the 28th." in page.text


def test_what_another_lead_said_meanwhile_is_shown_and_not_overwritten(cast):
    cast.lou.open(GIVEN)
    other = cast.sign_in("lou", cast.browser())
    other.open(GIVEN)
    other.press("Save", turn="months", months="12")
    page = cast.lou.press("Save", turn="year", every="1 September")
    assert "It was changed meanwhile" in page.text and "It comes round 12 months after" in page.text
    assert typed(page, "every") == "1 September"
    page = cast.lou.press("Save", turn="year", every="1 September")
    assert "It comes round every 1 September" in page.text


def test_the_usual_course_is_given_to_everyone_and_can_come_round(cast):
    page = say(cast, "/school/given/professional-boundaries-online", turn="months", months="24")
    assert "Given to everyone, but for those who are given another one in its place." in page.text
    assert "It comes round 24 months after somebody completed it" in page.text


# A later round, as a teacher meets it


def done_last_year(cast, who, words=None):
    """The short course, done by name a year and two days ago, in these words; it comes round every twelve months."""
    person, long_ago = cast.who(who), datetime.now(UTC) - timedelta(days=367)
    course = cast.programme.library.courses[SHORT]
    [lesson] = course.lessons
    words = words or cast.programme.lesson_edition(course, lesson)
    with transaction(cast.records):
        people.update(cast.records, person.id, course=SHORT, now=long_ago)
        editions.keep(cast.records, words, "lesson", long_ago)
        for name in (lesson.slug, ""):
            completions.complete(cast.records, Completion(
                person_id=person.id, course=SHORT, lesson=name, version=words.sha256, policy_version=0, completed_at=long_ago,
            ))
        course_cycles.keep(cast.records, SHORT, Saying(Cycle(months=12), date(2020, 1, 1)), by=None, now=long_ago)
    return lesson


def earlier_words(cast):
    """An earlier edition of the short course's lesson: another fact, another rule, another section."""
    course = cast.programme.library.courses[SHORT]
    kept = json.loads(cast.programme.lesson_edition(course, course.lessons[0]).text)
    fact, facet = next(iter(kept["facts"])), next(iter(kept["stances"]))
    kept["facts"][fact] = "0123 456"
    kept["stances"][facet] |= {"name": "as-it-was", "label": "As it was then"}
    heading = next(line for line in kept["source"].splitlines() if line.startswith("## "))
    kept["source"] = kept["source"].replace(heading, heading + "\n\nSomething that no longer stands here.", 1)
    text = json.dumps(kept, sort_keys=True)
    return Edition(hashlib.sha256(text.encode()).hexdigest(), text), heading[3:].split(" {")[0]


def test_a_later_round_says_why_it_is_asked_and_begins_with_the_scenarios(cast):
    lesson = done_last_year(cast, "tess")
    page = cast.tess.open("/")
    assert "This comes round each year. You did it last on" in page.text and "begin with the scenarios." in page.text
    assert "Nothing in it has changed since then." in page.text and "to begin with" in page.text
    assert "Welcome" not in page.text
    page = cast.tess.press("Continue")
    assert page.is_at("/attempts/1"), "the scenarios at once"
    page = cast.tess.open(f"/courses/{SHORT}/")
    assert "judge them wisely" in page.text.casefold() and "What changed since then" in page.text
    while not page.has_link("Show the page") and cast.attempts_of("tess")[0].finished_at is None:
        cast.tess.open("/attempts/1")
        walking.answer(cast, cast.tess, "tess")
    page = cast.tess.open("/")
    assert page.heading == "You have finished" and "It comes round again on" in page.text
    assert "It comes round again on" in cast.tess.open(f"/courses/{SHORT}/").text
    record = cast.tess.open("/record").text
    assert "by its scenarios, without the reading" in record
    assert [each.round is not None for each in cast.completions_of("tess")] == [False, False, True, True]
    assert lesson.title in record


def test_an_unwise_try_opens_its_lesson_and_the_record_says_so(cast):
    lesson = done_last_year(cast, "tess")
    cast.tess.open("/")
    cast.tess.press("Continue")
    while cast.attempts_of("tess")[0].finished_at is None:
        cast.tess.open("/attempts/1")
        walking.answer(cast, cast.tess, "tess", wisely=False)
    page = cast.tess.open("/")
    assert "To read again" in page.text
    page = cast.tess.press("Continue")
    assert page.is_at(f"/courses/{SHORT}/{lesson.slug}")
    walking.walk(cast, "tess", lesson.slug, course=SHORT)
    assert "by its scenarios, after opening it again" in cast.tess.open("/record").text


def test_what_changed_is_shown_first(cast):
    words, heading = earlier_words(cast)
    lesson = done_last_year(cast, "tess", words)
    page = cast.tess.open("/")
    assert "Since then 1 fact, 1 of our rules and 1 lesson have changed." in page.text
    page = cast.tess.press("See what changed")
    assert page.is_at(f"/courses/{SHORT}/")
    assert "0123 456" in page.text and "As it was then" in page.text
    assert f"{lesson.title} {heading}" in page.text
    assert page.text.index("What changed since then") < page.text.index("Lessons")


def test_who_looks_after_them_reads_of_the_round_and_its_date(cast):
    done_last_year(cast, "tess")
    page = cast.max.open("/mentor/")
    assert "Not begun" in page.text
    page = cast.max.open(f"/mentor/{cast.who('tess').id}")
    assert "has come round on" in page.text and "done last on" in page.text
    assert "Tess Okafor" in cast.lou.open("/school/people?show=not-begun").text
    assert cast.lou.open("/school/overview").status == 200


def test_a_list_shows_the_groups_that_it_would_put_people_into(cast):
    cast.lou.open("/school/people/import")
    page = cast.lou.press("Look at the list", list="name,email,groups\nTess Okafor,tess@wrenfield.example,kitchen; supply\n")
    assert "Groups none kitchen, supply" in page.text or "kitchen, supply" in page.text
    cast.lou.press("Change 1 person")
    assert names(cast) == ["kitchen", "supply"]
