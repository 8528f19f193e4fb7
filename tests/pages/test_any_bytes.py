"""Any bytes at every address there is: an answer in words, soon, never a 5xx (faults A1 and A5).

The endpoints are those of the stored matrix, which is compared with the site: one that joins is asked too.
"""

import random
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from induction.records.people import staff_groups
from induction.records.people.one_time_links import LinkKind
from induction.records.store.database import transaction
from tests.browser import HERE
from tests.cast import COURSE
from tests.pages.test_pressed_twice import half_term, one_refused

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 1.0  # seconds of CPU that one request may take, whatever it brings
FORM = "application/x-www-form-urlencoded"
BY = {"learner": "tess"}  # by room; all else is the lead's too
HUGE = {
    "marks": "a" + "\u0301\u0316" * 240_000,
    "dots": "a@" + "." * 960_000 + "@",
    "controls": "\x01" * 960_000,
    "signs that nobody sees": "\u200b" * 320_000,
    "signs that join": "👩\u200d" * 130_000,
    "letters that grow": "ﷺ" * 320_000,
    "letters in parts": "\u1100\u1161\u11a8" * 100_000,
    "line ends": "\r\n" * 480_000,
    "private signs": "\U000f4005" * 240_000,
}
RAW = {"bad escapes": b"%FF" * 320_000, "half escapes": b"%" * 960_000, "no text": b"\xff" * 960_000, "surrogates": b"%ED%A0%80" * 100_000}
BODIES = {kind: value.encode() for kind, value in HUGE.items()} | RAW


def endpoints(method: str) -> list[str]:
    lines = [line.split() for line in (ROOT / "tests" / "house" / "matrix.txt").read_text().splitlines()]
    return sorted({line[2] for line in lines if line[1] == method} - {"-", "account.first_run", "public.static"})


def field_names() -> list[str]:
    """Every name that a form here has, as templates and forms write them."""
    words = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    code = "".join(path.read_text() for path in (ROOT / "induction" / "web").rglob("*.py"))
    field = r"^    ([a-z_]+) = (?:[A-Z]\w*(?:Field|Line|Name|Paragraph|Password)|Line|Name|Paragraph|Signature|_choice)\("
    made = ["stance", "words_agreed-hours", "tie_gaming", "about-saying-no", "option", "nobodys_field"]
    return sorted({*re.findall(r'name="([a-z_]+)"', words), *re.findall(field, code, re.M), *made})


NAMES = field_names()


@pytest.fixture
def cast(furnished):
    with transaction(furnished.records):
        staff_groups.add(furnished.records, "kitchen", by=None, now=datetime.now(UTC))
    one_refused(furnished)
    half_term(furnished)
    return furnished


@pytest.fixture
def ask(cast, words):
    """Sends a request to an endpoint as somebody who may, with a good token; its answer, once it is seen to be one."""
    tokens = {name: getattr(cast, name).token() for name in ("tess", "lou", "kit")}

    def asking(endpoint, method, *, body=None, kind=FORM, query="", path=None, **how):
        who = "kit" if endpoint == "school.sign_account" else BY.get(endpoint.partition(".")[0], "lou")
        browser, headers = getattr(cast, who), {"Origin": HERE, "X-CSRFToken": tokens[who]}
        if endpoint in ("account.sign_in", "account.invitation", "account.reset", "account.forgotten"):
            browser = cast.browser()
            headers["X-CSRFToken"] = browser.token()
        path = path or address(cast, words, endpoint, method)
        how.setdefault("environ_overrides", {})["QUERY_STRING"] = query
        began = time.thread_time()
        kind = kind if body is not None else None
        answer = browser.client.open(path, method=method, data=body, content_type=kind, headers=headers, **how)
        took = time.thread_time() - began
        text = answer.get_data().decode("utf-8", "strict" if answer.mimetype.startswith("text/") else "replace")
        assert answer.status_code < 500, (endpoint, answer.status_code)
        assert took < LONGEST, (endpoint, round(took, 2))
        assert "Traceback" not in text
        if answer.content_type.startswith("text/html") and answer.status_code != 303:
            assert "<h1" in text, endpoint
        return answer

    return asking


def address(cast, words, endpoint: str, method: str) -> str:
    rule = next(each for each in cast.app.url_map.iter_rules() if each.endpoint == endpoint and method in each.methods)
    filled = {
        "token": words["reset" if endpoint == "account.reset" else "invitation"], "course": COURSE, "lesson": "friend-requests",
        "attempt_id": 2 if endpoint != "learner.share_attempt" else 1, "step": 1, "person_id": words["sam"], "account_id": 1, "note_id": 1,
        "provider": "google", "waiting_id": 1, "import_id": 1, "session_id": 1, "group_id": 1, "letter_id": 1, "certificate_id": 1,
        "pack_id": 1, "passkey_id": 1, "completion_id": 1, "acknowledgement_id": 1, "scenario": "hockey-sticks",
        "kind": "completion", "entry_id": 1, "reminder": "overdue", "holiday_id": 1, "secret": "a" * 32, "code": "7K4M29QXAB3CDE",
        "facet": "gaming", "number": 1, "name": "0" * 64 + ".png",
    }  # fmt: skip
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: quote(str(filled[found[1]])), rule.rule)


