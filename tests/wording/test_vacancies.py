"""What leads are told where somebody is missing."""

from induction.wording import vacancies


def test_who_has_no_mentor():
    assert vacancies.without_mentor(["Tess"], 1) == "Tess has no mentor at present."
    assert vacancies.without_mentor(["Tess", "Sam"], 2) == "Tess and Sam have no mentor at present."
    assert vacancies.without_mentor(["Tess", "Sam", "Ivy", "Max"], 7) == "Tess, Sam, Ivy and 4 more have no mentor at present."


def test_what_somebody_left_behind():
    assert vacancies.without_course("Tess", "a-course") == (
        "Tess is given a course that is no longer here (a-course), and takes what everyone is given."
    )
    assert vacancies.without_owner("@wrenfield") == "@wrenfield rests, since somebody who looks after it has left."
    assert vacancies.contact_has_left("headteacher", "Helen Marsh") == "Your settings name Helen Marsh as headteacher, who has left."


def test_who_stands_in_no_longer():
    assert vacancies.without_deputy("Max Adeyemi", "Nia Rowlands") == (
        "Nobody stands in for Max Adeyemi any more: Max Adeyemi or Nia Rowlands had left, or was no mentor for a time."
    )
