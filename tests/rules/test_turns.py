"""Turns at the sign-in, played through: who guesses, however cleverly, and an owner in a new browser meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from induction.rules import turns

START = datetime(2026, 12, 4, 8, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


class Account:
    """The counts of one account, kept as the records keep them."""

    def __init__(self):
        self.shared, self.own, self.asked, self.judged = None, {}, {}, []

    def tries(self, browser, now):
        """Whether a try is judged; where not, the seconds to wait."""
        self.shared = turns.forgive(self.shared, now)
        own, asked = self.own.get(browser), turns.still_asked(self.asked.get(browser), now)
        wait = turns.wait_of_stranger(self.shared, own, asked, now)
        if wait:
            if asked is None:
                self.asked[browser] = now
            return wait
        self.shared = turns.one_more(self.shared, now, shared=True)
        self.own[browser] = turns.one_more(own, now, shared=False)
        self.judged.append(now)
        return 0

    def owner_gets_in_after(self, now, browser="the owner's new browser"):
        """Seconds until somebody is judged who does as the page says: waits so long, then presses again."""
        begun = now
        while wait := self.tries(browser, now):
            now += wait * SECOND
        return (now - begun).total_seconds()


def with_one_browser(number):
    return "one"


def with_a_new_browser_each(number):
    return f"new {number}"


def with_twenty_browsers(number):
    return f"one of twenty: {number % 20}"


def who_come_back_once(number):
    """The cleverest: each browser is made up, told to come back, and comes back for one guess."""
    return f"cheat {number // 40 * 20 + number % 20}"


WAYS = (with_one_browser, with_a_new_browser_each, with_twenty_browsers, who_come_back_once)


def guess(account, way, since, until, each=SECOND / 2):
    """Two guesses a second, in one of the ways."""
    for number in range((until - since) // each):
        account.tries(way(number), since + number * each)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("after", [10 * SECOND, MINUTE, 3 * MINUTE, 10 * MINUTE], ids=str)
def test_an_owner_in_a_new_browser_is_in_within_seconds_while_somebody_guesses(way, after):
    account = Account()
    guess(account, way, START, START + after)
    assert account.owner_gets_in_after(START + after) <= 2 * turns.PAUSE


@pytest.mark.parametrize("way", WAYS)
def test_guessing_stays_slow_however_it_is_done(way):
    """A thousand millions of passwords of twelve letters would take seven hundred years."""
    account = Account()
    guess(account, way, START, START + DAY)
    assert len(account.judged) <= turns.FREE + turns.FULL + DAY // turns.FORGIVEN + 1
    assert len(account.judged) < 4000


def test_whoever_makes_up_a_browser_for_each_guess_is_judged_once_in_half_a_minute():
    account = Account()
    guess(account, with_a_new_browser_each, START, START + 10 * MINUTE)
    assert len(account.judged) <= turns.FREE + 10 * MINUTE // turns.FORGIVEN + 1


def test_nobody_waits_for_more_than_half_a_minute_and_nobody_for_good():
    account = Account()
    guess(account, who_come_back_once, START, START + 60 * MINUTE, each=SECOND / 4)
    assert account.shared.count == turns.FULL
    now, told = START + 60 * MINUTE, []
    while wait := account.tries("the owner's", now):
        told.append(wait)
        now += wait * SECOND
    assert max(told) <= turns.LONGEST and sum(told) <= 3 * turns.LONGEST


def test_a_slip_or_two_cost_no_wait():
    account = Account()
    assert [account.tries("mine", START + number * SECOND) for number in range(turns.FREE)] == [0] * turns.FREE
    assert account.tries("mine", START + turns.FREE * SECOND) > 0
    assert account.tries("mine", START + 10 * MINUTE) == 0, "all is forgiven by then"


def test_who_tried_less_goes_first_where_there_are_many():
    tries = turns.Tries(turns.FULL // 2, START)
    asked, now = START - MINUTE, START
    assert turns.wait_of_stranger(tries, None, asked, now) == 0
    assert turns.wait_of_stranger(tries, turns.Tries(1, asked), None, now) == turns.LONGEST
    few = turns.Tries(turns.FREE, START)
    assert turns.wait_of_stranger(few, turns.Tries(1, asked), None, now) == 0


def test_a_clock_that_was_put_back_locks_nobody_out():
    tries = turns.Tries(9, START)
    assert turns.wait_of_known(tries, START - DAY) == 0
    assert turns.forgive(tries, START - DAY) is None
    assert turns.wait_of_stranger(tries, tries, None, START - DAY) == 0


# The numbers themselves


@pytest.mark.parametrize(
    "count, seconds",
    [(1, 0), (4, 0), (5, 2), (6, 4), (7, 8), (8, 16), (9, 30), (10, 30), (1_000_000, 30)],
)
def test_after_five_tries_a_known_browser_waits_twice_as_long_each_time(count, seconds):
    own = turns.Tries(count, START)
    assert turns.wait_of_known(own, START) == seconds
    assert turns.wait_of_known(own, START + SECOND / 2) == seconds
    assert turns.wait_of_known(own, START + seconds * SECOND) == 0
    assert turns.wait_of_known(None, START) == 0


@pytest.mark.parametrize(
    "passed, left",
    [
        (-31 * SECOND, None), (-30 * SECOND, (2, 0)), (0 * SECOND, (2, 0)), (29 * SECOND, (2, 0)), (30 * SECOND, (1, 30)),
        (59 * SECOND, (1, 30)), (60 * SECOND, None), (DAY, None),
    ],
)  # fmt: skip
def test_a_try_of_strangers_is_forgiven_every_half_minute(passed, left):
    found = turns.forgive(turns.Tries(2, START), START + passed)
    assert found == (turns.Tries(left[0], START + left[1] * SECOND) if left else None)
    assert turns.forgive(None, START) is None


def test_a_try_is_one_more_and_only_the_shared_count_goes_on_from_where_it_was():
    before = turns.Tries(2, START)
    assert turns.one_more(None, START, shared=True) == turns.Tries(1, START)
    assert turns.one_more(before, START + MINUTE, shared=True) == turns.Tries(3, START)
    assert turns.one_more(before, START + MINUTE, shared=False) == turns.Tries(3, START + MINUTE)


@pytest.mark.parametrize("passed, still", [(0, True), (300, True), (301, False), (-300, True), (-301, False)])
def test_who_was_told_to_come_back_has_five_minutes(passed, still):
    assert turns.still_asked(START, START + passed * SECOND) == (START if still else None)
    assert turns.still_asked(None, START) is None


@pytest.mark.parametrize(
    "strangers, tried, passed, seconds",
    [
        (4, None, None, 0), (5, None, None, 3), (5, None, 0, 3), (5, None, 2, 1), (5, None, 3, 0), (999, None, 3, 0),
        (1000, None, 3, 30), (5, 1, 0, 3), (5, 5, 0, 3), (5, 6, 0, 4), (166, 5, 3, 30), (165, 5, 3, 0),
    ],
)  # fmt: skip
def test_how_long_a_stranger_waits(strangers, tried, passed, seconds):
    """`tried` by this browser, `passed` in seconds since then or, where it has not, since it was told to come back."""
    since = None if passed is None else START - passed * SECOND
    own = turns.Tries(tried, since) if tried else None
    assert turns.wait_of_stranger(turns.Tries(strangers, START), own, None if own else since, START) == seconds
    assert turns.wait_of_stranger(None, own, since, START) == 0
