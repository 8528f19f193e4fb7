"""Saving into the draft: never over what another lead has saved unseen."""

import pytest

from induction.content.model import Choice, Facet, OwnWords, Stance
from induction.records.policy import draft
from induction.records.policy.versions import Hand
from induction.records.store.database import transaction
from induction.services import policy_draft
from induction.services.policy_draft import (
    ChosenMeanwhile,
    DraftedMeanwhile,
    NothingDrafted,
    TheirChoice,
    WrittenMeanwhile,
    shown,
)
from tests.records.making import NOW, publish

PHONES, HOURS = Choice("phones", "never"), Choice("hours", "agreed", "noon to two")
TRIPS = Choice("phones", "trips")
OURS, OTHERS = OwnWords(True, "## Ours", {"phones": "ours"}), OwnWords(True, "## Ours", {})


def save(db, cast, choice, saw=None, in_force=None):
    """Save a choice from a page that had shown nothing on its question, or this."""
    return policy_draft.save_choice(db, in_force or {}, choice, shown(saw), by=cast.lou.id, at=NOW)


def save_words(db, cast, own, saw):
    return policy_draft.save_words(db, own, shown(saw), by=cast.lou.id, at=NOW)


def test_what_is_chosen_waits_in_the_draft_with_who_and_when(db, cast):
    assert save(db, cast, PHONES) and save(db, cast, HOURS)
    assert draft.read(db).choices == {"phones": PHONES, "hours": HOURS}
    assert draft.read(db).hands["phones"] == Hand("Lou Adeyemi", NOW)


def test_what_is_in_force_already_leaves_the_draft(db, cast):
    with transaction(db):
        publish(db, {"phones": "never"}, cast.lou)
    save(db, cast, TRIPS, saw=PHONES, in_force={"phones": PHONES})
    assert save(db, cast, PHONES, saw=TRIPS, in_force={"phones": PHONES})
    assert draft.read(db).empty


def test_what_stands_already_is_not_saved_again(db, cast):
    save(db, cast, PHONES)
    assert not save(db, cast, PHONES, saw=PHONES)
    assert not save(db, cast, PHONES), "two leads who choose the same do not clash"


def test_where_another_has_chosen_otherwise_nothing_is_saved_and_it_is_said_what(db, cast):
    save(db, cast, PHONES)
    with pytest.raises(ChosenMeanwhile) as fault:
        save(db, cast, TRIPS)
    assert fault.value.theirs == TheirChoice(PHONES, "Lou Adeyemi")
    assert draft.read(db).choices == {"phones": PHONES}
    assert save(db, cast, TRIPS, saw=PHONES), "it has been seen"


def test_what_is_sent_as_the_page_had_shown_it_does_not_pass_over_what_another_chose(db, cast):
    """Somebody who presses *Save* says that this is the answer, though it stood there when they came."""
    save(db, cast, TRIPS, saw=PHONES, in_force={"phones": PHONES})
    with pytest.raises(ChosenMeanwhile) as fault:
        save(db, cast, PHONES, saw=PHONES, in_force={"phones": PHONES})
    assert fault.value.theirs.choice == TRIPS


def test_other_words_beside_the_same_answer_are_another_choice(db, cast):
    save(db, cast, HOURS)
    with pytest.raises(ChosenMeanwhile):
        save(db, cast, Choice("hours", "agreed", "eight to five"), saw=Choice("hours", "agreed"))


@pytest.mark.parametrize("in_force", [{}, {"phones": Choice("phones", "school")}])
def test_what_was_drafted_and_is_thrown_away_is_told_too(db, cast, in_force):
    with pytest.raises(ChosenMeanwhile) as fault:
        save(db, cast, TRIPS, saw=PHONES, in_force=in_force)
    assert fault.value.theirs == TheirChoice(in_force.get("phones"), None)


# The cautious rule


def facet(name, *stances):
    return Facet(name, f"{name}?", "Why.", tuple(Stance(each, each, f"{each}.") for each in stances))


FACETS = [facet("phones", "never", "trips"), facet("hours", "day", "agreed"), facet("gaming", "none", "club")]


def take_cautious(db, cast, in_force=None, facets=FACETS):
    return [each.name for each in policy_draft.save_cautious(db, facets, "wales", in_force or {}, by=cast.lou.id, at=NOW)]


def test_the_cautious_rule_is_chosen_where_nothing_is_with_who_and_when(db, cast):
    save(db, cast, HOURS)
    assert take_cautious(db, cast, {"gaming": Choice("gaming", "club")}) == ["phones"]
    assert draft.read(db).choices == {"phones": Choice("phones", "never"), "hours": HOURS}
    assert draft.read(db).hands["phones"] == Hand("Lou Adeyemi", NOW)
    assert take_cautious(db, cast, {"gaming": Choice("gaming", "club")}) == [], "once"


def test_it_is_chosen_on_the_questions_that_are_named_alone(db, cast):
    assert take_cautious(db, cast, facets=FACETS[1:]) == ["hours", "gaming"]
    assert set(draft.read(db).choices) == {"hours", "gaming"}


def test_it_takes_the_place_of_what_is_no_longer_offered(db, cast):
    save(db, cast, Choice("gaming", "by-pigeon"))
    assert take_cautious(db, cast, {"phones": Choice("phones", "fax")}) == ["phones", "hours", "gaming"]
    assert draft.read(db).choices["gaming"] == Choice("gaming", "none")


# The school's own words


def test_words_are_saved_once(db, cast):
    assert save_words(db, cast, OURS, OwnWords())
    assert not save_words(db, cast, OURS, OURS)
    assert draft.read(db).text == OURS


def test_two_leads_who_write_the_same_do_not_clash(db, cast):
    """The second had not seen what the first saved, and it is what they wrote themselves."""
    save_words(db, cast, OURS, OwnWords())
    assert not save_words(db, cast, OURS, OwnWords())


@pytest.mark.parametrize("mine", [OTHERS, OwnWords(False, "## Ours", {"phones": "ours"}), OwnWords(True, "## Yours", {"phones": "ours"})])
def test_other_words_are_not_overwritten_unseen(db, cast, mine):
    save_words(db, cast, OURS, OwnWords())
    with pytest.raises(WrittenMeanwhile) as fault:
        save_words(db, cast, mine, OwnWords())
    assert fault.value.theirs == OURS and draft.read(db).text == OURS
    assert save_words(db, cast, mine, OURS), "it has been seen"


# Throwing it away


def test_a_draft_is_thrown_away_as_it_was_shown_and_once(db, cast):
    save(db, cast, PHONES)
    saw = draft.read(db).fingerprint
    save(db, cast, HOURS)
    with pytest.raises(DraftedMeanwhile):
        policy_draft.discard(db, saw)
    assert draft.read(db).choices == {"phones": PHONES, "hours": HOURS}
    saw = draft.read(db).fingerprint
    policy_draft.discard(db, saw)
    with pytest.raises(NothingDrafted):
        policy_draft.discard(db, saw)
