"""The log of what leads did."""

from __future__ import annotations

from ..records import acts
from ..records.store.database import Database, transaction
from ..rules.acts import Act


def note(db: Database, act: Act) -> None:
    """Note what a lead did, inside the transaction of the deed itself, so that there is never one without the other.

    For what no table of its own keeps: whoever writes to an append-only table that says who and when (a person's history, a
    way in, a version of the policy, …) notes nothing; the log reads that table. Noted is what became another, once it did:
    a form that is saved as it stood is no act. `was` and `became` hold the fields by the labels that people read, and values
    as people read them; long ones are cut short. Never a password, a token, the words of a letter that holds a link, or
    anything that belongs to a teacher's answers.

        with transaction(db):
            ...
            acts.note(db, Act(What.SETTINGS, by, now, was={"Name": "Wrenfield"}, became={"Name": "Wrenfield School"}))

    A new kind of act: its member of `rules.acts.What`, its kind in `KINDS` there, and its sentence in `wording/acts.py`.
    """
    acts.add(db, act)


def note_alone(db: Database, act: Act) -> None:
    """Note what changes nothing else, as a download: the deed is the note. What can't be noted is not handed out."""
    with transaction(db):
        note(db, act)
