"""Inviting: the page with somebody's link, who is invited, and many at once, as leads go about it."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import zxingcpp

from induction.records.people import one_time_links, people
from induction.records.people.one_time_links import LinkKind
from induction.records.people.person import Details
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import people as deeds
from tests.cast import email_of

THEIRS = "eleven brave herons nest"
LIST = "/school/people/links"
IDA = {"name": "Ida Brook", "email": "ida@wrenfield.example"}
PATH = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")


def add_ida(cast, **more):
    cast.lou.open("/school/people/add")
    return cast.lou.press("Add and make the invitation", **IDA, **more)


def link_on(page):
    """The address of the link in the field, within the site; None where there is none."""
    found = [each.get("value") for each in page.document.all("input") if each.get("id") == "copy"]
    return f"/{found[0].split('/', 3)[3]}" if found else None


def take(cast, link):
    browser = cast.browser()
    browser.open(link)
    return browser.press(browser.page.main.all("button")[0].text, password=THEIRS)


@pytest.fixture
def kit(cast):
    """A browser of another lead."""
    cast.add("Kit Moran", Role.LEAD)
    return cast.sign_in_new("kit")


def pictures(page):
    """What a camera reads in each square of a page, from its path alone."""
    return [_read(each) for each in page.document.all("svg") if each.get("class") == "qr"]


def _read(svg):
    side, scale, dark = int(svg.get("viewBox").split()[2]), 4, set()
    ground, drawn = svg.all("path")
    assert (ground.get("fill"), drawn.get("stroke")) == ("#fff", "#000"), "dark on light, in a dark page too"
    x = y = 0.0
    for step, first, second in PATH.findall(drawn.get("d")):
        if step == "M":
            x, y = float(first), float(second)
        elif step == "m":
            x, y = x + float(first), y + float(second)
        else:
            dark |= {(int(x) + n, int(y)) for n in range(int(first))}
            x += int(first)
    pixels = bytes(0 if (n // scale, row // scale) in dark else 255 for row in range(side * scale) for n in range(side * scale))
    [found] = zxingcpp.read_barcodes(memoryview(pixels).cast("B", [side * scale, side * scale]), formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text


# One


def test_a_link_stands_on_a_page_of_its_own_that_can_be_opened_again(cast):
    page = add_ida(cast, due="04/12/2099")
    address = f"/school/people/{cast.who('ida').id}/link"
    assert page.way == [(303, address)] and page.heading == "An invitation for Ida Brook"
    link = link_on(page)
    assert link_on(cast.lou.open(address)) == link_on(cast.lou.open(address)) == link
    assert "Send this link to Ida yourself. It works once, until" in page.text and "Friday 4 December 2099" in page.text
    cast.lou.open(f"/school/people/{cast.who('ida').id}")
    [again] = [each.text for each in cast.lou.page.document.all("a") if each.get("href") == address]
    assert again.startswith("Show the invitation again, which works until")
    assert take(cast, link).heading == "Hello, Ida"


def test_the_letter_is_written_and_the_square_is_the_link(cast):
    page = add_ida(cast, due="04/12/2099")
    letter = urlsplit(page.link("Write the email").get("href"))
    words = parse_qs(letter.query)["body"][0]
    link = "http://127.0.0.1:8000" + link_on(page)
    assert (letter.scheme, unquote(letter.path)) == ("mailto", IDA["email"])
    assert "Hello Ida," in words and link in words and "to be done by Friday 4 December 2099" in words and "Lou Hartley" in words
    assert pictures(page) == [link]
    assert page.link("Add another").get("href") == "/school/people/add"
    filled = [each for each in page.main.all("a", "button") if each.get("class") == "govuk-button"]
    assert [each.text for each in filled] == ["Write the email"]


def test_a_link_for_a_new_password_has_a_letter_of_its_own(cast):
    cast.lou.open(f"/school/people/{cast.who('tess').id}")
    page = cast.lou.press("Make a link for a new password")
    assert page.is_at(f"/school/people/{cast.who('tess').id}/link") and page.heading == "A new password for Tess Okafor"
    words = parse_qs(urlsplit(page.link("Write the email").get("href")).query)["body"][0]
    assert "choose a new password" in words and link_on(page) in words and not page.has_link("Add another")
    assert link_on(cast.lou.open(page.path)) == link_on(page)
    assert link_on(cast.lou.open(f"/school/people/{cast.who('tess').id}/link")) is None, "that is the invitation’s"


def test_pressed_twice_it_is_one_link_and_nothing_that_was_sent_ends(cast):
    cast.lou.open(f"/school/people/{cast.add('Ivy Invited').id}")
    path, values, _ = cast.lou.filled("Make a new invitation")
    first = link_on(cast.lou.send(path, values, token=False))
    assert link_on(cast.lou.send(path, values, token=False)) == first
    assert take(cast, first).is_at("/welcome")


def test_another_lead_is_not_shown_it_and_makes_a_new_one(cast, kit):
    older = link_on(add_ida(cast))
    address = f"/school/people/{cast.who('ida').id}/link"
    page = kit.open(address)
    assert page.status == 200 and link_on(page) is None and older.rpartition("/")[2] not in page.html
    assert "Lou Hartley made it on" in page.text and "only Lou Hartley can be shown it" in page.text
    newer = link_on(kit.press("Make a new invitation"))
    page = cast.lou.open(address)
    assert link_on(page) is None and "Kit Moran made it on" in page.text
    assert cast.browser().open(older).heading == "There is a newer link" and take(cast, newer).is_at("/welcome")


def test_two_leads_who_invite_at_once_are_told(cast, kit):
    ivy = cast.add("Ivy Invited")
    kit.open(f"/school/people/{ivy.id}")
    cast.lou.open(f"/school/people/{ivy.id}")
    link = link_on(cast.lou.press("Make a new invitation"))
    page = kit.press("Make a new invitation")
    assert "No link was made, since Lou Hartley made an invitation for Ivy" in page.text
    assert take(cast, link).is_at("/welcome")


def test_what_became_of_it_meanwhile_is_said(cast, kit):
    add_ida(cast)
    ida = cast.who("ida")
    address, now = f"/school/people/{ida.id}/link", datetime.now(UTC)
    with transaction(cast.records):
        people.update(cast.records, ida.id, email="i.brook@wrenfield.example", now=now)
    assert "The invitation from before has ended: Ida got another email" in cast.lou.open(address).text
    link = link_on(cast.lou.press("Make a new invitation"))
    with transaction(cast.records):
        past = moment_text(now - timedelta(minutes=1))
        cast.records.execute("update links set expires_at = ? where person = ?", [past, ida.id])
    assert "The invitation was over on" in cast.lou.open(address).text
    link = link_on(cast.lou.press("Make a new invitation"))
    take(cast, link)
    page = cast.lou.open(address)
    assert "Ida chose a password on" in page.text and "There is nothing to send" in page.text
    assert not page.has_button("Make a new invitation") and page.link("Open Ida’s page")


def test_somebody_who_ends_while_they_are_invited(cast, kit):
    add_ida(cast)
    ida = cast.who("ida")
    cast.lou.open(f"/school/people/{ida.id}")
    path, values, _ = cast.lou.filled("Make a new invitation")
    deeds.end(cast.records, ida.id, by=cast.who("kit").id, now=datetime.now(UTC), follower=None)
    page = cast.lou.open(f"/school/people/{ida.id}/link")
    assert "Ida Brook has left, and has no link that works" in page.text and not page.has_button("Make a new invitation")
    assert "Ida Brook has left, so no link was made" in cast.lou.send(path, values, token=False).text
    assert not cast.lou.open(LIST).has_link("Ida Brook")


@pytest.mark.parametrize("asked", ["", "?kind=reset", "?kind=first-run", "?kind=%00", "?kind=" + "x" * 7000])
def test_where_none_was_made_it_says_so_and_nobody_is_404(cast, asked):
    page = cast.lou.open(f"/school/people/{cast.add('Ivy Invited').id}/link{asked}")
    assert page.status == 200 and "for Ivy yet. Make one." in page.text
    assert cast.lou.open(f"/school/people/999999/link{asked}").status == 404
    assert cast.max.open(f"/school/people/{cast.who('tess').id}/link{asked}").status == 404


def test_two_links_for_one_person_are_both_shown(cast):
    tess = cast.who("tess").id
    for button in ("Make a new invitation", "Make a link for a new password"):
        cast.lou.open(f"/school/people/{tess}")
        cast.lou.press(button)
    page = cast.lou.open(f"/school/people/{tess}")
    shown = [each.get("href") for each in page.document.all("a") if each.text.startswith("Show the ")]
    assert shown == [f"/school/people/{tess}/link", f"/school/people/{tess}/link?kind=reset"]
    assert link_on(cast.lou.open(shown[0])) != link_on(cast.lou.open(shown[1]))


# Many


def add_many(cast, count, name="Teacher {:03}"):
    """In one change, as a file does."""
    now = datetime.now(UTC)
    with transaction(cast.records):
        for number in range(count):
            who = Details(f"t{number}@wrenfield.example", name.format(number), Role.TEACHER)
            people.put_new(cast.records, who, by=None, now=now)


def test_who_is_invited_is_listed_with_how_their_link_stands(cast, kit):
    page = cast.lou.open(LIST)
    assert "Nobody waits for a link" in page.text and not page.has_button("Make the links that are missing")
    add_ida(cast)
    ivy, uma, zoe = (cast.add(name).id for name in ("Ivy Invited", "Uma Roy", "Zoe Zest"))
    deeds.make_link(cast.records, ivy, LinkKind.INVITATION, by=cast.who("kit").id, now=datetime.now(UTC))
    deeds.make_link(cast.records, uma, LinkKind.INVITATION, by=None, now=datetime.now(UTC))
    text = cast.lou.open(LIST).text
    assert "4 people have not chosen a password yet. You have a link for 1, 2 have one that you can’t be shown and 1 has none" in text
    for words in ("by you, today", "by Kit Moran, today", "by somebody on the server, today"):
        assert words in text
    assert cast.lou.page.document.all("tbody")[0].all("tr")[3].text.endswith("none")
    assert not cast.lou.page.has_link("Tess Okafor"), "who has a password"
    assert zoe and cast.lou.open(f"{LIST}?search=zoe").has_link("Zoe Zest") and not cast.lou.page.has_link("Uma Roy")


def test_links_are_made_for_all_who_have_none_and_others_are_asked_about(cast, kit):
    add_many(cast, 3)
    cast.lou.open(LIST)
    page = cast.lou.press("Make the links that are missing")
    assert "3 invitations made, which work until" in page.text and "You have a link for each" in page.text
    mine = one_time_links.kept(cast.records, LinkKind.INVITATION, [cast.who("t0").id])
    cast.add("Zoe Zest")
    kit.open(LIST)
    page = kit.press("Make the links that are missing")
    assert page.heading == "Shall these links end?" and "3 people have a link that works" in page.text
    assert "made by Lou Hartley, today" in page.text
    page = kit.press("Make only what is missing")
    assert "1 invitation made" in page.text and "3 people keep the invitation that works" in page.text
    assert one_time_links.kept(cast.records, LinkKind.INVITATION, [cast.who("t0").id]) == mine
    kit.press("Make the links that are missing")
    cast.lou.open(f"/school/people/{cast.who('t1').id}")
    cast.lou.press("Make a new invitation")  # meanwhile, so Kit has not been told of it
    page = kit.press("Make new ones for these")
    assert "2 invitations made" in page.text and "2 earlier ones have ended" in page.text and "One person keeps" in page.text


@pytest.mark.parametrize("fields", [{}, {"others": "all"}, {"others": "end"}, {"others": "end", "saw": "-1"}])
def test_nothing_is_ended_by_a_form_that_names_no_page(cast, kit, fields):
    ivy = cast.add("Ivy Invited").id
    deeds.make_link(cast.records, ivy, LinkKind.INVITATION, by=cast.who("kit").id, now=datetime.now(UTC))
    before = one_time_links.kept(cast.records, LinkKind.INVITATION, [ivy])
    assert cast.lou.send(f"{LIST}/make", fields).status == 200
    assert one_time_links.kept(cast.records, LinkKind.INVITATION, [ivy]) == before


def test_only_those_who_are_listed_get_one(cast):
    add_many(cast, 3)
    cast.add("Zoe Zest")
    cast.lou.open(f"{LIST}?search=zest&show=today")
    page = cast.lou.press("Make the links that are missing")
    assert page.is_at(LIST) and "search=zest" in page.path and "1 invitation made" in page.text
    page = cast.lou.open(f"{LIST}?show=file")
    assert "3 people have not chosen a password yet. None has a link that works." in page.text
    assert "4 people" in cast.lou.open(f"{LIST}?show=nonsense").text


def test_slips_have_each_their_name_link_and_square(cast):
    names = ("Tess Okafor", "W" * 120, "Zoë <b>O’Neill</b>")
    for name in names:
        cast.lou.open("/school/people/add")
        cast.lou.press("Add and make the invitation", name=name, email=f"n{names.index(name)}@wrenfield.example")
    cast.lou.open(LIST)
    page = cast.lou.press("Print slips")
    slips = [each for each in page.main.all("li") if each.all("svg")]
    assert [slip.all("b")[0].text for slip in slips] == list(names) and "Zoë &lt;b&gt;" in page.html
    links = ["".join(each.text.split()) for slip in slips for each in slip.all("p") if each.get("class") == "code"]
    assert pictures(page) == links and len(set(links)) == 3
    for slip in slips:
        assert "Wrenfield School" in slip.text and "works once, until" in slip.text and len(slip.all("ol")[0].all("li")) == 3
    assert take(cast, urlsplit(links[0]).path).heading == "Hello, Tess"
    assert len([each for each in cast.lou.open(page.path).main.all("li") if each.all("svg")]) == 2, "used ones are gone"


def test_many_slips_are_printed_by_sheets_and_none_without_links(cast, kit):
    assert "A slip needs a link that you have made" in cast.lou.open(f"{LIST}/slips").text
    add_many(cast, 100)
    cast.lou.open(LIST)
    assert cast.lou.page.has_link("Teacher 049") and not cast.lou.page.has_link("Teacher 050")
    cast.lou.press("Make the links that are missing")
    first, second = cast.lou.open(f"{LIST}/slips"), cast.lou.open(f"{LIST}/slips?page=2")
    assert "Sheet 1 of 2, by name: 96 of 100 slips." in first.text and "Sheet 2 of 2, by name: 4 of 100 slips." in second.text
    counts = [sum(each.get("class") == "qr" for each in page.document.all("svg")) for page in (first, second)]
    assert counts == [96, 4] and len(first.body) < 400_000
    assert cast.lou.open(f"{LIST}/slips?page=99").text == second.text
    assert "No slips yet" in kit.open(f"{LIST}/slips").text, "nobody else’s"


def test_the_sheet_of_links_opens_in_a_spreadsheet_and_runs_nothing(cast, kit):
    add_ida(cast)
    cast.lou.open("/school/people/add")
    cast.lou.press("Add and make the invitation", name="=HYPERLINK(1)A", email="a@wrenfield.example")
    cast.lou.open(LIST)
    sheet = cast.lou.press("Download the links")
    assert sheet.html.startswith("\ufeffname,email,link,until\r\n") and "attachment" in sheet.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(sheet.html.removeprefix("\ufeff"))))
    assert [each["name"] for each in rows] == ["'=HYPERLINK(1)A", "Ida Brook"] and rows[1]["email"] == email_of("ida")
    expires = datetime.now(UTC) + timedelta(days=14)
    assert abs(datetime.fromisoformat(rows[1]["until"]).replace(tzinfo=UTC) - expires) < timedelta(hours=2)
    assert take(cast, urlsplit(rows[1]["link"]).path).heading == "Hello, Ida"
    assert list(csv.DictReader(io.StringIO(kit.open(f"{LIST}.csv").html))) == []
