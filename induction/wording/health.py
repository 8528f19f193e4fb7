"""How the site is, one line for each thing: a plain word, what it means, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ..rules.calendar import local
from .dates import clock, day_and_clock, listed, short_in_full
from .numbers import plural

WELL, LOOK, ACT_NOW, NOT_KNOWN = "Well", "Look", "Act now", "Not known"
STILL_LOOKING = "The site was started a moment ago and still looks at itself. Open this page again in a minute for all of it."
TITLES = {  # findings by their names, where another word says it better
    "space": "Disk",
    "writing": "Saving answers",
    "schema": "Upgrade of the database",
    "agreement": "Records agree",
    "evidence": "Evidence",
    "records": "What is recorded",
    "lead": "A lead",
    "address": "The site’s address",
    "sign-in elsewhere": "Signing in elsewhere",
    "certificate": "Certificate of https",
    "version": "This program",
    "erased": "Erased records",
    "drill": "Drill: a backup tried out",
    "chores": "What it does by itself",
    "answers": "Answers of policy",
    "facts": "Facts that age",
    "lessons": "Lessons due for review",
    "badges": "Key for badges",
    "put back": "Records put back",
    "dormant": "Away for a term",
    "second step": "Second step of leads",
}


NOBODY_ELSEWHERE = "Nobody signs in elsewhere who could be asked after there."
PROVIDERS_ANSWER = "Who signs in elsewhere is asked after there each hour, and nothing is wrong with that."
PROVIDER_DO = (
    "Whoever is signed in stays so meanwhile, even if their account there has ended. Try the provider out under Settings, and see"
    " whether this server reaches it."
)


SECRET_LOST_DO = "A lead types it anew under Settings, Signing in. Until then nobody can sign in there."


def secret_lost(labels: Sequence[str]) -> str:
    """The records came without the key that lay beside them."""
    return f"The client secret of {listed(labels)} can’t be read any more, as the records came without the site’s key."


def provider_silent(since: datetime, now: datetime) -> str:
    """Where people sign in elsewhere, and nobody answers there."""
    when = day_and_clock(since, local(now).date())
    return f"Since {when} it can’t be found out elsewhere whether people who are signed in still have their accounts there."


def title(name: str) -> str:
    return TITLES.get(name) or name[0].upper() + name[1:]


def word(ok: bool, known: bool, cant_wait: bool) -> str:
    if not known:
        return NOT_KNOWN
    return WELL if ok else ACT_NOW if cant_wait else LOOK


def how_it_is(act_now: int, look: int) -> str:
    """Above the list: *All is well.*, *One thing can’t wait, and two need a look.*"""
    if not act_now and not look:
        return "All is well, as far as the site can see."
    parts = []
    if act_now:
        parts.append("one thing can’t wait" if act_now == 1 else f"{act_now} things can’t wait")
    if look:
        things = " thing" if look == 1 and not act_now else " things" if not act_now else ""
        parts.append(f"one{things} needs a look" if look == 1 else f"{look}{things} need a look")
    words = ", and ".join(parts)
    return f"{words[0].upper()}{words[1:]}. The rest is well, as far as the site can see."


# Mail

HELD_DO = "Let them go under Settings, Mail, once they may."
REFUSED_DO = "See under Settings, Mail, what the server said of each; mend the address, and send it again."
WAITING_DO = "See that the site runs with its mail server set; `induction send-mail` posts what waits, and says what is wrong."


def refused(count: int) -> str:
    """Of letters that were refused, or may not have arrived, in the last two weeks."""
    if count == 1:
        return "One letter of the last two weeks was refused, or may not have arrived."
    return f"{count} letters of the last two weeks were refused, or may not have arrived."


def waiting(since: datetime, now: datetime) -> str:
    return f"Letters have been waiting since {day_and_clock(since, local(now).date())}, and nobody posts them."


# The certificate of https

RENEW = "See why it was not renewed: `journalctl -u caddy`, or whatever serves https. Browsers turn people away once it has ended."
NOT_TRUSTED_DO = (
    "Open the site from another machine. Where browsers warn there too, see to the certificate; where they don’t, this machine alone"
    " lacks the authority that signed it."
)
NO_HTTPS = "The site’s address has no https, so there is no certificate."
NOT_SEEN_YET = "Nobody has looked yet: the running site looks once a day."


def certificate(host: str, ends: datetime, days: int) -> str:
    """*That of induction.school.example holds for 62 days more, until 4 March 2027.*"""
    until = short_in_full(local(ends).date())
    if days < 0:
        return f"That of {host} ended on {until}."
    if days == 0:
        return f"That of {host} ends today."
    return f"That of {host} holds for {days} {plural('day', days)} more, until {until}."


def not_trusted(host: str, why: str) -> str:
    return f"This machine does not trust the certificate of {host}: {why}."


def not_seen(host: str, why: str) -> str:
    return f"{host} could not be asked from this machine ({why}), so until when its certificate holds is not known."


def seen_long_ago(host: str, at: datetime) -> str:
    return f"That of {host} was looked at last on {short_in_full(local(at).date())}, so how it stands is not known."


# What it does by itself

CHORES_DO = "See to what it names: it is tried again by itself at its next time. The log of the site says more."
NOT_WALKING_DO = "Start the site anew; if it stays so, its log says why."
NONE_KNOWN = "There is nothing to do by itself yet."


def chores_done(count: int, latest: datetime | None, now: datetime) -> str:
    if latest is None:
        return f"{count} {plural('chore', count)}, none of them due yet."
    return f"{count} {plural('chore', count)}, all done when they were due; the last at {clock(latest)}{_on(latest, now)}."


def _on(when: datetime, now: datetime) -> str:
    day = local(when).date()
    return "" if day == local(now).date() else f" on {short_in_full(day)}"


def chore_went_wrong(name: str, why: str, well: datetime | None) -> str:
    last = f"; it last went well on {short_in_full(local(well).date())}" if well else ""
    return f"“{name}” went wrong ({why.rstrip('.')}){last}."


def chore_is_late(name: str, begun: datetime | None, every: timedelta) -> str:
    since = f"since {short_in_full(local(begun).date())}" if begun else "since the site was started"
    return f"“{name}” has not been done {since}, and is due every {_every(every)}."


def _every(every: timedelta) -> str:
    for seconds, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        count = round(every.total_seconds() / seconds)
        if count >= 1:
            return unit if count == 1 else f"{count} {unit}s"
    return "minute"


# The program

RESTART = "Start the site anew to run it; `docs/running.md` says how, and a backup is made before the database is upgraded."
MOST_CHANGES = 3


def version(running: str, dated: str) -> str:
    when = f", of {dated}" if dated else ""
    return (
        f"Version {running}{when}. `git pull` in its folder brings a newer one where there is one; CHANGELOG.md there says what is in it."
    )


def newer_lies_here(running: str, newer: str, changes: Sequence[str]) -> str:
    """A newer one was taken in, and the site not started anew."""
    brings = f" It brings: {' '.join(changes[:MOST_CHANGES])}" if changes else ""
    more = f" And {len(changes) - MOST_CHANGES} more, in CHANGELOG.md." if len(changes) > MOST_CHANGES else ""
    return f"Version {running} runs, and {newer} lies in its folder already.{brings}{more}"


# Content

FACTS_DO = (
    "Look each up at its source; `induction check` says where each stands. A newer version of this program may have them checked."
)
LESSONS_DO = "Read them again; change what no longer holds."
ANSWERS_DO = "Look under Policy, choose again, and publish it."
CONFIRM_DO = "Look each up under Courses."
NEVER, NOT_OF_LATE = "Never.", "Not of late."  # records were put back
PUT_BACK_DO = "Tell staff who worked after that to look at their record."
AWAY_DO = "End the accounts of those who have left; ask the others whether they can sign in."
NOBODY_AWAY = "Nobody for whom something waits here has been away for a term."
NO_FACTS_TO_CONFIRM = "None is left to confirm."
FACTS_CHECKED = "All were checked within a year."
LESSONS_REVIEWED = "All were reviewed within a year."
ANSWERS_ALLOWED = "All that were chosen can be, in your nation."


def away(count: int) -> str:
    if count == 1:
        return "One person for whom something waits here has not signed in for a term, and can."
    return f"{count:,} people for whom something waits here have not signed in for a term, and can."


def several(sentences: Sequence[str], most: int = 3) -> str:
    """The first few in full, and how many more there are."""
    left = len(sentences) - most
    more = "" if left <= 0 else " There is one more." if left == 1 else f" There are {left} more."
    return f"{' '.join(sentences[:most])}{more}"
