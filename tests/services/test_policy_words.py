"""The lines of a policy's words that can't be drawn as they are written, for whoever wrote them."""

from induction.content.problems import Problem
from induction.services.policy_words import LookedThrough


def test_each_problem_stands_beside_its_line():
    found = LookedThrough((Problem("", 2, "write it so"), Problem("", 9, "something is missing at the end")))
    marked = found.marked("# Ours\n  <u>Be kind</u>  \nAlways.")
    assert [(each.line, each.words, each.message) for each in marked] == [
        (2, "<u>Be kind</u>", "write it so"),
        (9, "", "something is missing at the end"),
    ]
