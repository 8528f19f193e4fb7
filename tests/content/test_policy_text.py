"""The policy's text: put together, opened again as it was, and compared section by section."""

from dataclasses import replace

import pytest

from induction.content.editions import policy_document
from induction.content.editions.policy_document import changes, headings, open_policy, own_problems, policy_edition
from induction.content.model import Choice, OwnWords, School
from induction.content.reading import library
from induction.settings import HOME
from tests.choices import chosen

LIBRARY = library.read(HOME, None).library
SCHOOL = School("Wrenfield School", words={"headteacher": "Helen Marsh"}, choices=chosen({"pupil-contact": "school-platforms"}))


NONE = OwnWords()


def opened(own=NONE, school=SCHOOL):
    return open_policy(policy_edition(own, LIBRARY, school).text)


def words(document):
    return " ".join(section.html for section in document.sections)


def test_what_is_chosen_is_said_and_what_is_not_is_never_called_policy():
    said = words(opened())
    assert LIBRARY.facets["pupil-contact"].stance("school-platforms").says.replace("'", "&#x27;") in said
    undecided = [facet for facet in LIBRARY.facets if facet != "pupil-contact"]
    assert said.count("Until Wrenfield School decides, the cautious rule applies") == len(undecided)


def test_it_holds_all_that_a_sound_policy_says():
    titles = {section.id for section in opened().sections}
    assert {
        "whom-it-covers", "pupils", "danger", "live", "telephones", "accounts", "photos", "former-pupils", "parents", "staff",
        "games", "ai", "you-online", "target", "telling", "monitoring", "not-kept", "review",
    } <= titles


def test_the_same_words_are_the_same_version_and_a_name_makes_another():
    one, two = policy_edition(OwnWords(), LIBRARY, SCHOOL), policy_edition(OwnWords(), LIBRARY, SCHOOL)
    other = School(SCHOOL.name, words={"headteacher": "Una Price"}, choices=SCHOOL.choices)
    assert one.sha256 == two.sha256 != policy_edition(OwnWords(), LIBRARY, other).sha256


def test_own_words_without_a_heading_get_one():
    document = opened(OwnWords(words="Bicycles are walked."))
    assert (document.sections[-1].title, document.sections[-1].html) == ("Also at Wrenfield School", "<p>Bicycles are walked.</p>\n")


def test_own_words_alone_are_followed_by_what_they_do_not_speak_of():
    own = OwnWords(True, "## Contact\n\nNever.\n\n## Games\n\n{{ stance: gaming }}", {"pupil-contact": "contact"})
    document = opened(own)
    assert [section.title for section in document.sections] == ["Contact", "Games", "What the school has also decided"]
    assert document.sections[0].facets == ("pupil-contact",)
    rest = document.sections[-1].html
    assert rest.count("<li>") == len(LIBRARY.facets) - 2
    assert LIBRARY.facets["pupil-contact"].ask not in rest and LIBRARY.facets["gaming"].ask not in rest
    assert document.own == own


def test_every_stance_is_kept_with_the_words_whatever_the_text_names():
    assert set(opened(OwnWords(True, "Be kind.")).stances) == set(LIBRARY.facets)


def test_headings_of_one_name_are_told_apart():
    assert headings(OwnWords(True, "## Photos\n\nA.\n\n## Photos\n\nB.\n\n## {{ school }} & we {#us}\n\nC."), LIBRARY)[:2] == [
        ("photos", "Photos"), ("photos-again", "Photos")
    ]
    assert headings(OwnWords(True, "## {{ school }} & we {#us}"), LIBRARY)[0][0] == "us"


@pytest.mark.parametrize(
    ("own", "line", "said"),
    [
        ("[x](javascript:1)", 1, "javascript"),
        ("Hi.\n\n{{ fax }}", 3, "unknown word in braces"),
        ("Hi.\n\n# Big", 3, "second and third level"),
        ("## A {#a}\n\n## B {#a}", 3, "is on line 1 too"),
        ("/// policy | fax: none\n///", 1, "fax"),
        ("[" * 5000, 1, ""),
    ],
)
def test_what_is_wrong_is_said_by_line(own, line, said):
    found = own_problems(OwnWords(True, own), LIBRARY)
    assert found and found[0].line == line and said in found[0].message
    assert len(found) <= 21


def test_a_heading_that_the_sites_text_has_too_is_told_apart_from_it():
    first = opened().sections[1]
    own = OwnWords(False, f"## {first.title}\n\nOurs.")
    [(name, title)] = headings(own, LIBRARY)
    assert (name, title) == (f"{first.id}-again", first.title)
    document = opened(OwnWords(False, own.words, {"pupil-contact": name}))
    assert [section.html for section in document.sections if section.facets] == ["<p>Ours.</p>\n"]


@pytest.mark.parametrize("only", [False, True])
def test_words_that_fit_alone_but_not_with_what_the_site_adds_are_refused(only):
    own = OwnWords(only, "## A\n\n" + "\n\n".join(["*a* " * 10] * 399) + "\n")
    [problem] = own_problems(own, LIBRARY)
    assert "With what the site adds to it" in problem.message


def test_a_block_on_the_policy_does_not_name_the_version_that_it_is_part_of():
    own = OwnWords(words="## Ours\n\n/// policy | pupil-contact: school-platforms\nWe use them.\n///")
    first, next_year = (opened(own, replace(SCHOOL, policy_version=number)) for number in (1, 2))
    assert "We use them." in words(first) and changes(first, next_year) == []


def test_changes_name_what_is_new_other_and_gone():
    before = opened(OwnWords(True, "## A\n\nOne.\n\n## B\n\nTwo.\n\n## C\n\nThree."))
    after = opened(OwnWords(True, "## A\n\nOne.\n\n## B\n\nTwo and a half.\n\n## D\n\nFour."))
    assert [(each.title, each.before, each.after) for each in changes(before, after)] == [
        ("B", "<p>Two.</p>\n", "<p>Two and a half.</p>\n"),
        ("D", None, "<p>Four.</p>\n"),
        ("C", "<p>Three.</p>\n", None),
    ]
    assert changes(after, after) == []


def test_a_text_of_shipped_words_reads_well_under_every_stance():
    for facet in LIBRARY.facets.values():
        for stance in facet.stances:
            said = words(opened(school=School("Wrenfield School", choices=chosen({facet.name: stance.name}))))
            assert "{{" not in said and "  " not in said.replace("\n", "")


def test_words_beside_an_answer_are_of_that_answer_alone():
    until = LIBRARY.facets["contact-hours"].stance("agreed-hours").fill.until
    ours, others = (Choice("contact-hours", stance, "7.30am to 4pm") for stance in ("agreed-hours", "until-six"))
    text = OwnWords(True, "## Hours\n\n{{ contact hours }}")
    assert "7.30am to 4pm" in words(opened(text, School("Wrenfield School", choices={"contact-hours": ours})))
    said = words(opened(text, School("Wrenfield School", choices={"contact-hours": others})))
    assert "7.30am to 4pm" not in said and until in said


def test_an_empty_site_text_leaves_ones_own():
    bare = policy_document.source(OwnWords(words="## Ours\n\nBe kind."), library.Library({}, {}, {}, {}))
    assert bare.strip() == "## Ours\n\nBe kind."
