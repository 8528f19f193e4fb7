"""Clock times as leads write them."""

import pytest

from induction.content.clock import DAY, Hours, NotHours, in_words, on_a_clock, read_hours


@pytest.mark.parametrize(
    "typed, said",
    [
        ("8.30am to 3.30pm", "8.30am to 3.30pm"),
        ("8.30 am to 3.30 pm", "8.30am to 3.30pm"),
        ("08:30-15:30", "8.30am to 3.30pm"),
        ("0830 – 1530", "8.30am to 3.30pm"),
        ("8:30 to 15:30", "8.30am to 3.30pm"),
        ("09:00 until 12:00", "9am to midday"),
        ("from 8 a.m. till 5 p.m.", "8am to 5pm"),
        ("8AM—6PM", "8am to 6pm"),
        ("9am to 12pm", "9am to midday"),
        ("noon to 3pm", "midday to 3pm"),
        ("8am to midnight", "8am to midnight"),
        ("12am to 00:30", "midnight to 12.30am"),
        ("12.30pm to 13:05", "12.30pm to 1.05pm"),
        ("  8am \n to   5pm ", "8am to 5pm"),
        ("8am to 17:00", "8am to 5pm"),
    ],
)
def test_hours_are_read_and_written_one_way(typed, said):
    assert str(read_hours(typed)) == said
    assert str(read_hours(said)) == said, "what is shown can be typed again"


@pytest.mark.parametrize(
    "typed, why",
    [
        ("", "These are not two clock times alone; write two clock times"),
        ("8am", "These are not two clock times alone"),
        ("8am to noon to 3pm", "These are not two clock times alone"),
        ("those set for the club", "These are not two clock times alone"),
        ("8am to " * 10_000, "These are not two clock times alone"),
        ("9 to 5", "Morning or afternoon?"),
        ("8.30 to 3.30", "Morning or afternoon?"),
        ("8.30 to 3.30pm", "Morning or afternoon?"),
        ("8am to 5pm on Mondays", "“5pm on mondays” is no clock time"),
        ("8am to 25:00", "“25:00” is no clock time"),
        ("8am to 15pm", "“15pm” is no clock time"),
        ("0am to 3pm", "“0am” is no clock time"),
        ("8.75am to 3pm", "“8.75am” is no clock time"),
        ("٨am to 5pm", "“٨am” is no clock time"),
        ("6pm to 4pm", "Hours from 6pm to 4pm end before they begin; write the earlier time first"),
        ("15:30-08:30", "Hours from 3.30pm to 8.30am end before they begin"),
        ("8am to 08:00", "Hours from 8am to 8am end as soon as they begin"),
    ],
)
def test_what_is_no_hours_says_why_and_what_to_write(typed, why):
    with pytest.raises(NotHours) as refused:
        read_hours(typed)
    assert str(refused.value).startswith(why) and "8.30am to 3.30pm" in str(refused.value)


def test_every_minute_of_the_day_can_be_said_and_read():
    for minutes in range(DAY):
        assert read_hours(f"{in_words(minutes)} to midnight") == Hours(minutes, DAY)
        assert int(on_a_clock(minutes)[:2]) * 60 + int(on_a_clock(minutes)[3:]) == minutes
    assert on_a_clock(DAY) == "00:00"
