"""Who reads a note on a scenario."""

import pytest

from induction.wording.scenario_notes import who_reads


@pytest.mark.parametrize(
    "leads, words",
    [
        ([], "Your induction lead reads"),
        (["Lou Hartley"], "Lou Hartley reads"),
        (["Lou Hartley", "Ida Brook"], "Lou Hartley and Ida Brook read"),
        (["Lou Hartley", "Ida Brook", "Sam Reed"], "Lou Hartley and 2 other leads read"),
        (["Lou Hartley", "Ida Brook", "Sam Reed", "Kit Low"], "Lou Hartley and 3 other leads read"),
    ],
)
def test_two_are_named_and_more_are_counted(leads, words):
    assert who_reads(leads) == words
