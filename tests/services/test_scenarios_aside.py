"""A scenario in dispute is asked in no new attempt, until its words change or a lead takes it back."""

from dataclasses import replace

import pytest

from induction.records.progress import attempts as records
from induction.records.progress import retakes as asked_records
from induction.records.progress import scenario_notes
from induction.records.progress.retakes import Asking
from induction.records.school.scenarios_aside import Said
from induction.records.store.database import transaction
from induction.rules import selection
from induction.rules.selection import TooFew
from induction.services import attempts, retakes, scenarios_aside
from induction.services.programme import Programmes
from induction.services.scenarios_aside import Outcome, Refused
from induction.services.shelf import Shelf
from induction.settings import HOME
from tests.cast import OPENED
from tests.records.making import COURSE, NOW, publish
from tests.services.taking import Taker, in_order

LESSON, SHORT = "friend-requests", "boundaries-in-ten-minutes"
WORD, TWIN = "hockey-sticks", "nobody-else"  # the short course draws both


class Lead:
    def __init__(self, db, programmes, cast):
        self.db, self.programmes, self.cast = db, programmes, cast

    @property
    def programme(self):
        return self.programmes.current()

    def lesson(self, course=COURSE, lesson=LESSON):
        of = self.programme.library.courses[course]
        return of, of.lesson(lesson)

    def version(self, word):
        return self.programme.scenario_version(*self.lesson(), word)

    def say(self, word=WORD, aside=True, why="The day is wrong.", **changed):
        fields = {"course": COURSE, "lesson": LESSON, "scenario": word, "sha256": self.version(word), "aside": aside, "why": why}
        return scenarios_aside.say(self.db, self.programme, Said(**fields | changed, by=self.cast.lou.id), NOW)

    @property
    def tess(self):
        return Taker(self.db, self.programme, self.cast.tess.id)

    def aside(self, course=COURSE, lesson=LESSON):
        return set(self.programme.put_aside(*self.lesson(course, lesson)))


@pytest.fixture
def lead(db, cast, programmes):
    return Lead(db, programmes, cast)


def drawn(lead, lesson=LESSON, course=COURSE):
    """What three tries at a lesson ask, one after another: all of it, but for twins."""
    met = set()
    for _ in range(3):
        number = lead.tess.take(lesson, course)
        met.update(lead.tess.attempt(number).drawn)
    return met


def test_it_is_asked_no_more_and_its_twin_stands_in(lead):
    assert lead.say() is Outcome.KEPT and lead.aside() == {WORD}
    met = drawn(lead)
    assert WORD not in met and TWIN in met
    of, lesson = lead.lesson()
    assert lead.programme.scenarios_in_a_try(of, lesson) == 5


def test_it_is_asked_nowhere_and_elsewhere_its_twin_stands_in_too(lead):
    """The short course draws it from its home: it is the same scenario."""
    lead.say()
    assert lead.aside(SHORT, "the-essentials") == {WORD}
    met = drawn(lead, "the-essentials", SHORT)
    assert WORD not in met and TWIN in met


def test_what_was_drawn_goes_on_and_its_record_stays(lead):
    number = lead.tess.begin(LESSON)
    before = lead.tess.attempt(number)
    word = before.drawn[-1]
    assert lead.say(word) is Outcome.KEPT
    assert lead.tess.begin(LESSON) == number and lead.tess.attempt(number) == before
    while lead.tess.attempt(number).finished_at is None:
        lead.tess.send(number, lead.tess.choice(number))
    done = lead.tess.attempt(number)
    assert done.passed and word in {each.scenario for each in done.answers}


def test_taken_back_it_is_asked_again(lead):
    lead.say()
    assert lead.say(aside=False, why="") is Outcome.KEPT and lead.aside() == set()
    assert WORD in drawn(lead)


