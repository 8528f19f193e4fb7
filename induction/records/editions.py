"""Each version of the words that anyone met, kept once, by its SHA-256."""

from __future__ import annotations

from datetime import datetime

from ..content.editions.edition import Edition
from .store.columns import moment_text
from .store.database import Database, UnfitValue
from .store.tokens import digest


def keep(db: Database, edition: Edition, kind: str, now: datetime) -> None:
    """Keep a version of a `lesson`, `quiz` or `course`, if it is not kept yet.

    Raises UnfitValue where the digest is not the text's: what is kept can be proved by anyone.
    """
    if db.value("select 1 from versions where sha256 = ?", [edition.sha256]):
        return
    if digest(edition.text) != edition.sha256:
        raise UnfitValue
    db.execute(
        "insert into versions (sha256, kind, text, kept_at) values (?, ?, ?, ?)",
        [edition.sha256, kind, edition.text, moment_text(now)],
    )


def text(db: Database, sha256: str) -> str:
    """The words of a version, as they were. Raises LookupError where it is not kept."""
    found: str | None = db.value("select text from versions where sha256 = ?", [sha256])
    if found is None:
        raise LookupError(f"no version {sha256}")
    return found
