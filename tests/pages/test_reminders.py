"""The pages on reminders: what goes when, on and off, words with a preview, and what is said without mail."""

import html
import re

import pytest

from induction.rules.reminders import Reminder
from induction.services import letters, reminder_words
from induction.wording.reminders import SHIPPED, TITLES

HOME = "/school/reminders"
WEEK = f"{HOME}/week-before"


def chosen(cast, reminder=Reminder.WEEK):
    return reminder_words.now_chosen(cast.records)[reminder]


def typed(page, name: str) -> str:
    """What stands in a field of several lines, with its line ends."""
    return html.unescape(re.search(rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', page.html, re.DOTALL)[1]).replace("\r\n", "\n")


def with_mail(cast):
    letters.set_up_office(cast.records, "https://induction.school.example", True)


def test_without_mail_it_says_so_plainly(cast):
    page = cast.lou.open(HOME)
    assert "It has no mail server, so nothing of this goes." in page.text and page.has_link("What mail needs")
    assert "so it does not go yet" in cast.lou.open(WEEK).text


def test_one_table_says_what_goes_when(cast):
    with_mail(cast)
    page = cast.lou.open(HOME)
    assert page.heading == "Reminders" and ("Letters go today" in page.text or "None go today" in page.text)
    assert [row.all("a")[0].text for row in page.main.all("tr")[1:]] == list(TITLES.values())
    assert [row.all("th")[0].text.split()[-1] for row in page.main.all("tr")[1:]] == ["Goes"] * len(Reminder)
    assert cast.lou.open("/school/settings").has_link("Reminders and holidays")
    assert cast.lou.open("/school/mail").has_link("Reminders, and when they go")


@pytest.mark.parametrize("reminder", Reminder)
def test_the_shipped_words_stand_there_with_how_they_would_look(cast, reminder):
    with_mail(cast)
    page = cast.lou.open(f"{HOME}/{reminder.value}")
    assert page.heading == TITLES[reminder]
    assert typed(page, "words") == SHIPPED[reminder]
    assert "Hello Tess," in page.text and "4 lessons" in page.text and "https://induction.school.example" in page.text
    assert "{first name}" in page.text and not page.has_button("Back to the shipped words")


def test_own_words_are_looked_at_saved_and_taken_back(cast):
    cast.lou.open(WEEK)
    page = cast.lou.press("Look at it first", words="Dear {first name},\n\n**Soon:** {day}.\n\n- [our page](https://school.example/a)")
    assert "Dear Tess, Soon: " in page.text and chosen(cast).number == 0
    page = cast.lou.press("Save", words=typed(page, "words"))
    assert "Saved. It goes in these words." in page.text and "Lou Hartley chose so on" in page.document.text
    assert chosen(cast).words.startswith("Dear {first name},")
    assert "in your words" in cast.lou.open(HOME).text
    cast.lou.open(WEEK)
    page = cast.lou.press("Back to the shipped words")
    assert chosen(cast).words is None and typed(page, "words") == SHIPPED[Reminder.WEEK]
    assert "That is how it stands already." in cast.lou.press("Save", words=SHIPPED[Reminder.WEEK]).text


def test_one_is_switched_off_and_on(cast):
    cast.lou.open(WEEK)
    assert "Saved. It does not go." in cast.lou.press("Save", goes=[]).text
    assert not chosen(cast).goes and "Off" in cast.lou.open(HOME).text
    cast.lou.open(WEEK)
    cast.lou.press("Save", goes="y")
    assert chosen(cast).goes


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "Write the words, or go back to those that are shipped."),
        ("x" * 2001, "Use at most 2,000 characters."),
        ("Hello {fist name}", "There is no word {fist name} here; write {first name}"),
        ("Hello {mentor is told}", "There is no word {mentor is told} here"),
        ("Hello {{ school }}", "write a word in single braces"),
        ("Hello <b>you</b>", "<b> is no word and isn’t read here".replace("’", "'")),
        ("<script>alert(1)</script>", "<script> is no word"),
        ("## A heading", "A letter holds paragraphs, lists and links"),
        ("Look at https://elsewhere.example, please", "stands among the words"),
        ("[this](javascript:alert)", "A link may not begin with"),
    ],
)
def test_words_that_can_not_go_are_refused_and_come_back(cast, words, says):
    cast.lou.open(WEEK)
    page = cast.lou.press("Save", words=words)
    assert page.problems and says in page.text
    assert chosen(cast).number == 0
    if 0 < len(words) < 3000:
        assert typed(page, "words") == words


def test_what_another_lead_saved_meanwhile_is_shown_first(cast):
    cast.lou.open(WEEK)
    other = cast.sign_in("lou")
    other.open(WEEK)
    other.press("Save", words="Theirs, {first name}.")
    page = cast.lou.press("Save", words="Mine, {first name}.")
    assert "Lou Hartley changed it, after you had opened this page." in page.text and "Theirs, {first name}." in page.text
    assert chosen(cast).words == "Theirs, {first name}."
    cast.lou.press("Save")
    assert chosen(cast).words == "Mine, {first name}."


def test_there_is_no_other_reminder(cast):
    assert cast.lou.open(f"{HOME}/digest").status == 404
    assert cast.max.open(HOME).status == 404
