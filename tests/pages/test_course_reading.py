"""A course is read lesson by lesson on pages of its own, shared by leads; after a change only what changed is shown."""

import json
from datetime import UTC, datetime

import pytest

from induction.records.people.people import add
from induction.records.people.person import Details
from induction.records.school import course_approvals, lesson_readings, school
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.roles import Role
from induction.services import shelf
from induction.settings import HOME
from induction.wording import dates
from tests.cast import COURSE, SCHOOL, own_site
from tests.reading import read_lessons

PAGE, SHORT = f"/school/courses/{COURSE}", "/school/courses/boundaries-in-ten-minutes"
FRIENDS = f"{PAGE}/friend-requests"
MOMENT = datetime(2026, 9, 1, 9, tzinfo=UTC)
TODAY = calendar.local(datetime.now(UTC)).date()
DAY, THIS_DAY = dates.day(MOMENT.date(), TODAY), dates.day(TODAY, TODAY)
FILE, QUIZ = (f"{folder}/{COURSE}/02-friend-requests.md" for folder in ("courses", "quizzes"))


def kept(cast):
    return [(each.lesson, each.read_by_name) for each in lesson_readings.of_course(cast.records, COURSE)]


def course_of(cast):
    return cast.programme.library.courses[COURSE]


def rows(page):
    """What is said of each lesson in the list."""
    return [each.text for each in page.main.all("li") if each.parent.get("class") == "rows"]


@pytest.fixture
def own(template, tmp_path, monkeypatch):
    """A site whose files are looked at anew for each page; `own.put` writes a file of the school's own."""
    monkeypatch.setattr(shelf, "LOOK_AGAIN", 0.0)
    monkeypatch.setattr(shelf, "PATIENCE", 60.0)
    cast = own_site(template, tmp_path / "data")

    def put(path, old, new):
        shipped = (HOME / path).read_text(encoding="utf-8")
        assert old in shipped
        file = cast.data / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shipped.replace(old, new), encoding="utf-8")

    cast.put = put
    yield cast
    cast.records.close()


# The list of lessons

def test_the_course_lists_its_lessons_and_leads_to_the_first_that_is_to_be_read(cast):
    page = cast.lou.open(PAGE)
    lessons = course_of(cast).lessons
    assert page.heading == course_of(cast).title and "0 of 11 read" in page.text
    assert "11 lessons are left to read. When all are read, the course can be approved here." in page.text
    assert [words.partition(" To read, about ")[0] for words in rows(page)] == [
        f"{number}. {lesson.title}" for number, lesson in enumerate(lessons, 1)
    ]
    assert page.link("Read it").get("href") == f"{PAGE}/{lessons[0].slug}"
    assert not page.has_button("Approve for our school")


def test_it_says_who_has_read_what_and_how_much_is_left(cast):
    cast.add("Kit Moran", Role.LEAD)
    read_lessons(cast, MOMENT, only=["where-the-line-is", "following-pupils"])
    read_lessons(cast, MOMENT, who="kit", only=["friend-requests"])
    page = cast.lou.open(PAGE)
    assert "3 of 11 read" in page.text and "about 3½ hours" in page.text
    assert f"Read by Lou Hartley on {DAY}" in rows(page)[0] and f"Read by Kit Moran on {DAY}" in rows(page)[1]
    assert "To read, about" in rows(page)[3]
    assert page.link("Read it").get("href") == f"{PAGE}/messages-and-chat"
    assert "Eight lessons are left to read." in page.text
    assert "3 of 11 read" in cast.lou.open("/school/courses").text


def test_two_leads_named_alike_are_told_apart(cast):
    cast.add("Kit Moran", Role.LEAD)
    with transaction(cast.records):
        add(cast.records, Details("k.moran@wrenfield.example", "Kit Moran", Role.LEAD), now=MOMENT)
    read_lessons(cast, MOMENT, who="kit", only=["friend-requests"])
    read_lessons(cast, MOMENT, who="k.moran@wrenfield.example", only=["following-pupils"])
    words = rows(cast.lou.open(PAGE))
    assert f"Read by Kit Moran, kit@wrenfield.example on {DAY}" in words[1]
    assert f"Read by Kit Moran, k.moran@wrenfield.example on {DAY}" in words[2]


# A lesson's page

