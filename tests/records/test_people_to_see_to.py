"""Who needs a lead's hand: counted by SQL over all, and the same as the rules say of each."""

import random
from datetime import timedelta

from induction.records.people import days_here, lists, people, sessions
from induction.records.people.lists import PeopleFilter
from induction.records.people.person import Details
from induction.records.policy import acknowledgements, versions
from induction.records.policy.acknowledgements import Signed
from induction.records.progress import people_to_see_to, standings
from induction.records.progress.people_to_see_to import Need
from induction.records.store.database import transaction
from induction.rules.induction import Induction, Part, Required, policy_stage, stage
from induction.rules.roles import Role
from tests.records.making import COURSE, LESSONS, NOW, TODAY, complete, finish, publish, start_attempt

SHORT = ("short", "all-of-it")
REQUIRED = Required(tuple(LESSONS), {"short": (SHORT,)}, asks_for=1)


def a_crowd(db, count=120):
    """People at every stage, by chance."""
    chance = random.Random(7)
    sha256 = versions.now(db).sha256
    for number in range(count):
        role, course = chance.choice((*Role, Role.TEACHER)), chance.choice((None, None, "short", "gone"))
        due = chance.choice((None, TODAY - timedelta(days=2), TODAY, TODAY + timedelta(days=20)))
        who = people.add(db, Details(f"p{number}@school.example", f"P {number}", role, due=due, course=course), now=NOW)
        for name, lesson in (*LESSONS, SHORT):
            if chance.random() < 0.35:
                complete(db, who.id, lesson, course=name)
        if chance.random() < 0.15:
            complete(db, who.id, "", course=chance.choice((COURSE, "short")))
        if chance.random() < 0.3:
            attempt = start_attempt(db, who, "late-messages")
            if chance.random() < 0.5:
                finish(db, attempt, passed=False, percent=20)
        if chance.random() < 0.4:
            acknowledgements.acknowledge(db, Signed(who.id, 1, sha256, "P", NOW))
        if chance.random() < 0.1:
            people.deactivate(db, who.id, now=NOW)


def as_the_rules_say(db, required):
    """The same, person by person, from what each has done."""
    found = {need: set() for need in Need}
    everybody = people.here(db)
    done = standings.of_people(db, [each.id for each in everybody])
    for person in everybody:
        theirs, lessons = done[person.id], required.lessons(person.course)
        parts = tuple(Part(each, stage(each, theirs.completed, theirs.begun)) for each in lessons)
        completed = any(course in theirs.courses for course, _ in lessons)
        policy = policy_stage(theirs.acknowledged, required.asks_for, completed)
        induction = Induction(parts, policy, person.due, bool(theirs.tried))
        given = person.role is Role.TEACHER or person.due is not None or person.course is not None
        if not given and not induction.begun:
            continue
        late = bool(person.due and person.due < TODAY) and not induction.complete
        found[Need.OVERDUE] |= {person.id} if late else set()
        found[Need.NOT_BEGUN] |= {person.id} if not (induction.begun or induction.complete or late) else set()
        found[Need.NO_DATE] |= {person.id} if person.due is None and not induction.complete else set()
        found[Need.UNREAD] |= {person.id} if induction.policy_left else set()
    return found


def test_it_is_what_the_rules_say_of_each(db, cast):
    with transaction(db):
        publish(db, {}, cast.lou)
        a_crowd(db)
    for required in (REQUIRED, Required(tuple(LESSONS), REQUIRED.by_name), Required((), REQUIRED.by_name, 1)):
        _, needs = people_to_see_to.find(db, required, TODAY)
        said = as_the_rules_say(db, required)
        assert {need: set(ids) for need, ids in needs.items()} == said
        assert all(len(ids) == len(set(ids)) for ids in needs.values())
    assert all(said for need, said in as_the_rules_say(db, REQUIRED).items()), "each kind is among them"


def test_staff_without_an_induction_to_do_do_not_count(db, cast):
    def needs():
        return {need: len(ids) for need, ids in people_to_see_to.find(db, REQUIRED, TODAY)[1].items()}

    before = needs()
    with transaction(db):
        people.add(db, Details("uma@school.example", "Uma", Role.LEAD), now=NOW)
    assert needs() == before
    with transaction(db):
        people.add(db, Details("ida@school.example", "Ida", Role.MENTOR, due=TODAY - timedelta(days=1)), now=NOW)
    assert needs()[Need.OVERDUE] == before[Need.OVERDUE] + 1, "who was given a date has one"


def test_what_was_counted_is_counted_anew_once_something_happened(db, cast):
    assert cast.tess.id in people_to_see_to.find(db, REQUIRED, TODAY)[1][Need.NOT_BEGUN]
    with transaction(db):
        start_attempt(db, cast.tess)
    assert cast.tess.id not in people_to_see_to.find(db, REQUIRED, TODAY)[1][Need.NOT_BEGUN]


def test_how_many_there_are_of_each_kind(db, cast):
    with transaction(db):
        sessions.start(db, cast.tess.id, device="", now=NOW)
        people.update(db, cast.sam.id, mentor_id=None, now=NOW)
    heads = lists.heads(db)
    assert (heads.here, heads.left, heads.alone) == (5, 1, 1)
    assert len(days_here.unseen(db, TODAY)) == 4
    assert heads.roles == {Role.TEACHER: 2, Role.MENTOR: 2, Role.LEAD: 1}
    for wanted, count in (
        (PeopleFilter(), heads.here), (PeopleFilter(active=False), heads.left), (PeopleFilter(alone=True), heads.alone),
        (PeopleFilter(role=Role.MENTOR), 2),
        (PeopleFilter(among=[cast.tess.id, cast.ana.id]), 1), (PeopleFilter(among=[]), 0),
    ):  # fmt: skip
        assert people.listing(db, wanted).count == count
