"""What is done about people: each deed is one change, with who did it and when. Pages and commands come through here.

`by` is the person who does it, None on the command line of the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from ..records.people import history, one_time_links, people
from ..records.people.history import PasswordOrigin
from ..records.people.one_time_links import LinkKind
from ..records.people.people import Person, StoredPassword
from ..records.people.person import Details
from ..records.school import school
from ..records.store.database import Database, transaction
from ..rules.calendar import local
from ..rules.email_address import as_typed
from ..rules.person_history import Entry, Way, WayIn, can_be_taken_back
from ..rules.roles import MENTORS, Role
from . import invitations, letters

NOBODY = 0  # as a follower: nobody at present


class HasLeft(people.PeopleFault):
    """Whoever has left is brought back first, by the deed that says so."""

    words = "They have left. Bring them back first."


class TooLate(people.PeopleFault):
    """An account ended longer ago than can be undone whole."""

    words = "That was more than a week ago. Bring them back instead."


class FollowerNotSaid(people.PeopleFault):
    """Somebody mentors others, and it was not said who follows."""

    words = "Say who mentors their teachers from now on."

    def __init__(self, teachers: list[Person]) -> None:
        super().__init__()
        self.teachers = teachers


class ChangedMeanwhile(people.PeopleFault):
    """Somebody was changed after the page had been opened; nothing was overwritten."""

    words = "That was changed meanwhile."

    def __init__(self, latest: Entry) -> None:
        super().__init__()
        self.latest = latest


class WayInMeanwhile(people.PeopleFault):
    """A link was made or a password chosen after the page had been opened; no other link was made."""

    words = "A link was made meanwhile."

    def __init__(self, latest: WayIn) -> None:
        super().__init__()
        self.latest = latest


def first_run_token(db: Database, now: datetime) -> str | None:
    """The token of a new first-run link while there is no lead; None once the school is set up."""
    if people.has_lead(db):
        return None
    with transaction(db):
        return one_time_links.make(db, LinkKind.FIRST_RUN, None, now)


@dataclass(frozen=True, slots=True)
class FirstLead:
    """Who sets the school up, and with what they sign in from then on."""

    name: str
    email: str
    password_hash: str
    device: str


def set_up(db: Database, token: str, about: Mapping[str, Any], first: FirstLead, now: datetime) -> StoredPassword | None:
    """Set the school up by the first-run link: what it says of itself, and its first lead; what their session may begin with.

    None where that is done or over. Raises EmailTaken.
    """
    with transaction(db):
        if people.has_lead(db) or one_time_links.use(db, LinkKind.FIRST_RUN, token, now) is None:
            return None
        school.save(db, **about)
        lead = people.add(db, Details(first.email, first.name, Role.LEAD), now=now)
        people.set_password(db, lead.id, first.password_hash, PasswordOrigin(Way.SET, device=first.device), now=now)
        return people.password_of(db, lead.email)


def add(
    db: Database, details: Details, *, by: int | None, now: datetime, password_hash: str | None = None
) -> tuple[Person, str | None]:
    """Add somebody: (they, the token of their invitation), None where they come with a password. Where there is mail, it is sent.

    Raises EmailTaken, EndBeforeStart, EndIsPast, NotAMentor.
    """
    with transaction(db):
        person = people.add(db, details, by=by, now=now)
        if password_hash is not None:
            people.set_password(db, person.id, password_hash, PasswordOrigin(Way.SET, by), now=now)
            return person, None
        return person, invitations.invite(db, person, by=by, now=now)


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody would have of somebody."""

    details: Details
    saw: int  # the number of the entry that the page had shown
    follower: int | None = None  # who mentors their teachers if they no longer do; None where nobody was asked


