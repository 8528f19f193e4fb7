"""What to bring to the next staff meeting: by theme, one by one, and nobody in it."""

from datetime import UTC, datetime, timedelta

from induction.content.model import Rating
from induction.records.school import school
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import retention, scenario_figures
from induction.serving.chores import CHORES
from induction.wording import insight as words
from tests.cast import COURSE, SCHOOL
from tests.judgements import judge_here, of

BEST, FINE, POOR, BREACH = Rating
HERE, MEETING = "/school/insight", f"/school/meeting/{COURSE}/friend-requests"
FIGURES = f"{HERE}/{COURSE}/friend-requests"
JARGON = ("discriminat", "correlat", "percentile", "median", "significan", "standard", "sample", "variance", "item", "n =", "%")


def judged(cast, *tries, who="eve", **more):
    judge_here(cast.records, cast.programme, [each for some in tries for each in some], who, **more)


def topics(page) -> list[str]:
    return [each.text for each in page.main.all("h3") if each.within("ul")]


def rows(page) -> list[list[str]]:
    return [[cell.text for cell in (*row.all("th"), *row.all("td"))] for row in page.main.all("tr")[1:]]


def test_before_ten_people_it_says_when_figures_come(cast):
    judged(cast, of("sunday-night", *[POOR] * 9))
    cast.lou.open("/school/overview")
    page = cast.lou.press("How this is counted")
    assert page.is_at(HERE) and page.heading == "What to bring to the next staff meeting"
    assert words.NOTHING_YET in page.text and words.NOTHING_YET in cast.lou.open("/school/overview").text
    assert "Eve" not in page.text and page.main.all("table", "progress", "rect") == []
    assert cast.lou.open(f"{FIGURES}/sunday-night").status == 404


def test_it_brings_what_is_misjudged_most_with_a_question(cast):
    judged(cast, of("sunday-night", *[POOR] * 7, *[BEST] * 3), of("the-lobby", *[BEST] * 10))
    page = cast.lou.open(HERE)
    themes = cast.programme.library.courses[COURSE].themes
    assert "13 of 20 first choices were wise" in page.text
    assert topics(page) == ["Sunday-night request"] and page.link("Sunday-night request").get("href") == f"{MEETING}/sunday-night"
    assert themes["friend-requests"].question in page.text and "10 people" in page.text
    scene = cast.programme.quiz(*lesson(cast)).scenarios["sunday-night"].scenes["sunday-night"]
    unwise = next(option.label for option in scene.options if option.rating is POOR)
    assert f"7 chose “{unwise}”" in page.text
    counts = "3 best, 0 fine, 7 poor, 0 over the line"
    everywhere = (HERE, "/school/overview", f"{MEETING}/sunday-night", f"{FIGURES}/sunday-night")
    assert all(counts in cast.lou.open(each).text for each in everywhere)


def lesson(cast):
    course = cast.programme.library.courses[COURSE]
    return course, course.lesson("friend-requests")


def test_themes_run_from_the_least_wisely_judged_and_open_as_their_scenarios(cast):
    judged(cast, of("sunday-night", *[BEST] * 9, POOR), of("nobody-else", *[POOR] * 8, BEST, BEST), of("the-lobby", *[POOR] * 10))
    page = cast.lou.open(HERE)
    listed = rows(page)
    assert [row[1] for row in listed] == sorted((row[1] for row in listed), key=lambda told: int(told.split()[0]) / int(told.split()[2]))
    bars = [(each.get("value"), each.get("max"), each.get("aria-hidden")) for each in page.main.all("progress")]
    assert bars == [(*row[1].split(" of "), "true") for row in listed], "beside each bar stands its figure"
    assert all(len(row) == 2 for row in listed) and "nothing of last school year to compare with yet" in page.text
    for name in [row[0] for row in listed]:
        cast.lou.open(HERE)
        theme = cast.lou.press(name)
        assert theme.heading == name and all(cast.lou.open(each.get("href")).status == 200 for each in theme.main.all("a"))
    assert cast.lou.open(f"{HERE}?theme=Nothing").status == 404


def test_last_year_stands_beside_this_one(cast):
    year = timedelta(days=366)
    judged(cast, of("sunday-night", *[POOR] * 9, BEST), who="last", at=datetime.now(UTC) - year, came=datetime.now(UTC) - 2 * year)
    page = cast.lou.open(f"{FIGURES}/sunday-night")
    assert "last school year’s; too few yet in this one" in page.text and "1 of 10 judged it wisely." in page.text
    judged(cast, of("sunday-night", *[BEST] * 10))
    page = cast.lou.open(f"{FIGURES}/sunday-night")
    assert "better: 100 in every 100 this school year, 10 last" in page.text and "11 of 20 judged it wisely." in page.text


def test_which_choice_drew_whom_from_ten_mentors_up(cast):
    judged(cast, of("sunday-night", *[POOR] * 7, *[BEST] * 3))
    judged(cast, of("sunday-night", *[BEST] * 9), who="max", role=Role.MENTOR)
    page = cast.lou.open(f"{FIGURES}/sunday-night")
    assert "Teachers, 10" in page.text and "Mentors" not in page.main.all("table")[0].text and "10 people" in page.text
    judged(cast, of("sunday-night", BEST), who="nia", role=Role.MENTOR)
    page = cast.lou.open(f"{FIGURES}/sunday-night")
    assert [each.text for each in page.main.all("thead")[0].all("th")][2:] == ["Teachers, 10", "Mentors, 10"]
    drawn = rows(page)
    scene = cast.programme.quiz(*lesson(cast)).scenarios["sunday-night"].scenes["sunday-night"]
    assert [row[0] for row in drawn] == [option.label for option in scene.options]
    assert [sum(int(row[column]) for row in drawn) for column in (2, 3)] == [10, 10]
    assert max(drawn, key=lambda row: int(row[2]))[1:] == ["Poor", "7", "0"]


