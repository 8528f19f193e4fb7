"""What follows from an answer, at an address of its own: with the situation, and the wisest choice after an unwise one."""

import pytest

from induction.content.model import Rating
from tests.markup import Element
from tests.walking import answer, start, walk

LESSON = "friend-requests"
ONE_CHOICE = "messages-and-chat"  # of whose scenarios none asks for all that apply


def folded(page, words: str) -> Element:
    """The folded part whose summary says so."""
    return next(each for each in page.main.all("details") if each.all("summary")[0].text.startswith(words))


def of_step(cast, number: int = 1):
    """(the scene that was answered, the answer)."""
    attempt = cast.attempts_of("tess")[0]
    given = attempt.answers[number - 1]
    return cast.programme.attempted(attempt).scenarios[given.scenario].scenes[given.scene], given


@pytest.mark.parametrize("wisely", [True, False])
def test_the_situation_is_there_to_read_again(cast, wisely):
    scene_page = start(cast.tess, LESSON)
    said = next(each for each in scene_page.main.walk() if each.get("class") == "story").text
    page = answer(cast, cast.tess, "tess", wisely)
    situation = folded(page, f"The situation: {scene_page.heading}")
    assert said in situation.text and "open" not in situation.attrs
    assert page.options() == [], "to read, not to answer again"


def test_after_an_unwise_choice_the_wisest_is_shown_and_the_others_are_folded(cast):
    start(cast.tess, ONE_CHOICE)
    page = answer(cast, cast.tess, "tess", wisely=False)
    scene, given = of_step(cast)
    assert given.rating in (Rating.POOR, Rating.BREACH)
    best = [option for option in scene.options if option.rating is Rating.BEST]
    shown = next(each for each in page.main.all("ul") if each.get("class") == "others" and each.within("details") is None)
    assert "The wisest choice" in page.text
    assert [each.text for each in shown.all("p") if each.get("class") == "chosen"] == [option.label for option in best]
    rest = [option.label for option in scene.options if option not in best and option.number not in given.chosen]
    others = folded(page, "The other")
    assert [each.text for each in others.all("p") if each.get("class") == "chosen"] == rest and "open" not in others.attrs


def test_after_a_sound_choice_all_others_are_folded(cast):
    start(cast.tess, ONE_CHOICE)
    page = answer(cast, cast.tess, "tess")
    scene, _ = of_step(cast)
    assert "The wisest choice" not in page.text
    assert len([each for each in folded(page, "The other").all("p") if each.get("class") == "chosen"]) == len(scene.options) - 1


def test_where_all_that_apply_are_asked_the_sound_ones_left_out_are_the_wisest(cast):
    asked = "a-quiet-half-hour"
    drawn = False
    while not drawn:  # what was judged best makes room for what was not met
        start(cast.tess, LESSON)
        drawn = asked in cast.attempts_of("tess")[0].drawn
        walk(cast, "tess", LESSON, wisely=not drawn)
    attempt = cast.attempts_of("tess")[0]
    number = next(number for number, given in enumerate(attempt.answers, start=1) if given.scene == asked)
    scene, given = of_step(cast, number)
    assert scene.choose_all and given.rating in (Rating.POOR, Rating.BREACH)
    words = cast.tess.open(f"/attempts/{attempt.id}/{number}").text
    shown = words.partition("The wisest choice")[2].partition("The other")[0]
    best = [option for option in scene.options if option.rating is Rating.BEST]
    assert best and all(option.label in shown for option in best)


def test_a_later_scene_looks_back_at_the_answer_before(cast):
    page = start(cast.tess, LESSON)
    assert not page.has_link("Look back at your last answer")
    answer(cast, cast.tess, "tess")
    cast.tess.press("Next")
    assert cast.tess.press("Look back at your last answer").is_at("/attempts/1/1")


def test_what_an_answered_scene_sends_again_changes_nothing(cast):
    """As a browser does that goes back to a page it kept."""
    page = start(cast.tess, LESSON)
    path, values, _ = cast.tess.filled("Answer", option=[page.options()[0][0]])
    cast.tess.send(path, values, token=False)
    kept = cast.attempts_of("tess")[0].answers
    values.setlist("option", [page.options()[1][0]])
    assert cast.tess.send(path, values, token=False).is_at("/attempts/1/1")
    assert cast.attempts_of("tess")[0].answers == kept
