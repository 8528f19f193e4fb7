"""How the site is beyond what the doctor finds: mail, certificate, chores, content, version. Each look is one function.

None of these stops the site. The health page, `induction doctor` and the figures for monitoring all tell this list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from ..content.conditions import in_force, not_allowed
from ..content.model import Library, School
from ..records.people import people, provider_accounts, second_factors, sign_in_rules
from ..records.school import certificate_seen, chores, outbox, post_office, providers
from ..records.school.chores import Done
from ..records.store.database import Database
from ..records.store.restore import last_put_back
from ..rules.induction import Required
from ..rules.letters import LetterState
from ..wording import badges as badge_words
from ..wording import health as wording
from ..wording import mail as mail_words
from ..wording import second_factor as factor_words
from ..wording import upkeep
from . import away, badges, changelog
from .findings import Finding

A_YEAR = timedelta(days=365)
TOLD_FOR = timedelta(days=14)  # of a restore, and of letters that were refused
UNPOSTED = timedelta(hours=1)  # after which a letter that could have gone waits for too long
ENDS_SOON, ENDS_NOW = 14, 3  # days of a certificate
SEEN_LATELY = timedelta(days=3)  # a look at it counts for so long
PROVIDER_AWAY = timedelta(hours=4)  # after which it can't wait that nobody can be asked after
MAY_BE_LATE = timedelta(hours=1)  # a chore


@dataclass(frozen=True, slots=True)
class Ground:
    """What the looks are taken on."""

    db: Database
    data: Path
    home: Path  # where the program lies
    version: str  # of what runs
    url: str | None  # the site's public address
    library: Library
    school: School
    required: Required
    now: datetime
    today: date
    chores: Mapping[str, timedelta] = field(default_factory=dict)  # what is done by itself, and how often
    walking_since: datetime | None = None  # since when this process does them; None: another does


def look(ground: Ground) -> list[Finding]:
    return [each(ground) for each in LOOKS]


def _finding(name: str, ok: bool, words: str, do: str = "", **more: object) -> Finding:
    return Finding(name, ok, words, "" if ok else do, stops=False, **more)  # type: ignore[arg-type]


# Each look


def mail(ground: Ground) -> Finding:
    db, now = ground.db, ground.now
    office = post_office.look(db)
    unsent = outbox.listing(db, (LetterState.REFUSED, LetterState.UNSURE))
    lately = [each for each in unsent if each.done_at and now - each.done_at < TOLD_FOR]
    waits = outbox.how_many(db, (LetterState.WAITING, LetterState.CLAIMED, LetterState.POSTING))
    numbers = {"letters_waiting": waits, "letters_refused": outbox.how_many(db, (LetterState.REFUSED,))}
    oldest = outbox.oldest_waiting(db, now)
    if not office.open:
        return _finding("mail", True, mail_words.NO_MAIL, numbers=numbers)
    if office.failing_since:
        words = mail_words.trouble(office.trouble, office.failing_since, office.next_try, now)
        urgent = now - office.failing_since > UNPOSTED
        return _finding("mail", False, words, mail_words.what_to_do(office.trouble), numbers=numbers, urgent=urgent)
    if office.held:
        return _finding("mail", False, mail_words.HELD, wording.HELD_DO, numbers=numbers)
    if oldest and now - oldest > UNPOSTED:
        return _finding("mail", False, wording.waiting(oldest, now), wording.WAITING_DO, numbers=numbers, urgent=True)
    if lately:
        return _finding("mail", False, wording.refused(len(lately)), wording.REFUSED_DO, numbers=numbers)
    return _finding("mail", True, mail_words.how_mail_is(office.last_sent_at, now), numbers=numbers)


def sign_in_elsewhere(ground: Ground) -> Finding:
    """Whether providers of sign-ins can be used, and asked who still has an account there."""
    if lost := [each.provider.label for each in providers.stored(ground.db) if each.lost_secret]:
        return _finding("sign-in elsewhere", False, wording.secret_lost(lost), wording.SECRET_LOST_DO, urgent=True)
    since = provider_accounts.failing_since(ground.db)
    if since is None:
        asked = provider_accounts.any_token(ground.db)
        return _finding("sign-in elsewhere", True, wording.PROVIDERS_ANSWER if asked else wording.NOBODY_ELSEWHERE)
    urgent = ground.now - since > PROVIDER_AWAY
    words = wording.provider_silent(since, ground.now)
    return _finding("sign-in elsewhere", False, words, wording.PROVIDER_DO, urgent=urgent)


def certificate(ground: Ground) -> Finding:
    if not (ground.url or "").startswith("https:"):
        return _finding("certificate", True, wording.NO_HTTPS)
    seen = certificate_seen.latest(ground.db)
    if seen is None:
        return _finding("certificate", True, wording.NOT_SEEN_YET, known=False)
    if seen.refused:
        return _finding("certificate", False, wording.not_trusted(seen.host, seen.refused), wording.NOT_TRUSTED_DO)
    if seen.ends_at is None:
        return _finding("certificate", True, wording.not_seen(seen.host, seen.trouble), known=False)
    days = (seen.ends_at - ground.now).days
    if days > ENDS_SOON and ground.now - seen.seen_at > SEEN_LATELY:
        return _finding("certificate", True, wording.seen_long_ago(seen.host, seen.seen_at), known=False)
    words, numbers = wording.certificate(seen.host, seen.ends_at, days), {"certificate_days": days}
    return _finding("certificate", days > ENDS_SOON, words, wording.RENEW, numbers=numbers, urgent=days <= ENDS_NOW)


def what_it_does_by_itself(ground: Ground) -> Finding:
    done = chores.all_of_them(ground.db)
    wrong = [wording.chore_went_wrong(each.name, each.trouble, each.done_at) for each in done.values() if each.trouble]
    late = list(_late(ground, done))
    numbers = {"chores": len(ground.chores or done), "chores_gone_wrong": len(wrong), "chores_late": len(late)}
    if wrong or late:
        do = wording.CHORES_DO if wrong else wording.NOT_WALKING_DO
        return _finding("chores", False, wording.several([*wrong, *late]), do, numbers=numbers, urgent=bool(late))
    if not numbers["chores"]:
        return _finding("chores", True, wording.NONE_KNOWN, numbers=numbers)
    latest = max((each.begun_at for each in done.values() if each.begun_at), default=None)
    return _finding("chores", True, wording.chores_done(numbers["chores"], latest, ground.now), numbers=numbers)


def _late(ground: Ground, done: Mapping[str, Done]) -> Iterator[str]:
    """Those that should have been done again since. One that never was is due once this process has been at it for as long."""
    for name, every in ground.chores.items():
        begun = done[name].begun_at if name in done else None
        since = begun or ground.walking_since
        if since and ground.now - since > every + MAY_BE_LATE + (every if begun else timedelta()):
            yield wording.chore_is_late(name, begun, every)


def put_back(ground: Ground) -> Finding:
    back = last_put_back(ground.data)
    if back is None or ground.now - back.at >= TOLD_FOR:
        return _finding("put back", True, wording.NOT_OF_LATE if back else wording.NEVER)
    return _finding("put back", False, upkeep.put_back(back.at, back.latest, back.records_alone), wording.PUT_BACK_DO)


def answers(ground: Ground) -> Finding:
    """Answers to the policy's questions that the law of the school's nation doesn't allow."""
    school = ground.school
    found = [
        upkeep.another_answer(facet.ask, stance.label, in_force(school, facet).label)
        for facet in ground.library.facets.values()
        if (stance := not_allowed(school, facet))
    ]
    return _finding("answers", not found, wording.several(found) or wording.ANSWERS_ALLOWED, wording.ANSWERS_DO)


