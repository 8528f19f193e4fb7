"""The third step's work on the people who are there: sorted and found as this version does, whatever an earlier one kept."""

from __future__ import annotations

import sqlite_utils

from ...rules.email_address import as_typed
from ...rules.text import folded


def fold_again(db: sqlite_utils.Database) -> None:
    """Fold names anew, and take out of addresses what nobody could type at the sign-in, where that makes no clash.

    Up to version 1.1 an address that was pasted with a sign nobody sees was kept with it, and its owner was not found.
    Where somebody else has the plain address already, both stay as they are, for a lead to decide.
    """
    for person_id, email, name in db.execute("select id, email, name from people order by id").fetchall():
        db.execute("update people set sort_name = ? where id = ?", [folded(name), person_id])
        if as_typed(email) != email:
            db.execute("update or ignore people set email = ? where id = ?", [as_typed(email), person_id])
