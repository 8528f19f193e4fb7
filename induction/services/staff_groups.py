"""Groups of staff: named, called otherwise, closed, and who belongs to them. `by` is nobody on the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from ..records.people import people, staff_groups
from ..records.people.staff_groups import StaffGroup
from ..records.store.database import Database, transaction
from ..rules.email_address import as_typed
from ..rules.text import folded


class NameTaken(Exception):
    """Another group is called so."""


class NoSuchGroup(Exception):
    """A group that is closed, or never was."""


class GroupsMeanwhile(Exception):
    """Somebody else changed them after the page had been opened; nothing was overwritten."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self.names = names


class CalledMeanwhile(Exception):
    """Somebody else called it otherwise after the page had been opened. str() is how."""


class Unknown(Exception):
    """Emails of nobody who is here."""

    def __init__(self, emails: list[str]) -> None:
        super().__init__(", ".join(emails))
        self.emails = emails


def add(db: Database, name: str, *, by: int | None, now: datetime) -> int:
    """A new group; its id. Raises NameTaken."""
    with transaction(db):
        _check_name(db, name, None)
        return staff_groups.add(db, name, by=by, now=now)


def call(db: Database, group_id: int, name: str, *, saw: str, by: int | None, now: datetime) -> bool:
    """Call a group otherwise than the page had shown; False where it is called so. Raises CalledMeanwhile, NameTaken, NoSuchGroup."""
    with transaction(db):
        found = _found(db, group_id)
        if found.name == name:
            return False
        if found.name != saw:
            raise CalledMeanwhile(found.name)
        _check_name(db, name, group_id)
        staff_groups.call(db, group_id, name, by=by, now=now)
        return True


def close(db: Database, group_id: int, *, by: int | None, now: datetime) -> None:
    """Nobody belongs to it any more, and nothing is given to it. Raises NoSuchGroup."""
    with transaction(db):
        staff_groups.call(db, group_id, _found(db, group_id).name, closed=True, by=by, now=now)


def add_members(db: Database, group_id: int, emails: Iterable[str], *, by: int | None, now: datetime) -> int:
    """Those with these emails belong to a group too; how many are new in it. All of them or nobody. Raises NoSuchGroup, Unknown."""
    with transaction(db):
        _found(db, group_id)
        typed = list(dict.fromkeys(map(as_typed, emails)))
        known = {email: person for email in typed if (person := people.by_email(db, email)) and person.active}
        if unknown := [email for email in typed if email not in known]:
            raise Unknown(unknown)
        before = set(staff_groups.members(db, group_id))
        new = [person.id for person in known.values() if person.id not in before]
        for each in new:
            staff_groups.put(db, each, group_id, True, by=by, now=now)
        return len(new)


def take_course_back(db: Database, group_id: int, course: str, *, by: int | None, now: datetime) -> bool:
    """A course is given to a group no longer; False where it isn't. Raises NoSuchGroup."""
    with transaction(db):
        _found(db, group_id)
        if group_id not in staff_groups.given_to(db).get(course, ()):
            return False
        staff_groups.give(db, course, group_id, False, by=by, now=now)
        return True


def take_out(db: Database, group_id: int, person_id: int, *, by: int | None, now: datetime) -> bool:
    """Somebody belongs to a group no longer; False where they don't. Raises NoSuchGroup."""
    with transaction(db):
        _found(db, group_id)
        if group_id not in staff_groups.of_people(db, [person_id]).get(person_id, ()):
            return False
        staff_groups.put(db, person_id, group_id, False, by=by, now=now)
        return True


def as_shown(groups: Iterable[int]) -> str:
    """What a page has shown of the groups that somebody belongs to."""
    return "-".join(map(str, sorted(groups)))


def set_groups(db: Database, person_id: int, groups: Collection[int], *, saw: str, by: int | None, now: datetime) -> bool:
    """Somebody belongs to these groups and no other; False where they do so already. Raises GroupsMeanwhile, NoSuchGroup."""
    with transaction(db):
        before = staff_groups.of_people(db, [person_id]).get(person_id, ())
        if set(before) != set(groups) and saw != as_shown(before):
            raise GroupsMeanwhile(list(staff_groups.names(db).get(person_id, ())))
        return put_into(db, {person_id: groups}, by=by, now=now)


def put_into(db: Database, wanted: Mapping[int, Collection[int]], *, by: int | None, now: datetime) -> bool:
    """Inside a transaction: as `set_groups`, of as many people as there are; the groups are looked up once."""
    before = staff_groups.of_people(db, wanted)
    if not set().union(*wanted.values()) <= {each.id for each in staff_groups.listing(db)}:
        raise NoSuchGroup
    changed = [(person, each) for person, groups in wanted.items() for each in set(before.get(person, ())) ^ set(groups)]
    for person, each in changed:
        staff_groups.put(db, person, each, each in wanted[person], by=by, now=now)
    return bool(changed)


def _found(db: Database, group_id: int) -> StaffGroup:
    found = staff_groups.find(db, group_id)
    if found is None:
        raise NoSuchGroup
    return found


def _check_name(db: Database, name: str, but: int | None) -> None:
    if any(folded(each.name) == folded(name) and each.id != but for each in staff_groups.listing(db)):
        raise NameTaken
