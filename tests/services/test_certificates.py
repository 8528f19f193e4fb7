"""A certificate put together: in the words of its day, whatever they became, valid until the course comes round."""

from datetime import date, timedelta

from induction.content.editions.edition import Edition
from induction.records import editions
from induction.records.policy.acknowledgements import Signed
from induction.records.progress import certificates as records
from induction.records.progress import completions
from induction.records.progress.completions import Completion
from induction.records.store.database import transaction
from induction.records.store.tokens import digest
from induction.rules.certificates import State
from induction.rules.cycles import Cycle
from induction.services import certificates, completion, policy_publication
from tests.records.making import NOW
from tests.services.test_course_cycles import EVERY_SEPTEMBER, at, say, take, tess

__all__ = ["tess"]


def of(db, programmes, person_id):
    return certificates.of_person(db, programmes.current(), person_id)


def test_a_course_that_comes_round_has_one_for_each_round(db, programmes, tess):
    say(db, programmes, EVERY_SEPTEMBER, "2026-11-29")
    take(db, programmes, tess, "2026-12-04")
    [first] = of(db, programmes, tess)
    assert (first.title, first.lessons, first.day) == ("Boundaries online in ten minutes", ("The essentials",), date(2026, 12, 4))
    assert (first.later_round, first.valid_until, first.superseded_on) == (False, date(2027, 9, 1), None)
    assert (first.state(date(2027, 8, 31)), first.state(date(2027, 9, 1))) == (State.HOLDS, State.EXPIRED)

    take(db, programmes, tess, "2027-09-20")
    later, before = of(db, programmes, tess)
    assert (later.later_round, later.valid_until, later.lessons) == (True, date(2028, 9, 1), ("The essentials",))
    assert before.superseded_on == date(2027, 9, 20) and before.state(date(2027, 9, 21)) is State.SUPERSEDED
    assert certificates.of_code(db, programmes.current(), before.code.lower()) == before

    say(db, programmes, Cycle(months=36), "2027-10-01")
    assert [each.valid_until for each in of(db, programmes, tess)] == [date(2028, 9, 1), date(2027, 9, 1)], "what paper says, holds"
    take(db, programmes, tess, "2027-10-02")
    assert len(of(db, programmes, tess)) == 2, "once a round is enough"


def test_a_course_that_does_not_come_round_is_valid_without_an_end(db, programmes, tess):
    take(db, programmes, tess, "2026-12-04")
    assert [each.valid_until for each in of(db, programmes, tess)] == [None]
    say(db, programmes, EVERY_SEPTEMBER, "2026-12-10")
    assert [each.valid_until for each in of(db, programmes, tess)] == [None]


def test_which_policy_and_whether_it_was_acknowledged_by_then(db, cast, programmes, tess):
    take(db, programmes, tess, "2026-12-04")
    [without] = of(db, programmes, tess)
    assert (without.policy, without.policy_day, without.acknowledged) == (0, None, False)
    policy_publication.choose(db, programmes.current().library, {"pupil-contact": "none"}, by=None, at=at("2026-12-05"))
    programme = programmes.current()
    take(db, programmes, cast.sam.id, "2026-12-06")
    assert of(db, programmes, cast.sam.id) == [], "the policy is left"
    now = at("2026-12-07")
    policy = programme.policy
    completion.acknowledge(db, programme, Signed(cast.sam.id, policy.version, policy.sha256, "Sam Price", now))
    [done] = of(db, programmes, cast.sam.id)
    assert (done.policy, done.policy_day, done.acknowledged) == (1, date(2026, 12, 5), True)


def test_titles_are_those_of_that_day(db, cast, programmes):
    def kept(kind, word, title):
        text = f'{{"course":"gone","word":"{word}","kind":"{kind}","source":"---\\ntitle: {title}\\n---\\n\\nWords.\\n"}}'
        editions.keep(db, Edition(digest(text), text), kind, NOW)
        return digest(text)

    with transaction(db):
        lesson, course = kept("lesson", "old", "What it was called"), kept("course", "gone", "A course of before")
        for word, version, when in (("old", lesson, NOW), ("", course, NOW + timedelta(hours=1))):
            completions.complete(db, Completion(
                person_id=cast.tess.id, course="gone", lesson=word, version=version, policy_version=0, completed_at=when,
            ))
        records.make(db, cast.tess.id, "gone")
    [found] = of(db, programmes, cast.tess.id)
    assert (found.title, found.lessons, found.valid_until) == ("A course of before", ("What it was called",), None)
    assert list(certificates.of_everybody(db, programmes.current(), 2026)) == [found]
