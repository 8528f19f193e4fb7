"""Each page that is read: works, wrong person, wrong method, missing thing."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import people
from induction.records.people.one_time_links import LinkKind
from induction.records.progress import conversations
from induction.records.school import school
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules import calendar
from induction.rules.roles import Role
from tests.cast import COURSE, DUE_IN, SCHOOL
from tests.walking import answer, start, walk

LESSON = "friend-requests"
THEMES = ["friend-requests", "photos"]


# Home, course, lesson


def test_home_says_what_is_next_and_until_when(cast):
    page = cast.tess.open("/")
    assert page.heading == "Hello, Tess" and "in 11 days" in page.text and "Max Adeyemi" in page.document.text


def test_home_says_welcome_only_before_a_start_is_made(cast):
    assert "Welcome." in cast.tess.open("/").text
    walk(cast, "tess", "friend-requests", wisely=False)
    page = cast.tess.open("/")
    assert "Welcome." not in page.text and "You have made a start." in page.text


def test_home_goes_on_where_one_stopped(cast):
    start(cast.tess, LESSON)
    answer(cast, cast.tess, "tess")
    page = cast.tess.open("/")
    assert "Scenario" in page.text and "you stopped this" in page.text


def test_home_says_how_much_of_a_lesson_is_left_and_for_how_long(cast):
    start(cast.tess, LESSON)
    answer(cast, cast.tess, "tess")
    page = cast.tess.open("/")
    if "Scenario 1 of 5 is next" in page.text:  # the first has a second scene
        cast.tess.open(f"/attempts/{cast.attempts_of('tess')[0].id}/1")
        answer(cast, cast.tess, "tess")
        page = cast.tess.open("/")
    assert "Four scenarios left, about 3 minutes." in page.text and "Scenario 2 of 5 is next" in page.text


@pytest.mark.parametrize(
    "who, due, words", [("ivy", -2, "2 days ago"), ("ivy", 1, "tomorrow"), ("ivy", None, "no date")]
)
def test_home_knows_the_due_date(cast, who, due, words):
    person = cast.add("Ivy Invited", due=datetime.now(UTC).date() + timedelta(days=due) if due else None)
    page = cast.max.open("/")
    assert page.status == 200
    assert words in cast.lou.open(f"/mentor/{person.id}").text


def test_a_course_lists_its_lessons(cast):
    page = cast.tess.open(f"/courses/{COURSE}/")
    for lesson in cast.programme.library.courses[COURSE].lessons:
        assert page.has_link(lesson.title)


def test_a_lesson_ends_in_its_scenarios_and_says_who_sees_what(cast):
    page = cast.tess.open(f"/courses/{COURSE}/{LESSON}")
    assert page.has_button("Start the scenarios") and "Who sees what" in page.text
    assert "Wrenfield School" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/courses/nowhere/",
        f"/courses/{COURSE}/nowhere",
        f"/courses/nowhere/{LESSON}",
        "/nowhere",
        "/attempts/0",
        "/attempts/-1",
        "/attempts/1x",
        f"/attempts/{2**63}",
        f"/attempts/{'9' * 5000}",
        "/attempts/1/0",
        f"/mentor/{2**63}",
        "/school/people/999",
        f"/school/people/{'9' * 5000}",
        "/courses/..%2f..%2fetc/passwd",
        "/static/..%2f..%2fapp.py",
        "/static/nothing.css",
        "/%00",
        "/courses/%ff/%fe",
    ],
)
def test_what_is_not_there_is_said_in_words(cast, path):
    page = cast.lou.open(path)
    assert page.status == 404 and page.heading == "There is no such page here"
    assert "Nothing was lost" in page.text


def test_a_course_without_its_slash_is_found(cast):
    page = cast.tess.client.get(f"/courses/{COURSE}")
    assert page.status_code == 308 and page.headers["Location"].endswith(f"/courses/{COURSE}/")


@pytest.mark.parametrize("path", ["/", "/record", "/presence", "/school/overview", "/attempts/1/1"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_is_read_is_not_written(cast, path, method):
    before = cast.fact_count()
    page = cast.lou.request(method, path, f"csrf_token={cast.lou.token()}".encode())
    assert page.status == 405 and page.heading == "That page is for reading only" and "GET" in page.headers["Allow"]
    assert cast.fact_count() == before


def test_presence_has_the_private_checklists(cast):
    assert cast.tess.open("/presence").heading


# My record


def test_my_record_says_all_that_is_held_about_me(cast):
    walk(cast, "tess", LESSON)
    page = cast.tess.open("/record")
    for words in ("Tess Okafor", "tess@wrenfield.example", "Max Adeyemi", "100", "passed"):
        assert words in page.text
    everything = json.loads(cast.tess.open("/record/export").body)
    assert everything["person"]["email"] == "tess@wrenfield.example"
    assert [each["lesson"] for each in everything["completions"]] == [LESSON]
    assert len(everything["attempts"][0]["answers"]) == len(cast.attempts_of("tess")[0].answers)


def test_my_record_is_nobody_elses(cast):
    walk(cast, "tess", LESSON)
    assert LESSON not in cast.sam.open("/record/export").html
    assert "Tess" not in cast.sam.open("/record").text
    page = cast.tess.open("/record/export")
    assert page.headers["Content-Type"].startswith("application/json")
    assert page.headers["Content-Disposition"].startswith("attachment")


def test_my_record_knows_whether_a_policy_is_to_be_acknowledged(cast):
    assert "You have not been asked to acknowledge it." in cast.tess.open("/record").text
    cast.lou.open("/school/policy/preview")
    cast.lou.press("Publish")
    assert "You have not acknowledged it yet." in cast.tess.open("/record").text


# Help, open to anyone


def test_help_is_open_and_shows_strangers_no_names(cast):
    page = cast.browser().open("/help")
    assert page.heading == "Help now" and "999" in page.text and "01632 960140" in page.text
    for name in ("Priya", "Helen", "01632 960141", "01632 960145"):
        assert name not in page.html
    signed_in = cast.tess.open("/help")
    assert "Priya Nair" in signed_in.text and "01632 960141" in signed_in.text


def test_help_shows_names_where_a_lead_made_them_public(cast):
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "public_contacts": True})
    assert "Priya Nair" in cast.browser().open("/help").text


@pytest.mark.parametrize("nation, title", [("england", "designated safeguarding lead"), ("wales", "designated safeguarding person")])
def test_help_gives_whoever_leads_on_safeguarding_the_nations_title(cast, nation, title):
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "nation": nation})
    assert f"Priya Nair, {title}" in cast.tess.open("/help").text


@pytest.mark.parametrize("path", ["/what-we-keep", "/accessibility", "/forgotten", "/help"])
def test_open_pages_are_open_to_all(cast, path):
    assert cast.browser().open(path).status == cast.tess.open(path).status == 200


# My teachers


@pytest.mark.parametrize("who, status", [("max", 200), ("lou", 200), ("nia", 404), ("tess", 404), ("sam", 404)])
def test_who_sees_how_tess_stands(cast, who, status):
    page = getattr(cast, who).open(f"/mentor/{cast.who('tess').id}")
    assert page.status == status
    if status == 404:
        assert page.text == getattr(cast, who).open("/mentor/999").text, "not hers looks like not there"
    else:
        assert page.heading == "Tess Okafor"


def test_a_mentor_sees_their_own_teachers_alone(cast):
    text = cast.max.open("/mentor/").text
    assert "Tess Okafor" in text and "Sam Price" not in text and "Ana Costa" not in text
    sheet = cast.max.open("/mentor/teachers.csv")
    assert "Tess Okafor" in sheet.html and "Sam" not in sheet.html
    assert "Sam Price" in cast.nia.open("/mentor/").text, "there is somebody else to see"


def test_who_left_is_not_among_my_teachers_any_more(cast):
    assert cast.max.open(f"/mentor/{cast.who('ana').id}").status == 404
    assert cast.lou.open(f"/mentor/{cast.who('ana').id}").status == 200


@pytest.mark.parametrize(
    "query", ["?show=overdue", "?sort=name", "?show=nonsense&sort=nonsense", "?sort=seen&sort=due"]
)
def test_the_list_of_teachers_sorts_and_filters(cast, query):
    assert cast.max.open(f"/mentor/{query}").status == 200


def here(cast, name, ago):
    """Somebody of Max's, who was last here so many days ago."""
    person = cast.add(name, mentor="max", due=calendar.local(datetime.now(UTC)).date() + timedelta(days=ago))
    with transaction(cast.records):
        seen = moment_text(datetime.now(UTC) - timedelta(days=ago))
        cast.records.execute("update people set last_seen_at = ? where id = ?", [seen, person.id])


