"""Before an act that matters it is asked again who it is: what was sent is kept, nothing is done by answering, and nobody else sees it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.web.security import confirm as asking
from tests.cast import PASSWORD, Cast

ASKED = "Confirm that it is you"


def a_while_ago(cast: Cast, who: str, minutes: int = 11) -> None:
    """Who they are was proved so long ago, in each session of theirs."""
    with transaction(cast.records):
        at = moment_text(datetime.now(UTC) - timedelta(minutes=minutes))
        cast.records.execute("update sessions set confirmed_at = ? where person = ?", [at, cast.who(who).id])


def begin_erasing(cast: Cast):
    """Lou asks that Ana's record be erased, a while after signing in: the page that comes."""
    cast.lou.open(f"/school/people/{cast.who('ana').id}/erase")
    a_while_ago(cast, "lou")
    return cast.lou.press("Erase Ana’s record for good", why="She wrote on Monday", typed="Ana Costa")


def is_erased(cast: Cast) -> bool:
    return cast.records.value("select count(*) from erasures") == 1


def test_what_was_sent_is_done_when_they_confirm_and_send_it_themselves(cast):
    ana = cast.who("ana").id
    page = begin_erasing(cast)
    assert page.heading == ASKED and page.is_at("/confirm")
    assert "to erase somebody’s record: Ana Costa" in page.text
    before = cast.lou.cookie()
    page = cast.lou.press("Confirm", password=PASSWORD)
    assert page.heading == "You have confirmed" and not is_erased(cast)
    assert cast.lou.cookie() != before  # a token that was copied is worth nothing
    assert "She wrote on Monday" in page.text and "Ana Costa" in page.text
    page = cast.lou.press("Erase the record of Ana Costa")
    assert page.path == f"/school/people/{ana}" and is_erased(cast)
    assert cast.records.value("select count(*) from kept_forms") == 0
    assert cast.lou.open("/confirm/go-on").heading == "Nothing waits to be sent"
    page = cast.lou.open(f"/school/people/{ana}")
    assert page.heading == f"Erased person {ana}"


def test_whoever_proved_it_a_moment_ago_is_not_asked(cast):
    cast.lou.open(f"/school/people/{cast.who('ana').id}/erase")
    a_while_ago(cast, "lou", minutes=9)
    cast.lou.press("Erase Ana’s record for good", why="She wrote on Monday", typed="Ana Costa")
    assert is_erased(cast)


def test_what_is_wrong_with_a_form_is_said_before_it_is_asked(cast):
    cast.lou.open("/school/people/add")
    a_while_ago(cast, "lou")
    page = cast.lou.press("Add and make the invitation", name="Aya Bell", email="no address", role="lead")
    assert page.heading != ASKED and len(page.problems) == 1


def test_a_wrong_password_does_nothing_and_loses_nothing(cast):
    begin_erasing(cast)
    page = cast.lou.press("Confirm", password="another one entirely")
    assert page.problems == ["That is not your password; type it again."]
    assert cast.lou.press("Confirm", password=PASSWORD).heading == "You have confirmed"


def test_too_many_tries_wait_as_they_do_at_the_sign_in(cast):
    begin_erasing(cast)
    for _ in range(12):
        page = cast.lou.press("Confirm", password="another one entirely")
        if page.problems[0].startswith("Wait"):
            break
    assert page.problems[0].startswith("Wait") and page.heading == ASKED
    assert cast.lou.press("Confirm", password=PASSWORD).heading == ASKED


def test_what_is_left_is_done_by_nobody(cast):
    begin_erasing(cast)
    page = cast.lou.press("Leave it")
    assert page.path == f"/school/people/{cast.who('ana').id}/erase"
    cast.lou.open("/confirm/go-on")
    page = cast.lou.press("Confirm", password=PASSWORD)
    assert page.heading == "Nothing waits to be sent" and not is_erased(cast)


def test_it_is_sent_once(cast):
    """The page with the button is still open in another tab."""
    cast.lou.open("/school/evidence")
    a_while_ago(cast, "lou")
    cast.lou.press("Make a new key")
    cast.lou.press("Confirm", password=PASSWORD)
    path, fields, _ = cast.lou.filled("Make a new key for certificates")
    assert cast.lou.press("Make a new key for certificates").is_at("/school/evidence")
    assert cast.lou.send(path, fields, token=False).heading == "Nothing waits to be sent"


def test_of_two_tabs_the_newer_counts_and_the_older_is_told(cast):
    page = begin_erasing(cast)
    older = page.path
    cast.lou.open("/school/evidence")
    page = cast.lou.press("Make a new key")
    assert page.heading == ASKED and "to make a new key for certificates" in page.text and page.path != older
    cast.lou.open(older)
    page = cast.lou.press("Confirm", password=PASSWORD)
    assert "You sent another page since, from another tab." in page.text and "to make a new key for certificates" in page.text
    assert "Ana Costa" not in page.text and not is_erased(cast)


def test_a_form_in_another_tab_can_still_be_sent_after_confirming(cast):
    cast.lou.open(f"/school/people/{cast.who('tess').id}")
    path, fields, _ = cast.lou.filled("Save")
    begin_erasing(cast)
    cast.lou.press("Confirm", password=PASSWORD)
    assert cast.lou.send(path, {**fields, "name": "Tess Okafor-Bell"}, token=False).status == 200
    assert cast.records.value("select name from people where id = ?", [cast.who("tess").id]) == "Tess Okafor-Bell"


def test_what_waited_too_long_is_not_sent(cast):
    begin_erasing(cast)
    kept = cast.records.row("select * from kept_forms")
    cast.lou.press("Confirm", password=PASSWORD)
    hour_ago = moment_text(datetime.now(UTC) - timedelta(hours=12, minutes=1))
    with transaction(cast.records):
        cast.records.execute("update kept_forms set at = ?", [hour_ago])
    assert kept["person"] == cast.who("lou").id
    assert cast.lou.open("/confirm/go-on").heading == "Nothing waits to be sent"


