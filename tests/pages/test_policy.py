"""The school's policy: drafted, looked at, published, acknowledged; and how lessons and judgements follow it."""

import csv
import hashlib
import io
import re
from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.content.editions import quiz_edition
from induction.content.model import Choice, OwnWords
from induction.records.policy import acknowledgements, draft, versions
from induction.records.store.database import transaction
from induction.rules import reversals
from induction.rules.roles import Role
from induction.services import policy_words
from tests.cast import COURSE
from tests.choices import chosen
from tests.walking import answer, walk

HOME = "/school/policy"
READ = "I have read and understood it"


def put_in_draft(cast, facet="pupil-contact", stance="school-platforms", browser=None, words=""):
    """Save a stance, and what is written beside it, into the draft, as a lead does on the page."""
    browser = browser or cast.lou
    path = f"{HOME}/choices/{facet}"
    inputs = browser.open(path).document.all("input")
    saw = {each.get("name"): each.get("value") for each in inputs if each.get("name") == "saw"}
    return browser.send(path, {**saw, "stance": stance, f"words_{stance}": words, "then": "list"})


def publish(cast, browser=None, **fields):
    browser = browser or cast.lou
    browser.open(f"{HOME}/preview")
    return browser.press("Publish", **fields)


def acknowledge(cast, who="tess", name="Tess Okafor"):
    browser = getattr(cast, who)
    browser.open("/policy")
    return browser.press(READ, name=name)


def acknowledged(cast, who="tess"):
    return [each.version for each in acknowledgements.of_person(cast.records, cast.who(who).id)]


# Choosing, looking, publishing

def test_every_question_has_a_page_with_its_stances(cast):
    for number, facet in enumerate(cast.programme.library.facets.values(), 1):
        page = cast.lou.open(f"{HOME}/choices/{facet.name}")
        assert page.heading == facet.ask and facet.why in page.text and f"Question {number} of 22" in page.text
        for stance in facet.stances:
            assert stance.label in page.text
        assert f"Not chosen yet: “{facet.cautious.label}” applies until you do" in page.text
    assert number == 22


def test_a_draft_changes_nothing_until_it_is_published(cast):
    page = put_in_draft(cast)
    assert page.way[0][0] == 303 and "Saved in the draft" in page.text and "One change is not published yet" in page.text
    assert "Until Wrenfield School decides" in cast.tess.open(f"/courses/{COURSE}/where-the-line-is").text
    assert versions.now(cast.records).version == 0
    page = publish(cast)
    assert "Published: version 1" in page.text
    assert "Our policy at Wrenfield School" in cast.tess.open(f"/courses/{COURSE}/where-the-line-is").text
    kept = versions.version(cast.records, 1)
    assert (kept.published_by_name, kept.material) == ("Lou Hartley", True)


def test_what_would_change_is_shown_before_and_after(cast):
    page = cast.lou.open(f"{HOME}/choices/pupil-contact")
    assert re.search(r"\w+ lessons read otherwise: The essentials, ", page.text) and "A get-well message" in page.text
    assert "Staff have no online contact with pupils beyond school email" in page.text
    put_in_draft(cast)
    page = cast.lou.open(f"{HOME}/preview")
    assert "scenarios are judged otherwise, among them:" in page.text and "A get-well message" in page.text
    assert "21 questions are not chosen yet" in page.text
    lesson = cast.lou.press("Where the line is")
    assert "This is a preview of the draft" in lesson.text and "Our policy at Wrenfield School" in lesson.text
    assert "Until Wrenfield School decides" in cast.tess.open(f"/courses/{COURSE}/where-the-line-is").text


def test_words_beside_a_stance_are_filled_in(cast):
    put_in_draft(cast, "contact-hours", "agreed-hours", words="8 am to 17:00")
    put_in_draft(cast, "ai-tools", "approved-tools", words="Quill\n\nSlate \nAbacus")
    publish(cast)
    text = cast.tess.open("/policy").text
    assert "only in the hours that the school has agreed: 8am to 5pm." in text
    assert "approved: Quill, Slate and Abacus." in text
    lesson = cast.tess.open(f"/courses/{COURSE}/where-the-line-is").text
    assert "8am to 5pm" in lesson


def test_a_draft_can_be_thrown_away(cast):
    put_in_draft(cast)
    cast.lou.open(HOME)
    page = cast.lou.press("Throw the draft away")
    assert "not published yet" not in page.text and draft.read(cast.records).empty


