"""What goes and what stays when somebody's record is erased, and why, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ..rules.calendar import local
from .dates import day, short_in_full
from .numbers import in_figures

# What goes, as people call it: one of it, and the tables that hold it.
GOES = (
    ("lesson passed, with its mark", "lessons passed, with their marks", ("completions",)),
    ("certificate, so that its code opens nothing any more", "certificates, so that their codes open nothing any more", ("certificates",)),
    ("try at scenarios", "tries at scenarios", ("attempts",)),
    ("answer in a try", "answers in tries", ("answers",)),
    ("scenario put off", "scenarios put off", ("put_off",)),
    ("entry of what they shared, and with whom", "entries of what they shared, and with whom", ("attempt_shares", "confidence_shares")),
    ("lesson opened", "lessons opened", ("lessons_opened",)),
    ("acknowledgement of the policy, with the name as it was typed", "acknowledgements of the policy, with the name as it was typed",
     ("acknowledgements",)),
    ("conversation with a mentor", "conversations with a mentor", ("conversations",)),
    ("sign-off of a course", "sign-offs of courses", ("sign_offs",)),
    ("correction of their record, or its words", "corrections of their record, or their words", ("corrections",)),
    ("set of answers on how ready they felt", "sets of answers on how ready they felt", ("confidence",)),
    ("note on a scenario", "notes on scenarios", ("notes",)),
    ("answer that a lead gave to their notes", "answers that leads gave to their notes", ("note_answers",)),
    ("certificate of another provider, with its file", "certificates of other providers, with their files",
     ("done_elsewhere", "done_elsewhere_taken_back", "badges_read")),
    ("entry of the groups that they belonged to", "entries of the groups that they belonged to", ("staff_group_members",)),
    ("thing they were asked again", "things they were asked again", ("asked_again",)),
    ("link, password or other way in, and by whom it came", "links, passwords and other ways in, and by whom they came",
     ("ways_in", "sign_in_events")),
    ("letter to them, or that names them", "letters to them, or that name them", ("letters",)),
    ("reminder", "reminders", ("reminders",)),
    ("entry of evidence, which loses its words", "entries of evidence, which lose their words", ("evidence",)),
    ("browser that is known, or where they are signed in", "browsers that are known, or where they are signed in",
     ("devices", "sessions")),
)
# What stays, why, and the columns in which their number stands.
STAYS = (
    (
        "that a course was completed, on which day and in which words, and whether that counts",
        ("completions.person", "corrections.person"),
        "so that the school can say that this training took place",
    ),
    (
        "what they decided or signed for the school", (
            "policy_versions.chosen_by", "approvals.approved_by", "lesson_readings.read_by", "scenarios_aside.by",
            "assessments.written_by", "assessments.first_responsible", "assessments.second_responsible",
            "assessment_signatures.signed_by", "accounts_switched_off.by", "backups_elsewhere.said_by",
            "policy_draft_choices.saved_by", "policy_draft_text.saved_by", "retention_periods.by", "removals.by", "acts.by",
            "course_cycles.by", "course_groups.by", "holidays.by", "holidays_ended.by", "reminder_choices.by",
            "staff_group_names.by", "evidence_witnesses.by", "evidence_witnesses.person", "signing_keys.by", "sign_in_rules.by",
        ),
        "these are the school’s own acts, and the policy rests on them",
    ),
    (
        "their part in the records of others", (
            "conversations.mentor", "note_answers.answered_by", "acknowledgements.recorded_by", "asked_again.asked_by",
            "attempt_shares.reader", "confidence_shares.reader", "people.added_by", "people.mentor", "people_history.by",
            "people_history.mentor", "ways_in.by", "sign_in_events.by", "links.made_by",
            "done_elsewhere.by", "done_elsewhere_taken_back.by", "staff_group_members.by", "sign_offs.by", "corrections.by",
        ),
        "those records belong to the others",
    ),
    (
        "for whom they stood in or whom they followed, and who did for them", (
            "deputies.mentor", "deputies.deputy", "deputies.by", "handovers.mentor", "handovers.follower", "handovers.by",
        ),
        "it says who might see whom, and when",
    ),
    ("that there were entries of evidence", ("evidence.person",), "the chain can be checked with them, and tells nothing"),
    ("what leads did about them", ("acts.person",), "the log of what leads did is kept for seven years"),
    (
        "from when to when somebody of that number was here, and in which role", ("people_history.person",),
        "what stays would hang in the air without it",
    ),
)


def goes(counts: Mapping[str, int]) -> list[str]:
    """*14 tries at scenarios*, one line for each kind of which there is something."""
    lines = []
    for one, several, tables in GOES:
        count = sum(counts.get(table, 0) for table in tables)
        if count:
            lines.append(f"{count} {one if count == 1 else several}")
    return lines


def stays(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """(*Their part in the records of others*, *those records belong to the others*), of what there is."""
    return [(what[0].upper() + what[1:], why) for what, columns, why in STAYS if any(counts.get(each) for each in columns)]


def was_erased(number: int, at: datetime) -> str:
    """What a page says in place of a name: *Somebody whose record was erased on 4 December 2026, number 12*."""
    return f"Somebody whose record was erased on {short_in_full(local(at).date())}, number {number}"


DONE = "The record is erased. What stays without a name is called Erased person {}."


def done(number: int, whole: bool) -> str:
    """What is said once it is done."""
    return DONE.format(number) + ("" if whole else " The last bytes on the disk go at the caretaker’s next round.")


def told(name: str, gone: Mapping[str, int], kept: Mapping[str, int], written: Sequence[str]) -> list[str]:
    """The same as on the page, for a terminal."""
    lines = [f"What goes of {name}: the name, the email and those of before", *(f"  {each}" for each in goes(gone))]
    lines += ["What stays without a name:", *(f"  {what}: {why}" for what, why in stays(kept))]
    return lines + ([f"The school's own words still name them in {', '.join(written)}."] if written else [])


def backups(count: int, last: date | None, by_hand: int, today: date) -> str:
    """What becomes of the copies in which they still stand. `last`: when the last of those goes that go by themselves."""
    if not count:
        return "No backup lies on this machine."
    lie = f"{in_figures(count, 'backup')} on this machine still {'holds' if count == 1 else 'hold'} the record."
    return lie + backups_go(last, by_hand, today)


def backups_go(last: date | None, by_hand: int, today: date) -> str:
    """Until when the backups that lie here stay, each sentence with a space before it."""
    told = ""
    if last:
        told += f" As new ones are made each night these go; the last is gone by {day(last, today)}."
    if by_hand:
        one = by_hand == 1
        told += (
            f" {by_hand} {'does' if one else 'do'} not go by {'itself' if one else 'themselves'}: delete"
            f" {'it' if one else 'them'} when you no longer need {'it' if one else 'them'}."
        )
    return told