@pytest.mark.parametrize(
    "sort, names",
    [
        ("seen", ["Uli Three", "Ben One", "Cat Nine", "Abe Two"]),  # who was not here for longest comes first
        ("name", ["Abe Two", "Ben One", "Cat Nine", "Uli Three"]),
        ("due", ["Abe Two", "Cat Nine", "Ben One", "Uli Three"]),
    ],
)
def test_the_list_of_teachers_is_sorted(cast, sort, names):
    for name, ago in (("Abe Two", 20), ("Ben One", 40), ("Cat Nine", 30), ("Uli Three", 50)):
        here(cast, name, ago)
    page = cast.max.open(f"/mentor/?sort={sort}")
    listed = [row.all("th")[0].text for row in page.main.all("tbody")[0].all("tr")]
    assert [name for name in listed if name != "Tess Okafor"] == names


def test_the_list_of_teachers_as_a_table_has_what_the_page_has(cast):
    walk(cast, "tess", LESSON)
    here(cast, "Ivy One", 30)
    today = calendar.local(datetime.now(UTC)).date()
    rows = list(csv.DictReader(io.StringIO(cast.max.open("/mentor/teachers.csv").body.decode("utf-8-sig"))))
    assert rows == [
        {
            "name": "Tess Okafor", "email": "tess@wrenfield.example", "lessons_done": "1", "lessons": "11",
            "last_here": f"{today}", "due": f"{today + timedelta(days=DUE_IN)}", "standing": "on track", "deputy_for": "",
        },
        {
            "name": "Ivy One", "email": "ivy@wrenfield.example", "lessons_done": "0", "lessons": "11",
            "last_here": f"{today - timedelta(days=30)}", "due": f"{today + timedelta(days=30)}", "standing": "on track", "deputy_for": "",
        },
    ]


