"""Saving into the draft: all of it or nothing, and never over what another lead has saved unseen."""

import pytest

from induction.content.model import Choice, OwnWords
from induction.records.policy import draft
from induction.records.store.database import transaction
from induction.services import policy_draft
from induction.services.policy_draft import (
    ChosenMeanwhile,
    DraftedMeanwhile,
    NothingDrafted,
    SavedChoice,
    TheirChoice,
    WrittenMeanwhile,
    shown,
)
from tests.records.making import NOW, publish

PHONES, HOURS = Choice("phones", "never"), Choice("hours", "agreed", "noon to two")
OURS, OTHERS = OwnWords(True, "## Ours", {"phones": "ours"}), OwnWords(True, "## Ours", {})


def save(db, cast, *choices, saw=None, in_force=None):
    """Save choices from a page that had shown nothing on them, or these."""
    shown_of = {each.facet: shown((saw or {}).get(each.facet)) for each in choices}
    return policy_draft.save_choices(db, in_force or {}, choices, shown_of, by=cast.lou.id, at=NOW)


def save_words(db, cast, own, saw):
    return policy_draft.save_words(db, own, shown(saw), by=cast.lou.id, at=NOW)


def test_what_is_chosen_waits_in_the_draft_in_the_order_of_the_page(db, cast):
    assert save(db, cast, PHONES, HOURS) == [SavedChoice(PHONES, True), SavedChoice(HOURS, True)]
    assert draft.read(db).choices == {"phones": PHONES, "hours": HOURS}


def test_what_is_in_force_already_leaves_the_draft(db, cast):
    with transaction(db):
        publish(db, {"phones": "never"}, cast.lou)
    other = Choice("phones", "school")
    save(db, cast, other, saw={"phones": PHONES}, in_force={"phones": PHONES})
    assert save(db, cast, PHONES, saw={"phones": other}, in_force={"phones": PHONES}) == [SavedChoice(PHONES, False)]
    assert draft.read(db).empty


def test_what_stands_as_the_page_had_shown_it_was_not_chosen(db, cast):
    """Another lead has drafted something else meanwhile: a page sent whole does not take it back."""
    save(db, cast, Choice("phones", "school"), saw={"phones": PHONES}, in_force={"phones": PHONES})
    assert save(db, cast, PHONES, HOURS, saw={"phones": PHONES}, in_force={"phones": PHONES}) == [SavedChoice(HOURS, True)]
    assert draft.read(db).choices["phones"] == Choice("phones", "school")


def test_two_leads_who_choose_the_same_do_not_clash(db, cast):
    save(db, cast, PHONES)
    assert save(db, cast, PHONES) == []


def test_where_another_has_chosen_otherwise_nothing_is_saved_and_it_is_said_what(db, cast):
    save(db, cast, PHONES)
    with pytest.raises(ChosenMeanwhile) as fault:
        save(db, cast, Choice("phones", "school"), HOURS)
    assert fault.value.theirs == {"phones": TheirChoice(PHONES, "Lou Adeyemi")}
    assert draft.read(db).choices == {"phones": PHONES}
    assert save(db, cast, Choice("phones", "school"), HOURS, saw={"phones": PHONES}) != [], "it has been seen"


def test_other_words_beside_the_same_answer_are_another_choice(db, cast):
    save(db, cast, HOURS)
    with pytest.raises(ChosenMeanwhile):
        save(db, cast, Choice("hours", "agreed", "eight to five"), saw={"hours": Choice("hours", "agreed")})


@pytest.mark.parametrize("in_force", [{}, {"phones": Choice("phones", "school")}])
def test_what_was_drafted_and_is_thrown_away_is_told_too(db, cast, in_force):
    with pytest.raises(ChosenMeanwhile) as fault:
        save(db, cast, Choice("phones", "trips"), saw={"phones": PHONES}, in_force=in_force)
    assert fault.value.theirs == {"phones": TheirChoice(in_force.get("phones"), None)}


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