def test_a_lesson_stands_there_whole_with_every_scenario_and_choice(cast):
    course = course_of(cast)
    for lesson in course.lessons:
        page = cast.lou.open(f"{PAGE}/{lesson.slug}")
        quiz = cast.programme.quiz(course, lesson)
        assert page.status == 200 and page.heading == lesson.title
        assert all(source.words in page.text for source in lesson.sources if not source.nations or "england" in source.nations)
        assert {each.text for each in page.main.all("h3")} >= {each.title for each in quiz.scenarios.values()}
        tags = [each.text for each in page.main.walk() if each.get("class").startswith("tag ")]
        options = [option for each in quiz.scenarios.values() for scene in each.scenes.values() for option in scene.options]
        assert len(tags) == len(options) and all(option.label in page.text for option in options)
        assert page.main.all("details") == [] and page.has_button("Read")
        pairs = sum(bool(each.twin) for each in quiz.scenarios.values()) // 2
        assert page.text.count("A pair: the same choices word for word, and one fact changed") == pairs > 0


def test_twins_stand_beside_each_other(cast):
    page = cast.lou.open(FRIENDS)
    quiz = cast.programme.quiz(course_of(cast), course_of(cast).lesson("friend-requests"))
    places = [each.get("id").removeprefix("scene.") for each in page.main.all("h3") if each.get("id").startswith("scene.")]
    assert set(places) == set(quiz.scenarios)
    for word, scenario in quiz.scenarios.items():
        assert scenario.twin is None or abs(places.index(word) - places.index(scenario.twin)) == 1


def test_options_are_judged_as_the_policy_of_this_school_does(cast):
    def tags():
        page = cast.lou.open(f"{PAGE}/where-the-line-is")
        return [each.text for each in page.main.walk() if each.get("class").startswith("tag ")], page

    before, page = tags()
    asked = "Hangs on: How may staff be in touch with pupils online? Here: "
    assert f"{asked}No online contact, the cautious rule until the school chooses." in page.text
    cast.choose(pupil_contact="approved-accounts")
    after, page = tags()
    assert after != before and f"{asked}Approved school accounts too." in page.text


def test_the_questions_of_policy_that_it_hangs_on_stand_there_with_every_answer(cast):
    words = cast.lou.open(f"{PAGE}/where-the-line-is").text.partition("Questions of policy that it hangs on")[2]
    facet = cast.programme.library.facets["pupil-contact"]
    assert facet.ask in words and all(stance.label in words for stance in facet.stances)


def test_an_option_that_goes_on_leads_to_its_scene_and_a_warning_is_said(cast):
    course = course_of(cast)
    warned = 0
    for lesson in course.lessons:
        page = cast.lou.open(f"{PAGE}/{lesson.slug}")
        quiz = cast.programme.quiz(course, lesson)
        leading = sum(bool(o.leads_to) for each in quiz.scenarios.values() for scene in each.scenes.values() for o in scene.options)
        assert page.text.count("Goes on to") == leading
        for each in quiz.scenarios.values():
            warned += bool(each.warn)
            assert not each.warn or f"It says first that it is about {each.warn}" in page.text
    assert warned


# Reading it

def test_read_is_kept_with_who_and_when_and_leads_on_to_the_next(cast):
    cast.lou.open(PAGE)
    cast.lou.press("Read it")
    page = cast.lou.press("Read")
    assert page.way == [(303, FRIENDS)] and "Kept as read: Where the line is. 1 of 11 read." in page.text
    assert kept(cast) == [("where-the-line-is", "Lou Hartley")]
    page = cast.lou.open(f"{PAGE}/where-the-line-is")
    assert not page.has_button("Read") and f"Read by Lou Hartley on {THIS_DAY}, as it stands." in page.text
    assert page.link("Next to read: Friend requests").get("href") == FRIENDS


def test_it_leads_on_past_what_is_read_and_back_to_what_was_left_out(cast):
    read_lessons(cast, MOMENT, but=["friend-requests", "messages-and-chat", "colleagues-and-concerns"])
    cast.lou.open(f"{PAGE}/messages-and-chat")
    page = cast.lou.press("Read")
    assert page.way == [(303, f"{PAGE}/colleagues-and-concerns")]
    page = cast.lou.press("Read")
    assert page.way == [(303, FRIENDS)]
    page = cast.lou.press("Read")
    assert page.way == [(303, PAGE)] and "That was the last: all of it is read, and it can be approved." in page.text


def test_two_leads_share_it_over_three_sittings_and_one_approves(cast):
    cast.add("Kit Moran", Role.LEAD)
    kit = cast.sign_in_new("kit")
    sittings, lessons = [(cast.lou, 4), (kit, 4), (cast.lou, 3)], iter(course_of(cast).lessons)
    for reader, count in sittings:
        page = reader.open(PAGE)
        page = reader.press("Read it")
        for lesson in (next(lessons) for _ in range(count)):
            assert page.heading == lesson.title
            page = reader.press("Read")
    assert len(kept(cast)) == 11 and page.way == [(303, PAGE)]
    page = kit.open(PAGE)
    assert "All 11 read" in page.text
    assert "Lou Hartley and Kit Moran have read the lessons and scenarios of this course. I approve them for Wrenfield School." in page.text
    kit.press("Approve for our school", name="Kit Moran")
    [approval] = course_approvals.of_course(cast.records, COURSE)
    assert approval.approved_by_name == "Kit Moran" and approval.sha256 == cast.programme.version(course_of(cast))
    assert "Approved by Kit Moran" in cast.lou.open(PAGE).text


