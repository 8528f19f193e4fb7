"""A second signature that has to wait."""

from datetime import UTC, date, datetime, timedelta

from induction.rules.second_signature import Tie
from induction.wording.second_signature import tied_words, waits_words

TODAY = date(2026, 12, 5)
TIE = Tie("made the account", datetime(2026, 12, 4, 23, 42, tzinfo=UTC), timedelta(days=7))


def test_a_tie_says_who_did_what_and_when():
    assert tied_words(TIE, "Lou Hartley", TODAY) == "Lou Hartley made the account on Friday 4 December"


def test_a_signature_that_waits_says_until_when_and_what_to_do():
    assert waits_words(TIE, "Lou Hartley", TODAY) == (
        "Lou Hartley made the account on Friday 4 December, so yours is no second hand for Lou Hartley until"
        " Friday 11 December, 11.42 pm. Sign then, or another lead signs before."
    )