def test_what_is_in_force_already_is_no_draft(cast):
    cast.choose(pupil_contact="school-platforms")
    put_in_draft(cast)
    assert draft.read(cast.records).empty
    assert "Nothing to publish" in cast.lou.open(f"{HOME}/preview").text


@pytest.mark.parametrize("stance", ["", "made-up", "none\0", "a" * 70_000])
def test_a_stance_that_is_none_is_refused_in_words(cast, stance):
    page = put_in_draft(cast, stance=stance)
    assert page.status == 200 and page.problems and draft.read(cast.records).empty


def test_a_question_that_is_none_is_not_there(cast):
    put_in_draft(cast, facet="made-up")
    assert draft.read(cast.records).empty
    assert cast.lou.open(f"{HOME}/choices/made-up").status == 404


def test_the_second_of_two_leads_is_told(cast):
    cast.add("Kit Moran", Role.LEAD)
    kit = cast.sign_in_new("kit")
    put_in_draft(cast)
    cast.lou.open(f"{HOME}/preview")
    kit.open(f"{HOME}/preview")
    cast.lou.press("Publish")
    page = kit.press("Publish")
    assert page.status == 200 and "Not published: something changed meanwhile" in page.text
    assert versions.now(cast.records).version == 1


def test_a_draft_that_changed_since_it_was_looked_at_is_not_published(cast):
    put_in_draft(cast)
    cast.lou.open(f"{HOME}/preview")
    other = cast.sign_in("lou")
    put_in_draft(cast, "parents", "declared-friendships", browser=other)
    page = cast.lou.press("Publish")
    assert "Not published: something changed meanwhile" in page.text
    assert versions.now(cast.records).version == 0 and len(draft.read(cast.records).choices) == 2


def test_the_second_who_saves_the_words_sees_the_firsts(cast):
    other = cast.sign_in("lou", cast.browser())
    for browser in (cast.lou, other):
        browser.open(f"{HOME}/text")
    cast.lou.press("Save and preview", mode="both", words="Bicycles are walked.")
    page = other.press("Save and preview", mode="both", words="Scooters too.")
    assert "Another lead has saved other words" in page.text and "Bicycles are walked." in page.text
    assert "Scooters too." in page.text
    assert draft.read(cast.records).text.words == "Bicycles are walked."
    other.press("Save and preview", mode="both", words="Both are walked.")
    assert draft.read(cast.records).text.words == "Both are walked."


def test_two_who_save_the_same_words_are_told_that_they_stand(cast):
    other = cast.sign_in("lou", cast.browser())
    for browser in (cast.lou, other):
        browser.open(f"{HOME}/text")
    cast.lou.press("Save and preview", mode="both", words="Bicycles are walked.")
    page = other.press("Save and preview", mode="both", words="Bicycles are walked.")
    assert "That is how it stands already" in page.text and "Another lead" not in page.text
    assert draft.read(cast.records).text.words == "Bicycles are walked."


def test_what_another_has_saved_is_told_also_after_a_mistake_and_after_it_was_published(cast):
    other = cast.sign_in("lou", cast.browser())
    for browser in (cast.lou, other):
        browser.open(f"{HOME}/text")
    cast.lou.press("Save and preview", mode="both", words="Bicycles are walked.")
    page = other.press("Save and preview", mode="both", words="{{ nosuch }}")
    assert page.problems and draft.read(cast.records).text.words == "Bicycles are walked."
    assert "Another lead has saved" in other.press("Save and preview", mode="both", words="Scooters too.").text
    other.open(f"{HOME}/text")
    publish(cast)
    cast.lou.open(f"{HOME}/text")
    cast.lou.press("Save and preview", mode="both", words="Nobody rides.")
    publish(cast, kind="minor")
    page = other.press("Save and preview", mode="both", words="Scooters too.")
    assert "Another lead has saved" in page.text and "Nobody rides." in page.text
    assert draft.read(cast.records).text is None


def test_words_that_do_not_fit_with_the_sites_are_refused_before_they_are_saved(cast):
    cast.lou.open(f"{HOME}/text")
    words = "## A\n\n" + "\n\n".join(["*a* " * 10] * 399)
    page = cast.lou.press("Save and preview", mode="both", words=words)
    assert "more than one policy can hold" in page.text and draft.read(cast.records).empty
    with transaction(cast.records):  # as an update of the site's own text would leave it
        draft.save_text(cast.records, OwnWords(False, words), cast.who("lou").id, datetime.now(UTC))
    cast.lou.open(HOME)
    assert "Make them shorter" in cast.lou.open(f"{HOME}/preview").text


