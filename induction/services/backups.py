"""What a lead says of the backups, as far as the site can't know it."""

from __future__ import annotations

from datetime import datetime

from ..records.school import backups_elsewhere
from ..records.store.database import Database, transaction


def say_elsewhere(db: Database, elsewhere: bool, *, by: int, now: datetime) -> bool:
    """Keep that a copy lies on another machine, or no longer does; False, and nothing kept, where that stands already."""
    with transaction(db):
        said = backups_elsewhere.latest(db)
        if (said is not None and said.elsewhere) is elsewhere:
            return False
        backups_elsewhere.say(db, elsewhere, by, now)
        return True
