"""The door: who may open what, compared with what the site really answers.

`matrix.txt` holds the answer for each endpoint, method and role. A change of it is seen in review;
a page that nobody thought about stops the start.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from werkzeug.routing import Rule

import induction
from induction.records import editions
from induction.records.people import staff_groups, waiting_accounts
from induction.records.people.calendar_addresses import Whose
from induction.records.people.one_time_links import LinkKind
from induction.records.policy.acknowledgements import Signed
from induction.records.progress import certificates, completions
from induction.records.progress.completions import Completion
from induction.records.school import approved_accounts
from induction.records.school.approved_accounts import Said
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.rules.second_factor import Due
from induction.services import calendars, completion, done_elsewhere, letters, own_content, people_preview
from induction.settings import Settings
from induction.web import learner
from induction.web.security import access
from induction.web.security.door import DUE_AT
from tests.browser import Browser
from tests.cast import COURSE, Cast, move_in
from tests.rules.test_documents import PDF
from tests.walking import answer

STORED = Path(__file__).with_name("matrix.txt")
ADDRESSES = Path(__file__).with_name("addresses.txt")
DUE = {"lead, step due": Due.FACTOR, "lead, set-up due": Due.SET_UP}  # nobody yet, but to do what is due
ROLES = ("stranger", "teacher", "mentor", "lead", *DUE)
WHO = {"teacher": "tess", "mentor": "max"} | dict.fromkeys(("lead", *DUE), "lou")
METHODS = ("GET", "POST", "PUT")
LESSON = "friend-requests"


def addresses(app: Flask) -> dict[str, dict[str, Rule]]:
    """Address to method to the rule that serves it, in the order of the alphabet."""
    found: dict[str, dict[str, Rule]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        methods = {method: rule for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
        found.setdefault(rule.rule, {}).update(methods)
    return found


def test_a_page_is_open_to_those_whom_its_folder_is_for(app):
    """The five rooms, and no page that is written in another folder than its room says."""
    assert {name: room.open_to for name, room in app.blueprints.items()} == {
        "public": access.ANYBODY,
        "account": access.ANYBODY,
        "learner": access.STAFF,
        "mentor": access.MENTORS,
        "school": access.LEADS,
    }
    for endpoint, view in app.view_functions.items():
        assert view.__module__.split(".")[:3] == ["induction", "web", endpoint.partition(".")[0]]


def test_where_a_lead_may_not_come_in_nobody_may(app):
    assert all(Role.LEAD in audience for audience in access.audiences(app).values())


def test_a_lesson_may_link_to_the_pages_that_every_teacher_may_open(app):
    """What the check takes for pages of this site are pages, and none of them is a lead's, a stranger's or the server's own."""
    open_to = access.audiences(app)
    pages = {
        address
        for address, methods in addresses(app).items()
        if "GET" in methods and not methods["GET"].arguments and Role.TEACHER in open_to[methods["GET"].endpoint]
    }
    for_programs = {"/certificates/key", "/certificates/key.jwks", "/healthz", "/metrics", "/readyz"}
    for_getting_in = {"/account/second-step/app", "/account/second-step/codes", "/account/second-step/passkeys", "/forgotten"}
    for_getting_in |= {"/confirm", "/confirm/go-on", "/confirm/passkey", "/second-step", "/second-step/passkey", "/sign-in"}
    for_getting_in |= {"/sign-in/passkey", "/welcome"}
    assert pages - own_content.PAGES == for_getting_in | for_programs
    assert own_content.PAGES <= pages


def test_pages_of_which_nobody_said_who_may_open_them_stop_the_start(monkeypatch, tmp_path):
    forgotten = Blueprint("learner", __name__)
    forgotten.add_url_rule("/everybody", "everybody", lambda: "Tess, Max, Nia")
    monkeypatch.setattr(learner, "blueprint", forgotten)
    with pytest.raises(RuntimeError, match="learner.everybody"):
        induction.create_app(Settings(tmp_path))


