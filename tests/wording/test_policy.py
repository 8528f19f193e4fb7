"""What the lead's pages of the policy say: every state has its sentence."""

from datetime import date

import pytest

from induction.wording import policy

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    "by, on, words",
    [
        ("Lou Hartley", date(2026, 11, 27), "Chosen by Lou Hartley on Friday 27 November."),
        (None, date(2025, 11, 27), "Chosen by the command line on Thursday 27 November 2025."),
    ],
)
def test_who_made_a_choice(by, on, words):
    assert policy.made("Chosen", by, on, TODAY) == words


@pytest.mark.parametrize(
    "lessons, scenarios, words",
    [
        (5, 1, "Bears on five lessons and one scenario."),
        (1, 0, "Bears on one lesson and no scenarios."),
        (0, 12, "Bears on no lessons and 12 scenarios."),
    ],
)
def test_what_a_question_bears_on(lessons, scenarios, words):
    assert policy.bears_on(lessons, scenarios) == words


@pytest.mark.parametrize(
    "gone, words",
    [
        (None, "Not chosen yet: “No contact” applies until you do"),
        ("by-pigeon", "You had chosen “by-pigeon”, which is no longer offered. “No contact” applies until you choose again."),
    ],
)
def test_what_applies_where_nothing_is_chosen(gone, words):
    assert policy.undecided("No contact", gone) == words


@pytest.mark.parametrize("changes, words", [(1, "One change is not published yet"), (2, "2 changes are not published yet")])
def test_how_much_is_drafted(changes, words):
    assert policy.not_published(changes) == words


@pytest.mark.parametrize(
    "version, since, words",
    [(0, "", "Nothing is published yet"), (3, "Friday 27 November", "Version 3, Friday 27 November")],
)
def test_which_text_is_in_force(version, since, words):
    assert policy.in_force(version, since) == words


AFTER = "after you had opened this page, so nothing is saved yet. Save again, and yours takes its place."


@pytest.mark.parametrize(
    "who, label, beside, words",
    [
        ("Kit Moran", "None", "", f"Kit Moran chose “None” {AFTER}"),
        ("Kit Moran", "Agreed hours", "8 to 5", f"Kit Moran chose “Agreed hours” (8 to 5) {AFTER}"),
        (None, "None", "", f"Somebody chose “None” {AFTER}"),
        (None, None, "", f"The draft was thrown away {AFTER}"),
        ("Kit Moran", None, "8 to 5", f"The draft was thrown away {AFTER}"),
    ],
)
def test_what_another_chose_meanwhile(who, label, beside, words):
    assert policy.chosen_meanwhile(who, label, beside) == words


@pytest.mark.parametrize(
    "version, first, stale, words",
    [
        (0, True, False, "This would be the first text of your policy: from then on lessons call what you have chosen your policy, "
                         "and everybody is asked to read it."),
        (3, False, False, "What version 4 would change beside version 3."),
        (3, False, True, "The draft is empty, but your settings or an update have changed what the text says since version 3 was "
                         "published."),
    ],
)  # fmt: skip
def test_what_publishing_would_be(version, first, stale, words):
    assert policy.would_change(version, first=first, stale=stale) == words


@pytest.mark.parametrize(
    "count, words",
    [
        (0, ""),
        (1, "One question is not chosen yet. There the policy says that the cautious rule applies until you choose."),
        (15, "15 questions are not chosen yet. There the policy says that the cautious rule applies until you choose."),
    ],
)
def test_which_questions_are_still_open(count, words):
    assert policy.still_open(count) == words


@pytest.mark.parametrize(
    "first, words",
    [
        (True, "Everybody is asked to read it and say so, because it is the first. They are shown all of it."),
        (False, "Everybody is asked to read it and say so, because what they are held to changes. They are shown only what changed."),
    ],
)
def test_why_everybody_is_asked(first, words):
    assert policy.why_all_are_asked(first) == words


@pytest.mark.parametrize(
    "asks, words", [(True, "Everybody is asked to read it and say so."), (False, "What people have acknowledged stands.")]
)
def test_what_was_published_asks(asks, words):
    assert policy.published(4, asks) == f"Published: version 4. Lessons and scenarios say so from this moment. {words}"


@pytest.mark.parametrize(
    "text, material, words",
    [
        (False, True, "no text to read"),
        (False, False, "no text to read"),
        (True, True, "asks everybody to read it"),
        (True, False, "only words changed, so nobody is asked to read it again"),
    ],
)
def test_whom_a_version_asks(text, material, words):
    assert policy.whom_it_asks(text, material) == words


@pytest.mark.parametrize(
    "version, latest, counts_from, words",
    [
        (3, True, 3, "Version 3, the one in force: 1,204 of 1,300 have read it and said so."),
        (2, False, 2, "Version 2: 1,204 of 1,300 have read it or a later one and said so."),
        (
            3, True, 2,
            "Version 3, the one in force: 1,204 of 1,300 have read it and said so. Only words changed in it, so whoever has read "
            "version 2 or a later one counts.",
        ),
    ],
)
def test_how_many_have_read_it(version, latest, counts_from, words):
    assert policy.have_read(version, 1204, 96, latest=latest, counts_from=counts_from) == words


@pytest.mark.parametrize("published, day", [(date(2026, 11, 20), "20 November"), (date(2025, 11, 20), "20 November 2025")])
def test_a_day_on_paper_before_there_was_such_a_version(published, day):
    assert policy.before_it_was_published(2, published, TODAY) == (
        f"Version 2 was published on {day}; write the day that stands on the paper, or look up the version that stands on it."
    )


FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    "kept, words",
    [
        (None, "Sam Price had acknowledged it already. Nothing more was kept."),
        (
            policy.signed(FRIDAY, "S. Price", None, TODAY),
            "Sam Price had acknowledged it already: Friday 27 November, signed as S. Price. Nothing more was kept.",
        ),
        (
            policy.signed(FRIDAY, "S. Price", "Lou Hartley", TODAY),
            "Sam Price had acknowledged it already: Friday 27 November, signed as S. Price, on paper, recorded by Lou Hartley. "
            "Nothing more was kept.",
        ),
    ],
)
def test_a_signature_that_was_kept_before(kept, words):
    assert policy.acknowledged_before("Sam Price", kept) == words
