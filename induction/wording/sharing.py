"""How sharing is told to whoever shares: a share names its reader, and a new mentor reads nothing before it is shared anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .dates import short_day


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who reads something, and who would if it were shared now. Names; None where there is nobody."""

    reader: str | None
    since: date | None  # when it was shared with the reader
    mentor: str | None  # at present
    with_mentor: bool  # the reader is the mentor

    @property
    def may_share(self) -> bool:
        """Whether there is somebody to share it with who does not read it."""
        return self.mentor is not None and not self.with_mentor

    @property
    def concerns(self) -> bool:
        """Whether sharing is worth a word: somebody reads it, or there is a mentor who could."""
        return self.reader is not None or self.mentor is not None

    def words(self, what: str, today: date) -> str:
        """One or two sentences; `what` is shared, such as *the choices of this try*."""
        if self.reader and self.since:
            told = f"Shared with {self.reader} on {short_day(self.since, today)}."
            if self.with_mentor:
                return f"{told} Nobody else reads {what}."
            if self.mentor:
                return f"{told} {self.mentor} is your mentor now, and does not read {what}."
            return f"{told} You have no mentor at present."
        return f"You may share {what} with {self.mentor} and nobody else, if a talk would help." if self.mentor else ""


def not_shared(mentor: str | None) -> str:
    """Why something is not shared with whom the page had named. `mentor` is the mentor's name at present."""
    if mentor is None:
        return "Not shared: you have no mentor at present. Once you have one, you can share it with them."
    return f"Not shared: {mentor} is your mentor now, and the page had not said so. Decide once more."
