"""What leads did: the small vocabulary of the log of acts, and one act as it is noted and as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

YEARS_KEPT = 7
LONGEST = 500  # letters of one value: a log says what became another, and is no copy of it


class Kind(StrEnum):
    """What an act belongs to; the log is filtered by it."""

    PEOPLE = "people"
    LINKS = "links"
    POLICY = "policy"
    COURSES = "courses"
    ACCOUNTS = "accounts"
    FILES = "files"
    SETTINGS = "settings"
    LETTERS = "letters"
    BACKUPS = "backups"
    DATA = "data"


class What(StrEnum):
    """What was done, as the table of acts keeps it. Each has its kind below and its sentence in `wording/acts.py`."""

    DOWNLOADED = "downloaded"  # about: which file, as *the links to be handed out*
    SETTINGS = "settings"  # was, became: by the label of the field
    HOLIDAYS = "holidays"  # about: which; was, became: from, until
    LETTERS_HELD = "letters held"
    LETTERS_LET_GO = "letters let go"
    LETTER_AGAIN = "letter again"  # person: whose; about: its subject
    TEST_LETTER = "test letter"
    SWITCHED = "switched"  # about: what can be switched, as *Reminder a week before*; was, became: {"": "on"}
    LETTER_WORDS = "letter words"  # about: which letter; was, became: {"": its words}
    RESTORED = "restored"  # about: the file's name; became: until when the records go
    BACKUPS_SET = "backups set"  # was, became: by the label of the field; a key's fingerprint, never a secret one
    BACKUP_MADE = "backup made"
    DRILL = "drill"
    ERASED = "erased"  # person: who; about: what stays
    RETENTION_SET = "retention set"  # was, became: by kind of record
    RECORDS_GONE = "records gone"  # about: which kinds, and how many
    RECORD_GIVEN = "record given"  # person: whose; everything held about them, in one file
    COURSE_DATES = "course dates"  # about: the course; was, became: how it comes round
    COURSE_FOR = "course for"  # about: the course; was, became: groups
    GROUPS = "groups"  # person: whose; was, became: {"": their groups}
    DONE_ELSEWHERE = "done elsewhere"  # person: whose; about: the course


KINDS: Mapping[What, Kind] = {
    What.DOWNLOADED: Kind.FILES,
    What.SETTINGS: Kind.SETTINGS,
    What.HOLIDAYS: Kind.SETTINGS,
    What.LETTERS_HELD: Kind.LETTERS,
    What.LETTERS_LET_GO: Kind.LETTERS,
    What.LETTER_AGAIN: Kind.LETTERS,
    What.TEST_LETTER: Kind.LETTERS,
    What.SWITCHED: Kind.LETTERS,
    What.LETTER_WORDS: Kind.LETTERS,
    What.RESTORED: Kind.BACKUPS,
    What.BACKUPS_SET: Kind.BACKUPS,
    What.BACKUP_MADE: Kind.BACKUPS,
    What.DRILL: Kind.BACKUPS,
    What.ERASED: Kind.DATA,
    What.RETENTION_SET: Kind.DATA,
    What.RECORDS_GONE: Kind.DATA,
    What.RECORD_GIVEN: Kind.DATA,
    What.COURSE_DATES: Kind.COURSES,
    What.COURSE_FOR: Kind.COURSES,
    What.GROUPS: Kind.PEOPLE,
    What.DONE_ELSEWHERE: Kind.COURSES,
}


@dataclass(frozen=True, slots=True)
class Act:
    """An act to be noted: who did what and when, for whom, and what was so before and after."""

    what: What
    by: int | None  # None: the server, by the command line or by itself
    at: datetime
    person_id: int | None = None  # whom it concerns
    about: str = ""  # what it was done to, as people call it
    was: Mapping[str, str] = field(default_factory=dict)  # by the label that people read; only what is another after it
    became: Mapping[str, str] = field(default_factory=dict)
