"""Whom staff read of, in each nation, before and after the school has said more."""

from pathlib import Path

import pytest

from induction.content import school_words
from induction.content.editions.fill import says
from induction.content.markdown import gaps
from induction.content.model import NATIONS, School, Stance
from induction.content.reading import library
from induction.content.school_words import SCHOOL_WORDS, SERVICES, UNTOLD, school_word

ROOT = Path(__file__).parents[2]
BOARD = "the head's line manager in the council's education service, or the chair of the board in an independent school"
UNTIL = {  # what stands in: the head, concerns about the head, out of hours, social care
    "england": ("the headteacher", "the chair of governors", "the council's emergency duty team", "children's social care"),
    "wales": ("the headteacher", "the chair of governors", "the council's emergency duty team", "children's services"),
    "scotland": ("the headteacher", BOARD, "social work out of hours", "social work"),
    "northern-ireland": (
        "the principal", "the chair of the Board of Governors", "the Regional Emergency Social Work Service", "the Gateway team",
    ),
}  # fmt: skip
NUMBERS = {service.phone: f"01632 96015{number}" for number, service in enumerate(SERVICES)}


@pytest.fixture(scope="module")
def shipped():
    return library.read(ROOT, None).library


@pytest.mark.parametrize("nation", NATIONS)
def test_what_stands_in_is_the_nations(shipped, nation):
    head, chair, out_of_hours, social_care = UNTIL[nation]
    found = {word: school_word(word, School("W", nation), shipped) for word in SCHOOL_WORDS}
    assert found["headteacher"] == found["concerns about adults"] == head
    assert found["chair of governors"] == found["concerns about the head"] == chair
    assert found["out of hours"] == found["social care out of hours"]
    assert found["out of hours"].startswith(f"{out_of_hours} (the number is on the ") and found["out of hours"].endswith(" website)")
    assert found["social care"].startswith(f"{social_care} (the number is on the ")
    assert not any("{" in words or not words for words in found.values())


@pytest.mark.parametrize("nation", NATIONS)
def test_a_service_is_named_with_the_number_that_the_school_gives(shipped, nation):
    school = School("W", nation, words=NUMBERS)
    _, _, out_of_hours, social_care = UNTIL[nation]
    assert school_word("social care", school, shipped) == f"{social_care} on 01632 960150"
    assert school_word("out of hours", school, shipped) == f"{out_of_hours} on 01632 960151"
    body = shipped.nations[nation]["adult concerns contact"]
    assert school_word("adult concerns number", school, shipped) == f"{body} on 01632 960152"


@pytest.mark.parametrize("nation", NATIONS)
def test_what_the_school_says_wins_in_every_nation(shipped, nation):
    school = School("W", nation, words={"chair of governors": "Owen Clarke", "out of hours": "Ada on 01632 960145", **NUMBERS})
    assert school_word("concerns about the head", school, shipped) == "Owen Clarke"
    assert school_word("out of hours", school, shipped) == "Ada on 01632 960145"


@pytest.mark.parametrize(
    "who, number, said",
    [
        ("Ada Reid", "01632 960145", "Ada Reid on 01632 960145"),
        ("Ada Reid", "", "Ada Reid"),
        ("Ada Reid on 01632 960145", "", "Ada Reid on 01632 960145"),  # as schools wrote it before the number had its own place
        ("Ada Reid on 01632 960145", "01632960145", "Ada Reid on 01632 960145"),
        ("01632 960145", "01632 960145", "01632 960145"),
        ("Ada Reid", "see the rota", "Ada Reid on see the rota"),
        ("Ada Reid on 07700 900123", "01632 960145", "Ada Reid on 07700 900123 on 01632 960145"),
    ],
)
def test_out_of_hours_is_named_with_its_number_once(shipped, who, number, said):
    school = School("W", words={"out of hours": who, "out of hours phone": number})
    assert school_word("out of hours", school, shipped) == said


def test_a_number_out_of_hours_belongs_to_whom_the_school_names(shipped):
    """Where it names nobody the council's team stands in, with its own number."""
    school = School("W", words={"out of hours phone": "01632 960145", **NUMBERS})
    assert school_word("out of hours", school, shipped) == "the council's emergency duty team on 01632 960151"


def test_every_nation_has_each_word_that_stands_in(shipped):
    assert all(UNTOLD.keys() <= shipped.nations[nation].keys() for nation in NATIONS)


def test_a_label_begins_a_line(shipped):
    assert school_words.label("social care", School("W", "northern-ireland"), shipped) == "Gateway team"
    assert school_words.label("social care", School("W", "wales"), shipped) == "Children's services"


def test_a_text_without_nations_reads_well_too(folder):
    folder.write("courses/nations.yml", "")
    known = folder.read().library
    assert school_word("social care", School("W"), known) == "children's social care (the number is on the council's website)"
    assert school_word("concerns about the head", School("W"), known) == "the chair of governors"


def test_what_a_stance_says_is_in_the_nations_words(shipped):
    stance = shipped.facets["outside-work"].cautious
    assert says(stance, School("W", "wales"), shipped).startswith("Staff ask the head before")
    assert says(stance, School("W", "northern-ireland"), shipped).startswith("Staff ask the principal before")
    assert not any("{" in says(each, School("W"), shipped) for facet in shipped.facets.values() for each in facet.stances)


@pytest.mark.parametrize("braces", ["{{nation:head}}", "{{ nation:head }}", "{{  nation:  head  }}"])
def test_a_nations_word_in_a_stance_may_have_any_blanks(shipped, braces):
    assert says(Stance("ask", "Ask", f"Ask the {braces}."), School("W", "northern-ireland"), shipped) == "Ask the principal."


def test_a_stance_that_names_no_word_of_a_nation_is_an_error(folder):
    folder.write("courses/policy.yml", 'pets:\n  ask: Pets?\n  why: They bite.\n  stances:\n    none:\n      label: No\n      says: "No {{ nation: pest }}."\n')
    [said] = [line for line in folder.said() if "policy.yml" in line]
    assert said.startswith('courses/policy.yml:1: "none" names an unknown word of a nation, "pest"; ')


@pytest.mark.parametrize("name", [
    "head of nothing", "nation: head", "fact posh-phone", "checked posh-phone", "stance: gaming", "contact hours",
    "hours: contact-hours end + 30",
])  # fmt: skip
def test_words_in_braces_are_told_as_they_are_written(shipped, name):
    """So that whoever is told to write an option's equal can copy it."""
    assert gaps.written(gaps.gap(name, shipped)) == f"{{{{ {name} }}}}"


def test_a_helpline_that_is_a_service_of_the_district_is_called_as_that_is(shipped):
    """Help leaves out such a helpline where the school has written the service's number, and knows it by its name."""
    helpline = shipped.facts["emergency-social-work-phone"].what.partition(", ")[0]
    assert helpline == school_words.label("social care out of hours", School("W", "northern-ireland"), shipped)
