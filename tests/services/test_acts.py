"""What leads did is noted with the deed, or not at all."""

from datetime import timedelta

import pytest

from induction.records.school import outbox, post_office
from induction.records.school.outbox import Envelope
from induction.records.store.database import transaction
from induction.rules.acts import KINDS, LONGEST, Act, What
from induction.rules.letters import LetterKind, LetterState
from induction.services import acts, letters
from tests.records.making import NOW

LATER = NOW + timedelta(days=1)


def held(db):
    return db.rows("select at, by, what, person, about, was, became from acts order by id")


def test_an_act_is_kept_as_it_is_said(db, cast):
    act = Act(What.SETTINGS, cast.lou.id, NOW, was={"Name": "Wrenfield"}, became={"Name": "Wrenfield Academy"})
    with transaction(db):
        acts.note(db, act)
        acts.note(db, Act(What.ERASED, None, NOW, cast.tess.id, "what stays"))
    assert [tuple(row.values())[1:] for row in held(db)] == [
        (cast.lou.id, "settings", None, "", '{"Name": "Wrenfield"}', '{"Name": "Wrenfield Academy"}'),
        (None, "erased", cast.tess.id, "what stays", "{}", "{}"),
    ]


def test_an_act_goes_with_its_deed(db, cast):
    with pytest.raises(ZeroDivisionError), transaction(db):
        acts.note(db, Act(What.LETTERS_HELD, cast.lou.id, NOW))
        raise ZeroDivisionError
    with pytest.raises(RuntimeError):
        acts.note(db, Act(What.LETTERS_HELD, cast.lou.id, NOW))
    assert held(db) == []
    acts.note_alone(db, Act(What.DOWNLOADED, cast.lou.id, NOW, about="the links to be handed out"))
    assert len(held(db)) == 1


def test_long_values_are_cut_short(db, cast):
    acts.note_alone(db, Act(What.SETTINGS, cast.lou.id, NOW, about="é" * 501, was={"": "x" * 500}, became={"": "x" * 9000}))
    [row] = held(db)
    assert row["about"] == "é" * (LONGEST - 1) + "…"
    assert row["was"] == '{"": "' + "x" * 500 + '"}' and len(row["became"]) == len(row["was"])


def test_every_act_is_of_a_kind():
    assert set(KINDS) == set(What)


def test_what_leads_do_with_letters_is_noted_and_no_subject_is(db, cast):
    """A subject may name somebody who is erased one day."""
    lou = cast.lou.id
    with transaction(db):
        post_office.set_up(db, "https://induction.school.example", open=True)
        envelope = Envelope(LetterKind.FINISHED, cast.max.id, cast.max.email, "k", "Tess Okafor has finished", "Words", "Why.", NOW, LATER)
        assert outbox.put(db, envelope, NOW)
        [letter] = outbox.claim(db, "c" * 16, LATER, 1, NOW)
        outbox.ended(db, letter, LetterState.REFUSED, "550 no", NOW)
    assert letters.hold(db, True, by=lou, now=NOW) and not letters.hold(db, True, by=lou, now=NOW)
    assert letters.hold(db, False, by=lou, now=NOW)
    assert letters.put_test(db, cast.lou, NOW)
    assert letters.send_again(db, letter.id, by=lou, now=NOW) and not letters.send_again(db, letter.id, by=lou, now=NOW)
    assert [(row["what"], row["by"], row["person"], row["about"]) for row in held(db)] == [
        ("letters held", lou, None, ""), ("letters let go", lou, None, ""), ("test letter", lou, None, ""),
        ("letter again", lou, cast.max.id, "A teacher has finished"),
    ]
