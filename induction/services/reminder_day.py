"""What the site writes to people by itself on a day: to each at most one letter, put together of what there is to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice

from ..records.people import deputies, people
from ..records.people.people import Person
from ..records.progress import completions, groups, reminded, sign_offs
from ..records.progress.reminded import Part
from ..records.store.database import Database
from ..rules import names, reminders
from ..rules.calendar import local, midnight
from ..rules.days_here import shut
from ..rules.groups import Group, has_one_to_do
from ..rules.induction import Induction, Standing
from ..rules.letters import LetterKind
from ..rules.reminders import Due, Reminder, Stand
from ..rules.roles import MENTORS, Role
from ..rules.sending_days import SendingDays
from ..rules.sign_offs import ASKED_FOR
from ..wording import digest
from ..wording import reminders as wording
from ..wording.digest import Needs
from ..wording.letters import Letter, hello, paragraphs
from ..wording.reminders import About, Reminded
from . import progress, reminder_words, what_waits
from .programme import Programme
from .reminder_words import Chosen

A_WEEK = timedelta(days=7)
AT_ONCE = 1000  # inductions
REMINDED, DIGEST = "reminded", "digest"  # parts that tell of others


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A letter to somebody, and the parts that it is made of."""

    person: Person
    kind: LetterKind
    letter: Letter
    why: str
    reply_to: str
    parts: tuple[Part, ...]


@dataclass(slots=True)
class _Said:
    """What there is to say to somebody: each part with its paragraphs."""

    parts: list[Part] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)


def stand(person: Person, induction: Induction) -> Stand | None:
    """How somebody stands; None where they have no induction to do. Of a course that came round, since its round began."""
    if not has_one_to_do(person.role, person.course, induction):
        return None
    came, again = local(person.created_at).date(), came_round(induction)
    first = max(each for each in (came, person.starts, again) if each)
    return Stand(first, induction.due, induction.begun, induction.complete, person.ends)


def came_round(induction: Induction) -> date | None:
    """Since when what is open is asked of them, where that is not simply since they came: the latest of these days."""
    return max(filter(None, (each.asked_since for each in induction.open_rounds)), default=None)


def is_here(person: Person, today: date) -> bool:
    """Whether somebody has an account, and a day lies between their first and last."""
    return person.active and not shut(person.starts, person.ends, today)


