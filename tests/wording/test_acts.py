"""What leads did, in sentences."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from induction.content.model import Facet, Stance
from induction.rules.acts import Done, Kind, What
from induction.wording import acts
from induction.wording.acts import Called

AT = datetime(2026, 12, 4, 10, 42, 7, 123456, tzinfo=UTC)
FACET = Facet("pupil-contact", "May staff…?", "", (Stance("none", "Never", ""), Stance("school-only", "By the school’s own", "")))
CALLED = Called({("short", ""): "In ten minutes", ("short", "messages"): "Late messages"}, {"pupil-contact": FACET})
PLAIN = Done(
    1, AT, What.CHANGED, 9, "Lou Hartley", "lou@school.example", 4, "Tess Okafor", "tess@school.example", "short", "messages", "@wren",
    {}, {},
)  # fmt: skip

SENTENCES = {
    What.ADDED: "added Tess Okafor",
    What.CHANGED: "changed what is said of Tess Okafor",
    What.ENDED: "ended the account of Tess Okafor",
    What.BROUGHT_BACK: "opened the account of Tess Okafor again",
    What.DEPUTY: "named @wren to stand in for Tess Okafor",
    What.NO_DEPUTY: "said that nobody stands in for Tess Okafor",
    What.FOLLOWER: "said that @wren follows Tess Okafor as a mentor",
    What.GROUP_MADE: "made the group @wren",
    What.GROUP_RENAMED: "gave a group another name: @wren",
    What.GROUP_CLOSED: "closed the group @wren",
    What.GROUP_OPENED: "opened the group @wren again",
    What.INTO_A_GROUP: "took Tess Okafor into the group @wren",
    What.OUT_OF_A_GROUP: "took Tess Okafor out of the group @wren",
    What.INVITATION: "made an invitation for Tess Okafor",
    What.RESET: "made Tess Okafor a link for a new password",
    What.PASSWORD_SET: "set a password for Tess Okafor",
    What.PUBLISHED: "published version @wren of the policy",
    What.PAPER_SIGNATURE: "recorded the signature on paper of Tess Okafor under version @wren of the policy",
    What.ASKED_AGAIN: "asked Tess Okafor once more about “Late messages”",
    What.APPROVED: "approved the course “In ten minutes”",
    What.READ: "read the lesson “Late messages” for its approval",
    What.PUT_ASIDE: "put a scenario of “Late messages” aside: @wren",
    What.TAKEN_BACK: "took a scenario of “Late messages” back: @wren",
    What.GIVEN: "gave the course “In ten minutes” to the group @wren",
    What.NO_LONGER_GIVEN: "gave the course “In ten minutes” to the group @wren no longer",
    What.COMES_ROUND: "said when the course “In ten minutes” comes round",
    What.DONE_ELSEWHERE: "recorded what Tess Okafor has done elsewhere for “In ten minutes”: @wren",
    What.ELSEWHERE_TAKEN_BACK: "took back what Tess Okafor has done elsewhere for “In ten minutes”: @wren",
    What.STRUCK: "said that an entry of Tess Okafor does not count: @wren of “Late messages”",
    What.COUNTED_AGAIN: "said that an entry of Tess Okafor counts after all: @wren of “Late messages”",
    What.NOTED_BESIDE: "wrote a note beside an entry of Tess Okafor: @wren of “Late messages”",
    What.REGISTERED: "put @wren on the register of accounts",
    What.ASSESSED_ANEW: "wrote another risk assessment of @wren",
    What.SECOND_SIGNATURE: "gave the second signature to @wren",
    What.SWITCHED_OFF: "switched @wren off",
    What.SWITCHED_ON: "switched @wren on again",
    What.REMINDER: "changed the reminder “Seven days before”",
    What.HOLIDAY: "entered a school holiday: @wren",
    What.HOLIDAY_ENDED: "took a school holiday out: @wren",
    What.KEEPS_THE_HEAD: "named Tess Okafor to keep the head of the chain of evidence",
    What.HEAD_NOT_KEPT: "took away one of those who keep the head of the chain of evidence",
    What.SIGNING_KEY: "made a new key with which badges are signed",
    What.COPY_ELSEWHERE: "said that a copy of the backups lies elsewhere",
    What.NO_COPY_ELSEWHERE: "said that no copy of the backups lies elsewhere any more",
    What.SIGNING_KEY: "made a new key with which badges are signed",
    What.SIGN_IN_RULES: "changed the rules of signing in",
    What.UNLINKED: "took away the account elsewhere with which Tess Okafor signs in",
    What.LET_IN: "let Tess Okafor in, who had not been invited",
    What.RESET_ASKED: "asked that the second step of Tess Okafor be reset",
    What.RESET_AGREED: "agreed that the second step of Tess Okafor be reset",
    What.RESET_REFUSED: "did not agree that the second step of Tess Okafor be reset",
    What.FACTOR_RESET: "reset the second step of Tess Okafor",
    What.LIST_BROUGHT_IN: "brought in a list of people: @wren",
    What.DOWNLOADED: "downloaded @wren of Tess Okafor",
    What.SETTINGS: "changed the settings",
    What.LETTERS_HELD: "held all letters back",
    What.LETTERS_LET_GO: "let the letters go again",
    What.LETTER_AGAIN: "sent Tess Okafor a letter again: @wren",
    What.TEST_LETTER: "sent a test letter",
    What.RESTORED: "put the records back from @wren",
    What.ERASED: "erased the record of Tess Okafor: @wren",
    What.RETENTION_SET: "changed how long records are kept",
    What.RECORDS_GONE: "let records go whose time was over: @wren",
    What.PROVIDER_SET: "set up signing in with @wren",
    What.PROVIDER_GONE: "took away signing in with @wren",
    What.TURNED_AWAY: "did not let @wren in, who had not been invited",
    What.RECORD_GIVEN: "took out everything held about Tess Okafor: @wren",
}


@pytest.mark.parametrize("what", What)
def test_every_act_has_its_sentence(what):
    done = replace(PLAIN, what=what, about="week-before") if what is What.REMINDER else replace(PLAIN, what=what)
    assert acts.sentence(done, CALLED) == SENTENCES[what]


def test_every_kind_has_its_words():
    assert set(acts.KINDS) == set(Kind)


def test_what_is_gone_is_named_by_its_word():
    assert acts.sentence(replace(PLAIN, what=What.APPROVED, course="gone"), CALLED) == "approved the course “gone”"
    assert acts.sentence(replace(PLAIN, what=What.READ, lesson="gone"), CALLED) == "read the lesson “gone” for its approval"
    assert acts.sentence(replace(PLAIN, what=What.READ, lesson=""), CALLED) == (
        "read what the course “In ten minutes” says of itself, for its approval"
    )
    assert acts.sentence(replace(PLAIN, what=What.ERASED, person_name=None), CALLED) == "erased the record of somebody: @wren"
    assert acts.sentence(replace(PLAIN, what=What.DOWNLOADED, person_name=None), CALLED) == "downloaded @wren"
    nobody = replace(PLAIN, what=What.FOLLOWER, about="")
    assert acts.sentence(nobody, CALLED) == "said that nobody follows Tess Okafor as a mentor at first"
    assert acts.sentence(PLAIN, CALLED, "whom") == "changed what is said of whom"
    assert acts.who(replace(PLAIN, by=None, by_name=None)) == "Somebody with access to the server"


@pytest.mark.parametrize(
    "what, was, became, words",
    [
        (What.CHANGED, {"role": "teacher", "name": "T"}, {"role": "mentor", "name": "T"}, ["role from teacher to mentor"]),
        (What.CHANGED, {"due": "2026-12-04"}, {"due": "2027-01-08"}, ["date from 4 December 2026 to 8 January 2027"]),
        (What.CHANGED, {"due": "2026-12-04"}, {}, ["date taken away: 4 December 2026"]),
        (What.CHANGED, {}, {"course": "short"}, ["course set to In ten minutes"]),
        (What.CHANGED, {"course": "gone"}, {"course": "short"}, ["course from gone to In ten minutes"]),
        (What.ADDED, {}, {"name": "Tess", "role": "teacher"}, ["role set to teacher"]),
        (
            What.PUBLISHED, {"pupil-contact": "none"}, {"pupil-contact": "school-only"},
            ["Pupil contact from “Never” to “By the school’s own”"],
        ),
        (What.PUBLISHED, {}, {"pupil-contact": "gone"}, ["Pupil contact set to gone"]),
        (What.PUBLISHED, {}, {"gone": "none"}, ["gone set to none"]),
        (What.SETTINGS, {"": "on"}, {"": "off"}, ["from on to off"]),
        (What.SETTINGS, {}, {}, []),
        (What.COMES_ROUND, {"every year on": "09-01"}, {"every year on": "02-29"}, ["every year on from 1 September to 29 February"]),
        (What.CHANGED, {}, {"starts": "2026-12-04"}, ["first day set to 4 December 2026"]),
    ],
)
def test_what_became_another(what, was, became, words):
    assert acts.changes(replace(PLAIN, what=what, was=was, became=became), CALLED) == words


def test_an_act_as_a_row():
    done = replace(PLAIN, was={"role": "teacher", "due": "2026-12-04"}, became={"role": "mentor"})
    assert acts.row(done, CALLED) == {
        "at": "2026-12-04T10:42:07Z", "by_name": "Lou Hartley", "by_email": "lou@school.example", "kind": "people",
        "what": "changed what is said of Tess Okafor", "person_name": "Tess Okafor", "person_email": "tess@school.example",
        "from": "role: teacher; date: 4 December 2026", "to": "role: mentor",
    }  # fmt: skip
    assert set(acts.row(done, CALLED)) == set(acts.COLUMNS)
    assert acts.row(replace(PLAIN, what=What.SETTINGS, was={"": "on"}, became={"": "off"}), CALLED)["from"] == "on"
    nobody = replace(PLAIN, by=None, by_name=None, by_email=None, person_name=None, person_email=None)
    assert [acts.row(nobody, CALLED)[each] for each in ("by_name", "by_email", "person_email")] == ["", "", ""]


def test_what_the_page_says():
    assert acts.heading(False) != acts.heading(True) and "seven years" in acts.LEAD
    assert "“Zed”" in acts.nothing_found("Zed") and "“" not in acts.nothing_found("")
