"""A mentor signs off what a teacher has completed; a lead corrects an entry, which stays readable, and its owner is told."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people import deputies, people
from induction.records.progress import completions, corrections, sign_offs
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules.corrections import Kind
from induction.web.parts import corrections as parts
from tests.pages.test_days_here import NOW, TODAY
from tests.walking import walk

SHORT, LESSON = "boundaries-in-ten-minutes", "the-essentials"
TITLE = "Boundaries online in ten minutes"


@pytest.fixture
def done(cast):
    """Tess is given the short course, and has completed it."""
    with transaction(cast.records):
        people.update(cast.records, cast.who("tess").id, course=SHORT, now=NOW)
    walk(cast, "tess", LESSON, course=SHORT)
    return cast


def entry(cast, kind=Kind.COMPLETION, place=0):
    found = completions.of_person(cast.records, cast.who("tess").id) if kind is Kind.COMPLETION else sign_offs.of_person(
        cast.records, cast.who("tess").id
    )
    return f"/school/people/{cast.who('tess').id}/corrections/{kind}/{found[place].id}"


def teacher(cast, who="tess"):
    return f"/mentor/{cast.who(who).id}"


def strike(cast, why="Sam sat in for her.", rightly="Sam Price", **changed):
    cast.lou.open(entry(cast, **changed))
    return cast.lou.press("Keep the correction", counts="no", why=why, rightly=rightly)


def test_a_mentor_signs_off_what_was_completed_and_everybody_concerned_reads_it(done):
    assert "Waiting for your sign-off" in done.max.open("/mentor/").text
    page = done.lou.open("/school/people?show=to-sign-off")
    assert "1 person completed a course in the last three months, and nobody has signed it off." in page.text
    page = done.max.open(teacher(done))
    assert "It is no statement about Tess’s conduct" in page.text and TITLE in page.text
    page = done.max.press("Sign it off", name="")
    assert page.status == 200 and "Type your name, as a signature." in page.text and "Not signed off yet" in page.text
    page = done.max.press("Sign it off", name="M. Adeyemi")
    assert "Signed off. Tess can read it under My record." in page.text and not page.has_button("Sign it off")
    words = "igned off by Max Adeyemi on "
    assert "waiting for your sign-off" not in done.max.open("/mentor/").text.lower()
    assert "Nobody who completed a course" in done.lou.open("/school/people?show=to-sign-off").text
    as_lead = f"/school/people/{done.who('tess').id}"
    for browser, path in ((done.max, teacher(done)), (done.tess, "/"), (done.tess, "/record"), (done.lou, as_lead)):
        page = browser.open(path)
        assert words in page.text and "(signed as M. Adeyemi)" in page.text, path
    assert "no statement about your conduct" in done.tess.open("/record").text


def test_pressed_twice_it_is_one_sign_off(done):
    done.max.open(teacher(done))
    sent = {"completion": str(completions.of_person(done.records, done.who("tess").id)[1].id), "name": "Max"}
    assert "Signed off." in done.max.send(f"{teacher(done)}/sign-off", sent).text
    assert "That is how it stands already." in done.max.send(f"{teacher(done)}/sign-off", sent).text
    assert len(sign_offs.of_person(done.records, done.who("tess").id)) == 1


def test_nobody_else_signs_off_and_a_deputy_and_a_lead_do(done):
    sent = {"completion": str(completions.of_person(done.records, done.who("tess").id)[1].id), "name": "Somebody"}
    done.nia.open("/mentor/")
    assert done.nia.send(f"{teacher(done)}/sign-off", sent).status == 404
    done.tess.open("/")
    assert done.tess.send(f"{teacher(done)}/sign-off", sent).status == 404
    with transaction(done.records):
        deputies.say(done.records, done.who("max").id, done.who("nia").id, begins=TODAY, ends=None, by=done.who("lou").id, now=NOW)
    assert "Waiting for your sign-off" in done.nia.open("/mentor/").text
    assert "Signed off." in done.nia.send(f"{teacher(done)}/sign-off", sent).text
    done.lou.open(teacher(done))
    assert "Signed off." in done.lou.send(f"{teacher(done)}/sign-off", sent).text
    for completion in ("99", "0", "", "x" * 5000):
        assert done.lou.send(f"{teacher(done)}/sign-off", sent | {"completion": completion}).status == 200
    assert [each.by_name for each in sign_offs.of_person(done.records, done.who("tess").id)] == ["Nia Évans", "Lou Hartley"]


def test_a_lead_does_not_sign_off_their_own(cast):
    walk(cast, "lou", LESSON, course=SHORT)
    own = completions.of_person(cast.records, cast.who("lou").id)[1]
    page = cast.lou.open(teacher(cast, "lou"))
    assert not page.has_button("Sign it off")
    page = cast.lou.send(f"{teacher(cast, 'lou')}/sign-off", {"completion": str(own.id), "name": "Lou"})
    assert "Nothing was signed off" in page.text and sign_offs.of_person(cast.records, cast.who("lou").id) == []


def test_what_does_not_count_is_struck_through_and_asked_again_and_its_owner_is_told(done):
    assert done.tess.open("/").heading == "You have finished"
    assert done.lou.open(f"/school/people/{done.who('tess').id}").has_link("Correct what Tess has completed or signed")
    page = done.lou.open(f"/school/people/{done.who('tess').id}/corrections")
    assert page.heading == "Corrections" and "passed on" in page.text
    page = done.lou.open(entry(done))
    assert f"With it goes the completion of “{TITLE}”, which rests on it." in page.text
    page = strike(done)
    assert f"It does not count any more, nor does “{TITLE}”. It stays on record, struck through." in page.text
    assert "does not count" in page.text and "Sam sat in for her. Right is: Sam Price." in page.text
    home = done.tess.open("/")
    assert home.heading == "Hello, Tess" and "Lou Hartley corrected your record on" in home.text
    assert "does not count any more. Sam sat in for her. Right is: Sam Price. If that is not right, talk to Lou Hartley." in home.text
    record = done.tess.open("/record").text
    assert "does not count" in record and record.count("Sam sat in for her.") == 2, "of the lesson, and of the course"
    assert "it goes with what it belongs to, and does not count. Sam sat in for her." in record
    assert "waiting for your sign-off" not in done.max.open("/mentor/").text.lower()
    walk(done, "tess", LESSON, course=SHORT)
    assert done.tess.open("/").heading == "You have finished"
    assert "said that an entry of Tess Okafor does not count: “" in done.lou.open("/school/acts").text


def test_it_counts_after_all(done):
    strike(done)
    page = done.lou.open(entry(done, place=1))
    assert "It does not count because of another entry." in page.text and "It counts after all" not in page.text
    done.lou.open(entry(done))
    page = done.lou.press("Keep the correction", counts="yes", why="It was her.")
    assert f"It counts after all, and so does “{TITLE}”." in page.text
    assert done.tess.open("/").heading == "You have finished" and "counts after all. It was her." in done.tess.page.text


def test_a_note_stands_beside_and_needs_what_is_right(done):
    done.lou.open(entry(done))
    page = done.lou.press("Keep the correction", why="")
    assert page.status == 200 and "Write why." in page.text and "Choose one of these." in page.text
    page = done.lou.press("Keep the correction", counts="note", why="The clock was wrong.")
    assert "Write what is right." in page.text and page.field("why").text == "The clock was wrong."
    page = done.lou.press("Keep the correction", counts="note", why="The clock was wrong.", rightly="It was the day before.")
    assert "The note stands beside the entry." in page.text
    assert done.tess.open("/").heading == "You have finished"
    assert "a note beside it. The clock was wrong. Right is: It was the day before." in done.tess.open("/record").text


def test_home_tells_it_for_two_weeks_and_the_record_always(done):
    strike(done)
    kept = completions.of_person(done.records, done.who("tess").id)[0].id
    assert corrections.since(done.records, done.who("tess").id, NOW - parts.TOLD_FOR)
    assert corrections.since(done.records, done.who("tess").id, datetime.now(UTC) + timedelta(minutes=5)) == []
    assert corrections.of_person(done.records, done.who("tess").id)[Kind.COMPLETION, kept]


def test_two_leads_at_once_and_a_stale_page(done):
    done.add("Kit Moran", "lead")
    kit = done.sign_in_new("kit")
    address = entry(done)
    kit.open(address)
    done.lou.open(address)
    done.lou.press("Keep the correction", counts="no", why="Not hers.")
    page = kit.press("Keep the correction", counts="no", why="I saw Sam.")
    assert page.status == 200 and "Lou Hartley corrected this entry after you had opened the page." in page.text
    assert page.field("why").text == "I saw Sam." and "Not hers." in page.text
    page = kit.press("Keep the correction", counts="note", rightly="Sam")
    assert "The note stands beside the entry." in page.text
    sent = {"saw": "0", "counts": "no", "why": "Not hers.", "rightly": ""}
    assert "corrected this entry after" in done.lou.send(address, sent).text
    assert len(corrections.of(done.records, Kind.COMPLETION, int(address.rpartition("/")[2]))) == 2


def test_pressed_twice_it_is_one_correction(done):
    address = entry(done)
    done.lou.open(address)
    sent = {"saw": "0", "counts": "no", "why": "Not hers.", "rightly": ""}
    assert "It does not count any more" in done.lou.send(address, sent).text
    assert "That is how it stands already." in done.lou.send(address, sent).text
    assert len(corrections.of(done.records, Kind.COMPLETION, int(address.rpartition("/")[2]))) == 1


def test_a_lead_does_not_correct_their_own_and_nobody_else_corrects(done):
    walk(done, "lou", LESSON, course=SHORT)
    lou, tess = done.who("lou"), done.who("tess")
    own = completions.of_person(done.records, lou.id)[0].id
    page = done.lou.open(f"/school/people/{lou.id}/corrections")
    assert "This is your own record." in page.text and not page.has_link("Correct this")
    theirs = completions.of_person(done.records, tess.id)[0].id
    for path in (f"{lou.id}/corrections/completion/{own}", f"{lou.id}/corrections/completion/{theirs}",
                 f"{tess.id}/corrections/attempt/1", f"{tess.id}/corrections/acknowledgement/1"):
        assert done.lou.open(f"/school/people/{path}").status == 404, path
    for browser in (done.tess, done.max):
        assert browser.open(entry(done)).status == 404
    assert corrections.of_person(done.records, lou.id) == {}


def test_a_sign_off_that_does_not_count_is_waited_for_again(done):
    done.max.open(teacher(done))
    done.max.press("Sign it off", name="Max Adeyemi")
    page = done.lou.open(entry(done, Kind.SIGN_OFF))
    assert "the course waits for a sign-off again" in page.text
    strike(done, kind=Kind.SIGN_OFF, why="They have not talked yet.", rightly="")
    assert "Waiting for your sign-off" in done.max.open("/mentor/").text
    assert "Signed off by Max Adeyemi" not in done.tess.open("/").text
    assert "They have not talked yet." in done.tess.open("/record").text and done.tess.open("/").heading == "You have finished"


def test_who_is_renamed_stands_under_the_name_of_that_day(done):
    done.max.open(teacher(done))
    done.max.press("Sign it off", name="Max Adeyemi")
    strike(done)
    with transaction(done.records):
        later = done.records.value("select max(at) from corrections")
        assert later < moment_text(NOW + timedelta(hours=1))
        for who, name in (("max", "Max Bell"), ("lou", "Lou Hart")):
            people.update(done.records, done.who(who).id, name=name, now=NOW + timedelta(hours=1))
    record = done.tess.open("/record").text
    assert "signed off by Max Adeyemi" in record.lower().replace("max adeyemi", "Max Adeyemi")
    assert "Lou Hartley, " in record and "Lou Hart," not in record
    assert "Lou Hartley corrected your record" in done.tess.open("/").text