@dataclass(frozen=True)
class Day:
    """A sending day at a school: a fixed number of queries, however many people there are."""

    db: Database
    programme: Programme
    days: SendingDays
    now: datetime
    address: str  # the site's

    @cached_property
    def today(self) -> date:
        return local(self.now).date()

    @cached_property
    def here(self) -> Mapping[int, Person]:
        return {each.id: each for each in people.here(self.db) if is_here(each, self.today)}

    @cached_property
    def complete(self) -> frozenset[int]:
        """Who has done all that is wanted: most of a school, most of the year."""
        return frozenset(groups.groups(self.db, self.programme.required, self.today)[Group.COMPLETE])

    @cached_property
    def inductions(self) -> Mapping[int, Induction]:
        """The inductions of all others, asked for some at a time, since each brings all that they have done."""
        left = iter([person for id, person in self.here.items() if id not in self.complete])
        found: dict[int, Induction] = {}
        while some := list(islice(left, AT_ONCE)):
            found |= progress.of_many(self.db, self.programme, some, self.today)
        return found

    @cached_property
    def chosen(self) -> Mapping[Reminder, Chosen]:
        return reminder_words.now_chosen(self.db)

    @cached_property
    def called(self) -> Mapping[int, str]:
        return names.told_apart(self.here.values())

    @cached_property
    def written(self) -> Sequence[Part]:
        """What was written to anybody today."""
        return reminded.on(self.db, self.today)

    @cached_property
    def due(self) -> Mapping[int, Due]:
        """The reminder that each is due; of those who were reminded today already, that one."""
        on = [each for each, chosen in self.chosen.items() if chosen.goes]
        before = reminded.so_far(self.db, self.inductions, self.today)
        found = {
            part.person_id: Due(Reminder(part.what), part.about)
            for part in self.written
            if part.what in list(Reminder) and part.person_id in self.inductions
        }
        for id, induction in self.inductions.items():
            standing = stand(self.here[id], induction)
            if id not in found and standing:
                due = reminders.due_today(standing, self.today, self.days, on, before.get(id, ()))
                if due:
                    found[id] = due
        return found

    def letters(self) -> Iterator[ToWrite]:
        """To each who has had none today, and to whom there is something to say."""
        had = {part.person_id for part in self.written}
        overdue = self._overdue_by_mentor()
        monday = self.days.begins_the_week(self.today)
        mentored = self._mentored() if monday else {}
        for id, person in self.here.items():
            if id in had:
                continue
            said = _Said()
            if id in self.due:
                self._remind(said, person, self.due[id])
            if monday and person.can_sign_in and person.role in MENTORS:
                self._digest(said, person, overdue.get(id, ()), mentored.get(id, ()))
            elif id in overdue:
                self._tell_mentor(said, person, overdue[id])
            if said.parts:
                yield self._put_together(person, said)

    # The parts

    def _remind(self, said: _Said, person: Person, due: Due) -> None:
        about = self._about(person)
        own = self.chosen[due.reminder].words
        said.parts.append(Part(person.id, self.today, due.reminder, due.about))
        said.said += wording.reminder_paragraphs(due.reminder, own, about)
        said.subjects.append(wording.subject(due.reminder, about))
        said.whys.append(wording.WHY)

    def _about(self, person: Person) -> About:
        induction = self.inductions[person.id]
        mentor = self._mentor(person)
        return About(
            person.name.split()[0], self.programme.school.name, induction, induction.due, mentor.name if mentor else "",
            person.can_sign_in, self.today, self.address, came_round(induction),
        )  # fmt: skip

    def _mentor(self, person: Person) -> Person | None:
        mentor = self.here.get(person.mentor_id or 0)
        return mentor if mentor and mentor.role in MENTORS else None

    def _overdue_by_mentor(self) -> dict[int, list[int]]:
        """Who is reminded today that they are overdue, by their mentor."""
        found: dict[int, list[int]] = {}
        for id, due in self.due.items():
            mentor = self._mentor(self.here[id])
            if due.reminder is Reminder.OVERDUE and mentor:
                found.setdefault(mentor.id, []).append(id)
        return found

    def _reminded(self, ids: Sequence[int]) -> list[Reminded]:
        own = self.chosen[Reminder.OVERDUE].words
        return [
            Reminded(self.called[id], self.due[id].about, self.here[id].can_sign_in,
                     wording.reminder(Reminder.OVERDUE, own, self._about(self.here[id])).words)
            for id in ids
        ]  # fmt: skip

    def _tell_mentor(self, said: _Said, mentor: Person, ids: Sequence[int]) -> None:
        told = self._reminded(ids)
        said.parts.append(Part(mentor.id, self.today, REMINDED, self.today))
        said.said += [*wording.reminded_paragraphs(told, self.today), digest.teachers_here(self.address)]
        said.subjects.append(wording.reminded_subject([each.name for each in told]))
        said.whys.append(wording.WHY_MENTOR)

    # The week's letter

    def _mentored(self) -> dict[int, list[int]]:
        """The teachers of each mentor, and of those for whom they stand in."""
        found: dict[int, list[int]] = {}
        for id, person in self.here.items():
            if person.mentor_id in self.here:
                found.setdefault(person.mentor_id or 0, []).append(id)
        for mentor, deputy in deputies.at_present(self.db, self.today).items():
            found.setdefault(deputy, []).extend(each for each in found.get(mentor, ()) if each != deputy)
        return found

    def _digest(self, said: _Said, person: Person, overdue: Sequence[int], teachers: Sequence[int]) -> None:
        mine = set(teachers).difference(overdue)
        needs = [each for each in self._need_a_word if each in mine]
        finished = [(self.called[id], self._finished[id]) for id in teachers if id in self._finished]
        to_sign_off = [self.called[id] for id in teachers if id in self._to_sign_off]
        told = wording.reminded_paragraphs(self._reminded(overdue), self.today) if overdue else []
        mentors = [*told, *digest.for_mentor([self._needs(each) for each in needs], finished, self.today, to_sign_off)]
        leads: list[str] = []
        waits: list[str] = []
        if person.role is Role.LEAD:
            waits = [each.words for each in what_waits.what_waits(self.db, self.programme, person.id, self.now)]
            leads = digest.for_lead([self._needs(each) for each in self._need_a_word], waits, self.today)
        if not (needs or told or leads):
            return  # that somebody has finished was written to their mentor on its own
        said.parts.append(Part(person.id, self.today, DIGEST, self.today))
        said.said += [*mentors, *([digest.teachers_here(self.address)] if mentors else [])]
        said.said += [*leads, *([digest.all_here(self.address)] if leads else [])]
        whole = len(self._need_a_word) if person.role is Role.LEAD else len(needs) + len(overdue)
        said.subjects.append(digest.subject(whole, len(waits)))
        said.whys.append(digest.WHY_LEAD if person.role is Role.LEAD else digest.WHY_MENTOR)

    @cached_property
    def _need_a_word(self) -> Sequence[int]:
        """Who needs a word in the whole school, the most urgent first."""
        found = [(group, id) for id in self.inductions if (group := self._group(id))]
        order = list(Group)
        return [id for group, id in sorted(found, key=lambda each: (order.index(each[0]), self._due(each[1]), each[1]))]

    def _due(self, id: int) -> date:
        return self.inductions[id].due or date.max

    def _group(self, id: int) -> Group | None:
        """Overdue; or not begun, for those who have been here for a week."""
        induction = self.inductions[id]
        standing = stand(self.here[id], induction)
        if standing is None or standing.complete:
            return None
        if induction.standing(self.today) is Standing.OVERDUE:
            return Group.OVERDUE
        return Group.NOT_BEGUN if not induction.begun and standing.came + A_WEEK <= self.today else None

    def _needs(self, id: int) -> Needs:
        induction, person = self.inductions[id], self.here[id]
        return Needs(self.called[id], self._group(id) or Group.NOT_BEGUN, induction.due, induction.begun, person.can_sign_in)

    @cached_property
    def _finished(self) -> Mapping[int, date]:
        """Who has finished in the last week, and when."""
        done = completions.done_since(self.db, midnight(self.today - A_WEEK))
        return {id: local(at).date() for id, at in done.items() if id in self.complete}

    @cached_property
    def _to_sign_off(self) -> frozenset[int]:
        """Who has completed a course that nobody has signed off, as long as that is asked for."""
        return sign_offs.waiting(self.db, self.complete, self.now - ASKED_FOR)

    # The letter

    def _put_together(self, person: Person, said: _Said) -> ToWrite:
        kinds = {part.what for part in said.parts}
        kind = LetterKind.DIGEST if DIGEST in kinds else LetterKind.REMINDED if REMINDED in kinds else LetterKind.REMINDER
        greeting = [] if person.id in self.due else [hello(person.name.split()[0])]
        mentor = self._mentor(person) or self._first_lead
        return ToWrite(
            person,
            kind,
            Letter(said.subjects[0], paragraphs(*greeting, *said.said, self.programme.school.name)),
            " and ".join(dict.fromkeys(said.whys)),
            mentor.email if person.id in self.due and mentor and mentor.id != person.id else "",
            tuple(said.parts),
        )

    @cached_property
    def _first_lead(self) -> Person | None:
        return next((each for each in self.here.values() if each.role is Role.LEAD and each.can_sign_in), None)
