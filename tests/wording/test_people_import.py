"""A list of people that a lead brings in, in words."""

import pytest

from induction.wording import people_import


def counts(new=0, back=0, changed=0, same=0):
    return {"new": new, "back": back, "changed": changed, "same": same}


@pytest.mark.parametrize(
    "found, would, button",
    [
        (counts(new=38), "38 people would come in. Nothing is done yet.", "Bring in 38 people"),
        (counts(new=1), "1 person would come in. Nothing is done yet.", "Bring in 1 person"),
        (counts(new=10_000), "10,000 people would come in. Nothing is done yet.", "Bring in 10,000 people"),
        (counts(new=2, back=1), "2 people would come in and 1 would come back. Nothing is done yet.", "Bring in 3 people"),
        (counts(back=1), "1 would come back. Nothing is done yet.", "Bring in 1 person"),
        (counts(new=36, changed=2, same=4),
         "36 people would come in, 2 would change and 4 are here as it says. Nothing is done yet.", "Bring in 36 people and change 2"),
        (counts(changed=2), "2 would change. Nothing is done yet.", "Change 2 people"),
        (counts(changed=1), "1 would change. Nothing is done yet.", "Change 1 person"),
        (counts(same=1), "1 is here as it says. Nothing is done yet.", ""),
        (counts(), "So far this list says nothing that could be done.", ""),
    ],
)  # fmt: skip
def test_what_it_would_do_and_the_button_that_does_it(found, would, button):
    assert (people_import.would_do(found), people_import.button(found)) == (would, button)


def done(**named):
    return {"added": 0, "returning": 0, "changed": 0, "same": 0, "left_out": 0, **named}


@pytest.mark.parametrize(
    "found, title, besides",
    [
        (done(added=38), "38 people brought in", "All of the list is done."),
        (done(added=2, returning=1, changed=3), "3 people brought in, 3 changed",
         "All of the list is done. 1 of them had left, and came back without the old password."),
        (done(returning=1), "1 person brought in", "All of the list is done. They had left, and came back without the old password."),
        (done(returning=2), "2 people brought in",
         "All of the list is done. All of them had left, and came back without the old password."),
        (done(changed=1, same=1), "1 person changed", "All of the list is done. 1 was here as the list says."),
        (done(changed=2, same=4, left_out=1), "2 people changed",
         "All of the list is done, but for 1 line that you left out. 4 were here as the list says."),
        (done(added=1, left_out=2), "1 person brought in", "All of the list is done, but for 2 lines that you left out."),
    ],
)  # fmt: skip
def test_what_was_done(found, title, besides):
    assert (people_import.done(found), people_import.done_besides(found)) == (title, besides)


@pytest.mark.parametrize(
    "things, lines, words",
    [(1, 1, "One thing to mend"), (1, 8, "One thing to mend, on 8 lines"), (7, 26, "7 things to mend, on 26 lines"),
     (2, 1, "2 things to mend, on 1 line"), (3, 3, "3 things to mend")],
)  # fmt: skip
def test_how_much_there_is_to_mend(things, lines, words):
    assert people_import.to_mend(things, lines) == words


def test_why_there_is_no_button_yet():
    assert people_import.waits(1).startswith("Once this line is mended or left out")
    assert people_import.waits(2).startswith("Once these lines are mended or left out")
    assert people_import.follow(1) == "1 more line follows once these are mended."
    assert people_import.follow(30) == "30 more lines follow once these are mended."


@pytest.mark.parametrize(
    "count, heading, tick",
    [(1, "One thing to agree to", "I have read it, and it is meant"), (2, "2 things to agree to", "I have read both, and they are meant"),
     (1_200, "1,200 things to agree to", "I have read all 1,200, and they are meant")],
)  # fmt: skip
def test_what_has_to_be_agreed_to(count, heading, tick):
    assert (people_import.to_agree(count), people_import.agreed(count)) == (heading, tick)


def test_who_is_named_as_a_mentor():
    assert people_import.named_as_mentor("Jo Hart", 1) == "Jo Hart is named as mentor on one line"
    assert people_import.named_as_mentor("Jo Hart", 8) == "Jo Hart is named as mentor on 8 lines"
    assert people_import.no_mentor("Jo Hart", False) == "Nobody of that name is a mentor here."
    assert people_import.no_mentor("jo@x.example", False) == "Nobody with that email is a mentor here."
    assert people_import.no_mentor("Jo Hart", True) == "Several people have that name. Say which is meant."


def test_who_is_not_in_the_list():
    assert people_import.not_in_it(["Ann"], 1) == "Ann is here and not in this list."
    assert people_import.not_in_it(["Ann", "Ben", "Cleo", "Dev"], 7) == "Ann, Ben, Cleo and 4 more are here and not in this list."
    assert " and 9,997 more are here" in people_import.not_in_it(["Ann", "Ben", "Cleo", "Dev"], 10_000)
    assert people_import.not_in_it(["Ann", "Ben", "Cleo", "Dev"], 4).startswith("Ann, Ben, Cleo and Dev are")
    shows = people_import.shows(counts(new=3, same=1_000), 7)
    assert shows == {"": "All", "new": "3 new", "same": "1,000 the same", "missing": "7 not in the list"}
    assert people_import.shows(counts(), 0) == {"": "All"}


def test_a_column_that_is_chosen_twice_is_named_as_in_the_choice():
    assert people_import.column_twice("due") == "Two columns are called To be done by. Choose one of them."


def test_a_sentence_begins_with_a_capital():
    assert people_import.sentence("the file is empty.") == "The file is empty." and people_import.sentence("") == ""
    assert people_import.sentence("eve@x.example stands on line 2 already.").startswith("eve@")


def test_somebody_of_the_same_name_is_named_with_their_address():
    assert people_import.namesake("Tess Okafor", "tess@x.example") == (
        "Tess Okafor is here with tess@x.example. This line would add a second."
    )
