"""What the invented staff have said: how ready they feel, what is wrong with a question, what they talked about."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..records.progress import attempts, confidence, conversations, scenario_notes, shares
from ..records.store.database import Database
from ..rules import calendar
from ..rules.confidence import Moment
from ..services.programme import Programme
from .staff import who


def speak(db: Database, programme: Programme, lead: int, mentor: int, now: datetime) -> None:
    """Inside a change: a conversation, answers on confidence, and two notes, one of them answered."""
    tess = who(db, "Tess Okafor")
    conversations.record(
        db,
        teacher_id=tess,
        mentor_id=mentor,
        held_on=calendar.local(now).date() - timedelta(days=5),
        themes=("friend-requests",),
        key="the demonstration's own",
        now=now - timedelta(days=5),
    )
    for course in programme.courses_of(None):
        if course.confidence:
            low = {each.name: 2 + number for number, each in enumerate(course.confidence)}
            confidence.save(
                db, person_id=tess, course=course.slug, stage=Moment.BEFORE, answers=low, now=now - timedelta(days=16)
            )
            shares.share_confidence(db, tess, course.slug, mentor, now - timedelta(days=16))
    _note(db, who(db, "Callum Reid"), "Both the second and the third choice would be stopped by our filter.", now - timedelta(days=4))
    answered = _note(
        db, who(db, "Gwen Pritchard"), "I was not sure whether the pupil is in my own class.", now - timedelta(days=9)
    )
    scenario_notes.answer(
        db, answered, words="Thank you. It is the same for any pupil here, and we will say so in the scene.", by=lead,
        now=now - timedelta(days=8),
    )


def _note(db: Database, person: int, words: str, when: datetime) -> int:
    """A note on the first scenario that somebody met; its id."""
    first = attempts.history(db, person, answers=True)[-1]
    scenario_notes.send(
        db, person_id=person, attempt_id=first.id, step=1, scenario=first.answers[0].scenario, words=words,
        key=f"the demonstration's own {person}", now=when,
    )
    return max(each.id for each in scenario_notes.of_person(db, person))