def test_the_addresses_are_promises(app, tmp_path):
    """A bookmark made today works for ever: an address may join this list, none may go."""
    lines = [f"{address}  {' '.join(sorted(methods))}" for address, methods in addresses(app).items()]
    found = "\n".join(lines) + "\n"
    (tmp_path / "addresses.txt").write_text(found)
    assert found == ADDRESSES.read_text(), f"meant? then copy {tmp_path / 'addresses.txt'} over the stored list"


def test_every_endpoint_answers_every_role_as_the_stored_matrix_says(app, template, tmp_path):
    answers = {role: answers_for(role, app, template, tmp_path) for role in ROLES}
    lines = [_line("address", "method", "endpoint", *ROLES)]
    for address, methods in addresses(app).items():
        for method in METHODS:
            endpoint = methods[method].endpoint if method in methods else "-"
            lines.append(_line(address, method, endpoint, *(answers[role][address, method] for role in ROLES)))
    _check_that_what_is_due_comes_first(app, answers)
    found = "\n".join(lines) + "\n"
    (tmp_path / "matrix.txt").write_text(found)
    assert found == STORED.read_text(), f"meant? then copy {tmp_path / 'matrix.txt'} over the stored one"


def _check_that_what_is_due_comes_first(app: Flask, answers: dict[str, dict[tuple[str, str], str]]) -> None:
    """Whoever's second step is due is a stranger, and of what strangers may not open gets nothing but the way there."""
    open_to, sets_up, asked = access.audiences(app), access.marked(app, "for_setting_up"), 0
    for address, methods in addresses(app).items():
        for method in set(methods) & set(METHODS):
            endpoint = methods[method].endpoint
            for state, due in DUE.items():
                if None not in open_to[endpoint] and not (due is Due.SET_UP and endpoint in sets_up):
                    assert answers[state][address, method] == f"303 {DUE_AT[due]}", (state, method, address)
                    asked += 1
    assert asked > 300


def _line(address: str, method: str, endpoint: str, *cells: str) -> str:
    return (f"{address:47} {method:8}{endpoint:29} " + "".join(f"{cell:19} " for cell in cells)).rstrip()


