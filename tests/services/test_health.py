"""How the site is, beyond what the doctor finds: each look in each state, with what to do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from induction.content.model import Choice
from induction.content.reading import library
from induction.records.people import code_apps, people, provider_accounts, sessions
from induction.records.people.person import Details
from induction.records.people.provider_accounts import How
from induction.records.people.sessions import Beginning
from induction.records.school import certificate_seen, chores, outbox, post_office, school
from induction.records.school.certificate_seen import Seen
from induction.records.school.outbox import Envelope
from induction.records.store import restore
from induction.records.store.backup import backup
from induction.records.store.database import transaction
from induction.rules.induction import Required
from induction.rules.letters import LetterKind, LetterState
from induction.rules.roles import Role
from induction.rules.second_factor import SessionWay
from induction.services import changelog, health
from induction.services.health import LOOKS, Ground
from induction.settings import HOME
from induction.version import VERSION
from induction.wording import health as wording
from tests.records.making import COURSE, NOW, TODAY

URL = "https://induction.school.example"
REQUIRED = Required(((COURSE, "late-messages"),))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="session")
def taught(tmp_path_factory):
    return library.read(HOME, tmp_path_factory.mktemp("nothing")).library


@pytest.fixture
def ground(db, cast, taught, tmp_path):
    checked = {name: replace(fact, checked=TODAY) for name, fact in taught.facts.items()}
    return Ground(db, tmp_path, HOME, VERSION, URL, replace(taught, facts=checked), school.load(db)[0], REQUIRED, NOW, TODAY)


def found(ground, name, **changes):
    ground = replace(ground, **changes)
    [finding] = [each for each in health.look(ground) if each.name == name]
    assert bool(finding.what_to_do) is not finding.ok and finding.words and not finding.stops
    return finding


def word(finding):
    return wording.word(finding.ok, finding.known, finding.stops or finding.urgent)


def test_all_is_well_or_not_known_and_nothing_stops_the_site(ground):
    findings = health.look(ground)
    assert [each.name for each in findings if not each.ok] == []
    assert len(findings) == len(LOOKS) and len({each.name for each in findings}) == len(findings)
    assert health.FOR_LEADS <= {each.name for each in findings}


# Mail


def open_office(db):
    with transaction(db):
        post_office.set_up(db, URL, open=True)


def letter(db, key, state=None, at=NOW):
    with transaction(db):
        envelope = Envelope(LetterKind.TEST, 1, "lou@school.example", key, "A test", "Words", "Because.", at, at + 3 * DAY)
        assert outbox.put(db, envelope, at)
        if state:
            [taken] = outbox.claim(db, "c" * 16, at + HOUR, 1, at)
            outbox.ended(db, taken, state, "550 no such user", at)


def mail_that_fails(ground):
    open_office(ground.db)
    with transaction(ground.db):
        post_office.failed(ground.db, "535 authentication failed", NOW, NOW - 2 * HOUR)


def mail_that_failed_a_moment_ago(ground):
    open_office(ground.db)
    with transaction(ground.db):
        post_office.failed(ground.db, "Connection refused", NOW, NOW)


def mail_held(ground):
    open_office(ground.db)
    with transaction(ground.db):
        post_office.hold(ground.db, True)


def letters_that_nobody_posts(ground):
    open_office(ground.db)
    letter(ground.db, "one", at=NOW - 2 * HOUR)


def letters_refused(ground):
    open_office(ground.db)
    letter(ground.db, "one", LetterState.REFUSED, NOW - 13 * DAY)


def letters_refused_long_ago(ground):
    open_office(ground.db)
    letter(ground.db, "one", LetterState.REFUSED, NOW - 14 * DAY)


MAIL = {
    "none": (lambda ground: None, "Well", "has no mail server"),
    "untried": (lambda ground: open_office(ground.db), "Well", "no letter has gone yet"),
    "fails": (mail_that_fails, "Act now", "535 authentication failed"),
    "failed just now": (mail_that_failed_a_moment_ago, "Look", "Connection refused"),
    "held": (mail_held, "Look", "held back"),
    "nobody posts": (letters_that_nobody_posts, "Act now", "and nobody posts them"),
    "refused": (letters_refused, "Look", "One letter of the last two weeks was refused"),
    "refused long ago": (letters_refused_long_ago, "Well", "no letter has gone yet"),
}


@pytest.mark.parametrize("state", MAIL)
def test_mail(ground, state):
    make, how, words = MAIL[state]
    make(ground)
    finding = found(ground, "mail")
    assert (word(finding), words in finding.words) == (how, True), finding


def test_mail_in_numbers(ground):
    open_office(ground.db)
    letter(ground.db, "one", LetterState.REFUSED)
    letter(ground.db, "two")
    assert found(ground, "mail").numbers == {"letters_waiting": 1, "letters_refused": 1}


# Providers of sign-ins


def elsewhere_silent(ground, since):
    ground.db.path.with_name("secret-key").write_bytes(b"k" * 32)
    with transaction(ground.db):
        person = people.add(ground.db, Details("ida@school.example", "Ida", Role.TEACHER), now=NOW)
        account = provider_accounts.link(ground.db, person.id, "https://a.example", "s", person.email, How.ADDRESS, NOW)
        provider_accounts.keep_token(ground.db, account.id, "refresh", NOW - 2 * DAY)
        sessions.start(ground.db, person.id, device="", now=NOW, how=Beginning(SessionWay.OTHER, account.id))
        [token] = provider_accounts.to_ask(ground.db, [account.id], NOW, 1)
        provider_accounts.not_answered(ground.db, token, since)
        provider_accounts.not_answered(ground.db, token, NOW)  # it is told since when it began


@pytest.mark.parametrize("hours, how", [(None, "Well"), (1, "Look"), (5, "Act now")])
def test_a_provider_that_cant_be_asked_after_anybody(ground, hours, how):
    if hours:
        elsewhere_silent(ground, NOW - hours * HOUR)
    finding = found(ground, "sign-in elsewhere")
    assert word(finding) == how and ("it can’t be found out elsewhere" in finding.words) is (hours is not None), finding


# The certificate


@pytest.mark.parametrize(
    "days, how, words",
    [
        (60, "Well", "holds for 60 days more, until 23 January 2027"),
        (15, "Well", "holds for 15 days more"),
        (14, "Look", "holds for 14 days more"),
        (4, "Look", "holds for 4 days more"),
        (3, "Act now", "holds for 3 days more"),
        (1, "Act now", "holds for 1 day more"),
        (0, "Act now", "ends today"),
        (-1, "Act now", "ended on 23 November 2026"),
    ],
)
def test_a_certificate_that_was_seen(ground, days, how, words):
    with transaction(ground.db):
        certificate_seen.keep(ground.db, Seen("induction.school.example", NOW, NOW + days * DAY))
    finding = found(ground, "certificate")
    assert (word(finding), words in finding.words, finding.numbers) == (how, True, {"certificate_days": days}), finding


@pytest.mark.parametrize(
    "seen, how, words",
    [
        (None, "Not known", "Nobody has looked yet"),
        (Seen("h", NOW, None, trouble="timed out"), "Not known", "could not be asked from this machine (timed out)"),
        (Seen("h", NOW, None, refused="certificate has expired"), "Look", "does not trust the certificate of h: certificate has expired"),
        (Seen("h", NOW - 4 * DAY, NOW + 60 * DAY), "Not known", "was looked at last on 20 November 2026"),
        (Seen("h", NOW - 4 * DAY, NOW + 2 * DAY), "Act now", "holds for 2 days more"),
    ],
)
def test_a_certificate_that_was_not_seen(ground, seen, how, words):
    if seen:
        with transaction(ground.db):
            certificate_seen.keep(ground.db, seen)
    finding = found(ground, "certificate")
    assert (word(finding), words in finding.words) == (how, True), finding


@pytest.mark.parametrize("url", [None, "http://induction.school.example"])
def test_without_https_there_is_none(ground, url):
    assert word(found(ground, "certificate", url=url)) == "Well"


# What it does by itself


def chore(db, name, begun, trouble="", well=None):
    with transaction(db):
        for at, said in ((well, ""), (begun, trouble)):
            if at:
                assert chores.claim(db, name, "c" * 16, until=at + HOUR, before=at, now=at)
                chores.end(db, name, "c" * 16, said, at)


def test_chores_that_went_well(ground):
    assert found(ground, "chores").words == "There is nothing to do by itself yet."
    chore(ground.db, "certificate", NOW - 2 * HOUR)
    finding = found(ground, "chores", chores={"certificate": DAY, "drill": 30 * DAY}, walking_since=NOW - HOUR)
    assert finding.words == "2 chores, all done when they were due; the last at 7.30 am." and finding.ok
    assert found(ground, "chores", chores={"drill": DAY}, walking_since=NOW).words.startswith("1 chore, all")


def test_one_that_went_wrong_says_why_and_the_others_are_counted(ground):
    chore(ground.db, "backup", NOW - HOUR, "No room on the disk.", well=NOW - 2 * DAY)
    chore(ground.db, "certificate", NOW)
    finding = found(ground, "chores", chores={"certificate": DAY, "backup": DAY})
    assert word(finding) == "Look"
    assert finding.words == "“backup” went wrong (No room on the disk); it last went well on 22 November 2026."
    assert finding.numbers == {"chores": 2, "chores_gone_wrong": 1, "chores_late": 0}


@pytest.mark.parametrize(
    "begun, since, late",
    [
        (NOW - 2 * DAY - HOUR, None, False),
        (NOW - 2 * DAY - HOUR - timedelta(seconds=1), None, True),
        (None, None, False),  # asked by a command: another process does them
        (None, NOW - DAY - HOUR, False),
        (None, NOW - DAY - 2 * HOUR, True),
        (NOW - HOUR, NOW - 9 * DAY, False),
    ],
)
def test_one_that_has_not_been_done_when_it_was_due(ground, begun, since, late):
    if begun:
        chore(ground.db, "backup", begun)
    finding = found(ground, "chores", chores={"backup": DAY}, walking_since=since)
    assert (word(finding) == "Act now") is late, finding
    assert not late or "“backup” has not been done since" in finding.words and "due every day" in finding.words


# Content, restores, version


def test_what_has_aged_or_waits_is_named(ground, taught):
    old = {name: replace(fact, checked=TODAY - timedelta(days=366)) for name, fact in taught.facts.items()}
    assert word(found(ground, "facts", library=replace(ground.library, facts=old))) == "Look"
    assert word(found(ground, "lessons", today=TODAY + timedelta(days=800))) == "Look"
    assert "Read them again" in found(ground, "lessons", today=TODAY + timedelta(days=800)).what_to_do
    fresh = {name: replace(fact, checked=None) for name, fact in taught.facts.items()}
    finding = found(ground, "facts to confirm", library=replace(ground.library, facts=fresh))
    assert "facts are to be confirmed" in finding.words and word(finding) == "Look"


def test_accounts_that_nobody_used_for_a_term(ground, db, cast):
    with transaction(db):
        people.set_password(db, cast.tess.id, "x" * 30, now=NOW)
    assert found(ground, "dormant").numbers == {"dormant_accounts": 0}
    finding = found(ground, "dormant", now=NOW + 200 * DAY)
    assert word(finding) == "Look" and finding.words.startswith("One person for whom something waits")
    with transaction(db):
        people.set_password(db, cast.nia.id, "x" * 30, now=NOW)
    assert found(ground, "dormant", now=NOW + 200 * DAY).numbers == {"dormant_accounts": 2}


def test_an_answer_that_the_law_does_not_allow(ground):
    facet, stance = next(
        (facet.name, stance.name)
        for facet in ground.library.facets.values() for stance in facet.stances if not stance.allowed_in("scotland")
    )  # fmt: skip
    chosen = replace(ground.school, nation="scotland", choices={facet: Choice(facet, stance)})
    finding = found(ground, "answers", school=chosen)
    assert word(finding) == "Look" and "can’t be chosen in your nation" in finding.words
    assert word(found(ground, "answers", school=replace(chosen, nation="england"))) == "Well"


def test_a_restore_is_told_of_for_two_weeks(ground, db, tmp_path):
    to = tmp_path / "elsewhere.zip"
    backup(db, to)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    restore.restore(to, fresh, NOW)
    assert word(found(ground, "put back", data=fresh)) == "Look"
    assert word(found(ground, "put back", data=fresh, now=NOW + 14 * DAY)) == "Well"


CHANGELOG = """# Changes

