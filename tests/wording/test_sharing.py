"""How sharing is told: a share names its reader."""

from datetime import date

import pytest

from induction.wording.sharing import Sharing, not_shared

TODAY, DAY = date(2026, 12, 6), date(2026, 12, 4)
WHAT = "the choices of this try"


@pytest.mark.parametrize(
    "sharing, words, may_share, concerns",
    [
        (
            Sharing(None, None, "Max", False),
            "You may share the choices of this try with Max and nobody else, if a talk would help.", True, True,
        ),
        (Sharing(None, None, None, False), "", False, False),
        (Sharing("Max", DAY, "Max", True), "Shared with Max on 4 December. Nobody else reads the choices of this try.", False, True),
        (
            Sharing("Max", DAY, "Nia", False),
            "Shared with Max on 4 December. Nia is your mentor now, and does not read the choices of this try.", True, True,
        ),
        (Sharing("Max", DAY, None, False), "Shared with Max on 4 December. You have no mentor at present.", False, True),
    ],
)
def test_it_says_who_reads_and_who_would(sharing, words, may_share, concerns):
    assert (sharing.words(WHAT, TODAY), sharing.may_share, sharing.concerns) == (words, may_share, concerns)


@pytest.mark.parametrize(
    "mentor, words",
    [
        (None, "Not shared: you have no mentor at present. Once you have one, you can share it with them."),
        ("Nia", "Not shared: Nia is your mentor now, and the page had not said so. Decide once more."),
    ],
)
def test_what_is_not_shared_says_why(mentor, words):
    assert not_shared(mentor) == words
