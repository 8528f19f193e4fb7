"""My teachers and one teacher: what to talk about, whom to write to, and a conversation kept."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from tests.walking import walk

THEMES = "What you talked about"


def letters(page):
    return [each for each in page.main.all("a") if each.get("href").startswith("mailto:")]


def body(link):
    return parse_qs(urlsplit(link.get("href")).query)["body"][0]


def late(cast, name, days=2):
    return cast.add(name, mentor="max", due=datetime.now(UTC).date() - timedelta(days=days))


def test_a_mentor_writes_to_a_teacher_from_the_list_and_from_their_page(cast):
    for page in (cast.max.open("/mentor/"), cast.max.open(f"/mentor/{cast.who('tess').id}")):
        [link] = [each for each in letters(page) if each.text == "Write to Tess"]
        assert urlsplit(link.get("href")).path == cast.who("tess").email
        assert "11 lessons are left" in body(link) and body(link).rstrip().endswith("Max Adeyemi")


def test_nobody_writes_of_nothing(cast):
    for lesson in cast.programme.library.courses["professional-boundaries-online"].lessons:
        walk(cast, "tess", lesson.slug)
    assert letters(cast.max.open(f"/mentor/{cast.who('tess').id}")) == []


def test_whoever_never_opened_the_invitation_is_written_of_that(cast):
    person = late(cast, "Ivy Invited")
    [link] = letters(cast.max.open(f"/mentor/{person.id}"))
    assert "personal link" in body(link)


def test_all_who_are_late_get_one_letter_in_blind_copy(cast):
    late(cast, "Ivy Adams")
    late(cast, "Uma Cole")
    cast.sign_in_new("ivy")
    assert "Write to the" not in cast.max.open("/mentor/").text, "one of the two has not opened the invitation"
    late(cast, "Oli Brown", 3)
    cast.sign_in_new("oli")
    page = cast.max.open("/mentor/")
    [link] = [each for each in letters(page) if each.text == "Write to the 2 who are past their date"]
    found = urlsplit(link.get("href"))
    assert found.path == "" and len(parse_qs(found.query)["bcc"][0].split(",")) == 2


def test_a_mentor_is_told_of_their_own_induction_in_a_line_while_it_is_not_done(cast):
    page = cast.max.open("/")
    assert page.has_link("Your own induction") and "11 lessons are left" in page.text
    for lesson in cast.programme.library.courses["professional-boundaries-online"].lessons:
        walk(cast, "max", lesson.slug)
    assert not cast.max.open("/").has_link("Your own induction")
    assert not cast.lou.open("/mentor/").has_link("Your own induction"), "a lead finds it under their name"


def test_the_form_begins_with_today_and_the_themes_that_the_tries_suggest(cast):
    walk(cast, "tess", "friend-requests", wisely=False)
    page = cast.max.open(f"/mentor/{cast.who('tess').id}")
    assert page.text.index("What to talk about") < page.text.index("Progress") < page.text.index("Record a conversation")
    assert page.field("held_on").get("value") == datetime.now(UTC).strftime("%d/%m/%Y")
    [fieldset] = [each for each in page.main.all("fieldset") if THEMES in each.text]
    [folded] = fieldset.all("details")
    shown = [each.get("value") for each in fieldset.all("input")]
    hidden = {each.get("value") for each in folded.all("input")}
    assert "friend-requests" in shown[: len(shown) - len(hidden)] and "friend-requests" not in hidden and hidden
    assert not any("checked" in each.attrs for each in fieldset.all("input")), "what was talked about is for them to say"


def test_themes_that_are_folded_in_stand_open_once_one_of_them_is_ticked(cast):
    walk(cast, "tess", "friend-requests", wisely=False)
    path = f"/mentor/{cast.who('tess').id}"
    cast.max.open(path)
    page = cast.max.press("Save the conversation", held_on="31/12/2099", themes=["reputation"])
    [folded] = [each for each in page.main.all("fieldset") if THEMES in each.text][0].all("details")
    assert "open" in folded.attrs and page.problems


def test_no_hour_of_what_a_teacher_did_stands_on_their_page(cast):
    walk(cast, "tess", "friend-requests")
    text = cast.max.open(f"/mentor/{cast.who('tess').id}").text
    assert " am" not in text and " pm" not in text and "Last here today" in text