def still_up(cast) -> None:
    began = time.thread_time()
    assert cast.browser().open("/help").status == 200 and time.thread_time() - began < LONGEST


@pytest.mark.parametrize("endpoint", endpoints("POST"))
def test_every_field_takes_a_megabyte_of_anything(cast, ask, endpoint):
    assert ask(endpoint, "POST", body=b"a&" * 500_000).status_code == 413
    chance = random.Random(endpoint)
    name = chance.choice(NAMES)
    for kind in chance.sample(sorted(BODIES), 3):
        assert ask(endpoint, "POST", body=quote_plus(name).encode() + b"=" + BODIES[kind]).status_code != 413, kind
    for kind in chance.sample(sorted(HUGE), 2):
        each = HUGE[kind].encode()[: 900_000 // len(NAMES)].decode(errors="ignore").encode()
        ask(endpoint, "POST", body=b"&".join(name.encode() + b"=" + each for name in NAMES))
    still_up(cast)


NAMELESS = b'--b\r\nContent-Disposition: form-data\r\n\r\nlost\r\n--b\r\nContent-Disposition: form-data; filename="x"\r\n\r\nlost\r\n'
PARTS = {
    "a part without a name": NAMELESS + b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nTess\r\n--b--\r\n',
    "a file without a name": b'--b\r\nContent-Disposition: form-data; filename="x.csv"\r\nContent-Type: text/csv\r\n\r\na\r\n--b--\r\n',
    "an empty name": b'--b\r\nContent-Disposition: form-data; name=""\r\n\r\na\r\n--b--\r\n',
    "a file for every text": b"".join(
        b'--b\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n\x00\xff\r\n' % (name.encode(), name.encode())
        for name in NAMES
    ) + b"--b--\r\n",
    "another charset": b'--b\r\nContent-Disposition: form-data; name="name"\r\n'
    b"Content-Type: text/plain; charset=utf-16\r\n\r\n\xff\xfeT\0\r\n--b--",
    "no end": b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nTess',
    "no head": b"--b\r\n\r\nTess\r\n--b--\r\n",
    "another disposition": b"--b\r\nContent-Disposition: attachment\r\nX: \xff\r\n\r\nTess\r\n--b--\r\n",
    "a name in parts": b"--b\r\nContent-Disposition: form-data; name*0*=utf-8''%FF; name*1=x; name*zz=\r\n\r\nTess\r\n--b--\r\n",
    "a heap of parameters": b"--b\r\nContent-Disposition: form-data" + b";" * 60_000 + b"\r\n\r\nTess\r\n--b--\r\n",
    "a megabyte of parameters": b"--b\r\nContent-Disposition: form-data" + b";" * 1_000_000 + b"\r\n\r\nTess\r\n--b--\r\n",
    "thousands of parts": b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 1100 + b"--b--\r\n",
    "nothing but boundaries": b"--b\r\n" * 12_000,
    "nothing": b"",
}  # fmt: skip
OTHERS = [
    ("application/json", b"[1, 2]"), ("application/json", b'{"name": ["x"], "email": {"a": 1}}'), ("application/json", b"null"),
    ("application/json", b'{"name": "\\ud800", "email": 5}'), ("application/json", b"{"), ("application/json; charset=utf-16", b"\xff\xfe"),
    ("text/plain", b"\x00\xff"), ("multipart/form-data", NAMELESS), ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=\xc3\xa9", b"--\xc3\xa9\r\n"), ("multipart/mixed; boundary=b", NAMELESS), ("\xff/\xff", b"a=b"),
    (FORM + "; charset=utf-16", b"\xff\xfea\x00=\x00b\x00"), (FORM + "; charset=", b"name=%u0041&=x&&=&name"), ("", b"name=x"),
    (FORM, b"name=a&name=b&email=a%40b.example&email=c&role=lead&role=teacher&words=a&words=b&option=1&option=2&key=k&key=l"),
]  # fmt: skip


@pytest.mark.parametrize("endpoint", endpoints("POST"))
def test_every_address_takes_parts_without_names_and_bodies_of_any_kind(cast, ask, endpoint):
    chance = random.Random(endpoint)
    for name in ["a part without a name", *chance.sample(sorted(PARTS), 5)]:
        ask(endpoint, "POST", body=PARTS[name], kind="multipart/form-data; boundary=b")
    for kind, body in chance.sample(OTHERS, 6):
        ask(endpoint, "POST", body=body, kind=kind)
    still_up(cast)


QUERIES = [
    "%", "%FF", "\xff\xfe", "search=%ED%A0%80&page=%ED", "search=%00&show=%00&sort=%00&version=%00&assessment=%00", "&&&=&=;&a",
    "search=a&search=b", f"page={'9' * 5000}", f"version={'9' * 5000}&assessment=x&show=x", "page=-1", "page=1e9&page=%D9%A4",
    "search=" + "\xcc\x81" * 3000, "search=" + "%CC%81" * 1000, "search=" + "%E2%80%8B" * 500, "search=" + "x" * 200_000,
    "next=" + "/" * 5000, "&" * 200_000, "search=%F3%B4%80%85&next=%F3%B4%80%85", "next=//elsewhere.example&next=/%0d%0aSet-Cookie:a=b",
]  # fmt: skip


@pytest.mark.parametrize("endpoint", endpoints("GET"))
def test_every_page_takes_any_address(cast, ask, endpoint):
    for query in random.Random(endpoint).sample(QUERIES, 5):
        ask(endpoint, "GET", query=query)
    path = address(cast, {"invitation": "x", "reset": "x", "sam": "1"}, endpoint, "GET")
    stranger = cast.browser().client.get(path, environ_overrides={"QUERY_STRING": "a=\xff&b=%FF"})
    assert stranger.status_code < 500


def test_a_strangers_wish_with_any_bytes_leads_to_the_sign_in(cast):
    for query in QUERIES:
        answer = cast.browser().client.get("/record", environ_overrides={"QUERY_STRING": query})
        assert answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in?next=/record"), query


PATHS = [
    "/%00", "/courses/%00/", "/courses/%FF/%FE", "/courses/%ED%A0%80/", "/courses/%F3%B4%80%85/", "/school/policy/choices/%00",
    "/attempts/" + "9" * 5000, "/invitation/" + "a" * 5000, "/first-run/%00", "/reset/%CC%81%CC%81", "/" * 5000, "/a" * 5000,
    "/static/%00", "/static/..%2f..%2fapp.py", f"/courses/{COURSE}/%00/scenarios", "/mentor/%D9%A4", "/mentor/999999999999999999",
    "/school/policy/versions/999999999999999999/words",
]  # fmt: skip


def test_addresses_of_any_bytes_are_answered_in_words(cast):
    for path in PATHS:
        for browser in (cast.browser(), cast.lou):
            began = time.thread_time()
            answer = browser.client.get(path)
            assert answer.status_code < 500 and time.thread_time() - began < LONGEST, path


@pytest.mark.parametrize("kind", BODIES)
def test_the_sign_in_is_over_at_once_whatever_is_typed(cast, kind):
    """In its email, its password, and all that goes along: nobody's address takes longer than another."""
    browser = cast.browser()
    token = browser.token()
    for name in ("email", "password", "next", "carried", "csrf_token"):
        fields = {"email": "nobody@school.example", "password": "nine calm otters paddle", "csrf_token": token}
        parts = [f"{each}={quote_plus(value)}".encode() for each, value in fields.items() if each != name]
        began = time.thread_time()
        sent = b"&".join([*parts, name.encode() + b"=" + BODIES[kind][:950_000]])
        answer = browser.client.post("/sign-in", data=sent, content_type=FORM, headers={"Origin": HERE})
        assert answer.status_code in (200, 400, 429) and time.thread_time() - began < LONGEST, name
    still_up(cast)


def test_the_first_run_takes_anything(cast):
    with transaction(cast.records):
        cast.records.execute(
            "insert into people_history (person, at, what, email, name, role, mentor, due, course, active)"
            " select id, created_at, 'changed', email, name, role, mentor, due, course, 0 from people where role = 'lead'"
        )
    browser, path = cast.browser(), f"/first-run/{cast.link(LinkKind.FIRST_RUN, None)}"
    assert browser.open(path).heading == "Set up this site"
    names = [each.get("name") for each in browser.page.main.all("input") if each.get("name") != "csrf_token"]
    token = browser.token()
    for name, body in zip(names, [*BODIES.values()] * len(names), strict=False):
        began = time.thread_time()
        sent = f"csrf_token={token}&{name}=".encode() + body[:950_000]
        answer = browser.client.post(path, data=sent, content_type=FORM, headers={"Origin": HERE})
        assert answer.status_code == 200 and time.thread_time() - began < LONGEST, name


def test_every_field_is_known():
    assert len(NAMES) > 60 and {"lead_password", "held_on", "out_of_hours", "review_on", "share", "saw"} <= set(NAMES)