@pytest.mark.parametrize("course, title", [("boundaries-in-ten-minutes", "Boundaries online in ten minutes"), (None, None)])
def test_a_course_given_by_name_is_named_to_whoever_takes_it_and_to_their_mentor(cast, course, title):
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, course=course, now=datetime.now(UTC))
    mentors, own = cast.max.open(f"/mentor/{cast.who('tess').id}").text, cast.tess.open("/record").text
    assert ("is given the course" in mentors) is ("Course" in own) is bool(course)
    if title:
        assert f"Tess is given the course {title}." in mentors and f"Course {title}" in own


def test_whoever_has_tried_has_begun(cast):
    assert "Tess has not begun" in cast.max.open("/mentor/").text
    walk(cast, "tess", "friend-requests", wisely=False)
    page = cast.max.open("/mentor/")
    assert "Tess has not begun" not in page.text and "0 of 11 lessons" in page.text


def test_a_mentor_sees_themes_and_no_single_choice(cast):
    walk(cast, "tess", LESSON, wisely=False)
    page = cast.max.open(f"/mentor/{cast.who('tess').id}")
    assert "What to talk about" in page.text and "1 try" in page.text
    attempt = cast.attempts_of("tess")[0]
    quiz = cast.programme.attempted(attempt)
    for given in attempt.answers:
        for option in quiz.scenarios[given.scenario].scenes[given.scene].options:
            assert option.label not in page.text


