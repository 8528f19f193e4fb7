"""The list of the policy's questions, and taking the cautious rule on those that are open."""

import pytest

from induction.content.model import Choice
from induction.records.policy import draft
from induction.records.store.database import transaction
from induction.rules.roles import Role
from tests.pages.test_policy_choices import HOME, NOW, SAVE, answer, answer_all_but, drafted, move_to

CAUTIOUS = f"{HOME}/cautious"
TAKE = "Take the cautious rule for these"
OPEN = "not chosen: the cautious rule applies"


def rows(page) -> dict[str, tuple[str, str, str]]:
    """By facet: what stands, the state in words, and its shape."""
    found = {}
    for row in page.main.all("tr"):
        if row.get("id"):
            stands, state = row.all("td")
            found[row.get("id")] = (stands.text, state.text, row.all("use")[0].get("href"))
    return found


def filled(page) -> list[str]:
    """The words of the filled buttons."""
    buttons = [each for each in page.main.all("a", "button") if "govuk-button" in each.get("class").split()]
    return [each.text for each in buttons if "--" not in each.get("class")]


def publish_draft(cast):
    cast.lou.open(f"{HOME}/preview")
    return cast.lou.press("Publish")


def test_a_new_school_reads_what_applies_and_begins_with_the_first(cast):
    page = cast.lou.open(HOME)
    assert (page.heading, page.title.partition(" · ")[0]) == ("Policy", "Policy")
    assert "None of the 22 questions is answered yet, so the cautious rule applies on each." in page.text
    facets = cast.programme.library.facets
    assert rows(page) == {name: (each.cautious.label, OPEN, "#i-todo") for name, each in facets.items()}
    assert filled(page) == ["Answer the first open question"]
    assert cast.lou.press("Answer the first open question").is_at(f"{HOME}/choices/pupil-contact")


def test_each_row_says_what_stands_and_how(cast):
    cast.choose(gaming="none", phone_searches="authorised-staff", contact_hours="agreed-hours")
    answer(cast, "contact-from-pupils", stance="next-school-day")
    answer(cast, "ai-tools", stance="approved-tools", **{"words_approved-tools": "Quill\nSlate"})
    move_to(cast, "wales")
    page = cast.lou.open(HOME)
    found = rows(page)
    assert found["gaming"] == ("No gaming with pupils", "chosen", "#i-done")
    assert found["contact-from-pupils"] == ("The next school day", "chosen, not published yet", "#i-begun")
    assert found["ai-tools"] == ("Those on the school's list (Quill; Slate)", "chosen, not published yet", "#i-begun")
    assert found["parents"] == ("School channels only", OPEN, "#i-todo")
    cautious = cast.programme.library.facets["phone-searches"].cautious.label
    assert found["phone-searches"] == (cautious, "asks for another answer", "#i-overdue")
    assert found["contact-hours"] == ("In hours that the school has agreed", "clock times missing", "#i-due-soon")
    assert len({shape for _, _, shape in found.values()}) == 5, "each state has a shape of its own"
    told = "Four of the 22 questions are answered, two of them not published yet; on the other 18 the cautious rule applies"
    assert f"{told}; one asks for clock times." in page.text


def test_other_clock_times_in_the_draft_stand_there(cast):
    cast.choose(contact_hours="agreed-hours")
    answer(cast, "contact-hours", **{"words_agreed-hours": "8am to 4pm"})
    found = rows(cast.lou.open(HOME))["contact-hours"]
    assert found == ("In hours that the school has agreed (8am to 4pm)", "chosen, not published yet", "#i-begun")


def test_when_all_are_answered_the_one_button_leads_to_the_preview_and_after_it_to_none(cast):
    answer_all_but(cast)
    page = cast.lou.open(HOME)
    assert "All 22 questions are answered, and not published yet; one asks for clock times." in page.text
    assert filled(page) == ["Read it as staff will, and publish"] and not page.has_link("Take the cautious rule for the rest")
    assert cast.lou.press("Read it as staff will, and publish").is_at(f"{HOME}/preview")
    page = publish_draft(cast)
    assert page.is_at(HOME) and "All 22 questions are answered; one asks for clock times." in page.text
    assert filled(page) == [] and page.link("Read it as staff do").get("href") == "/policy"


@pytest.mark.parametrize("asks", ["settings", "words"])
def test_all_answered_there_may_be_something_to_publish_all_the_same(cast, asks):
    answer_all_but(cast)
    publish_draft(cast)
    if asks == "settings":
        cast.lou.open("/school/settings")
        cast.lou.press("Save the settings", headteacher="Una Marsh")
    else:
        cast.lou.open(f"{HOME}/text")
        cast.lou.press("Save and preview", words="## Ours\n\nBe kind.")
    assert filled(cast.lou.open(HOME)) == ["Read it as staff will, and publish"]


def test_what_is_drafted_can_be_looked_at_while_questions_are_open(cast):
    page = cast.lou.open(HOME)
    assert not page.has_link("Throw the draft away") and "not published yet" not in page.text
    answer(cast, "gaming", stance="none")
    page = cast.lou.open(HOME)
    assert "One change is not published yet" in page.text and page.has_button("Throw the draft away")
    assert cast.lou.press("Preview and publish").is_at(f"{HOME}/preview")


def test_the_leads_policy_and_the_staffs_are_told_apart(cast):
    cast.choose(gaming="none")
    lead, staff = cast.lou.open(HOME), cast.tess.open("/policy")
    assert (lead.heading, staff.heading) == ("Policy", "Our policy")
    assert lead.title != staff.title
    assert cast.lou.open(f"{HOME}/choices/gaming").title.startswith("Question 12 of 22: May staff play")


