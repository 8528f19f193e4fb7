"""Addresses as people type and paste them, names of this site as browsers send them, and headers as lists."""

import pytest

from tests.cast import COURSE, own_site

READ = ["/help", "/record", "/policy", "/account/password", "/mentor/", f"/courses/{COURSE}/", f"/courses/{COURSE}/friend-requests",
        "/school/people", "/school/people/add", "/sign-in", "/record/export", "/school/policy/versions"]  # fmt: skip


def test_every_address_leads_right_with_and_without_its_last_slash(app, cast):
    """Each page that can be read, whatever stands in its address."""
    values = {"course": COURSE, "lesson": "friend-requests", "facet": "pupil-contact", "name": "induction.css"}
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and rule.rule != "/"]
    assert len(rules) > 40
    for rule in rules:
        path = rule.build({name: values.get(name, "7") for name in rule.arguments})[1]
        for typed in (path.rstrip("/"), path.rstrip("/") + "/", path.rstrip("/") + "//", path.rstrip("/") + "."):
            if typed != path and not (typed.endswith(".") and rule.endpoint in TAKES_ANYTHING):
                page = cast.lou.open(f"{typed}?page=2", follow=False)
                assert (page.status, page.headers.get("Location")) == (308, f"{path}?page=2"), typed


TAKES_ANYTHING = {  # a full stop is part of what stands there, and those pages know what to do with it
    "account.invitation", "account.reset", "account.first_run", "public.static", "learner.picture", "learner.course", "learner.lesson",
    "learner.confidence", "school.course", "school.course_lesson", "school.scenario", "school.staff_meeting", "school.policy_facet",
    "school.preview_lesson", "public.certificate", "public.certificate_pdf", "school.reminder_words", "school.given",
    "school.scenario_insight", "public.signing_keys", "public.token_keys", "school.provider", "account.sign_in_with",
    "account.sign_in_from", "account.not_me", "school.waiting",
}  # fmt: skip


@pytest.mark.parametrize("typed", ["/Help", "/HELP", "/help.", "/help).", "/help%20", "/Sign-In", f"/courses/{COURSE}/Friend-Requests"])
def test_small_slips_lead_right(cast, typed):
    assert cast.browser().open(typed).status == 200


@pytest.mark.parametrize(
    "typed", ["//elsewhere.example/help", "//elsewhere.example//", "/\\elsewhere.example/", "/help/%0d%0aSet-Cookie:x"]
)
def test_no_slip_leads_elsewhere(cast, typed):
    answer = cast.browser().client.get(typed)
    where = answer.headers.get("Location", "/")
    assert where.startswith("/") and not where.startswith(("//", "/\\"))
    assert "x" not in answer.headers.getlist("Set-Cookie")


def test_a_form_is_not_sent_on_to_another_address(cast):
    assert cast.lou.send("/school/people/add/", {"name": "Ida"}, follow=False).status == 404


# Names, as browsers send them


HTTPS, HTTP = "https://ysgol-yr-ŷd.example", "http://induction.lan:8080"


@pytest.fixture(scope="module")
def named(template, tmp_path_factory):
    """A site that is known by a name that isn't plain, under https."""
    cast = own_site(template, tmp_path_factory.mktemp("named"), url=HTTPS)
    yield cast
    cast.records.close()


@pytest.mark.parametrize(
    "host",
    [
        "xn--ysgol-yr-d-5hc.example",
        "XN--YSGOL-YR-D-5HC.Example",
        "xn--ysgol-yr-d-5hc.example.",
        "xn--ysgol-yr-d-5hc.example:443",
        "xn--ysgol-yr-d-5hc.example:80",
        "ysgol-yr-ŷd.example",
        "YSGOL-YR-ŶD.example:443",
    ],
)
def test_the_public_name_is_known_as_browsers_and_proxies_send_it(named, host):
    sent = host.encode("utf-8").decode("latin-1")  # as a server hands it on
    for base in ("http://localhost", "https://localhost"):
        answer = named.browser().client.get("/sign-in", base_url=base, environ_overrides={"HTTP_HOST": sent})
        assert answer.status_code == 200, base


@pytest.mark.parametrize(
    "host", ["xn--ysgol-yr-d-5hc.example:444", "ysgol-yr-yd.example", "elsewhere.example", "a.xn--ysgol-yr-d-5hc.example", "x" * 400]
)
def test_any_other_name_is_not(named, host):
    assert named.browser().client.get("/sign-in", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("origin", ["https://xn--ysgol-yr-d-5hc.example", "https://xn--ysgol-yr-d-5hc.example:443", HTTPS])
def test_a_form_of_this_sites_own_is_taken_whatever_its_origin_is_called(named, origin):
    browser = named.browser()
    sent = {"Host": "xn--ysgol-yr-d-5hc.example:443", "Origin": origin.encode("utf-8").decode("latin-1")}
    answer = browser.client.post("/sign-in", data={}, headers=sent)
    assert "came from another site" not in answer.get_data(as_text=True)


# Headers as lists


@pytest.mark.parametrize(
    "accepted, packed",
    [
        ("gzip", True), ("gzip, deflate, br", True), ("br;q=1, gzip;q=0.5", True), ("GZIP", True), ("*", True),
        ("gzip;q=0", False), ("gzip; q=0.0, br", False), ("br", False), ("identity", False), ("", False),
        ("*;q=0, identity", False), ("gzip;q=nonsense", False),
    ],
)  # fmt: skip
def test_a_file_comes_packed_only_where_that_is_wanted(cast, accepted, packed):
    answer = cast.browser().client.get("/static/induction.css", headers={"Accept-Encoding": accepted})
    assert answer.status_code == 200 and ("Content-Encoding" in answer.headers) is packed
    assert answer.headers["Vary"] == "Accept-Encoding" and "Set-Cookie" not in answer.headers


def test_every_answer_names_one_charset_and_says_when_to_come_back(app, cast):
    """Each page and file that a lead can read; and HEAD as GET."""
    values = {"course": COURSE, "lesson": "friend-requests", "facet": "pupil-contact", "name": "induction.css", "number": "1"}
    cast.choose(pupil_contact="none")
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            path = rule.build({name: values.get(name, "7") for name in rule.arguments})[1]
            page, head = cast.lou.open(path), cast.lou.request("HEAD", path)
            kind = page.headers["Content-Type"]
            assert kind.count("charset") == ("text" in kind or "json" in kind), path
            if not page.way:  # it leads on to none other
                assert head.status == page.status and head.body == b""
