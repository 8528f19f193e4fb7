"""How long it takes to read so many words."""

import pytest

from induction.rules.reading_time import minutes_to_read


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (12, 1), (240, 1), (480, 2), (5908, 25)])
def test_minutes(words, minutes):
    assert minutes_to_read(words) == minutes
