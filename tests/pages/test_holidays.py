"""School holidays: entered, pasted and looked at line by line, joined where they overlap, refused where nothing would be left."""

from datetime import date

import pytest

from induction.records.school import holidays
from tests.pages.test_reminders import typed

HOME = "/school/holidays"
YEAR = date.today().year + 1


def kept(cast) -> list[tuple[str, str, str]]:
    return [(each.name, each.first.isoformat(), each.last.isoformat()) for each in holidays.listing(cast.records)]


def enter(cast, name: str, first: str, last: str):
    cast.lou.open(HOME)
    return cast.lou.press("Enter it", holiday=name, first=first, last=last)


def paste(cast, *lines: str):
    cast.lou.open(HOME)
    return cast.lou.press("Look at the dates", pasted="\n".join(lines))


def again(cast, words: str, page):
    """Press a button of the preview, with the lines as a browser sends them."""
    return cast.lou.press(words, pasted=typed(page, "pasted"))


def test_one_is_entered_and_taken_away(cast):
    assert "None are entered" in cast.lou.open(HOME).text
    page = enter(cast, "Half term", f"15 February {YEAR}", f"19 February {YEAR}")
    assert page.is_at(HOME) and "Entered." in page.text
    assert kept(cast) == [("Half term", f"{YEAR}-02-15", f"{YEAR}-02-19")]
    assert "Entered by Lou Hartley" in page.text
    page = cast.lou.press(next(each.text for each in page.main.all("button") if each.text.startswith("Take away")))
    assert "Taken away." in page.text and kept(cast) == []
    assert "It was taken away before." in cast.lou.send(f"{HOME}/1/take-away").text


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (f"19 February {YEAR}", f"15 February {YEAR}", "It ends before it starts."),
        ("", f"15 February {YEAR}", "Write the first day."),
        (f"15 February {YEAR}", "some day", "Write the date as"),
        ("1 January 2021", "4 January 2021", "It is over."),
        (f"1 January {YEAR}", f"31 December {YEAR}", "With this no letter could go for a whole year."),
        (f"1 January {YEAR}", f"31 December {YEAR + 1}", "It lasts a year or more."),
        (f"30 February {YEAR}", f"31 December {YEAR}", "There is no such day."),
    ],
)
def test_what_can_not_be_is_said_and_what_was_typed_comes_back(cast, first, last, says):
    page = enter(cast, "Half term", first, last)
    assert page.problems and says in page.text
    assert page.field("holiday").get("value") == "Half term"
    assert kept(cast) == []


def test_those_that_overlap_become_one_and_it_is_said(cast):
    enter(cast, "Christmas", f"21 December {YEAR}", f"31 December {YEAR}")
    page = enter(cast, "Winter", f"28 December {YEAR}", f"4 January {YEAR + 1}")
    assert "It overlaps Christmas, so they are one now: Winter" in page.text
    assert kept(cast) == [("Winter", f"{YEAR}-12-21", f"{YEAR + 1}-01-04")]
    page = enter(cast, "Again", f"22 December {YEAR}", f"23 December {YEAR}")
    assert "Those days are holidays already: Winter" in page.text and len(kept(cast)) == 1


def test_more_than_half_of_a_year_quiet_is_a_warning(cast):
    page = enter(cast, "Long", f"1 February {YEAR}", f"15 September {YEAR}")
    assert "Look whether that is meant." in page.text and len(kept(cast)) == 1


def test_holidays_that_together_leave_no_day_are_refused(cast):
    enter(cast, "First", f"1 January {YEAR}", f"30 June {YEAR}")
    page = enter(cast, "Second", f"1 July {YEAR}", f"31 December {YEAR}")
    assert "Entered." in page.text  # the year from July on has days after it
    page = enter(cast, "Third", f"1 June {YEAR}", f"2 July {YEAR}")
    assert "With this no letter could go for a whole year." in page.text and len(kept(cast)) == 2


def test_what_is_pasted_is_shown_line_by_line_and_then_entered(cast):
    page = paste(
        cast, f"School dates {YEAR}", f"Half term: 15 to 19 February {YEAR}", f"Easter: 5 April {YEAR} to 1 April {YEAR}",
        f"INSET day: 6 September {YEAR}", f"Summer\t22/07/{YEAR}\t31/08/{YEAR}",
    )  # fmt: skip
    assert page.heading == "What the dates say"
    assert "2 holidays would be entered. 1 line is to be mended, or left out." in page.text
    assert "It ends before it starts." in page.text and "Left out. Staff are in on that day." in page.text
    assert kept(cast) == []
    page = again(cast, "Enter these 2", page)
    assert page.is_at(HOME) and "Entered: 2." in page.text
    assert [each[0] for each in kept(cast)] == ["Half term", "Summer"]
    page = paste(cast, f"Half term: 15 to 19 February {YEAR}")
    assert "Those days are holidays already" in page.text
    assert "That is how it stands already." in again(cast, "Enter it", page).text


def test_a_calendar_file_can_be_pasted(cast):
    page = paste(
        cast, "BEGIN:VCALENDAR", "BEGIN:VEVENT", "SUMMARY:Spring break", f"DTSTART;VALUE=DATE:{YEAR}0405",
        f"DTEND;VALUE=DATE:{YEAR}0410", "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    assert "Spring break" in page.text
    again(cast, "Enter it", page)
    assert kept(cast) == [("Spring break", f"{YEAR}-04-05", f"{YEAR}-04-09")]


def test_where_it_would_do_another_thing_by_now_it_is_shown_again(cast):
    paste(cast, f"Half term: 15 to 19 February {YEAR}")
    other = cast.sign_in("lou")
    other.open(HOME)
    other.press("Enter it", holiday="Theirs", first=f"17 February {YEAR}", last=f"24 February {YEAR}")
    page = cast.lou.press("Enter it")
    assert "What would be entered is no longer what you saw." in page.text and "It overlaps Theirs" in page.text
    assert [each[0] for each in kept(cast)] == ["Theirs"]
    cast.lou.press("Enter it")
    assert kept(cast) == [("Half term", f"{YEAR}-02-15", f"{YEAR}-02-24")]


def test_nothing_pasted_and_far_too_much(cast):
    assert "Paste the dates here." in paste(cast, "").text
    assert "Use at most 50,000 characters." in paste(cast, "x" * 60_000).text
    assert "No holiday was found in it." in paste(cast, "hello").text
