"""The pages of the inspection pack: asked for by a button, followed by a link, handed out with an act."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

from induction.records.school import packs as records
from induction.rules.roles import Role
from induction.serving import pack_maker
from tests import compiled, pdf
from tests.services import test_packs as short

PAGE = "/school/evidence/pack"


def make(cast, stopping=lambda: False):
    """What the caretaker does every two seconds."""
    compiled.give(cast.data)
    pack_maker.make_what_is_asked_for(cast.site, lambda: datetime.now(UTC), stopping)


def test_from_the_button_to_the_file(cast):
    page = cast.lou.open(PAGE)
    assert "Made lately" not in page.text
    page = cast.lou.open("/school/evidence")
    page = cast.lou.press("Make the pack")
    assert page.is_at(PAGE) and "Being made, 1 of 4: Reading the records." in page.text and page.has_link("Look again")
    assert "Asked for by Lou Hartley at" in page.text
    make(cast, stopping=lambda: True)  # a server that stops leaves it to be made once it starts again
    assert list((cast.data / "packs").iterdir()) == [] and "Being made" in cast.lou.open(PAGE).text
    make(cast)
    page = cast.lou.open(PAGE)
    assert "Being made" not in page.text and "Kept until" in page.text
    assert cast.lou.client.head(f"{PAGE}/1.zip").status_code == 200
    assert "downloaded the inspection pack" not in cast.lou.open("/school/acts").text
    cast.lou.open(PAGE)
    answer = cast.lou.press("Download the pack of the whole school, as at today")
    assert answer.headers["Content-Type"] == "application/zip" and "no-store" in answer.headers["Cache-Control"]
    assert f'filename="inspection-pack-{date.today()}.zip"' in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.body)) as pack:
        [document] = [pack.read(each) for each in pack.namelist() if each.endswith(".pdf")]
    assert "for Lou Hartley" in pdf.text(document) and "5 people were here" in pdf.text(document)
    assert "downloaded the inspection pack as at" in cast.lou.open("/school/acts").text
    [file] = [each for each in (cast.data / "packs").iterdir() if not each.name.startswith(".")]
    assert file.stat().st_mode & 0o777 == 0o600 and (cast.data / "packs").stat().st_mode & 0o777 == 0o700


def test_a_second_lead_is_told_and_sees_the_first_ones(cast):
    cast.add("Kit Moran", Role.LEAD)
    kit = cast.sign_in_new("kit")
    cast.lou.open(PAGE)
    cast.lou.press("Make the pack")
    kit.open(PAGE)
    page = kit.press("Make the pack", day=f"{date.today() - timedelta(days=3):%d/%m/%Y}")
    assert page.problems == ["A pack is being made for Lou Hartley at the moment. Ask again when it is done."]
    page = kit.press("Make the pack", day=f"{date.today():%d/%m/%Y}")
    assert page.is_at(PAGE) and page.text.count("Being made") == 1, "the same one"


def test_what_is_typed_wrong_comes_back(cast):
    cast.lou.open(PAGE)
    page = cast.lou.press("Make the pack", day="the other day")
    assert page.problems and page.field("day").get("value") == "the other day"
    page = cast.lou.press("Make the pack", day=f"{date.today() + timedelta(days=3):%d/%m/%Y}")
    assert page.problems == ["That day is still to come. Write today’s date, or an earlier one."]
    assert records.listing(cast.records) == []


def test_a_day_before_they_were_here_is_said_beside_the_field(cast):
    cast.lou.open(f"/school/people/{cast.who('tess').id}/pack")
    page = cast.lou.press("Make the pack", day=f"{date.today() - timedelta(days=400):%d/%m/%Y}")
    assert page.problems == ["They were not known here by then. Write a later day."] and records.listing(cast.records) == []


def test_of_one_person_from_their_page(cast):
    tess, ana = (cast.who(each).id for each in ("tess", "ana"))
    cast.lou.open(f"/school/people/{tess}")
    page = cast.lou.press("an inspection pack of Tess")
    assert page.heading == "Inspection pack of Tess Okafor" and page.has_link("Tess Okafor")
    page = cast.lou.press("Make the pack")
    assert page.is_at(PAGE) and "Tess Okafor, as at today" in page.text
    (cast.data / "packs").mkdir()
    assert short.make(cast.records, cast.data / "packs", 1, now=datetime.now(UTC))
    cast.lou.open(PAGE)
    assert cast.lou.press("Download the pack of Tess Okafor, as at today").body == b"PK pack"
    assert "of Tess Okafor" in cast.lou.open("/school/acts").text
    cast.lou.open(f"/school/people/{ana}")
    assert cast.lou.press("An inspection pack of Ana").status == 200, "who has left has a record"
    for browser in (cast.tess, cast.max):
        assert browser.open(f"/school/people/{tess}/pack").status == browser.open(PAGE).status == 404
    assert cast.lou.open("/school/people/99/pack").status == 404


def test_one_that_could_not_be_made_says_so(cast):
    cast.lou.open(PAGE)
    cast.lou.press("Make the pack")
    (cast.data / "packs").write_text("in the way")
    make(cast)
    page = cast.lou.open(PAGE)
    assert "It could not be kept" in page.text and not page.has_link("Look again")


def test_one_that_is_gone_is_said_to_be(cast):
    page = cast.lou.open(f"{PAGE}/99.zip")
    assert page.is_at(PAGE) and "That pack is not here any more." in page.document.text