## 1.6.0, 4 December 2027

For leads
- One.
- Two.

For everybody
- Three.
- Four.

## 1.5.0 — 1 September 2027

- Old.
"""


@pytest.fixture
def program(tmp_path):
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    return tmp_path


def test_a_newer_version_that_lies_there_is_told_with_what_it_brings(ground, program):
    finding = found(ground, "version", home=program, version="1.5.0")
    assert word(finding) == "Look" and finding.words == (
        "Version 1.5.0 runs, and 1.6.0 lies in its folder already. It brings: One. Two. Three. And 1 more, in CHANGELOG.md."
    )


def test_the_version_that_runs_with_its_date_and_where_to_look(ground, program):
    finding = found(ground, "version", home=program, version="1.6.0")
    assert word(finding) == "Well" and finding.words.startswith("Version 1.6.0, of 4 December 2027. `git pull` ")
    assert found(ground, "version", home=program / "nowhere").words.startswith(f"Version {VERSION}. ")


def test_a_changelog_of_any_bytes_is_read(tmp_path):
    for content in (b"", b"\xff\xfe" * 50, b"## x\n## 1.\n## 9" + b"9" * 300 + b"\n- a", b"## 1.2.3"):
        (tmp_path / "CHANGELOG.md").write_bytes(content)
        assert isinstance(changelog.read(tmp_path), tuple)
    assert changelog.read(tmp_path)[0].version == "1.2.3"
    assert changelog.read(HOME)[0].version == VERSION


def test_leads_can_help_each_other_out_once_they_have_to_have_a_second_step(ground, cast):
    db, later = ground.db, datetime.now(UTC) + 15 * DAY  # the days without one begin when the database is made
    assert found(ground, "second step", now=later).words == "Nobody has to have a second step yet."  # no lead has a password

    def lead(name):
        person = people.by_email(db, f"{name}@school.example") or people.add(
            db, Details(f"{name}@school.example", name, Role.LEAD), now=NOW
        )
        people.set_password(db, person.id, "$argon2id$made-up-and-long", now=NOW)
        return person

    with transaction(db):
        lou = lead("lou")
    assert found(ground, "second step").ok
    assert found(ground, "second step", now=later).words == "The only lead has no second step."
    with transaction(db):
        code_apps.put(db, lou.id, "sealed", 0, NOW)
    assert found(ground, "second step", now=later).ok
    with transaction(db):
        ida = lead("ida")
    assert found(ground, "second step", now=later).words.startswith("Only 1 of 2 leads has a second step")
    with transaction(db):
        code_apps.put(db, ida.id, "sealed", 0, NOW)
    assert found(ground, "second step", now=later).ok
    with transaction(db):
        code_apps.end(db, ida.id), code_apps.end(db, lou.id)
    assert found(ground, "second step", now=later).words.startswith("None of 2 leads has a second step")
