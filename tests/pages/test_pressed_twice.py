"""Every form of the site, sent twice by the same person and once more from another's page that is out of date.

The second changes nothing further, and says so truthfully. A form names the state that it wants; none turns a thing round.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.bridges import mail
from induction.records.people import (
    code_apps,
    people,
    provider_accounts,
    recovery_codes,
    staff_groups,
    waiting_accounts,
)
from induction.records.people.one_time_links import LinkKind
from induction.records.people.provider_accounts import How
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules.letters import LetterKind
from induction.rules.openid import Provider, google, other
from induction.rules.sending_days import Holiday
from induction.services import done_elsewhere, letters, posting, providers, school_days
from induction.services.done_elsewhere import Said
from induction.services.posting import Round
from induction.wording.letters import Letter as Words
from induction.wording.school_days import from_to
from tests.browser import Page
from tests.cast import COURSE, PASSWORD, Cast, email_of
from tests.pages.test_approved_accounts import ANSWERS
from tests.pages.test_checklist import a_backup
from tests.ports import free_port
from tests.post import PostOffice
from tests.rules.test_documents import PDF
from tests.walking import answer, start, walk

NEW_PASSWORD = "eleven brave herons nest"
WARNED = "when-a-child-may-be-at-risk"
GOOGLE = {"client_id": "7.apps.googleusercontent.com", "client_secret": "GOCSPX", "domain": "wrenfield.example"}
ALREADY = "That is how it stands already. Nothing more was changed."


@dataclass(frozen=True)
class Press:
    """A form: who sends it, from which page, with which button, and what is said to the one who is second."""

    who: str
    page: str
    button: str
    says: str
    fields: dict[str, object] = field(default_factory=dict)
    other: str = ""  # who has the same page open besides
    says_other: str = ""  # where they are told something else
    first: Callable[[Cast], object] = lambda cast: None  # what comes before
    look: str = ""  # the button of the page before, where the form stands on what comes of it; the fields are filled in there


def a_course_completed(cast: Cast) -> None:
    """Sam has completed the short course: the lesson, and then the policy."""
    walk(cast, "sam", "the-essentials", course="boundaries-in-ten-minutes")
    cast.sam.open("/policy")
    cast.sam.press("I have read and understood it", name="Sam Price")
    cast.words = {"entry": str(cast.completions_of("sam")[0].id)}


def provider(cast: Cast, wanted: Provider) -> None:
    """It is set up already."""
    providers.set_up(cast.records, cast.site.settings, wanted, lambda _: True, by=None, now=datetime.now(UTC))


def nobody_there() -> Provider:
    return other("Keycloak", f"http://127.0.0.1:{free_port()}", "induction", "secret")


def somebody_waits(cast: Cast) -> None:
    with transaction(cast.records):
        waiting_accounts.put(cast.records, "https://a.example", "s", "kim@wrenfield.example", "Kim Lee", "", datetime.now(UTC))


def sam_signs_in_elsewhere(cast: Cast) -> None:
    with transaction(cast.records):
        sam = cast.who("sam")
        provider_accounts.link(cast.records, sam.id, "https://a.example", "s", sam.email, How.ADDRESS, datetime.now(UTC))


def to_a_warned_scene(cast: Cast) -> None:
    """Tess at a scenario that says beforehand what it is about, in the first try that draws one which can be put off."""
    page = start(cast.tess, WARNED)
    while not page.has_button("Another one instead"):
        if not page.options():
            page = start(cast.tess, WARNED)
            continue
        answer(cast, cast.tess, "tess")
        page = cast.tess.press("Next")
    cast.words = {"warned": page.path}


def say_how_ready(cast: Cast) -> None:
    cast.sam.open(f"/courses/{COURSE}/confidence")
    name = next(each.get("name") for each in cast.sam.page.document.all("input") if each.get("name").startswith("about-"))
    cast.sam.press("Save", **{name: "2"})


def draft_words(cast: Cast) -> None:
    cast.lou.open("/school/policy/text")
    cast.lou.press("Save and preview", words="## Ours\n\nBe kind.")


def somebody_invited(cast: Cast) -> None:
    cast.add("Ivy Invited")
    cast.words = {"invitation": cast.link(LinkKind.INVITATION, "ivy"), "reset": cast.link(LinkKind.RESET, "sam")}


def end_sam(cast: Cast) -> None:
    cast.lou.open(f"/school/people/{cast.who('sam').id}/deactivate")
    cast.lou.press("End Sam’s account")


def max_leaves(cast: Cast) -> None:
    with transaction(cast.records):
        people.update(cast.records, cast.who("max").id, ends=date.today() + timedelta(days=9), now=datetime.now(UTC))


def certified(cast: Cast) -> None:
    said = Said(COURSE, "Kent", "Level 1", date(2026, 9, 1), None)
    sam, lou = cast.who("sam").id, cast.who("lou").id
    done_elsewhere.record(cast.records, cast.data, sam, said, ("c.pdf", PDF), by=lou, now=datetime.now(UTC))


def two_groups(cast: Cast) -> None:
    """Sam belongs to the first, which is given a course that is no longer here."""
    now = datetime.now(UTC)
    with transaction(cast.records):
        kitchen, _ = (staff_groups.add(cast.records, name, by=None, now=now) for name in ("kitchen", "supply"))
        staff_groups.put(cast.records, cast.who("sam").id, kitchen, True, by=None, now=now)
        staff_groups.give(cast.records, "knife-safety", kitchen, True, by=None, now=now)


def with_mail(cast: Cast) -> None:
    letters.set_up_office(cast.records, "http://localhost", open=True)


def one_refused(cast: Cast) -> None:
    """A letter to Sam, whose address the mail server refuses."""
    with_mail(cast)
    now = datetime.now(UTC)
    with transaction(cast.records):
        letters.put(cast.records, LetterKind.NOTE, cast.who("sam"), Words("About a note", "Words"), key="a", why="so", now=now)
    with PostOffice() as office:
        office.answers.rcpt = lambda to: "550 5.1.1 No such mailbox"
        posting.deliver(Round(cast.records, lambda: mail.dial(office.set_up), lambda: now, lambda letter: ""))


def sam_has_an_app(cast: Cast) -> None:
    with transaction(cast.records):
        code_apps.put(cast.records, cast.who("sam").id, "sealed", 0, datetime.now(UTC))


def sam_gives_the_second_step(cast: Cast) -> None:
    sam_has_an_app(cast)
    with transaction(cast.records):
        recovery_codes.put(cast.records, cast.who("sam").id, ["abcdefghijkm2345"], datetime.now(UTC))
        cast.records.execute("update sessions set due = 'factor' where person = ?", [cast.who("sam").id])


def half_term(cast: Cast) -> None:
    school_days.enter(cast.records, "england", [HALF_TERM], by=cast.who("lou").id, now=datetime.now(UTC))


def a_while_ago(cast: Cast) -> None:
    """Lou proved a while ago who she is."""
    cast.lou.open("/help")
    with transaction(cast.records):
        cast.records.execute("update sessions set confirmed_at = ?", [moment_text(datetime.now(UTC) - timedelta(minutes=11))])


def a_key_waits(cast: Cast) -> None:
    """What Lou sent is kept, until she has confirmed who she is."""
    a_while_ago(cast)
    cast.lou.open("/school/evidence")
    cast.lou.press("Make a new key")


def on_a_new_device(cast: Cast) -> None:
    with_mail(cast)
    assert cast.sam
    cast.sign_in("sam")
    words = cast.records.value("select words from letters where kind = ? order by id desc", [LetterKind.NEW_DEVICE])
    cast.words = {"new_device": words.split("/not-me/")[1][:43]}


HALF_TERM = Holiday("Half term", date(date.today().year + 1, 2, 15), date(date.today().year + 1, 2, 19))
TYPED_HALF_TERM = {"first": f"{HALF_TERM.first:%d/%m/%Y}", "last": f"{HALF_TERM.last:%d/%m/%Y}"}
PERSON, LIST = "/school/people/{sam}", "/school/policy/accounts"
SCENARIOS, READ = f"/courses/{COURSE}/following-pupils", f"/school/courses/{COURSE}/friend-requests"
ADDED = {"name": "Ida Brook", "email": "ida@wrenfield.example"}
TALKED = {"held_on": "05/01/2026", "themes": ["friend-requests"]}
PRESSES = {
    "account.sign_in": Press("stranger", "/sign-in", "Sign in", "Hello, Sam", {"email": email_of("sam"), "password": PASSWORD}),
    "account.second_step": Press(
        "sam", "/second-step", "Use this code", "Sign in", {"recovery": "abcd efgh ijkm 2345"}, first=sam_gives_the_second_step
    ),
    "learner.remove_app": Press("sam", "/account/second-step", "Take it away now", "It is gone already.", first=sam_has_an_app),
    "learner.kept_codes": Press(
        "sam", "/account/second-step", "I have kept them", "You have 10 recovery codes left.", first=sam_has_an_app,
        look="Make new recovery codes",
    ),
    "school.reset_second_step": Press(
        "lou", "/school/people/{sam}", "Ask that it be reset", "That was asked for already", {"why": "His phone is lost"}, "kit",
        first=sam_has_an_app,
    ),
    "account.sign_out": Press("sam", "/", "Sign out", "Sign in"),
    "learner.sign_out_everywhere": Press("sam", "/account/devices", "Sign out everywhere", "Sign in"),
    "account.say_not_me": Press(
        "stranger", "/not-me/{new_device}", "This was not me", "This link does not work", first=on_a_new_device,
    ),
    "learner.confirm": Press("lou", "/confirm?next=/record", "Confirm", "Sign in", {"password": PASSWORD}, first=a_while_ago),
    "learner.leave_kept": Press("lou", "/confirm", "Leave it", "Overview", first=a_key_waits),
    "learner.stay_here": Press("sam", "/account/devices", "This is my own phone", "You stay signed in here for 30 days"),
    "learner.sign_out_there": Press(
        "sam", "/account/devices", "Sign out there", "Signed out there.", first=lambda cast: (cast.sam, cast.sign_in("sam"))
    ),
    "learner.password": Press(
        "sam", "/account/password", "Save the new password", "Sign in",
        {"present": PASSWORD, "password": NEW_PASSWORD},
    ),
    "account.first_run": Press("stranger", "", "/first-run/any-token", "This site is set up already"),
    "account.invitation": Press(
        "stranger", "/invitation/{invitation}", "Open my induction", "works once", {"password": NEW_PASSWORD},
        first=somebody_invited,
    ),
    "account.reset": Press(
        "stranger", "/reset/{reset}", "Save the password", "works once", {"password": NEW_PASSWORD}, first=somebody_invited
    ),
    "learner.read_lesson": Press("sam", "", SCENARIOS, "That page is for reading only"),  # each shipped lesson has scenarios
    "learner.acknowledge": Press(
        "sam", "/policy", "I have read and understood it", "You had said so before", {"name": "Sam Price"}
    ),
    "learner.scenarios": Press("sam", SCENARIOS, "Start the scenarios", "scenario 1 of"),
    "learner.answer": Press("tess", "/attempts/2", "Answer", "What follows", {"option": None}),
    "learner.another": Press("tess", "{warned}", "Another one instead", "scenario", first=to_a_warned_scene),
    "learner.share_attempt": Press("tess", "/attempts/1", "Share these choices with my mentor", "Your mentor can see the choices"),
    "learner.note": Press("tess", "/attempts/2/1/note", "Send the note", "You find the answer", {"words": "Two are the same."}),
    "learner.confidence": Press("sam", f"/courses/{COURSE}/confidence", "Save", "Nothing was kept|Kept before|Left open"),
    "learner.share_confidence": Press(
        "sam", f"/courses/{COURSE}/confidence", "Save this choice", "Your mentor reads", {"share": "y"}, first=say_how_ready
    ),
    "mentor.teacher": Press("max", "/mentor/{tess}", "Save the conversation", "Kept. Tess can read it", TALKED),
    "school.add_person": Press(
        "lou", "/school/people/add", "Add and make the invitation", "Ida Brook, added today", ADDED, "kit"
    ),
    "school.change_person": Press("lou", PERSON, "Save", ALREADY, {"role": "Mentor", "due": "04/12/2026"}, "kit"),
    "school.deactivate": Press(
        "lou", f"{PERSON}/deactivate", "End Sam’s account", "Sam Price had left before. Nothing was changed.", {}, "kit"
    ),
    "school.take_back": Press(
        "lou", PERSON, "Take it back", "Sam Price is here already. Nothing was changed.", {}, "kit", first=end_sam
    ),
    "school.deputy": Press("lou", "/school/people/{max}/deputy", "Save the deputy", ALREADY, {"deputy": "Nia Évans"}, "kit"),
    "school.handover": Press(
        "lou", "/school/people/{max}/handover", "Save who follows", ALREADY, {"follower": "Nia Évans"}, "kit", first=max_leaves
    ),
    "school.given": Press(
        "lou", "/school/given/boundaries-in-ten-minutes", "Save", ALREADY, {"turn": "year", "every": "1 September"}, "kit"
    ),
    "school.groups": Press(
        "lou", "/school/people/groups", "Make the group", "There is a group of that name already", {"group": "kitchen"}, "kit"
    ),
    "school.call_group": Press("lou", "/school/people/groups/1", "Save the name", ALREADY, {"group": "cooks"}, "kit", first=two_groups),
    "school.add_members": Press(
        "lou", "/school/people/groups/1", "Put them in", ALREADY, {"people": "tess@wrenfield.example"}, "kit", first=two_groups
    ),
    "school.take_out": Press("lou", "/school/people/groups/1", "Take out Sam Price", ALREADY, {}, "kit", first=two_groups),
    "school.take_course_back": Press("lou", "/school/people/groups/1", "Take knife-safety back", ALREADY, {}, "kit", first=two_groups),
    "school.close_group": Press("lou", "/school/people/groups/1", "Close kitchen", "That group is closed.", {}, "kit", first=two_groups),
    "school.person_groups": Press("lou", PERSON, "Save the groups", ALREADY, {"groups": ["supply"]}, "kit", first=two_groups),
    "school.take_elsewhere_back": Press(
        "lou", f"{PERSON}/elsewhere", "Take it back", "It was taken back before. Nothing more was changed.", {"why": "Not Sam’s."}, "kit",
        first=certified,
    ),
    "school.change_many": Press(
        "lou", "/school/people/many?do=mentor&go=1&mentor={max}&who={sam}", "Give 1 person Max Adeyemi as mentor", ALREADY, {}, "kit"
    ),
    "school.reactivate": Press(
        "lou", PERSON, "Bring them back", "Sam Price is here already. Nothing was changed.", {}, "kit", first=end_sam
    ),
    "school.invite": Press(
        "lou", PERSON, "Make a new invitation", "Send this link to Sam yourself", {}, "kit",
        "No link was made, since Lou Hartley made an invitation",
    ),
    "school.reset_link": Press(
        "lou", PERSON, "Make a link for a new password", "Send this link to Sam yourself", {}, "kit",
        "No link was made, since Lou Hartley made a link for a new password",
    ),
    "school.make_links": Press(
        "lou", "/school/people/links", "Make the links that are missing", "Nothing was made. You have a link", {}, "kit",
        "Shall these links end?", first=lambda cast: cast.add("Ivy Invited"),
    ),
    "school.backups": Press("lou", "/school/settings", "A copy lies elsewhere", ALREADY, {}, "kit", first=a_backup),
    "school.settings": Press("lou", "/school/settings", "Save the settings", ALREADY, {"headteacher": "Una Byrne"}, "kit"),
    "school.add_account": Press(
        "lou", f"{LIST}/add", "Save the risk assessment", "Not approved now", ANSWERS, "kit", "is on the register already"
    ),
    "school.change_account": Press(
        "lou", f"{LIST}/2/change", "Save the risk assessment", "Not approved now", {"purpose": "Plays"}, "kit", "Not saved yet",
        first=lambda cast: (cast.lou.open(f"{LIST}/add"), cast.lou.press("Save the risk assessment", **ANSWERS)),
    ),
    "school.sign_account": Press(
        "kit", f"{LIST}/1", "Sign it off", "You had signed it off before, and that stands", {"name": "Kit Moran"}, "uma",
        "Somebody else has signed it off already",
    ),
    "school.switch_account": Press(
        "lou", f"{LIST}/1", "Switch it off", "It was switched off already. Nothing more was changed.", {"why": "Hacked"}, "kit",
        "already, by Lou Hartley (Hacked). What you wrote is not kept",
    ),
    "school.choose": Press(
        "lou", "/school/policy/choices/photo-devices", "Save and next", "“School devices only”. Nothing more was changed.",
        {"stance": "school-devices"}, "kit",
    ),
    "school.take_cautious": Press(
        "lou", "/school/policy/cautious", "Take the cautious rule for these", "Nothing was changed. 20 questions were answered", {}, "kit"
    ),
    "school.discard_draft": Press("lou", "/school/policy", "Throw the draft away", "There is no draft any more", {}, "kit"),
    "school.policy_text": Press(
        "lou", "/school/policy/text", "Save and preview", ALREADY, {"words": "## Ours\n\nBe kind."}, "kit"
    ),
    "school.publish_policy": Press(
        "lou", "/school/policy/preview", "Publish", "You have published these words already, as version 3.", {}, "kit",
        "Not published: something changed meanwhile", first=draft_words,
    ),
    "school.paper_signature": Press(
        "lou", "/school/policy/readers/{sam}", "Record the signature", "Sam Price had acknowledged it already",
        {"name": "Sam Price", "signed_on": f"{date.today():%d/%m/%Y}"}, "kit",
    ),
    "school.ask_again": Press("lou", "/school/policy/touched", "Ask them these scenarios again", "Nobody new was asked.", {}, "kit"),
    "mentor.sign_off": Press(
        "lou", "/mentor/{sam}", "Sign it off", ALREADY, {"name": "Lou Hartley"}, first=a_course_completed
    ),
    "school.correction": Press(
        "lou", "/school/people/{sam}/corrections/completion/{entry}", "Keep the correction", ALREADY,
        {"counts": "no", "why": "Somebody else sat in."}, "kit", "Lou Hartley corrected this entry after you had opened the page.",
        first=a_course_completed,
    ),
    "school.approve": Press(
        "lou", "/school/courses/boundaries-in-ten-minutes", "Approve for our school", "You had approved this version before",
        {"name": "Lou Hartley"},
    ),
    "school.lesson_read": Press("lou", READ, "Read", "You had read Friend requests in these words before."),
    "school.put_aside": Press(
        "lou", f"{READ}/hockey-sticks", "Put it aside", "That is how it stands already.", {"why": "The day is wrong."}, "kit"
    ),
    "school.answer_note": Press(
        "lou", "/school/notes", "Answer", "Answered.", {"words": "Thank you."}, "kit", "answered it meanwhile|Lou Hartley answered"
    ),
    "account.forgotten": Press(
        "stranger", "/forgotten", "Send me a link", "If an account here has that email, a letter with a link is on its way.",
        {"email": email_of("sam")}, first=with_mail,
    ),
    "learner.change_calendar": Press(
        "sam", "/account/calendar", "Make an address", "The address was made already and stands below. Nothing more was changed."
    ),
    "school.copy": Press("lou", f"{PERSON}/copy", "Make the copy", "my-induction-record.json", {"why": "Sam asked on 2 December."}),
    "school.erase": Press(
        "lou", "/school/people/{ana}/erase", "Erase Ana’s record for good", "It was erased before, as it stands below.",
        {"why": "Asked for by letter on 2 December.", "typed": "Ana Costa"}, "kit",
    ),
    "school.retention": Press("lou", "/school/retention", "Yes, keep to these times", ALREADY, {"left": "24"}, "kit"),
    "school.provider": Press("lou", "/school/sign-in/google", "Save", ALREADY, GOOGLE, "kit"),
    "school.test_provider": Press(
        "lou", "/school/sign-in/other", "Test it", "can’t be reached from this server", first=lambda cast: provider(cast, nobody_there())
    ),
    "school.provider_away": Press(
        "lou", "/school/sign-in/google/away", "Take it away", ALREADY, {}, "kit", first=lambda cast: provider(cast, google(**GOOGLE))
    ),
    "school.sign_in_rules": Press("lou", "/school/sign-in", "Save the rules", ALREADY, {"grace": "3"}, "kit"),
    "school.let_in": Press(
        "lou", "/school/sign-in/waiting/1", "Let them in", "That account waits no longer", {}, "kit", first=somebody_waits
    ),
    "school.take_account_away": Press(
        "lou", "/school/people/{sam}", "Take it away now", "was taken away already", {}, "kit", first=sam_signs_in_elsewhere
    ),
    "school.refuse_waiting": Press(
        "lou", "/school/sign-in/waiting/1", "Not ours", "That account waits no longer", {}, "kit", first=somebody_waits
    ),
    "school.enter_holiday": Press(
        "lou", "/school/holidays", "Enter it", "Those days are holidays already: Half term", {"holiday": "Half term", **TYPED_HALF_TERM},
        "kit",
    ),
    "school.paste_holidays": Press(
        "lou", "/school/holidays", "Enter it", ALREADY, {"pasted": "Half term: {first} to {last}".format(**TYPED_HALF_TERM)}, "kit",
        look="Look at the dates",
    ),
    "school.take_holiday_away": Press(
        "lou", "/school/holidays", f"Take away Half term, {from_to(HALF_TERM.first, HALF_TERM.last, date.today())}",
        "It was taken away before. Nothing more was changed.", {}, "kit", first=half_term,
    ),
    "school.reminder_words": Press("lou", "/school/reminders/overdue", "Save", ALREADY, {"goes": []}, "kit"),
    "school.test_letter": Press(
        "lou", "/school/mail", "Send me a test letter", "was written within the last minute, and no second one", first=with_mail
    ),
    "school.evidence": Press("lou", "/school/evidence", "Save", ALREADY, {"first": "max@wrenfield.example"}, "kit"),
    "school.check_evidence": Press("lou", "/school/evidence", "Go through it now", "The chain holds"),
    "school.ask_for_pack": Press("lou", "/school/evidence/pack", "Make the pack", "Being made", {}, "kit"),
    "school.person_pack": Press("lou", "/school/people/{sam}/pack", "Make the pack", "Being made", {}, "kit"),
    "school.make_signing_key": Press("lou", "/school/evidence", "Make a new key", ALREADY, {}, "kit"),
    "school.hold_mail": Press("lou", "/school/mail", "Hold all letters", ALREADY, {}, "kit", first=with_mail),
    "school.send_again": Press(
        "lou", "/school/mail", "Send again to Sam Price", "That letter is waiting to go already. Nothing more was changed.", {}, "kit",
        first=one_refused,
    ),
}


def open_page(cast: Cast, press: Press, who: str) -> Callable[[], Page]:
    """Somebody's browser opens the page: the sending of its form, as often as it is called."""
    words = {name: str(cast.who(name).id) for name in ("tess", "sam", "max", "ana")}
    words |= getattr(cast, "words", {})
    browser = cast.browser() if who == "stranger" else getattr(cast, who)
    if not press.page:
        return lambda: browser.send(press.button, {})
    page = browser.open(press.page.format(**words))
    assert page.status == 200, page.heading
    filled = {name: value if value is not None else page.options()[0][0] for name, value in press.fields.items()}
    if press.look:
        browser.press(press.look, **filled)
        filled = {}
    path, values, method = browser.filled(press.button, **filled)
    assert method == "post"
    cookie = browser.cookie()

    def send() -> Page:
        """As a browser does whose button is pressed twice at once: with the cookie of the page."""
        if cookie:
            browser.with_cookie(cookie)
        return browser.send(path, values, token=False)

    return send


