"""A reason that stays names nobody."""

import pytest

from induction.rules import erasure

NAMES, EMAILS = ("Ana Costa", "Ana Lima"), ("ana@school.example",)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Asked for by letter", False),
        ("ana costa asked", True),
        ("ANA  COSTA asked", True),
        ("Ms Costa asked", True),
        ("Ms Lima asked", True),
        ("She wrote from ana@school.example", True),
        ("Costasomething", False),
        ("The coast was clear", False),
    ],
)
def test_a_reason_that_names_them(words, named):
    assert erasure.names_them(words, NAMES, EMAILS) is named


def test_in_place_of_a_name_and_an_address():
    assert (erasure.name(12), erasure.email(12)) == ("Erased person 12", "erased-12@erased.invalid")