def test_what_a_draft_holds_that_is_no_longer_asked_is_left_out(cast):
    with transaction(cast.records):
        for facet, stance in (("fax", "never"), ("contact-hours", "gone"), ("gaming", "risk-assessed-club")):
            draft.save_choice(cast.records, Choice(facet, stance), cast.who("lou").id, datetime.now(UTC))
    publish(cast)
    assert set(versions.now(cast.records).choices) == {"gaming"}
    assert draft.read(cast.records).empty


def test_the_command_line_leaves_the_rest_of_a_draft(cast):
    put_in_draft(cast, "contact-hours", "agreed-hours", words="8am to 5pm")
    cast.choose(pupil_contact="school-platforms")
    assert set(draft.read(cast.records).choices) == {"contact-hours"}


def test_the_first_text_is_for_everybody_also_where_stances_were_chosen_before_texts_were_kept(cast):
    with transaction(cast.records):
        cast.records.execute(
            "insert into policy_versions (chosen_by, at, sha256, text, material, note) values (null, '2026-09-01T08:00:00.000000Z',"
            " null, null, 0, '')"
        )
        cast.records.execute("update school set revision = revision + 1")
    publish(cast, kind="minor")
    assert versions.now(cast.records).asks_for == versions.now(cast.records).version == 2
    assert READ in cast.tess.open("/policy").text


def test_a_text_with_a_block_on_the_policy_is_not_out_of_date_at_once(cast):
    put_in_draft(cast)
    cast.lou.open(f"{HOME}/text")
    words = "## Ours\n\n/// policy | pupil-contact: school-platforms\nWe use them.\n///\n"
    cast.lou.press("Save and preview", mode="both", words=words)
    publish(cast)
    assert "have changed what the policy" not in cast.lou.open(HOME).text


def test_every_version_stays_to_be_read(cast):
    put_in_draft(cast)
    publish(cast, note="Platforms from September")
    put_in_draft(cast, stance="none")
    publish(cast)
    page = cast.lou.open(f"{HOME}/versions")
    assert "Platforms from September" in page.text and "Lou Hartley" in page.text
    page = cast.lou.press("Version 1")
    assert "on the school's own classroom platform" in page.text
    assert versions.version(cast.records, 1).sha256 in page.text
    words = cast.lou.open(f"{HOME}/versions/1/words")
    assert hashlib.sha256(words.body).hexdigest() == versions.version(cast.records, 1).sha256
    assert "attachment" in words.headers["Content-Disposition"]
    for missing in ("/versions/9", "/versions/9/words"):
        assert cast.lou.open(HOME + missing).status == 404


def test_a_stance_that_is_no_longer_offered_is_kept_shown_and_asked_for(cast):
    cast.choose(pupil_contact="school-platforms")
    with transaction(cast.records):
        cast.records.execute(
            "insert into policy_choices (version, facet, stance) values (1, 'parents', 'tea-with-parents'), (1, 'fax', 'never')"
        )
        cast.records.execute("update school set revision = revision + 1")
    page = cast.lou.open(HOME)
    assert "Parents School channels only asks for another answer" in page.text
    assert "No longer asked" in page.text and "fax: never" in page.text
    page = cast.lou.open(f"{HOME}/choices/parents")
    assert "You had chosen “tea-with-parents”, which is no longer offered" in page.text
    assert "Until Wrenfield School decides" in cast.tess.open("/courses/" + COURSE + "/people-you-know").text
    kept = versions.now(cast.records).choices
    assert (kept["parents"].stance, kept["fax"].stance) == ("tea-with-parents", "never")


# The policy's words

def test_own_words_come_after_the_sites(cast):
    cast.lou.open(f"{HOME}/text")
    cast.lou.press("Save and preview", mode="both", words="## Bicycles\n\nBicycles are **walked** in the yard.")
    publish(cast)
    text = cast.tess.open("/policy").text
    assert "Being in touch with pupils" in text and "Bicycles are walked in the yard." in text


