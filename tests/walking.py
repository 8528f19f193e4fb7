"""Taking a lesson's scenarios through the pages, as wisely or unwisely as one can."""

from __future__ import annotations

from induction.content.editions.quiz_edition import JudgedScene
from induction.content.model import Rating
from induction.rules import judging
from tests.browser import Browser, Page
from tests.cast import COURSE, Cast

WISDOM = list(Rating)  # best first


def start(browser: Browser, lesson: str, course: str = COURSE) -> Page:
    browser.open(f"/courses/{course}/{lesson}")
    return browser.press("Start the scenarios")


def choice(scene: JudgedScene, wisely: bool) -> list[int]:
    """The numbers of the options that a wise (or an unwise) person chooses."""
    ranks = {option.number: WISDOM.index(option.rating) for option in scene.options}
    if scene.choose_all:
        sound = [option.number for option in scene.options if option.rating in (Rating.BEST, Rating.FINE)]
        return sound if wisely else [number for number in ranks if number not in sound][:1] or sound[:1]
    return [(min if wisely else max)(ranks, key=lambda number: (ranks[number], number))]


def answer(cast: Cast, browser: Browser, who: str, wisely: bool = True) -> Page:
    """Answer the scene that is open, and see what follows."""
    found = next(each for each in cast.attempts_of(who) if each.finished_at is None)
    here = judging.place(cast.programme.attempted(found), found.drawn, found.answers)
    assert here is not None and browser.page is not None
    values = [f"{here.step}.{here.scene.id}.{number}" for number in choice(here.scene, wisely)]
    return browser.press("Answer", option=values)


def walk(cast: Cast, who: str, lesson: str, wisely: bool = True, course: str = COURSE) -> Page:
    """All scenarios of a lesson, to the result."""
    browser = getattr(cast, who)
    page = start(browser, lesson, course)
    for _ in range(200):
        if not page.options():
            return page
        following = answer(cast, browser, who, wisely)
        assert following.heading == "What follows"
        page = browser.press("Next")
    raise AssertionError("the scenarios never end")