def badge_key(ground: Ground) -> Finding:
    """The key with which badges are signed. Where the site was never started there is none yet."""
    trouble = badges.trouble(ground.db, ground.data) if badges.latest(ground.db) else ""
    return _finding("badges", not trouble, trouble or badge_words.KEY_WELL, badge_words.KEY_DO)


def lessons(ground: Ground) -> Finding:
    every = [lesson for course in ground.library.courses.values() for lesson in course.lessons]
    aged = [lesson.title for lesson in every if lesson.reviewed and lesson.reviewed < ground.today - A_YEAR]
    return _finding("lessons", not aged, upkeep.aged_lessons(aged) if aged else wording.LESSONS_REVIEWED, wording.LESSONS_DO)


def facts(ground: Ground) -> Finding:
    known = ground.library.facts.values()
    aged = [fact.name for fact in known if fact.checked and fact.checked < ground.today - A_YEAR]
    return _finding("facts", not aged, upkeep.aged_facts(aged) if aged else wording.FACTS_CHECKED, wording.FACTS_DO)


def facts_to_confirm(ground: Ground) -> Finding:
    open_ones = [each for each in ground.library.facts.values() if not each.checked and each.is_for(ground.school.nation)]
    words = upkeep.facts_to_confirm(len(open_ones)) or wording.NO_FACTS_TO_CONFIRM
    return _finding("facts to confirm", not open_ones, words, wording.CONFIRM_DO)


def dormant(ground: Ground) -> Finding:
    """The accounts of those who have not been here for a term, though something waits for them."""
    count = len(away.for_a_term(ground.db, ground.required, ground.now))
    words = wording.away(count) if count else wording.NOBODY_AWAY
    return _finding("dormant", not count, words, wording.AWAY_DO, numbers={"dormant_accounts": count})


def second_step(ground: Ground) -> Finding:
    """Whether leads can help each other out where one has lost theirs, once they have to have one."""
    db = ground.db
    if ground.now < sign_in_rules.asked_from(db) or not (leads := people.leads(db)):
        return _finding("second step", True, factor_words.NOT_YET_ASKED)
    without = set(second_factors.without_one(db))
    have = sum(each.id not in without for each in leads)
    well = have > 1 or have == len(leads)
    words = factor_words.LEADS_HAVE_ONE if well else factor_words.nobody_but(have, len(leads))
    return _finding("second step", well, words, factor_words.LEADS_DO)


def version(ground: Ground) -> Finding:
    """What runs, and what the folder of the program holds by now. Nobody is asked over the network."""
    releases = changelog.read(ground.home)
    newer = [each for each in releases if each.is_newer_than(ground.version)]
    if newer:
        changes = [line for each in newer for line in each.changes]
        return _finding("version", False, wording.newer_lies_here(ground.version, newer[0].version, changes), wording.RESTART)
    dated = next((each.dated for each in releases if each.version == ground.version), "")
    return _finding("version", True, wording.version(ground.version, dated))


# A look that joins is a function from the ground to a finding, and a line here. What the doctor finds besides (the database,
# saving, disk, clock, backups and drill) is told in front of these.
LOOKS: tuple[Callable[[Ground], Finding], ...] = (
    mail,
    sign_in_elsewhere,
    certificate,
    what_it_does_by_itself,
    put_back,
    answers,
    badge_key,
    lessons,
    facts,
    facts_to_confirm,
    dormant,
    second_step,
    version,
)

# What leads see to, and is no matter of the server.
FOR_LEADS = frozenset({"put back", "answers", "badges", "lessons", "facts", "facts to confirm", "dormant", "second step"})
