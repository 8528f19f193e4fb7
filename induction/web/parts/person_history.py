"""Somebody's history on a page: who they were, and the links and passwords by which they came in."""

from __future__ import annotations

from datetime import timedelta

from ...records.people import deputies, history, sign_in_events
from ...wording import sign_in_events as events_wording
from ...wording.history import Told, changed_account_words, copied_words, new_password_words
from ...wording.history import told as all_told
from ...wording.sign_in_events import BY_OTHERS
from ..site import current_programme, db, now, today

TOLD_FOR = timedelta(days=14)  # how long home says what others did to somebody's account


def told(person_id: int) -> list[Told]:
    """All of it, the latest first."""
    titles = {course.slug: course.title for course in current_programme().courses}
    entries, ways = history.entries(db(), person_id), history.ways_in(db(), person_id)
    events = sign_in_events.of_person(db(), person_id)
    return all_told(entries, ways, deputies.told_of(db(), person_id), titles, today(), events)


def told_lately(person_id: int) -> list[str]:
    """What others did to somebody's account of late, for its owner to read on home."""
    found, since = history.lately(db(), person_id, now() - TOLD_FOR), now() - TOLD_FOR
    said = [events_wording.told_lately(each, today()) for each in sign_in_events.by_others(db(), person_id, BY_OTHERS, since)]
    if found is None:
        return said
    if found.password_at and found.link:
        said.append(new_password_words(found.password_at, found.link, today()))
    if found.changed and found.before:
        said.append(changed_account_words(found.before, found.changed, today()))
    if found.copied_at:
        said.append(copied_words(found.copied_at, found.copied_by, found.copied_why, today()))
    return said