def test_a_policy_of_ones_own_takes_the_place_of_the_sites(cast):
    cast.lou.open(f"{HOME}/text")
    ours = "## Contact\n\nNever online.\n\n## Photos\n\nAsk Jo."
    cast.lou.press("Save, and tie questions to headings", mode="own", words=ours)
    cast.lou.press("Save and preview", words=ours, **{"tie_pupil-contact": "contact"})
    publish(cast)
    page = cast.tess.open("/policy")
    assert "Being in touch with pupils" not in page.text
    assert "Never online. For the lessons and scenarios: No online contact, the cautious rule" in page.text
    assert "What the school has also decided" in page.text
    assert page.text.count("May staff play online games with pupils?") == 1
    assert "How may staff be in touch with pupils online?" not in page.text, "it is tied to a heading"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[press](javascript:alert(1))", "Line 1"),
        ("Hello\n\n![x](https://elsewhere.example/x.png)", "Line 3"),
        ("{{ headmaster }}", "unknown word in braces"),
        ("/// policy | made-up: none\nNo.\n///", "made-up"),
        ("Hello\n\n# Big", "headings"),
        ("Hello\n\n<!-- ask the head", "this comment is never closed"),
        ("Hello\n\nA claim[^1]", "notes at the foot"),
        ("[the handbook](/handbook)", "leads to no page of this site"),
        ("Sir\U000f4005", "U+F4005"),
        ("[" * 9000, "Line 1"),
        ("- " * 200 + "x", "Line 1"),
        ("/// key | x\nnever closed", "Line"),
    ],
)
def test_hostile_words_are_refused_by_line_and_kept_on_the_page(cast, words, said):
    cast.lou.open(f"{HOME}/text")
    page = cast.lou.press("Save and preview", mode="both", words=words)
    assert page.status == 200 and "Not saved yet" in page.text and said in page.text
    assert words.splitlines()[0][:200] in page.html.replace("&#34;", '"') or "&" in page.html
    assert draft.read(cast.records).empty


def test_tags_in_own_words_are_refused_or_words(cast):
    cast.lou.open(f"{HOME}/text")
    page = cast.lou.press("Save and preview", mode="both", words="<script>alert(1)</script> & <b>bold</b>")
    assert "Line 1: <script> is no word" in page.text and "Line 1: <b> is no word" not in page.text
    cast.lou.press("Save and preview", mode="both", words="\\<script>alert(1)\\</script> & \\<b>bold\\</b> for <name>")
    publish(cast)
    page = cast.tess.open("/policy")
    assert "<script>alert(1)</script> & <b>bold</b> for <name>" in page.text


def test_a_line_that_cannot_be_drawn_is_shown_beside_what_is_wrong_with_it(cast):
    cast.lou.open(f"{HOME}/text")
    words = "## Ours\n\nStaff wait.\n\n| A | B |\n|---|---|\n| 1 | 2 | 0151 496 0000 |"
    page = cast.lou.press("Save and preview", mode="own", words=words)
    assert "Line 7: this row has 3 cells under 2 headings" in page.text and "| 1 | 2 | 0151 496 0000 |" in page.text


def test_a_draft_of_an_earlier_release_is_marked_and_not_published(cast):
    """Words that an earlier release let pass, and that this one can't draw as they are written."""
    with transaction(cast.records):
        draft.save_text(cast.records, OwnWords(True, "Hi.\n\n<u>Never</u> reply."), cast.who("lou").id, datetime.now(UTC))
    page = cast.lou.open(f"{HOME}/preview")
    assert "Line 3: <u> is no word" in page.text and "<u>Never</u> reply." in page.text
    page = cast.lou.press("Publish")
    assert "Not published yet" in page.text and versions.now(cast.records).version == 0


def test_while_other_texts_are_looked_through_nothing_is_saved_or_published_unseen(cast, monkeypatch):
    cast.lou.open(f"{HOME}/text")
    cast.lou.press("Save and preview", mode="own", words="## Ours\n\nWait here.")
    monkeypatch.setattr(policy_words, "_remembered", OrderedDict())
    with policy_words._reading, policy_words._reading:
        page = cast.lou.press("Publish")
        assert "Other texts are being looked through" in page.text and versions.now(cast.records).version == 0
        cast.lou.open(f"{HOME}/text")
        page = cast.lou.press("Save and preview", mode="own", words="## Ours\n\nWait there.")
        assert "Other texts are being looked through" in page.text and "Wait there." in page.text
    assert "Saved in the draft" in cast.lou.press("Save and preview", mode="own", words="## Ours\n\nWait there.").text


