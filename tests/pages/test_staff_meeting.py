"""A scenario on the wall of the staffroom: in the school's words, without a judgement until it is asked for, and no names."""

import pytest

from induction.content.model import Rating
from induction.records.school import school
from induction.records.store.database import transaction
from tests.cast import COURSE, SCHOOL
from tests.judgements import judge_here, of

JUDGED = ("Best", "Fine", "Poor", "Over the line")
LINE = "Where the line is"
FIGURES = "people judged it here, in their first choice"


def at(lesson: str, scenario: str) -> str:
    return f"/school/meeting/{COURSE}/{lesson}/{scenario}"


def scenarios(cast, lesson: str):
    course = cast.programme.library.courses[COURSE]
    return cast.programme.quiz(course, course.lesson(lesson)).scenarios


def options(page) -> list[list[str]]:
    """The options of each scene, as they are shown before anything is judged."""
    return [[each.text for each in every.all("li")] for every in page.main.all("ol") if every.get("class") == "numbered"]


def folded(page) -> list[str]:
    return [each.text for each in page.main.all("summary")]


def test_the_situation_and_the_options_stand_there_without_a_judgement(cast):
    page = cast.lou.open(at("friend-requests", "the-lobby"))
    scenario = scenarios(cast, "friend-requests")["the-lobby"]
    scene = scenario.scenes["the-lobby"]
    assert page.heading == scenario.title and options(page)[0] == [each.label for each in scene.options]
    before, _, after = page.text.partition(LINE)
    assert not any(f" {word} " in before for word in JUDGED)
    assert all(each.label in after for each in scene.options) and "unwise: leaves someone exposed" in after
    details = next(each for each in page.main.all("details") if each.all("summary")[0].text == LINE)
    assert "open" not in details.attrs and page.main.all("script", "form", "input") == []
    theme = cast.programme.library.courses[COURSE].themes[scenario.themes[0]]
    assert theme.question in after and theme.question not in before


def test_where_all_that_apply_are_to_be_chosen(cast):
    page = cast.lou.open(at("friend-requests", "a-quiet-half-hour"))
    assert "More than one of these may be right." in page.text.partition(LINE)[0]
    assert "More than one" not in cast.lou.open(at("friend-requests", "the-lobby")).text


def test_a_story_goes_on_behind_folds_of_its_own(cast):
    page = cast.lou.open(at("friend-requests", "sunday-night"))
    assert folded(page) == [
        LINE, "How it may go on: A minute later", f"{LINE} in “A minute later”", "How it may go on: Monday", f"{LINE} in “Monday”",
    ]
    assert "How it goes on: A minute later" in page.text and len(options(page)) == 3
    ending = cast.lou.open(at("messages-and-chat", "cant-do-this"))
    assert "How it may go on: She writes back" in folded(ending)


def test_a_warning_stands_first_and_the_scenario_is_folded_behind_it(cast):
    page = cast.lou.open(at("friend-requests", "nobody-else"))
    assert "This one is about a child who may not be safe at home. Say so before you show it" in page.text
    assert folded(page)[:2] == ["Show the scenario", LINE] and page.main.all("a")[0].get("href") == "/help"
    assert "Show the scenario" not in folded(cast.lou.open(at("friend-requests", "the-lobby")))


def test_the_line_is_where_the_schools_policy_of_today_draws_it(cast):
    where, label = at("friend-requests", "sunday-night"), "Leave it, and tell Priya Nair in school tomorrow."
    page = cast.lou.open(where)

    def judged():
        return next(each.text for each in page.main.all("li") if f"2. {label}" in each.text)

    assert "Until Wrenfield School decides: the cautious rule" in page.text and "Poor" in judged()
    cast.choose(contact_from_pupils="next-school-day")
    page = cast.lou.open(where)
    assert "Our policy at Wrenfield School" in page.text and "Best" in judged()
    stance = cast.programme.library.facets["contact-from-pupils"].stance("next-school-day")
    assert stance.says.partition("{{")[0].strip() in page.text
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "words": {**SCHOOL["words"], "safeguarding lead": "Amy Ek"}})
    assert "Leave it, and tell Amy Ek in school tomorrow." in options(cast.lou.open(where))[0]


def test_no_policy_is_named_where_none_decides(cast):
    page = cast.lou.open(at("friend-requests", "the-lobby"))
    rules = [option.rule for scene in _written(cast, "friend-requests", "the-lobby").scenes.values() for option in scene.options]
    labels = [each for each in page.main.all("p") if each.get("class") == "policy-label"]
    assert bool(labels) is any(rule.cases for rule in rules)


def _written(cast, lesson, scenario):
    return next(each for each in cast.programme.library.courses[COURSE].quizzes[lesson].scenarios if each.id == scenario)


def test_figures_come_with_ten_people_and_names_never(cast):
    judge_here(cast.records, cast.programme, of("sunday-night", *[Rating.POOR] * 9))
    page = cast.lou.open(at("friend-requests", "sunday-night"))
    assert FIGURES not in page.text and page.main.all("rect") == []
    judge_here(cast.records, cast.programme, of("sunday-night", Rating.BEST), "ivy")
    page = cast.lou.open(at("friend-requests", "sunday-night"))
    assert "1 best, 0 fine, 9 poor, 0 over the line" in page.text.partition(LINE)[2]
    assert FIGURES not in page.text.partition(LINE)[0] and "Eve" not in page.text
    assert FIGURES not in cast.lou.open(at("friend-requests", "the-lobby")).text


def test_another_of_the_lesson_until_all_were_there(cast):
    names = list(scenarios(cast, "friend-requests"))
    cast.lou.open(at("friend-requests", names[0]))
    met = [cast.lou.press("Another of this lesson").path.rpartition("/")[2] for _ in names]
    assert met == [*names[1:], names[0]]


@pytest.mark.parametrize("lesson", ["where-the-line-is", "when-a-child-may-be-at-risk", "when-you-are-the-target"])
def test_every_scenario_can_be_shown(cast, lesson):
    for name, scenario in scenarios(cast, lesson).items():
        page = cast.lou.open(at(lesson, name))
        asking = [scene for scene in scenario.scenes.values() if scene.options]
        assert page.status == 200 and options(page) == [[each.label for each in scene.options] for scene in asking]


def test_what_is_not_taught_here_is_not_there(cast):
    for path in (at("friend-requests", "nothing"), at("nothing", "the-lobby"), "/school/meeting/x/friend-requests/the-lobby",
                 at("friend-requests", "a-minute-later")):  # fmt: skip
        assert cast.lou.open(path).status == 404
    assert cast.lou.open(at("friend-requests", "the-fifth-player")).status == 200
    with transaction(cast.records):
        school.save(cast.records, **{**SCHOOL, "phase": "primary"})
    assert cast.lou.open(at("friend-requests", "the-fifth-player")).status == 404, "it is for secondary schools"
    for browser in (cast.tess, cast.max):
        assert browser.open(at("friend-requests", "the-lobby")).status == 404