def record_talk(cast, day=None, browser=None):
    browser = browser or cast.max
    page = browser.open(f"/mentor/{cast.who('tess').id}")
    theme = next(each.get("value") for each in page.document.all("input") if each.get("name") == "themes")
    return browser.press("Save the conversation", held_on=day or f"{datetime.now(UTC):%d/%m/%Y}", themes=[theme])


def test_a_conversation_is_kept_once_however_often_it_is_sent(cast):
    page = cast.max.open(f"/mentor/{cast.who('tess').id}")
    key = page.field("key").get("value")
    fields = {"held_on": f"{datetime.now(UTC):%Y-%m-%d}", "themes": [LESSON], "key": key}
    for _ in range(3):
        page = cast.max.send(page.path.split("?")[0], fields)
        assert "Kept. Tess can read it" in page.text
    assert cast.fact_count()["conversations"] == 1
    assert "Max Adeyemi" in cast.tess.open("/record").text.partition("Conversations")[2]


def test_a_conversation_is_kept_with_each_of_its_themes(cast):
    cast.max.open(f"/mentor/{cast.who('tess').id}")
    assert "Kept." in cast.max.press("Save the conversation", held_on=f"{datetime.now(UTC):%d/%m/%Y}", themes=THEMES).text
    [kept] = conversations.about(cast.records, cast.who("tess").id)
    assert set(kept.themes) == set(THEMES)


@pytest.mark.parametrize("day", ["", "31/02/2026", "yesterday", "04/12/2999", "9999999999999", "1/1/0000"])
def test_a_conversation_on_no_day_or_one_to_come_is_not_kept(cast, day):
    page = cast.max.open(f"/mentor/{cast.who('tess').id}")
    page = cast.max.press("Save the conversation", held_on=day, themes=[LESSON])
    assert page.status == 200 and len(page.problems) == 1
    assert page.field("held_on").get("value") == day
    assert cast.fact_count()["conversations"] == 0


def test_an_empty_conversation_says_what_is_missing(cast):
    cast.max.open(f"/mentor/{cast.who('tess').id}")
    page = cast.max.press("Save the conversation", held_on="")
    assert page.problems == ["Write the day you talked.", "Choose at least one theme."]


def test_only_her_mentor_or_a_lead_records_a_conversation(cast):
    where = f"/mentor/{cast.who('tess').id}"
    fields = {"held_on": "2026-01-05", "themes": [LESSON], "key": "k" * 20}
    assert cast.nia.send(where, fields).status == 404 and cast.tess.send(where, fields).status == 404
    assert cast.fact_count()["conversations"] == 0
    assert cast.max.send(where, fields).status == 200
    assert cast.fact_count()["conversations"] == 1


# The school


@pytest.mark.parametrize(
    "query", ["", "?show=overdue", "?search=tess", "?page=99", "?page=x&show=x", "?search=%00%ff'%25"]
)
def test_the_overview_and_the_list_of_people(cast, query):
    for path in ("/school/overview", "/school/people"):
        assert cast.lou.open(path + query).status == 200


def test_the_overview_on_paper_says_whose_it_is_and_of_which_day(cast):
    today = calendar.local(datetime.now(UTC)).date()
    printed = next(each for each in cast.lou.open("/school/overview").main.all("p") if "only-print" in each.get("class"))
    assert printed.text == f"Wrenfield School. How the school stands, printed on {today:%A} {today.day} {today:%B %Y}."


def test_the_overview_shows_no_figure_of_fewer_than_ten_people(cast):
    walk(cast, "tess", LESSON, wisely=False)
    page = cast.lou.open("/school/overview")
    assert page.has_link("How this is counted") and "misjudge most" not in page.text


def test_people_are_found_by_name_and_by_having_left(cast):
    assert cast.lou.open("/school/people?search=okaf").has_link("Tess Okafor")
    assert not cast.lou.open("/school/people?search=okaf").has_link("Sam Price")
    assert cast.lou.open("/school/people?show=left").has_link("Ana Costa")


