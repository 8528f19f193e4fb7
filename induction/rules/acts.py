"""What leads did: the small vocabulary of the log of acts, and one act as it is noted and as it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

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
    """What was done. Each has its kind below and its sentence in `wording/acts.py`."""

    # Read from the table that keeps it: never noted.
    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    BROUGHT_BACK = "brought back"
    DEPUTY = "deputy"
    NO_DEPUTY = "no deputy"
    FOLLOWER = "follower"
    GROUP_MADE = "group made"
    GROUP_RENAMED = "group renamed"
    GROUP_CLOSED = "group closed"
    GROUP_OPENED = "group opened"
    INTO_A_GROUP = "into a group"
    OUT_OF_A_GROUP = "out of a group"
    INVITATION = "invitation made"
    RESET = "reset made"
    PASSWORD_SET = "set made"
    PUBLISHED = "published"
    PAPER_SIGNATURE = "paper signature"
    ASKED_AGAIN = "asked again"
    APPROVED = "approved"
    READ = "read"
    PUT_ASIDE = "put aside"
    TAKEN_BACK = "taken back"
    GIVEN = "given"
    NO_LONGER_GIVEN = "no longer given"
    COMES_ROUND = "comes round"
    DONE_ELSEWHERE = "done elsewhere"
    ELSEWHERE_TAKEN_BACK = "elsewhere taken back"
    STRUCK = "struck"
    COUNTED_AGAIN = "counted again"
    NOTED_BESIDE = "noted beside"
    REGISTERED = "put on the register"
    ASSESSED_ANEW = "assessed anew"
    SECOND_SIGNATURE = "second signature"
    SWITCHED_OFF = "switched off"
    SWITCHED_ON = "switched on"
    REMINDER = "reminder"
    HOLIDAY = "holiday"
    HOLIDAY_ENDED = "holiday ended"
    KEEPS_THE_HEAD = "keeps the head"
    HEAD_NOT_KEPT = "head not kept"
    COPY_ELSEWHERE = "copy elsewhere"
    NO_COPY_ELSEWHERE = "no copy elsewhere"
    SIGNING_KEY = "signing key"
    SIGN_IN_RULES = "sign-in rules"
    UNLINKED = "account unlinked"
    LET_IN = "let in"
    RESET_ASKED = "reset asked"
    RESET_AGREED = "reset agreed"
    RESET_REFUSED = "reset refused"
    FACTOR_RESET = "reset"

    # Noted in the table of acts, by `services.acts.note`.
    DOWNLOADED = "downloaded"  # about: which file, as *the links to be handed out*
    LIST_BROUGHT_IN = "list brought in"  # about: how many it added, changed and brought back
    SETTINGS = "settings"  # was, became: by the label of the field
    LETTERS_HELD = "letters held"
    LETTERS_LET_GO = "letters let go"
    LETTER_AGAIN = "letter again"  # person: whose; about: of which kind
    TEST_LETTER = "test letter"
    RESTORED = "restored"  # about: the file's name; became: until when the records go
    ERASED = "erased"  # person: who; about: why
    RETENTION_SET = "retention set"  # was, became: by kind of record
    RECORDS_GONE = "records gone"  # about: which kinds, and how many
    PROVIDER_SET = "provider set"  # about: Google, Microsoft or another; was, became: by the label of the field
    PROVIDER_GONE = "provider gone"
    TURNED_AWAY = "turned away"  # about: the address of somebody who was not invited
    RECORD_GIVEN = "record given"  # person: whose, in one file; about: why


KINDS: Mapping[What, Kind] = {
    What.ADDED: Kind.PEOPLE,
    What.CHANGED: Kind.PEOPLE,
    What.ENDED: Kind.PEOPLE,
    What.BROUGHT_BACK: Kind.PEOPLE,
    What.DEPUTY: Kind.PEOPLE,
    What.NO_DEPUTY: Kind.PEOPLE,
    What.FOLLOWER: Kind.PEOPLE,
    What.GROUP_MADE: Kind.PEOPLE,
    What.GROUP_RENAMED: Kind.PEOPLE,
    What.GROUP_CLOSED: Kind.PEOPLE,
    What.GROUP_OPENED: Kind.PEOPLE,
    What.INTO_A_GROUP: Kind.PEOPLE,
    What.OUT_OF_A_GROUP: Kind.PEOPLE,
    What.INVITATION: Kind.LINKS,
    What.RESET: Kind.LINKS,
    What.PASSWORD_SET: Kind.LINKS,
    What.PUBLISHED: Kind.POLICY,
    What.PAPER_SIGNATURE: Kind.POLICY,
    What.ASKED_AGAIN: Kind.COURSES,
    What.APPROVED: Kind.COURSES,
    What.READ: Kind.COURSES,
    What.PUT_ASIDE: Kind.COURSES,
    What.TAKEN_BACK: Kind.COURSES,
    What.GIVEN: Kind.COURSES,
    What.NO_LONGER_GIVEN: Kind.COURSES,
    What.COMES_ROUND: Kind.COURSES,
    What.DONE_ELSEWHERE: Kind.COURSES,
    What.ELSEWHERE_TAKEN_BACK: Kind.COURSES,
    What.STRUCK: Kind.COURSES,
    What.COUNTED_AGAIN: Kind.COURSES,
    What.NOTED_BESIDE: Kind.COURSES,
    What.REGISTERED: Kind.ACCOUNTS,
    What.ASSESSED_ANEW: Kind.ACCOUNTS,
    What.SECOND_SIGNATURE: Kind.ACCOUNTS,
    What.SWITCHED_OFF: Kind.ACCOUNTS,
    What.SWITCHED_ON: Kind.ACCOUNTS,
    What.REMINDER: Kind.LETTERS,
    What.HOLIDAY: Kind.SETTINGS,
    What.HOLIDAY_ENDED: Kind.SETTINGS,
    What.KEEPS_THE_HEAD: Kind.DATA,
    What.HEAD_NOT_KEPT: Kind.DATA,
    What.COPY_ELSEWHERE: Kind.BACKUPS,
    What.NO_COPY_ELSEWHERE: Kind.BACKUPS,
    What.SIGNING_KEY: Kind.SETTINGS,
    What.SIGN_IN_RULES: Kind.SETTINGS,
    What.UNLINKED: Kind.LINKS,
    What.LET_IN: Kind.LINKS,
    What.RESET_ASKED: Kind.LINKS,
    What.RESET_AGREED: Kind.LINKS,
    What.RESET_REFUSED: Kind.LINKS,
    What.FACTOR_RESET: Kind.LINKS,
    What.LIST_BROUGHT_IN: Kind.PEOPLE,
    What.DOWNLOADED: Kind.FILES,
    What.SETTINGS: Kind.SETTINGS,
    What.LETTERS_HELD: Kind.LETTERS,
    What.LETTERS_LET_GO: Kind.LETTERS,
    What.LETTER_AGAIN: Kind.LETTERS,
    What.TEST_LETTER: Kind.LETTERS,
    What.RESTORED: Kind.BACKUPS,
    What.ERASED: Kind.DATA,
    What.RETENTION_SET: Kind.DATA,
    What.RECORDS_GONE: Kind.DATA,
    What.PROVIDER_SET: Kind.SETTINGS,
    What.PROVIDER_GONE: Kind.SETTINGS,
    What.TURNED_AWAY: Kind.LINKS,
    What.RECORD_GIVEN: Kind.DATA,
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


@dataclass(frozen=True, slots=True)
class Done:
    """An act as the log tells it, wherever it is kept. Names and emails are those of that moment."""

    id: int  # in the table that keeps it
    at: datetime
    what: What
    by: int | None
    by_name: str | None  # None: the server
    by_email: str | None
    person_id: int | None
    person_name: str | None
    person_email: str | None
    course: str
    lesson: str  # empty where it is none's
    about: str
    was: Mapping[str, str]
    became: Mapping[str, str]

    @property
    def kind(self) -> Kind:
        return KINDS[self.what]

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What is another, what it was, and what it became; empty where it was or is nothing."""
        pairs = [(label, self.was.get(label, ""), self.became.get(label, "")) for label in dict.fromkeys([*self.was, *self.became])]
        return [each for each in pairs if each[1] != each[2]]