def test_a_first_heading_is_the_title_and_words_own_line_breaks_are_line_breaks(cast):
    cast.lou.open(f"{HOME}/text")
    words = "# Being online at {{ school }}\r\n\r\nStaff\vwait  \r\nor ask.\r\n\uf0b7 Breathe."
    cast.lou.press("Save and preview", mode="own", words=words)
    publish(cast)
    page = cast.tess.open("/policy")
    assert page.text.startswith("Being online at Wrenfield School · version 1, ")
    assert "Staff\nwait<br>\nor ask." in page.html and "<li>Breathe.</li>" in page.html


def test_notes_to_oneself_are_never_shown(cast):
    cast.lou.open(f"{HOME}/text")
    cast.lou.press("Save and preview", mode="both", words="Wait.\n\n<!-- is this\n\n## agreed? -->\n\nSleep.")
    publish(cast)
    page = cast.tess.open("/policy")
    assert "Wait. Sleep." in " ".join(page.text.split()) and "is this" not in page.html and "agreed?" not in page.html


def test_what_cannot_be_stored_is_refused(cast):
    page = cast.lou.send(f"{HOME}/text", {"mode": "both", "words": "a\0b"})
    assert page.status == 200 and page.problems and draft.read(cast.records).empty


def test_other_settings_make_the_text_read_otherwise_and_leads_are_told(cast):
    cast.choose(pupil_contact="school-platforms")
    assert "Nothing to publish" in cast.lou.open(f"{HOME}/preview").text
    acknowledge(cast)
    cast.lou.open("/school/settings")
    cast.lou.press("Save the settings", headteacher="Una Price")
    assert "have changed what the policy’s text says" in cast.lou.open(HOME).text
    assert "Una Price" not in cast.tess.open("/policy").text, "what is published stays as it was"
    page = cast.lou.open(f"{HOME}/preview")
    assert "The draft is empty, but your settings or an update" in page.text
    assert "What people have acknowledged stands" in publish(cast, kind="minor").text
    page = cast.tess.open("/policy")
    assert "Una Price" in page.text and not page.has_button(READ)
    assert "have changed what the policy’s text says" not in cast.lou.open(HOME).text


# Acknowledging

def test_without_a_published_policy_nothing_is_asked(cast):
    page = cast.tess.open("/policy")
    assert page.heading == "The rules that apply" and not page.has_button(READ)
    assert "the policy" not in cast.tess.open("/").text


def test_somebody_acknowledges_the_version_in_force(cast):
    cast.choose(pupil_contact="school-platforms")
    assert "11 lessons of 11, and the policy" in cast.tess.open("/").text
    page = cast.tess.open("/policy")
    assert "I have read and understood version 1" in page.text
    page = cast.tess.press(READ, name=" Tess  Okafor ")
    assert page.is_at("/") and "You have read and understood version 1" in page.text
    [kept] = acknowledgements.of_person(cast.records, cast.who("tess").id)
    assert (kept.typed_name, kept.sha256) == ("Tess Okafor", versions.version(cast.records, 1).sha256)
    page = cast.tess.open("/policy")
    assert not page.has_button(READ) and "Nothing more is asked of you" in page.text


@pytest.mark.parametrize("name", ["", "   ", "a" * 201, "Te\0ss"])
def test_a_name_that_is_none_is_asked_for(cast, name):
    cast.choose(pupil_contact="none")
    page = acknowledge(cast, name=name)
    assert page.status == 200 and page.problems and page.has_button(READ)
    assert acknowledged(cast) == []


def test_a_version_that_is_no_longer_current_is_not_acknowledged(cast):
    cast.choose(pupil_contact="school-platforms")
    cast.tess.open("/policy")
    cast.choose(pupil_contact="none")
    page = cast.tess.press(READ, name="Tess Okafor")
    assert page.status == 200 and "Not kept: the policy has changed meanwhile" in page.text
    assert acknowledged(cast) == []
    assert "You have read and understood version 2" in acknowledge(cast).text


@pytest.mark.parametrize("version", ["", "0", "2", "-1", "one", "9" * 40, "1\0"])
def test_a_made_up_version_is_not_acknowledged(cast, version):
    cast.choose(pupil_contact="none")
    sha256 = versions.version(cast.records, 1).sha256
    page = cast.tess.send("/policy", {"name": "Tess", "version": version, "sha256": sha256})
    assert page.status in (200, 400) and acknowledged(cast) == []