def test_it_cannot_be_approved_while_a_lesson_is_left(cast):
    read_lessons(cast, MOMENT, but=["friend-requests"])
    version = cast.programme.version(course_of(cast))
    page = cast.lou.send(PAGE, {"version": version, "name": "Lou Hartley"})
    assert page.status == 200 and page.title.startswith("Not approved yet") and "One lesson is left to read." in page.text
    assert course_approvals.of_course(cast.records, COURSE) == []


def test_both_leads_may_say_that_they_read_it(cast):
    cast.add("Kit Moran", Role.LEAD)
    kit = cast.sign_in_new("kit")
    cast.lou.open(FRIENDS)
    kit.open(FRIENDS)
    cast.lou.press("Read")
    kit.press("Read")
    assert kept(cast) == [("friend-requests", "Lou Hartley"), ("friend-requests", "Kit Moran")]
    assert "Read by Lou Hartley" in rows(kit.open(PAGE))[1], "who was first"


def test_read_twice_is_harmless(cast):
    cast.lou.open(FRIENDS)
    path, values, _ = cast.lou.filled("Read")
    cast.lou.send(path, values, token=False)
    page = cast.lou.send(path, values, token=False)
    assert "You had read Friend requests in these words before. That stands; nothing more was kept." in page.text
    assert len(kept(cast)) == 1


# What changed

def test_a_changed_lesson_shows_what_was_read_and_what_stands_now_and_nothing_else(own):
    read_lessons(own, MOMENT)
    own.lou.open(PAGE)
    own.lou.press("Approve for our school", name="Lou Hartley")
    own.put(FILE, "Remove followers you don't recognise.", "Remove followers whom you don't know.")
    page = own.lou.open(PAGE)
    assert "10 of 11 read" in page.text and "Changed since Lou Hartley approved it on" in page.text
    assert f"Changed since Lou Hartley read it on {DAY}: about 1 minute to read" in rows(page)[1]
    page = own.lou.press("Read what changed")
    assert page.is_at(FRIENDS) and "What reads otherwise since then" in page.text
    assert [each.text for each in page.main.all("h2")] == ["Harder to find", "Have you read what changed?"]
    assert [each.text for each in page.main.all("del")] == ["recognise"]
    assert [each.text for each in page.main.all("ins")] == ["whom", "know"]
    assert "Sunday-night request" not in page.text
    whole = own.lou.press("Read all of it")
    assert whole.has_button("Read") and "Sunday-night request" in whole.text and whole.main.all("ins") == []
    own.lou.open(FRIENDS)
    page = own.lou.press("Read")
    assert page.way == [(303, PAGE)] and "it can be approved" in page.text
    own.lou.press("Approve for our school", name="Lou Hartley")
    assert "Approved by Lou Hartley" in own.lou.open(PAGE).text


def test_a_changed_judgement_is_shown_with_both(own):
    read_lessons(own, MOMENT)
    own.put(QUIZ, "- [poor] Swipe it away", "- [fine] Swipe it away")
    page = own.lou.open(FRIENDS)
    assert [each.text for each in page.main.walk() if each.get("class").startswith("tag ")] == ["Poor", "Fine"]


def test_a_stale_page_is_not_kept_as_read_and_shows_what_changed(own):
    own.lou.open(FRIENDS)
    path, values, _ = own.lou.filled("Read")
    own.put(FILE, "Remove followers you don't recognise.", "Remove followers whom you don't know.")
    page = own.lou.send(path, values, token=False)
    assert page.status == 200 and page.title.startswith("Not kept as read: the lesson changed meanwhile")
    assert [each.text for each in page.main.all("del")] == ["recognise"] and kept(own) == []
    assert own.lou.press("Read").way[0][0] == 303
    assert kept(own) == [("friend-requests", "Lou Hartley")]


def test_a_stale_page_of_words_that_nobody_knows_is_shown_whole(cast):
    page = cast.lou.send(FRIENDS, {"version": "0" * 64})
    assert page.title.startswith("Not kept as read") and "Look at it as it stands now." in page.text
    assert "Sunday-night request" in page.text and kept(cast) == []


