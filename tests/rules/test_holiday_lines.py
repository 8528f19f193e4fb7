"""What a lead pastes as school holidays: line by line, as councils write them."""

from datetime import date

import pytest

from induction.rules import holiday_calendar, holiday_lines

TODAY = date(2026, 10, 1)
ONE_MISSING = "One day is missing. Write the first and the last day of the holiday on one line."
BACKWARDS = "It ends before it starts. Write the first day, then the last."


def one(line: str, today: date = TODAY) -> str:
    """What a line is read as: *name first last*, or why not."""
    [read] = holiday_lines.read(line, today)
    return f"{read.holiday.name} | {read.holiday.first} {read.holiday.last}" if read.holiday else read.left_out or read.problem


@pytest.mark.parametrize(
    ("line", "holiday"),
    [
        ("Autumn half term: Monday 26 October to Friday 30 October 2026", "Autumn half term | 2026-10-26 2026-10-30"),
        ("Autumn half term: Monday 26 October 2026 to Friday 30 October", "Autumn half term | 2026-10-26 2026-10-30"),
        ("Christmas holidays: Monday 21 December to Friday 1 January 2027", "Christmas holidays | 2026-12-21 2027-01-01"),
        ("Christmas holidays: Monday 21 December 2026 to 1 January", "Christmas holidays | 2026-12-21 2027-01-01"),
        ("Christmas: 21 December to 1 January", "Christmas | 2026-12-21 2027-01-01"),
        ("Spring break 15 – 19 February 2027", "Spring break | 2027-02-15 2027-02-19"),
        ("Half term, Monday 15th to Friday 19th of February 2027", "Half term | 2027-02-15 2027-02-19"),
        ("Easter\t25/03/2027\t09/04/2027", "Easter | 2027-03-25 2027-04-09"),
        ("May half term,2027-05-31,2027-06-04", "May half term | 2027-05-31 2027-06-04"),
        ("| October break | Mon 12 Oct | Fri 16 Oct |", "October break | 2026-10-12 2026-10-16"),
        ("From 22 July 2027 until 1 September 2027: summer holiday", "summer holiday | 2027-07-22 2027-09-01"),
        ("Feb 15, 2027 to Feb 19, 2027", "School holiday | 2027-02-15 2027-02-19"),
        ("Schools close on Friday 16 October 2026 and reopen on Monday 2 November 2026", "School holiday | 2026-10-17 2026-11-01"),
        ("Mid-term closure: 8–9 February 2027", "Mid-term closure | 2027-02-08 2027-02-09"),
        ("Royal wedding: Friday 4 June 2027", "Royal wedding | 2027-06-04 2027-06-04"),
        ("Leap day 29 February 2028", "Leap day | 2028-02-29 2028-02-29"),
    ],
)
def test_holidays_as_they_are_written(line, holiday):
    assert one(line) == holiday


def test_a_holiday_that_has_begun_is_this_years():
    assert one("Half term 26 October to 30 October", date(2026, 10, 28)) == "Half term | 2026-10-26 2026-10-30"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("School holidays 2026/27", "No date stands in it."),
        ("INSET day: Monday 4 January 2027", "Staff are in on that day."),
        ("Autumn term: 1 September 2026 to 18 December 2026", "It names a term, not a holiday."),
        ("Half term 16 February 2026 to 20 February 2026", "It is over."),
        ("Half term 30 October 2026 to 26 October 2026", BACKWARDS),
        ("Break Monday 27 October to 30 October 2026", "27 October 2026 is a Tuesday. Write the date as 4 December 2026 or 04/12/2026."),
        ("Festival 30 February 2027 to 2 March 2027", "There is no such day. Write the date as 4 December 2026 or 04/12/2026."),
        ("Leap week 29 February 2027 to 5 March 2027", "There is no such day. Write the date as 4 December 2026 or 04/12/2026."),
        ("Holidays 1/1/27, 2/1/27 and 3/1/27", "There are 3 dates. Write each holiday on a line of its own."),
        ("Summer holiday begins Thursday 22 July 2027", ONE_MISSING),
        ("Schools close on Friday 16 October 2026", ONE_MISSING),
        ("Always: 1 January 2027 to 1 January 2028", "It lasts a year or more. Write each holiday by itself."),
        ("Holiday 1 January 1999 to 3 January 2999", "Write a day between 2020 and 2100, such as 4 December 2026."),
        ("x" * 300, "This line is longer than 200 characters. Write each holiday on a line of its own."),
    ],
)
def test_lines_that_are_none(line, why):
    assert one(line) == why


def test_empty_lines_are_not_counted_as_lines_and_numbers_are_the_pasted_texts_own():
    assert [each.number for each in holiday_lines.read("\n\nHalf term 26 to 30 October 2026\n  \nnothing", TODAY)] == [3, 5]


def test_only_so_many_lines_are_read():
    found = holiday_lines.read("Half term 26 to 30 October 2026\n" * 400, TODAY)
    assert len(found) == 151
    assert found[-1].problem == "Paste 150 lines at most, and the rest after them."


def calendar(*entries: str) -> str:
    inside = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{each}\r\nEND:VEVENT\r\n" for n, each in enumerate(entries))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//council//EN\r\n{inside}END:VCALENDAR\r\n".replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("SUMMARY:Half term\nDTSTART;VALUE=DATE:20261026\nDTEND;VALUE=DATE:20261031", ("2026-10-26", "2026-10-30")),
        ("SUMMARY:May Day\nDTSTART;VALUE=DATE:20270503", ("2027-05-03", "2027-05-03")),
        ("SUMMARY:Easter\nDTSTART:20270325T000000Z\nDTEND:20270410T000000Z", ("2027-03-25", "2027-04-10")),
        ("SUMMARY:Night\nDTSTART:20270325T000000\nDTEND:20270327T000000", ("2027-03-25", "2027-03-26")),
        ("SUMMARY:Weekly\nDTSTART;VALUE=DATE:20270503\nRRULE:FREQ=WEEKLY", "It comes round. Write its days as a line of their own."),
        ("SUMMARY:Nothing", "Its days can’t be read. Write them as a line of their own."),
        ("SUMMARY:Old\nDTSTART;VALUE=DATE:19990101", "Its days can’t be read. Write them as a line of their own."),
        ("SUMMARY:Back\nDTSTART;VALUE=DATE:20261030\nDTEND;VALUE=DATE:20261020", BACKWARDS),
    ],
)
def test_entries_of_a_calendar_file(entry, found):
    assert holiday_calendar.is_calendar(calendar(entry))
    [read] = holiday_calendar.read(calendar(entry), TODAY)
    got = (str(read.holiday.first), str(read.holiday.last)) if read.holiday else read.left_out or read.problem
    assert got == found


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:nonsense", "BEGIN:VCALENDAR\n\x01\nEND:VCALENDAR",
        calendar("SUMMARY:Half term\nDTSTART;VALUE=DATE:2026"), calendar("DTSTART;TZID=Europe:20270325T000000"),
        calendar(f"DTSTART;TZID={'x/' * 10_000}:20270101T000000"), "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 3800,
    ],
)
def test_what_is_no_whole_calendar_is_said_and_breaks_nothing(text):
    found = holiday_calendar.read(text, TODAY)
    assert all(each.problem for each in found)