def test_nobody_acknowledges_for_another(cast):
    cast.choose(pupil_contact="none")
    sha256 = versions.version(cast.records, 1).sha256
    cast.tess.send("/policy", {"name": "Sam Price", "version": "1", "sha256": sha256, "person": str(cast.who("sam").id)})
    assert (acknowledged(cast), acknowledged(cast, "sam")) == ([1], [])
    sam = cast.who("sam").id
    assert cast.tess.open(f"{HOME}/readers/{sam}").status == 404
    assert cast.max.send(f"{HOME}/readers/{sam}", {"name": "Sam", "signed_on": "20/11/2026"}).status == 404
    assert acknowledged(cast, "sam") == []


def test_a_material_change_asks_again_and_shows_only_what_changed(cast):
    cast.choose(pupil_contact="school-platforms")
    acknowledge(cast)
    put_in_draft(cast, "parents", "declared-friendships")
    publish(cast)
    assert "the policy" in cast.tess.open("/").text
    page = cast.tess.open("/policy")
    assert "What has changed" in page.text and page.has_button(READ)
    before_the_whole = page.text.partition("The whole policy, version 2")[0]
    assert "once they have declared it" in before_the_whole and "What it said before" in before_the_whole
    assert "What the school can see" not in before_the_whole
    acknowledge(cast)
    assert acknowledged(cast) == [1, 2]


def test_a_minor_change_asks_nobody(cast):
    cast.choose(pupil_contact="school-platforms")
    acknowledge(cast)
    cast.lou.open(f"{HOME}/text")
    cast.lou.press("Save and preview", mode="both", words="Bicycles are walked in the yard.")
    page = publish(cast, kind="minor")
    assert "What people have acknowledged stands" in page.text
    page = cast.tess.open("/policy")
    assert not page.has_button(READ) and "Bicycles" in page.text
    assert "The policy" not in cast.tess.open("/").text
    assert "Bicycles" in acknowledge(cast, "sam").text or acknowledged(cast, "sam") == [2]


def test_what_holds_staff_to_something_new_cannot_be_minor(cast):
    cast.choose(pupil_contact="school-platforms")
    acknowledge(cast)
    put_in_draft(cast, stance="none")
    cast.lou.open(f"{HOME}/preview")
    page = cast.lou.press("Publish", kind="minor")
    assert "Everybody is asked to read it" in page.text
    assert cast.tess.open("/policy").has_button(READ)


def test_leads_count_who_need_read_nothing_more_after_a_minor_version(cast):
    put_in_draft(cast)
    publish(cast)
    acknowledge(cast)
    cast.lou.open(f"{HOME}/text")
    cast.lou.press("Save and preview", mode="both", words="A word more.")
    publish(cast, kind="minor")
    page = cast.lou.open(f"{HOME}/readers")
    assert "Version 2, the one in force: 1 of" in page.text and "whoever has read version 1 or a later one counts" in page.text
    put_in_draft(cast, "gaming", "risk-assessed-club")
    publish(cast)
    assert "Version 2: 1 of" in cast.lou.open(f"{HOME}/readers?version=2").text
    assert "Version 3, the one in force: 0 of" in cast.lou.open(f"{HOME}/readers").text


def test_a_name_that_is_missing_on_a_page_of_an_older_version_is_told_of_both(cast):
    put_in_draft(cast)
    publish(cast)
    cast.tess.open("/policy")
    put_in_draft(cast, stance="approved-accounts")
    publish(cast)
    assert "Signature" in cast.tess.page.text, "it can be signed on paper"
    page = cast.tess.press(READ, name="")
    assert "the policy has changed meanwhile" in page.text and "Type your name, as a signature." in page.text


def test_the_course_is_complete_with_the_policy_acknowledged(cast):
    cast.choose(pupil_contact="school-platforms")
    for course in cast.programme.courses_of(None):
        for lesson in course.lessons:
            page = walk(cast, "tess", lesson.slug)
            while page.heading != "Passed":
                page = walk(cast, "tess", lesson.slug)
    assert not [each for each in cast.completions_of("tess") if not each.lesson]
    page = cast.tess.open("/")
    assert "What is left is to read our policy" in page.text
    assert "All 11 lessons, policy to read" in cast.max.open("/mentor/").text
    page = acknowledge(cast)
    assert "the course is complete" in page.text
    [course] = [each for each in cast.completions_of("tess") if not each.lesson]
    assert course.policy_version == 1
    assert "Complete" in cast.max.open("/mentor/").text
    cast.choose(pupil_contact="none")  # a later version is a task of its own, and never undoes one
    assert "Complete" in cast.max.open("/mentor/").text
    page = cast.tess.open("/")
    assert "Read what has changed" in page.text and "Completed on" in page.text
    assert cast.tess.press("Continue").is_at("/policy")


