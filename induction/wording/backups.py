"""What became of the backups that the site makes by itself, for whoever looks after the server and for leads."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from datetime import datetime

from .dates import in_utc, listed
from .numbers import in_figures

GONE = frozenset({
    errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ENOTCONN, errno.ESTALE, errno.EHOSTDOWN, errno.EHOSTUNREACH,
    errno.ETIMEDOUT, errno.EIO,
})  # fmt: skip
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def lying_here(counts: Mapping[str, int], days: int) -> str:
    """*12 in backups/ (7 daily, 4 weekly, 1 made by hand); the newest is 0 days old.* By the kind: how many there are of it."""
    shown = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    return f"{sum(counts.values())} in backups/ ({shown}); the newest is {in_figures(days, 'day')} old."


def not_made(at: datetime, why: str) -> str:
    """`why`: a sentence."""
    return f"The last try, {in_utc(at)}, failed: {why}"


# The second folder


def same_disk(folder: str) -> str:
    return (
        f"{folder} lies on the server’s own disk, so nothing was copied there: what harms that disk would take both. "
        "If a share or a stick belongs there, it is not mounted at present."
    )


def not_there(folder: str) -> str:
    return f"The second folder {folder} is not there. If a share or a stick belongs there, it is not mounted at present."


def no_answer(folder: str) -> str:
    return f"The second folder {folder} does not answer: the machine that shares it may be away."


def not_copied(number: int | None, why: str, folder: str) -> str:
    """What a disk has said, by its number and its own words."""
    if number in FULL:
        return f"The second folder {folder} is full. What lies there already stays."
    if number == errno.EROFS:
        return (
            f"The second folder {folder} can only be read: it is mounted so, or the service may not write there "
            "(ReadWritePaths= in `systemctl edit induction`)."
        )
    if number in (errno.EACCES, errno.EPERM):
        return f"This account may not write to the second folder {folder}."
    if number == errno.EFBIG:
        return f"The disk of the second folder {folder} takes no file as large as the backup."
    if number in GONE:
        return f"The second folder {folder} can’t be reached at present ({why})."
    return f"The backup could not be copied to {folder} ({why})."


def copied(at: datetime, folder: str) -> str:
    return f"The last backup was copied to {folder} on {in_utc(at)}."


def last_copied(at: datetime) -> str:
    return f"The last copy there is from {in_utc(at)}."


def said_elsewhere(by: str, at: datetime) -> str:
    return f"{by} said on {in_utc(at)} that a copy lies elsewhere."


NOBODY_SAID = "Nobody has said that a copy of the backups lies on another machine, and none has been copied to a second folder."
ELSEWHERE = "Set INDUCTION_BACKUP_COPY, or let another machine fetch backups/ and say so under Settings."
SEE_TO_IT = "See to that folder: the backup is copied again within the hour. Those on this machine are made all the same."


# The drill


def drilled(at: datetime, file: str, words: str) -> str:
    return f"{file}, {in_utc(at)}: {words}"


DRILL = "Run `induction drill`. Should the backup not do, run `induction backup` and `induction drill` again."
NOT_DRILLED = "No backup has been proved by a drill yet."


ONE = {"people": "person", "answers": "answer", "completions": "completion"}


def _things(what: str, count: int) -> str:
    """*1,200 people*, *1 answer*"""
    return f"{count:,} {ONE.get(what, what) if count == 1 else what}"


OPENED = "It opens and is whole, as this program makes it, and its records agree with each other."


def held(counts: Mapping[str, int], as_made: bool) -> str:
    """*It holds 12 people, 340 answers and 7 completions, as many as when it was made.*"""
    words = f"It holds {listed([_things(what, count) for what, count in counts.items()])}"
    return f"{words}, as many as when it was made." if as_made else f"{words}; an earlier version made it, which kept no count beside."


def fewer(what: str, there: int, then: int) -> str:
    return f"It holds {_things(what, there)}, and there were {then:,} when it was made."


def since(counts: Mapping[str, int]) -> str:
    """What has been written since it was made."""
    shown = [_things(what, count) for what, count in counts.items() if count > 0]
    return f"Since then the site has {listed(shown)} more." if shown else "The site has no more than that today."


def own_content(files: int) -> str:
    if not files:
        return "It holds no content of the school’s own."
    return f"The school’s own content in it passes the check ({in_figures(files, 'file')})."


def signed_in(name: str) -> str:
    return f"The site started on it, and {name} signed in and opened the overview."


NO_LEAD = "The site started on it and showed its sign-in page; there is no lead in it who could sign in."
BY_KEY = "What is in it can only be proved with the private key:  induction drill --key FILE"
SEALED = f"It is encrypted: its header, its size and its digest are those of the backup that was made. {BY_KEY}"
SEALED_UNKNOWN = f"It is encrypted, with a header that is whole; nothing here says how large it was when it was made. {BY_KEY}"
SEALED_UNLIKE = "It is encrypted, and has another size or digest than when it was made, so it is damaged or somebody changed it."
ANOTHER_SCHOOL = "It is a backup of another school’s records."


def not_started(why: str) -> str:
    return f"The site could not be used on it: {why}."


def content_faulty(count: int, first: str) -> str:
    return (
        f"The school’s own content in it does not pass the check ({in_figures(count, 'problem')}): {first} "
        "See `induction check`; once that is well, the next backup is."
    )


def key_made(public: str) -> str:
    """After the private key was shown, once."""
    return (
        "\nThis private key is shown once and kept nowhere. Print it, or copy it to two places away from this machine: the safe, "
        "and with somebody else whom the school trusts. Without it nobody can open the backups, not even you.\n"
        f"Then put the public key into /etc/induction.env and restart the site:\n\n    INDUCTION_BACKUP_KEY={public}\n"
    )


