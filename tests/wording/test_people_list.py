"""The list of people: what it says of each thing that it can be narrowed to."""

import pytest

from induction.wording import people_list


@pytest.mark.parametrize(
    "show, count, words",
    [
        ("", 1, "1 person."),
        ("", 10_240, "10,240 people."),
        ("not-begun", 3, "3 people have not begun."),
        ("overdue", 1, "1 person is past their date."),
        ("not-signed-in", 2, "2 people have never signed in."),
        ("no-mentor", 1, "1 teacher has no mentor at present."),
        ("no-date", 2, "2 people have an induction to do, and no date."),
        ("unread", 1, "1 person has our policy still to read."),
        ("mentor", 4, "4 mentors."),
        ("left", 0, "0 people have left."),
    ],
)
def test_how_many_are_found(show, count, words):
    assert people_list.lead(show, count, "") == words


def test_of_what_is_searched_it_says_among_whom():
    assert people_list.lead("", 1, "ann") == "1 person found."
    assert people_list.lead("overdue", 2, "ann") == "2 people found, among: overdue."


def test_whatever_can_be_shown_has_its_words():
    assert set(people_list.SHOWN) == {each for group in people_list.GROUPS.values() for each in group}
    for show in people_list.SHOWN:
        assert people_list.lead(show, 2, "").startswith("2 ") and people_list.nobody(show, "").endswith(".")
    assert people_list.nobody("overdue", "") == "Nobody is past a date."
    assert people_list.nobody("overdue", "ann").startswith("Nobody fits that.")


@pytest.mark.parametrize(
    "show, count, words",
    [
        ("overdue", 3, "Write to the 3 who are past their date"),
        ("not-begun", 1, "Write to the one who is yet to begin"),
        ("unread", 12, "Write to the 12 who are yet to read our policy"),
    ],
)
def test_one_letter_to_all(show, count, words):
    assert people_list.write_to_all(show, count) == words