# Who has read it

def test_leads_see_who_has_and_who_has_not_and_take_it_along(cast):
    cast.choose(pupil_contact="none")
    acknowledge(cast)
    page = cast.lou.open(f"{HOME}/readers")
    assert "1 of 5 have read it" in page.text and "Sam Price" in page.text and "Tess Okafor" not in page.main.text
    page = cast.lou.open(f"{HOME}/readers?show=done")
    assert "Tess Okafor" in page.main.text and "Sam Price" not in page.main.text
    rows = list(csv.DictReader(io.StringIO(cast.lou.open(f"{HOME}/readers.csv").html.removeprefix("\ufeff"))))
    assert [(row["person_email"], row["policy_version"], row["how"]) for row in rows] == [("tess@wrenfield.example", "1", "online")]
    left = list(csv.DictReader(io.StringIO(cast.lou.open(f"{HOME}/readers.csv?left=1").html.removeprefix("\ufeff"))))
    assert "sam@wrenfield.example" in [row["person_email"] for row in left]
    assert "tess@wrenfield.example" not in [row["person_email"] for row in left]
    for asked in ("9", "x", "", "1\0", "0"):
        assert cast.lou.open(f"{HOME}/readers?version={asked}&page=99&show=x").status in (200, 400)


def test_a_lead_records_a_signature_on_paper_marked_as_such(cast):
    cast.choose(pupil_contact="none")
    sam = cast.who("sam").id
    cast.lou.open(f"{HOME}/readers/{sam}")
    page = cast.lou.press("Record the signature", name="S. Price", signed_on=f"{date.today() + timedelta(days=2):%d/%m/%Y}")
    assert page.problems and acknowledged(cast, "sam") == []
    page = cast.lou.press("Record the signature", name="S. Price", signed_on="20/11/2025")
    assert "Version 1 was published on" in page.text and acknowledged(cast, "sam") == [], "nobody signs what is still to come"
    page = cast.lou.press("Record the signature", name="S. Price", signed_on=f"{date.today():%d/%m/%Y}")
    assert "Kept, as signed on paper: Sam Price" in page.text
    [kept] = acknowledgements.of_person(cast.records, sam)
    assert (kept.recorded_by_name, kept.signed_on) == ("Lou Hartley", date.today())
    assert "on paper, recorded by Lou Hartley" in cast.lou.open(f"{HOME}/readers?show=done").text
    assert "on paper; Lou Hartley recorded it" in cast.sam.open("/policy").text
    assert cast.lou.open(f"{HOME}/readers/{cast.who('lou').id}").status == 404, "nobody records their own"
    assert cast.lou.open(f"{HOME}/readers/{cast.who('ana').id}").status == 404, "Ana has left"


def test_paper_is_recorded_under_the_version_that_stands_on_it(cast):
    put_in_draft(cast)
    publish(cast)
    cast.lou.open(f"{HOME}/text")
    cast.lou.press("Save and preview", mode="both", words="A word more.")
    publish(cast, kind="minor")
    sam, day = cast.who("sam").id, f"{date.today():%d/%m/%Y}"
    cast.lou.open(f"{HOME}/readers?version=1")
    cast.lou.press("Record a signature on paper: Sam Price")
    assert "Kept, as signed on paper" in cast.lou.press("Record the signature", name="S. Price", signed_on=day).text
    [kept] = acknowledgements.of_person(cast.records, sam)
    assert (kept.version, kept.sha256) == (1, versions.version(cast.records, 1).sha256)
    assert "Nothing more is asked of you" in cast.sam.open("/policy").text
    cast.lou.open(f"{HOME}/readers/{cast.who('max').id}?version=1")
    put_in_draft(cast, "gaming", "risk-assessed-club", browser=cast.sign_in("lou", cast.browser()))
    publish(cast, browser=cast.sign_in("lou", cast.browser()))
    page = cast.lou.press("Record the signature", name="Max Adeyemi", signed_on=day)
    assert "Nothing was recorded" in page.text and acknowledged(cast, "max") == [], "everybody is asked again since"
    assert "Record a signature" not in cast.lou.open(f"{HOME}/readers?version=1").text


# Judging follows

