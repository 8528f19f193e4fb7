"""From a draft to a version: what is proposed, and publishing it where what it was made of still stands."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from induction.content.editions import policy_document
from induction.content.model import Choice, OwnWords
from induction.content.reading import library
from induction.records.policy import draft, versions
from induction.records.policy.draft import Draft
from induction.records.policy.versions import PublishedMeanwhile
from induction.records.school import school
from induction.records.store.database import transaction
from induction.services import policy_publication
from tests.cast import SCHOOL
from tests.choices import chosen
from tests.records.making import NOW

CONTACT, HOURS = Choice("pupil-contact", "school-platforms"), Choice("contact-hours", "agreed-hours", "8 am to 5 pm")
AFTER_MIDNIGHT = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July at the school


@pytest.fixture(scope="module")
def shipped():
    return library.read(Path(__file__).parents[2], None).library


@pytest.fixture
def propose(db, shipped):
    def propose(*choices: Choice, text: OwnWords | None = None, at: datetime = NOW, drafted: Draft | None = None):
        about, _ = school.load(db)
        drafted = drafted or Draft({each.facet: each for each in choices}, text)
        return policy_publication.propose(db, shipped, about, drafted, at)

    return propose


@pytest.fixture
def saved(db, cast):
    """Save choices in the draft; the draft."""

    def saved(*choices: Choice) -> Draft:
        with transaction(db):
            for each in choices:
                draft.save_choice(db, each, cast.lou.id, NOW)
        return draft.read(db)

    return saved


def test_a_version_is_of_the_schools_own_day(db, cast, propose):
    proposed = propose(CONTACT, at=AFTER_MIDNIGHT)
    assert proposed.school.policy_since == date(2027, 7, 1)
    policy_publication.publish(db, proposed, by=cast.lou.id)
    about, _ = school.load(db)
    assert about == proposed.school


def test_a_choice_goes_through_in_one_shape(db, cast, propose):
    """From the draft to the school and to what staff read."""
    policy_publication.publish(db, propose(CONTACT, HOURS), by=cast.lou.id)
    about, now = school.load(db)
    assert about.choices == now.choices == {"pupil-contact": CONTACT, "contact-hours": HOURS}
    taken = policy_document.open_policy(versions.version(db, 1).text).stances["contact-hours"]
    said = "Staff write to pupils and answer them only in the hours that the school has agreed: 8am to 5pm."
    assert (taken.stance, taken.says) == ("agreed-hours", said)


def test_what_is_no_longer_asked_or_offered_is_left_out(propose):
    proposed = propose(CONTACT, Choice("fax", "never"), Choice("contact-hours", "gone"))
    assert proposed.choices == {"pupil-contact": CONTACT} == proposed.school.choices


def test_what_the_law_of_the_nation_does_not_allow_is_left_out(db, propose):
    searches = Choice("phone-searches", "authorised-staff")
    assert propose(searches).choices == {"phone-searches": searches}
    with transaction(db):
        school.save(db, **{**SCHOOL, "nation": "scotland"})
    assert propose(CONTACT, searches).choices == {"pupil-contact": CONTACT}


def test_only_a_version_that_holds_nobody_to_anything_new_is_minor(db, cast, propose):
    first = propose()
    assert first.stances_change and first.asks(minor=True), "no text was in force"
    policy_publication.publish(db, first, by=cast.lou.id, minor=True)
    words = propose(text=OwnWords(False, "## Bicycles\n\nThey are walked."))
    assert (words.stances_change, words.asks(minor=True), words.asks(minor=False)) == (False, False, True)
    assert propose(CONTACT).asks(minor=True)
    policy_publication.publish(db, words, by=cast.lou.id, minor=True)
    assert (versions.now(db).version, versions.now(db).asks_for) == (2, 1)


def test_own_words_stay_until_others_are_published(db, cast, propose):
    own = OwnWords(True, "## Ours\n\nWait.", {"pupil-contact": "ours"})
    policy_publication.publish(db, propose(text=own), by=None)
    policy_publication.publish(db, propose(CONTACT), by=None)
    assert policy_publication.own_words(db, Draft()) == own
    assert policy_publication.own_words(db, Draft(text=OwnWords())) == OwnWords()


def test_of_two_versions_proposed_at_once_one_is_published(db, cast, propose):
    first, second = propose(CONTACT), propose(HOURS)
    policy_publication.publish(db, first, by=cast.lou.id)
    with pytest.raises(PublishedMeanwhile):
        policy_publication.publish(db, second, by=cast.lou.id)
    assert versions.now(db).choices == {"pupil-contact": CONTACT}


def test_a_draft_is_published_as_it_was_proposed_and_then_gone(db, cast, propose, saved):
    proposed = propose(drafted=saved(CONTACT, Choice("fax", "never")))
    more = saved(HOURS)
    with pytest.raises(PublishedMeanwhile):
        policy_publication.publish_draft(db, proposed, by=cast.lou.id)
    assert versions.now(db).version == 0 and draft.read(db) == more
    assert policy_publication.publish_draft(db, propose(drafted=more), by=cast.lou.id, note="For spring") == 1
    assert draft.read(db).empty and versions.latest(db).note == "For spring"
    with pytest.raises(PublishedMeanwhile):
        policy_publication.publish_draft(db, propose(drafted=more), by=cast.lou.id)


def test_the_fingerprint_is_of_the_draft_and_of_the_words_it_makes(db, propose):
    before = propose(CONTACT).fingerprint
    with transaction(db):
        school.save(db, name="Wrenfield", nation="wales", phase="primary", words={}, public_contacts=False)
    assert propose(CONTACT).fingerprint != before
    assert propose(CONTACT).fingerprint == propose(CONTACT).fingerprint
    others = [propose(), propose(HOURS), propose(CONTACT, Choice("fax", "never")), propose(CONTACT, text=OwnWords())]
    assert len({propose(CONTACT).fingerprint, *(each.fingerprint for each in others)}) == 5


def test_what_is_chosen_already_makes_no_new_version(db, cast, shipped, saved):
    saved(CONTACT, HOURS)

    def choose(**stances: str) -> int:
        named = {facet.replace("_", "-"): stance for facet, stance in stances.items()}
        return policy_publication.choose(db, shipped, named, by=None, at=NOW)

    assert choose(pupil_contact="none") == 1
    assert draft.read(db).choices == {"contact-hours": HOURS}, "what it chooses leaves the draft, and the rest stays"
    assert choose(pupil_contact="none") == 1
    assert choose(pupil_contact="none", parents="declared-friendships") == 2
    assert versions.now(db).choices == chosen({"pupil-contact": "none", "parents": "declared-friendships"})