def test_a_fact_asks_again_with_its_change_and_a_school_s_name_does_not(own):
    read_lessons(own, MOMENT)
    with transaction(own.records):
        school.save(own.records, **{**SCHOOL, "name": "Highmoor School"})
    assert "All 11 read" in own.lou.open(PAGE).text
    own.put("courses/facts.yml", "value: 0344 381 4772", "value: 0344 381 4773")
    page = own.lou.open(PAGE)
    changed = [words for words in rows(page) if "Changed since Lou Hartley" in words]
    assert 0 < len(changed) < 11 and f"{11 - len(changed)} of 11 read" in page.text
    page = own.lou.press("Read what changed")
    assert "4772" in page.main.all("del")[0].text and "4773" in page.main.all("ins")[0].text


def test_what_the_course_says_of_itself_is_shown_to_whoever_approves_it_again(own):
    read_lessons(own, MOMENT)
    page = own.lou.open(PAGE)
    assert "open" in next(each for each in page.main.all("details") if each.get("id") == "itself").attrs, "to be read now"
    own.lou.press("Approve for our school", name="Lou Hartley")
    title = "Where have you had to draw a line for yourself"
    own.put(f"courses/{COURSE}/index.md", title, "When have you had to draw a line for yourself")
    page = own.lou.open(PAGE)
    assert "All 11 read" in page.text and "What the course says of itself has changed" in page.text
    assert [each.text for each in page.main.all("del")] == ["Where"] and [each.text for each in page.main.all("ins")] == ["When"]
    own.lou.press("Approve for our school", name="Lou Hartley")
    assert "has changed" not in own.lou.open(PAGE).text


def test_a_lesson_more_is_to_be_read_and_one_less_is_not_missed(own):
    read_lessons(own, MOMENT)
    file = own.data / f"courses/{COURSE}/06-our-own-phones.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\ntitle: Our own phones\n---\n\nIn the drawer.\n", encoding="utf-8")
    page = own.lou.open(PAGE)
    assert "11 of 12 read" in page.text and own.lou.press("Read it").heading == "Our own phones"
    file.unlink()
    assert "All 11 read" in own.lou.open(PAGE).text


# From before lessons were read one by one

def test_an_approval_from_before_stands_and_nobody_has_to_read_it_again(cast):
    version = cast.programme.version(course_of(cast))
    with transaction(cast.records):
        course_approvals.approve(
            cast.records, course=COURSE, sha256=version, typed_name="L. H.", by=cast.who("lou").id, now=MOMENT
        )
    page = cast.lou.open(PAGE)
    assert "All 11 read" in page.text and f"You approved it on {DAY}" in page.text and kept(cast) == []
    assert all(f"Read by Lou Hartley on {DAY}" in words for words in rows(page))
    assert not cast.lou.open(FRIENDS).has_button("Read")
    [approval] = course_approvals.of_course(cast.records, COURSE)
    assert (approval.sha256, approval.typed_name, approval.at) == (version, "L. H.", MOMENT)


# Others, and what is not there

@pytest.mark.parametrize("path", [FRIENDS, f"{FRIENDS}?whole=yes", f"{SHORT}/the-essentials"])
def test_it_is_there_for_leads_alone(cast, path):
    for browser in (cast.tess, cast.max):
        assert browser.open(path).status == 404 and browser.send(FRIENDS, {"version": "0" * 64}).status == 404
    assert cast.browser().open(path, follow=False).status == 303
    assert kept(cast) == []


@pytest.mark.parametrize("word", ["nothing", "%00", "x" * 3000, "..%2f..", "%ed%a0%80", "1"])
def test_a_lesson_that_is_not_there(cast, word):
    for path in (f"{PAGE}/{word}", f"/school/courses/{word}/friend-requests"):
        assert cast.lou.open(path).status == 404 and cast.lou.send(path, {"version": "0" * 64}).status == 404


def test_made_up_fields_decide_nothing(cast):
    cast.lou.open(FRIENDS)
    path, values, _ = cast.lou.filled("Read")
    for name, value in {"read_by": "4", "at": "1970-01-01", "lesson": "messages-and-chat", "sha256": "0" * 64}.items():
        values.add(name, value)
    cast.lou.send(path, values, token=False)
    assert kept(cast) == [("friend-requests", "Lou Hartley")]


def test_what_a_lead_has_read_stands_in_their_record(cast):
    read_lessons(cast, MOMENT, only=["friend-requests"])
    [read] = json.loads(cast.lou.open("/record/export").body)["lessons_read_to_approve_a_course"]
    assert (read["course"], read["lesson"]) == (COURSE, "friend-requests")