def test_said_twice_it_is_the_same(lead):
    lead.say()
    assert lead.say() is lead.say(why="Another reason.") is Outcome.BEFORE
    assert lead.say(TWIN, aside=False, why="") is Outcome.BEFORE, "it was never put aside"
    rows = lead.db.rows("select why from scenarios_aside")
    assert [row["why"] for row in rows] == ["The day is wrong."]


@pytest.mark.parametrize(
    "changed", [{"sha256": "0" * 64}, {"scenario": "nowhere"}, {"lesson": "messages-and-chat"}, {"course": "nowhere"}]
)
def test_what_is_not_there_in_these_words_is_not_put_aside(lead, changed):
    assert lead.say(**changed) is Outcome.MEANWHILE and lead.aside() == set()


def test_one_of_a_pair_stays(lead):
    lead.say()
    refused = lead.say(TWIN)
    assert isinstance(refused, Refused) and refused.why is TooFew.PAIR and lead.aside() == {WORD}
    of, lesson = lead.lesson()
    assert refused.lesson == lesson and refused.twin == lead.programme.quiz(of, lesson).scenarios[WORD].title
    lead.say(aside=False, why="")
    assert lead.say(TWIN) is Outcome.KEPT


def test_an_attempt_asks_as_many_as_before(lead):
    """One of each pair may go; where an attempt would ask fewer, the lesson says so."""
    of, lesson = lead.lesson()
    for each in lead.programme.quiz(of, lesson).scenarios:
        lead.say(each)
    quiz, aside = lead.programme.quiz(of, lesson), lead.aside()
    assert len(aside) == len([each for each in quiz.scenarios.values() if each.twin]) // 2 + 1  # and the one without a twin
    assert lead.programme.scenarios_in_a_try(of, lesson) == 5
    assert len(lead.tess.attempt(lead.tess.begin(LESSON)).drawn) == 5


def put_off_for_another(lead):
    """A lesson's begun try with a scenario that warns, and what would be had instead of that."""
    of = lead.programme.library.courses[COURSE]
    for lesson in of.lessons:
        quiz = lead.programme.quiz(of, lesson)
        for warned in (each for each in quiz.scenarios.values() if each.warn):
            others = [each.id for each in quiz.scenarios.values() if each.id not in (warned.id, warned.twin)]
            drawn = (warned.id, *others[::2])[: quiz.ask]
            had = set(selection.another(quiz, drawn, warned.id, (), in_order) or ()) - set(drawn)
            if had:
                number = lead.tess.begin(lesson.slug)
                with transaction(lead.db):
                    records.replace_drawn(lead.db, lead.tess.attempt(number), drawn)
                return lesson, lead.tess.attempt(number), had.pop()
    raise AssertionError("none can be put off for another")


def test_it_is_not_had_instead_of_another_that_is_put_off(lead):
    lesson, attempt, had = put_off_for_another(lead)
    version = lead.programme.scenario_version(*lead.lesson(lesson=lesson.slug), had)
    assert lead.say(had, lesson=lesson.slug, sha256=version) is Outcome.KEPT
    assert attempts.may_put_off(lead.db, lead.programme, attempt)
    assert had not in attempts.put_off(lead.db, lead.programme, attempt, attempt.drawn[0], in_order, NOW)


def test_of_what_is_asked_again_it_waits_until_it_is_taken_back(lead):
    """A policy turns a scenario round that Tess was taught: she is asked it again, but not while it is in dispute."""
    with transaction(lead.db):
        publish(lead.db, {"pupil-contact": "approved-accounts"}, lead.cast.lou)
        lead.db.execute("update school set revision = revision + 1")
    number = lead.tess.take("where-the-line-is")
    with transaction(lead.db):
        publish(lead.db, {"pupil-contact": "none"}, lead.cast.lou)
        lead.db.execute("update school set revision = revision + 1")
    of, lesson = lead.lesson(lesson="where-the-line-is")
    turned = lead.programme.turned_round(lead.tess.attempt(number).quiz_version, of, lesson)
    met = [each for each in lead.tess.attempt(number).drawn if each in turned]
    assert met
    with transaction(lead.db):
        asked_records.ask(lead.db, Asking(lead.cast.tess.id, COURSE, lesson.slug, tuple(met), 2, lead.cast.lou.id, NOW))
    assert set(retakes.open_for(lead.db, lead.programme, lead.cast.tess.id)[COURSE, lesson.slug].scenarios) <= set(met)
    for word in met:
        lead.say(word, lesson=lesson.slug, sha256=lead.programme.scenario_version(of, lesson, word))
    assert retakes.open_for(lead.db, lead.programme, lead.cast.tess.id) == {}