def taught_everything(cast, who="tess", lesson="where-the-line-is"):
    """Until every scenario of the lesson was met."""
    course = cast.programme.library.courses[COURSE]
    quiz = cast.programme.quiz(course, course.lesson(lesson))
    met = set()
    while met != set(quiz.scenarios):
        walk(cast, who, lesson)
        met = {scenario for each in cast.attempts_of(who) if each.finished_at for scenario in each.drawn}


def ratings(cast, scenario, attempt):
    """How each option of a scenario is judged in the words that an attempt began with."""
    quiz = cast.programme.attempted(attempt)
    return {option.label: option.rating for option in quiz.scenarios[scenario].scenes[scenario].options}


def turned_round(cast, lesson, before):
    """The scenarios of a lesson whose judgements turned when the policy on contact with pupils did."""
    course = cast.programme.library.courses[COURSE]
    now = cast.programme.quiz(course, course.lesson(lesson))
    school = replace(cast.programme.school, choices=chosen({"pupil-contact": before}))
    taught = quiz_edition.open_quiz(
        quiz_edition.quiz_edition(course, course.quizzes[lesson], cast.programme.library, school).text
    )
    return reversals.turned_round(reversals.soundness(taught), reversals.soundness(now))


def test_the_same_scenario_is_judged_by_the_policy_in_force_when_it_began(cast):
    cast.choose(pupil_contact="school-platforms")
    taught_everything(cast)
    kept = {each.id: [answer.rating for answer in each.answers] for each in cast.attempts_of("tess")}
    taught = cast.attempts_of("tess")[0]
    put_in_draft(cast, stance="none")
    page = cast.lou.open(f"{HOME}/preview")
    assert "Whom it touches" in page.text and "A get-well message" in page.text
    page = publish(cast)
    assert page.is_at(f"{HOME}/touched") and "Tess Okafor" in page.text and "Sam Price" not in page.main.text
    page = cast.lou.press("Ask them these scenarios again")
    assert "1 person finds them on their home page" in page.text and "all asked" in page.text
    page = cast.tess.open("/")
    assert "Asked again, because our policy changed" in page.text
    page = cast.tess.press("Meet them again")
    asked = cast.attempts_of("tess")[0]
    turned = turned_round(cast, "where-the-line-is", "school-platforms")
    assert asked.asked_again and turned and set(asked.drawn) <= turned, "of twins, one"
    for word in asked.drawn:
        assert ratings(cast, word, asked) != ratings(cast, word, taught), "the same choice is judged otherwise"
    while page.options():
        page = answer(cast, cast.tess, "tess")
        page = cast.tess.press("Next")
    assert page.heading == "Passed"
    assert "Asked again" not in cast.tess.open("/").text
    after = {each.id: [answer.rating for answer in each.answers] for each in cast.attempts_of("tess")}
    assert {number: after[number] for number in kept} == kept, "nothing is ever judged again"
    lessons = [each for each in cast.completions_of("tess") if each.lesson]
    assert len({each.lesson for each in lessons}) == 1 and all(each.policy_version == 1 for each in lessons)
    assert "Nobody is touched" in cast.lou.open(f"{HOME}/touched").text


def test_a_change_that_turns_nothing_round_touches_nobody(cast):
    cast.choose(pupil_contact="school-platforms")
    walk(cast, "tess", "where-the-line-is")
    put_in_draft(cast, "gaming", "risk-assessed-club")
    assert "Whom it touches" not in cast.lou.open(f"{HOME}/preview").text
    assert publish(cast).is_at(HOME)
    page = cast.lou.open(f"{HOME}/touched")
    assert "Nobody is touched" in page.text and not page.has_button("Ask them these scenarios again")


@pytest.mark.parametrize(
    "path",
    ["", "/choices/pupil-contact", "/text", "/preview", "/versions", "/versions/1", "/readers", "/readers.csv", "/touched"],
)
def test_the_leads_pages_are_not_there_for_others(cast, path):
    cast.choose(pupil_contact="none")
    assert cast.lou.open(HOME + path).status == 200
    assert cast.tess.open(HOME + path).status == 404
    assert cast.max.open(HOME + path).status == 404


def test_where_no_text_is_published_nothing_can_be_acknowledged(cast):
    page = cast.tess.send("/policy", {"name": "Tess Okafor"})
    assert page.is_at("/policy") and "nothing to say that you have read" in page.text and "changed meanwhile" not in page.text
