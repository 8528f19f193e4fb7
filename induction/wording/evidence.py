"""What is said of the chain of evidence: what it proves, and what does not fit."""

from __future__ import annotations

from datetime import datetime

from ..rules.calendar import local
from . import dates
from .letters import Letter, hello, paragraphs

PROVES = (
    "Each thing that happened here is sealed into a chain as it is saved. The last seal, 64 letters and figures, is called the head "
    "of the chain: whoever kept one can have it shown later that nothing up to that head was altered, left out or put in since.",
    "It does not show that what was entered was true, or who sat at the keyboard.",
    "Whoever holds this server’s disk could make a whole chain anew; what they can’t change is a head of the chain that lies elsewhere, "
    "on a certificate, in the name of a backup, in a letter or on the printed pack.",
)
WRONG = {
    "missing": "it is not there",
    "leaf": "its words are not those that were sealed",
    "head": "it does not follow from the entry before",
    "emptied": "its words went, and no removal took them",
    "record changed": "the record that it tells of was changed since",
    "record gone": "the record that it tells of is gone",
    "other words": "the words that it rests on are not there as they were: those that are kept have another SHA-256",
    "not entered": "a record stands here of which the chain knows nothing",
    "other head": "No entry has the head that you gave, so this is not the chain of which it was the head, or its end was cut off",
}
KINDS = {
    "school": "the school",
    "person": "who somebody was",
    "policy": "a version of the policy",
    "approval": "the approval of a course",
    "acknowledgement": "an acknowledgement of the policy",
    "attempt": "the result of a try",
    "answers": "the answers of a try",
    "completion": "a completion",
    "elsewhere": "something done elsewhere",
    "certificate": "the code of a certificate",
    "sign-off": "a sign-off",
    "correction": "a correction",
    "elsewhere taken back": "something done elsewhere that was taken back",
    "badge": "a badge of another school",
    "signing key": "a key that badges are signed with",
    "act": "what a lead did",
    "removal": "a removal",
}


def fault(n: int, wrong: str, kind: str, row: int) -> str:
    """*Entry 12 does not fit: the record that it tells of was changed since (a completion, number 3).*"""
    if wrong == "other head":
        return f"{WRONG[wrong]}."
    what = f" ({KINDS.get(kind, kind)}, number {row})" if kind else ""
    first = "Entry" if wrong != "not entered" else "After entry"
    return f"{first} {n if wrong != 'not entered' else n - 1} does not fit: {WRONG[wrong]}{what}."


def entries(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'}"


def held(count: int) -> str:
    return f"It held, with {entries(count)}."


def kept_elsewhere(posts: bool) -> str:
    """To the lead who named who keeps the head."""
    when = "The head of the chain" if posts else "Once this site sends letters, the head of the chain"
    return f"Kept. {when} goes to them each Monday, by letter."


def in_groups(head: str) -> str:
    """A head as it is read aloud or compared: *0a1b2c3d 4e5f…*, eight digits at a time."""
    return " ".join(head[place : place + 8] for place in range(0, len(head), 8))


def weekly_letter(first_name: str, school: str, n: int, head: str, at: datetime, address: str) -> Letter:
    """To whoever keeps the head outside the server. `address`: the site's, for a lead; the page is for nobody else."""
    day = dates.short_in_full(local(at).date())
    return Letter(
        f"Please keep: the head of the chain of evidence at {school}, {day}",
        paragraphs(
            hello(first_name),
            f"The records of staff induction at {school} are sealed into a chain. On {day} it had {entries(n)}, and the last seal, which"
            " is called the head of the chain, was",
            head,
            "Please keep this letter; there is nothing else to do. If the records are ever doubted, it helps to show that nothing up"
            " to that day was altered since: a lead compares it under Evidence, or whoever looks after the server runs"
            " induction verify --head with it.",
            *([f"{address}/school/evidence"] if address else []),
        ),
    )