@pytest.mark.parametrize("endpoint", PRESSES)
def test_the_second_press_changes_nothing_further_and_says_so(furnished, endpoint):
    cast = furnished
    press = PRESSES[endpoint]
    press.first(cast)
    before = cast.all_that_is_kept()
    send = open_page(cast, press, press.who)
    send_other = open_page(cast, press, press.other) if press.other else None
    send()
    once = cast.all_that_is_kept()
    assert once != before or endpoint in UNKEPT, "the first press did nothing, so this proves nothing"
    second = send()
    assert cast.all_that_is_kept() == once
    assert is_said(press.says, second), second.text
    if send_other:
        third = send_other()
        assert cast.all_that_is_kept() == once
        assert is_said(press.says_other or press.says, third), third.text


UNKEPT = {  # what is kept of these is a session, or nothing in this school
    "account.sign_in", "account.sign_out", "learner.confirm", "learner.stay_here",
    "learner.sign_out_everywhere", "learner.sign_out_there", "account.first_run",
    "learner.read_lesson", "school.check_evidence", "school.test_provider",
}


LISTS = {  # in test_people_import: each list is another, and what is brought in twice is brought in once
    "school.begin_import", "school.choose_columns", "school.mend_import", "school.put_away_import",
}


FILES = {"school.record_elsewhere", "school.read_badge", "school.count_badge"}  # in tests of their own: a file is sent in parts


ANEW = {"learner.second_step_app", "learner.new_recovery_codes"}  # codes are shown once: the last press makes and shows those that count


PASSKEYS = {  # in test_passkeys and its deeds: what a device answered is taken once
    "account.second_step_by_passkey", "account.sign_in_by_passkey", "learner.add_passkey", "learner.confirm_by_passkey",
    "learner.remove_passkey",
}


def is_said(words: str, page: Page) -> bool:
    said = page.document.text if page.is_html else page.body.decode("latin-1")  # an archive names its files
    return any(each in said for each in words.split("|"))


def test_every_form_is_pressed_here(app):
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert posts == {*PRESSES, *LISTS, *FILES, *ANEW, *PASSKEYS}
