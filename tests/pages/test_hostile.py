"""Hostile input on every form there is: words, never a 500, never a loss (reliability.md, 6 and 11)."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.browser import form_values
from tests.cast import COURSE, PASSWORD, Cast, email_of
from tests.pages.test_pressed_twice import somebody_waits, with_mail
from tests.walking import walk

LONG = "x" * 50_000
MEGABYTE = "m" * (1024 * 1024 + 1)
NASTY = {
    "a NUL": "Tess\x00Okafor",
    "half a character": b"Tess \xed\xa0\x80",
    "no UTF-8": b"\xff\xfe\x00T",
    "a formula": '=HYPERLINK("https://elsewhere.example","Tess")',
    "HTML": '"><script>alert(1)</script><h1 id="main" onclick=x>',
    "template words": "{{ config }}{% for x in [] %}{{ fact nothing }}",
    "very long": LONG,
    "5,000 digits": "9" * 5000,
    "2**63": str(2**63),
    "minus one": "-1",
    "right to left": "\u202etxt.exe\u2066",
    "nothing but spaces": " \t \u00a0 ",
    "new lines": "Tess\r\nSet-Cookie: a=b\r\n\r\n",
    "a quote": "'; drop table people; --",
    "emoji": "👩‍🏫" * 30,
}
MADE_UP = {
    "id": "1",
    "person": "1",
    "person_id": "1",
    "active": "0",
    "password_hash": "x",
    "mark": "1",
    "percent": "100",
    "passed": "1",
    "rating": "best",
    "at": "1970-01-01",
    "now": "1970-01-01",
    "completed_at": "1970-01-01",
    "version": "x",
    "nonsense": "x",
    "_method": "DELETE",
}


@dataclass(frozen=True)
class FormOn:
    """A form: who sends it, from which page, with which button."""

    who: str
    page: str
    button: str

    def __str__(self) -> str:
        return f"{self.button} on {self.page}"


FORMS = [
    FormOn("stranger", "/sign-in", "Sign in"),
    FormOn("stranger", "/invitation/{invitation}", ""),
    FormOn("stranger", "/reset/{reset}", ""),
    FormOn("tess", "/", "Sign out"),
    FormOn("tess", "/account/password", "Save the new password"),
    FormOn("tess", "/account/devices", "Sign out everywhere"),
    FormOn("tess", f"/courses/{COURSE}/following-pupils", "Start the scenarios"),
    FormOn("tess", "/attempts/2", "Answer"),
    FormOn("tess", "/attempts/1", "Share these choices with my mentor"),
    FormOn("max", "/mentor/{tess}", "Save the conversation"),
    FormOn("lou", "/school/people/add", "Add and make the invitation"),
    FormOn("lou", "/school/people/{tess}", "Save"),
    FormOn("lou", "/school/people/{tess}", "Make a new invitation"),
    FormOn("lou", "/school/people/{tess}", "Make a link for a new password"),
    FormOn("lou", "/school/people/{tess}/deactivate", "End Tess’s account"),
    FormOn("lou", "/school/people/{max}/deactivate", "End Max’s account"),
    FormOn("lou", "/school/people/{ana}", "Bring them back"),
    FormOn("lou", "/school/people/{ana}", "Take it back"),
    FormOn("lou", "/school/people/{max}/deputy", "Save the deputy"),
    FormOn("lou", "/school/people/many?do=due&none=y&go=1&who={tess}", "Take the date from 1 person"),
    FormOn("lou", "/school/settings", "Save the settings"),
    FormOn("sam", "/policy", "I have read and understood it"),
    FormOn("tess", "/attempts/2/1/note", "Send the note"),
    FormOn("tess", f"/courses/{COURSE}/confidence", "Save"),
    FormOn("lou", "/school/policy/choices/contact-hours", "Save and next"),
    FormOn("lou", "/school/policy/cautious", "Take the cautious rule for these"),
    FormOn("lou", "/school/policy", "Throw the draft away"),
    FormOn("lou", "/school/policy/text", "Save and preview"),
    FormOn("lou", "/school/policy/preview", "Publish"),
    FormOn("lou", "/school/policy/readers/{sam}", "Record the signature"),
    FormOn("lou", "/school/policy/touched", "Ask them these scenarios again"),
    FormOn("lou", "/school/policy/accounts/add", "Save the risk assessment"),
    FormOn("lou", "/school/policy/accounts/1", "Switch it off"),
    FormOn("kit", "/school/policy/accounts/1", "Sign it off"),
    FormOn("lou", "/school/courses/boundaries-in-ten-minutes", "Approve for our school"),
    FormOn("lou", f"/school/courses/{COURSE}/friend-requests", "Read"),
    FormOn("lou", f"/school/courses/{COURSE}/friend-requests/hockey-sticks", "Put it aside"),
    FormOn("lou", "/school/notes", "Answer"),
    FormOn("stranger", "/forgotten", "Send me a link"),
    FormOn("tess", "/account/calendar", "Make an address"),
    FormOn("lou", "/school/mail", "Hold all letters"),
    FormOn("lou", "/school/mail", "Send me a test letter"),
    FormOn("lou", "/school/reminders/overdue", "Save"),
    FormOn("lou", "/school/holidays", "Enter it"),
    FormOn("lou", "/school/holidays", "Look at the dates"),
    FormOn("lou", "/school/retention", "Yes, keep to these times"),
    FormOn("lou", "/school/sign-in/google", "Save"),
    FormOn("lou", "/school/sign-in/other", "Save"),
    FormOn("lou", "/school/sign-in", "Save the rules"),
    FormOn("lou", "/school/sign-in/waiting/1", "Let them in"),
    FormOn("lou", "/school/evidence/pack", "Make the pack"),
    FormOn("lou", "/school/people/{ana}/pack", "Make the pack"),
    FormOn("lou", "/school/people/{ana}/erase", "Erase Ana’s record for good"),
]


@pytest.fixture
def cast(furnished):
    with_mail(furnished)
    somebody_waits(furnished)
    return furnished


def opened(cast: Cast, form: FormOn, words: dict[str, str]):
    """(browser, address the form goes to, its fields as they stand)."""
    browser = cast.browser() if form.who == "stranger" else getattr(cast, form.who)
    page = browser.open(form.page.format(**words))
    assert page.status == 200, page.heading
    button = page.button(form.button) if form.button else page.main.all("button")[0]
    element = button.within("form")
    names = [each.get("name") for each in element.all("input", "select", "textarea")]
    values = form_values(element)
    for name in names:
        values.setdefault(name, "")
    return browser, element.get("action") or page.path, values


def said_in_words(page) -> None:
    """Refused or taken, but on a page of ours."""
    assert page.status in (200, 400, 404, 413, 429), page.status
    assert page.is_html and page.heading
    assert "Traceback" not in page.html and "werkzeug" not in page.html.lower()


def nothing_lost(before: dict[str, int], cast: Cast) -> None:
    after = cast.fact_count()
    assert [table for table in before if table != "links" and after[table] < before[table]] == []


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_field_takes_anything_and_answers_in_words(cast, words, form):
    before = cast.fact_count()
    browser, path, fields = opened(cast, form, words)
    names = [each for each in fields if each != "csrf_token"]
    every = 1 if len(names) < 7 else 4  # a long form shares them out
    for number, name in enumerate(names):
        for nasty in list(NASTY.values())[number % every :: every]:
            sent = fields.copy()
            sent.setlist(name, [nasty])
            said_in_words(browser.send(path, sent, token=False))
    nothing_lost(before, cast)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_form_takes_repeated_missing_and_made_up_fields(cast, words, form):
    before = cast.fact_count()
    browser, path, fields = opened(cast, form, words)
    twice = fields.copy()
    for name in list(fields):
        if name != "csrf_token":
            twice.setlist(name, [*fields.getlist(name), "once more", "1"])
    nothing = {"csrf_token": fields["csrf_token"]}
    for sent in (nothing, {**fields.to_dict(), **MADE_UP}, twice):
        said_in_words(browser.send(path, sent, token=False))
        browser.open("/sign-in")
    nothing_lost(before, cast)
    assert cast.who("lou").role == "lead" and cast.who("lou").active


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_field_of_a_megabyte_is_too_much_at_once(cast, words, form):
    before = cast.fact_count()
    browser, path, fields = opened(cast, form, words)
    page = browser.send(path, {**fields.to_dict(), "name": MEGABYTE}, token=False)
    assert page.status == 413 and page.heading == "That was too much at once"
    assert cast.fact_count() == before


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_file_for_a_text_is_answered_in_words(cast, words, form):
    before = cast.fact_count()
    browser, path, fields = opened(cast, form, words)
    names = [name for name in fields if name != "csrf_token"]
    texts = {name: value for name, value in fields.to_dict().items() if name == "csrf_token"}
    page = browser.send_files(path, texts, {name: b"\x00\xffname,email\n" for name in names or ["name"]})
    said_in_words(page if page.status != 303 else browser.open("/help"))
    nothing_lost(before, cast)


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary="]
)
def test_a_body_of_another_kind_is_answered_in_words(cast, kind):
    cast.tess.open("/")
    for body in (b"", b"{", b'{"option": 1}', b"--\r\n\r\n", b"\x00\xff" * 1000):
        for path in ("/sign-in", "/account/password", "/attempts/1", "/sign-out"):
            answer = cast.tess.client.post(path, data=body, content_type=kind, headers={"Origin": "http://localhost"})
            assert answer.status_code in (303, 400, 404, 413), path


def test_thousands_of_fields_are_answered_in_words(cast):
    fields = {f"field{number}": "x" for number in range(5000)}
    said_in_words(cast.tess.send("/account/password", fields))


# Of a form whose session has ended, long words are kept, and nothing is done


@pytest.mark.parametrize("form", [form for form in FORMS if form.who != "stranger" and form.button != "Sign out"], ids=str)
def test_of_an_ended_session_long_words_are_kept_and_nothing_is_done(cast, words, form):
    browser, path, fields = opened(cast, form, words)
    element = browser.page.button(form.button).within("form")
    texts = [each for each in element.all("input", "textarea") if each.get("type") in ("", "text", "email")]
    names = {each.get("name"): each.tag == "textarea" or each.get("name").startswith("words") for each in texts}
    long = {name: f"Long words for {name}." for name, is_long in names.items() if is_long}
    short = {name: "short-words" for name, is_long in names.items() if not is_long}
    before, came_from = cast.fact_count(), browser.page.path
    cast.age_sessions(form.who, timedelta(minutes=61), timedelta(hours=2))
    page = browser.send(path, {**fields.to_dict(), **short, **long}, token=False)
    assert page.heading == "Sign in" and "was not taken" in page.text
    assert "Long words" not in page.html and "short-words" not in page.html
    page = browser.press("Sign in", email=email_of(form.who), password=PASSWORD)
    if long:
        assert {each.text for each in page.document.all("textarea")} == set(long.values())
        assert [each.get("action") for each in page.document.all("form")] == ["/sign-out"]
        page = browser.press("Go back to the page")
    assert page.path == came_from and "short-words" not in page.html
    assert cast.fact_count() == before


# Other people's things, made up here


def test_a_lead_cant_be_made_by_adding_fields(cast, words):
    cast.max.send(f"/mentor/{words['tess']}", {"role": "lead", "mentor": "", "themes": "friend-requests"})
    cast.tess.send("/account/password", {"present": PASSWORD, "password": "eleven brave herons nest", "role": "lead"})
    browser = cast.browser()
    browser.open(f"/invitation/{words['invitation']}")
    browser.press(browser.page.main.all("button")[0].text, password="eleven brave herons nest")
    assert [cast.who(name).role for name in ("tess", "max", "sam")] == ["teacher", "mentor", "teacher"]


def test_an_answer_for_somebody_else_is_not_taken(cast, words):
    page = cast.tess.open("/attempts/2")
    value = page.options()[0][0]
    before = cast.attempts_of("tess")
    for fields in ({"option": value}, {"option": value, "person": words["tess"], "attempt": "2"}):
        assert cast.sam.send("/attempts/2", fields).status == 404
    assert cast.attempts_of("tess") == before and cast.attempts_of("sam") == []


def test_a_mentor_who_is_none_cant_be_chosen(cast):
    for mentor in (cast.who("sam").id, cast.who("ana").id, 999, "x", "1; drop", "-1", "9" * 5000):
        fields = {"name": "Ida Brook", "email": "ida@wrenfield.example", "role": "teacher", "mentor": mentor, "due": ""}
        page = cast.lou.send("/school/people/add", fields)
        assert page.status == 200 and len(page.problems) == 1
    assert cast.records.value("select count(*) from people where name = 'Ida Brook'") == 0


def test_a_role_or_a_theme_that_is_none_cant_be_chosen(cast, words):
    fields = {"name": "Ida Brook", "email": "ida@wrenfield.example", "role": "headteacher", "mentor": ""}
    assert len(cast.lou.send("/school/people/add", fields).problems) == 1
    page = cast.max.send(f"/mentor/{words['tess']}", {"held_on": "2026-01-05", "themes": "nonsense", "key": "k" * 20})
    assert len(page.problems) == 1 and cast.fact_count()["conversations"] == 0


# What is typed is shown as it was typed, and is never run


NAMES = [
    "<b>Ida</b>",
    '"><img src=x onerror=alert(1)>',
    "O’Brien & Daughters",
    "=SUM(A1)",
    "{{ school }}",
    "Ида Брук",
    "*Ida*",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_words_wherever_it_stands(cast, name):
    person = cast.add("Ida Brook", mentor="max")
    cast.lou.open(f"/school/people/{person.id}")
    page = cast.lou.press("Save", name=name)
    assert page.heading == name
    for browser, path in (
        (cast.lou, "/school/people"),
        (cast.lou, "/school/overview?search=ida@"),
        (cast.max, "/mentor/"),
        (cast.max, f"/mentor/{person.id}"),
    ):
        page = browser.open(path)
        assert name in page.document.text or name.split()[-1] in page.document.text
    sheet = cast.max.open("/mentor/teachers.csv").html
    assert ("'=SUM(A1)" in sheet) == name.startswith("=")


def test_a_schools_name_is_only_words_wherever_it_stands(cast):
    name = '<script>"Ü & {{ school }}'
    cast.lou.open("/school/settings")
    cast.lou.press("Save the settings", name=name, headteacher="<i>Una</i> [x](javascript:alert(1))")
    for path in (
        "/",
        "/help",
        "/policy",
        f"/courses/{COURSE}/",
        *(f"/courses/{COURSE}/{w}" for w in ("friend-requests",)),
    ):
        assert name in cast.tess.open(path).document.text, path
    walk(cast, "tess", "friend-requests")


def test_long_names_and_emails_at_their_limits_are_taken(cast):
    cast.lou.open("/school/people/add")
    email = f"{'i' * 64}@{'s' * 170}.example"
    page = cast.lou.press("Add and make the invitation", name="N" * 120, email=email)
    assert page.heading == f"An invitation for {'N' * 120}" and cast.who(email).email == email
    assert cast.try_to_sign_in("i" * 400 + "@x.example", cast.browser()).status == 200
    assert email_of("tess") in cast.lou.open("/school/people").text


@pytest.mark.parametrize("value", ["x" * 3500, "\x00", "induction=; induction=", '"', "é"])
def test_a_hostile_device_cookie_is_a_stranger(cast, value):
    browser = cast.browser()
    browser.client.set_cookie("induction_device", value)
    assert cast.try_to_sign_in("tess", browser).is_at("/")
