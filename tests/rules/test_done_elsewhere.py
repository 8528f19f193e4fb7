"""On which days a certificate of another provider counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.rules.done_elsewhere import Certificate, counting

AT = datetime(2026, 9, 2, 9, tzinfo=UTC)
DONE, UNTIL = date(2026, 9, 1), date(2027, 8, 31)
KENT = Certificate(1, 4, "long", "Kent", "Level 1", DONE, UNTIL, "d" * 64, "pdf", "c.pdf", 9, AT, 1, "Lou", None, None, None)


@pytest.mark.parametrize(("day", "counts"), [
    (DONE - timedelta(days=1), False), (DONE, True), (UNTIL, True), (UNTIL + timedelta(days=1), False),
])  # fmt: skip
def test_from_its_day_until_it_expires(day, counts):
    assert KENT.counts(day) is counts
    assert replace(KENT, expires_on=None).counts(day) is (day >= DONE)
    assert not replace(KENT, taken_back_at=AT).counts(day)


def test_of_several_the_one_that_counts_longest():
    shorter, endless = replace(KENT, id=2, expires_on=DONE), replace(KENT, id=3, expires_on=None)
    other = replace(KENT, id=4, course="short")
    assert counting([KENT, shorter, other], DONE) == {"long": KENT, "short": other}
    assert counting([shorter, endless, KENT], DONE)["long"] is endless
    assert counting([KENT, shorter], UNTIL + timedelta(days=1)) == {}