def test_saving_is_for_one_question_so_the_list_takes_nothing(cast):
    assert cast.lou.send(HOME, {"stance": "none"}).status == 405


# The cautious rule on the rest


def test_what_the_cautious_rule_decides_is_read_before_it_is_taken(cast):
    cast.choose(gaming="none")
    answer(cast, "parents", stance="declared-friendships")
    cast.lou.open(HOME)
    page = cast.lou.press("Take the cautious rule for the rest")
    assert page.is_at(CAUTIOUS) and filled(page) == [TAKE]
    facets = cast.programme.library.facets
    shown = [each.text for each in page.main.all("dt")]
    assert shown == [each.title for name, each in facets.items() if name not in ("gaming", "parents")]
    assert "Only in the school's club" not in page.text and "Staff do not use AI tools for school work." in page.text
    assert page.text.count("Still to be written: ") == 1 and "When does the school day begin and end?" in page.text
    assert "The head and those who lead on safeguarding." in page.text and "{{" not in page.text
    assert set(drafted(cast)) == {"parents"}, "a page is only looked at"


def test_it_is_taken_on_all_that_are_open_with_who_and_when(cast):
    cast.choose(gaming="risk-assessed-club")
    answer(cast, "parents", stance="declared-friendships")
    cast.lou.open(CAUTIOUS)
    page = cast.lou.press(TAKE)
    assert page.way == [(303, HOME)]
    assert "Saved in the draft: the cautious rule on 20 questions. It is your policy once you publish." in page.text
    facets = cast.programme.library.facets
    expected = {name: (each.cautious.name, "") for name, each in facets.items() if name not in ("gaming", "parents")}
    assert drafted(cast) == expected | {"parents": ("declared-friendships", "")}
    assert {each.name for each in draft.read(cast.records).hands.values()} == {"Lou Hartley"}
    assert "Drafted by Lou Hartley on " in cast.lou.open(f"{HOME}/choices/recordings").text


def test_what_remains_to_be_written_is_said_with_the_way_to_it(cast):
    cast.lou.open(CAUTIOUS)
    page = cast.lou.press(TAKE)
    assert "Still to be written: When does the school day begin and end? Contact hours" in page.text
    assert page.link("Contact hours").get("href") == f"{HOME}/choices/contact-hours"
    assert rows(page)["contact-hours"][1] == "clock times missing, not published yet"
    assert cast.lou.press("Contact hours").heading == "When may staff write to pupils or answer them?"
    cast.lou.press(SAVE, **{"words_school-day": "8.40am to 3.10pm"})
    assert rows(cast.lou.open(HOME))["contact-hours"] == ("In the school day (8.40am to 3.10pm)", "chosen, not published yet", "#i-begun")


def test_what_was_answered_meanwhile_stays_and_is_told(cast):
    cast.add("Kit Moran", Role.LEAD)
    kit = cast.sign_in_new("kit")
    cast.lou.open(CAUTIOUS)
    answer(cast, "gaming", browser=kit, stance="risk-assessed-club")
    page = cast.lou.press(TAKE)
    assert "the cautious rule on 21 questions." in page.text
    assert "One question was answered meanwhile, and stays as it is." in page.text
    assert drafted(cast)["gaming"] == ("risk-assessed-club", "")
    assert draft.read(cast.records).hands["gaming"].name == "Kit Moran"


def test_questions_that_the_page_had_not_shown_are_not_decided(cast):
    answer(cast, "gaming", stance="none")
    cast.lou.open(CAUTIOUS)
    path, values, _ = cast.lou.filled(TAKE)
    cast.lou.open(HOME)
    cast.lou.press("Throw the draft away")
    cast.lou.send(path, values, token=False)
    assert "gaming" not in drafted(cast) and len(drafted(cast)) == 21


def test_sent_with_names_that_are_none_it_changes_nothing(cast):
    page = cast.lou.send(CAUTIOUS, {"facet": ["made-up", "", "a" * 9000]})
    assert page.is_at(HOME) and "Nothing was changed." in page.text and drafted(cast) == {}


def test_it_mends_an_answer_that_the_law_of_the_nation_does_not_allow(cast):
    cast.choose(phone_searches="authorised-staff")
    move_to(cast, "scotland")
    cast.lou.open(CAUTIOUS)
    cast.lou.press(TAKE)
    assert drafted(cast)["phone-searches"] == ("head-and-safeguarding-lead", "")


def test_where_nothing_is_open_the_page_says_so(cast):
    answer_all_but(cast)
    page = cast.lou.open(CAUTIOUS)
    assert "Nothing is left open" in page.text and not page.has_button(TAKE)


def test_long_words_beside_an_answer_are_shown_whole(cast):
    words = "\n".join(f"{number} {'Quill' * 30}" for number in range(6))
    with transaction(cast.records):
        draft.save_choice(cast.records, Choice("ai-tools", "approved-tools", words), cast.who("lou").id, NOW)
    assert words.replace("\n", "; ") in cast.lou.open(HOME).text


def test_the_pages_are_for_leads_alone(cast):
    for path in (HOME, CAUTIOUS, f"{HOME}/choices/gaming"):
        assert cast.max.open(path).status == cast.tess.open(path).status == 404
    assert cast.tess.send(CAUTIOUS, {"facet": "gaming"}).status == 404 and drafted(cast) == {}
