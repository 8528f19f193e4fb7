"""People came before the policy: what they were taught under the cautious rule stands, and nobody is asked it again unless a
lead asks; and a first policy is nowhere said to have changed.
"""

import pytest

from induction.records.progress import completions, retakes
from tests.cast import COURSE
from tests.pages.test_policy import HOME, acknowledge, publish, put_in_draft
from tests.walking import answer, start, walk

LESSON = "where-the-line-is"
ASKED_SINCE, ASKED_CHANGED = "Asked again, because we have a policy now", "Asked again, because our policy changed"


@pytest.fixture
def came_before(cast):
    """Tess has passed lessons under the cautious rule, often enough to have met what another rule turns round."""
    for _ in range(4):
        walk(cast, "tess", LESSON)
    walk(cast, "tess", "friend-requests")
    return cast


def publish_first(cast):
    put_in_draft(cast, stance="school-platforms")
    return publish(cast)


def ask(cast):
    cast.lou.open(f"{HOME}/touched")
    return cast.lou.press("Ask them these scenarios again")


def test_a_first_policy_asks_nobody_again_and_takes_no_pass(came_before):
    cast, passed = came_before, came_before.completions_of("tess")
    assert len(passed) == 2
    page = publish_first(cast)
    assert page.is_at(f"{HOME}/touched") and "Their completions stand." in page.text, "the lead is told, and decides"
    assert cast.completions_of("tess") == passed and retakes.still_asked(cast.records) == {}
    home = cast.tess.open("/")
    assert "9 lessons of 11, and the policy" in home.text
    assert "again" not in home.text and "changed" not in home.text
    assert cast.max.open(f"/mentor/{cast.who('tess').id}").text.count("Passed ·") == 2


def test_a_try_that_is_open_goes_on_in_the_words_it_began_with(came_before):
    cast = came_before
    start(cast.tess, "following-pupils")
    answer(cast, cast.tess, "tess")
    begun = next(each for each in cast.attempts_of("tess") if each.finished_at is None)
    publish_first(cast)
    cast.tess.open("/")
    page = cast.tess.press("Continue")
    while page.options():
        answer(cast, cast.tess, "tess")
        page = cast.tess.press("Next")
    done = next(each for each in cast.attempts_of("tess") if each.id == begun.id)
    assert done.passed and (done.quiz_version, done.policy_version) == (begun.quiz_version, 0)


def test_who_had_completed_everything_stays_so_and_reads_the_policy(came_before):
    cast, tess = came_before, came_before.who("tess").id
    for lesson in cast.programme.library.courses[COURSE].lessons[2:]:
        walk(cast, "tess", lesson.slug)
    passed = cast.completions_of("tess")
    assert any(not each.lesson for each in passed), "the course"
    publish_first(cast)
    home = cast.tess.open("/")
    assert "Our policy has been published since then" in home.text and "What you have completed stands." in home.text
    assert "changed" not in home.text and "again" not in home.text
    acknowledge(cast)
    assert completions.of_person(cast.records, tess) == passed
    assert cast.tess.open("/").heading == "You have finished"
    ask(cast)
    home = cast.tess.open("/")
    assert "We have a policy now, so some scenarios are asked once more." in home.text
    assert ASKED_SINCE in home.text and "changed" not in home.text


def test_where_a_lead_asks_it_is_said_why(came_before):
    cast = came_before
    publish_first(cast)
    ask(cast)
    home = cast.tess.open("/")
    assert ASKED_SINCE in home.text and "You have passed the lesson, and that stands." in home.text
    assert "changed" not in home.text


def test_taught_before_the_policy_and_asked_under_a_later_version(came_before):
    """Others may have been taught the first version. She was not."""
    cast = came_before
    cast.choose(gaming="risk-assessed-club")
    publish_first(cast)
    assert cast.programme.policy.version == 2
    ask(cast)
    assert ASKED_SINCE in cast.tess.open("/").text


def test_a_policy_that_changed_is_said_to_have_changed(cast):
    cast.choose(pupil_contact="school-platforms")
    for _ in range(4):
        walk(cast, "tess", LESSON)
    put_in_draft(cast, stance="none")
    publish(cast)
    ask(cast)
    assert ASKED_CHANGED in cast.tess.open("/").text and ASKED_SINCE not in cast.tess.page.text
