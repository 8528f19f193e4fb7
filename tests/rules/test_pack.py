"""How somebody stood on a day to what was asked of them."""

from datetime import date

import pytest

from induction.rules.pack import Stood, earliest, of_all, of_one

DAY = date(2026, 12, 4)
OVERDUE, DUE, DONE, EXEMPT, ERASED = Stood


@pytest.mark.parametrize(
    "done, due, stood",
    [
        (True, None, DONE),
        (True, date(2026, 12, 3), DONE),
        (False, None, DUE),
        (False, DAY, DUE),  # the day itself is in time
        (False, date(2026, 12, 3), OVERDUE),
        (False, date(2026, 12, 5), DUE),
    ],
)
def test_one_thing(done, due, stood):
    assert of_one(done=done, due=due, day=DAY) is stood


@pytest.mark.parametrize(
    "each, stood",
    [
        ([], EXEMPT),
        ([EXEMPT], EXEMPT),
        ([EXEMPT, DONE], DONE),
        ([DONE, DUE], DUE),
        ([DONE, DUE, OVERDUE, EXEMPT], OVERDUE),
    ],
)
def test_all_of_it(each, stood):
    assert of_all(each) is stood


def test_the_earliest_of_what_has_a_date():
    assert earliest([None, date(2026, 12, 5), DAY]) == DAY
    assert earliest([None]) is earliest([]) is None
