"""The letters that the site posts by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from induction.rules.letters import LetterKind
from induction.wording import site_letters as letters

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
LINK = "https://x.example/reset/abc"
ABOUT = letters.LinkFor("Tess", "Wrenfield School", LINK, datetime(2026, 9, 1, 10, tzinfo=UTC), None, "Lou Hartley", NOW)
ALL = {
    "invitation": letters.invitation(ABOUT),
    "new password": letters.new_password(ABOUT, False),
    "new password, asked": letters.new_password(ABOUT, True),
    "password changed": letters.password_changed("Tess", "Wrenfield School", NOW, "https://x.example"),
    "finished": letters.finished("Max", "Wrenfield School", "Tess Okafor", "Boundaries", date(2026, 9, 1), "https://x.example/mentor/4"),
    "note": letters.note_waits("Lou", "Wrenfield School", "Sunday night", "https://x.example/school/notes"),
    "signature": letters.signature_waits("Lou", "Wrenfield School", "@wrenfield", "https://x.example/school/policy/accounts/1"),
    "account waits": letters.account_waits("Lou", "Wrenfield School", "https://x.example/school/sign-in/waiting"),
    "let in": letters.let_in("Nell", "Wrenfield School", "Google", "https://x.example"),
    "test": letters.test("Lou", "Wrenfield School"),
}


@pytest.mark.parametrize("letter", ALL.values(), ids=ALL)
def test_each_greets_by_name_says_the_school_and_keeps_its_link_on_a_line_of_its_own(letter):
    assert letter.words.startswith("Hello ") and "Wrenfield School" in letter.subject + letter.words
    for line in letter.words.splitlines():
        assert "http" not in line or (line.startswith("https://x.example") and " " not in line and line[-1] != "."), line
    assert "!" not in letter.words + letter.subject and "\n" not in letter.subject


def test_why_one_gets_it_is_said_for_each_kind_that_is_written_here():
    assert set(LetterKind) - set(letters.WHY) == {LetterKind.REMINDER, LetterKind.REMINDED, LetterKind.DIGEST}
    foot = letters.foot(letters.WHY[LetterKind.TEST], "Wrenfield School", "https://x.example")
    assert foot == (
        "You get this letter because you asked for it on the page about mail. It was sent by the induction site of"
        " Wrenfield School: https://x.example"
    )


def test_an_invitation_says_by_when_it_is_to_be_done_only_where_that_is_known():
    assert "to be done by" not in ALL["invitation"].words
    dated = letters.LinkFor("Tess", "S", LINK, ABOUT.expires, date(2026, 12, 4), "", NOW)
    words = letters.invitation(dated).words
    assert "It is to be done by Friday 4 December." in words and "ask your induction lead" in words and words.endswith("\n\nS")


def test_who_did_not_ask_for_a_password_learns_that_nothing_changes():
    assert "If it was not you who asked, do nothing" in ALL["new password, asked"].words
    assert "If you did not ask for it, write back" in ALL["new password"].words


def test_where_no_password_opens_anything_letters_of_links_say_what_does():
    closed = replace(ABOUT, only_with="Google")
    assert f"This link is yours alone. Open it, sign in there with Google, and begin:\n{LINK}" in letters.invitation(closed).words
    for asked in (True, False):
        letter = letters.new_password(closed, asked)
        assert "You sign in with Google here, and no password opens anything for you." in letter.words and LINK in letter.words
        assert "choose" not in letter.words and "new password" not in letter.subject
    assert "The password of before has ended." in letters.new_password(closed, False, ended=True).words


def test_a_note_names_neither_who_wrote_it_nor_what():
    assert "Somebody has written a note on the scenario *Sunday night*." in ALL["note"].words
