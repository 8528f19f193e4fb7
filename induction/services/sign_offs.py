"""Signing off: a mentor, or a lead, says that they have talked through with somebody what they completed."""

from __future__ import annotations

from datetime import datetime

from ..records.people import people
from ..records.progress import sign_offs
from ..records.store.database import Database, transaction
from ..rules.calendar import local


class NotToSign(Exception):
    """It is not theirs to sign off, or it counts no more."""


def sign(db: Database, teacher_id: int, completion_id: int, *, typed_name: str, by: int, now: datetime) -> bool:
    """Sign a completed course off; False where this signer had. Raises NotToSign.

    Whoever signs may see the teacher at that moment: their mentor, a deputy, or a lead; nobody signs their own.
    """
    with transaction(db):
        teacher = people.visible_teacher(db, by, teacher_id, local(now).date())
        if teacher is None or teacher.id == by or completion_id not in sign_offs.whole_courses(db, teacher.id):
            raise NotToSign
        return sign_offs.sign(db, completion_id, typed_name=typed_name, by=by, now=now)
