"""What a staff meeting is given of a scenario."""

import pytest

from induction.content.model import Rating
from induction.services.staff_meeting import shares


@pytest.mark.parametrize(
    "counts, expected",
    [
        ((10, 0, 0, 0), (100, 0, 0, 0)),
        ((5, 0, 8, 0), (38, 0, 62, 0)),
        ((1, 1, 1, 0), (34, 33, 33, 0)),
        ((1, 1, 1, 3), (17, 17, 16, 50)),
        ((1999, 0, 0, 1), (100, 0, 0, 0)),
    ],
)
def test_shares_come_to_a_hundred(counts, expected):
    found = shares(dict(zip(Rating, counts, strict=True)))
    assert found == expected and sum(found) == 100