def answers_for(role: str, app: Flask, template: Path, folder: Path) -> dict[tuple[str, str], str]:
    """(address, method) to the answer, each asked in the same fresh school."""
    cast = move_in(app, template, folder / role)
    attempt = cast.tess.open(f"/courses/{COURSE}/{LESSON}") and cast.tess.press("Start the scenarios").path
    answer(cast, cast.tess, "tess")
    cast.tess.open(f"{attempt}/1/note")
    cast.tess.press("Send the note", words="Two of these are the same.")
    cast.choose(pupil_contact="approved-accounts")
    lou, tess = cast.who("lou").id, cast.who("tess").id
    said = Said("Instagram", "@wrenfield", 16, 13, lou, tess, date.today() + timedelta(days=90), {"purpose": "Science"})
    with transaction(cast.records):
        account = approved_accounts.add(cast.records, said, by=lou, now=datetime.now(UTC))
        waiting = waiting_accounts.put(cast.records, "https://a.example", "s", "kim@wrenfield.example", "Kim", "", datetime.now(UTC))
        kitchen = staff_groups.add(cast.records, "kitchen", by=lou, now=datetime.now(UTC))
    done = done_elsewhere.Said(COURSE, "Kent", "Level 1", date(2026, 9, 1), None)
    certificate = done_elsewhere.record(cast.records, cast.data, tess, done, ("c.pdf", PDF), by=lou, now=datetime.now(UTC))
    assert certificate is not None
    read, policy = _something_read(cast), cast.programme.policy.sha256
    completion.acknowledge(cast.records, cast.programme, Signed(tess, 1, policy or "", "T. Okafor", datetime.now(UTC)))
    letters.set_up_office(cast.records, "http://localhost", open=True)
    letters.put_test(cast.records, cast.who("lou"), datetime.now(UTC))
    with transaction(cast.records):
        completions.complete(cast.records, Completion(
            person_id=tess, course=COURSE, lesson=LESSON, version=cast.attempts_of("tess")[0].quiz_version, policy_version=0,
            completed_at=datetime.now(UTC),
        ))
    values = {
        "kind": "completion",
        "provider": "google",
        "waiting_id": str(waiting),
        "entry_id": str(cast.completions_of("tess")[0].id),
        "letter_id": cast.records.value("select max(id) from letters"),
        "course": COURSE,
        "lesson": LESSON,
        "scenario": "hockey-sticks",
        "attempt_id": attempt.rpartition("/")[2],
        "step": "1",
        "completion_id": str(read),
        "acknowledgement_id": "1",
        "pack_id": "1",
        "note_id": "1",
        "session_id": "1",
        "passkey_id": "1",
        "person_id": str(cast.who("tess").id),
        "token": cast.link(LinkKind.INVITATION, "sam"),
        "name": "induction.css",
        "facet": "pupil-contact",
        "number": "1",
        "account_id": str(account),
        "group_id": str(kitchen),
        "certificate_id": str(certificate.id),
        "code": _certificate(cast),
        "reminder": "overdue",
        "holiday_id": "1",
        "secret": _calendar(cast),
        "import_id": str(people_preview.begin(cast.records, b"name,email\nIda,ida@x.example\n", "", by=lou, now=datetime.now(UTC))),
    }
    # not by the overview: a thread that looks after the database goes on when the page is there, while the folder is copied
    if role in WHO:
        cast.was_here(WHO[role])
    browser = cast.sign_in(WHO[role], to="/help") if role in WHO else cast.browser()
    token = browser.token()
    if role in DUE:
        with transaction(cast.records):
            cast.records.execute("update sessions set due = ?, confirmed_at = null", [DUE[role]])
    cast.records.close()
    cookie, found = browser.cookie(), {}

    def ask(method: str, address: str, rule: Rule) -> None:
        path = rule.build({name: values[name] for name in rule.arguments})[1]
        found[address, method] = _answer(browser.with_cookie(cookie), method, path, token)

    asked = [(method, address, rules) for address, rules in addresses(app).items() for method in METHODS]
    here = move_in(app, folder / role, folder / f"{role}-as-it-is")  # looking changes nothing
    for method, address, rules in asked:
        if method != "POST" or method not in rules:
            ask(method, address, next(iter(rules.values())))
        elif role in DUE and address != "/sign-out":  # nor does whoever may do nothing yet
            ask(method, address, rules[method])
    here.records.close()
    for method, address, rules in asked:
        if (address, method) not in found:
            here = move_in(app, folder / role, folder / f"{role}-{len(found)}")
            ask(method, address, rules[method])
            here.records.close()
    return found


def _something_read(cast: Cast) -> int:
    """A lesson that Tess has read."""
    course = cast.programme.library.courses[COURSE]
    words = cast.programme.lesson_edition(course, course.lessons[0])
    with transaction(cast.records):
        editions.keep(cast.records, words, "lesson", datetime.now(UTC))
        completions.complete(cast.records, Completion(
            person_id=cast.who("tess").id, course=COURSE, lesson=course.lessons[0].slug, version=words.sha256, policy_version=1,
            completed_at=datetime.now(UTC),
        ))  # fmt: skip
    return cast.completions_of("tess")[0].id


def _calendar(cast: Cast) -> str:
    """The secret of a calendar's address."""
    calendars.renew(cast.records, cast.who("tess"), Whose.OWN, now=datetime.now(UTC))
    return calendars.addresses(cast.records, cast.who("tess"))[Whose.OWN][1]


def _certificate(cast: Cast) -> str:
    """The code of one."""
    sam, words, now = cast.who("sam").id, cast.programme.course_edition(cast.programme.library.courses[COURSE]), datetime.now(UTC)
    with transaction(cast.records):
        editions.keep(cast.records, words, "course", now)
        done = Completion(person_id=sam, course=COURSE, version=words.sha256, policy_version=0, completed_at=now)
        completions.complete(cast.records, done)
        certificates.make(cast.records, sam, COURSE)
    return certificates.of_person(cast.records, sam)[0].code


def _answer(browser: Browser, method: str, path: str, token: str) -> str:
    page = browser.request(method, path, None if method == "GET" else f"csrf_token={token}".encode(), follow=False)
    where = page.headers.get("Location", "")
    return f"{page.status} {where.partition('?')[0]}".strip()
