"""Somebody's own record as sheets, and as lines to read."""

from datetime import date

import pytest

from induction.wording.own_record import TITLES, Sheet, sheets, told

TODAY = date(2026, 12, 4)
TITLES_OF = {("c", ""): "The course", ("c", "l"): "The lesson"}


def test_each_list_is_a_sheet_with_every_column_in_every_row():
    record = {"person": {"name": "Tess", "due": None, "active": True}, "ways_in": [{"what": "set"}, {"what": "reset", "by": "Lou"}]}
    assert sheets(record) == [
        Sheet("person", ("name", "due", "active"), [{"name": "Tess", "due": "", "active": "yes"}]),
        Sheet("ways-in", ("what", "by"), [{"what": "set", "by": ""}, {"what": "reset", "by": "Lou"}]),
    ]


def test_a_list_within_a_row_is_a_sheet_that_names_the_row():
    record = {"attempts": [
        {"lesson": "l", "drawn": ["a", "b"], "answers": [{"step": 1}, {"step": 2}], "shared": []},
        {"lesson": "m", "drawn": ["c"], "answers": [{"step": 1}], "shared": [{"with": "Max"}]},
    ]}  # fmt: skip
    assert sheets(record) == [
        Sheet("attempts", ("number", "lesson", "drawn"), [
            {"number": 1, "lesson": "l", "drawn": "a; b"}, {"number": 2, "lesson": "m", "drawn": "c"},
        ]),
        Sheet("attempts-answers", ("attempts", "step"), [
            {"attempts": 1, "step": 1}, {"attempts": 1, "step": 2}, {"attempts": 2, "step": 1},
        ]),
        Sheet("attempts-shared", ("attempts", "with"), [{"attempts": 2, "with": "Max"}]),
    ]  # fmt: skip


def test_what_stands_within_a_row_goes_by_both_names_and_words_of_lessons_are_left_out():
    said = {"confidence": [{"answers": {"before": {"at": "x", "of_five": {"no": 2}}}}]}
    row = {"answers_before_at": "x", "answers_before_of_five_no": 2}
    assert sheets(said | {"lesson_versions": [{"sha256": "d", "text": "{}"}]}) == [
        Sheet("confidence", tuple(row), [row]),
        Sheet("lesson-versions", ("sha256",), [{"sha256": "d"}]),
    ]


@pytest.mark.parametrize(
    "name, row, first, rest",
    [
        ("signed_in", {"device": "Safari", "own_phone": True}, "Safari", "own phone: yes"),
        ("links_sent", {"kind": "reset", "expires_at": "2026-12-04T10:42:00.000000Z"}, "reset", "expires at: Friday 4 December, 10.42 am"),
        (
            "letters",
            {"written_at": "2026-12-04T10:42:00.000000Z", "kind": "invitation", "subject": "Hm", "email": "t@x", "state": "sent"},
            "Friday 4 December, 10.42 am", "kind: invitation; subject: Hm; email: t@x; state: sent",
        ),
        (
            "conversations_held_as_mentor", {"teacher": "Tess", "held_on": "2026-11-24", "recorded_at": None}, "Tess",
            "held on: Tuesday 24 November",
        ),
        ("lesson_versions", {"course": "c", "lesson": "l", "sha256": "d" * 64, "opened_at": "x"}, "The lesson", "opened at: x"),
        ("courses_approved", {"course": "c", "sha256": "d", "typed_name": "Lou"}, "The course", "typed name: Lou"),
        ("courses_approved", {"course": "gone", "typed_name": "Lou"}, "gone", "typed name: Lou"),
        ("asked_again", {"course": "c", "lesson": "gone", "policy_version": 3}, "gone", ""),
    ],
)
def test_a_row_is_a_line_to_read_without_its_digests(name, row, first, rest):
    [told_of] = told({name: [row]}, [name], TITLES_OF, TODAY)
    assert (told_of.title, told_of.lines) == (TITLES[name], [(first, rest)])


def test_what_holds_nothing_is_not_told():
    assert told({"links_sent": []}, ["links_sent"], {}, TODAY) == []