def test_a_scenario_that_may_be_wrong_is_named_with_what_can_be_done(cast):
    """The half who judge the others wisely misjudge *the lobby*; *a quiet half hour* nobody gets wrong."""
    others = ("sunday-night", "hockey-sticks", "nobody-else")
    good = {"the-lobby": POOR, "a-quiet-half-hour": BEST, **dict.fromkeys(others, BEST)}
    less_good = {"the-lobby": BEST, "a-quiet-half-hour": BEST, **dict.fromkeys(others, POOR)}
    judged(cast, [good, less_good] * 10)
    page = cast.lou.open(HERE)
    _, found, after = page.text.partition("Scenarios to look at")
    assert found and all(word in after for word in ("May mislead", "10 of 20", "Nearly everybody is right", "20 of 20"))
    assert f"{MEETING}/the-lobby" not in [each.get("href") for each in page.main.all("a")], "it is not brought to a meeting"
    page = cast.lou.open(f"{FIGURES}/the-lobby")
    assert "It points the wrong way" in page.text and words.WHAT_TO_DO[scenario_figures.Look.AGAINST] in page.text
    assert "It tells well who is prepared" in cast.lou.open(f"{FIGURES}/sunday-night").text
    cast.lou.open(f"{FIGURES}/the-lobby")
    page = cast.lou.press("Wrong? Put it aside")
    page = cast.lou.press("Put it aside", why="The words mislead.")
    assert "the-lobby" in cast.programme.put_aside(*lesson(cast))
    assert "10 of 20, put aside" in cast.lou.open(HERE).text
    assert "Put aside: no new attempt asks it." in cast.lou.open(f"{FIGURES}/the-lobby").text


def test_what_is_put_aside_is_not_brought(cast):
    judged(cast, of("sunday-night", *[POOR] * 10), of("the-lobby", *[POOR] * 5, *[BEST] * 5))
    cast.lou.open(f"/school/courses/{COURSE}/friend-requests/sunday-night")
    cast.lou.press("Put it aside", why="The words mislead.")
    assert "Sunday-night request" not in topics(cast.lou.open(HERE)) + topics(cast.lou.open("/school/overview"))


def test_other_words_or_another_judgement_begin_anew_and_a_name_does_not(cast):
    judged(cast, of("sunday-night", *[POOR] * 10))
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "words": {**SCHOOL["words"], "safeguarding lead": "Amy Ek"}})
    assert "10 people" in cast.lou.open(f"{FIGURES}/sunday-night").text and "Amy Ek" in cast.lou.page.text
    cast.choose(contact_from_pupils="next-school-day")
    assert cast.lou.open(f"{FIGURES}/sunday-night").status == 404
    judged(cast, of("sunday-night", *[BEST] * 10), who="ivy")
    assert "All 10 judged it wisely." in cast.lou.open(f"{FIGURES}/sunday-night").text


def test_the_pages_are_in_the_words_of_a_staffroom(cast):
    judged(cast, of("sunday-night", *[POOR] * 7, *[BEST] * 3), of("the-lobby", *[BEST] * 10))
    theme = cast.programme.library.courses[COURSE].themes["friend-requests"].words
    for path in (HERE, f"{HERE}?theme={theme}", f"{FIGURES}/sunday-night"):
        text = cast.lou.open(path).text.lower()
        assert [word for word in JARGON if word in text] == []
        assert "eve" not in text.replace("everybody", "").replace("every", "").split() and "@" not in text


def test_a_scenario_that_is_taught_in_two_courses_is_told_once(cast):
    judged(cast, of("hockey-sticks", *[POOR] * 10))
    page = cast.lou.open(HERE)
    assert len(topics(page)) == 1 and page.link(topics(page)[0]).get("href") == f"{MEETING}/hockey-sticks"
    assert cast.lou.open(f"{HERE}/boundaries-in-ten-minutes/the-essentials/hockey-sticks").status == 200
    for path in ("nothing/friend-requests/the-lobby", f"{COURSE}/nothing/the-lobby", f"{COURSE}/friend-requests/nothing"):
        assert cast.lou.open(f"{HERE}/{path}").status == 404


# The night's counting


def test_in_parts_that_fit_into_little_memory_it_comes_to_the_same(cast, monkeypatch):
    monkeypatch.setattr(scenario_figures, "COUNTED_AT_ONCE", 25)
    sent = []
    cast.records.connection().conn.set_trace_callback(lambda sql: sent.append(sql) if "placed as" in sql else None)
    judged(cast, [dict.fromkeys(("sunday-night", "the-lobby", "hockey-sticks", "nobody-else"), BEST)] * 13)
    assert len(sent) == 4 and tens(cast) == 4
    judged(cast, of("the-lobby", *[POOR] * 7), who="ivy", at=datetime.now(UTC) - timedelta(minutes=30))
    assert len(sent) == 5 and tens(cast) == 5, "only what may be full is looked at"


def tens(cast) -> int:
    return cast.records.value("select count(*) from scenario_tens")


def test_the_site_counts_by_itself_before_answers_go(cast):
    names = [each.name for each in CHORES]
    assert names.index(scenario_figures.CHORE) < names.index(retention.CHORE)
    chore = CHORES[names.index(scenario_figures.CHORE)]
    judged(cast, of("the-lobby", *[POOR] * 10), came=datetime.now(UTC) - timedelta(days=3))
    assert tens(cast) == 0
    for _ in range(2):
        chore.do(cast.site, datetime.now(UTC) + timedelta(days=4))
    assert tens(cast) == 1