@pytest.mark.parametrize("minutes, waits", [(59, True), (61, False)])
def test_a_form_waits_for_an_hour(cast, minutes, waits):
    begin_erasing(cast)
    cast.lou.press("Confirm", password=PASSWORD)
    with cast.app.app_context():
        signer = asking._serializer()
        who, at, *form = signer.loads(cast.records.value("select packed from kept_forms"))
        earlier = signer.dumps([who, (datetime.fromisoformat(at) - timedelta(minutes=minutes)).isoformat(), *form])
    with transaction(cast.records):
        cast.records.execute("update kept_forms set packed = ?", [earlier])
    assert (cast.lou.open("/confirm/go-on").heading == "Nothing waits to be sent") is not waits


def test_it_is_shown_in_no_other_session_and_to_nobody_else(cast):
    page = begin_erasing(cast)
    elsewhere = cast.sign_in("lou")
    assert elsewhere.open("/confirm/go-on").heading == "Nothing waits to be sent"
    assert cast.nia.open(page.path).heading == "Nothing waits to be sent"
    with transaction(cast.records):  # theirs by mistake: the words inside are signed with whose they are
        token = cast.records.value("select token_sha256 from sessions where person = ? order by id desc", [cast.who("nia").id])
        cast.records.execute("update kept_forms set token_sha256 = ?, person = ?", [token, cast.who("nia").id])
    assert cast.nia.open("/confirm/go-on").heading == "Nothing waits to be sent"


def test_a_file_is_taken_from_the_page_that_follows(cast):
    cast.lou.open("/help")
    a_while_ago(cast, "lou")
    page = cast.lou.open("/school/acts.csv?kind=")
    assert page.heading == ASKED and "to take along who did what" in page.text
    page = cast.lou.press("Confirm", password=PASSWORD)
    assert page.heading == "You have confirmed"
    assert page.link("Go on").get("href") == "/school/acts.csv?kind="
    assert cast.lou.press("Go on").headers["Content-Type"].startswith("text/csv")


def test_a_page_is_opened_at_once_after_confirming(cast):
    cast.lou.open("/help")
    a_while_ago(cast, "lou")
    cast.lou.open("/school/people/links/slips")
    assert cast.lou.press("Confirm", password=PASSWORD).path == "/school/people/links/slips"


def test_nobody_is_led_elsewhere(cast):
    cast.lou.open("/help")
    a_while_ago(cast, "lou")
    for asked in ("https://elsewhere.example/", "//elsewhere.example", "/sign-out", "/confirm"):
        cast.lou.open(f"/confirm?next={asked}")
        assert cast.lou.page.field("next").get("value") == "/"
    cast.lou.press("Confirm", password=PASSWORD)
    assert cast.lou.open("/confirm/go-on?next=//elsewhere.example").path == "/school/overview"


def test_a_name_needs_no_proof_and_a_role_does(cast):
    tess = cast.who("tess").id
    cast.lou.open(f"/school/people/{tess}")
    a_while_ago(cast, "lou")
    assert cast.lou.press("Save", name="Tess Okafor-Bell").is_at(f"/school/people/{tess}")
    assert cast.lou.press("Save", role="mentor").heading == ASKED
    page = cast.lou.press("Confirm", password=PASSWORD)
    assert "to change somebody’s role or address: Tess Okafor-Bell" in page.text and cast.who("tess").role == "teacher"
    cast.lou.press("Save the details of Tess Okafor-Bell")
    assert cast.who("tess").role == "mentor"


def test_a_list_that_makes_leads_asks(cast):
    cast.lou.open("/school/people/import")
    cast.lou.press("Look at the list", list="name,email,role\nAya Bell,aya@wrenfield.example,lead\n")
    a_while_ago(cast, "lou")
    button = next(each.text for each in cast.lou.page.document.all("button") if each.get("value") == "bring")
    page = cast.lou.press(button, agreed="yes")
    assert page.heading == ASKED and "leads" in page.text
    cast.lou.press("Confirm", password=PASSWORD)
    cast.lou.press("Go on")
    assert cast.who("aya").role == "lead"


def test_a_teacher_who_comes_there_goes_on(cast):
    """There is nothing that asks them; the page is calm all the same."""
    assert cast.tess.open("/confirm").heading == "Nothing waits to be sent"


def test_every_value_of_a_form_is_sent_on_and_no_token_is_kept(cast):
    """Three people ticked, one of them a lead, are three when it is sent."""
    kit = cast.add("Kit Lane", Role.LEAD)
    cast.lou.open("/help")
    a_while_ago(cast, "lou")
    who = [str(cast.who("sam").id), str(cast.who("tess").id), str(kit.id)]
    page = cast.lou.open(f"/school/people/many?do=end&go=yes&{'&'.join(f'who={each}' for each in who)}")
    page = cast.lou.press("End 3 accounts")
    assert page.heading == ASKED and "to end the account of a lead" in page.text
    cast.lou.press("Confirm", password=PASSWORD)
    assert "csrf_token" not in [name for name, _ in cast.lou.filled("Go on")[1].items(multi=True)][1:]
    cast.lou.press("Go on")
    assert not any(cast.who(each).active for each in ("sam", "tess", "kit"))


def test_in_the_demonstration_nobody_is_asked(cast, monkeypatch):
    invented = replace(cast.site, settings=replace(cast.site.settings, demo=True))
    monkeypatch.setitem(cast.app.extensions, "induction", invented)  # the app is the others', too
    begin_erasing(cast)
    assert is_erased(cast)
