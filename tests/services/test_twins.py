"""Twins as somebody meets them, try after try, and where a new policy turns both of them round."""

from functools import cache

import pytest

from induction.services import policy_publication, retakes
from induction.services.programme import Programmes
from induction.services.shelf import Shelf
from induction.settings import HOME
from tests.cast import OPENED
from tests.records.making import COURSE, NOW
from tests.services.taking import Taker

LESSON = "friend-requests"
ANSWER = "[poor; best if pupil-contact is approved-accounts]"
WAIT = "[best; poor if pupil-contact is approved-accounts]"


def scenario(word, *ratings, attributes=""):
    options = zip(ratings, ("Answer on the school's account.", "Wait until the morning.", "Call the office."), strict=True)
    listed = "\n".join(f"- {rating} {words}\n\n  > This is what follows from it, and why it tempts.\n" for rating, words in options)
    return f"## {word.title()} {{#{word} .friend-requests {attributes}}}\n\nA message comes in.\n\n{listed}\n"


# Both twins hang on the policy; in the others it decides nothing.
TWINS = "---\ntitle: Friend requests\n---\n\n" + "".join((
    scenario("account", ANSWER, WAIT, "[poor]", attributes="twin=office"),
    scenario("office", ANSWER, "[poor]", WAIT, attributes="twin=account"),
    scenario("warned", "[poor]", "[best]", "[poor]", attributes='warn="anger"'),
    scenario("plain", "[poor]", "[poor]", "[best]"),
))
OF_ONE = TWINS.replace(scenario("office", ANSWER, "[poor]", WAIT, attributes="twin=account"), scenario(
    "office", "[poor]", "[poor]", "[best]", attributes="twin=account"
))
WITHOUT = TWINS.replace(" twin=office", "").replace(" twin=account", "")


class School:
    """A school whose own quiz is about twins."""

    def __init__(self, db, cast, shelf_with):
        self.db, self.cast, self.shelf_with = db, cast, shelf_with

    def teach(self, text):
        self.programmes = Programmes(self.shelf_with(text), self.db, OPENED)

    def choose(self, stance):
        policy_publication.choose(self.db, self.programmes.current().library, {"pupil-contact": stance}, by=None, at=NOW)

    @property
    def tess(self):
        return Taker(self.db, self.programmes.current(), self.cast.tess.id)

    def take(self, wisely=True):
        """What a whole try at the lesson asked."""
        number = self.tess.take(LESSON, wisely=wisely)
        return self.tess.attempt(number)

    def asked(self):
        found = retakes.open_for(self.db, self.programmes.current(), self.cast.tess.id)
        return [each.scenarios for (_, lesson), each in found.items() if lesson == LESSON]

    def touched(self):
        programme = self.programmes.current()
        return [each for each in retakes.touched(self.db, programme, programme.school) if each.lesson == LESSON]

    def ask_again(self):
        return retakes.ask_again(self.db, self.programmes.current(), self.cast.lou.id, NOW)


@pytest.fixture(scope="session")
def shelf_with(tmp_path_factory):
    """A shelf with a quiz of the school's own on it; each is read once."""

    @cache
    def made(text):
        folder = tmp_path_factory.mktemp("own")
        file = folder / "quizzes" / COURSE / f"02-{LESSON}.md"
        file.parent.mkdir(parents=True)
        file.write_text(text)
        shelf = Shelf(HOME, folder)
        assert shelf.problems == []
        return shelf

    return made


@pytest.fixture
def school(db, cast, shelf_with):
    made = School(db, cast, shelf_with)
    made.teach(TWINS)
    return made


def test_each_try_asks_the_other_one(school):
    course = school.tess.programme.library.courses[COURSE]
    assert school.tess.programme.scenarios_in_a_try(course, course.lesson(LESSON)) == 3
    drawn = [set(school.take(wisely).drawn) for wisely in (False, False, True, False)]
    assert all({"warned", "plain"} < each and len(each) == 3 for each in drawn)
    assert [each - {"warned", "plain"} for each in drawn] == [{"account"}, {"office"}, {"account"}, {"office"}]


def test_a_try_begins_without_a_warning(school):
    for wisely in (False, True, False):
        assert school.take(wisely).drawn[0] != "warned"


def test_an_attempt_that_drew_both_before_they_were_twins_goes_on_as_it_was(school):
    school.teach(WITHOUT)
    number = school.tess.begin(LESSON)
    assert len(school.tess.attempt(number).drawn) == 4
    school.teach(TWINS)
    assert school.take().id == number and len(school.tess.attempt(number).answers) == 4
    assert len(school.take().drawn) == 3


def turned(school):
    """After a policy that turns round what Tess was taught: she has met both twins."""
    school.choose("approved-accounts")
    assert {"account", "office"} < {*school.take().drawn, *school.take().drawn}
    school.choose("none")


def test_of_two_that_are_turned_round_one_is_asked_again_and_teaches_both(school):
    turned(school)
    [touched] = school.touched()
    assert touched.to_ask[0][1] == ("account", "office") and school.ask_again() == 1
    [touched] = school.touched()
    assert touched.to_ask == []
    assert school.asked() == [("account",)], "not the one that she met last"
    assert school.take().drawn == ("account",)
    assert school.asked() == [] and school.touched() == [], "nobody is asked for ever what can't be asked twice under one policy"


def test_where_that_goes_wrong_the_next_try_asks_the_other(school):
    turned(school)
    school.ask_again()
    assert not school.take(wisely=False).passed
    assert school.asked() == [("office",)]
    assert school.take().drawn == ("office",)
    assert school.asked() == []


def test_of_two_the_one_is_asked_again_whose_own_judgement_was_turned_round(school):
    school.teach(OF_ONE)
    turned(school)
    school.ask_again()
    assert school.asked() == [("account",)]
    assert school.take().drawn == ("account",) and school.touched() == []


def test_it_is_asked_again_although_its_twin_was_met_since(school):
    school.teach(OF_ONE)
    school.choose("approved-accounts")
    assert "account" in school.take().drawn
    school.choose("none")
    assert "office" in school.take().drawn
    school.ask_again()
    assert school.asked() == [("account",)]


def test_what_was_asked_again_before_they_were_twins_is_asked_of_one(school):
    school.teach(WITHOUT)
    turned(school)
    school.ask_again()
    assert school.asked() == [("account", "office")]
    school.teach(TWINS)
    assert school.asked() == [("account",)]
