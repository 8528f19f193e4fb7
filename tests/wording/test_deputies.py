"""Who stands in for a mentor, in a sentence."""

from datetime import date

import pytest

from induction.wording.deputies import for_teachers, stands_in

TODAY, FRIDAY = date(2026, 12, 4), date(2026, 12, 18)


@pytest.mark.parametrize(
    "begins, ends, words",
    [
        (TODAY, FRIDAY, "Nia Rowlands stands in for Max Adeyemi until Friday 18 December."),
        (date(2026, 12, 1), None, "Nia Rowlands stands in for Max Adeyemi until you take it back."),
        (date(2026, 12, 7), None, "Nia Rowlands stands in for Max Adeyemi from Monday 7 December."),
        (date(2026, 12, 7), FRIDAY, "Nia Rowlands stands in for Max Adeyemi from Monday 7 December, until Friday 18 December."),
    ],
)
def test_leads_read_from_when_until_when(begins, ends, words):
    assert stands_in("Nia Rowlands", "Max Adeyemi", begins, ends, TODAY) == words


def test_teachers_read_who_it_is_and_what_stays_unseen():
    assert for_teachers("Nia Rowlands", "Max Adeyemi", FRIDAY, TODAY) == (
        "Nia Rowlands stands in for Max until Friday 18 December, and sees the same, but nothing that you shared with Max."
    )
    assert "for Max at present, and sees" in for_teachers("Nia Rowlands", "Max Adeyemi", None, TODAY)
