"""How the site is, in words."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.wording import health

NOW = datetime(2026, 12, 4, 10, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    "act_now, look, words",
    [
        (0, 0, "All is well, as far as the site can see."),
        (1, 0, "One thing can’t wait. The rest is well, as far as the site can see."),
        (2, 0, "2 things can’t wait. The rest is well, as far as the site can see."),
        (0, 1, "One thing needs a look. The rest is well, as far as the site can see."),
        (0, 2, "2 things need a look. The rest is well, as far as the site can see."),
        (1, 1, "One thing can’t wait, and one needs a look. The rest is well, as far as the site can see."),
        (2, 3, "2 things can’t wait, and 3 need a look. The rest is well, as far as the site can see."),
    ],
)
def test_how_it_is(act_now, look, words):
    assert health.how_it_is(act_now, look) == words


@pytest.mark.parametrize(
    "ok, known, cant_wait, word",
    [(True, True, True, "Well"), (True, True, False, "Well"), (False, True, False, "Look"), (False, True, True, "Act now"),
     (True, False, False, "Not known")],
)  # fmt: skip
def test_a_plain_word(ok, known, cant_wait, word):
    assert health.word(ok, known, cant_wait) == word


def test_titles():
    assert [health.title(each) for each in ("space", "mail", "facts to confirm")] == ["Disk", "Mail", "Facts to confirm"]


def test_chores():
    day, hour = timedelta(days=1), timedelta(hours=1)
    assert health.chore_is_late("backup", NOW, day) == "“backup” has not been done since 4 December 2026, and is due every day."
    assert "since the site was started, and is due every 30 days." in health.chore_is_late("drill", None, 30 * day)
    assert "every hour" in health.chore_is_late("a", None, hour) and "every 10 minutes" in health.chore_is_late("a", None, hour / 6)
    assert "every minute" in health.chore_is_late("a", None, timedelta(seconds=1))
    assert health.chore_went_wrong("backup", "No room.", None) == "“backup” went wrong (No room)."
    assert health.chores_done(1, None, NOW) == "1 chore, none of them due yet."
    assert health.chores_done(2, NOW - day, NOW).endswith("the last at 10.42 am on 3 December 2026.")


def test_days_are_the_schools():
    """In summer a day begins there an hour before it does in UTC."""
    late, soon = datetime(2027, 6, 3, 22, 50, tzinfo=UTC), datetime(2027, 6, 3, 23, 10, tzinfo=UTC)
    assert health.chores_done(2, late, soon).endswith("the last at 11.50 pm on 3 June 2027.")
    assert health.chores_done(2, soon, soon).endswith("the last at 12.10 am.")
    assert "since 4 June 2027" in health.chore_is_late("backup", soon, timedelta(days=1))
    assert health.chore_went_wrong("backup", "No room.", soon).endswith("it last went well on 4 June 2027.")
    assert health.certificate("a.example", soon, 3).endswith("until 4 June 2027.")
    assert "on 4 June 2027" in health.seen_long_ago("a.example", soon)
    assert health.waiting(late, soon).startswith("Letters have been waiting since Thursday 3 June, 11.50 pm")


def test_letters_and_several():
    assert health.refused(2).startswith("2 letters") and health.refused(1).startswith("One letter")
    assert health.waiting(NOW, NOW).startswith("Letters have been waiting since Friday 4 December, 10.42 am")
    assert health.several(["a.", "b."]) == "a. b." and health.several(["a.", "b.", "c.", "d."]) == "a. b. c. There is one more."
    assert health.several(["a."] * 5).endswith("There are 2 more.")
