"""A second step that is lost: one lead asks, a second one agrees; the server's technician needs nobody."""

from datetime import timedelta

import pytest

from induction.records.people import factor_resets, people, second_factors, sessions, sign_in_events
from induction.records.people.person import Details
from induction.records.store.database import DatabaseFault, transaction
from induction.rules.roles import Role
from induction.rules.second_factor import Due, SessionWay, due
from induction.rules.sign_in_events import EventKind, SignInEvent
from induction.services import factor_resets as resets
from induction.services import second_factor
from induction.services.factor_resets import NotReset
from tests.records.making import NOW
from tests.services.test_second_factor import half, key, set_up, told

__all__ = ["key"]
WHY = "Her phone went into the canal"
SOON = NOW + timedelta(days=1)


def _lead(db, name):
    return _can_sign_in(db, people.add(db, Details(f"{name.split()[0].lower()}@school.example", name, Role.LEAD), now=NOW))


def _can_sign_in(db, lead):
    people.set_password(db, lead.id, "$argon2id$made-up-and-long", now=NOW)
    return lead


@pytest.fixture
def ida(db):
    """A second lead."""
    with transaction(db):
        return _lead(db, "Ida Kaya")


@pytest.fixture
def third(db):
    with transaction(db):
        return _lead(db, "Zoe Lind")


@pytest.fixture
def lost(db, cast, ida):
    """Max has lost his; Lou has asked."""
    with transaction(db):
        _can_sign_in(db, cast.lou)
    set_up(db, cast.max)
    return resets.ask(db, cast.max.id, WHY, by=cast.lou.id, now=NOW)


def happened(db, person):
    return [each.what for each in sign_in_events.of_person(db, person.id)][1:]  # after it was set up


def test_a_second_lead_agrees_and_all_of_it_goes(db, cast, ida, lost):
    token = half(db, cast.max, None)
    assert resets.agree(db, cast.max.id, lost.at, by=ida.id, now=SOON).id == cast.max.id
    assert not second_factors.has_one(db, cast.max.id) and sessions.find(db, token, SOON) is None
    assert db.value("select count(*) from recovery_codes") == 0 and factor_resets.of_person(db, cast.max.id, SOON) is None
    assert happened(db, cast.max) == [EventKind.RESET_ASKED, EventKind.RESET_AGREED]
    standing = second_factors.standing(db, cast.max.id, Role.MENTOR)
    assert due(SessionWay.PASSWORD, standing, 14, SOON) is Due.SET_UP  # grace does not begin anew
    set_up(db, cast.max, SOON)
    assert due(SessionWay.PASSWORD, second_factors.standing(db, cast.max.id, Role.MENTOR), 14, SOON) is Due.FACTOR


def test_the_other_leads_and_whose_it_is_are_told(db, cast, ida, third, lost):
    letters = db.rows("select person, words, subject from letters where subject like '%to be reset%' order by person")
    assert {row["person"] for row in letters} == {cast.max.id, ida.id, third.id}
    assert not any(WHY in row["words"] for row in letters)
    assert f"/school/people/{cast.max.id}#second-step" in letters[-1]["words"]
    resets.agree(db, cast.max.id, lost.at, by=ida.id, now=SOON)
    assert len(told(db, cast.max)) == 3


def test_refused_all_stays_as_it_is(db, cast, ida, lost):
    resets.refuse(db, cast.max.id, lost.at, by=ida.id, now=SOON)
    assert second_factors.has_one(db, cast.max.id) and factor_resets.of_person(db, cast.max.id, SOON) is None
    assert happened(db, cast.max) == [EventKind.RESET_ASKED, EventKind.RESET_REFUSED]
    again = resets.ask(db, cast.max.id, WHY, by=ida.id, now=SOON)
    with pytest.raises(NotReset):  # what was seen was another request
        resets.agree(db, cast.max.id, lost.at, by=cast.lou.id, now=SOON)
    assert resets.agree(db, cast.max.id, again.at, by=cast.lou.id, now=SOON)