def change(db: Database, person_id: int, wanted: Change, *, by: int | None, now: datetime) -> Person | None:
    """Change what the school says of somebody; as they are then, or None where they are so already.

    Raises ChangedMeanwhile, FollowerNotSaid, HasLeft, and what `people.update` raises.
    """
    with transaction(db):
        before = _here(db, person_id)
        details = replace(wanted.details, email=as_typed(wanted.details.email))
        if replace(before, **asdict(details)) == before:
            return None
        if wanted.saw != history.latest(db, person_id):
            raise ChangedMeanwhile(history.entries(db, person_id)[-1])
        if details.role not in MENTORS:
            _check_follower(db, person_id, wanted.follower)
        after = people.update(db, person_id, **asdict(details), by=by, now=now, follower_id=wanted.follower or None)
        if after.email != before.email and before.can_sign_in:
            letters.put_address_changed(db, before, after, by=by, now=now)
        return after


def end(db: Database, person_id: int, *, by: int | None, now: datetime, follower: int | None) -> bool:
    """End somebody's account, who has left; False where it had ended before.

    `follower` mentors their teachers from now on, and is None where nobody was asked. Raises FollowerNotSaid, LastLead,
    NoSuchPerson, NotAMentor.
    """
    with transaction(db):
        _check_follower(db, person_id, follower)
        return people.deactivate(db, person_id, by=by, now=now, follower_id=follower or None)


def bring_back(
    db: Database, person_id: int, *, by: int | None, now: datetime, starts: date | None = None, ends: date | None = None
) -> bool:
    """Open the account of somebody who had left, without a password; False where they are here.

    Their days of before are over; those of now are given. Raises EndBeforeStart, EndIsPast, NoSuchPerson.
    """
    with transaction(db):
        return people.reactivate(db, person_id, by=by, now=now, days=(starts, ends)) is not None


def what_came_of_the_end(db: Database, person_id: int, now: datetime) -> list[Person] | None:
    """Who gets somebody back as their mentor if the end of their account is taken back; None where it can't be any more."""
    end = history.ending(db, person_id)
    if end is None or not can_be_taken_back(end, now):
        return None
    found = people.by_ids(db, theirs := history.handed_over_by(db, person_id, end))
    return [found[each] for each in theirs]


def take_back(db: Database, person_id: int, *, by: int | None, now: datetime) -> list[Person] | None:
    """Undo the end of an account within a week: whose mentor they are again; None where they are here.

    Role, dates and mentor are those of before, but for a last day that is past, and so are the teachers whom nobody has given
    to somebody else meanwhile. The password of before stays ended: they need a new invitation. Raises NoSuchPerson, TooLate.
    """
    with transaction(db):
        teachers = what_came_of_the_end(db, person_id, now)
        left = people.find(db, person_id)
        last = left.ends if left and left.ends and left.ends >= local(now).date() else None
        if people.reactivate(db, person_id, by=by, now=now, days=(left.starts if left else None, last)) is None:
            return None
        if teachers is None:
            raise TooLate
        found = people.find(db, person_id)
        if found and found.role in MENTORS:
            return [people.update(db, each.id, mentor_id=person_id, by=by, now=now) for each in teachers]
        return []


def make_link(db: Database, person_id: int, kind: LinkKind, *, by: int | None, now: datetime, saw: int | None = None) -> str:
    """Make an invitation or a link for a new password; its token. It ends an older one of its kind, and is sent where there is mail.

    `saw` is the number of the latest way in that the page had shown. Raises HasLeft, NoSuchPerson, WayInMeanwhile.
    """
    with transaction(db):
        person = _here(db, person_id)
        latest = history.latest_way(db, person_id)
        if saw is not None and latest is not None and latest.id != saw:
            raise WayInMeanwhile(latest)
        token = one_time_links.make(db, kind, person_id, now, by=by)
        letters.put_link(db, person, kind, token, by=by, now=now)
        return token


def _here(db: Database, person_id: int) -> Person:
    """Raises NoSuchPerson, HasLeft."""
    person = people.find(db, person_id)
    if person is None:
        raise people.NoSuchPerson
    if not person.active:
        raise HasLeft
    return person


def _check_follower(db: Database, person_id: int, follower: int | None) -> None:
    teachers = people.teachers_of(db, person_id)
    if teachers and follower is None:
        raise FollowerNotSaid(teachers)