def test_it_ends_by_itself_when_its_words_change(db, cast, tmp_path):
    own = tmp_path / "own"
    lead = Lead(db, Programmes(Shelf(HOME, own), db, OPENED), cast)
    assert lead.say() is Outcome.KEPT
    path = "quizzes/professional-boundaries-online/02-friend-requests.md"
    shipped = (HOME / path).read_text(encoding="utf-8")

    def teach(text):
        assert text != shipped
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_text(text, encoding="utf-8")
        lead.programmes = Programmes(Shelf(HOME, own), db, OPENED)

    teach(shipped.replace("It is twenty to ten on Sunday", "It is ten on Sunday"))
    assert lead.aside() == {WORD}, "another's words"
    teach(shipped.replace("It is Friday evening.", "It is Friday night."))
    assert lead.aside() == set() and WORD in drawn(lead)
    (own / path).unlink()
    lead.programmes = Programmes(Shelf(HOME, own), db, OPENED)
    assert lead.aside() == {WORD}, "the words that are in dispute are back"


# Answering a note with it

@pytest.fixture
def note(lead):
    number = lead.tess.begin(LESSON)
    lead.tess.send(number, lead.tess.choice(number))
    asked = lead.tess.attempt(number).answers[0].scenario
    with transaction(lead.db):
        scenario_notes.send(
            lead.db, person_id=lead.cast.tess.id, attempt_id=number, step=1, scenario=asked, words="Wrong.", key="k" * 20, now=NOW
        )
    return scenario_notes.find(lead.db, 1)


def answer(lead, note, aside=True):
    return scenarios_aside.answer_note(
        lead.db, lead.programme, note, words="You are right.", aside=aside, by=lead.cast.lou.id, now=NOW
    )


def test_an_answer_puts_it_aside_with_its_words_as_the_reason(lead, note):
    assert answer(lead, note) is Outcome.KEPT
    [kept] = lead.programme.put_aside(*lead.lesson()).values()
    assert (kept.scenario, kept.why, kept.by_name) == (note.scenario, "You are right.", "Lou Adeyemi")
    assert answer(lead, note) is Outcome.BEFORE


def test_an_answer_alone_leaves_it_where_it_is(lead, note):
    assert answer(lead, note, aside=False) is Outcome.KEPT and lead.aside() == set()


def test_where_it_cannot_be_put_aside_nothing_is_answered(lead, note):
    twin = lead.programme.quiz(*lead.lesson()).scenarios[note.scenario].twin
    lead.say(twin)
    assert isinstance(answer(lead, note), Refused)
    assert scenario_notes.find(lead.db, 1).answer is None and lead.aside() == {twin}
    assert answer(lead, note, aside=False) is Outcome.KEPT


def test_what_is_taught_no_more_is_not_put_aside(lead, note):
    gone = replace(note, scenario="gone")
    assert answer(lead, gone) is Outcome.MEANWHILE and scenario_notes.find(lead.db, 1).answer is None


def test_leads_see_all_that_is_aside(lead):
    lead.say()
    of, lesson = lead.lesson()
    [found] = scenarios_aside.all_aside(lead.programme, of)
    assert (found.lesson, found.kept.why) == (lesson, "The day is wrong.") and found.title == "Hockey sticks"
    assert WORD in lead.programme.quiz(of, lesson).scenarios, "it is judged as ever"