@pytest.mark.parametrize("answer", [resets.agree, resets.refuse])
def test_neither_who_asked_nor_whose_it_is_answers(db, cast, ida, third, answer):
    set_up(db, ida)
    asked = resets.ask(db, ida.id, WHY, by=cast.lou.id, now=NOW)
    for nobody in (cast.lou, ida, cast.max, cast.ana):
        with pytest.raises(NotReset):
            answer(db, ida.id, asked.at, by=nobody.id, now=SOON)
    assert second_factors.has_one(db, ida.id)
    assert answer(db, ida.id, asked.at, by=third.id, now=SOON)


def test_the_schema_refuses_it_besides(db, cast, ida, lost):
    for nobody in (cast.lou, cast.max, cast.nia, None):
        event = SignInEvent(EventKind.RESET_AGREED, cast.max.id, SOON, nobody and nobody.id)
        with pytest.raises(DatabaseFault), transaction(db):
            sign_in_events.note(db, event)
    with pytest.raises(DatabaseFault), transaction(db):
        factor_resets.ask(db, ida.id, by=ida.id, why=WHY, now=NOW)
    assert happened(db, cast.max) == [EventKind.RESET_ASKED]


def test_it_waits_a_week(db, cast, ida, lost):
    assert factor_resets.waiting(db, ida.id, NOW + timedelta(days=6))
    over = NOW + timedelta(days=7)
    assert factor_resets.waiting(db, ida.id, over) == []
    with pytest.raises(NotReset):
        resets.agree(db, cast.max.id, lost.at, by=ida.id, now=over)
    assert resets.ask(db, cast.max.id, WHY, by=ida.id, now=over).asked_by == ida.id


def test_it_waits_for_those_alone_who_can_answer(db, cast, ida, third, lost):
    assert [each.person_id for each in factor_resets.waiting(db, ida.id, SOON)] == [cast.max.id]
    assert factor_resets.waiting(db, cast.lou.id, SOON) == factor_resets.waiting(db, cast.max.id, SOON) == []


def test_what_cannot_be_asked_for(db, cast, ida):
    set_up(db, cast.lou)
    for person, lead in ((cast.lou, cast.lou), (cast.max, cast.lou), (cast.ana, cast.lou), (cast.lou, cast.max)):
        with pytest.raises(NotReset):
            resets.ask(db, person.id, WHY, by=lead.id, now=NOW)
    set_up(db, cast.max)
    resets.ask(db, cast.max.id, WHY, by=cast.lou.id, now=NOW)
    with pytest.raises(NotReset):  # asked twice
        resets.ask(db, cast.max.id, WHY, by=ida.id, now=NOW)


def test_with_one_lead_nobody_could_agree(db, cast):
    set_up(db, cast.max)
    with pytest.raises(NotReset, match="Whoever looks after the server"):
        resets.ask(db, cast.max.id, WHY, by=cast.lou.id, now=NOW)
    assert not resets.can_be_asked(db, cast.max, cast.lou)
    assert resets.at_the_server(db, cast.max.id, SOON).id == cast.max.id
    assert happened(db, cast.max) == [EventKind.RESET] and not second_factors.has_one(db, cast.max.id)
    assert second_factors.standing(db, cast.max.id, Role.MENTOR).was_reset
    with pytest.raises(NotReset):
        resets.at_the_server(db, cast.max.id, SOON)


def test_who_becomes_a_mentor_later_has_days_of_grace_whatever_was_reset_before(db, cast):
    set_up(db, cast.tess)
    resets.at_the_server(db, cast.tess.id, SOON)
    assert second_factor.may_lose_one(db, cast.tess, SOON)
    later = SOON + timedelta(days=30)
    with transaction(db):
        people.update(db, cast.tess.id, now=later, by=cast.lou.id, role=Role.MENTOR, mentor_id=None)
    standing = second_factors.standing(db, cast.tess.id, Role.MENTOR)
    assert not standing.was_reset and due(SessionWay.PASSWORD, standing, 14, later) is None