def test_somebody_is_added_with_a_link_on_a_page_of_its_own(cast):
    cast.lou.open("/school/people/add")
    page = cast.lou.press(
        "Add and make the invitation",
        name=" Ida  Brook ",
        email="Ida@Wrenfield.example",
        mentor="Max Adeyemi",
        due="04/12/2026",
    )
    ida = cast.who("ida")
    assert (ida.name, ida.role, ida.mentor_id, str(ida.due)) == (
        "Ida Brook",
        Role.TEACHER,
        cast.who("max").id,
        "2026-12-04",
    )
    link = next(each.get("value") for each in page.document.all("input") if each.get("id") == "copy")
    assert link.rpartition("/")[2] not in cast.lou.open(f"/school/people/{ida.id}").html
    browser = cast.browser()
    browser.open("/" + link.split("/", 3)[3])
    page = browser.press(browser.page.main.all("button")[0].text, password="eleven brave herons nest")
    assert page.heading == "Hello, Ida"


@pytest.mark.parametrize(
    "changed, problem",
    [
        ({"name": ""}, "Write the name."),
        ({"email": ""}, "Write the email address."),
        ({"email": "ida"}, "Write an email address, such as"),
        ({"email": "tess@wrenfield.example"}, "Somebody with that email is here already"),
        ({"due": "31/02/2026"}, "There is no such day. Write the date as"),
        ({"due": "9999-12-31"}, "Write a day between 2020 and 2100"),
        ({"due": "soon"}, "Write the date as"),
        ({"name": "\u200b"}, "Write the name."),
        ({"name": "…"}, "Write a name with letters in it."),
        ({"name": "x" * 121}, "Use at most 120 characters."),
    ],
)
def test_a_person_that_wont_do_is_not_added_and_nothing_typed_is_lost(cast, changed, problem):
    before = cast.fact_count()
    cast.lou.open("/school/people/add")
    fields = {"name": "Ida Brook", "email": "ida@wrenfield.example", "due": ""} | changed
    page = cast.lou.press("Add and make the invitation", **fields)
    assert page.status == 200 and [each.startswith(problem) for each in page.problems] == [True]
    assert {name: page.field(name).get("value") for name in fields} == {**fields, "name": fields["name"].strip("\u200b")}
    assert cast.fact_count() == before


def test_the_last_lead_stays(cast):
    cast.lou.open(f"/school/people/{cast.who('lou').id}")
    assert "This is the only lead" in cast.lou.press("Save", role="Teacher").text
    cast.lou.open(f"/school/people/{cast.who('lou').id}/deactivate")
    assert "This is the only lead" in cast.lou.press("End Lou’s account").text
    assert cast.who("lou").role is Role.LEAD and cast.who("lou").active


def test_who_left_comes_back_with_all_they_had_done(cast):
    walk(cast, "tess", LESSON)
    where = f"/school/people/{cast.who('tess').id}"
    cast.lou.open(f"{where}/deactivate")
    cast.lou.press("End Tess’s account")
    cast.lou.open(where)
    assert "is back, with all they had done" in cast.lou.press("Bring them back").text
    assert cast.try_to_sign_in("tess", cast.tess).heading == "Sign in", "the password of before opens nothing"
    cast.tess.open(f"/invitation/{cast.link(LinkKind.INVITATION, 'tess')}")
    cast.tess.press("Open my induction", password="eleven brave herons nest")
    assert cast.tess.open("/record").heading == "My record" and len(cast.completions_of("tess")) == 1


def test_settings_change_what_the_lessons_say(cast):
    cast.lou.open("/school/settings")
    page = cast.lou.press("Save the settings", name="Hollin Bank School", headteacher="Una Byrne")
    assert "Saved." in page.text and "Hollin Bank School" in page.title
    assert page.field("safeguarding_lead").get("value") == "Priya Nair"
    assert "Una Byrne" in cast.tess.open("/help").text
    assert "Hollin Bank School" in cast.tess.open(f"/courses/{COURSE}/{LESSON}").text


def test_empty_settings_say_what_is_missing(cast):
    page = cast.lou.send("/school/settings", {})
    assert page.status == 200 and len(page.problems) == 4
    assert cast.programme.school.name == "Wrenfield School"
