"""A page that is out of date: nothing that somebody else has saved meanwhile is overwritten unseen.

The second is told, sees what stands and what they had typed, and *kept* is said only of what was. Sent again from the page
that shows both, it takes its place.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest

from induction.records.people import deputies, handovers, people, sign_in_rules, staff_groups
from induction.records.progress import conversations, scenario_notes
from induction.records.school import school
from induction.rules.reminders import Reminder
from induction.rules.roles import Role
from induction.services import providers, reminder_words, retention
from tests.cast import COURSE, Cast
from tests.pages.test_approved_accounts import ANSWERS
from tests.pages.test_pressed_twice import GOOGLE, PRESSES, certified, max_leaves, two_groups

LIST = "/school/policy/accounts"
TODAY = f"{date.today():%d/%m/%Y}"
CLAIMS = ("Saved.", "Saved in the draft", "Kept. ", "Kept,", "Published:", "is thrown away", "Signed off.", "Switched off.")


@dataclass(frozen=True)
class Edit:
    """A page that two have open: what each sends, and what the second reads."""

    page: str
    button: str
    second: dict[str, object]
    told: str
    first: dict[str, object] = field(default_factory=dict)
    theirs: str = ""  # what the first had said, which the second sees
    typed: str = ""  # what the second had typed, which is still there
    who: tuple[str, str] = ("kit", "lou")
    before: Callable[[Cast], object] = lambda cast: None
    meanwhile: Callable[[Cast], object] | None = None  # what the first does, where it is not this form
    then: tuple[Callable[[Cast], object], object] | None = None  # what stands once it is sent again, where it may be


def draft_more(cast):
    cast.kit.open("/school/policy/choices/photo-devices")
    cast.kit.press("Save and next", stance="school-devices")


def add_account(cast):
    cast.uma.open(f"{LIST}/add")
    cast.uma.press("Save the risk assessment", **ANSWERS)


def change_account(cast):
    cast.lou.open(f"{LIST}/1/change")
    cast.lou.press("Save the risk assessment", **{**ANSWERS, "purpose": "To show plays."})


def agree_to_times(cast):
    cast.uma.open("/school/retention")
    cast.uma.press("Yes, keep to these times")


def uma(cast):
    found = people.find(cast.records, cast.who("uma").id)
    return found.role, str(found.due)


EDITS = {
    "school.change_person": Edit(
        "/school/people/{uma}", "Save", {"due": "04/12/2026"}, "Kit Moran changed it today", {"role": "Teacher"}, "Role Teacher",
        "04/12/2026", then=(uma, (Role.LEAD, "2026-12-04")),
    ),
    "school.settings": Edit(
        "/school/settings", "Save the settings", {"switchboard": "01632 960199"}, "The settings were changed",
        {"headteacher": "Una Byrne"}, "Una Byrne", "01632 960199",
        then=(lambda cast: school.details(cast.records).words["switchboard"], "01632 960199"),
    ),
    "school.choose": Edit(
        "/school/policy/choices/photo-devices", "Save and next", {"stance": "own-device-agreed"},
        "Kit Moran chose “School devices only”", {"stance": "school-devices"},
        then=(
            lambda cast: cast.records.value("select stance from policy_draft_choices where facet = 'photo-devices'"),
            "own-device-agreed",
        ),
    ),
    "school.policy_text": Edit(
        "/school/policy/text", "Save and preview", {"words": "## Ours\n\nBe brief."}, "Another lead has saved other words",
        {"words": "## Ours\n\nBe kind."}, "Be kind.", "Be brief.",
        then=(lambda cast: "Be brief." in cast.records.value("select words from policy_draft_text"), True),
    ),
    "school.discard_draft": Edit(
        "/school/policy", "Throw the draft away", {}, "Nothing was thrown away", theirs="2 changes are", meanwhile=draft_more,
        then=(lambda cast: cast.records.value("select count(*) from policy_draft_choices"), 0),
    ),
    "school.publish_policy": Edit(
        "/school/policy/preview", "Publish", {"note": "For spring"}, "Not published: something changed meanwhile",
        theirs="photograph and film pupils only with", typed="For spring", meanwhile=draft_more,
        then=(lambda cast: cast.records.value("select note from policy_versions where version = 3"), "For spring"),
    ),
    "school.change_account": Edit(
        f"{LIST}/2/change", "Save the risk assessment", {"hours": "At lunch"}, "Kit Moran changed it today",
        {"purpose": "Plays, by pupils."}, "Plays, by pupils.", "At lunch", before=add_account,
        then=(lambda cast: cast.records.value("select count(*) from assessments where account = 2"), 3),
    ),
    "school.sign_account": Edit(
        f"{LIST}/1", "Sign it off", {"name": "Kit Moran"}, "It was changed after you opened this page", theirs="To show plays.",
        typed="Kit Moran", who=("lou", "kit"), meanwhile=change_account,
        then=(lambda cast: cast.records.value("select assessment from assessment_signatures"), 2),
    ),
    "school.switch_account": Edit(
        f"{LIST}/1", "Switch it off", {"why": "A pupil wrote"}, "What you wrote is not kept", {"why": "Hacked"}, "Hacked",
        "A pupil wrote",
    ),
    "school.answer_note": Edit(
        "/school/notes", "Answer", {"words": "Yes, it is wrong."}, "answered it meanwhile", {"words": "No, it is right."},
        "No, it is right.", "Yes, it is wrong.",
    ),
    "school.put_aside": Edit(
        f"/school/courses/{COURSE}/friend-requests/hockey-sticks", "Put it aside", {"why": "The year is wrong."},
        "has put it aside already", {"why": "The day is wrong."}, "The day is wrong.", "The year is wrong.",
    ),
    "school.paper_signature": Edit(
        "/school/policy/readers/{sam}", "Record the signature", {"name": "S. Price", "signed_on": TODAY},
        "had acknowledged it already", {"name": "Sam Price", "signed_on": TODAY}, "signed as Sam Price",
    ),
    "school.deputy": Edit(
        "/school/people/{max}/deputy", "Save the deputy", {"deputy": "Nia Évans"}, "Kit Moran changed it today",
        {"deputy": "Lou Hartley"}, "Who stands in Lou Hartley",
        then=(lambda cast: deputies.latest(cast.records, cast.who("max").id).deputy_name, "Nia Évans"),
    ),
    "school.handover": Edit(
        "/school/people/{max}/handover", "Save who follows", {"follower": "Nia Évans"}, "Kit Moran changed it today",
        {"follower": "Lou Hartley"}, "Who follows Lou Hartley", before=max_leaves,
        then=(lambda cast: handovers.latest(cast.records, cast.who("max").id).follower_name, "Nia Évans"),
    ),
    "school.take_elsewhere_back": Edit(
        "/school/people/{sam}/elsewhere", "Take it back", {"why": "Another’s."}, "It was taken back before", {"why": "Not Sam’s."},
        "Not Sam’s.", before=certified,
    ),
    "school.given": Edit(
        "/school/given/boundaries-in-ten-minutes", "Save", {"turn": "months", "months": "12"}, "It was changed meanwhile",
        {"turn": "year", "every": "1 September"}, "It comes round every 1 September", "12",
        then=(lambda cast: cast.records.value("select months from course_cycles order by id desc limit 1"), 12),
    ),
    "school.person_groups": Edit(
        "/school/people/{sam}", "Save the groups", {"groups": ["supply"]}, "The groups were changed meanwhile",
        {"groups": []}, "now none", before=two_groups,
        then=(lambda cast: staff_groups.names(cast.records)[cast.who("sam").id], ("supply",)),
    ),
    "school.call_group": Edit(
        "/school/people/groups/1", "Save the name", {"group": "catering"}, "It was called cooks meanwhile", {"group": "cooks"}, "cooks",
        "catering", before=two_groups, then=(lambda cast: staff_groups.find(cast.records, 1).name, "catering"),
    ),
    "school.retention": Edit(
        "/school/retention", "Keep to these times", {"left": "36"}, "Another lead has said how long", {"left": "24"}, "2 years",
        "36", before=agree_to_times, then=(lambda cast: retention.times(cast.records, date.today()).months["left"], 36),
    ),
    "school.provider": Edit(
        "/school/sign-in/google", "Save", GOOGLE | {"client_id": "9"}, "Another lead changed it", GOOGLE, GOOGLE["client_id"], "9",
        then=(lambda cast: providers.configured(cast.records, cast.site.settings)[0].client_id, "9"),
    ),
    "school.sign_in_rules": Edit(
        "/school/sign-in", "Save the rules", {"grace": "7"}, "Another lead has changed the rules", {"grace": "3"}, "3", "7",
        then=(lambda cast: sign_in_rules.now(cast.records).grace_days, 7),
    ),
    "school.reminder_words": Edit(
        "/school/reminders/overdue", "Save", {"words": "Please finish, {first name}."}, "Kit Moran changed it", {"goes": []},
        "It goes", "Please finish, {first name}.",
        then=(lambda cast: reminder_words.now_chosen(cast.records)[Reminder.OVERDUE].words, "Please finish, {first name}."),
    ),
    "school.erase": Edit(
        "/school/people/{ana}/erase", "Erase Ana’s record for good", {"why": "Asked again.", "typed": "Ana Costa"},
        "It was erased before, as it stands below", {"why": "Asked for by letter.", "typed": "Ana Costa"}, "Asked for by letter.",
    ),
    "learner.acknowledge": Edit(
        "/policy", "I have read and understood it", {"name": "S. P."}, "You had said so before", {"name": "Sam Price"},
        "signed as Sam Price", who=("sam", "sam"),
    ),
    "mentor.teacher": Edit(
        "/mentor/{tess}", "Save the conversation", {"held_on": "06/01/2026", "themes": ["friend-requests"]},
        "Another conversation was kept from this page already", {"held_on": "05/01/2026", "themes": ["friend-requests"]},
        "Monday 5 January", "06/01/2026", who=("max", "max"),
        then=(lambda cast: len(conversations.about(cast.records, cast.who("tess").id)), 2),
    ),
    "learner.note": Edit(
        "/attempts/2/1/note", "Send the note", {"words": "Three are."}, "Another note was sent from this page before",
        {"words": "Two are the same."}, typed="Three are.", who=("tess", "tess"),
        then=(lambda cast: len(scenario_notes.of_person(cast.records, cast.who("tess").id)), 3),
    ),
    "learner.answer": Edit(
        "/attempts/2", "Answer", {"option": 1}, "What follows", {"option": 0}, who=("tess", "tess")
    ),
    "learner.confidence": Edit(
        f"/courses/{COURSE}/confidence", "Save", {"about": "4"}, "Kept before. The first answers stay", {"about": "2"},
        who=("sam", "sam"),
    ),
}
NOTHING_TO_EDIT = {  # these say who, what or which state, and nothing that another could have written otherwise
    "account.sign_in", "account.sign_out", "learner.sign_out_everywhere", "learner.sign_out_there", "learner.password", "account.first_run",
    "account.invitation", "account.reset", "learner.read_lesson", "learner.scenarios", "learner.another", "learner.share_attempt",
    "learner.share_confidence", "school.deactivate", "school.reactivate", "school.take_back", "school.ask_again", "school.backups",
    "school.change_many",  # in test_people_many: who was changed meanwhile is named, and shown as they are
    "school.invite", "school.reset_link",  # in test_pressed_twice: no link is made that the page had not shown
    "school.make_links",  # in test_invitations: none ends that who asks was not told of
    "school.add_person", "school.add_account",  # in test_pressed_twice: who or what is there already is named
    "school.approve", "school.lesson_read",  # in test_courses: the version that was read is named
    "school.groups", "school.add_members", "school.take_out", "school.take_course_back", "school.close_group",
    "account.forgotten", "learner.change_calendar", "school.copy", "school.test_letter", "school.hold_mail", "school.send_again",
    "school.take_holiday_away", "school.enter_holiday", "school.paste_holidays",  # in test_holidays: those that overlap are joined
    "school.test_provider", "school.provider_away", "school.let_in", "school.refuse_waiting",
    "school.evidence",  # in test_evidence: whom another has named meanwhile is shown
    "school.check_evidence", "school.ask_for_pack", "school.person_pack", "school.make_signing_key", "mentor.sign_off",
    "school.correction",  # in test_sign_off_and_corrections: a correction that came meanwhile is shown
    "account.second_step", "account.say_not_me", "learner.confirm", "learner.leave_kept", "learner.stay_here", "learner.kept_codes",
    "learner.remove_app", "school.take_account_away", "school.reset_second_step",
    "school.take_cautious",  # in test_policy_list: what another has answered meanwhile stays
}


def open_page(cast, edit, who):
    browser = getattr(cast, who)
    page = browser.open(edit.page.format(**{name: cast.who(name).id for name in ("tess", "sam", "uma", "max", "ana")}))
    assert page.status == 200, page.heading
    return browser


def fill_in(browser, edit, fields):
    """The page that is open, filled in: the sending of it."""
    named, page = dict(fields), browser.page
    if "option" in named:
        named["option"] = page.options()[named["option"]][0]
    if "about" in named:
        first = next(each.get("name") for each in page.document.all("input") if each.get("name").startswith("about-"))
        named[first] = named.pop("about")
    path, values, _ = browser.filled(edit.button, **named)
    return lambda: browser.send(path, values, token=False)


@pytest.mark.parametrize("endpoint", EDITS)
def test_what_another_has_saved_meanwhile_is_shown_and_stays(furnished, endpoint):
    cast, edit = furnished, EDITS[endpoint]
    edit.before(cast)
    browser = open_page(cast, edit, edit.who[1])
    second = fill_in(browser, edit, edit.second)
    if edit.meanwhile:
        edit.meanwhile(cast)
    else:
        fill_in(browser if edit.who[0] == edit.who[1] else open_page(cast, edit, edit.who[0]), edit, edit.first)()
    stands = cast.all_that_is_kept()
    page = second()
    assert cast.all_that_is_kept() == stands
    assert edit.told in page.text and edit.theirs in page.text, page.text
    assert edit.typed in page.html.replace("&#39;", "'")
    assert [claim for claim in CLAIMS if claim in page.text] == []
    if edit.then:
        browser.press(edit.button)
        found, expected = edit.then
        assert found(cast) == expected


MISTAKES = {
    "school.change_person": {"email": "no address"},
    "school.deputy": {"begins": "soon"},
    "school.handover": {"follower": ""},
    "school.retention": {"left": "soon"},
    "school.provider": {"domain": ""},
    "school.sign_in_rules": {"grace": "soon"},
    "school.reminder_words": {"words": ""},
    "school.settings": {"name": ""},
    "school.change_account": {"youngest": "5"},
    "school.policy_text": {"mode": "own", "words": ""},
    "school.paper_signature": {"name": ""},
    "mentor.teacher": {"held_on": "05/01/2099"},
}


SOUND = {
    "domain": "wrenfield.example", "begins": TODAY, "email": "uma@wrenfield.example", "name": "Wrenfield School",
    "youngest": "16", "mode": "both",
}  # fmt: skip


@pytest.mark.parametrize("endpoint", MISTAKES)
def test_a_mistake_in_between_hides_nothing_of_it(furnished, endpoint):
    """The form that comes back with what is wrong has still not shown what another has saved meanwhile."""
    cast, edit = furnished, EDITS[endpoint]
    edit.before(cast)
    browser = open_page(cast, edit, edit.who[1])
    wrong = fill_in(browser, edit, {**edit.second, **MISTAKES[endpoint]})
    fill_in(browser if edit.who[0] == edit.who[1] else open_page(cast, edit, edit.who[0]), edit, edit.first)()
    stands = cast.all_that_is_kept()
    page = wrong()
    assert page.problems and cast.all_that_is_kept() == stands
    mended = {name: (SOUND | edit.second)[name] for name in MISTAKES[endpoint]}
    page = browser.press(edit.button, **mended)
    assert cast.all_that_is_kept() == stands, "overwritten unseen"
    assert edit.told in page.text and edit.theirs in page.text


def test_every_form_that_edits_is_walked_here():
    assert set(EDITS) | NOTHING_TO_EDIT == set(PRESSES) and not set(EDITS) & NOTHING_TO_EDIT
