"""What became of somebody's ways in, in sentences."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.rules.person_history import Entry, What
from induction.rules.roles import Role
from induction.rules.sign_in_events import EventKind, ToldEvent
from induction.wording import history
from induction.wording.sign_in_events import BY_OTHERS, said, told_lately

AT = datetime(2026, 12, 4, 10, 42, tzinfo=UTC)
TODAY = date(2026, 12, 5)
EVENT = ToldEvent(EventKind.RESET_ASKED, AT, 9, "Lou Hartley", "she lost her phone", "")
HERE = replace(EVENT, by=3, by_name="Tess Okafor", about="", device="Chrome on Windows")


@pytest.mark.parametrize(
    "event, words",
    [
        (EVENT, "Lou Hartley asked that the second step be reset: “She lost her phone”."),
        (
            replace(EVENT, what=EventKind.RESET_AGREED),
            "Lou Hartley agreed that the second step be reset: “She lost her phone”. It is gone.",
        ),
        (replace(EVENT, what=EventKind.RESET_REFUSED, about=""), "Lou Hartley refused that the second step be reset."),
        (
            replace(EVENT, what=EventKind.RESET, by_name=None, about=""),
            "Somebody with access to the server reset the second step. It is gone.",
        ),
        (replace(HERE, what=EventKind.PASSKEY_ADDED, about="my phone"), "A passkey was added: my phone (Chrome on Windows)."),
        (replace(HERE, what=EventKind.APP_ADDED), "An app for codes was set up (Chrome on Windows)."),
        (
            replace(HERE, what=EventKind.LINKED, about="tess@wrenfield.example, by the invitation of 1 December 2026"),
            "An account elsewhere was linked: tess@wrenfield.example, by the invitation of 1 December 2026 (Chrome on Windows).",
        ),
        (
            replace(HERE, what=EventKind.NEW_DEVICE, about="google"),
            "Somebody signed in with Google, where nobody had signed in to this account before (Chrome on Windows).",
        ),
        (
            replace(HERE, what=EventKind.NEW_DEVICE, about="with Keycloak"),
            "Somebody signed in with Keycloak, where nobody had signed in to this account before (Chrome on Windows).",
        ),
        (
            replace(HERE, what=EventKind.NOT_ME, about="password"),
            "They said that a sign-in with the password was not theirs (Chrome on Windows). Everybody was signed out, and the password"
            " ended.",
        ),
        (replace(EVENT, what=EventKind.LET_IN, about="aya@x.example"), "Lou Hartley let them in, who had not been invited: aya@x.example."),
    ],
)
def test_each_is_a_sentence(event, words):
    assert said(event) == words


@pytest.mark.parametrize("what", EventKind)
@pytest.mark.parametrize("about, by", [("", None), ("x", "Lou Hartley")])
def test_every_kind_has_its_words(what, about, by):
    words = said(ToldEvent(what, AT, None, by, about, ""))
    assert words.endswith(".") and "None" not in words and ".." not in words


def test_they_stand_in_the_history_at_their_moment():
    before, nothing = AT - timedelta(hours=1), [None] * 4
    added = Entry(1, before, 9, "Lou Hartley", What.ADDED, "t@x.example", "Tess", Role.TEACHER, *nothing, True)
    later = replace(added, id=2, at=AT + timedelta(hours=1), what=What.CHANGED, name="Tess Brown")
    lines = history.told([added, later], [], [], {}, TODAY, [EVENT])
    assert [each.what for each in lines] == [What.CHANGED, EventKind.RESET_ASKED, What.ADDED]
    assert lines[1].words == said(EVENT) and lines[1].by == "Lou Hartley"


@pytest.mark.parametrize("what", BY_OTHERS)
def test_the_owner_of_an_account_is_told_what_to_do(what):
    words = told_lately(replace(EVENT, what=what), TODAY)
    assert "Friday 4 December, 10.42 am" in words and words.endswith("If you know nothing of that, tell another lead or the head.")
