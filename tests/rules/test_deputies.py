"""When it is over that somebody stands in for a mentor."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from induction.rules.deputies import Deputy

SAID = Deputy(
    1, 2, "Max Adeyemi", 3, "Nia Rowlands", date(2026, 12, 1), date(2026, 12, 4), datetime(2026, 12, 1, tzinfo=UTC), 1, "Lou", False
)


@pytest.mark.parametrize(
    "changes, over",
    [({}, False), ({"ends": date(2026, 12, 3)}, True), ({"ends": None}, False), ({"deputy_id": None, "ends": None}, True)],
)
def test_the_last_day_is_still_in_time(changes, over):
    assert replace(SAID, **changes).is_over(date(2026, 12, 4)) is over
