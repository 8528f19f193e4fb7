"""The policy version by version, its draft, who acknowledged it, and what it asks again."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.content.model import Choice, OwnWords
from induction.records.people import people
from induction.records.policy import acknowledgements, draft, versions
from induction.records.policy.acknowledgements import NotTheLatest, Signed
from induction.records.policy.versions import Hand, PublishedMeanwhile
from induction.records.progress import retakes
from induction.records.progress.retakes import Asking
from induction.records.school import school
from induction.records.store.database import RuleBroken, UnfitValue, transaction
from tests.records.making import (
    COURSE,
    NOW,
    POLICY,
    SHA256,
    complete,
    finish,
    new_version,
    publish,
    save_answer,
    start_attempt,
)

TEXT_SHA256 = hashlib.sha256(POLICY.encode()).hexdigest()
OTHER = POLICY.replace("kind.", "kind and calm.")
LATER = NOW + timedelta(days=1)


def acknowledge(db, person, version=1, text=POLICY, **more):
    with transaction(db):
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        return acknowledgements.acknowledge(db, Signed(person.id, version, sha256, "T. Okafor", NOW, **more))


def test_a_choice_is_a_new_version_and_the_old_one_stays(db, cast):
    with transaction(db):
        first = publish(db, {"pupil-contact": "none", "phones": "never"}, cast.lou)
    later = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July in the school
    with transaction(db):
        second = publish(db, {"pupil-contact": "school-platforms", "phones": "never"}, None, later)
    assert (first, second, school.revision(db)) == (1, 2, 3)
    now = versions.now(db)
    assert (now.version, now.since, now.asks_for, now.sha256) == (2, later, 2, TEXT_SHA256)
    assert now.choices == {"phones": Choice("phones", "never"), "pupil-contact": Choice("pupil-contact", "school-platforms")}
    assert now.hands == {"phones": Hand("Lou Adeyemi", NOW), "pupil-contact": Hand(None, later)}
    loaded, _ = school.load(db)
    assert loaded.choices == now.choices
    assert (loaded.policy_version, loaded.policy_since) == (2, date(2027, 7, 1))
    kept = db.rows("select stance from policy_choices where facet = 'pupil-contact' order by version")
    assert [row["stance"] for row in kept] == ["none", "school-platforms"]


def test_every_version_keeps_its_words_who_and_when(db, cast):
    with transaction(db):
        publish(db, {"phones": "never"}, cast.lou)
        publish(db, {}, None, LATER, material=False, text=OTHER)
    latest, first = versions.versions(db)
    assert (latest.number, latest.material, latest.published_by, latest.at) == (2, False, None, LATER)
    assert (first.number, first.material, first.published_by_name, first.at) == (1, True, "Lou Adeyemi", NOW)
    assert (versions.version(db, 1).text, versions.version(db, 2).text) == (POLICY, OTHER)
    assert versions.version(db, 3) is None
    assert versions.now(db).asks_for == 1  # a minor version asks nobody


def test_the_second_of_two_who_publish_is_told(db, cast):
    with transaction(db):
        publish(db, {"phones": "never"}, cast.lou)
    with pytest.raises(PublishedMeanwhile), transaction(db):
        versions.publish(db, new_version(0, {"phones": "school"}, cast.lou))
    assert versions.now(db).choices["phones"].stance == "never"


def test_words_that_are_not_the_digests_are_not_published(db, cast):
    with pytest.raises(UnfitValue), transaction(db):
        versions.publish(db, replace(new_version(0, {}, None), text=OTHER))
    assert versions.now(db).version == 0


def test_a_draft_is_saved_changed_and_what_is_published_leaves_it(db, cast):
    empty = draft.read(db)
    assert empty.empty
    with transaction(db):
        draft.save_choice(db, Choice("phones", "never"), cast.lou.id, NOW)
        draft.save_choice(db, Choice("hours", "agreed", "noon to two"), cast.lou.id, NOW)
        draft.save_choice(db, Choice("phones", "school"), cast.lou.id, NOW)
        draft.save_text(db, OwnWords(True, "## Ours", {"phones": "ours"}), cast.lou.id, NOW)
    saved = draft.read(db)
    assert saved.choices == {"phones": Choice("phones", "school"), "hours": Choice("hours", "agreed", "noon to two")}
    assert saved.hands["hours"] == Hand("Lou Adeyemi", NOW)
    assert saved.text == OwnWords(True, "## Ours", {"phones": "ours"})
    assert not saved.empty and saved.fingerprint != empty.fingerprint
    assert versions.now(db).version == 0, "a draft is not in force"
    with transaction(db):
        publish(db, {"phones": "school"}, cast.lou)
        draft.save_choice(db, Choice("phones", "school"), cast.lou.id, NOW)
    saved = draft.read(db)
    assert set(saved.choices) == {"hours"}, "what is in force already is no change"
    assert saved.text.words == "## Ours", "what was not published stays in the draft"
    with transaction(db):
        draft.discard(db)
    assert draft.read(db).empty


def test_an_acknowledgement_is_of_the_version_in_force_once(db, cast):
    with transaction(db):
        publish(db, {}, cast.lou)
    assert acknowledge(db, cast.tess)
    assert not acknowledge(db, cast.tess)
    [kept] = acknowledgements.of_person(db, cast.tess.id)
    assert (kept.version, kept.sha256, kept.typed_name, kept.recorded_by_name) == (1, TEXT_SHA256, "T. Okafor", None)
    with transaction(db):
        publish(db, {"phones": "never"}, cast.lou, LATER, text=OTHER)
    with pytest.raises(NotTheLatest):
        acknowledge(db, cast.sam, version=1)
    with pytest.raises(NotTheLatest):
        acknowledge(db, cast.sam, version=2, text=POLICY)
    assert acknowledgements.latest_version(db, cast.sam.id) == 0
    assert acknowledge(db, cast.sam, version=2, text=OTHER)


def test_nobody_signs_on_paper_for_themselves(db, cast):
    with transaction(db):
        publish(db, {}, cast.lou)
    day = date(2026, 11, 20)
    assert acknowledge(db, cast.tess, recorded_by=cast.lou.id, signed_on=day)
    [kept] = acknowledgements.of_person(db, cast.tess.id)
    assert (kept.recorded_by_name, kept.signed_on) == ("Lou Adeyemi", day)
    with pytest.raises(RuleBroken):
        acknowledge(db, cast.lou, recorded_by=cast.lou.id, signed_on=day)
    with pytest.raises(RuleBroken):
        acknowledge(db, cast.sam, recorded_by=cast.lou.id)  # a paper without its day


def test_readers_are_those_who_are_here(db, cast):
    with transaction(db):
        publish(db, {}, cast.lou)
    acknowledge(db, cast.tess)
    with transaction(db):
        publish(db, {}, cast.lou, LATER, material=False, text=OTHER)
    acknowledge(db, cast.sam, version=2, text=OTHER)
    first = [(each.name, each.acknowledgement.version) for each in acknowledgements.readers(db, 1, done=True)]
    assert first == [("Sam Price", 2), ("Tess Okafor", 1)]
    left = [each.name for each in acknowledgements.readers(db, 1, done=False)]
    assert left == ["Lou Adeyemi", "Max Reid", "Nia Évans"], "Ana has left"
    assert [each.name for each in acknowledgements.readers(db, 1, done=False, page=2, per_page=2)] == left[2:]
    assert [each.name for each in acknowledgements.readers(db, 2, done=True)] == ["Sam Price"]
    assert (acknowledgements.counts(db, 1), acknowledgements.counts(db, 2)) == ((2, 3), (1, 4))
    rows = acknowledgements.export(db)
    assert [(row["person_email"], row["policy_version"], row["how"]) for row in rows] == [
        ("tess@school.example", 1, "online"), ("sam@school.example", 2, "online")
    ]
    assert tuple(rows[0]) == acknowledgements.EXPORTED


def passed(db, person, drawn=("sunday-night", "late-reply")):
    with transaction(db):
        attempt = start_attempt(db, person, drawn=drawn)
        save_answer(db, attempt)
        finish(db, attempt)
        complete(db, person.id)


def ask(db, cast, person, scenarios=("sunday-night",)):
    with transaction(db):
        return retakes.ask(db, Asking(person.id, COURSE, "friend-requests", scenarios, 1, cast.lou.id, NOW))


def test_who_was_taught_what(db, cast):
    passed(db, cast.tess)
    with transaction(db):  # begun, finished without passing, and left: none of them was taught
        start_attempt(db, cast.sam)
        finish(db, start_attempt(db, cast.max), passed=False)
        people.deactivate(db, cast.sam.id, now=NOW)
    [met] = retakes.finished_tries(db, COURSE, "friend-requests")
    assert (met.person_id, met.quiz_version, met.scenarios) == (cast.tess.id, SHA256, ("sunday-night", "late-reply"))
    assert retakes.quiz_versions_taught(db) == {(COURSE, "friend-requests"): [SHA256]}


def test_what_is_asked_again_is_open_until_a_try_at_it_is_passed(db, cast):
    with transaction(db):
        publish(db, {}, cast.lou)
    passed(db, cast.tess)
    assert ask(db, cast, cast.tess)
    assert not ask(db, cast, cast.tess)
    assert retakes.still_asked(db) == {(cast.tess.id, COURSE, "friend-requests"): {"sunday-night"}}
    [asked] = retakes.waiting(db, cast.tess.id)
    assert (asked.lesson, asked.scenarios) == ("friend-requests", ("sunday-night",))
    with transaction(db):
        failed = start_attempt(db, cast.tess, asked_again=asked.id)
        finish(db, failed, passed=False)
    assert retakes.waiting(db, cast.tess.id) == [asked]
    with transaction(db):
        finish(db, start_attempt(db, cast.tess, asked_again=asked.id))
    assert retakes.waiting(db, cast.tess.id) == [] and retakes.still_asked(db) == {}


def test_a_later_asking_takes_the_place_of_an_open_one(db, cast):
    for number in (1, 2):
        with transaction(db):
            publish(db, {}, cast.lou)
            scenarios = ("sunday-night",) * number
            retakes.ask(db, Asking(cast.tess.id, COURSE, "friend-requests", scenarios, number, cast.lou.id, NOW))
    [asked] = retakes.waiting(db, cast.tess.id)
    with transaction(db):
        finish(db, start_attempt(db, cast.tess, asked_again=asked.id))
    assert retakes.waiting(db, cast.tess.id) == [] and retakes.still_asked(db) == {}
