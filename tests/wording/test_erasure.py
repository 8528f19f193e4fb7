"""What goes and what stays, in sentences; every table and column of the records has one."""

from datetime import UTC, date, datetime

import pytest

from induction.records import erasure as records
from induction.wording import erasure


def test_each_table_that_loses_rows_has_words_and_each_column_that_stays():
    tables = {table for table, _ in records.GOES} | {"evidence"}
    assert {each for _, _, named in erasure.GOES for each in named} == tables
    columns = {f"{table}.{column}" for table, column in (*records.STAYS, *records.UNNAMED)} | {"completions.person"}
    said = [each for _, named, _ in erasure.STAYS for each in named]
    assert len(said) == len(set(said)) and columns - set(said) == {"erasures.person", "removals.person"}, "of which it is said anyway"


@pytest.mark.parametrize(
    ("counts", "lines"),
    [
        ({}, []),
        ({"attempts": 1}, ["1 try at scenarios"]),
        ({"attempts": 14, "answers": 60}, ["14 tries at scenarios", "60 answers in tries"]),
        ({"completions": 1}, ["1 lesson passed, with its mark"]),
        ({"attempt_shares": 1, "confidence_shares": 1}, ["2 entries of what they shared, and with whom"]),
        ({"people_history": 3, "notes": 0}, []),
    ],
)
def test_what_goes(counts, lines):
    assert erasure.goes(counts) == lines


def test_what_stays_and_why():
    [(what, why)] = erasure.stays({"approvals.approved_by": 2, "completions.person": 0})
    assert what == "What they decided or signed for the school" and why.startswith("these are the school’s own acts")
    assert erasure.stays({}) == []


@pytest.mark.parametrize(
    ("count", "last", "by_hand", "words"),
    [
        (0, None, 0, "No backup lies on this machine."),
        (1, None, 1, "1 backup on this machine still holds the record. 1 does not go by itself: delete it when you no longer need it."),
        (2, date(2028, 3, 5), 0, "2 backups on this machine still hold the record. As new ones are made each night these go; the"
                                 " last is gone by Sunday 5 March 2028."),
        (5, date(2026, 12, 6), 2, "5 backups on this machine still hold the record. As new ones are made each night these go; the"
                                  " last is gone by Sunday 6 December. 2 do not go by themselves: delete them when you no longer need"
                                  " them."),
    ],
)
def test_backups(count, last, by_hand, words):
    assert erasure.backups(count, last, by_hand, date(2026, 12, 4)) == words


def test_in_place_of_a_name():
    at = datetime(2026, 7, 3, 23, 30, tzinfo=UTC)
    assert erasure.was_erased(12, at) == "Somebody whose record was erased on 4 July 2026, number 12"
    assert erasure.done(12, True) == "The record is erased. What stays without a name is called Erased person 12."
    assert erasure.done(12, False).endswith("at the caretaker’s next round.")
