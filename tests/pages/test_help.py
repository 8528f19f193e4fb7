"""Help now: what it says of its own numbers."""

from datetime import date

from induction.content.model import Fact
from induction.web.public import help


def test_help_claims_no_fresher_check_than_its_oldest():
    oldest, newest = date(2026, 3, 2), date(2026, 9, 9)
    facts = [
        Fact("helpline-phone", "0344 381 4772", "A helpline", "its own page", oldest),
        Fact("childline-phone", "0800 1111", "Childline", "its own page", newest),
    ]
    lines, checked = help.helplines_of({each.name: each for each in facts})
    assert len(lines) == 2 and checked == oldest
