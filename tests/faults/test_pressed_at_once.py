"""The same button pressed twenty times at one instant: one row, and twenty answers that say the same."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime

import pytest

from induction.records.progress import attempts, conversations
from induction.records.store import migrations
from tests.cast import COURSE
from tests.faults.learner import LESSON, begin, number_of, options
from tests.faults.server import Browser, Server, at_once

TIMES = 20


@pytest.fixture(scope="module")
def data(school, tmp_path_factory):
    """One school for this file: each test presses as somebody else."""
    return shutil.copytree(school, tmp_path_factory.mktemp("pressed") / "data")


@pytest.fixture(scope="module")
def server(data):
    with Server(data) as running:
        yield running


@pytest.fixture
def records(data):
    db = migrations.open_database(data / "induction.db", datetime.now(UTC))
    yield db
    db.close()


def press(windows: list[Browser], path: str, fields: list[dict]) -> list[tuple[int, str | None]]:
    """Each window sends its fields at one instant; (status, where it leads) of each."""
    calls = [lambda w=window, f=each: w.send(path, **f) for window, each in zip(windows, fields, strict=True)]
    return [(page.status, page.where) for page in at_once(*calls)]


def windows_of(browser: Browser) -> list[Browser]:
    return [browser.twin() for _ in range(TIMES)]


def shown(browser: Browser, path: str) -> str:
    """A page as it is drawn, but for the form's token."""
    page = browser.open(path)
    assert page.status == 200
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page.text)


def answers(records, attempt: str) -> list[tuple[int, int]]:
    rows = records.rows("select step, chosen from answers where attempt = ?", [number_of(attempt)])
    return [(row["step"], *map(int, row["chosen"].strip("[]").split(","))) for row in rows]


def a_choice_of_one(browser: Browser) -> tuple[str, list[str]]:
    """An attempt that stands at a scene with radio buttons, and their values."""
    attempt = begin(browser)
    page = browser.open(attempt)
    while 'type="checkbox"' in page.text:
        browser.send(attempt, option=options(page)[0])
        page = browser.open(attempt)
    values = options(page)
    assert len(values) > 2
    return attempt, values


def test_the_same_answer_twenty_times_is_one_row_and_twenty_equal_replies(server, records):
    tess = server.sign_in("tess")
    attempt, values = a_choice_of_one(tess)
    step, number = int(values[1].split(".")[0]), int(values[1].split(".")[2])
    replies = press(windows_of(tess), attempt, [{"option": values[1]}] * TIMES)
    assert set(replies) == {(303, f"{attempt}/{step}")}
    assert answers(records, attempt)[step - 1 :] == [(step, number)]

    before = shown(tess, f"{attempt}/{step}")
    again = tess.send(attempt, option=values[0])
    assert (again.status, again.where) == (303, f"{attempt}/{step}"), "another answer leads to what is stored"
    assert answers(records, attempt)[step - 1 :] == [(step, number)]
    assert shown(tess, f"{attempt}/{step}") == before


def test_of_twenty_different_answers_one_is_stored_and_all_show_it(server, records):
    staff = server.sign_in("s1")
    attempt, values = a_choice_of_one(staff)
    step = int(values[0].split(".")[0])
    windows = windows_of(staff)
    replies = press(windows, attempt, [{"option": values[number % len(values)]} for number in range(TIMES)])
    assert set(replies) == {(303, f"{attempt}/{step}")}
    assert len(answers(records, attempt)[step - 1 :]) == 1
    assert len({shown(window, f"{attempt}/{step}") for window in windows}) == 1


def test_starting_the_scenarios_twenty_times_opens_one_attempt(server, records):
    staff = server.sign_in("s2")
    replies = press(windows_of(staff), f"/courses/{COURSE}/{LESSON}/scenarios", [{}] * TIMES)
    who = records.value("select id from people where email = 's2@wrenfield.example'")
    made = attempts.history(records, who)
    assert set(replies) == {(303, f"/attempts/{each.id}") for each in made}
    assert len(made) == 1


def test_a_conversation_recorded_twenty_times_is_one(server, records):
    mentor = server.sign_in("max")
    who = records.value("select id from people where email = 'tess@wrenfield.example'")
    form = mentor.open(f"/mentor/{who}")
    fields = {"held_on": "2026-01-09", "themes": form.field("themes")[:2], "key": form.field("key")[0]}
    replies = press(windows_of(mentor), f"/mentor/{who}", [fields] * TIMES)
    assert set(replies) == {(303, f"/mentor/{who}")}
    assert len(conversations.about(records, who)) == 1

    form = mentor.open(f"/mentor/{who}")
    assert form.field("key")[0] != fields["key"]
    mentor.send(f"/mentor/{who}", **{**fields, "key": form.field("key")[0]})
    assert len(conversations.about(records, who)) == 2, "the next one, from a page opened anew, is another"
