"""The last page of the first run says what is so, on the first day and later."""

from induction.wording import first_run


def test_the_cautious_rules_apply_until_the_policy_is_published():
    assert first_run.set_up(False) == (
        "It is open, and you are signed in. Until you publish your policy the cautious rules apply, those that are safest "
        "for a child; nobody has to wait for it."
    )
    assert first_run.set_up(True) == "It is open, and you are signed in."


def test_who_sees_the_contacts():
    assert first_run.who_sees_contacts(True) == "Anyone who opens Help now sees these names and numbers, without signing in."
    assert first_run.who_sees_contacts(False) == (
        "Staff who are signed in see these names and numbers on Help now. Strangers read roles, the switchboard and the helplines."
    )
