"""What the inspection pack, its page and the log say of it."""

from datetime import UTC, date, datetime

import pytest

from induction.rules.days_here import Shut, When
from induction.rules.pack import Stood
from induction.wording import pack

DAY = date(2026, 12, 4)
NOW = datetime(2026, 12, 4, 10, 42, tzinfo=UTC)


@pytest.mark.parametrize("day, words", [
    (DAY, "As at Friday 4 December 2026, 10.42 am"), (date(2026, 6, 1), "As at the end of Monday 1 June 2026"),
])  # fmt: skip
def test_as_at(day, words):
    assert pack.as_at(day, NOW) == words


@pytest.mark.parametrize("by, words", [
    ("Lou Hartley", "Made on Friday 4 December 2026 at 10.42 am for Lou Hartley, by induction 1.6.0."),
    ("", "Made on Friday 4 December 2026 at 10.42 am for the command line of the server, by induction 1.6.0."),
])  # fmt: skip
def test_made(by, words):
    assert pack.made(NOW, by, "1.6.0") == words


@pytest.mark.parametrize("stood, due, words", [
    (Stood.OVERDUE, DAY, "Overdue: due by 4 December 2026"), (Stood.DUE, DAY, "Due by 4 December 2026"),
    (Stood.DUE, None, "Due, without a date"), (Stood.DONE, DAY, "Done"), (Stood.EXEMPT, None, "Exempt"),
    (Stood.ERASED, None, "Erased since"),
])  # fmt: skip
def test_how_somebody_stood(stood, due, words):
    assert pack.stood(stood, due) == words


def test_every_way_to_stand_is_said_and_explained():
    assert set(pack.MARKED) == set(pack.MEANS) == set(Stood)


@pytest.mark.parametrize("shut, here, words", [
    (None, True, ""), (None, False, "had left"), (Shut(When.BEFORE, DAY), True, "first day 4 December 2026"),
    (Shut(When.AFTER, DAY), True, "last day 4 December 2026"),
])  # fmt: skip
def test_why_nothing_was_asked(shut, here, words):
    assert pack.why_exempt(shut, here) == words


@pytest.mark.parametrize("counts, words", [
    ({}, "Nobody was here."), ({Stood.DONE: 1}, "1 person was here: 1 done."),
    ({Stood.DONE: 900, Stood.OVERDUE: 2, Stood.EXEMPT: 98}, "1,000 people were here: 2 overdue, 900 done and 98 exempt."),
])  # fmt: skip
def test_in_figures(counts, words):
    assert pack.in_figures_of(counts) == words


def test_what_can_not_be_known():
    assert pack.caveats(past=False, began=None, day=DAY, erased=0, changed=[]) == []
    told = pack.caveats(past=True, began=date(2027, 1, 1), day=DAY, erased=2, changed=["Boundaries", "Photos"])
    assert [each[:40] for each in told] == [
        "Courses and their lessons are those of t", "The school’s name and its nation are tho", "Approved by then in other words than tho",
        "Who somebody was is kept since 1 January", "2 people who were here that day have bee",
    ]  # fmt: skip
    assert told[2].endswith("Boundaries; Photos.")


@pytest.mark.parametrize("person, day, called, link", [
    (None, DAY, "The whole school, as at today", "Download the pack of the whole school, as at today"),
    ("Tess Okafor", date(2026, 6, 1), "Tess Okafor, as at 1 June 2026", "Download the pack of Tess Okafor, as at 1 June 2026"),
])  # fmt: skip
def test_in_the_list(person, day, called, link):
    assert (pack.called(person, day, DAY), pack.link(person, day, DAY)) == (called, link)


def test_how_far_it_is():
    assert [pack.how_far(step) for step in (0, 3, 4)] == ["1 of 4: Reading the records", "4 of 4: Packing it", "Almost done"]
    assert [pack.size(count) for count in (1, 71_488, 421_860)] == ["1 kB", "72 kB", "0.4 MB"]


def test_in_the_log_and_as_a_file():
    assert pack.downloaded(DAY, "ab") == "the inspection pack as at 4 December 2026 (SHA-256 ab)"
    assert (pack.file_name(DAY, None), pack.file_name(DAY, 4)) == ("inspection-pack-2026-12-04.zip", "inspection-pack-4-2026-12-04.zip")


def test_no_statement_about_conduct():
    assert "no statement about anybody’s conduct" in pack.IS_NOT and "none stands in here" in pack.IS_NOT
